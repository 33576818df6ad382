"""Answers calls of server functions."""

import asyncio
from binascii import crc32
from collections.abc import AsyncGenerator, Collection
from contextlib import AsyncExitStack, aclosing
from typing import Any

from gossamer.errors import GossamerError
from gossamer.fields import FieldErrors
from gossamer.http import (
    Headers,
    HttpError,
    Redirected,
    Reply,
    Request,
    answering,
    check_origin,
    is_answering,
    own_address,
    response,
)
from gossamer.server_fn.endpoint.arguments import Given, arguments_of, read_given
from gossamer.server_fn.endpoint.flash import Flash, keep_flash
from gossamer.server_fn.endpoint.outcomes import Outcome, failure_of, result_of
from gossamer.server_fn.endpoint.streams import stream_reply
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.registry import REGISTRY, Registry
from gossamer.server_fn.wire import (
    BACK,
    CALLER,
    FOLDER,
    FORM,
    MESSAGE,
    SIGNATURE,
    SIGNED,
    VERSION,
)

type AnyFunction = ServerFunction[..., Any]


class ServerFunctions:
    """Answers the calls of server functions: a handler, for `gossamer.asgi.App` or another server.

    >>> import asyncio
    >>> from gossamer.http import Request
    >>> from gossamer.server import ServerFunctions
    >>> handler = ServerFunctions()
    >>> asyncio.run(handler(Request("GET", raw_path=b"/about"))) is None
    True

    Args:
        registry: which functions; all that `@server` stands at by default.
        trusted: other origins whose pages may call, such as `"https://admin.shop.example"`.
    """

    def __init__(self, registry: Registry | None = None, *, trusted: Collection[str] = ()) -> None:
        self.registry = REGISTRY if registry is None else registry
        self.trusted = trusted

    @property
    def version(self) -> str:
        """Changes with the functions: an old page learns by it that it is one."""
        told = sorted(f"{one.name} {one.signature.hash}" for one in self.registry)
        return f"{crc32(' '.join(told).encode()):08x}"

    async def __call__(self, request: Request) -> Reply | None:
        """Answer a call; None where the address is none of a function's."""
        if not request.path.startswith(FOLDER):
            return None
        async with AsyncExitStack() as stack:
            if not is_answering():
                stack.enter_context(answering(request))
            try:
                return await self._answer(request)
            except HttpError as error:
                return self._refusal(error)

    def _refusal(self, error: HttpError) -> Reply:
        more = error.headers if error.status not in (404, 409) else {VERSION: self.version}
        return Outcome(error.status, error={MESSAGE: error.what}, headers=more).reply()

    async def _answer(self, request: Request) -> Reply:
        function = self.registry.find(request.path)
        if function is None or function.signature.incoming:
            raise HttpError(404, "There is no such server function.")
        methods = ("GET", "HEAD") if function.method == "GET" else ("POST",)
        if request.method not in methods:
            raise HttpError(405, headers={"Allow": ", ".join(methods)})
        check_origin(request, self.trusted)
        if request.headers.get(SIGNATURE) not in (None, function.signature.hash):
            raise HttpError(409, "The page is of another version.")
        given = await read_given(request, function)
        if function.signature.is_stream:
            return await _stream(request, function, given)
        is_enhanced = CALLER in request.headers
        try:
            signed = given.ours.get(SIGNED, function.signature.hash)
            if is_enhanced and signed != function.signature.hash:
                raise HttpError(409, "The page is of another version.")
            outcome = await _run(function, given)
        finally:
            given.close()
        if not is_enhanced and given.is_form and wants_page(request):
            return _go_back(request, function, given, outcome)
        reply = outcome.reply()
        if function.method == "GET" and outcome.error is None:
            _let_cache(reply, function)
        return reply


async def _stream(request: Request, function: AnyFunction, given: Given) -> Reply:
    try:
        arguments = await arguments_of(given, function)
    except FieldErrors as errors:
        given.close()
        return failure_of(function, errors).reply()
    last = request.headers.get("last-event-id")
    if last and "last_event_id" in function.signature.parameters:
        arguments["last_event_id"] = last
    items = _until_closed(function.__wrapped__(**arguments), given)
    return stream_reply(function, items, last)


async def _until_closed(items: AsyncGenerator[Any], given: Given) -> AsyncGenerator[Any]:
    """The items, with the files that were sent there until their end."""
    try:
        async with aclosing(items):
            async for item in items:
                yield item
    finally:
        given.close()


async def _run(function: AnyFunction, given: Given) -> Outcome:
    """Call the function, in full: what it raises is an outcome."""
    try:
        arguments = await arguments_of(given, function)
        begun = function.__wrapped__(**arguments)
        if function.options["shield"]:
            begun = asyncio.shield(asyncio.ensure_future(begun))
        return result_of(function, await begun)
    except (Exception, Redirected) as error:  # noqa: BLE001 - it is told, and logged where it is none of ours
        return failure_of(function, error)


def wants_page(request: Request) -> bool:
    """Whether the browser itself sends a form, and is to show a page after it.

    >>> wants_page(Request("POST", headers=Headers.of([("Accept", "text/html;q=0.9, */*;q=0.8")])))
    True
    """
    for said in request.headers.get_all("accept"):
        for part in said.split(","):
            kind, _, rest = part.partition(";")
            if kind.strip().lower() in ("text/html", "application/xhtml+xml"):
                return rest.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _go_back(request: Request, function: AnyFunction, given: Given, outcome: Outcome) -> Reply:
    """Send the browser to the next page: where the function says, else whence the form came."""
    location = outcome.redirect or _whence(request, given)
    status = outcome.status if outcome.redirect else 303
    if not outcome.redirect:
        texts = {
            name: [each for each in values if isinstance(each, str)]
            for name, values in given.entries.items()
        }
        flash = Flash(
            function.path,
            given.ours.get(FORM, ""),
            value=outcome.value,
            error=outcome.error,
            status=outcome.status,
            input=texts,
        )
        keep_flash(request, flash)
    return Reply(status, Headers.of([("Location", location)]))


def _whence(request: Request, given: Given) -> str:
    try:
        return own_address(given.ours.get(BACK) or "/", base=request.root_path)
    except GossamerError:
        return own_address("/", base=request.root_path)


def _let_cache(reply: Reply, function: AnyFunction) -> None:
    """Say how long a result may be kept, and by whom."""
    age = function.options["max_age"]
    said = "no-store" if age is None else f"private, max-age={int(age)}"
    if "cache-control" not in response().headers:
        reply.headers.set("Cache-Control", said)
    reply.headers.set("Vary", f"Accept, {CALLER}, Cookie")
