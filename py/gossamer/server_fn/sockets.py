"""Streams in both directions, as the page sees them: a socket."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any

from gossamer.errors import StaleVersionError, TransportError
from gossamer.server_fn.client import AnyFunction, decode_value, encode_arguments, error_from
from gossamer.server_fn.network import Line, Network
from gossamer.server_fn.problems import Problem
from gossamer.server_fn.streams import Stream
from gossamer.server_fn.wire import (
    DONE,
    FAILED,
    ITEM,
    SUBPROTOCOL,
    dump,
)

GIVEN, SIGNED = "a", "s"
"""The first message: the arguments, and the hash of the signature."""

STALE = 4409
"""How a line is closed to a page of another version."""


def converse(function: AnyFunction, given: dict[str, Any], network: Network) -> object:
    """Send items and get some: an async iterator, or an awaitable where there is one result."""
    messages = given.pop(function.signature.incoming)
    talk = _items(function, given, messages, network)
    return Stream(talk, function.name) if function.signature.is_stream else _only(talk)


async def _only(talk: AsyncGenerator[Any]) -> Any:
    try:
        async for item in talk:
            return item
    finally:
        await talk.aclose()
    return None


async def _items(
    function: AnyFunction, given: dict[str, Any], messages: AsyncIterator[Any], network: Network
) -> AsyncGenerator[Any]:
    from asyncio import create_task  # noqa: PLC0415 - dear where no loop runs

    first = {GIVEN: encode_arguments(function, given), SIGNED: function.signature.hash}
    line = network.dial(function.path, SUBPROTOCOL)
    failed: list[Exception] = []
    sending = None
    try:
        await _open(line)
        await line.send(dump(first))
        sending = create_task(_send(function, messages, line, failed))
        while True:
            frame = _read(function, await line.receive(), failed)
            if ITEM in frame:
                yield decode_value(function.signature.result, frame[ITEM])
            elif FAILED in frame:
                raise error_from(function, 500, frame[FAILED])
            elif DONE in frame:
                return
    finally:
        if sending is not None:
            sending.cancel()
        line.close()


async def _open(line: Line) -> None:
    try:
        await line.open()
    except Exception as error:
        raise TransportError(0, "The server did not take the connection.") from error


def _read(function: AnyFunction, got: str | int, failed: list[Exception]) -> dict[str, Any]:
    if isinstance(got, str):
        frame = json.loads(got)
        return frame if isinstance(frame, dict) else {}
    if failed:
        raise failed[0]
    if got == STALE:
        raise StaleVersionError(409, function.name)
    raise TransportError(0, f"The line was closed, with {got}.")


async def _send(
    function: AnyFunction, messages: AsyncIterator[Any], line: Line, failed: list[Exception]
) -> None:
    """Send what the page has to say; what it raises is raised where the answers are read."""
    codec = function.signature.incoming_codec
    assert codec is not None  # noqa: S101 - there is a parameter for what comes in
    try:
        async for message in messages:
            await line.send(dump({ITEM: codec.encode(message)}))
        await line.send(dump({DONE: 1}))
    except Problem as problem:
        failed.append(TypeError(f"{function.__qualname__}() cannot be sent this: {problem}"))
        line.close()
    except Exception as error:  # noqa: BLE001 - it is raised to who reads
        failed.append(error)
        line.close()
