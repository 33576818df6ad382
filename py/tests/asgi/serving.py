"""Servers in this process, and a client that sees every byte."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import uvicorn
from granian.server.embed import Server as Granian

SERVERS = ["uvicorn", "granian"]


@asynccontextmanager
async def serving(app: Any, kind: str = "uvicorn") -> AsyncIterator[int]:
    """Serve an app with a server as it is when nobody configures it; its port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    if kind == "uvicorn":
        server: Any = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None))
    else:
        server = Granian(app, port=port, interface="asgi", log_enabled=False)
    running = asyncio.create_task(server.serve())
    try:
        await _until_it_listens(port, running)
        yield port
    finally:
        if kind == "uvicorn":
            server.should_exit = True
        else:
            server.stop()
        await running


async def _until_it_listens(port: int, running: asyncio.Task[None]) -> None:
    while not running.done():
        with suppress(ConnectionRefusedError):
            async with connected(port):
                return
        await asyncio.sleep(0.01)
    running.result()


@asynccontextmanager
async def connected(
    port: int, **options: Any
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection that ends, as if the cable was cut, where it is left."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, **options)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


class Answer:
    """What came back over the wire."""

    def __init__(self, data: bytes) -> None:
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split(" ")[1])
        self.headers: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            self.headers.setdefault(name.lower(), []).append(value)
        self.is_whole = True
        if self.headers.get("transfer-encoding") == ["chunked"]:
            self.is_whole = body.endswith(b"0\r\n\r\n")
            body = _joined(body)
        self.body = body.decode()

    def header(self, name: str) -> str | None:
        return ", ".join(self.headers[name]) if name in self.headers else None


def _joined(body: bytes) -> bytes:
    found = b""
    while match := re.match(rb"([0-9a-fA-F]+)\r\n", body):
        size = int(match[1], 16)
        found += body[match.end() : match.end() + size]
        body = body[match.end() + size + 2 :]
    return found


def written(
    path: str, method: str = "GET", headers: dict[str, str] | None = None, body: bytes = b""
) -> bytes:
    """A request as bytes."""
    said = {"Host": "127.0.0.1", **(headers or {})}
    if body:
        said["Content-Length"] = str(len(body))
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def fetch(
    port: int,
    path: str = "/",
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
) -> Answer:
    """Ask on a connection of its own, until that is closed."""
    async with connected(port) as (reader, writer):
        writer.write(written(path, method, {"Connection": "close", **(headers or {})}, body))
        return Answer(await reader.read())


async def until(holds: Any, seconds: float = 10) -> float:
    """Wait for a condition; how long that took."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.005)
    return loop.time() - begin
