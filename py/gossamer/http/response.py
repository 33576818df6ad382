"""What is answered: told by the app, and as a server sends it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

from gossamer.errors import HeaderError
from gossamer.http.cookies import SameSite, write_cookie
from gossamer.http.headers import Headers

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class SealedHeaders(Headers):
    """Headers that are on their way already."""

    __slots__ = ()

    def add(self, name: str, value: str) -> None:  # noqa: ARG002 - it is too late for any
        """Refuse."""
        raise _late(f"The header {name}")

    set = add

    def remove(self, name: str) -> None:
        """Refuse."""
        raise _late(f"The header {name}")


class Response:
    """What the app says of the answer while it makes it: `response()` is the one under way.

    The server adds its headers and cookies to those of the page or of the function's result; a
    status that was set goes before theirs. Once the first part has been sent it is too late.

    >>> from gossamer.http import Response
    >>> answer = Response()
    >>> answer.status = 404
    >>> answer.set_cookie("theme", "dark", http_only=False, max_age=3600)
    >>> answer.headers.get_all("set-cookie")
    ['theme=dark; Path=/; Max-Age=3600; SameSite=Lax; Secure']

    Raises:
        HeaderError: the first part has been sent, or a header cannot be.
    """

    __slots__ = ("_is_sealed", "_status", "headers", "on_redirect", "secure")

    def __init__(self, *, secure: bool = True) -> None:
        self._status: int | None = None
        self._is_sealed = False
        self.on_redirect: Callable[[str, int], object] | None = None  # who makes a page is told
        self.secure = secure  # what cookies are that do not say so
        self.headers = Headers()

    @property
    def status(self) -> int:
        """The status; 200 until it is set."""
        return self._status or 200

    @status.setter
    def status(self, status: int) -> None:
        if self._is_sealed:
            raise _late("The status")
        self._status = status

    @property
    def is_sealed(self) -> bool:
        """Whether the status and the headers have been sent."""
        return self._is_sealed

    def set_cookie(  # noqa: PLR0913 - what a cookie can say
        self,
        name: str,
        value: str,
        *,
        http_only: bool = True,
        secure: bool | None = None,
        same_site: SameSite = "Lax",
        path: str = "/",
        max_age: int | None = None,
        expires: datetime | None = None,
        domain: str | None = None,
    ) -> None:
        """Have the browser keep a cookie.

        Args:
            name: letters, digits and marks.
            value: likewise; encode anything else.
            http_only: hidden from scripts.
            secure: sent over HTTPS only; the default, but for http://localhost.
            same_site: which requests from other sites carry it.
            path: below which it is sent.
            max_age: after how many seconds it is gone; with the browser's session otherwise.
            expires: when it is gone.
            domain: the host below which it is sent; this one only otherwise.
        """
        cookie = write_cookie(
            name,
            value,
            http_only=http_only,
            secure=self.secure if secure is None else secure,
            same_site=same_site,
            path=path,
            max_age=max_age,
            expires=expires,
            domain=domain,
        )
        self.headers.add("set-cookie", cookie)

    def delete_cookie(self, name: str, *, path: str = "/", domain: str | None = None) -> None:
        """Have the browser forget a cookie, that was set with this path and domain."""
        self.set_cookie(name, "", path=path, domain=domain, max_age=0, expires=_LONG_AGO)

    def without_status(self) -> Response:
        """The same but for its status: what has failed says another one."""
        other = Response(secure=self.secure)
        other.headers = self.headers
        return other

    def finish(self, reply: Reply) -> tuple[int, list[tuple[bytes, bytes]]]:
        """The status and headers to be sent with a reply; from here on nothing can be said."""
        own = reply.headers.raw
        said = self.headers.raw
        replaced = {name for name, _ in said} - {b"set-cookie", b"vary"}
        headers = [pair for pair in own if pair[0] not in replaced] + said
        self.headers = SealedHeaders(said)
        self._is_sealed = True
        return self._status or reply.status, headers


def _late(what: str) -> HeaderError:
    return HeaderError(
        f"{what} cannot be set any more.",
        why="The first part of the answer has been sent, and the headers stand before it.",
        fix="Set it before the first await below a Suspense, or render with the mode that waits.",
    )


class Reply:
    """An answer as a handler gives it to a server: a body in one piece, or in parts.

    >>> from gossamer.http import Reply
    >>> reply = Reply.text("Hello")
    >>> reply.status, reply.headers.items(), reply.body
    (200, [('content-type', 'text/plain; charset=utf-8')], b'Hello')
    """

    __slots__ = ("body", "headers", "status")

    def __init__(
        self,
        status: int = 200,
        headers: Headers | None = None,
        body: bytes | AsyncIterator[bytes] = b"",
    ) -> None:
        self.status = status
        self.headers = Headers() if headers is None else headers
        self.body = body

    async def parts(self) -> AsyncIterator[bytes]:
        """The body in parts."""
        if not isinstance(self.body, bytes):
            async for part in self.body:
                yield part
        elif self.body:
            yield self.body

    async def close(self) -> None:
        """End what the body comes from, whether or not it was read."""
        end = getattr(self.body, "aclose", None)
        if end is not None:
            await end()

    @classmethod
    def text(cls, text: str, status: int = 200, kind: str = "text/plain; charset=utf-8") -> Reply:
        """A text of some type."""
        return cls(status, Headers.of([("content-type", kind)]), text.encode())
