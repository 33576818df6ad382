"""Pages that come in parts, in Chromium: with scripts and without."""

import pytest
from gossamer import ErrorBoundary, Suspense, component, resource
from gossamer.meta import Title
from gossamer.router import Redirect, Route, Router, Routes
from playwright.sync_api import Browser, Page, expect

from .streaming import Streams

WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => violations.push(event.blockedURI));
"""
LEFT = """() => {
  const left = [...document.querySelectorAll('[id^="s:"], [id^="t:"], gs-s')].map((each) => each.id);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) left.push(walker.currentNode.data);
  return left;
}"""


@pytest.fixture(scope="module")
def streams(built):
    with Streams(built / "gossamer" / "stream.js").running() as streams:
        yield streams


def part(streams: Streams, name: str, view: object, wait: object) -> object:
    """A view that comes when its name is released."""

    @component
    def Part():
        come = resource(lambda: streams.come(name, view))
        return t"<{Suspense} fallback={wait}>{come}</{Suspense}>"

    return Part()


@component
def Late(streams: Streams):
    title = resource(lambda: streams.come("title", "Come"))
    return Title(lambda: title() or "Coming")


def everything(streams: Streams) -> object:
    def told(error: Exception) -> object:
        return t"<p id='failed'>{error!s}</p>"

    inner = part(streams, "inner", t"<b>inner</b>", "inner?")
    row = part(streams, "row", t"<tr><td>row</td></tr>", t"<tr><td>row?</td></tr>")
    option = part(streams, "row", t"<option>option</option>", t"<option>option?</option>")
    circle = part(streams, "row", t"<circle r='9'></circle>", t"<circle r='1'></circle>")
    return t"""<{Late} streams={streams} /><h1>Shell</h1>
        <div id="slow">{part(streams, "slow", t"<b>slow</b>", "slow?")}</div>
        <div id="fast">{part(streams, "fast", t"<b>fast</b>", "fast?")}</div>
        <table><tbody id="rows">{row}</tbody></table>
        <select id="options">{option}</select>
        <svg id="drawing">{circle}</svg>
        <div id="outer">{part(streams, "outer", t"<i>{inner}</i>", "outer?")}</div>
        <div id="guarded"><{ErrorBoundary} fallback={told}>
          {part(streams, "error", ValueError("no"), "error?")}</{ErrorBoundary}></div>
        <div id="well"><{ErrorBoundary} fallback={told}>
          {part(streams, "row", t"<b>well</b>", "well?")}</{ErrorBoundary}></div>
        <div id="gone">{part(streams, "slow", t"<b>gone</b>", "gone?")}</div>"""


def test_parts_take_their_places_as_they_come(page: Page, streams: Streams) -> None:
    """T1, T3, T4, T5, T8, S11, S14"""
    streams.views["/all"] = lambda: everything(streams)
    page.add_init_script(WATCH)
    page.goto(f"{streams.url}/all", wait_until="commit")

    expect(page.get_by_role("heading")).to_have_text("Shell")
    for name in ("slow", "fast", "outer"):
        expect(page.locator(f"#{name}")).to_have_text(f"{name}?")
    expect(page.locator("#rows")).to_have_text("row?")
    assert page.title() == "Coming"

    streams.release("fast", "inner")
    expect(page.locator("#fast")).to_have_text("fast")
    assert page.locator("#slow").inner_text() == "slow?"
    assert page.evaluate("document.readyState") == "loading"

    page.evaluate("document.querySelector('#gone').textContent = 'something else'")
    streams.release("title", "row", "outer", "error", "slow")
    page.wait_for_load_state("load")
    shown = {
        "slow": "<b>slow</b>",
        "rows": "<tr><td>row</td></tr>",
        "options": "<option>option</option>",
        "drawing": '<circle r="9"></circle>',
        "outer": "<i><b>inner</b></i>",
        "gone": "something else",
    }
    for name, markup in shown.items():
        assert page.locator(f"#{name}").inner_html() == markup
    assert page.locator("#guarded").inner_text() == "no"
    assert page.locator("#well").inner_text() == "well"
    assert page.evaluate("document.querySelector('circle') instanceof SVGCircleElement")
    assert page.title() == "Come"
    assert page.evaluate(LEFT) == []
    assert page.evaluate("violations") == []


def test_pages_without_scripts(browser: Browser, streams: Streams) -> None:
    """T2"""
    streams.views["/plain"] = lambda: t"<p>a</p>{part(streams, 'plain', t'<b>come</b>', 'wait')}"
    streams.release("plain")
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for mode in ("in_order", "async"):
            page.goto(f"{streams.url}/plain?{mode}")
            assert page.locator("main").inner_html() == "<p>a</p><b>come</b>"
            assert "<noscript>" not in page.content()

        page.goto(f"{streams.url}/plain?ooo")
        assert page.locator("main").inner_text().split() == ["a", "wait"]
        assert "<noscript>" in page.content()


def test_a_late_redirect_leads_on(page: Page, streams: Streams) -> None:
    """T12"""
    sent = part(streams, "sent", Redirect("/there"), "wait")
    routes = Routes([Route("/late", t"<h1>Here</h1>{sent}"), Route("/there", t"<h1>There</h1>")])
    streams.views["/late"] = streams.views["/there"] = lambda: Router(routes)
    page.goto(f"{streams.url}/late", wait_until="commit")
    expect(page.get_by_role("heading")).to_have_text("Here")

    streams.release("sent")

    expect(page.get_by_role("heading")).to_have_text("There")
    assert page.url == f"{streams.url}/there"
