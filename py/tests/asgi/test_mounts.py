"""An app below a path of another one: Starlette, FastAPI, Django, Flask."""

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from gossamer import Suspense, component, on_cleanup, resource
from gossamer.asgi import App
from gossamer.http import Reply, Request, redirect, request, response
from gossamer.router import A, Route, Router, Routes, use_params
from gossamer.wsgi import App as WsgiApp
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.routing import Route as StarletteRoute
from werkzeug.serving import make_server

from .serving import SERVERS, Answer, connected, fetch, serving, until, written

pytestmark = pytest.mark.cpython("servers need sockets and threads")


@component
def Item() -> object:
    slug = use_params()()["slug"]
    response().set_cookie("seen", "1", path=request().root_path)
    return t"<h1>{slug}</h1><{A} href='/items/next'>Next</{A}>"


@component
def Away() -> object:
    redirect("/items/1")


@component
def Shop() -> object:
    routes = [Route("/items/{slug}", Item), Route("/away", Away)]
    return t"<{Router} base='/sub'><{Routes} fallback='Nothing'>{routes}</{Routes}></{Router}>"


def starlette() -> Any:
    async def home(_: Any) -> Any:
        from starlette.responses import PlainTextResponse

        return PlainTextResponse("home")

    return Starlette(routes=[StarletteRoute("/", home), Mount("/sub", App(Shop))])


def fastapi() -> Any:
    from fastapi import FastAPI

    outer = FastAPI()

    @outer.get("/")
    def home() -> str:
        return "home"

    outer.mount("/sub", App(Shop))
    return outer


def django_home(_: Any) -> Any:
    from django.http import HttpResponse

    return HttpResponse("home")


def prepare_django() -> None:
    """Configure Django for this process, once; this module has its URLs."""
    from django import setup
    from django.conf import settings

    if not settings.configured:
        settings.configure(
            ALLOWED_HOSTS=["*"], ROOT_URLCONF="tests_of_django_urls", SECRET_KEY="x", USE_TZ=True
        )
        from types import ModuleType

        from django.urls import path

        urls = ModuleType("tests_of_django_urls")
        urls.urlpatterns = [path("", django_home)]  # type: ignore[attr-defined] # a module of ours
        sys.modules["tests_of_django_urls"] = urls
        setup()


def django(view: Any = Shop, **options: Any) -> Any:
    from django.core.asgi import get_asgi_application

    prepare_django()
    pages, shop = get_asgi_application(), App(view, base="/sub", **options)

    async def application(scope: Any, receive: Any, send: Any) -> None:
        is_ours = scope["type"] == "lifespan" or scope["path"].startswith("/sub/")
        await (shop if is_ours else pages)(scope, receive, send)

    return application


OUTER = {"starlette": starlette, "fastapi": fastapi, "django": django}


def check(page: Answer, moved: Answer, lost: Answer, home: Answer) -> None:
    assert page.status == 200
    assert "<h1>a/b</h1>" in page.body
    assert 'href="/sub/items/next"' in page.body
    assert page.headers["set-cookie"] == ["seen=1; Path=/sub; SameSite=Lax; HttpOnly"]
    assert (moved.status, moved.header("location")) == (303, "/sub/items/1")
    assert lost.status == 404
    assert "home" in home.body


PATHS = ["/sub/items/a%2Fb", "/sub/away", "/sub/none", "/"]


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize("outer", OUTER.values(), ids=OUTER)
def test_links_redirects_and_coded_slashes_below_a_mount(
    outer: Callable[[], Any], server: str
) -> None:
    """S15"""

    async def run() -> list[Answer]:
        async with serving(outer(), server) as port:
            return [await fetch(port, path) for path in PATHS]

    check(*asyncio.run(run()))


