"""One request over ASGI, until its last message or until who asked has gone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

from gossamer.http import Headers, Reply, Request
from gossamer.serving import Site, coded

type Message = MutableMapping[str, Any]
type Scope = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]


def make_request(site: Site, scope: Scope, chunks: Callable[[], AsyncIterator[bytes]]) -> Request:
    """The request of a scope."""
    raw = scope.get("raw_path") or coded(scope["path"]).encode()
    path = raw.decode("latin-1").partition("?")[0]
    root_path, below = site.place_of(path, scope.get("root_path", ""))
    client = scope.get("client")
    return Request(
        scope.get("method", "GET"),
        raw_path=below.encode("latin-1"),
        query=scope.get("query_string", b"").decode("latin-1"),
        scheme=scope["scheme"].replace("ws", "http"),
        root_path=root_path,
        headers=Headers(scope["headers"]),
        client=tuple(client) if client else None,
        http_version=scope.get("http_version", "1.1"),
        origin=site.origin,
        chunks=chunks,
        max_body=site.max_body,
        state=scope.setdefault("state", {}),
        scope=scope,
    )


class Exchange:
    """A request and its answer.

    The answer is made in a task of its own: what the app sets in its context stays there, and
    the tasks that the app begins see it. While it runs, somebody watches for the end of the
    connection: neither of the usual servers says so when something is sent.
    """

    def __init__(self, site: Site, scope: Scope, receive: Receive, send: Send) -> None:
        self._site = site
        self._receive = receive
        self._send_message = send
        self._has_gone = False
        self._is_ending = False
        self._is_reading = False
        self._is_read = asyncio.Event()
        self.request = make_request(site, scope, self._chunks)
        headers = self.request.headers
        says_body = "content-length" in headers or "transfer-encoding" in headers
        if self.request.method in ("GET", "HEAD") and not says_body:
            self._is_read.set()

    async def run(self) -> None:
        """Answer."""
        answer = asyncio.create_task(self._answer())
        watch = asyncio.create_task(self._watch(answer))
        try:
            await asyncio.wait([answer])
        finally:
            watch.cancel()
            self._call_off(answer)
            await asyncio.wait([watch, answer])
        if not answer.cancelled():
            answer.result()

    def _call_off(self, answer: asyncio.Task[None]) -> None:
        """Cancel the answer, once, and not while it ends by itself."""
        if not (self._has_gone or self._is_ending):
            self._has_gone = True
            answer.cancel()

    async def _watch(self, answer: asyncio.Task[None]) -> None:
        """Call the answer off when nobody waits for it any more."""
        await self._is_read.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass  # a body that nobody has asked for
        self._call_off(answer)

    async def _chunks(self) -> AsyncIterator[bytes]:
        self._is_reading = True
        message: Message = {"more_body": not self._is_read.is_set()}
        while message.get("more_body"):
            message = await self._receive()
            if message["type"] == "http.disconnect":
                self._has_gone = True
                raise asyncio.CancelledError
            yield message.get("body", b"")
        self._is_read.set()

    async def _answer(self) -> None:
        status, headers, reply = await self._site.answer(self.request)
        if not self._is_reading:
            self._is_read.set()
        await self._send(status, headers, reply)

    async def _send(self, status: int, headers: list[tuple[bytes, bytes]], reply: Reply) -> None:
        start = {"type": "http.response.start", "status": status, "headers": headers}
        try:
            if not await self._say(start):
                return
            if self.request.method != "HEAD":
                async for part in reply.parts():
                    body = {"type": "http.response.body", "body": part, "more_body": True}
                    if not await self._say(body):
                        return
                    await asyncio.sleep(0)  # who watches gets a turn, also if nothing waits
            await self._say({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._is_ending = True
            await reply.close()

    async def _say(self, message: Message) -> bool:
        """Send a message; False when there is nobody to take it."""
        if not self._has_gone:
            try:
                await self._send_message(message)
            except OSError:  # servers of ASGI 2.4 say so
                self._has_gone = True
        return not self._has_gone
