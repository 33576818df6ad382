"""What a page offers to those who call a server."""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, Protocol

from gossamer.host import Answer

type Body = str | Sequence[Sequence[Any]] | None
"""JSON; or pairs of a name and a text or a file, which go as multipart/form-data."""


class Exchange(Protocol):
    """A request that was sent, and what comes back."""

    def begin(self) -> Awaitable[Answer]:
        """Wait for the status and the headers; the text is still to come."""

    def text(self) -> Awaitable[str]:
        """Wait for the whole body."""

    def read(self) -> Awaitable[bytes]:
        """Wait for the next part of the body; nothing at its end."""

    def abort(self) -> None:
        """Stop it, wherever it is."""


class Line(Protocol):
    """A socket to the server."""

    def open(self) -> Awaitable[None]:
        """Wait until it stands."""

    def send(self, text: str) -> Awaitable[None]:
        """Send a message, when there is room for it."""

    def receive(self) -> Awaitable[str | int]:
        """Wait for the next message; a number says that the line was closed, and why."""

    def close(self, code: int = 1000) -> None:
        """Close it."""


class Network(Protocol):
    """How a page reaches its server."""

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        query: Sequence[Sequence[str]] = (),
        body: Body = None,
    ) -> Exchange:
        """Send a request."""

    def dial(self, path: str, protocol: str) -> Line:
        """Open a socket."""

    def go(self, address: str) -> None:
        """Lead the visitor to an address of the app."""

    def leave(self, url: str) -> None:
        """Load another page."""
