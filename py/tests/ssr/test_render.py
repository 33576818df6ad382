"""Views as text: a parser makes of it what the browser renderer builds."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from gossamer import (
    AnimatedShow,
    ErrorBoundary,
    For,
    Match,
    NodeRef,
    Portal,
    Provider,
    Show,
    Signal,
    Suspense,
    Switch,
    component,
    effect,
    local_resource,
    memo,
    on_cleanup,
    provide_context,
    resource,
    use_context,
    watch,
)
from gossamer.dom.plan import BINDERS
from gossamer.dom.slot import BUILDERS
from gossamer.elements import button, li, p, ul
from gossamer.errors import ViewError
from gossamer.router import A, Route, Router, Routes
from gossamer.ssr import render_to_string
from gossamer.ssr.attributes import WRITERS
from gossamer.ssr.child import RENDERERS
from gossamer.ssr.program import TAG, _runs
from gossamer.template.shape import EVENT
from gossamer.testing.page import FakePage

from .reading import read_nodes, read_text

type Shower = Callable[[object], FakePage]

NASTY = "<i>&amp;\"'</i>"
COUNT = Signal(3)
WORDS = Signal("a <b>")
STYLE = {"color": "red", "font_size": lambda: "2em", "top": None}
SPREAD = {"id": "c", "title": None, "class:x": True, "style:top": "1px"}
NAMES = Signal(["Ada", "Bob"])


@component
def Card(title: str = "none", children: object = None, attrs: Any = None) -> object:
    return t"<section {attrs}><h2>{title}</h2>{children}</section>"


@component
def Plain(children: object = None) -> object:
    return t"<p>one</p>{children}<br><p id='two'>two</p>"


@component
def Reader() -> object:
    return t"<b>{use_context('theme', 'none')}</b>"


@component
def Fails() -> object:
    raise ValueError("no")


def row(name: str) -> object:
    return t"<li class='row' title={name}>{name}</li>"


def numbered(name: str, index: Callable[[], int]) -> object:
    return t"<li>{index}: {name}</li>"


def views() -> dict[str, object]:
    empty = ""
    reference = NodeRef()
    return {
        "none": None,
        "text": NASTY,
        "number": 3.5,
        "bool": [True, False],
        "list": [1, "a", t"<b>{2}</b>", None],
        "generator": (each for each in ("a", t"<i>b</i>")),
        "callable": lambda: NASTY,
        "nested callables": lambda: lambda: [COUNT, WORDS],
        "memo": memo(lambda: COUNT() * 2),
        "text and holes": t"<p>a {NASTY} b {COUNT} c{empty}</p>{WORDS} tail",
        "format": t"<p>{3.14159:.2f} {'x'!r} {COUNT:03}</p>",
        "attribute": t"<p id={NASTY} title='a {WORDS} b' data-x={COUNT} hidden={True}>x</p>",
        "attribute gone": t"<p id={None} hidden={False} title={empty}>x</p>",
        "attribute live": t"<p id={(lambda: NASTY)} hidden={(lambda: None)}></p>",
        "url": t"<a href={'javascript:alert(1)'}>a</a><a href={'/b?c&d'}>b</a>",
        "url live": t"<a href={(lambda: 'javascript:alert(1)')}>a</a>",
        "class text": t"<p class='a {'b'} {'c d'}'></p>",
        "class list": t"<p class={['a', {'b': True, 'c': False}, ('d', True)]}></p>",
        "class toggles": t"<p class='a' class:b={True} class:c={COUNT} class:d={(lambda: 0)}></p>",
        "class none": t"<p class={None} class:b={False}></p>",
        "style dict": t"<p style={STYLE}></p>",
        "style text": t"<p style='color: red; top: {'1px'}' style:left={3}></p>",
        "style over": t"<p style='color: red' style:color={'blue'} style:--x={'1'}></p>",
        "spread": t"<p id='a' title='b' {SPREAD}></p>",
        "spread live": t"<p {(lambda: {'id': WORDS, 'onclick': print})}></p>",
        "events": t"<button on:click={print} ref={reference} use:x={(lambda e: None)}>b</button>",
        "inner_html": t"<div inner_html={'<b>x</b>'}></div><div inner_html={(lambda: '<i>y</i>')}></div>",
        "textarea": t"<textarea rows='2'>{NASTY}</textarea><textarea>a{WORDS}b</textarea>",
        "title": t"<svg viewBox='0 0 1 1'><desc>{NASTY}</desc><path d={'M0 0'} /></svg>",
        "pre": t"<pre>{'\n\na'}</pre><pre>b{COUNT}</pre><pre id={'x'}>{'\n'}c</pre><textarea>{'\na'}</textarea>",
        "table": t"<table><tbody><tr><td colspan={2}>{COUNT}</td></tr></tbody></table>",
        "void": t"<br><img alt={NASTY}><input disabled={True}>",
        "svg": t"<svg><g fill={'red'}><foreignObject><p>{COUNT}</p></foreignObject></g></svg>",
        "prop": t"<input prop:value={'a'} prop:disabled={True}><b prop:hidden={True}></b>",
        "bind value": t"<input bind:value={WORDS}><textarea bind:value={WORDS}></textarea>",
        "bind checked": t"<input type='checkbox' bind:checked={Signal(True)}>"
        t"<input type='checkbox' bind:checked={Signal(False)}>",
        "bind group": [
            t"<input type='radio' value={each} bind:group={Signal('b')}>" for each in "abc"
        ],
        "bind boxes": [
            t"<input type='checkbox' value={each} bind:group={NAMES}>" for each in ("Ada", "Cy")
        ],
        "bind select": t"<select bind:value={Signal('b')}><option>a</option><option>b</option></select>",
        "bind select rows": t"<select bind:value={Signal('Bob')}><{For} each={NAMES} children={(lambda n: t'<option value={n}>{n}!</option>')} /></select>",
        "bind text": t"<div contenteditable bind:text={WORDS}></div>",
        "component": Card(title=NASTY),
        "component uncalled": Plain,
        "component tag": t"<{Card} title='a' attrs={ {'id': 'i'} }>x <b>{COUNT}</b></{Card}>",
        "component attributes": t"<{Plain} attr:class='big' attr:title={WORDS}>{Plain}</{Plain}>",
        "builder": ul(li("a", class_="x"), [li(each) for each in "bc"], id="list"),
        "builder more": li(button("b", on_click=print), p(bind_text=WORDS), NASTY),
        "show": t"<{Show} when={COUNT} fallback='no'>{(lambda: t'<b>yes</b>')}</{Show}>",
        "show not": t"<{Show} when={(lambda: COUNT() > 5)} fallback={t'<i>no</i>'}>yes</{Show}>",
        "for": t"<ul><{For} each={NAMES} children={row} /></ul>",
        "for index": t"<ul><{For} each={['a', 'b']} children={numbered} /></ul>",
        "for none": t"<ul><{For} each={None} children={row} /></ul>",
        "for attributes": t"<{Plain} attr:id='x'><{For} each={['a']} children={row} /></{Plain}>",
        "switch": t"<{Switch} fallback='many'><{Match} when={(lambda: COUNT() < 2)}>few</{Match}>"
        t"<{Match} when={(lambda: COUNT() < 5)}>some</{Match}></{Switch}>",
        "boundary": t"<{ErrorBoundary} fallback={(lambda e: t'<i>{str(e)}</i>')}>a<{Fails} />b</{ErrorBoundary}>",
        "boundary of an attribute": t"<{ErrorBoundary} fallback='oh'><p id={(lambda: 1 // 0)}></p></{ErrorBoundary}>",
        "boundary in vain": t"<{ErrorBoundary} fallback='oh'><p>fine</p></{ErrorBoundary}>",
        "provider": t"<{Provider} value='dark' key='theme'><{Reader} /></{Provider}><{Reader} />",
        "animated": t"<{AnimatedShow} when={COUNT} show_class='in up'><p class='a'>x</p></{AnimatedShow}>",
        "animated component": t"<{AnimatedShow} when={True} show_class='in'>"
        t"<{Plain} attr:title='x' /></{AnimatedShow}>",
        "animated not": t"<{AnimatedShow} when={False} show_class='in'><p>x</p></{AnimatedShow}>",
        "suspense": t"<{Suspense} fallback='wait'><p>{COUNT}</p></{Suspense}>",
        "comment": t"<p>a<!-- b -->c</p>",
        "raw text": t"<style>p > a {{ color: red }}</style><script>1 < 2</script>{COUNT}",
        "carriage return": t"<p title={'a\rb'}>{'c\r\nd'}</p>",
    }


@pytest.mark.parametrize("name", views())
def test_a_parser_makes_of_the_text_what_the_page_has(name: str, show: Shower) -> None:
    page = show(views()[name])

    text = render_to_string(views()[name])

    assert read_text(text) == read_nodes(page.body)


def test_both_renderers_know_the_same_kinds() -> None:
    render_to_string(None)

    assert RENDERERS.keys() == BUILDERS.keys()
    assert {*WRITERS, *_runs} - {TAG, EVENT} == BINDERS.keys()


def test_static_newlines_at_the_start_of_pre_stay() -> None:
    """S6"""
    text = render_to_string(t"<pre>\n\nb{COUNT}</pre><textarea>\n\nb</textarea>")

    assert read_text(text) == [("pre", {}, ["\nb3"]), ("textarea", {}, ["\nb"])]


def test_the_option_of_a_bound_value_is_selected_without_a_script() -> None:
    """S8"""
    chosen = Signal("b")

    text = render_to_string(
        t"<select bind:value={chosen}><option>a</option><option value='b'>B</option></select>"
    )

    assert text == ('<select><option>a</option><option value="b" selected="">B</option></select>')


def test_one_value_cannot_become_two_declarations() -> None:
    text = render_to_string(t"<p style:color={'red; position: fixed'} style:top={'1px'}></p>")

    assert text == '<p style="top: 1px;"></p>'


def test_cleanups_run_and_effects_do_not() -> None:
    seen = []

    @component
    def Watcher() -> object:
        effect(lambda: seen.append("effect"))
        watch(COUNT, lambda: seen.append("watch"), immediate=True)
        on_cleanup(lambda: seen.append("cleanup"))
        return t"<p>{COUNT}</p>"

    text = render_to_string(Watcher)

    assert (text, seen) == ("<p>3</p>", ["cleanup"])


def test_nothing_of_a_rendering_is_left_alive() -> None:
    count = Signal(1)

    render_to_string([t"<p class:a={count} id={(lambda: count())}>{count}</p>", lambda: count()])

    assert count.subs is None


def test_an_error_that_nobody_takes_is_raised_after_the_cleanups() -> None:
    seen = []

    @component
    def Holder() -> object:
        on_cleanup(lambda: seen.append("cleanup"))
        return Fails

    with pytest.raises(ValueError, match="no") as caught:
        render_to_string(Holder)

    assert seen == ["cleanup"]
    assert "In: Holder > Fails" in caught.value.__notes__


def test_an_error_says_at_which_hole() -> None:
    with pytest.raises(ViewError) as caught:
        render_to_string(t"<p title={object()}></p>")

    assert "test_render.py" in str(caught.value.__notes__)


def test_an_error_of_a_callable_says_at_which_hole() -> None:
    for view in (t"<p title={(lambda: 1 // 0)}></p>", t"<p>{(lambda: 1 // 0)}</p>"):
        with pytest.raises(ZeroDivisionError) as caught:
            render_to_string(view)

        assert "test_render.py" in str(caught.value.__notes__)


def test_a_portal_is_for_pages() -> None:
    assert render_to_string(t"<p><{Portal}>x</{Portal}></p>") == "<p></p>"


def test_each_rendering_has_contexts_of_its_own() -> None:
    @component
    def Provides(name: str) -> object:
        before = use_context("name", "nobody")
        provide_context("name", name)
        return before

    assert [render_to_string(Provides(each)) for each in "ab"] == ["nobody", "nobody"]


def test_a_write_while_rendering_is_seen_everywhere() -> None:
    count = Signal(1)

    @component
    def Writes() -> object:
        count.set(2)
        return None

    assert render_to_string(t"<p>{count}</p>{Writes}") == "<p>2</p>"


def test_what_waits_shows_its_fallback() -> None:
    async def main() -> str:
        @component
        def Page() -> object:
            name = resource(lambda: asyncio.sleep(3600, "Ada"))
            return t"<{Suspense} fallback={t'<i>wait</i>'}><p>{name}</p></{Suspense}>"

        return render_to_string(Page)

    assert asyncio.run(main()) == "<i>wait</i>"


def test_local_resources_are_not_fetched() -> None:
    asked = []

    async def ask() -> str:
        asked.append("asked")
        return "here"

    text = render_to_string(
        lambda: t"<{Suspense} fallback='wait'>{local_resource(ask)}</{Suspense}>"
    )

    assert (text, asked) == ("wait", [])


@component
def Hello() -> object:
    name = use_context("user")
    words = memo(lambda: f"Hello {name}")
    return t"<p title={words}>{words}</p>{(lambda: Signal(name)())}"


@component
def Greeted(user: str) -> object:
    return t"<{Provider} value={user} key='user'><{Hello} /></{Provider}>"


def greeted(user: str) -> str:
    return f'<p title="Hello {user}">Hello {user}</p>{user}'


def test_threads_share_nothing() -> None:
    users = [f"user-{number}" for number in range(1_000)]

    with ThreadPoolExecutor(16) as pool:
        texts = list(pool.map(lambda user: render_to_string(Greeted(user)), users))

    assert texts == [greeted(user) for user in users]


def test_a_router_shows_the_address_that_was_asked_for() -> None:
    @component
    def App() -> object:
        return t"""<{Router}><{A} href="/tea">Tea</{A}><{Routes} fallback="none">
            <{Route} path="/tea" view={(lambda: t"<h1>Tea</h1>")} /></{Routes}></{Router}>"""

    current = '<a href="/tea" aria-current="page" class="active">Tea</a>'
    assert render_to_string(App, url="/tea").split() == f"{current}<h1>Tea</h1>".split()
    assert render_to_string(App, url="/").split() == ["<a", 'href="/tea">Tea</a>none']
