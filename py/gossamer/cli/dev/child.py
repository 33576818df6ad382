"""The process of an app's server in development: `python -m gossamer.cli.dev.child`."""

import asyncio
import html
import secrets
import socket
import sys
import traceback
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import click
import uvicorn

from gossamer.asgi import App
from gossamer.cli.dev.server import SCRIPTS
from gossamer.cli.dev.site import CLIENT
from gossamer.cli.programs import is_asgi, load_server, serve_wsgi
from gossamer.http import Headers, Reply, Request
from gossamer.serving import Files
from gossamer.serving.pages import add_to_heads
from gossamer.wsgi import App as WsgiApp

FOLDER = f"/{CLIENT}/"


class ClientFiles:
    """A handler for what only a page in development asks for."""

    def __init__(self) -> None:
        self._files = Files(SCRIPTS)
        self._mark = secrets.token_hex(4)  # another one tells a page that the server is new

    async def __call__(self, request: Request) -> Reply | None:
        """The client, its line to here, and what it has to tell."""
        name = request.path.removeprefix("/")
        if name == "events":
            kind = Headers.of(
                [("content-type", "text/event-stream"), ("cache-control", "no-store")]
            )
            return Reply(200, kind, self._line())
        if name == "sources.js":
            return Reply.text("export default {};", kind="text/javascript")
        if name == "told":
            return Reply(204)
        return await self._files(request)

    async def _line(self) -> AsyncIterator[bytes]:
        yield f"retry: 300\nevent: server\ndata: {self._mark}\n\n".encode()
        await asyncio.Event().wait()  # until this process ends


def page_of(error: BaseException) -> Any:
    """An application that shows why another one could not be started."""
    story = html.escape("".join(traceback.format_exception(error)))
    page = (
        f'<!doctype html><title>{type(error).__name__}</title><script type="module" '
        f'src="{FOLDER}client.js"></script><h1>The app does not start</h1><pre>{story}</pre>'
    )

    async def tell(_request: Request) -> Reply:
        return Reply.text(page, 500, "text/html; charset=utf-8")

    return App(handlers=[tell])


def main(root: str, name: str, descriptor: str) -> None:
    """Run the app that a folder names, on a socket that listens already."""
    listener = socket.socket(fileno=int(descriptor))
    add_to_heads(f'<script type="module" src="{FOLDER}client.js"></script>')
    try:
        app = load_server(Path(root), name)
    except Exception as error:  # noqa: BLE001 - it is the user's code, and is shown
        traceback.print_exc()
        app = page_of(error)
    if is_asgi(app):
        serve_asgi(app, listener)
    else:
        ours = WsgiApp(handlers=[ClientFiles()], base=FOLDER)

        def both(environ: Any, start_response: Any) -> Any:
            is_ours = environ.get("PATH_INFO", "").startswith(FOLDER)
            return (ours if is_ours else app)(environ, start_response)

        serve_wsgi(both, listener, lambda: None)


def serve_asgi(app: Any, listener: socket.socket) -> None:
    """Serve an ASGI application, and beside it what its pages ask for in development."""
    ours = App(handlers=[ClientFiles()], base=FOLDER)

    async def both(scope: Any, receive: Any, send: Any) -> None:
        is_ours = scope["type"] == "http" and scope["path"].startswith(FOLDER)
        await (ours if is_ours else app)(scope, receive, send)

    config = uvicorn.Config(both, log_level="info", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    click.echo("Starting the server …")
    main(*sys.argv[1:])
