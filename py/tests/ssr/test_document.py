"""Whole pages: what stands around the app, and what a server is to say beside it."""

import asyncio
import gc
import weakref
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any

import pytest
from gossamer import (
    ErrorBoundary,
    Signal,
    Suspense,
    component,
    on_cleanup,
    resource,
    use_context,
)
from gossamer.errors import LateError, NavigationError, RouteError, StatusError
from gossamer.meta import Body, Html, Meta, Script, Style, Title
from gossamer.router import (
    Outlet,
    ProtectedRoute,
    Redirect,
    Route,
    Router,
    Routes,
    Visit,
    use_data,
)
from gossamer.ssr import Document, Reply, Shell, render_to_string

from .swapping import swap

type Timed = Callable[[Coroutine[Any, Any, None]], None]

USER: ContextVar[str] = ContextVar("user")


async def page_of(view: object, **options: Any) -> tuple[Reply, list[str]]:
    async with Document(view, **options) as document:
        status = document.reply.status
        parts = [part async for part in document]
    if not parts:
        assert document.reply.location
    document.reply.status = status
    return document.reply, parts


@component
def Later(seconds: float, text: str) -> object:
    come = resource(lambda: asyncio.sleep(seconds, text))
    return t"<{Suspense} fallback='wait'><b>{come}</b></{Suspense}>"


@component
def Named(seconds: float) -> object:
    name = resource(lambda: asyncio.sleep(seconds, "Ada"))
    return [Title(lambda: name() or "Somebody"), Meta(name="author", content=name)]


async def load_slowly(visit: Visit) -> object:
    await asyncio.sleep(1)
    if visit.params["id"] == 7:
        return "Ada"
    if visit.params["id"] == 8:
        return Redirect("/users/7")
    if visit.params["id"] == 9:
        raise ValueError("secret")
    raise StatusError


def fail(error: Exception) -> None:
    raise error


@component
def User() -> object:
    return t"<h1>{use_data()}</h1>"


@component
def App() -> object:
    return Router(
        Routes(
            [
                Route("/", t"<h1>Home</h1>"),
                Route("/users/{id:int}", User, load=load_slowly),
                Route("/old", Redirect("/")),
                Route("/gone", guard=lambda: False),
                Route("/hidden", guard=lambda: fail(StatusError())),
                Route("/shut", guard=lambda: fail(StatusError("Shut.", 403)), error="Sorry"),
                Route("/teapot", Teapot, error=lambda error: t"<p>{error!s}</p>"),
                Route("/csr", Unwanted, mode="csr"),
                Route(
                    "/in", t"<main><{Outlet} /></main>", [Route("a", "A", mode="async")], mode="ooo"
                ),
            ],
            fallback=t"<h1>Nothing here</h1>",
        )
    )


@component
def Teapot() -> object:
    raise StatusError("I am a teapot.", 418)


@component
def Unwanted() -> object:
    raise AssertionError("made in the browser only")


def test_a_page_has_what_its_views_say_of_it(run_timed: Timed) -> None:
    """S1"""

    async def main() -> None:
        view = [Html(lang="fr"), Body(class_="dark"), Title("Tea"), t"<h1>Tea</h1>"]
        reply, [text] = await page_of(view)

        assert reply.status == 200
        assert text.startswith("<!doctype html>")
        assert '<html lang="fr">' in text
        assert '<body class="dark">' in text
        assert "<title>Tea</title></head>" in text
        assert '<div id="app"><h1>Tea</h1></div><gs-e></gs-e></body></html>' in text
        assert "<script" not in text  # nothing comes later
        assert text.encode().index(b"charset") < 1024

    run_timed(main())


