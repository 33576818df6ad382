"""Pages: a view for an address, with its status, in parts."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Final

from gossamer.http import Headers, HttpError, Redirected, Reply, Request, own_address, response
from gossamer.serving.security import make_nonce, write_policy
from gossamer.ssr import Document, Shell
from gossamer.ssr.shell import EMPTY

PYTHON: Final = re.compile(r"""<script\b[^>]*\stype=["']?py\b""", re.IGNORECASE)
"""What says that Python will take the page over."""

SCRIPT: Final = re.compile(r"(.*/)?stream(\.[0-9a-f]{10})?\.js")
"""What puts late parts in their places, as a build names it."""
NEEDING_SCRIPT: Final = ("ooo", "partial")


class Pages:
    """A handler that renders a view for each address."""

    def __init__(
        self,
        view: object,
        folder: Path | None,
        *,
        mode: str,
        timeout: float,
        slashes: str,
        policy: Mapping[str, str],
    ) -> None:
        self._view = view
        html = html_in(folder) if _html is None else _html
        self._shell = Shell(html)
        self._is_alive = PYTHON.search(html) is not None
        self._script = script_in(folder)
        self._mode = mode if self._script or mode not in NEEDING_SCRIPT else "in_order"
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
        document = Document(
            self._view,
            url=request.root_path + request.address,
            mode=self._mode,
            shell=self._shell,
            nonce=nonce,
            stream_script=f"{request.root_path}/{self._script}",
            timeout=self._timeout,
            hydratable=self._is_alive,
        )
        said = document.reply
        response().on_redirect = lambda to, status: said.redirect(to, status, external=True)
        await document.__aenter__()
        if said.location is not None:
            await document.__aexit__(None, None, None)
            to = own_address(said.location, base=request.root_path, external=True)
            raise Redirected(to, said.status)
        headers = Headers.of(
            [
                ("content-type", "text/html; charset=utf-8"),
                ("cache-control", "private, no-cache"),  # it has a nonce, and is one visitor's
                ("content-security-policy", write_policy(self._policy, nonce)),
                *said.headers,
            ]
        )
        return Reply(said.status, headers, _Body(document))


class _Body:
    """The parts of a page; whoever has it ends the page by closing it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts = aiter(document)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        return (await anext(self._parts)).encode(errors="replace")

    async def aclose(self) -> None:
        """Cancel what is under way, and run the cleanups."""
        await self._document.__aexit__(None, None, None)


_html: str | None = None


def set_html(html: str) -> None:
    """Put all pages that are made from now on into this HTML, whatever their folder has."""
    global _html
    _html = html


def html_in(folder: Path | None) -> str:
    """The HTML around the app: what a build wrote for any address, else the plainest."""
    for name in ("200.html", "index.html"):
        if folder is not None and (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    return EMPTY


def script_in(folder: Path | None) -> str:
    """Where a build has `stream.js`; empty where there is none, and parts have to come in order."""
    files = [] if folder is None else folder.rglob("stream*.js")
    names = sorted(file.relative_to(folder).as_posix() for file in files if folder is not None)
    return next((name for name in names if SCRIPT.fullmatch(name)), "")


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
