"""WebSockets and lifespans, by the servers that people use."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from gossamer.asgi import App
from gossamer.http import Reply, Request, Socket, SocketClosed, request
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from .serving import SERVERS, fetch, serving, until

pytestmark = pytest.mark.cpython("servers need sockets and threads")
servers = pytest.mark.parametrize("server", SERVERS)


class Echo:
    """Says back what it is told, and who says it."""

    def __init__(self) -> None:
        self.ended: list[int] = []

    async def __call__(self, asked: Request, socket: Socket) -> bool:
        if asked.path != "/echo":
            return False
        await socket.accept("chat")
        try:
            while (told := await socket.receive()) != "end":
                if told == "fail":
                    raise RuntimeError("secret-db-password-7f3a")
                await socket.send(told)
                await socket.send(request().cookies.get("user", "nobody"))
        except SocketClosed as closed:
            self.ended.append(closed.code)
            raise
        await socket.close(4001, "enough" * 100)
        return True


def url(port: int, path: str = "/echo") -> str:
    return f"ws://127.0.0.1:{port}{path}"


@servers
def test_a_socket_hands_messages_over_and_ends_from_both_sides(server: str) -> None:
    echo = Echo()

    async def run() -> list[Any]:
        async with serving(App(socket_handlers=[echo]), server) as port:
            ours = {"origin": f"http://127.0.0.1:{port}", "subprotocols": ["chat"]}
            async with connect(url(port), additional_headers={"Cookie": "user=ada"}, **ours) as one:
                await one.send("hé")
                found: list[Any] = [one.subprotocol, await one.recv(), await one.recv()]
                await one.send(b"\0\xff")
                found += [await one.recv(), await one.recv()]
                await one.send("end")
                with suppress(ConnectionClosed):
                    await one.recv()
                found += [one.close_code, len(one.close_reason or "") <= 123]
            async with connect(url(port), **ours):
                pass
            await until(lambda: echo.ended)
            return found

    found = asyncio.run(run())

    assert found == ["chat", "hé", "ada", b"\0\xff", "ada", 4001, True]
    assert echo.ended == [1000]


@servers
@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://127.0.0.1:1"])
def test_a_socket_from_another_site_is_refused_at_the_handshake(server: str, origin: str) -> None:
    """P17"""

    async def run() -> int:
        async with serving(App(socket_handlers=[Echo()]), server) as port:
            with pytest.raises(InvalidStatus) as refused:
                async with connect(url(port), origin=origin):  # type: ignore[arg-type] # a text
                    pass
            return refused.value.response.status_code

    assert asyncio.run(run()) == 403


@servers
def test_a_socket_that_nobody_serves_or_that_fails_is_closed(
    server: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> tuple[int, int | None]:
        async with serving(App(socket_handlers=[Echo()]), server) as port:
            with pytest.raises(InvalidStatus) as refused:
                async with connect(url(port, "/none")):
                    pass
            async with connect(url(port), subprotocols=["chat"]) as one:  # type: ignore[list-item]
                await one.send("fail")
                with suppress(ConnectionClosed):
                    await one.recv()
                return refused.value.response.status_code, one.close_code

    assert asyncio.run(run()) == (403, 1011)
    assert "secret-db-password-7f3a" in caplog.text


@servers
def test_what_a_lifespan_opens_is_there_for_each_request_and_closed_once(server: str) -> None:
    said: list[str] = []

    @asynccontextmanager
    async def live(_: App) -> AsyncIterator[dict[str, str]]:
        said.append("open")
        yield {"pool": "the pool"}
        said.append("closed")

    async def tell(asked: Request) -> Reply:
        return Reply.text(asked.state["pool"])

    async def run() -> str:
        async with serving(App(handlers=[tell], lifespan=live), server) as port:
            return (await fetch(port)).body

    assert asyncio.run(run()) == "the pool"
    assert said == ["open", "closed"]


def test_a_lifespan_that_fails_says_so_to_the_server() -> None:
    @asynccontextmanager
    async def live(_: App) -> AsyncIterator[None]:
        raise RuntimeError("no database")
        yield

    sent: list[Any] = []

    async def receive() -> dict[str, str]:
        return {"type": "lifespan.startup"}

    async def send(message: Any) -> None:
        sent.append(message)

    with pytest.raises(RuntimeError, match="no database"):
        asyncio.run(App(lifespan=live)({"type": "lifespan"}, receive, send))

    assert [message["type"] for message in sent] == ["lifespan.startup.failed"]
    assert "no database" in sent[0]["message"]
