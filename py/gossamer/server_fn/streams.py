"""Results that come one after the other, as the page reads them."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any

from gossamer.errors import TransportError, TruncatedError
from gossamer.server_fn.client import AnyFunction, begin, decode_value, error_from, failure, send
from gossamer.server_fn.network import Exchange, Network
from gossamer.server_fn.wire import DONE, FAILED, ITEM, NDJSON, SSE

_PATIENCE = 5
"""How often a stream of events is asked for again without a single item."""


class Stream:
    """What a server function gives that yields: iterate over it once, with `async for`.

    `aclose()` ends it, and so does the end of the task that reads it: the server then stops too.
    """

    __slots__ = ("_is_taken", "_items", "_name")

    def __init__(self, items: AsyncGenerator[Any], name: str) -> None:
        self._items = items
        self._name = name
        self._is_taken = False

    def __aiter__(self) -> AsyncIterator[Any]:
        if self._is_taken:
            raise RuntimeError(f"The stream of {self._name} is read already: call it once more.")
        self._is_taken = True
        return self._items

    def __anext__(self) -> Any:
        self._is_taken = True
        return anext(self._items)

    async def aclose(self) -> None:
        """End it."""
        await self._items.aclose()


async def items(
    function: AnyFunction, given: dict[str, Any], network: Network
) -> AsyncGenerator[Any]:
    """The items of a stream, as they come.

    One that goes as events is asked for again where it was cut, after the last item that came.
    """
    if function.transport != "sse":
        async with aclosing(_once(function, given, network, "")) as told:
            async for _, item in told:
                yield item
        return
    from asyncio import sleep  # noqa: PLC0415 - dear where no loop runs

    last, failed = "", 0
    while True:
        try:
            async with aclosing(_once(function, given, network, last)) as told:
                async for number, item in told:
                    last, failed = number, 0
                    yield item
        except TransportError as error:
            failed += 1
            if error.status or failed > _PATIENCE:
                raise
            await sleep(failed)
        else:
            return


async def _once(
    function: AnyFunction, given: dict[str, Any], network: Network, last: str
) -> AsyncGenerator[tuple[str, Any]]:
    accepted = SSE if function.transport == "sse" else NDJSON
    more = {"Accept": accepted} | ({"Last-Event-ID": last} if last else {})
    exchange = send(function, given, network, more)
    try:
        answer = await begin(exchange)
        if answer.url:
            network.leave(answer.url)
            return
        if not answer.kind.startswith(accepted):
            answer.text = await exchange.text()
            raise failure(function, answer)
        async for number, frame in frames(exchange, is_sse=function.transport == "sse"):
            if ITEM in frame:
                yield number, decode_value(function.signature.result, frame[ITEM])
            elif FAILED in frame:
                raise error_from(function, 500, frame[FAILED])
            elif DONE in frame:
                return
        raise TruncatedError(function.name)
    finally:
        exchange.abort()


async def frames(exchange: Exchange, *, is_sse: bool) -> AsyncGenerator[tuple[str, dict[str, Any]]]:
    """The frames in a body, each with its number; empty lines keep a stream alive."""
    number = ""
    async for line in lines(exchange):
        if is_sse:
            name, _, text = line.partition(": ")
            if name == "id":
                number = text
            if name != "data":
                continue
        elif not line:
            continue
        else:
            text = line
        try:
            frame = json.loads(text)
        except ValueError as error:
            raise TransportError(200, f"A line of it is no JSON: {error}.") from error
        if isinstance(frame, dict):
            yield number, frame


async def lines(exchange: Exchange) -> AsyncGenerator[str]:
    """The lines of a body that comes in parts, cut at any byte; the last one only if it ends."""
    held = b""
    while True:
        try:
            part = await exchange.read()
        except Exception as error:
            raise TransportError(0, str(error)) from error
        if not part:
            return
        *whole, held = (held + part).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace").rstrip("\r")
