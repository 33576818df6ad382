"""Tags, attributes and comments: read as a browser reads them, or refused."""

import pytest
from gossamer.errors import HolePlacementError, TemplateSyntaxError
from gossamer.template.tokens import HOLE, Scanner, ascii_lower

from .reading import read, read_hole, refuse


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<p^{}></p>", "A value may not stand in the name of a tag"),
        ("<h^{} title={}></h{}>", "A value may not stand in the name of a tag"),
        ("<p data-^{}={}></p>", "A value may not stand in the name of an attribute of <p>"),
        ("<p ^{}=a></p>", "A value may not stand in the name of an attribute of <p>"),
        ("<p ^{} = {}></p>", "A value may not stand in the name of an attribute of <p>"),
        ("<p ^{}{}></p>", "A value may not stand in the name of an attribute of <p>"),
        ("<p ^{}title=a></p>", "A value may not stand in the name of an attribute of <p>"),
        ("<{} ^{}{} />", "A value may not stand in the name of an attribute of <{Component}>"),
        ("<p title='a'^{}></p>", "A value in <p> follows its neighbour without a space"),
        ("<p title='a'^b={}></p>", "A value in <p> follows its neighbour without a space"),
        ("<!-- ^{} -->", "A value may not stand in a comment"),
        ("<p><!-- a\n<b title='^{}'> --></p>", "A value may not stand in a comment"),
    ],
)
def test_a_value_may_not_decide_how_markup_is_read(source: str, message: str) -> None:
    error = refuse(source)

    assert type(error) is HolePlacementError
    assert error.what.startswith(message)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a\n ^<b<i></i>", "The tag <b<i is not closed before the next one begins"),
        ("^<p", "<p is not closed"),
        ("^<p title=a", "<p is not closed"),
        ("^<p title=", "<p is not closed"),
        ("^<{} ", "<{Component} is not closed"),
        ("<p ^/ title=a></p>", "<p> holds a stray / among its attributes"),
        ("<p ^=a></p>", "<p> holds a stray = among its attributes"),
        ("<br ^/ >", "<br> holds a stray / among its attributes"),
        ("<p a=1 ^A=2></p>", "<p> has the attribute A twice"),
        ("<p title ^attr:title={}></p>", "<p> has the attribute title twice"),
        ("<p class={} ^class={}></p>", "<p> has the attribute class twice"),
        ("<p on:click={} ^on:click={}></p>", "<p> has the attribute on:click twice"),
        ("<{} a={} ^a={} />", "<{Component}> has the attribute a twice"),
        ("<{} some-prop=1 ^some_prop=2 />", "<{Component}> has the attribute some_prop twice"),
        ("<p ^b\"c></p>", "b\"c is no name for an attribute of <p>"),
        ("<p ^'a'></p>", "'a' is no name for an attribute of <p>"),
        ("<p ^<b></p>", "<b is no name for an attribute of <p>"),
        ("<p a=^'b></p>", "The value of a in <p> has no closing '"),
        ('<p a=^"{}></p>', 'The value of a in <p> has no closing "'),
        ("<p a=^></p>", "a in <p> has no value after its ="),
        ("<p a= \n ^></p>", "a in <p> has no value after its ="),
        ("<circle r={}^/>", "The / at the end of <circle> belongs to the value of r"),
        ("<p a=^b'c></p>", "The value of a in <p> holds a quote or <"),
        ("<p a=^{}b=\"c\"></p>", "The value of a in <p> holds a quote or <"),
        ("<p a=^`b`></p>", "The value of a in <p> holds a quote or <"),
        ("<p a=^b<i></p>", "The value of a in <p> holds a quote or <"),
        ("<p>^</></p>", "An end tag is not well formed"),
        ("<p>^</ p>", "An end tag is not well formed"),
        ("<p>^</p a>", "An end tag is not well formed"),
        ("<p>^</p", "An end tag is not well formed"),
        ("<p>^</p{}>", "An end tag is not well formed"),
        ("<{}>^</{}x>", "An end tag is not well formed"),
        ("<{}>^</{}", "An end tag is not well formed"),
        ("<p>^<!-- a", "A comment does not end"),
        ("<p>^<!-- a --", "A comment does not end"),
        ("<svg>^<![CDATA[a</svg>", "A CDATA section does not end, or holds a value"),
        ("<svg>^<![CDATA[{}]]></svg>", "A CDATA section does not end, or holds a value"),
        ("<script>^let a = 1;</scrip>", "<script> has no end tag"),
        ("<style>^a { }", "<style> has no end tag"),
        ("<textarea>^a</textarea ", "<textarea> has no end tag"),
        ("<title>^a</title/>", "<title> has no end tag"),
        ("<title>^a</titles>", "<title> has no end tag"),
        ("<script>^a <!-- <SCRIPT> </script>", "A <script> holds <!-- and then <script"),
    ],
)  # fmt: skip
def test_what_a_browser_would_repair_is_refused(source: str, message: str) -> None:
    error = refuse(source)

    assert type(error) is TemplateSyntaxError
    assert error.what.startswith(message)