@pytest.mark.parametrize(
    ("url", "status", "location", "shown"),
    [
        ("/", 200, None, "<h1>Home</h1>"),
        ("/users/7", 200, None, "<h1>Ada</h1>"),
        ("/users/8?a=b", 307, "/users/7", ""),
        ("/users/10", 404, None, "<h1>Nothing here</h1>"),
        ("/nowhere", 404, None, "<h1>Nothing here</h1>"),
        ("/gone", 404, None, "<h1>Nothing here</h1>"),
        ("/hidden", 404, None, "<h1>Nothing here</h1>"),
        ("/shut", 403, None, "Sorry"),
        ("/old", 307, "/", ""),
        ("/teapot", 418, None, "<p>I am a teapot.</p>"),
        ("/in/a", 200, None, "<main>A</main>"),
        ("/csr", 200, None, ""),
    ],
)
def test_routes_say_status_and_location(
    run_timed: Timed, url: str, status: int, location: str | None, shown: str
) -> None:
    """S1"""

    async def main() -> None:
        reply, parts = await page_of(App, url=url)

        assert (reply.status, reply.location) == (status, location)
        assert len(parts) == (0 if location else 1)
        if parts:
            assert f'<div id="app">{shown}</div>' in parts[0]

    run_timed(main())


def test_what_stands_behind_a_hash_stays_in_the_page(run_timed: Timed) -> None:
    async def main() -> None:
        routes = [Route("/", load=lambda: Redirect("/in")), Route("/in", t"<p>In</p>")]
        reply, [text] = await page_of(Router(Routes(routes), mode="hash"))

        assert reply.location is None
        assert "<p>In</p>" in text

    run_timed(main())


def test_a_shell_may_say_itself_what_is_missing_without_scripts(run_timed: Timed) -> None:
    async def main() -> None:
        told = "<noscript>Il faut JavaScript.</noscript>"
        html = f"<html><head></head><body><!--app-->{told}</body></html>"
        _, parts = await page_of(Later(1, "x"), shell=Shell(html))
        _, own = await page_of(Later(1, "x"))

        assert "".join(parts).count("<noscript>") == 1
        assert "What is missing here needs JavaScript." in own[0]

    run_timed(main())


def test_a_mode_has_to_be_known() -> None:
    with pytest.raises(RouteError, match="mode='slow'"):
        render_to_string(Router(Routes(Route("/", "x", mode="slow"))))


def test_the_most_restrictive_mode_of_the_routes_wins(run_timed: Timed) -> None:
    async def main() -> None:
        modes = {}
        for url in ("/", "/csr", "/in/a"):
            modes[url] = (await page_of(App, url=url))[0].mode
        [*_, wanted] = await page_of(App, url="/", mode="in_order")

        assert modes == {"/": "ooo", "/csr": "csr", "/in/a": "async"}
        assert len(wanted) == 2  # the end of the page is a part of its own

    run_timed(main())


def test_an_error_of_a_load_is_for_the_log(run_timed: Timed) -> None:
    """S16"""

    async def main() -> None:
        document = Document(App, url="/users/9")
        with pytest.raises(ValueError, match="secret"):
            async with document:
                pass

        assert document.reply.status == 500

    run_timed(main())


def test_an_error_before_the_first_part_is_raised_once_all_is_cleaned_up(run_timed: Timed) -> None:
    """S16"""
    seen: list[str] = []

    @component
    def Broken() -> object:
        on_cleanup(lambda: seen.append("cleanup"))
        raise StatusError("There is no such tea.")

    async def main() -> None:
        document = Document(Broken)
        with pytest.raises(StatusError):
            async with document:
                pass

        assert document.reply.status == 404
        assert seen == ["cleanup"]

    run_timed(main())


@pytest.mark.parametrize("mode", ["ooo", "in_order"])
def test_an_error_after_the_first_part_leaves_a_whole_page(run_timed: Timed, mode: str) -> None:
    """S16"""

    async def main() -> None:
        async def fail() -> str:
            await asyncio.sleep(1)
            raise ValueError("secret")

        @component
        def Failing() -> object:
            come = resource(fail)
            return t"<p>a</p><{Suspense} fallback='?'>{come}</{Suspense}><p>b</p>"

        reply, parts = await page_of(Failing, mode=mode)
        text = swap(parts)

        assert reply.status == 200
        assert text.endswith("</body></html>\n")
        assert "secret" not in text
        assert "<p>b</p></div><gs-e></gs-e>" in text

    run_timed(main())


