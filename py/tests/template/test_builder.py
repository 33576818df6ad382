"""The markup and the walk: each hole finds its node in a clone of the markup."""

from typing import cast

import pytest
from gossamer.errors import NestingError, TemplateSyntaxError
from gossamer.template import Shape, parse
from gossamer.template.builder import escape_text
from gossamer.template.shape import (
    CHILD,
    COMPONENT,
    DOWN,
    TAKE,
    TAKE_TEXT,
    TEXT,
    UP,
    ComponentPayload,
)
from gossamer.template.spec import MAX_DEPTH, MAX_TEXT
from gossamer.testing.nodes import Branch, Element, Text
from gossamer.testing.page import FakePage
from hypothesis import given
from hypothesis import strategies as st

from .reading import KINDS, read, read_hole, refuse


def fill(shape: Shape) -> str:
    """Clone a shape, and write into each hole the number of its first value."""
    page = FakePage()
    page.define(0, shape.markup, shape.namespace, ",".join(map(str, shape.steps)), "")
    page.clone(0, 0, 0, None)
    assert sorted(page.nodes) == list(range(shape.node_count))
    root = page.nodes[shape.start].parent
    assert root is not None
    assert root.children[0] is page.nodes[shape.start]
    assert root.children[-1] is page.nodes[shape.end]
    for hole in shape.holes:
        node = page.nodes[hole.node]
        if hole.kind in (CHILD, COMPONENT):
            assert isinstance(node, Text)
            node.data += f"{hole.first}"
        elif hole.kind == TEXT:
            page.content(hole.node, f"{hole.first}")
        else:
            assert isinstance(node, Element)
            node.attributes[hole.name or KINDS[hole.kind].lower()] = f"{hole.first}"
    assert isinstance(root, Branch)
    return root.inner_html()


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("", ""),
        ("a", "a"),
        ("{}", "0"),
        ("{}{}", "01"),
        ("a{}b{}c", "a0b1c"),
        ("<!-- c -->{}", "<!-- c -->0"),
        ("{}<!-- c -->", "0<!-- c -->"),
        ("<p></p>", "<p></p>"),
        ("<p></p><p></p>", "<p></p><p></p>"),
        ("<p>{}</p>", "<p>0</p>"),
        ("<p id={}>{}</p>", '<p id="0">1</p>'),
        ("<p id={}></p>{}", '<p id="0"></p>1'),
        ("{}<p id={}></p>", '0<p id="1"></p>'),
        ("<p></p>{}<p></p>", "<p></p>0<p></p>"),
        ("<p><b>{}</b></p>{}", "<p><b>0</b></p>1"),
        ("<p><b></b><i><u></u>{}</i></p><p id={}></p>", '<p><b></b><i><u></u>0</i></p><p id="1"></p>'),
        ("<p><b><i>{}</i></b><b><i>{}</i></b></p>", "<p><b><i>0</i></b><b><i>1</i></b></p>"),
        ("<p><b id={}><i>{}</i></b></p>", '<p><b id="0"><i>1</i></b></p>'),
        ("<p>a<b>c</b>{}d{}<br id={}>{}</p>", '<p>a<b>c</b>0d1<br id="2">3</p>'),
        ("<p><br><br id={}><br></p>", '<p><br><br id="0"><br></p>'),
        ("<textarea>{}</textarea>", "<textarea>0</textarea>"),
        ("<p><textarea id={}>a{}b</textarea>{}</p>", '<p><textarea id="0">1</textarea>2</p>'),
        ("<div><b></b><title>{}</title></div>", "<div><b></b><title>0</title></div>"),
        ("<p>{}</p><{} /><p>{}</p>", "<p>0</p>1<p>2</p>"),
        ("<p><{}>x{}</{}></p>{}", "<p>0</p>3"),
        ("<p a={} on:b={} {} ref={}></p>", '<p a="0" b="1" spread="2" ref="3"></p>'),
        ("<template><p>{}</p></template><p>{}</p>", "<template><p>0</p></template><p>1</p>"),
    ],
)  # fmt: skip
def test_the_walk_leads_each_hole_to_its_node(source: str, filled: str) -> None:
    assert fill(read(source)) == filled


