"""Results that come one after the other, and streams in both directions."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from gossamer.errors import ServerError, StaleVersionError, TransportError, TruncatedError
from gossamer.server_fn.streams import lines
from tests.server_fn.loop import LoopLine, Server, pieces

pytestmark = pytest.mark.cpython("the server's half runs on a server")
type Run = Callable[[Coroutine[Any, Any, None]], None]
log: list[str] = []


class Full(Exception):  # noqa: N818 - as users name theirs
    room: str


async def count(to: int, fail: bool = False) -> AsyncIterator[str]:
    try:
        for number in range(to):
            await asyncio.sleep(0.1)
            yield f"{number} 🦋"
        if fail:
            raise RuntimeError("secret")
    finally:
        log.append("ended")


async def resumed(last_event_id: str | None = None) -> AsyncIterator[int]:
    first = int(last_event_id or 0)
    for number in range(first, first + 2):
        yield number
    if first < 4:
        await asyncio.sleep(3600)


async def same() -> AsyncIterator[int]:
    for number in (1, 1, 2, 2, 1):
        yield number


async def wrong() -> AsyncIterator[int]:
    yield "one"  # type: ignore[misc] # the case


async def echo(messages: AsyncIterator[int], by: int = 2) -> AsyncIterator[int]:
    try:
        async for message in messages:
            if message < 0:
                full = Full()
                full.room = "blue"
                raise full
            yield message * by
    finally:
        log.append("closed")


async def total(messages: AsyncIterator[int]) -> int:
    return sum([message async for message in messages])


async def idle(messages: AsyncIterator[int]) -> AsyncIterator[int]:
    try:
        await asyncio.sleep(3600)
        yield 1
    finally:
        log.append("idle ended")


@pytest.fixture
def server() -> Server:
    log.clear()
    return Server()


async def given(*items: int) -> AsyncIterator[int]:
    for item in items:
        yield item


async def silence() -> AsyncIterator[int]:
    await asyncio.sleep(3600)
    yield 1


def test_items_come_as_they_are_made(server: Server, run_timed: Run) -> None:
    """P20"""
    call = server.both(count)

    async def main() -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        found = [(item, round(loop.time() - begun, 1)) async for item in call(3)]
        assert found == [("0 🦋", 0.1), ("1 🦋", 0.2), ("2 🦋", 0.3)]

    run_timed(main())


def test_leaving_a_stream_ends_it_on_the_server(server: Server, run_timed: Run) -> None:
    """P20"""
    call = server.both(count)

    async def main() -> None:
        stream = call(100)
        assert await anext(stream) == "0 🦋"
        await stream.aclose()
        await server.network.exchanges[0].closing
        assert log == ["ended"]
        reading = asyncio.ensure_future(anext(call(100)))
        await asyncio.sleep(0.05)
        reading.cancel()
        await asyncio.wait([reading])
        assert server.network.exchanges[1].is_aborted

    run_timed(main())


def test_an_error_comes_after_what_came_before_it(
    server: Server, run_timed: Run, caplog: pytest.LogCaptureFixture
) -> None:
    """P20"""
    call, bad = server.both(count), server.both(wrong)
    found = []

    async def main() -> None:
        with pytest.raises(ServerError):
            async for item in call(2, fail=True):
                found.append(item)
        with pytest.raises(ServerError):
            await anext(bad())
        sent = await server.send(f"/_gossamer/{__name__}.count", {"to": "x"})
        assert sent.status == 422

    run_timed(main())

    assert found == ["0 🦋", "1 🦋"]
    assert "secret" in caplog.text


def test_a_stream_that_is_cut_says_so(server: Server, run_timed: Run) -> None:
    """P20"""
    call = server.both(count)

    async def main() -> None:
        stream = call(3)
        first = await anext(stream)
        exchange = server.network.exchanges[0]
        exchange._parts = pieces(b'{"v":"next"}\n{"v":"half')
        assert [first, await anext(stream)] == ["0 🦋", "next"]
        with pytest.raises(TruncatedError):
            await anext(stream)

    run_timed(main())


def test_lines_are_cut_anywhere(run_timed: Run) -> None:
    """P20"""
    parts = [bytes([each]) for each in "é🦋\r\n\nx\nhalf".encode()]

    class Parts:
        async def read(self) -> bytes:
            return parts.pop(0) if parts else b""

    async def main() -> None:
        assert [line async for line in lines(Parts())] == ["é🦋", "", "x"]

    run_timed(main())


def test_a_stream_is_read_once(server: Server, run_timed: Run) -> None:
    call = server.both(same)

    async def main() -> None:
        stream = call()
        assert [item async for item in stream] == [1, 1, 2, 2, 1]
        with pytest.raises(RuntimeError, match="read already"):
            [item async for item in stream]

    run_timed(main())


def test_only_what_changes_is_sent_where_that_is_asked_for(server: Server, run_timed: Run) -> None:
    call = server.both(same, dedupe=True)

    async def main() -> None:
        assert [item async for item in call()] == [1, 2, 1]

    run_timed(main())


def test_a_quiet_stream_is_kept_alive(server: Server, run_timed: Run) -> None:
    server.function(idle_stream)

    async def main() -> None:
        sent = await server.send(f"/_gossamer/{__name__}.idle_stream", {})
        body: Any = sent.reply.body
        assert [await anext(body), await anext(body)] == [b"\n", b"\n"]
        await body.aclose()

    run_timed(main())


async def idle_stream() -> AsyncIterator[int]:
    await asyncio.sleep(3600)
    yield 1


def test_events_go_on_where_they_were_cut(server: Server, run_timed: Run) -> None:
    call = server.both(resumed, transport="sse")

    async def main() -> None:
        found = []
        async for item in call():
            found.append(item)
            if item in (1, 3):
                exchange = server.network.exchanges[-1]
                await exchange._parts.aclose()
        assert found == [0, 1, 2, 3, 4, 5]

    run_timed(main())


def test_events_are_given_up_after_a_while(server: Server, run_timed: Run) -> None:
    call = server.both(resumed, transport="sse")

    async def fail() -> bytes:
        raise OSError("offline")

    async def main() -> None:
        ask = server.network.ask

        def broken(*words: Any) -> Any:
            exchange = ask(*words)
            exchange.read = fail  # type: ignore[method-assign] # the case
            return exchange

        server.network.ask = broken  # type: ignore[method-assign,assignment] # the case
        with pytest.raises(TransportError, match="did not answer"):
            await anext(call())
        assert len(server.network.exchanges) == 6

    run_timed(main())


def test_messages_go_both_ways_in_order(server: Server, run_timed: Run) -> None:
    """P21"""
    call = server.both(echo)

    async def main() -> None:
        found = [item async for item in call(given(*range(1000)), by=3)]
        assert found == [number * 3 for number in range(1000)]

    run_timed(main())


def test_a_slow_reader_holds_the_other_side_back(server: Server, run_timed: Run) -> None:
    """P21"""
    call = server.both(echo)
    sent = []

    async def counted() -> AsyncIterator[int]:
        for number in range(1000):
            sent.append(number)
            yield number

    async def main() -> None:
        stream = call(counted())
        await anext(stream)
        await asyncio.sleep(1)
        assert len(sent) < 100
        await stream.aclose()
        await asyncio.sleep(1)

    run_timed(main())
    assert log == ["closed"]


def test_one_result_of_many_messages(server: Server, run_timed: Run) -> None:
    """P21"""
    call = server.both(total)

    async def main() -> None:
        assert await call(given(1, 2, 3)) == 6

    run_timed(main())


def test_errors_keep_their_types(server: Server, run_timed: Run) -> None:
    """P21"""
    call = server.both(echo, errors=[Full])

    async def broken() -> AsyncIterator[int]:
        yield 1
        raise KeyError("mine")

    async def main() -> None:
        with pytest.raises(Full) as caught:
            [item async for item in call(given(1, -1))]
        assert caught.value.room == "blue"
        with pytest.raises(TypeError, match="cannot be sent this"):
            [item async for item in call(given("a"))]
        with pytest.raises(KeyError):
            [item async for item in call(broken())]
        with pytest.raises(TypeError):
            [item async for item in call(given(), by="x")]

    run_timed(main())


def test_the_server_ends_when_the_page_goes(server: Server, run_timed: Run) -> None:
    """P21"""
    call = server.both(idle)

    async def main() -> None:
        reading = asyncio.ensure_future(anext(call(silence())))
        await asyncio.sleep(0.1)
        reading.cancel()
        await asyncio.sleep(0.1)
        assert log == ["idle ended"]

    run_timed(main())


def test_what_is_no_message_closes_the_line(server: Server, run_timed: Run) -> None:
    """P21"""
    function = server.function(echo)

    async def talk(*messages: str) -> list[str | int]:
        line = LoopLine(server, function.path)
        await line.open()
        for message in messages:
            await line.send(message)
        found: list[str | int] = []
        while not found or not isinstance(found[-1], int):
            found.append(await line.receive())
        return found

    async def main() -> None:
        assert await talk("{") == [1007]
        assert await talk("[]") == [1007]
        assert await talk('{"a":{}}', "{") == [1007]
        assert await talk('{"a":{}}', "x" * 1_000_001) == [1009]
        assert await talk('{"a":{},"s":"old"}') == [4409]
        assert (await talk('{"a":{}}', '{"v":"x"}'))[-1] == 1000
        assert (await talk('{"a":{"by":"x"}}'))[0] == (
            '{"e":{"errors":{"by":"This is not a whole number."}}}'
        )

    run_timed(main())


def test_a_line_that_closes_says_why(server: Server, run_timed: Run) -> None:
    """P21"""
    call = server.both(echo)
    network = server.network

    class Closed(LoopLine):
        code = 4409

        async def open(self) -> None: ...

        async def send(self, text: str) -> None: ...

        async def receive(self) -> str | int:
            return self.code

    async def main() -> None:
        network.dial = lambda path, protocol: Closed(server, path)  # type: ignore[method-assign] # the case
        with pytest.raises(StaleVersionError):
            await anext(call(silence()))
        Closed.code = 1006
        with pytest.raises(TransportError, match="did not answer"):
            await anext(call(silence()))

    run_timed(main())


def test_a_socket_from_another_site_is_refused(server: Server, run_timed: Run) -> None:
    """P17"""
    call = server.both(echo)
    server.sockets.trusted = ()

    async def main() -> None:
        import tests.server_fn.loop as loop

        before = dict(loop.SAME)
        loop.SAME["Sec-Fetch-Site"] = "cross-site"
        try:
            with pytest.raises(TransportError):
                await anext(call(given(1)))
        finally:
            loop.SAME.update(before)

    run_timed(main())
    assert log == []


def test_a_socket_at_no_function_is_not_ours(server: Server, run_timed: Run) -> None:
    from gossamer.http import Request

    async def main() -> None:
        request = Request("GET", raw_path=b"/chat")
        assert not await server.sockets(request, None)  # type: ignore[arg-type] # it is not looked at

    run_timed(main())


def test_lines_that_are_no_frames_are_faults_on_the_way(server: Server, run_timed: Run) -> None:
    call = server.both(same)
    ask = server.network.ask

    async def failing(*told: Any) -> None:
        def broken(*words: Any) -> Any:
            exchange = ask(*words)
            exchange._parts = pieces(b"".join(told))
            return exchange

        server.network.ask = broken  # type: ignore[method-assign,assignment] # the case
        [item async for item in call()]

    async def main() -> None:
        with pytest.raises(TransportError, match="200"):
            await failing(b"<h1>proxy</h1>\n")
        with pytest.raises(TransportError, match="200"):
            await failing(b'{"v":"x"}\n')
        with pytest.raises(TruncatedError):
            await failing(b'[1]\n{"x":1}\n')
        server.network.ask = ask  # type: ignore[method-assign] # as it was
        server.registry._functions.clear()
        with pytest.raises(StaleVersionError):
            [item async for item in call()]

    run_timed(main())


def test_a_page_in_between_is_loaded_whole(server: Server, run_timed: Run) -> None:
    call = server.both(same)

    async def main() -> None:
        ask = server.network.ask

        def led(*words: Any) -> Any:
            exchange = ask(*words)
            begin = exchange.begin

            async def begun() -> Any:
                answer = await begin()
                answer.url = "http://shop.example/login"
                return answer

            exchange.begin = begun  # type: ignore[method-assign] # the case
            return exchange

        server.network.ask = led  # type: ignore[method-assign,assignment] # the case
        assert [item async for item in call()] == []
        assert server.network.left == ["http://shop.example/login"]

    run_timed(main())
