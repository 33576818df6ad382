"""One request, as a server hands it on."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from gossamer.http.cookies import read_cookies
from gossamer.http.headers import Headers
from gossamer.http.status import HttpError

MAX_BODY: Final = 1_000_000
"""How many bytes a body may have where nothing else is said."""

type Chunks = Callable[[], AsyncIterator[bytes]]
"""Begins to read a body: it is asked for once, when somebody wants the body."""


async def no_chunks() -> AsyncIterator[bytes]:
    """A body that there is none of."""
    none: tuple[bytes, ...] = ()
    for chunk in none:
        yield chunk


class Request:
    """One request: what was asked for, by whom, with which body.

    `raw_path` is the path below where the app is mounted, still percent-coded; `root_path` is
    where it is mounted, without a slash at its end. `state` is what others have put beside the
    request: middleware, a lifespan. `scope` is the request as the server has it: ASGI's scope, or
    WSGI's environ. `origin` is scheme, host and port: as configured, else as the request says.

    >>> from gossamer.http import Headers, Request
    >>> request = Request(
    ...     "GET", raw_path=b"/a%2Fb", query="q=1", headers=Headers.of([("Host", "shop.example")])
    ... )
    >>> request.path, request.url, request.address
    ('/a/b', 'http://shop.example/a%2Fb?q=1', '/a%2Fb?q=1')
    """

    def __init__(  # noqa: PLR0913 - what a server knows of a request
        self,
        method: str,
        *,
        raw_path: bytes = b"/",
        query: str = "",
        scheme: str = "http",
        root_path: str = "",
        headers: Headers | None = None,
        client: tuple[str, int] | None = None,
        http_version: str = "1.1",
        origin: str = "",
        chunks: Chunks = no_chunks,
        max_body: int = MAX_BODY,
        state: dict[str, Any] | None = None,
        scope: Mapping[str, Any] | None = None,
    ) -> None:
        self.method = method
        self.raw_path = raw_path
        self.query = query
        self.scheme = scheme
        self.root_path = root_path
        self.headers = Headers() if headers is None else headers
        self.client = client
        self.http_version = http_version
        self.origin = origin or f"{scheme}://{self.headers.get('host') or ''}".lower()
        self.max_body = max_body
        self.state: dict[str, Any] = {} if state is None else state
        self.scope: Mapping[str, Any] = {} if scope is None else scope
        self._chunks = chunks
        self._body: bytes | None = None
        self._is_read = False
        self._cookies: dict[str, str] | None = None

    @property
    def path(self) -> str:
        """The path below the mount, decoded; the router works with `raw_path`."""
        return unquote(self.raw_path.decode("latin-1"))

    @property
    def address(self) -> str:
        """The path below the mount and the query, as they were sent."""
        return self.raw_path.decode("latin-1") + (f"?{self.query}" if self.query else "")

    @property
    def url(self) -> str:
        """The whole address, with the origin and the mount."""
        return self.origin + self.root_path + self.address

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies by name."""
        if self._cookies is None:
            self._cookies = read_cookies(self.headers.get_all("cookie"))
        return self._cookies

    @property
    def page_url(self) -> str | None:
        """The path, query and hash of the page that calls a server function; None if unknown.

        What says another origin is not believed.
        """
        said = self.headers.get("x-gossamer-url")
        if said is None:
            return None
        try:
            parts = urlsplit(said)
        except ValueError:
            return None
        if parts.netloc and f"{parts.scheme}://{parts.netloc}".lower() != self.origin:
            return None
        return parts._replace(scheme="", netloc="").geturl()

    def content_length(self) -> int | None:
        """How long the body says that it is; None when it does not say so.

        Raises:
            HttpError: 400, what it says is no number.
        """
        said = self.headers.get("content-length")
        if said is None:
            return None
        if not (said.isascii() and said.isdigit()):
            raise HttpError(400, "The Content-Length is no number.")
        return int(said)

    async def stream(self, limit: int | None = None) -> AsyncIterator[bytes]:
        """The body in parts, as it comes; it can be read once.

        Args:
            limit: how many bytes it may have; else `max_body`.

        Raises:
            HttpError: 413, it is longer than that.
        """
        most = self.max_body if limit is None else limit
        if (self.content_length() or 0) > most:
            raise HttpError(413)
        if self._is_read:
            raise RuntimeError("the body was read already")
        self._is_read = True
        length = 0
        async for chunk in self._chunks():
            length += len(chunk)
            if length > most:
                raise HttpError(413)
            yield chunk

    async def body(self, limit: int | None = None) -> bytes:
        """The whole body, read once and kept.

        Args:
            limit: how many bytes it may have; else `max_body`.

        Raises:
            HttpError: 413, it is longer than that.
        """
        if self._body is None:
            self._body = b"".join([chunk async for chunk in self.stream(limit)])
        return self._body
