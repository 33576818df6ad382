"""What came of a call, as it is told: a result, a redirect, or an error."""

import logging
import secrets
from typing import Any

from gossamer.fields import FieldErrors
from gossamer.http import Headers, HttpError, Redirected, Reply
from gossamer.server_fn.codec import codec_of
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.problems import Problem
from gossamer.server_fn.wire import ERROR, ERRORS, HELD, ID, MESSAGE, OURS, REDIRECT, dump

log = logging.getLogger("gossamer.server")

type AnyFunction = ServerFunction[..., Any]


class Outcome:
    """A result, or the address of a redirect, or what is told of an error."""

    __slots__ = ("error", "headers", "redirect", "status", "value")

    def __init__(
        self,
        status: int = 200,
        *,
        value: Any = None,
        error: dict[str, Any] | None = None,
        redirect: str = "",
        headers: dict[str, str] | None = None,
    ) -> None:
        self.status = status
        self.value = value
        self.error = error
        self.redirect = redirect
        self.headers = headers or {}

    def reply(self) -> Reply:
        """As an answer to a page's own call."""
        headers = Headers.of([("Content-Type", OURS), *self.headers.items()])
        if self.redirect:
            headers.set(REDIRECT, self.redirect)
            return Reply(200, headers, b"null")
        text = dump(self.value if self.error is None else self.error)
        return Reply(self.status, headers, text.encode())


def result_of(function: AnyFunction, value: Any) -> Outcome:
    """A result, as it is sent."""
    try:
        encoded = function.signature.result.encode(value)
        dump(encoded)
    except Problem as problem:
        error = TypeError(f"{function.name} gave what it is not annotated with: {problem}")
        return failure_of(function, error)
    return Outcome(value=encoded)


def failure_of(function: AnyFunction, error: BaseException) -> Outcome:
    """What is told of something that was raised."""
    if isinstance(error, Redirected):
        return Outcome(error.status, redirect=error.location)
    if isinstance(error, HttpError):
        return Outcome(error.status, error={MESSAGE: error.what}, headers=error.headers)
    if isinstance(error, FieldErrors):
        return Outcome(422, error={ERRORS: error.errors})
    kind = function.errors.get(type(error).__name__)
    if kind is not None and type(error) is kind:
        try:
            held = codec_of(kind).encode(error)
        except Problem as problem:
            error.add_note(f"It cannot be sent as it is: {problem}")
        else:
            status = getattr(error, "status", 400)
            return Outcome(status, error={ERROR: kind.__name__, HELD: held})
    number = secrets.token_hex(4)
    log.error("%s failed [%s]", function.name, number, exc_info=error)
    return Outcome(500, error={ID: number})
