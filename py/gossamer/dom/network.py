"""The page's way to its server, through the verbs."""

from collections.abc import Mapping, Sequence
from typing import Any

from gossamer.dom.bridge import to_page, verbs
from gossamer.host import Answer


class PageExchange:
    """A request that the page has sent."""

    __slots__ = ("_exchange",)

    def __init__(self, exchange: Any) -> None:
        self._exchange = exchange

    async def begin(self) -> Answer:
        """Wait for the status and the headers; the text is still to come."""
        status, kind, redirect, version, url = await self._exchange.begin()
        return Answer(status, kind, redirect, version, url, "")

    async def text(self) -> str:
        """Wait for the whole body."""
        return str(await self._exchange.text())

    async def read(self) -> bytes:
        """Wait for the next part of the body; nothing at its end."""
        part = await self._exchange.read()
        return part if isinstance(part, bytes) else bytes(part.to_bytes())

    def abort(self) -> None:
        """Stop it, wherever it is."""
        self._exchange.abort()


class PageLine:
    """A socket that the page has opened."""

    __slots__ = ("_line",)

    def __init__(self, line: Any) -> None:
        self._line = line

    async def open(self) -> None:
        """Wait until it stands."""
        await self._line.open()

    async def send(self, text: str) -> None:
        """Send a message, when there is room for it."""
        await self._line.send(text)

    async def receive(self) -> str | int:
        """Wait for the next message; a number says that the line was closed, and why."""
        got: str | int = await self._line.receive()
        return got

    def close(self, code: int = 1000) -> None:
        """Close it."""
        self._line.close(code)


class PageNetwork:
    """How a page reaches the server that it came from."""

    __slots__ = ()

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        query: Sequence[Sequence[str]] = (),
        body: str | Sequence[Sequence[Any]] | None = None,
    ) -> PageExchange:
        """Send a request; a body of pairs goes as multipart/form-data."""
        given = body if body is None or isinstance(body, str) else to_page(list(body), _as_it_is)
        asked = to_page(dict(headers), _as_it_is), to_page(list(query), _as_it_is)
        return PageExchange(verbs.exchange(method, path, *asked, given))

    def dial(self, path: str, protocol: str) -> PageLine:
        """Open a socket."""
        return PageLine(verbs.line(path, protocol))

    def leave(self, url: str) -> None:
        """Load another page."""
        verbs.depart(url)


def _as_it_is(value: object) -> object:
    return value
