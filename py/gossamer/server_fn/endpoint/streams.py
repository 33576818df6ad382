"""Results that come one after the other, as a server sends them."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Any, Final

from gossamer.http import Headers, Reply
from gossamer.server_fn.endpoint.outcomes import failure_of, result_of
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.problems import Problem
from gossamer.server_fn.wire import DONE, FAILED, ITEM, NDJSON, SSE, dump

QUIET: Final = 15.0
"""Seconds without an item, after which an empty line keeps the connection alive."""

type AnyFunction = ServerFunction[..., Any]


def stream_reply(function: AnyFunction, items: AsyncGenerator[Any], last: str | None) -> Reply:
    """An answer whose body comes with the items."""
    is_sse = function.transport == "sse"
    headers = Headers.of(
        [
            ("Content-Type", SSE if is_sse else NDJSON),
            ("Cache-Control", "no-store"),
            ("X-Accel-Buffering", "no"),  # a proxy in front shall not hold lines back
        ]
    )
    number = int(last) if last and last.isdecimal() else 0
    return Reply(200, headers, _bytes(function, items, number, is_sse=is_sse))


async def _bytes(
    function: AnyFunction, items: AsyncGenerator[Any], number: int, *, is_sse: bool
) -> AsyncIterator[bytes]:
    async with aclosing(frames(function, items)) as told, aclosing(kept_alive(told)) as kept:
        async for frame in kept:
            if frame is None:
                yield b":\n\n" if is_sse else b"\n"
            elif is_sse:
                number += 1
                yield f"id: {number}\ndata: {dump(frame)}\n\n".encode()
            else:
                yield f"{dump(frame)}\n".encode()


async def frames(function: AnyFunction, items: AsyncGenerator[Any]) -> AsyncGenerator[Any]:
    """The frames of a stream: its items, then its end or what ended it."""
    is_deduped = function.options["dedupe"]
    before: Any = object()
    async with aclosing(items):
        try:
            async for item in items:
                told = result_of(function, item)
                if told.error is not None:
                    yield {FAILED: told.error}
                    return
                if is_deduped and told.value == before:
                    continue
                before = told.value
                yield {ITEM: told.value}
        except (Exception, Problem) as error:  # noqa: BLE001 - it is told, and logged where it is none of ours
            yield {FAILED: failure_of(function, error).error}
        else:
            yield {DONE: 1}


async def kept_alive(told: AsyncGenerator[Any]) -> AsyncGenerator[Any]:
    """The same, with None in between where nothing came for long."""
    coming: asyncio.Task[Any] | None = None
    try:
        while True:
            coming = coming or asyncio.create_task(_next(told))
            done, _ = await asyncio.wait((coming,), timeout=QUIET)
            if not done:
                yield None
                continue
            frame = coming.result()
            coming = None
            if frame is None:
                return
            yield frame
    finally:
        if coming is not None:
            coming.cancel()
            await asyncio.wait((coming,))


async def _next(told: AsyncGenerator[Any]) -> Any:
    return await anext(told, None)
