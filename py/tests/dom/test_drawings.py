"""SVG and MathML: the language of templates that begin inside of them, and their names."""

from collections.abc import Callable

import pytest
from gossamer import For, Show, Signal, component
from gossamer.elements import element, svg
from gossamer.template.parser import parse
from gossamer.testing.page import FakePage

type Mount = Callable[[object], FakePage]


@pytest.mark.parametrize(
    ("markup", "namespace"),
    [
        ("<circle/>", "svg"),
        (" <path/>", "svg"),
        ("<!-- a dot --><circle/>", "svg"),
        ("<foreignObject><p>x</p></foreignObject>", "svg"),
        ('<g><image href="a.png"/></g>', "svg"),
        ("<a><text>x</text></a>", "svg"),
        ('<a href="#"></a><circle/>', "svg"),
        ("<title>x</title><circle/>", "svg"),
        ("<a><title>x</title><rect/></a>", "svg"),
        ("<A><Title>x</Title><Rect/></A>", "svg"),
        ("<mi>x</mi>", "math"),
        ("<a>x</a>", "html"),
        ("<a><b>x</b></a>", "html"),
        ("<a><svg><path/></svg></a>", "html"),
        ("<svg><path/></svg>", "html"),
        ("<math><mi>x</mi></math>", "html"),
        ("<title><path></title>", "html"),
        ("<a><title><path></title><b>x</b></a>", "html"),
    ],
)
def test_the_first_element_says_the_language(markup: str, namespace: str) -> None:
    assert parse((markup,)).namespace == namespace


def test_views_of_all_kinds_stand_in_a_drawing(show: Mount) -> None:
    dots: Signal[list[int]] = Signal([1, 2])
    there, radius = Signal(True), Signal(3)

    @component
    def Dot(x: int) -> object:
        return t"<circle cx={x} r={radius} />"

    page = show(
        t"""<svg viewBox="0 0 {radius} {radius}">
          <{For} each={dots} key={(lambda x: x)}>{(lambda x: Dot(x=x))}</{For}>
          <{Show} when={there}><a xlink:href="#"><textPath startOffset="1">x</textPath></a></{Show}>
          <foreignObject><p>HTML <input></p></foreignObject>
        </svg>"""
    )

    dots.set([2, 3])
    radius.set(4)

    drawing, two, three, link, path, foreign, *html = page.elements()
    assert drawing.attributes == {"viewBox": "0 0 4 4"}
    assert [dot.attributes for dot in (two, three)] == [
        {"cx": "2", "r": "4"},
        {"cx": "3", "r": "4"},
    ]
    assert (link.name, path.name, path.attributes) == ("a", "textPath", {"startOffset": "1"})
    assert foreign.name == "foreignObject"
    assert [element.name for element in html] == ["p", "input"]


def test_the_builder_draws(show: Mount) -> None:
    circle, gradient = element("circle"), element("linearGradient")
    radius = Signal(1)
    page = show(
        svg(
            gradient(gradientUnits="userSpaceOnUse"),
            [circle(r=radius, stroke_width=2) for _ in range(2)],
            viewBox="0 0 1 1",
        )
    )

    radius.set(5)

    assert page.body.inner_html() == (
        '<svg viewBox="0 0 1 1"><linearGradient gradientUnits="userSpaceOnUse"></linearGradient>'
        + '<circle r="5" stroke-width="2"></circle>' * 2
        + "</svg>"
    )