def test_a_status_that_a_boundary_shows_is_the_pages(run_timed: Timed) -> None:
    async def main() -> None:
        reply, [text] = await page_of(ErrorBoundary("Sorry", Teapot))

        assert reply.status == 418
        assert "Sorry" in text

    run_timed(main())


def test_a_title_from_data_stands_in_the_first_head(run_timed: Timed) -> None:
    """S11"""

    async def main() -> None:
        for mode in ("async", "in_order"):
            _, parts = await page_of(Named(2), mode=mode)

            assert '<title>Ada</title><meta name="author" content="Ada">' in parts[0]

    run_timed(main())


def test_a_title_from_data_is_sent_after_the_page(run_timed: Timed) -> None:
    """S11"""

    async def main() -> None:
        _, parts = await page_of([Named(2), Later(1, "x"), Later(3, "y")])

        assert '<title>Somebody</title><meta name="author">' in parts[0]
        late = '<title>Ada</title><meta name="author" content="Ada">'
        assert f"<template id=t:head>{late}</template><gs-s i=head></gs-s>" in parts[2]

    run_timed(main())


@component
def Bought(seconds: float, answer: object, *, blocking: bool) -> object:
    come = resource(lambda: asyncio.sleep(seconds, answer), blocking=blocking)

    def shown() -> object:
        found = come()
        if isinstance(found, Exception):
            raise found
        return found

    boundary = ErrorBoundary("Sorry", t"<{Suspense} fallback='?'>{shown}</{Suspense}>")
    return t"<p>a</p>{boundary}"


def routed(view: object, mode: str) -> object:
    return Router(Routes(Route("/", view, mode=mode)))


def test_what_blocks_decides_on_the_status(run_timed: Timed) -> None:
    """T12"""

    async def main() -> None:
        sent = Bought(1, Redirect("/login"), blocking=True)
        reply, parts = await page_of(routed(sent, "partial"))
        assert (reply.status, reply.location, parts) == (307, "/login", [])

        missing = Bought(1, StatusError(), blocking=True)
        reply, [text] = await page_of(routed(missing, "partial"))
        assert reply.status == 404
        assert "Sorry" in text

        here = Bought(1, t"<b>here</b>", blocking=True)
        reply, parts = await page_of([here, Later(2, "later")], mode="partial")
        assert "<b>here</b><template id=s:" in parts[0]
        assert "<b>later</b>" in parts[1]

    run_timed(main())


def test_what_comes_late_goes_into_the_page(
    run_timed: Timed, caplog: pytest.LogCaptureFixture
) -> None:
    """T12"""

    async def main() -> None:
        late = Bought(1, Redirect("/log&in"), blocking=False)
        reply, parts = await page_of(routed(late, "ooo"))
        assert reply.status == 200
        assert '<meta http-equiv="refresh" content="0; url=/log&amp;in">' in "".join(parts)

        missing = Bought(1, StatusError(), blocking=False)
        reply, parts = await page_of(missing)
        assert reply.status == 200
        assert '<meta name="robots" content="noindex">' in "".join(parts)

    run_timed(main())

    assert "The redirect to /log&in came late" in caplog.text
    assert "The status 404 came late" in caplog.text


@pytest.mark.parametrize(("known", "location"), [(True, None), (False, "/login")])
def test_a_condition_that_is_not_known_yet_is_waited_for(
    run_timed: Timed, known: bool, location: str | None
) -> None:
    async def main() -> None:
        @component
        def Guarded() -> object:
            come = resource(lambda: asyncio.sleep(1, known))
            secret = ProtectedRoute("/", t"<p>secret</p>", come, "/login", "wait")
            return Router(Routes([secret, Route("/login", "Log in")]))

        reply, parts = await page_of(Guarded)

        assert reply.location == location
        assert ["<p>secret</p>" in part for part in parts] == [True] * known

    run_timed(main())