@contextmanager
def serving_wsgi(app: Any) -> Iterator[int]:
    """Serve a WSGI application with Flask's own server, each connection in a thread."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def flask() -> Any:
    from flask import Flask
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    outer = Flask(__name__)

    @outer.get("/")
    def home() -> str:
        return "home"

    outer.wsgi_app = DispatcherMiddleware(outer.wsgi_app, {"/sub": WsgiApp(Shop)})  # type: ignore[method-assign] # as Flask says
    return outer


def django_wsgi() -> Any:
    from django.core.wsgi import get_wsgi_application
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    prepare_django()
    return DispatcherMiddleware(get_wsgi_application(), {"/sub": WsgiApp(Shop)})


@pytest.mark.parametrize("outer", [flask, django_wsgi])
def test_below_a_mount_of_wsgi_too(outer: Callable[[], Any]) -> None:
    """S15"""
    with serving_wsgi(outer()) as port:
        found = [asyncio.run(fetch(port, path)) for path in PATHS]

    check(*found)


class Late:
    """A page whose part never comes."""

    def __init__(self) -> None:
        self.cancelled = self.cleaned = 0

    def page(self) -> object:
        on_cleanup(self.clean)
        return t"<h1>Shell</h1><{Suspense} fallback='…'>{resource(self.wait)}</{Suspense}>"

    async def wait(self) -> str:
        try:
            return await asyncio.sleep(0.5, "late")
        except asyncio.CancelledError:
            self.cancelled += 1
            raise

    def clean(self) -> None:
        self.cleaned += 1


def test_who_leaves_a_page_below_django_ends_it() -> None:
    """S13"""
    late = Late()

    async def run() -> None:
        async with serving(django(late.page, timeout=600)) as port:
            async with connected(port) as (reader, writer):
                writer.write(written("/sub/"))
                await reader.readuntil(b"<h1>Shell</h1>")
            await until(lambda: late.cleaned)

    asyncio.run(run())

    assert (late.cancelled, late.cleaned) == (1, 1)


def environ_for(path: str, method: str = "GET", **more: Any) -> dict[str, Any]:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        **more,
    }
    setup_testing_defaults(environ)
    return environ


def test_b15_a_wsgi_answer_keeps_to_the_protocol() -> None:
    said: list[Any] = []
    app = validator(WsgiApp(Shop))

    answer = app(environ_for("/sub/items/1"), lambda *args: said.append(args))
    body = b"".join(answer)
    answer.close()  # type: ignore[attr-defined] # its stub forgets it

    assert said[0][0] == "200 OK"
    assert b"<h1>1</h1>" in body


def test_closing_a_wsgi_answer_early_ends_it_in_its_own_context() -> None:
    """S13"""
    late = Late()
    users: list[str] = []

    def page() -> object:
        on_cleanup(lambda: users.append(request().cookies["user"]))
        return late.page()

    environ = environ_for("/", HTTP_COOKIE="user=ada")
    answer = WsgiApp(page)(environ, lambda *args: None)
    first = next(answer)
    answer.close()

    assert b"<h1>Shell</h1>" in first
    assert (late.cancelled, late.cleaned, users) == (1, 1, ["ada"])


def test_b15_parts_come_over_wsgi_as_they_are_there() -> None:
    late = Late()

    with serving_wsgi(WsgiApp(late.page)) as port:

        async def run() -> tuple[bool, bytes]:
            async with connected(port) as (reader, writer):
                writer.write(written("/", headers={"Connection": "close"}))
                await reader.readuntil(b"<h1>Shell</h1>")
                is_early = late.cleaned == 0
                return is_early, await reader.read()

        is_early, rest = asyncio.run(run())

    assert is_early
    assert b"late" in rest
    assert (late.cancelled, late.cleaned) == (0, 1)


def test_b15_a_wsgi_body_is_read_as_far_as_it_is_said_to_be_long() -> None:
    async def echo(asked: Request) -> Reply:
        return Reply.text(
            f"{asked.path} {(await asked.body()).decode()} {asked.headers.get('x-a')}"
        )

    with serving_wsgi(WsgiApp(handlers=[echo])) as port:
        posted = asyncio.run(
            fetch(port, "/caf%C3%A9%2Fx", "POST", headers={"X-A": "1"}, body=b"hello")
        )
        head = asyncio.run(fetch(port, "/", "HEAD"))

    assert posted.body == "/café/x hello 1"
    assert (head.status, head.body) == (200, "")
