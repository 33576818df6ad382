"""The process of an app's server in development: `python -m gossamer.cli.dev.child`."""

import html
import socket
import sys
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import uvicorn
from uvicorn.middleware.wsgi import WSGIMiddleware  # type: ignore[attr-defined] # as its docs say

from gossamer.asgi import App
from gossamer.cli.dev.anew import SEEN
from gossamer.cli.dev.server import make_server
from gossamer.cli.dev.site import CLIENT, Site
from gossamer.cli.programs import is_asgi, load_server
from gossamer.cli.settings import read_settings
from gossamer.http import Reply, Request
from gossamer.serving.pages import set_html
from gossamer.ssr.shell import EMPTY

CLIENT_TAG = f'<script type="module" src="/{CLIENT}/client.js"></script>'


def page_of(error: BaseException) -> Any:
    """An application that shows why another one could not be started."""
    story = html.escape("".join(traceback.format_exception(error)))
    page = (
        f"<!doctype html><title>{type(error).__name__}</title>{CLIENT_TAG}"
        f"<h1>The app does not start</h1><pre>{story}</pre>"
    )

    async def tell(_request: Request) -> Reply:
        return Reply.text(page, 500, "text/html; charset=utf-8")

    return App(handlers=[tell])


def as_asgi(app: Any) -> Any:
    """An application as one of ASGI; what a WSGI one gives is closed at its end."""
    if is_asgi(app):
        return app

    def closing(environ: Any, start_response: Any) -> Iterator[bytes]:
        parts = app(environ, start_response)
        try:
            yield from parts
        finally:
            getattr(parts, "close", lambda: None)()

    with warnings.catch_warnings(action="ignore"):  # it is old, and does here
        return WSGIMiddleware(closing)


def load(root: Path, name: str) -> Any:
    """The app's server, or what shows why there is none."""
    try:
        return as_asgi(load_server(root, name))
    except Exception as error:  # noqa: BLE001 - it is the user's code, and is shown
        traceback.print_exc()
        return page_of(error)


def main(root: str, name: str, descriptor: str) -> None:
    """Run the app that a folder names, on a socket that listens already.

    Its pages are put into the app's own, as a page in development has it; what that asks for is
    answered beside the app.
    """
    listener = socket.socket(fileno=int(descriptor))
    settings = read_settings(Path(root))
    site = Site(settings, lambda text: click.echo(f"{text} …"))
    if (settings.root / "index.html").is_file():
        set_html(site.page("") or EMPTY)
    else:
        set_html(EMPTY.replace("</head>", f"{CLIENT_TAG}</head>"))
    ours, hub = make_server(site, listener.getsockname()[0])
    app = load(settings.root, name)

    def is_ours(path: str) -> bool:
        inner = path.removeprefix("/")
        if inner.startswith(f"{CLIENT}/") or inner in site.fixed:
            return True
        file = site.find(inner) if inner else None
        return file is not None and file.suffix in SEEN - {".html"}

    async def both(scope: Any, receive: Any, send: Any) -> None:
        takes = scope["type"] == "http" and is_ours(scope["path"])
        await (ours if takes else app)(scope, receive, send)

    class Server(uvicorn.Server):
        """A server that closes the lines to its pages when it is asked to end."""

        def handle_exit(self, sig: int, frame: Any) -> None:
            hub.end()
            super().handle_exit(sig, frame)

    config = uvicorn.Config(both, log_level="info", timeout_graceful_shutdown=1)
    Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
