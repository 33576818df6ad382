"""A server whose pages come in parts, each when the test says so."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gossamer.ssr import Document, Shell

POLICY = (
    "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'"
)
SHELL = Shell("<!doctype html><html><head></head><body><main id=app></main></body></html>")


class Streams:
    """Pages by their paths; a part waits in `come(name)` until the test calls `release(name)`."""

    def __init__(self, script: Path) -> None:
        self.url = ""
        self.views: dict[str, Callable[[], object]] = {}
        self._script = script.read_bytes()
        self._released: dict[str, asyncio.Event] = {}
        self._loop = asyncio.new_event_loop()

    async def come[T](self, name: str, value: T) -> T:
        """The value, once it is released."""
        await self._released.setdefault(name, asyncio.Event()).wait()
        if isinstance(value, Exception):
            raise value
        return value

    def release(self, *names: str) -> None:
        """Let values come."""

        def release() -> None:
            for name in names:
                self._released.setdefault(name, asyncio.Event()).set()

        self._loop.call_soon_threadsafe(release)

    @contextmanager
    def running(self) -> Iterator[Streams]:
        """Serve in a thread of its own."""
        thread = threading.Thread(target=self._loop.run_forever)
        thread.start()
        started = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._answer, "127.0.0.1", 0), self._loop
        )
        server = started.result(10)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(server.close)
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)
            self._loop.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line, *_ = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        path, _, mode = line.split()[1].partition("?")
        try:
            if path == "/gossamer/stream.js":
                _begin(
                    writer,
                    200,
                    "content-type: text/javascript",
                    f"content-length: {len(self._script)}",
                )
                writer.write(self._script)
            elif path not in self.views:
                _begin(writer, 404, "content-length: 0")
            else:
                await self._send(writer, path, mode or "ooo")
            await writer.drain()
        finally:
            writer.close()

    async def _send(self, writer: asyncio.StreamWriter, path: str, mode: str) -> None:
        async with Document(self.views[path], url=path, mode=mode, shell=SHELL) as document:
            reply = document.reply
            _begin(
                writer,
                reply.status,
                "content-type: text/html; charset=utf-8",
                f"content-security-policy: {POLICY}",
                "transfer-encoding: chunked",
                *([f"location: {reply.location}"] if reply.location else []),
            )
            async for part in document:
                body = part.encode()
                writer.write(b"%x\r\n%b\r\n" % (len(body), body))
                await writer.drain()
            writer.write(b"0\r\n\r\n")


def _begin(writer: asyncio.StreamWriter, status: int, *headers: str) -> None:
    lines: tuple[Any, ...] = (f"HTTP/1.1 {status} OK", *headers, "connection: close", "", "")
    writer.write("\r\n".join(lines).encode())
