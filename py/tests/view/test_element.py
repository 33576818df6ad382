"""The builder: calls that say what a template says (C93)."""

from collections.abc import Mapping
from string.templatelib import Template

import pytest
from gossamer import signal
from gossamer.elements import br, button, div, element, li, p, span, textarea, ul
from gossamer.elements import input as input_
from gossamer.errors import TemplateError, UnsafeNameError, ViewError
from gossamer.template import parse
from gossamer.view.element import Element, Tag, lower


class Name(str):
    """A name whose text lies."""

    __slots__ = ()

    def __str__(self) -> str:
        return "title"


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "a\tb", "a\n", "a\f", "a\r", "a>", "a/", "a=b", '"', "'", "<", "a\0", "{a", "a}", None, 3, b"a",
     Name("a b"), ("a",)],
)  # fmt: skip
def test_a_name_that_would_end_the_attribute_is_refused(name: object) -> None:
    with pytest.raises(UnsafeNameError) as caught:
        p({name: "x"})

    assert caught.value.what.endswith("is no name for an attribute of <p>.")


@pytest.mark.parametrize("name", ["a b", "a>", "<"])
def test_a_keyword_that_would_end_the_attribute_is_refused(name: str) -> None:
    with pytest.raises(UnsafeNameError):
        p(**{name: "x"})
    with pytest.raises(UnsafeNameError):
        p(id="x")(**{name: "x"})


@pytest.mark.parametrize(
    "name", ["srcdoc", "innerHTML", "__proto__", "prop:innerHTML", "on:click.x", "a\ud800", "on:",
             "style:a_b", "bind:value"],
)  # fmt: skip
def test_what_a_template_refuses_the_builder_refuses(name: str) -> None:
    with pytest.raises(TemplateError):
        parse(lower(p({name: "x"}))[0])


@pytest.mark.parametrize("name", ["", "1", "a b", "<p", "p>", "p/", None, 3, "é", "p\0"])
def test_a_tag_that_is_no_name_is_refused(name: object) -> None:
    with pytest.raises(UnsafeNameError):
        Tag(name)  # type: ignore[arg-type] # wrong on purpose


@pytest.mark.parametrize(
    "make", [lambda: br("a"), lambda: input_(None), lambda: br()("a"), lambda: element("IMG")("a")]
)
def test_a_void_element_takes_no_children(make: object) -> None:
    with pytest.raises(ViewError) as caught:
        make()  # type: ignore[operator]

    assert "cannot hold children" in caught.value.what
    assert caught.value.fix.startswith("Put the children beside ")