@pytest.mark.parametrize(
    ("source", "markup"),
    [
        ("<p\ttitle = 'a'\n id\f=\n\"b\" ></p\n>", '<p title="a" id="b"></p>'),
        ("<p a='<>' b=\"'\" c='\"'></p>", '<p a="<>" b="\'" c="&quot;"></p>'),
        ("<p a='x'b=y></p>", '<p a="x" b="y"></p>'),
        ("<p a==b c=/d/ e=?f=g></p>", '<p a="=b" c="/d/" e="?f=g"></p>'),
        ("<p a='&lt;&amp' b=&copy;></p>", '<p a="<&amp;" b="©"></p>'),
        ("<BR><IMG ALT=x/y />", '<br><img alt="x/y">'),
        ("<x-Ä É=1></x-Ä>", '<x-Ä É="1"></x-Ä>'),
        ("<p\u00a0></p\u00a0>", "<p\u00a0></p\u00a0>"),
        ("<!----><!-->a<!--->b<!-- x --!>c", "<!----><!---->a<!---->b<!-- x -->c"),
        ("<!-- <p> & -- > -->", "<!-- <p> & -- > -->"),
        ("<script>a < b && '<p>' <!-- c --> </SCRIPT\n>", "<script>a < b && '<p>' <!-- c --> </script>"),
        ("<style>a > b { }</style>", "<style>a > b { }</style>"),
        ("<svg><![CDATA[<a> & ]]></svg>", "<svg>&lt;a> &amp; </svg>"),
        ("<svg><![CDATA[]]></svg>", "<svg></svg>"),
        ("1 < 2 <3 a<", "1 &lt; 2 &lt;3 a&lt;"),
    ],
)  # fmt: skip
def test_odd_but_valid_markup_is_read_as_it_is_meant(source: str, markup: str) -> None:
    assert read(source).markup == markup


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("<p a={}></p>", None),
        ("<p a= {} ></p>", None),
        ("<p a='{}'></p>", None),
        ("<p a='{} '></p>", ("", " ")),
        ("<p a={}{}></p>", ("", "", "")),
        ("<p a=/{}/b></p>", ("/", "/b")),
        ("<p a='&lt;{}&am{}p;'></p>", ("<", "&am", "p;")),
        ("<a-b c={}/d></a-b>", ("", "/d")),
    ],
)
def test_an_attribute_keeps_the_text_around_its_values(
    source: str, parts: tuple[str, ...] | None
) -> None:
    hole = read_hole(source)

    assert hole.parts == parts


def test_a_scanner_counts_values_as_it_meets_them() -> None:
    scanner = Scanner(f"<p a={HOLE}{HOLE} {HOLE} b>")

    name = scanner.tag_name()
    attributes, is_closed = scanner.attributes(name, 0, is_component=False)

    assert name == "p"
    assert not is_closed
    assert [(each.name, each.first, each.is_whole) for each in attributes] == [
        ("a", 0, False),
        ("", 2, True),
        ("b", -1, False),
    ]
    assert scanner.position == len(scanner.source)
    assert scanner.next_hole == 3


def test_only_the_letters_a_to_z_are_folded() -> None:
    assert ascii_lower("ABZ-x") == "abz-x"
    assert ascii_lower("ÀİA\u212a") == "ÀİA\u212a".replace("A", "a")
