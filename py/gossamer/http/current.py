"""The request that is being answered, for whoever runs in its context."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Never

from gossamer.errors import NoRequestError
from gossamer.http.request import Request
from gossamer.http.response import Response
from gossamer.http.urls import own_address

_REQUEST: Final = ContextVar[Request]("gossamer.request")
_RESPONSE: Final = ContextVar[Response]("gossamer.response")


def request() -> Request:
    """The request that is being answered, in a page or a server function.

    Tasks and threads that are begun there (`asyncio.to_thread`) have it as well.

    >>> from gossamer.http import Headers, Request, answering, request
    >>> with answering(Request("GET", headers=Headers.of([("Cookie", "user=ada")]))):
    ...     request().cookies["user"]
    'ada'

    Raises:
        NoRequestError: nothing is being answered here.
    """
    try:
        return _REQUEST.get()
    except LookupError:
        raise _missing("request") from None


def response() -> Response:
    """The answer that is being made: its status, headers and cookies.

    >>> from gossamer.http import Request, answering, response
    >>> with answering(Request("GET")) as answer:
    ...     response().status = 404
    >>> answer.status
    404

    Raises:
        NoRequestError: nothing is being answered here.
    """
    try:
        return _RESPONSE.get()
    except LookupError:
        raise _missing("response") from None


def _missing(what: str) -> NoRequestError:
    return NoRequestError(
        f"There is no {what} here.",
        why=f"{what}() is the one that is being answered, and nothing is being answered.",
        fix="Call it in a component while a page is rendered, or in a server function.",
    )


def is_answering() -> bool:
    """Whether this runs for a request."""
    return _REQUEST.get(None) is not None


def begin_answer(request: Request, response: Response) -> None:
    """Make a request the current one for the rest of a context that is its own."""
    _REQUEST.set(request)
    _RESPONSE.set(response)


@contextmanager
def answering(request: Request, response: Response | None = None) -> Iterator[Response]:
    """Make a request the current one for a while, as in a test.

    >>> from gossamer.http import Request, answering, request
    >>> with answering(Request("POST")):
    ...     request().method
    'POST'
    """
    answer = Response() if response is None else response
    tokens = _REQUEST.set(request), _RESPONSE.set(answer)
    try:
        yield answer
    finally:
        _REQUEST.reset(tokens[0])
        _RESPONSE.reset(tokens[1])


class Redirected(Exception):  # noqa: N818 - it is no error
    """Ends a page or a server function: the visitor is to go somewhere else.

    `location` is the address with the path that the app is mounted at, in ASCII.
    """

    def __init__(self, location: str, status: int) -> None:
        super().__init__(location)
        self.location = location
        self.status = status


def redirect(url: str, status: int = 303, *, external: bool = False) -> Never:
    """Send the visitor to another address; nothing after it runs.

    >>> from gossamer.http import redirect
    >>> redirect("/login?next=/cart")
    Traceback (most recent call last):
        ...
    gossamer.http.current.Redirected: /login?next=/cart

    Args:
        url: an address of this site; a path is taken from where the app is mounted.
        status: 303 asks for it with GET; 307 and 308 send the same once more; 301 and 308 are
            remembered by browsers.
        external: it may be on another site. Give it for addresses of your own making only.

    Raises:
        Redirected: always.
        RedirectError: the address leads to another site, or would be read differently by
            different browsers.
    """
    current = _REQUEST.get(None)
    base, origin = (current.root_path, current.origin) if current else ("", "")
    sent = Redirected(own_address(url, base=base, origin=origin, external=external), status)
    answer = _RESPONSE.get(None)
    if answer is not None and answer.on_redirect is not None:
        answer.on_redirect(sent.location, status)
    raise sent
