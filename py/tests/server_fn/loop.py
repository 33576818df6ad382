"""A network that leads straight to the server's half, for tests of both."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from gossamer.host import Answer
from gossamer.http import Headers, Reply, Request, Response, answering
from gossamer.server_fn.declare import declare
from gossamer.server_fn.endpoint.handler import ServerFunctions
from gossamer.server_fn.endpoint.sockets import ServerSockets
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.registry import Registry

ORIGIN = "http://shop.example"
SAME = {"Host": "shop.example", "Sec-Fetch-Site": "same-origin"}


class Sent:
    """An answer, with what its response said."""

    def __init__(self, reply: Reply | None, response: Response) -> None:
        assert reply is not None, "nobody answered"
        self.reply = reply
        self.status, self.headers = reply.status, reply.headers
        self.cookies = response.headers.get_all("set-cookie")
        self.response = response

    @property
    def text(self) -> str:
        assert isinstance(self.reply.body, bytes)
        return self.reply.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Server:
    """A server in a test: functions, and what a browser would send to them."""

    def __init__(self, **options: Any) -> None:
        self.registry = Registry()
        self.handler = ServerFunctions(self.registry, **options)
        self.sockets = ServerSockets(self.registry)
        self.network = LoopNetwork(self)

    def function(self, fn: Any, **options: Any) -> ServerFunction[..., Any]:
        """The function as the server has it."""
        return declare(fn, options, lambda: self.network, registry=self.registry, is_server=True)

    def both(self, fn: Any, **options: Any) -> ServerFunction[..., Any]:
        """The function as a page has it, with the other one behind the network."""
        self.function(fn, **options)
        return declare(fn, options, lambda: self.network, registry=self.registry, is_server=False)

    async def send(
        self,
        path: str,
        body: bytes | str | dict[str, Any] | AsyncIterator[bytes] = b"",
        method: str = "POST",
        root_path: str = "",
        **headers: str,
    ) -> Sent:
        """Send a request: a dict goes as JSON, and an iterator in its parts."""
        told = dict(SAME)
        if isinstance(body, dict):
            body = json.dumps(body)
            told["Content-Type"] = "application/json"
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        path, _, query = path.partition("?")
        request = Request(
            method,
            raw_path=path.encode(),
            query=query,
            headers=Headers.of((name, value) for name, value in told.items() if value),
            chunks=lambda: pieces(data) if isinstance(data, bytes) else data,
            root_path=root_path,
        )
        with answering(request) as response:
            return Sent(await self.handler(request), response)


async def pieces(data: bytes, size: int = 7_000) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def form(entries: Sequence[tuple[str, str]] | dict[str, str]) -> dict[str, Any]:
    """What a browser sends for a form."""
    return {
        "body": urlencode(entries),
        "Content_Type": "application/x-www-form-urlencoded",
        "Accept": "text/html,application/xhtml+xml",
    }


def multipart(*parts: tuple[str, str | None, bytes]) -> dict[str, Any]:
    """A body with parts: a name, the name of a file, and the content."""
    body = b""
    for name, file, content in parts:
        named = f'; filename="{file}"' if file is not None else ""
        body += f'--xyz\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
        body += content + b"\r\n"
    return {"body": body + b"--xyz--\r\n", "Content_Type": "multipart/form-data; boundary=xyz"}


class LoopExchange:
    """A request on its way through the loop."""

    def __init__(self, sending: Any) -> None:
        self._task = asyncio.ensure_future(sending)
        self._parts: Any = None
        self.is_aborted = False

    async def begin(self) -> Answer:
        sent: Sent = await self._task
        self._sent = sent

        def said(name: str) -> str:
            return sent.headers.get(name) or ""

        kind = said("content-type")
        return Answer(
            sent.status, kind, said("x-gossamer-redirect"), said("x-gossamer-version"), "", ""
        )

    async def text(self) -> str:
        return self._sent.text

    async def read(self) -> bytes:
        if self._parts is None:
            body = self._sent.reply.body
            self._parts = body if not isinstance(body, bytes) else pieces(body)
        return bytes(await anext(self._parts, b""))

    def abort(self) -> None:
        self.is_aborted = True
        if not self._task.done():
            self._task.cancel()
        if hasattr(self._parts, "aclose"):
            self.closing = asyncio.ensure_future(self._parts.aclose())


class LoopNetwork:
    """Leads to a server of the same test."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.went: list[str] = []
        self.left: list[str] = []
        self.asked: list[tuple[str, str]] = []
        self.exchanges: list[LoopExchange] = []
        self.more: dict[str, str] = {}

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        query: Sequence[Sequence[str]] = (),
        body: Any = None,
    ) -> LoopExchange:
        self.asked.append((method, path))
        told = {name.replace("-", "_"): value for name, value in {**headers, **self.more}.items()}
        search = f"?{urlencode([(name, value) for name, value in query])}" if query else ""
        if isinstance(body, list):
            parts: list[Any] = [
                (name, None, value.encode()) if isinstance(value, str) else (name, *value)
                for name, value in body
            ]
            whole = multipart(*parts)
            body = whole.pop("body")
            told |= whole
        sending = self._server.send(path + search, body or b"", method, **told)
        self.exchanges.append(LoopExchange(sending))
        return self.exchanges[-1]

    def dial(self, path: str, protocol: str) -> Any:
        return LoopLine(self._server, path)

    def go(self, address: str) -> None:
        self.went.append(address)

    def leave(self, url: str) -> None:
        self.left.append(url)


class LoopLine:
    """Both ends of a socket."""

    def __init__(self, server: Server, path: str) -> None:
        self._server = server
        self._path = path
        self.up: asyncio.Queue[str | None] = asyncio.Queue(4)
        self.down: asyncio.Queue[str | int] = asyncio.Queue(4)
        self.is_accepted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    # --- the page's end ---

    async def open(self) -> None:
        self._task = asyncio.create_task(self._serve())
        opened = asyncio.create_task(self.is_accepted.wait())
        await asyncio.wait((self._task, opened), return_when=asyncio.FIRST_COMPLETED)
        if not self.is_accepted.is_set():
            opened.cancel()
            raise ConnectionError("refused")

    async def send(self, text: str) -> None:
        await self.up.put(text)

    async def receive(self) -> str | int:
        return await self.down.get()

    def close(self, code: int = 1000) -> None:
        if self._task is not None and not self._task.done():
            self._closing = asyncio.ensure_future(self.up.put(None))

    async def _serve(self) -> None:
        request = Request("GET", raw_path=self._path.encode(), headers=Headers.of(SAME.items()))
        try:
            with answering(request):
                await self._server.sockets(request, ServerEnd(self))
        finally:
            if self.down.full():
                self.down.get_nowait()
            self.down.put_nowait(1006)


class ServerEnd:
    """The server's end of a line."""

    def __init__(self, line: LoopLine) -> None:
        self._line = line

    async def accept(self, subprotocol: str | None = None) -> None:
        self._line.is_accepted.set()

    async def receive(self) -> str | bytes:
        from gossamer.http import SocketClosed

        got = await self._line.up.get()
        if got is None:
            raise SocketClosed(1000)
        return got

    async def send(self, message: str | bytes) -> None:
        await self._line.down.put(str(message))

    async def close(self, code: int = 1000, reason: str = "") -> None:
        await self._line.down.put(code)
