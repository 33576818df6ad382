"""A call, from the page: what is sent, and what its answer means."""

import json
from collections.abc import Awaitable, Mapping
from typing import Any

from gossamer.errors import ServerError, StaleVersionError, TransportError
from gossamer.fields import FieldErrors
from gossamer.host import Answer
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.kinds import Codec
from gossamer.server_fn.network import Body, Exchange, Network
from gossamer.server_fn.problems import Problem
from gossamer.server_fn.wire import (
    ARGUMENTS,
    CALLER,
    ERROR,
    ERRORS,
    HELD,
    ID,
    MESSAGE,
    OURS,
    SIGNATURE,
    dump,
    error_in,
)

type AnyFunction = ServerFunction[..., Any]


def call(function: AnyFunction, given: dict[str, Any], network: Network) -> object:
    """Call a function on the server: an awaitable, or an async iterator where it is a stream."""
    if function.signature.incoming:
        from gossamer.server_fn.sockets import converse  # noqa: PLC0415 - for who has a socket

        return converse(function, given, network)
    if function.signature.is_stream:
        from gossamer.server_fn.streams import Stream, items  # noqa: PLC0415 - for who has a stream

        return Stream(items(function, given, network), function.name)
    return _once(function, given, network)


async def _once(function: AnyFunction, given: dict[str, Any], network: Network) -> Any:
    exchange = send(function, given, network)
    try:
        answer = await within(function, _whole(exchange))
    except BaseException:
        exchange.abort()
        raise
    return read_answer(function, answer, network)


async def _whole(exchange: Exchange) -> Answer:
    answer = await begin(exchange)
    answer.text = await exchange.text()
    return answer


async def begin(exchange: Exchange) -> Answer:
    """Wait for the beginning of an answer.

    Raises:
        TransportError: there is none.
    """
    try:
        return await exchange.begin()
    except Exception as error:
        raise TransportError(0, str(error)) from error


async def within(function: AnyFunction, awaitable: Awaitable[Answer]) -> Answer:
    """Wait as long as the function allows.

    Raises:
        TransportError: it took longer.
    """
    seconds = function.options["timeout"]
    if seconds is None:
        return await awaitable
    import asyncio  # noqa: PLC0415 - dear where no loop runs

    try:
        async with asyncio.timeout(seconds):
            return await awaitable
    except TimeoutError as error:
        raise TransportError(0, f"There was no answer within {seconds} seconds.") from error


def headers_for(function: AnyFunction) -> dict[str, str]:
    """What goes along with every call of a function."""
    return {"Accept": OURS, CALLER: "1", SIGNATURE: function.signature.hash}


def send(
    function: AnyFunction,
    given: dict[str, Any],
    network: Network,
    more: Mapping[str, str] | None = None,
) -> Exchange:
    """Send a call.

    Raises:
        TypeError: an argument is of another type than its parameter.
    """
    encoded = encode_arguments(function, given)
    headers = headers_for(function) | dict(more or {})
    if function.method == "GET":
        return network.ask("GET", function.path, headers, query_for(encoded))
    body: Body
    files = {
        name: encoded.pop(name)
        for name, one in function.signature.parameters.items()
        if name in encoded and one.is_upload
    }
    if files:
        body = [(ARGUMENTS, dump(encoded))]
        for name, value in files.items():
            body += [(name, each) for each in (value if isinstance(value, list) else [value])]
    else:
        headers["Content-Type"] = OURS
        body = dump(encoded)
    return network.ask("POST", function.path, headers, (), body)


def encode_arguments(function: AnyFunction, given: dict[str, Any]) -> dict[str, Any]:
    """Arguments as they are sent.

    Raises:
        TypeError: an argument is of another type than its parameter.
    """
    try:
        return function.signature.encode(given)
    except Problem as problem:
        error = TypeError(f"{function.__qualname__}() cannot be called like this: {problem}")
        raise error from problem


def query_for(encoded: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Arguments as a query: readable where they are texts and numbers, else as JSON.

    >>> query_for({"page": 2, "q": "tea"}), query_for({"ids": [1, 2]})
    ([('page', '2'), ('q', 'tea')], [('_gs_args', '{"ids":[1,2]}')])
    """
    if all(type(value) in (str, int) and value != "" for value in encoded.values()):
        return [(name, str(encoded[name])) for name in sorted(encoded)]
    return [(ARGUMENTS, dump({name: encoded[name] for name in sorted(encoded)}))]


def read_answer(function: AnyFunction, answer: Answer, network: Network) -> Any:
    """What an answer means: the result, or the visitor is led elsewhere and it is None.

    Raises:
        Exception: what the function has raised, or what went wrong on the way.
    """
    if answer.url:  # something on the way has answered with a page
        network.leave(answer.url)
        return None
    is_ours = answer.kind.startswith(OURS)
    if 200 <= answer.status < 300 and answer.redirect:
        network.go(answer.redirect)
        return None
    if 200 <= answer.status < 300 and (is_ours or not answer.text):
        return decode(function.signature.result, answer.text or "null")
    raise failure(function, answer)


def failure(function: AnyFunction, answer: Answer) -> Exception:
    """What went wrong, by an answer that is no result."""
    if answer.version and answer.status in (404, 409):
        return StaleVersionError(answer.status, function.name)
    if answer.kind.startswith(OURS) and answer.status >= 400:
        return error_from(function, answer.status, error_in(answer.text))
    return TransportError(answer.status, answer.text[:200])


def error_from(function: AnyFunction, status: int, told: dict[str, Any]) -> Exception:
    """The error that a server tells of."""
    kind = function.errors.get(str(told.get(ERROR)))
    if kind is not None:
        from gossamer.server_fn.codec import codec_of  # noqa: PLC0415 - for who has errors

        error: Exception = decode_value(codec_of(kind), told.get(HELD))
        return error
    if isinstance(told.get(ERRORS), dict):
        return FieldErrors(told[ERRORS])
    if told.get(ID) is not None:
        return ServerError(str(told[ID]), status)
    return TransportError(status, str(told.get(MESSAGE, "")))


def decode(codec: Codec, text: str) -> Any:
    """A value out of JSON that the server has sent.

    Raises:
        TransportError: it is no JSON, or of another type.
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise TransportError(200, f"It is no JSON: {error}.") from error
    return decode_value(codec, value)


def decode_value(codec: Codec, value: Any) -> Any:
    """A value that the server has sent.

    Raises:
        TransportError: it is of another type.
    """
    try:
        return codec.decode(value)
    except Problem as problem:
        raise TransportError(200, f"It is not what was asked for: {problem}") from problem
