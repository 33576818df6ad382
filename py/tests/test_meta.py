"""Title, metadata and attributes from anywhere in the tree."""

from collections.abc import Callable

import pytest
from gossamer import ErrorBoundary, Show, Signal
from gossamer.meta import Body, Html, Link, Meta, Script, Style, Title
from gossamer.testing.page import FakePage

type Draw = Callable[[object], FakePage]


def test_the_title_that_came_last_wins_until_it_goes(show: Draw) -> None:
    """C160, S220"""
    inner, other = Signal(value=False), Signal("one")
    page = show(
        [
            Title("outer"),
            t"<{Show} when={inner}><{Title} text={other} /></{Show}>",
        ]
    )
    assert page.title == "outer"

    inner.set(True)
    assert page.title == "one"
    other.set("two")
    assert page.title == "two"
    inner.set(False)
    assert page.title == "outer"


def test_an_outer_title_that_changes_does_not_come_last(show: Draw) -> None:
    outer = Signal("outer")
    page = show([Title(outer), Title("inner")])

    outer.set("changed")

    assert page.title == "inner"


def test_a_formatter_writes_the_titles_of_all(show: Draw) -> None:
    """C160"""
    has_page = Signal(value=True)
    page = show(
        [
            t"<{Show} when={has_page}><{Title} text='Tea' /></{Show}>",
            Title(formatter=lambda text: f"{text} · Shop"),
        ]
    )
    assert page.title == "Tea · Shop"

    has_page.set(False)
    assert page.title == "Test"


def test_attributes_of_the_page_are_taken_back(show: Draw) -> None:
    """C162"""
    is_on, theme = Signal(value=True), Signal("dark big")
    view = t"<{Html} lang='fr' /><{Body} class={theme} data-page='x' />"
    page = show(
        [Html(lang="en", dir="rtl"), Body(class_="big"), t"<{Show} when={is_on}>{view}</{Show}>"]
    )
    page.html.attributes["id"] = "own"
    assert page.html.attributes["lang"] == "fr"
    assert page.body.attributes == {"class": "big dark", "data-page": "x"}

    theme.set("light")
    assert page.body.attributes["class"] == "big light"
    is_on.set(False)

    assert page.html.attributes == {"lang": "en", "dir": "rtl", "id": "own"}
    assert page.body.attributes == {"class": "big"}


def test_what_the_page_had_before_comes_back(page: FakePage) -> None:
    from gossamer import mount

    page.html.attributes.update(lang="de", **{"class": "no-js"})
    shown = mount(Html(lang="en", class_="no-js dark"))
    assert page.html.attributes == {"lang": "en", "class": "no-js dark"}

    shown.unmount()

    assert page.html.attributes == {"lang": "de", "class": "no-js"}
    assert page.nodes == {}


def test_elements_of_the_head_follow_their_values_and_go(page: FakePage) -> None:
    """C161"""
    from gossamer import mount

    about, color = Signal("tea"), Signal("red")
    shown = mount(
        [
            Meta(name="description", content=about),
            Link(rel="icon", href="/x.svg", sizes=None, crossorigin=True),
            Style(lambda: f"p {{ color: {color()} }}", media="print"),
            Script(text="track()", attrs={"data-x": "1"}),
        ]
    )
    about.set("coffee")
    color.set("blue")

    assert page.head.inner_html() == (
        '<meta name="description" content="coffee">'
        '<link rel="icon" href="/x.svg" crossorigin="">'
        '<style media="print">p { color: blue }</style>'
        '<script data-x="1">track()</script>'
    )
    shown.unmount()
    assert page.head.inner_html() == ""
    assert page.nodes == {}


@pytest.mark.parametrize(
    "view",
    [
        Meta(attrs={"http-equiv": "refresh"}, content="0;url=//evil"),
        Link(onload="evil()"),
        Script(onerror="evil()"),
        Meta(attrs={"a b": "c"}),
    ],
)
def test_what_could_run_or_lead_away_is_refused(show: Draw, view: object) -> None:
    page = show(ErrorBoundary(lambda error: type(error).__name__, view))

    assert page.body.text() == "UnsafeNameError"
    assert page.head.inner_html() == ""