def test_a_route_that_takes_too_long_ends_the_page(run_timed: Timed) -> None:
    async def main() -> None:
        routes = Routes(Route("/", "x", load=lambda: asyncio.sleep(60)))
        with pytest.raises(LateError, match="load function"):
            await page_of(Router(routes), timeout=5)

    run_timed(main())


def test_a_page_that_is_made_in_the_browser_is_sent_empty(run_timed: Timed) -> None:
    async def main() -> None:
        _, [text] = await page_of(Unwanted, mode="csr")

        assert '<div id="app"></div>' in text

    run_timed(main())


def test_all_scripts_and_styles_have_the_nonce(run_timed: Timed) -> None:
    """S14"""

    async def main() -> None:
        shell = Shell(
            "<html><head><style>p{}</style></head><body><script src=a.js></script></body></html>"
        )
        view = [Style("b{}"), Script(src="b.js"), Later(1, "x")]
        _, parts = await page_of(view, nonce='a"b', shell=shell)

        text = "".join(parts)
        assert text.count('nonce="a&quot;b"') == 5
        assert text.count("<script") + text.count("<style") == 5

    run_timed(main())


def test_each_page_has_a_context_and_owners_of_its_own(run_timed: Timed) -> None:
    async def main() -> None:
        @component
        def Hello() -> object:
            user = USER.get()
            USER.set(f"{user}!")  # seen in this page, and in no other

            async def greet() -> str:
                await asyncio.sleep(len(user) % 3)
                return f"Hello {USER.get()}"

            come = resource(greet)
            return t"<{Suspense} fallback='?'><b>{come}</b></{Suspense}>"

        async def visit(number: int) -> str:
            USER.set(f"user-{number}")
            _, parts = await page_of(Hello)
            assert USER.get() == f"user-{number}"
            return swap(parts)

        texts = await asyncio.gather(*map(visit, range(200)))

        for number, text in enumerate(texts):
            assert f"<b>Hello user-{number}!</b>" in text
            assert text.count("user-") == 1

    run_timed(main())


def test_components_may_read_and_write_the_reply(run_timed: Timed) -> None:
    async def main() -> None:
        @component
        def Cached() -> object:
            reply = use_context(Reply)
            assert reply is not None
            reply.add_header("cache-control", "max-age=60")
            return "x"

        reply, _ = await page_of(Cached)

        assert reply.headers == [("cache-control", "max-age=60")]

    run_timed(main())


@pytest.mark.parametrize("to", ["//evil", "/\\evil", "https://evil", "/a\r\nb", "javascript:x"])
def test_a_redirect_leads_to_the_app(to: str) -> None:
    with pytest.raises(NavigationError):
        Reply().redirect(to)


def test_the_first_redirect_decides() -> None:
    reply = Reply()
    reply.redirect("https://other", 303, external=True)
    reply.redirect("/")
    reply.fail(404)

    assert (reply.status, reply.location) == (303, "https://other")


@pytest.mark.parametrize(("name", "value"), [("a", "b\r\nc"), ("a\n", "b"), ("a b", "c"), ("", "")])
def test_a_header_cannot_end_itself(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="is no header"):
        Reply().add_header(name, value)


