"""Pages: a view for an address, with its status, in parts."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from pathlib import Path

from gossamer.http import Headers, HttpError, Redirected, Reply, Request, own_address
from gossamer.serving.security import make_nonce, write_policy
from gossamer.ssr import HeadText, render_to_stream


class Pages:
    """A handler that renders a view for each address."""

    def __init__(
        self,
        view: object,
        folder: Path | None,
        *,
        timeout: float,
        slashes: str,
        policy: Mapping[str, str],
    ) -> None:
        self._view = view
        self._timeout = timeout
        self._slashes = slashes
        self._policy = policy

    async def __call__(self, request: Request) -> Reply:
        """The page at the request's path."""
        if request.method not in ("GET", "HEAD"):
            raise HttpError(405, headers={"Allow": "GET, HEAD"})
        path = request.raw_path.decode("latin-1")
        canonical = canonical_path(path, self._slashes)
        if canonical != path:
            search = f"?{request.query}" if request.query else ""
            raise Redirected(own_address(canonical, base=request.root_path) + search, 308)
        nonce = make_nonce()
        head = HeadText()
        parts = render_to_stream(self._view, timeout=self._timeout, head=head, url=request.address)
        first = await anext(parts, "")
        headers = Headers.of(
            [
                ("content-type", "text/html; charset=utf-8"),
                ("cache-control", "private, no-cache"),
                ("content-security-policy", write_policy(self._policy, nonce)),
            ]
        )
        return Reply(200, headers, _Body(first, parts, head))


class _Body:
    """A page in parts, the first of which has been made already."""

    def __init__(self, first: str, parts: AsyncGenerator[str], head: HeadText) -> None:
        self._parts = parts
        self._pending = [
            f"<!doctype html><html{head.attributes('html')}><head><meta charset=utf-8>{head}</head>"
            f"<body{head.attributes('body')}>{first}"
        ]
        self._is_done = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        if self._pending:
            return self._pending.pop().encode()
        part = await anext(self._parts, None)
        if part is not None:
            return part.encode()
        if self._is_done:
            raise StopAsyncIteration
        self._is_done = True
        return b"</body></html>"

    async def aclose(self) -> None:
        await self._parts.aclose()


def canonical_path(path: str, slashes: str) -> str:
    """The one path of those with and without a slash at the end; others stay as they are.

    >>> canonical_path("/x/", "never"), canonical_path("/x", "always")
    ('/x', '/x/')
    >>> canonical_path("/", "never"), canonical_path("/a.txt", "always")
    ('/', '/a.txt')
    """
    inner = path.strip("/")
    if not inner or slashes == "ignore":
        return path
    if slashes == "never":
        return f"/{inner}" if path.endswith("/") else path
    has_dot = "." in inner.rpartition("/")[2]
    return path if path.endswith("/") or has_dot else f"/{inner}/"