class Tree:
    """An element, with or without a hole in its tag, or a piece of text; None is a hole."""

    def __init__(self, tag: str, *, is_hole: bool, children: list[Tree | str | None]) -> None:
        self.tag = tag
        self.is_hole = is_hole
        self.children = children

    def __repr__(self) -> str:
        return f"Tree({self.tag!r}, is_hole={self.is_hole}, children={self.children})"


def write(nodes: list[Tree | str | None], strings: list[str], filled: list[str]) -> None:
    """Add nodes to the strings of a template, and to what it has to become."""
    for node in nodes:
        if node is None:
            filled[0] += f"{len(strings) - 1}"
            strings.append("")
        elif isinstance(node, str):
            filled[0] += node
            strings[-1] += node
        else:
            strings[-1] += f"<{node.tag}"
            filled[0] += f"<{node.tag}"
            if node.is_hole:
                filled[0] += f' id="{len(strings) - 1}"'
                strings[-1] += " id="
                strings.append("")
            strings[-1] += ">"
            filled[0] += ">"
            write(node.children, strings, filled)
            strings[-1] += f"</{node.tag}>"
            filled[0] += f"</{node.tag}>"


LEAVES = st.one_of(st.none(), st.none(), st.sampled_from(["a", " ", "<!--c-->"]))
TREES = st.recursive(
    st.lists(LEAVES, max_size=3),
    lambda inner: st.lists(
        st.one_of(
            LEAVES,
            st.builds(Tree, st.sampled_from(["div", "x-a"]), is_hole=st.booleans(), children=inner),
        ),
        max_size=4,
    ),
    max_leaves=12,
)


@given(TREES)
def test_the_walk_of_any_tree_leads_each_hole_to_its_node(tree: list[Tree | str | None]) -> None:
    strings, filled = [""], [""]
    write(tree, strings, filled)

    assert fill(parse(tuple(strings))) == filled[0]


@pytest.mark.parametrize(
    ("source", "steps"),
    [
        ("<p></p>", (DOWN, TAKE)),
        ("<p></p><i></i>", (DOWN, TAKE, 1, TAKE)),
        ("<p>a{}</p>", (DOWN, TAKE, DOWN, 1, TAKE_TEXT)),
        ("<p><b>{}</b></p>{}", (DOWN, TAKE, DOWN, DOWN, TAKE_TEXT, UP, UP, 1, TAKE_TEXT)),
        ("<p><b>{}</b><i><u>{}</u></i></p>",
         (DOWN, TAKE, DOWN, DOWN, TAKE_TEXT, UP, 1, DOWN, DOWN, TAKE_TEXT)),
        ("{}", (DOWN, TAKE_TEXT, 1, TAKE_TEXT)),
        ("<p><b></b><b></b><b></b></p>", (DOWN, TAKE)),
    ],
)  # fmt: skip
def test_a_walk_takes_the_ends_and_what_has_holes(source: str, steps: tuple[int, ...]) -> None:
    assert read(source).steps == steps


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("", "<!>"),
        ("{}", "<!><!>"),
        ("a{}", "a<!>"),
        ("<{} />", "<!><!>"),
        ("<p>{}</p>", "<p><!></p>"),
        ("<p>&lt;b&gt; &amp;amp; &#13;</p>", "<p>&lt;b> &amp;amp; &#13;</p>"),
        ("<pre>\n\nx</pre>", "<pre>\n\nx</pre>"),
        ("<pre>\nx</pre>", "<pre>x</pre>"),
        ("<pre>x\n</pre>", "<pre>x\n</pre>"),
        ("<pre>{}\nx</pre>", "<pre><!>\nx</pre>"),
        ("<listing>\n\n</listing>", "<listing>\n\n</listing>"),
        ("<textarea>\n\nx</textarea>", "<textarea>\n\nx</textarea>"),
        ("<textarea>\nx</textarea>", "<textarea>x</textarea>"),
        ("<textarea>&lt;&amp;lt;</textarea>", "<textarea>&lt;&amp;lt;</textarea>"),
        ("<svg><g/></svg>", "<svg><g></g></svg>"),
        ("<circle/>", "<circle></circle>"),
    ],
)
def test_the_markup_means_the_same_to_a_browser(source: str, markup: str) -> None:
    assert read(source).markup == markup


