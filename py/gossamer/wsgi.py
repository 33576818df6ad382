"""An app as a WSGI application, for Flask, Django and their servers."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextvars import copy_context
from typing import Any, Final, Protocol

from gossamer.http import Headers, Reply, Request
from gossamer.http.status import words_of
from gossamer.serving import Site, coded

type Environ = dict[str, Any]
CHUNK: Final = 64 * 1024


class StartResponse(Protocol):
    """What a WSGI server wants the status and the headers told by."""

    def __call__(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /
    ) -> object:
        """Take them."""


class App(Site):
    """A view as a WSGI application: serve it alone, or mount it in Flask.

    Each answer has an event loop of its own, which runs while the server waits for the next part.
    WSGI knows no WebSockets.

    >>> from gossamer import component
    >>> from gossamer.wsgi import App
    >>> @component
    ... def Shop():
    ...     return t"<h1>Tea</h1>"
    >>> app = App(Shop)
    """

    def __call__(self, environ: Environ, start_response: StartResponse) -> Answer:
        """Answer what a server hands in."""
        request = _make_request(self, environ)
        answer = Answer(self, request)
        status, headers = answer.begin()
        start_response(f"{status} {words_of(status)}", headers)
        return answer


class Answer:
    """One answer: an iterator of its parts, which a server closes."""

    def __init__(self, site: Site, request: Request) -> None:
        self._site = site
        self._request = request
        self._runner = asyncio.Runner()
        self._context = copy_context()
        self._reply = Reply()
        self._parts = self._reply.parts()

    def begin(self) -> tuple[int, list[tuple[str, str]]]:
        """The status and the headers."""
        try:
            return self._run(self._begin())
        except BaseException:
            self._runner.close()
            raise

    async def _begin(self) -> tuple[int, list[tuple[str, str]]]:
        status, headers, self._reply = await self._site.answer(self._request)
        if self._request.method != "HEAD":
            self._parts = self._reply.parts()
        return status, [(name.decode("latin-1"), text.decode("latin-1")) for name, text in headers]

    def _run[T](self, step: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(step, context=self._context)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        part = self._run(self._next())
        if part is None:
            raise StopIteration
        return part

    async def _next(self) -> bytes | None:
        return await anext(self._parts, None)

    def close(self) -> None:
        """End what is under way."""
        try:
            self._run(self._reply.close())
        finally:
            self._runner.close()


def _make_request(site: Site, environ: Environ) -> Request:
    script = environ.get("SCRIPT_NAME", "").encode("latin-1").decode("utf-8", "replace")
    path = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if path is None:
        info: str = environ.get("PATH_INFO", "")
        path = coded(info.encode("latin-1"))
    if "://" in path.partition("?")[0]:
        path = "/" + path.partition("://")[2].partition("/")[2]
    root_path, below = site.place_of(path.partition("?")[0] or "/", script)
    headers = [
        (name.removeprefix("HTTP_").replace("_", "-").encode("latin-1"), value.encode("latin-1"))
        for name, value in environ.items()
        if name.startswith("HTTP_") or (name in ("CONTENT_TYPE", "CONTENT_LENGTH") and value)
    ]
    client = environ.get("REMOTE_ADDR")
    return Request(
        environ["REQUEST_METHOD"],
        raw_path=below.encode("latin-1"),
        query=environ.get("QUERY_STRING", ""),
        scheme=environ["wsgi.url_scheme"],
        root_path=root_path,
        headers=Headers(headers),
        client=(client, int(environ.get("REMOTE_PORT") or 0)) if client else None,
        http_version=environ.get("SERVER_PROTOCOL", "HTTP/1.1").partition("/")[2],
        origin=site.origin,
        chunks=lambda: _chunks(environ),
        max_body=site.max_body,
        scope=environ,
    )


async def _chunks(environ: Environ) -> AsyncIterator[bytes]:
    """The body, as far as it is said to be long; servers that take it in chunks end it."""
    said = environ.get("CONTENT_LENGTH")
    if not said and not environ.get("wsgi.input_terminated"):
        return
    left = int(said) if said else None
    while left != 0:
        chunk = environ["wsgi.input"].read(CHUNK if left is None else min(CHUNK, left))
        if not chunk:
            return
        if left is not None:
            left -= len(chunk)
        yield chunk
