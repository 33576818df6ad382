"""The server of an app in development: its files, and a line to each open page."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import click
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from gossamer.cli.dev.site import CLIENT, Site
from gossamer.cli.output import ASSETS
from gossamer.errors import GossamerError
from gossamer.serving.media import media_type

PACKAGE = Path(__file__).parents[2]
CARRIED = Path(__file__).parent / "client"
SCRIPTS = CARRIED if CARRIED.is_dir() else PACKAGE.parents[1] / "wasm" / "dev"
"""Where the client's JavaScript is: in the wheel, or in the sources of a checkout."""

LOCAL = ("localhost", "127.0.0.1")
FOREVER = {"cache-control": "max-age=31536000, immutable"}
FRESH = {"cache-control": "no-store"}


class Hub:
    """The open pages, each with what it is still to be told."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._mark = secrets.token_hex(4)  # another one tells a page that the server is new

    def tell(self, news: list[dict[str, Any]]) -> None:
        """Tell all pages, from any thread."""
        for each in news:
            if each["kind"] == "reload":
                click.echo(f"{each['why']} changed: loading the page anew")
            self._put(json.dumps(each))

    def end(self) -> None:
        """Close all lines, so that the server can end."""
        self._put(None)

    def _put(self, text: str | None) -> None:
        for page in list(self._pages):
            if self._loop is not None:
                self._loop.call_soon_threadsafe(page.put_nowait, text)

    async def listen(self) -> AsyncIterator[str]:
        """All news for one page from now on, as server-sent events."""
        self._loop = asyncio.get_running_loop()
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield f"retry: 500\nevent: server\ndata: {self._mark}\n\n"
            while (text := await page.get()) is not None:
                yield f"data: {text}\n\n"
        finally:
            self._pages.discard(page)


def make_server(site: Site, host: str) -> tuple[Starlette, Hub]:
    """The application, and the line to its pages.

    One that listens to this machine only answers to its names only: a name that a foreign page
    has had resolved to it gets nothing.
    """
    hub = Hub()

    async def events(_request: Request) -> Response:
        return StreamingResponse(hub.listen(), media_type="text/event-stream", headers=FRESH)

    async def told(request: Request) -> Response:
        told = await request.json()
        click.secho(told["text"], fg="red" if told["wrong"] else "green")
        return Response(status_code=204)

    async def client(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "sources.js":
            return _text(f"export default {json.dumps(_swap_sources())};", name)
        file = SCRIPTS / name
        return _text(file.read_text(encoding="utf-8"), name) if file.is_file() else _missing(name)

    async def anything(request: Request) -> Response:
        path = site.below_base(request.path_params["path"])
        if path is None:
            return RedirectResponse(site.settings.base)
        fixed = f"{path}index.html" if path.endswith("/") else path
        if fixed in site.fixed:
            keeps = FOREVER if fixed.startswith(f"{ASSETS}/") else FRESH
            return Response(site.fixed[fixed], media_type=media_type(fixed), headers=keeps)
        try:
            page = site.page(path)
        except GossamerError as error:
            return _text(str(error), "error.txt", status=500)
        if page is not None:
            return _text(page, "page.html")
        try:
            content = site.content(path)
        except GossamerError as error:
            return _text(str(error), "error.txt", status=500)
        if content is None:
            return _missing(path)
        return Response(content, media_type=media_type(path), headers=FRESH)

    routes = [
        Route(f"/{CLIENT}/events", events),
        Route(f"/{CLIENT}/told", told, methods=["POST"]),
        Route(f"/{CLIENT}/{{name}}", client),
        Route("/{path:path}", anything),
    ]
    names = LOCAL if host in LOCAL else ("*",)
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)
    return Starlette(routes=routes, middleware=[guard]), hub


def _swap_sources() -> dict[str, str]:
    """The room of the framework that only a page in development loads."""
    files = sorted((PACKAGE / "swap").glob("*.py"))
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def _text(text: str, name: str, status: int = 200) -> Response:
    return Response(text, status, media_type=media_type(name), headers=FRESH)


def _missing(path: str) -> Response:
    return _text(f"There is no {path} here.\n", "missing.txt", 404)
