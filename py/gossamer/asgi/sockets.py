"""WebSockets over ASGI."""

import asyncio
import logging
from typing import Final

from gossamer.asgi.exchange import Receive, Scope, Send, make_request
from gossamer.http import (
    HttpError,
    Request,
    Response,
    SocketClosed,
    begin_answer,
    check_host,
    check_origin,
)
from gossamer.http.request import no_chunks
from gossamer.serving import Site

log: Final = logging.getLogger("gossamer.asgi")

GOING_WRONG: Final = 1011
LONGEST_REASON: Final = 123
"""How many bytes of a reason fit into the frame that closes a socket."""


class AsgiSocket:
    """A WebSocket as an ASGI server gives it."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self.is_accepted = False
        self.is_closed = False

    async def accept(self, subprotocol: str | None = None) -> None:
        """Open it."""
        await self._send({"type": "websocket.accept", "subprotocol": subprotocol, "headers": []})
        self.is_accepted = True

    async def receive(self) -> str | bytes:
        """The next message.

        Raises:
            SocketClosed: the other side has gone.
        """
        if self.is_closed:
            raise SocketClosed
        message = await self._receive()
        if message["type"] != "websocket.receive":
            self.is_closed = True
            raise SocketClosed(message.get("code") or 1005)
        text: str | None = message.get("text")
        data: bytes = message.get("bytes") or b""
        return data if text is None else text

    async def send(self, message: str | bytes) -> None:
        """Send a message.

        Raises:
            SocketClosed: the other side has gone.
        """
        if self.is_closed:
            raise SocketClosed
        kind = "text" if isinstance(message, str) else "bytes"
        try:
            await self._send({"type": "websocket.send", kind: message})
        except OSError as error:
            self.is_closed = True
            raise SocketClosed from error

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close it, once."""
        if self.is_closed:
            return
        self.is_closed = True
        short = reason.encode()[:LONGEST_REASON].decode(errors="ignore")
        await self._send({"type": "websocket.close", "code": code, "reason": short})


async def serve_socket(site: Site, scope: Scope, receive: Receive, send: Send) -> None:
    """Serve a WebSocket until its end; one from a page of another site is refused."""
    await receive()  # what says that somebody connects
    request = make_request(site, scope, no_chunks)
    socket = AsgiSocket(receive, send)
    task = asyncio.create_task(_serve(site, request, socket))
    try:
        await asyncio.wait([task])
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    if not task.cancelled():
        task.result()


async def _serve(site: Site, request: Request, socket: AsgiSocket) -> None:
    code = 1000
    try:
        check_host(request, site.allowed_hosts)
        check_origin(request, site.trusted_origins)
        begin_answer(request, Response())
        for handler in site.socket_handlers:
            if await handler(request, socket):
                break
    except HttpError as refused:
        log.info("refused a socket at %s: %s", request.path, refused.what)
    except SocketClosed:
        socket.is_closed = True
    except Exception:  # one of the three places: it is logged
        log.exception("the socket at %s failed", request.path)
        code = GOING_WRONG
    await socket.close(code)
