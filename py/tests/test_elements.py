"""Every element of HTML is a function, and makes that element."""

import pytest
from gossamer import elements
from gossamer.template import parse, spec
from gossamer.view.element import Tag, lower

TAGS = {name: value for name, value in vars(elements).items() if type(value) is Tag}
LEFT_OUT = {
    "html", "head", "body", "frame", "frameset", "image", "plaintext",  # no template may hold them
    "script", "style", "noembed", "noframes", "xmp", "base",  # hold no values, or ought not to be made
    "applet", "basefont", "bgsound", "center", "dir", "keygen", "listing", "marquee",  # obsolete
}  # fmt: skip


@pytest.mark.parametrize("name", TAGS)
def test_a_function_makes_the_element_of_its_name(name: str) -> None:
    tag = TAGS[name]
    python_name = {"linearGradient": "linear_gradient", "radialGradient": "radial_gradient"}
    assert python_name.get(tag.name, tag.name) == name.rstrip("_")

    strings, values = lower(tag(id="x"))

    assert values == ("x",)
    assert strings[0] == f"<{tag.name} id="
    shape = parse(strings)
    assert shape.markup == f"<{tag.name}>" + ("" if tag.name in spec.VOID else f"</{tag.name}>")
    assert [hole.tag for hole in shape.holes] == [tag.name]


def test_no_element_of_today_is_missing() -> None:
    known = spec.SPECIAL | spec.CLOSES_P | spec.VOID | spec.TABLE_PARTS | spec.RCDATA

    assert {tag.name for tag in TAGS.values()} >= known - LEFT_OUT - {
        name for name in known if " " in name
    }


def test_an_element_without_a_function_is_made_by_name() -> None:
    made = elements.element("x-card")("Hello", title="greeting")

    assert lower(made) == (("<x-card title=", ">", "</x-card>"), ("greeting", "Hello"))