@pytest.mark.parametrize(
    ("source", "children"),
    [
        ("<{} />", None),
        ("<{}></{}>", None),
        ("<{}>\n   </{}>", None),
        ("<{}> </{}>", None),
        ("<{}>{}</{}>", ("value", 1)),
        ("<{}>\n  {}\n</{}>", ("value", 1)),
        ("<{} a={}> {} </{}>", ("value", 2)),
    ],
)
def test_a_component_gets_no_children_or_one_value_as_it_is(source: str, children: object) -> None:
    payload = read_hole(source).payload

    assert payload is not None
    assert payload[2] == children


@pytest.mark.parametrize(
    ("source", "markup", "firsts"),
    [
        ("<{}>a</{}>", "a", []),
        ("<{}>{}{}</{}>", "<!><!><!>", [1, 2]),
        ("<{}> a {}</{}>", " a <!>", [1]),
        ("<{}>\n  <p>{}</p>\n  </{}>", "<p><!></p>", [1]),
        ("<{}><!-- c --></{}>", "<!-- c -->", []),
        ("<{}>&nbsp;</{}>", "\u00a0", []),
        ("<{} a={}><{} /></{}>", "<!><!>", [2]),
        ("<{}><p a={}></p></{}>", "<p></p>", [1]),
    ],
)
def test_other_children_are_a_shape_of_the_same_template(
    source: str, markup: str, firsts: list[int]
) -> None:
    outer = read(source)
    (hole,) = outer.holes
    assert hole.payload is not None
    children = hole.payload[2]

    assert isinstance(children, Shape)
    assert children.markup == markup
    assert children.strings is outer.strings
    assert [inner.first for inner in children.holes] == firsts


def test_components_may_stand_in_components() -> None:
    outer = read("<{}>a<{} x={}><p>{}</p></{}>{}</{}>{}")

    (first, last) = outer.holes
    assert (first.first, last.first) == (0, 7)
    _, _, middle, closing = cast("ComponentPayload", first.payload)
    assert closing == 6
    assert isinstance(middle, Shape)
    assert [hole.first for hole in middle.holes] == [1, 5]
    _, _, inner, closing = cast("ComponentPayload", middle.holes[0].payload)
    assert closing == 4
    assert isinstance(inner, Shape)
    assert [hole.first for hole in inner.holes] == [3]


def test_a_tree_may_be_as_deep_as_a_browser_keeps_it() -> None:
    deep = "<b>" * MAX_DEPTH + "{}" + "</b>" * MAX_DEPTH

    assert len(read(deep).holes) == 1
    error = refuse("<b>" * MAX_DEPTH + "^<i></i>" + "</b>" * MAX_DEPTH)
    assert type(error) is NestingError
    assert error.what == f"<i> stands more than {MAX_DEPTH} elements deep."


@pytest.mark.parametrize("character", ["a", "é", "😀"])
def test_a_text_may_be_as_long_as_a_browser_keeps_it_whole(character: str) -> None:
    longest = character * (MAX_TEXT // (2 if character == "😀" else 1))

    assert read(f"<p>{longest}</p>")
    assert read(f"<p>{longest}<br>{longest}{{}}{longest}</p>")
    error = refuse(f"<p>^{longest}{character}</p>")
    assert type(error) is TemplateSyntaxError
    assert error.what == f"A text is longer than {MAX_TEXT} characters."


def test_pieces_of_one_text_count_together() -> None:
    half = "a" * (MAX_TEXT // 2)

    assert read(f"<svg>{half}<![CDATA[{half}]]></svg>")
    error = refuse(f"<svg>{half}<![CDATA[{half}]]>^a</svg>")
    assert error.what == f"A text is longer than {MAX_TEXT} characters."


@pytest.mark.parametrize(
    "source",
    ["^<p inner_html={}>a</p>", "^<p inner_html={}>{}</p>", "<i>^<p inner_html={}><br></p></i>",
     "^<p inner_html={}> </p>"],
)  # fmt: skip
def test_inner_html_leaves_no_room_for_content(source: str) -> None:
    error = refuse(source)

    assert type(error) is TemplateSyntaxError
    assert error.what == "<p> has both inner_html and content."


def test_text_between_tags_is_escaped() -> None:
    assert escape_text("<a> & \r \"'") == "&lt;a> &amp; &#13; \"'"
