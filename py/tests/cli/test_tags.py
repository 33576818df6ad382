"""Tags of a page: found with their places, and only those written anew that changed."""

import pytest
from gossamer.cli.tags import Markup, written

PAGE = """<!doctype html>
<html>
<head><meta charset=utf-8>
<LINK rel='stylesheet' href=a.css></head>
<body>
<!-- <script src="no.js"> -->
<img alt="a > b" src="ä.png" />
<script>const text = "<script src='no.js'>";</script>
</body>
</html>
"""


def test_a_page_that_nobody_changes_stays_as_it_is() -> None:
    assert Markup(PAGE).with_changes({}) == PAGE


def test_tags_in_comments_and_scripts_are_none() -> None:
    names = [tag.name for tag in Markup(PAGE).tags]

    assert names == ["html", "head", "meta", "link", "body", "img", "script"]


def test_only_a_changed_tag_is_written_anew() -> None:
    markup = Markup(PAGE)
    image = next(tag for tag in markup.tags if tag.name == "img")
    image.set("src", "b.png")

    changed = markup.with_changes({})

    assert changed == PAGE.replace(
        '<img alt="a > b" src="ä.png" />', '<img alt="a &gt; b" src="b.png" />'
    )


def test_text_is_put_in_at_its_place_beside_a_change() -> None:
    markup = Markup("<p>é</p>\r\n<p>two</p></head>")
    markup.tags[1].set("id", "x")
    assert markup.head_end is not None

    changed = markup.with_changes({markup.head_end: "<link>"})

    assert changed == '<p>é</p>\r\n<p id="x">two</p><link></head>'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param("plain", 'a="plain"', id="plain"),
        pytest.param('{"a": 1}', """a='{"a": 1}'""", id="JSON reads well"),
        pytest.param("\"'", """a="&quot;'\"""", id="both quotes"),
        pytest.param("<&", 'a="&lt;&amp;"', id="what HTML needs"),
        pytest.param(None, "a", id="none"),
    ],
)
def test_a_value_is_quoted_so_that_it_comes_back(value: str | None, text: str) -> None:
    tag = written("p", {"a": value})

    assert tag == f"<p {text}>"
    assert Markup(tag).tags[0].attributes == {"a": value}
