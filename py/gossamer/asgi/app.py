"""An app as a plain ASGI application."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any, Unpack

from gossamer.asgi.exchange import Exchange, Message, Receive, Scope, Send
from gossamer.asgi.sockets import serve_socket
from gossamer.serving import Options, Site

type Lifespan = Callable[[App], AbstractAsyncContextManager[Mapping[str, Any] | None]]


class App(Site):
    """A view as an ASGI application: serve it alone, or mount it in another one.

    >>> from gossamer import component
    >>> from gossamer.asgi import App
    >>> @component
    ... def Shop():
    ...     return t"<h1>Tea</h1>"
    >>> app = App(Shop)

    Args:
        view: what a page shows, usually a component; None for files and handlers only.
        lifespan: what is open while the server runs: it is called with the app, as Starlette
            does it; what it yields is each request's `state`.
        options: see `Options`.
    """

    def __init__(
        self, view: object = None, *, lifespan: Lifespan | None = None, **options: Unpack[Options]
    ) -> None:
        super().__init__(view, **options)
        self._lifespan = lifespan

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what a server hands in."""
        if scope["type"] == "http":
            await Exchange(self, scope, receive, send).run()
        elif scope["type"] == "websocket":
            await serve_socket(self, scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold the lifespan open from the server's start to its end."""
        stage = "startup"
        await receive()
        try:
            async with nullcontext() if self._lifespan is None else self._lifespan(self) as state:
                if state:
                    scope.setdefault("state", {}).update(state)
                await send({"type": "lifespan.startup.complete"})
                stage = "shutdown"
                await receive()
        except Exception as error:
            message: Message = {"type": f"lifespan.{stage}.failed", "message": repr(error)}
            await send(message)
            raise
        await send({"type": "lifespan.shutdown.complete"})
