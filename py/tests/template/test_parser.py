"""Templates as a whole: what is accepted is what a browser builds, the rest is an error."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from gossamer.errors import (
    HolePlacementError,
    NestingError,
    TemplateError,
    TemplateSyntaxError,
)
from gossamer.template import Hole, Shape, parse, shape_of
from gossamer.template.shape import (
    CLASS,
    COMPONENT,
    PLACEHOLDER,
    STYLE,
    ComponentPayload,
    Entry,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from .reading import KINDS, kinds, read, read_hole, refuse, strings_of, try_to_read

CASES = json.loads(
    (Path(__file__).parents[1] / "data" / "templates_dev.json").read_text(encoding="utf-8")
)["cases"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<p>^\0</p>", "The template holds U+0000"),
        ("<p title='{}^\0'></p>", "The template holds U+0000"),
        ("é{}\n{}é ^\ud800", "The template holds U+D800"),
        ("<p>^\udfff</p>", "The template holds U+DFFF"),
        ("^<p>", "<p> is not closed"),
        ("<p><b></b>\n ^<I>", "<I> is not closed"),
        ("^<{}>\n<{}>x</{}>", "<{Component}> is not closed"),
        ("<{}><p>^</{}></p>", "The end tag of a component does not close anything"),
        ("{}^</{}>", "The end tag of a component does not close anything"),
        ("<p><{} />^</{}></p>", "The end tag of a component does not close anything"),
        ("^</p>", "</p> does not close anything"),
        ("<p></p>\n^</P>", "</P> does not close anything"),
        ("<p><b>^</p></b>", "</p> does not close anything"),
        ("<{}>^</p></{}>", "</p> does not close anything"),
        ("<br>^</br>", "</br> does not close anything"),
        ("<p>^</input></p>", "</input> does not close anything"),
        ("<svg><clippath>^</clip></clippath></svg>", "</clip> does not close anything"),
        ("a ^<p />", "<p /> is not closed by its slash"),
        ("^<p title=x />", "<p /> is not closed by its slash"),
        ("<svg><desc>^<b/></desc></svg>", "<b /> is not closed by its slash"),
        ("^<script />", "<script /> is not closed by its slash"),
        ("^<!doctype html>", "A doctype may not stand in a template"),
        ("<p>^<!DOCTYPE></p>", "A doctype may not stand in a template"),
        ("<p>^<!></p>", "<! begins neither a comment nor a doctype"),
        ("<p>^<![CDATA[a]]></p>", "<! begins neither a comment nor a doctype"),
        ("<svg><desc><b>^<![CDATA[a]]></b></desc></svg>", "<! begins neither a comment nor a"),
        ("^<?xml version='1.0'?>", "<? begins nothing that HTML knows"),
        ("<svg>^<?x?></svg>", "<? begins nothing that HTML knows"),
        ("<pre>^&#10;x</pre>", "A line break as a character reference begins the element"),
        ("<pre>^&#xa;{}</pre>", "A line break as a character reference begins the element"),
    ],
)  # fmt: skip
def test_what_is_not_well_formed_is_refused(source: str, message: str) -> None:
    error = refuse(source)

    assert type(error) is TemplateSyntaxError
    assert error.what.startswith(message)
    assert error.why.endswith(".")
    assert error.fix.endswith(".")


@pytest.mark.parametrize(
    "source",
    [
        "<script>let a = ^{}</script>",
        "<style>a { color: ^{} }</style>",
        "<xmp>^{}</xmp>",
        "<iframe>^{}</iframe>",
        "<noembed>^{}</noembed>",
        "<noframes>^{}</noframes>",
        "<script><!-- ^{} --></script>",
        "<div>{}<STYLE>\n  ^{} {}</STYLE></div>",
    ],
)
def test_a_value_may_not_stand_where_nothing_can_be_escaped(source: str) -> None:
    error = refuse(source)

    assert type(error) is HolePlacementError
    assert error.what.startswith("A value may not stand in <")


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("<textarea>{}</textarea>", None),
        ("<title>{}</title>", None),
        ("<textarea>\n{}</textarea>", None),
        ("<textarea>\n\n{}</textarea>", ("\n", "")),
        ("<textarea>&#10;{}</textarea>", None),
        ("<textarea>{}\n</textarea>", ("", "\n")),
        ("<title>\n{}</title>", ("\n", "")),
        ("<title>a &lt;b> {} <i>{}</title >", ("a <b> ", " <i>", "")),
        ("<textarea></{} </p> <!-- {} --></TEXTAREA>", ("</", " </p> <!-- ", " -->")),
    ],
)
def test_in_textarea_and_title_a_hole_is_text(source: str, parts: tuple[str, ...] | None) -> None:
    hole = read_hole(source)

    assert KINDS[hole.kind] == "TEXT"
    assert hole.parts == parts


def test_title_of_svg_holds_markup() -> None:
    assert kinds("<svg><title>{}<b>{}</b></title></svg>") == ["CHILD", "CHILD"]


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("\n  <p></p>\n", "<p></p>"),
        ("\n\n\t a\f\n", "a"),
        ("\n  {}\n  ", "<!><!>"),
        ("\n  <p></p>\n  <p></p>\n", "<p></p>\n  <p></p>"),
        ("\n", "<!>"),
        ("\n \n\n ", "<!>"),
        ("\n  <{}>\n    <b></b>\n  </{}>\n", "<!><!>"),
        ("\n a  ", "a  "),
        ("\na", "a"),
        (" \n<p></p>\n", " \n<p></p>\n"),
        (" <p></p>\n", " <p></p>\n"),
        ("\n  &nbsp;\n", "\u00a0"),
        ("\n<pre>\n  x\n</pre>\n", "<pre>  x\n</pre>"),
        ("\r\n<p></p>\r\n", "<p></p>"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("<p title='a\r\nb'>\r</p>", '<p title="a\nb">\n</p>'),
    ],
)
def test_only_the_layout_around_an_indented_template_is_dropped(source: str, markup: str) -> None:
    assert read(source).markup == markup


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("<{}>\n  <b></b>\n</{}>", "<b></b>"),
        ("<{}> <b></b> </{}>", " <b></b> "),
        ("<{}>\n  a\n  <b></b>{}\n</{}>", "a\n  <b></b><!>"),
        ("<{}>\n  <b>\n</b>\n</{}>", "<b>\n</b>"),
        ("<{}>x\n</{}>", "x"),
        ("<{}>\n\n  x y \n \n </{}>", "x y"),
    ],
)
def test_the_layout_around_the_children_of_a_component_is_dropped(source: str, markup: str) -> None:
    payload = read(source).holes[0].payload

    assert payload is not None
    assert payload[2].markup == markup  # type: ignore[union-attr] # a shape


@pytest.mark.parametrize(
    "source",
    ["{}", "<p>{}</p>", "a {} b", "<b>{}</b>{}", "<select>{}</select>", "<table>{}</table>",
     "<svg>{}</svg>", "<template>{}</template>", "<pre>{}</pre>", "<x-a>{}</x-a>"],
)  # fmt: skip
def test_a_hole_between_tags_is_a_child(source: str) -> None:
    assert set(kinds(source)) == {"CHILD"}


def test_values_are_numbered_from_left_to_right_whatever_they_are() -> None:
    shape = read("{}<{} a='{}{}' {}>{}</{}><p b={}>{}</p><{} /><title>{}{}</title>{}")

    assert [(KINDS[hole.kind], hole.first) for hole in shape.holes] == [
        ("CHILD", 0),
        ("COMPONENT", 1),
        ("ATTRIBUTE", 7),
        ("CHILD", 8),
        ("COMPONENT", 9),
        ("TEXT", 10),
        ("CHILD", 12),
    ]
    payload = shape.holes[1].payload
    assert payload is not None
    assert payload[3] == 6


def test_an_error_tells_what_where_why_and_the_way_out() -> None:
    error = refuse("<ul>\n\t<li>{} <b>{}^<li></li></b></li>\n</ul>")

    assert str(error).split("\n") == [
        "<li> may not stand in <li>.",
        "At: line 2, column 12 of the template",
        "    \t<li>{…} <b>{…}<li></li></b></li>",
        "    \t              ^",
        "Why: a browser ends the outer one before it.",
        "Fix: Close the outer one first, or put a list between them.",
    ]


@pytest.mark.parametrize("source", ["a\0", "\n {}\ud83d {}", "\udfff\udfff", "\udfff{}<p>"])
def test_an_error_can_be_printed_whatever_the_template_holds(source: str) -> None:
    with pytest.raises(TemplateSyntaxError) as caught:
        read(source)

    text = str(caught.value)
    assert text.encode()
    assert "\0" not in text
    assert re.search(r"\\u(0000|d83d|dfff)", text) or "{…}" in text


def test_a_shape_is_parsed_once_and_an_error_raised_each_time() -> None:
    strings = strings_of("<p>{} once</p>")

    assert shape_of(strings) is shape_of(strings)
    assert shape_of(strings_of("<p>{} once</p>")).steps is shape_of(strings).steps
    assert parse(strings) is not shape_of(strings)
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError):
            shape_of(strings_of("<p>{} twice"))


def values_of_hole(hole: Hole) -> Iterator[int]:
    """The numbers of the values that a hole asks for; a component has two with its end tag."""
    if hole.kind == COMPONENT:
        props, spreads, children, closing = cast("ComponentPayload", hole.payload)
        yield hole.first
        if closing >= 0:
            yield closing
        yield from spreads
        for _, prop in props:
            if isinstance(prop, tuple):
                yield from range(prop[1], prop[1] + len(prop[2] or "ab") - 1)
        if isinstance(children, Shape):
            yield from values_of_shape(children)
        elif children:
            yield children[1]
    elif hole.kind in (CLASS, STYLE):
        for _, first, parts in cast("tuple[Entry, ...]", hole.payload):
            yield from range(first, first + len(parts or "ab") - 1)
    else:
        yield from range(hole.first, hole.first + len(hole.parts or "ab") - 1)


def values_of_shape(shape: Shape) -> Iterator[int]:
    """The numbers of the values that a shape asks for."""
    for hole in shape.holes:
        yield from values_of_hole(hole)


@pytest.mark.parametrize("kind", sorted({case["kind"] for case in CASES}))
def test_the_data_set_is_read_or_refused_at_a_place(kind: str) -> None:
    """T1 to T3; `e2e/test_templates_data.py` compares what is read with Chromium."""
    for case in CASES:
        if case["kind"] != kind:
            continue
        strings = tuple(case["strings"])
        found = try_to_read(strings)
        if isinstance(found, Shape):
            assert sorted(values_of_shape(found)) == list(range(len(strings) - 1))
        else:
            assert kind == "reject_or_match", case
            assert is_placed(found, strings)


def is_placed(error: TemplateError, strings: tuple[str, ...]) -> bool:
    """Whether an error says a line and a column of its template."""
    lines = re.sub("\r\n?", "\n", "_".join(strings)).split("\n")
    return 1 <= error.line <= len(lines) and 1 <= error.column <= len(lines[error.line - 1]) + 1


NOISE = [
    *"<>/='\"&;!-?[]{} \t\n\r\f\0a1é:.",
    "\udfff", "\ud800", "😀", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "&#", "&#x41;", "&lt", "&copy=",
    "<p>", "</p>", "<P CLASS=a>", "<br>", "<br/>", "<div>", "</div>", "<li>", "</li>", "<a>", "</a>", "<svg>", "</svg>",
    "<g/>", "<math>", "</math>", "<mi>", "</mi>", "<table>", "</table>", "<tbody>", "</tbody>", "<tr>", "</tr>", "<td>",
    "</td>", "<script>", "</script>", "<style>", "</style>", "<title>", "</title>", "<textarea>", "</textarea>", "<pre>",
    "</pre>", "<select>", "</select>", "<option>", "</option>", "<template>", "</template>", "<foreignObject>",
    "</foreignObject>", "<noscript>", "</noscript>", "<x-a ", " title=", " class='", " style=\"a: ", " on:click=",
    " bind:value=", " inner_html=", " prop:x=", " use:x=", " ref=", " attr:x=", " hidden",
]  # fmt: skip
STRINGS = st.lists(
    st.one_of(
        st.lists(st.sampled_from(NOISE), max_size=8).map("".join),
        st.text(max_size=5),
    ),
    min_size=1,
    max_size=6,
).map(tuple)


@settings(max_examples=500)
@given(STRINGS)
def test_noise_is_read_or_refused_at_a_place(strings: tuple[str, ...]) -> None:
    found = try_to_read(strings)

    if isinstance(found, Shape):
        assert sorted(values_of_shape(found)) == list(range(len(strings) - 1))
    else:
        assert type(found) in (TemplateSyntaxError, NestingError, HolePlacementError)
        assert is_placed(found, strings)
        assert found.excerpt.encode()
        assert all((found.what, found.why, found.fix))


TEXTS = st.sampled_from(
    ["a", " ", "\n", "&lt;b&gt;", "&#13;", "<!-- c -->", "é", "&copy", "<br>", "{}"]
)
ATTRIBUTES = st.sampled_from(
    ["", "", " title='a&quot;'", " hidden", " title={}", " class='a {}'", " {}"]
)
ELEMENTS = [
    "p",
    "div",
    "li",
    "b",
    "a",
    "svg",
    "g",
    "title",
    "textarea",
    "pre",
    "tr",
    "td",
    "x-a",
    "option",
    "math",
    "mi",
]


def element_of(tag: str, attributes: str, inner: str) -> str:
    return f"<{tag}{attributes}>{inner}</{tag}>"


def component_of(attributes: str, inner: str) -> str:
    return f"<{{}}{attributes}>{inner}</{{}}>"


TEMPLATES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.builds(element_of, st.sampled_from(ELEMENTS), ATTRIBUTES, inner),
        st.builds(component_of, ATTRIBUTES, inner),
    ),
    max_leaves=10,
)


@settings(max_examples=500)
@given(TEMPLATES)
def test_a_template_is_read_or_refused_at_a_place(source: str) -> None:
    strings = strings_of(source)

    found = try_to_read(strings)

    if isinstance(found, Shape):
        assert sorted(values_of_shape(found)) == list(range(len(strings) - 1))
    else:
        assert is_placed(found, strings)


@given(TEMPLATES)
def test_what_is_written_for_a_browser_is_read_as_the_same(source: str) -> None:
    found = try_to_read((source.replace("{}", "x"),))
    assume(isinstance(found, Shape))
    markup = cast("Shape", found).markup
    assume(markup != PLACEHOLDER and not markup.startswith("\n"))

    assert read(markup).markup == markup
