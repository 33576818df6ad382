"""Marks: the least that tells the places of a text apart."""

import asyncio
import json
import re
from typing import Any

import pytest
from gossamer import (
    AnimatedShow,
    ErrorBoundary,
    For,
    Show,
    Signal,
    Suspense,
    component,
    local_resource,
    resource,
)
from gossamer.elements import p
from gossamer.ssr import render_to_stream, render_to_string
from gossamer.ssr.marks import Marks, with_marks
from gossamer.view.hydration import MARK

from .reading import read_text
from .trees import grow


@component
def Given(view: object = None) -> object:
    """Shows what it is given."""
    return view


CASES: dict[str, tuple[object, str]] = {
    "a sole text": (t"<p>{'a'}</p>", "<p>a</p>"),
    "an empty text": (t"<p>{''}</p>", "<p></p>"),
    "a text beside a text": (t"<p>a{'b'}{3}c</p>", "<p>a<!>b<!>3<!>c</p>"),
    "an empty text before another": (t"<p>{''}{'b'}</p>", "<p><!>b</p>"),
    "a text after an element": (t"<p><b>a</b>{'b'}</p>", "<p><b>a</b>b</p>"),
    "a live text": (t"<p>{Signal('a')}b</p>", "<p>a<!>b</p>"),
    "a view": (t"<p>{t'<b>a</b>'}c</p>", "<p><b>a</b><!>c</p>"),
    "a view that is text": (t"<p>a{t'b'}</p>", "<p>a<!>b<!></p>"),
    "a component that gives text": (t"<p>{Given('a')}</p>", "<p>a</p>"),
    "a view of nothing": (t"<p>a{t''}</p>", "<p>a<!></p>"),
    "a list": (t"<p>{['a', 'b']}</p>", "<p>a<!>b<!></p>"),
    "no list": (t"<p>{[]}</p>", "<p></p>"),
    "rows": (t"<ul>{For(['a', 'b'], children=lambda x: t'<li>{x}</li>')}</ul>",
             "<ul><li>a</li><li>b</li><!></ul>"),
    "rows of text": (t"<ul>{For(['a', 'b'], children=lambda x: x)}</ul>", "<ul>a<!>b<!></ul>"),
    "rows of a component": (t"<ul>{For(['a', 'b'], children=lambda x: Given(t'<i></i>'))}</ul>",
                            "<ul><i></i><i></i><!></ul>"),
    "what is shown": (t"<p>{Show(True, t'<b></b>')}</p>", "<p><b></b><!></p>"),
    "what is not": (t"<p>{Show(False, t'<b></b>')}</p>", "<p></p>"),
    "an animation": (t"<p>{AnimatedShow(True, t'<b></b>')}</p>", "<p><b></b><!></p>"),
    "an element": (t"<div>{p('a', 'b')}</div>", "<div><p>a<!>b</p><!></div>"),
    "an end that looks like a tag": (t"<p>{'a>'}{'b'}</p>", "<p>a&gt;<!>b</p>"),
    "a newline that is eaten": (t"<pre>{t'a'}</pre>", "<pre>\na<!></pre>"),
    "a failure": (ErrorBoundary("oh", t"<b>{(lambda: 1 / 0)}</b>"), "oh"),
    "handlers": (t"<form on:submit={print} on:focus={print}></form>",
                 '<form data-on="submit" data-pd="submit"></form>'),
    "a form with an address": (t"<form action='/a' on:submit={print}></form>",
                               '<form action="/a" data-on="submit"></form>'),
    "a prevented handler": (t"<a href='/a' on:click.prevent={print}>a</a>",
                            '<a href="/a" data-on="click" data-pd="click">a</a>'),
    "properties": (t"<input prop:value={'a'} prop:disabled={True} on:click={print}>",
                   '<input data-on="click" value="a" disabled="">'),
    "a handler in a dict": (t"<b { {'on:click': print} }></b>", '<b data-on="click"></b>'),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_marks_stand_where_they_are_needed(name: str) -> None:
    """S10"""
    view, text = CASES[name]

    assert render_to_string(view, hydratable=True) == text


def test_a_list_of_a_thousand_texts_costs_three_bytes() -> None:
    """S3"""
    view = t"<ul>{For(range(1000), children=lambda i: t'<li>{i}</li>')}</ul>"

    marked = render_to_string(view, hydratable=True)

    assert marked.count(MARK) == 1
    assert len(marked) - len(render_to_string(view)) == 3


NASTY = ("\r\n", "\0", "</script>", "<!--", "-->", "]]>", "🎈", "\ud800", "&lt;", "\n", "x" * 10**6)


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_parser_reads_the_defined_form_of_any_text(text: str) -> None:
    """S5"""

    @component
    def App() -> object:
        data = resource(lambda: text, name="data")
        texts = t"<textarea>{text}</textarea><pre>{text}</pre><title>{text}</title>"
        return t"<p title={text}>{text}</p>{texts}{(lambda: data() and None)}"

    (paragraph, area, pre, title, *_, data) = read_text(render_to_string(App, hydratable=True))

    form = re.sub("[\0\ud800]", "\ufffd", text)
    assert paragraph == ("p", {"title": form}, [form])
    assert [each[2] for each in (area, pre, title)] == [[form]] * 3
    assert data[0] == "script"
    assert json.loads(data[2][0])[1] == text


def test_a_text_without_marks_is_what_a_plain_one_is() -> None:
    for seed in range(100):
        view = grow(seed)[0]
        marked = read_text(render_to_string(view, hydratable=True))
        plain = read_text(render_to_string(grow(seed)[0]))

        assert without_events(marked) == plain, seed


def without_events(tree: list[Any]) -> list[Any]:
    """A tree as it is without what the early script reads."""
    return [
        each
        if isinstance(each, str)
        else (
            each[0],
            {k: v for k, v in each[1].items() if k != "data-on"},
            without_events(each[2]),
        )
        for each in tree
    ]


def test_a_text_in_parts_has_the_marks_of_a_whole_one() -> None:
    raw = "<p>\0ta\0n\0t\0(\0(b\0)\0)\0n\0tc\0t\0(<b>x\0)\0n</p>\0t\0(\0i\0)\0n\0l\0tz"

    for first in range(0, len(raw), 2):
        if raw[first - 1 : first] == "\0" or raw.startswith("\0n", first):
            continue
        marks = Marks()
        parts = marks.take(raw[:first]) + marks.take(raw[first:]) + marks.end()

        assert parts == with_marks(raw), first


def test_a_boundary_whose_text_comes_later_is_a_text_still() -> None:
    @component
    def App() -> object:
        late = resource(lambda: asyncio.sleep(0.01, "late"), name="late")
        inner = t"<{Suspense}>{(lambda: 1 / 0 if late() else '')}</{Suspense}>"
        return t"<p>before{ErrorBoundary('failed', inner)}</p>"

    async def main() -> str:
        return "".join([part async for part in render_to_stream(App, hydratable=True)])

    data = '<script type="application/json" data-gs-r="App > late">[[],"late"]</script>'
    assert asyncio.run(main()) == f"<p>before<!>failed</p>{data}"


def test_a_fallback_that_stays_has_the_places_of_one() -> None:
    @component
    def App() -> object:
        width = local_resource(lambda: asyncio.sleep(0, 3))
        return t"<p>{Suspense(width, t'<i>wait</i>')}</p>"

    assert render_to_string(App, hydratable=True) == "<p><i>wait</i><!><!></p>"


def test_what_cannot_be_sent_is_told(caplog: pytest.LogCaptureFixture) -> None:
    @component
    def App() -> object:
        return t"<p>{(lambda: str(odd()))}</p>" if (odd := resource(object, name="odd")) else None

    text = render_to_string(App, hydratable=True)

    assert "<script" not in text
    assert "odd is fetched again in the page" in caplog.text