@pytest.mark.parametrize(
    ("made", "attributes"),
    [
        (p(class_="a", for_="b"), {"class": "a", "for": "b"}),
        (p(data_user_id=1, aria_label="x"), {"data-user-id": 1, "aria-label": "x"}),
        (p(on_click=len, on_my_event=len), {"on:click": len, "on:my-event": len}),
        (p(class_active=True, class_is_big=1), {"class:active": True, "class:is-big": 1}),
        (p(style_color="red", style___gap=1), {"style:color": "red", "style:--gap": 1}),
        (p(prop_value=1, prop_some_name=2), {"prop:value": 1, "prop:some_name": 2}),
        (p(bind_value=1), {"bind:value": 1}),
        (p(use_tool_tip="x"), {"use:tool-tip": "x"}),
        (p(attr_title="x"), {"attr:title": "x"}),
        (p(inner_html="<b>"), {"inner_html": "<b>"}),
        (p(ref=len), {"ref": len}),
        (p(on_="x", style="y", use="z"), {"on": "x", "style": "y", "use": "z"}),
        (p({"on:click.once": len, "data-x": 1}, id="a"), {"id": "a", "on:click.once": len, "data-x": 1}),
        (p({"id": "a"}, {"id": "b"}), {"id": "b"}),
        (p({"id": "a"}, id="b"), {"id": "a"}),
        (p(id="a")(id="b", title="c"), {"id": "b", "title": "c"}),
        (p({Name("lang"): "en"}), {"lang": "en"}),
        (p({}), {}),
    ],
    ids=lambda value: ",".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_python_names_become_names_of_html(made: Element, attributes: object) -> None:
    assert made.attributes == attributes
    assert made.children == ()


def test_an_element_is_not_changed_by_calling_it() -> None:
    row = div("a", class_="row")

    longer = row("b", {"id": "x"}, title="t")

    assert (row.children, row.attributes) == (("a",), {"class": "row"})
    assert longer.children == ("a", "b")
    assert longer.attributes == {"class": "row", "title": "t", "id": "x"}
    assert repr(longer) == "<div> with 2 children"
    assert repr(div) == "<tag div>"


count, set_count = signal(0)


@pytest.mark.parametrize(
    ("made", "template"),
    [
        (p(), t"<p></p>"),
        (p("a"), t"<p>{'a'}</p>"),
        (br(), t"<br>"),
        (element("BR")(), t"<BR>"),
        (br(class_="x"), t"<br class={'x'}>"),
        (p("a", None, 3, count), t"<p>{'a'}{None}{3}{count}</p>"),
        (p("a", span("b", br(), id="x"), "c"), t"<p>{'a'}<span id={'x'}>{'b'}<br></span>{'c'}</p>"),
        (p([span("a")]), t"<p>{[1]}</p>"),
        (ul(li("a"), li("b", span()))(li()), t"<ul><li>{'a'}</li><li>{'b'}<span></span></li><li></li></ul>"),
        (button("+", on_click=set_count, class_a=True, style_color="x"),
         t"<button on:click={set_count} class:a={True} style:color={'x'}>{'+'}</button>"),
        (input_(bind_value=count, prop_checked=True, type="text"),
         t"<input bind:value={count} prop:checked={True} type={'text'}>"),
        (textarea("a", "b"), t"<textarea>{'a'}{'b'}</textarea>"),
        (div(inner_html="<b>", ref=len, use_x=1), t"<div inner_html={'<b>'} ref={len} use:x={1}></div>"),
        (p({"on:click.stop": len}), t"<p on:click.stop={len}></p>"),
        (element("x-card")(p("a"), data_x=1), t"<x-card data-x={1}><p>{'a'}</p></x-card>"),
        (element("svg")(element("linearGradient")(id="x"), viewBox="0 0 1 1"),
         t"<svg viewBox={'0 0 1 1'}><linearGradient id={'x'}></linearGradient></svg>"),
    ],
    ids=lambda value: repr(value) if isinstance(value, Element) else "",
)  # fmt: skip
def test_an_element_is_the_template_that_says_the_same(made: Element, template: Template) -> None:
    strings, values = lower(made)

    ours, theirs = parse(strings), parse(template.strings)
    assert ours.markup == theirs.markup
    assert ours.steps == theirs.steps
    assert [repr(hole) for hole in ours.holes] == [repr(hole) for hole in theirs.holes]
    assert values == template.values or [repr(v) for v in values] == ["[<span> with 1 children]"]


def test_a_deep_tree_of_elements_needs_no_stack() -> None:
    tree = p()
    for _ in range(400):
        tree = div(tree)

    strings, values = lower(tree)

    assert values == ()
    assert strings == ("<div>" * 400 + "<p></p>" + "</div>" * 400,)


def test_nesting_is_checked_as_in_a_template() -> None:
    with pytest.raises(TemplateError, match=r"<div> may not stand in <p>\."):
        parse(lower(p(div()))[0])


def test_any_mapping_gives_attributes() -> None:
    class Attributes(Mapping[str, object]):
        def __getitem__(self, name: str) -> object:
            return name.upper()

        def __iter__(self):  # type: ignore[no-untyped-def] # of str
            return iter(("id", "title"))

        def __len__(self) -> int:
            return 2

    assert p(Attributes()).attributes == {"id": "ID", "title": "TITLE"}
