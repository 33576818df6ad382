"""Streams in both directions, as the server has them: WebSockets."""

import asyncio
from collections.abc import AsyncGenerator, Collection
from contextlib import aclosing
from typing import Any, Final

from gossamer.http import HttpError, Request, Socket, SocketClosed, check_origin
from gossamer.server_fn.endpoint.outcomes import failure_of, result_of
from gossamer.server_fn.endpoint.streams import frames
from gossamer.server_fn.endpoint.strict import read_json
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.problems import Problem
from gossamer.server_fn.registry import REGISTRY, Registry
from gossamer.server_fn.sockets import GIVEN, SIGNED, STALE
from gossamer.server_fn.wire import DONE, FAILED, ITEM, SUBPROTOCOL, dump

WAITING: Final = 32
"""How many messages wait for a function that does not take them; then the page has to wait."""

LONGEST: Final = 1_000_000
"""How many characters a message may have."""

TOO_LONG, WRONG = 1009, 1007
_END = object()

type AnyFunction = ServerFunction[..., Any]


class ServerSockets:
    """Serves the sockets of server functions: a socket handler for `gossamer.asgi.App`.

    >>> import asyncio
    >>> from gossamer.http import Request
    >>> from gossamer.server import ServerSockets
    >>> asyncio.run(ServerSockets()(Request("GET", raw_path=b"/chat"), None))
    False

    Args:
        registry: which functions; all that `@server` stands at by default.
        trusted: other origins whose pages may call.
    """

    def __init__(self, registry: Registry | None = None, *, trusted: Collection[str] = ()) -> None:
        self.registry = REGISTRY if registry is None else registry
        self.trusted = trusted

    async def __call__(self, request: Request, socket: Socket) -> bool:
        """Serve a socket until its end; False where its address is none of a function's."""
        function = self.registry.find(request.path)
        if function is None or not function.signature.incoming:
            return False
        try:
            check_origin(request, self.trusted)
        except HttpError:
            await socket.close(1008)
            return True
        await socket.accept(SUBPROTOCOL)
        try:
            code = await _serve(function, socket)
        except SocketClosed:
            return True
        await socket.close(code)
        return True


async def _serve(function: AnyFunction, socket: Socket) -> int:
    """Run a function between what comes and what goes; the code to close with."""
    signature = function.signature
    try:
        first = _read(await socket.receive())
        if first.get(SIGNED) not in (None, signature.hash):
            return STALE
        arguments = signature.decode(first.get(GIVEN, {}))
    except Problem as problem:
        await socket.send(dump({FAILED: failure_of(function, problem.as_fields()).error}))
        return 1000
    except HttpError as error:
        return TOO_LONG if error.status == 413 else WRONG
    inbox: asyncio.Queue[Any] = asyncio.Queue(WAITING)
    running = asyncio.create_task(_run(function, arguments, inbox, socket))
    listening = asyncio.create_task(_listen(function, inbox, socket))
    try:
        await asyncio.wait((running, listening), return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
            return 1000
        return listening.result()
    finally:
        for task in (running, listening):
            task.cancel()
        await asyncio.gather(running, listening, return_exceptions=True)


def _read(message: str | bytes) -> dict[str, Any]:
    if len(message) > LONGEST:
        raise HttpError(413)
    frame = read_json(message if isinstance(message, bytes) else message.encode())
    if not isinstance(frame, dict):
        raise HttpError(400)
    return frame


async def _listen(function: AnyFunction, inbox: asyncio.Queue[Any], socket: Socket) -> int:
    """Put what comes where the function takes it; ends with what has to end the function."""
    codec = function.signature.incoming_codec
    assert codec is not None  # noqa: S101 - it has a parameter for what comes in
    while True:
        message = await socket.receive()
        try:
            frame = _read(message)
            if DONE in frame:
                await inbox.put(_END)
            elif ITEM in frame:
                await inbox.put(codec.decode(frame[ITEM]))
        except Problem as problem:
            await socket.send(dump({FAILED: failure_of(function, problem.as_fields()).error}))
            return 1000
        except HttpError as error:
            return TOO_LONG if error.status == 413 else WRONG


async def _run(
    function: AnyFunction, arguments: dict[str, Any], inbox: asyncio.Queue[Any], socket: Socket
) -> None:
    """Call the function, and send what it gives."""
    async with aclosing(_messages(inbox)) as messages:
        begun = function.__wrapped__(**arguments, **{function.signature.incoming: messages})
        if function.signature.is_stream:
            async with aclosing(frames(function, begun)) as told:
                async for frame in told:
                    await socket.send(dump(frame))
            return
        try:
            outcome = result_of(function, await begun)
        except Exception as error:  # noqa: BLE001 - it is told, and logged where it is none of ours
            outcome = failure_of(function, error)
        frame = {ITEM: outcome.value} if outcome.error is None else {FAILED: outcome.error}
        await socket.send(dump(frame))
        await socket.send(dump({DONE: 1}))


async def _messages(inbox: asyncio.Queue[Any]) -> AsyncGenerator[Any]:
    while (message := await inbox.get()) is not _END:
        yield message