def test_a_text_follows_redirects_or_tells_of_them() -> None:
    reply = Reply()

    assert render_to_string(App, url="/old") == "<h1>Home</h1>"
    assert render_to_string(App, url="/old", reply=reply) == ""
    assert reply.location == "/"


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html><html lang=en><head></head><body class=a><!--app--></body></html>",
        "<!doctype html><html lang=en><head><!--head--></head><body class=a></body></html>",
        '<!doctype html><html lang=en><head></head><body class=a><p id="app"></p></body></html>',
    ],
    ids=["marks", "end", "element"],
)
def test_an_app_finds_its_place_in_a_page(run_timed: Timed, html: str) -> None:
    async def main() -> None:
        view = [Title("T"), Html(lang="fr"), t"<b>x</b>"]
        _, [text] = await page_of(view, shell=Shell(html))

        assert text.startswith(
            '<!doctype html><html lang="fr" lang=en><head><meta charset="utf-8">'
        )
        assert "<title>T</title></head><body class=a>" in text
        assert text.index("<b>x</b>") > text.index("<body")

    run_timed(main())


def test_a_shell_that_is_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="needs <html>"):
        Shell("<p></p>")


def test_leaving_a_page_ends_all_of_it(run_timed: Timed) -> None:
    seen: list[str] = []
    busy = Signal(0)

    @component
    def Page() -> object:
        async def fetch() -> str:
            try:
                return await asyncio.sleep(3600, "never")
            finally:
                seen.append("task")

        on_cleanup(lambda: seen.append("cleanup"))
        come = resource(fetch)
        return t"{busy}<{Suspense} fallback='?'>{come}</{Suspense}>"

    async def main() -> None:
        async with Document(Page) as document:
            async for _ in document:
                await asyncio.sleep(1)
                break

        assert seen == ["task", "cleanup"]
        assert asyncio.all_tasks() == {asyncio.current_task()}

        waiting = asyncio.create_task(page_of(Page, mode="async"))
        await asyncio.sleep(1)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert seen == ["task", "cleanup"] * 2

    run_timed(main())


def test_a_page_may_be_left_at_any_part(run_timed: Timed) -> None:
    made: list[int] = []
    cleanups: list[int] = []
    begun: list[int] = []
    ended: list[int] = []

    @component
    def Page(number: int) -> object:
        async def fetch(seconds: float) -> str:
            begun.append(number)
            try:
                return await asyncio.sleep(seconds, f"{number} {seconds}")
            finally:
                ended.append(number)

        @component
        def Part(seconds: float) -> object:
            come = resource(lambda: fetch(seconds))
            return t"<{Suspense} fallback='?'>{come}</{Suspense}>"

        made.append(number)
        on_cleanup(lambda: cleanups.append(number))
        return [t"<p>{number}</p>", ErrorBoundary("no", [Part(1), Part(3)]), Part(2)]

    async def visit(number: int) -> None:
        mode = ("ooo", "in_order", "async")[number % 3]
        async with Document(Page(number), mode=mode) as document:
            for _ in range(number % 5):
                await anext(document, None)

    async def leave(number: int) -> None:
        visiting = asyncio.create_task(visit(number))
        await asyncio.sleep(number % 7 / 2)
        visiting.cancel()
        await asyncio.wait([visiting])

    async def main() -> None:
        await asyncio.gather(*map(leave, range(350)))

        assert sorted(cleanups) == sorted(made) == list(range(350))
        assert sorted(ended) == sorted(begun)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    run_timed(main())


def test_nothing_of_a_page_is_left_alive(run_timed: Timed) -> None:
    seen: list[weakref.ref[object]] = []

    class Thing:
        pass

    @component
    def Page() -> object:
        thing = Thing()
        seen.append(weakref.ref(thing))
        come = resource(lambda: asyncio.sleep(1, thing))
        shown = lambda: "come" if come() is thing else None  # noqa: E731
        return [Title(shown), t"<{Suspense} fallback='?'><p>{shown}</p></{Suspense}>"]

    async def main() -> None:
        for mode in ("ooo", "in_order", "async"):
            _, parts = await page_of(Page, mode=mode)
            assert "<p>come</p>" in swap(parts)

    run_timed(main())
    gc.collect()

    assert [ref() for ref in seen] == [None] * 3
