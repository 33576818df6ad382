"""What answers a request: a handler, or for a WebSocket a socket handler."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from gossamer.http.request import Request
from gossamer.http.response import Reply

type Handler = Callable[[Request], Awaitable[Reply | None]]
"""Answers a request; None when it is not its own."""


class Socket(Protocol):
    """A WebSocket that a browser wants to open, or has open.

    `receive` raises `SocketClosed` once the other side has gone.
    """

    async def accept(self, subprotocol: str | None = None) -> None:
        """Open it."""

    async def receive(self) -> str | bytes:
        """The next message; while nobody asks, no more than a few wait."""

    async def send(self, message: str | bytes) -> None:
        """Send a message, when the other side has taken those before it."""

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """Close it; before `accept`, this refuses the handshake."""


class SocketClosed(Exception):  # noqa: N818 - it is how every socket ends
    """The other side of a socket has gone."""

    def __init__(self, code: int = 1005) -> None:
        super().__init__(f"closed with {code}")
        self.code = code


type SocketHandler = Callable[[Request, Socket], Awaitable[bool]]
"""Serves a WebSocket until its end; False, before `accept`, when it is not its own."""
