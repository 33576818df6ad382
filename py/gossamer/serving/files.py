"""Files of a build as answers: their forms, how long they keep, parts of them."""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

from gossamer.http import Headers, Reply, Request
from gossamer.serving.media import media_type

ENCODINGS: Final = {"br": ".br", "gzip": ".gz"}
HASHED: Final = re.compile(r"[.-][0-9a-f]{10}(?=[./])")
"""What the build puts into the address of a file that never changes."""
FOR_EVER: Final = "public, max-age=31536000, immutable"
CHUNK: Final = 256 * 1024

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Files:
    """A handler for the files of a folder, as they were when it was made.

    Only those are served: what is asked for is looked up as it is, and no path is put together
    from it. Names with a dot at their beginning, and links, are left out.

    Args:
        folder: what a build wrote.
        without: names that something else answers for, such as `index.html`.
        has_fallback: whether 200.html or 404.html answers for pages that are not there.
    """

    def __init__(
        self,
        folder: Path,
        *,
        without: frozenset[str] = frozenset(),
        has_fallback: bool = False,
    ) -> None:
        self._has_fallback = has_fallback
        found = {file.relative_to(folder).as_posix(): file for file in _walk(folder)}
        self._packed = {
            name: {
                encoding: found[name + suffix]
                for encoding, suffix in ENCODINGS.items()
                if name + suffix in found
            }
            for name in found
        }
        packed = {file for forms in self._packed.values() for file in forms.values()}
        self._found = {
            name: file for name, file in found.items() if file not in packed and name not in without
        }
        self._tags: dict[Path, str] = {}

    async def __call__(self, request: Request) -> Reply | None:
        """The file at the request's path; None when there is none."""
        name = name_of(request.raw_path)
        if name is None or name not in self._found:
            return await self._fallback(request) if self._has_fallback else None
        if request.method not in ("GET", "HEAD"):
            return Reply(405, Headers.of([("allow", "GET, HEAD")]))
        return await self.reply(name, request)

    async def _fallback(self, request: Request) -> Reply | None:
        """What answers for a page that is none: 200.html as it is, 404.html with that status."""
        if request.method in ("GET", "HEAD") and "text/html" in (
            request.headers.get("accept") or ""
        ):
            for name, status in (("200.html", 200), ("404.html", 404)):
                if name in self._found:
                    return await self.reply(name, request, status)
        return None

    async def reply(self, name: str, request: Request, status: int = 200) -> Reply:
        """A file in the form that the browser likes best."""
        file, forms = self._found[name], self._packed[name]
        keeps = FOR_EVER if HASHED.search(f"/{name}") else "no-cache"
        headers = Headers.of([("content-type", media_type(name)), ("cache-control", keeps)])
        if forms:
            headers.add("vary", "accept-encoding")
        asked = request.headers.get("range")
        if asked is None or not forms:
            taken = request.headers.get("accept-encoding") or ""
            encoding = next((each for each in forms if accepts(taken, each)), None)
            if encoding is not None:
                file = forms[encoding]
                headers.set("content-encoding", encoding)
        tag = await self._tag(file)
        headers.set("etag", tag)
        if status == 200 and _has_tag(request.headers.get("if-none-match"), tag):
            headers.remove("content-type")
            return Reply(304, headers)
        size = file.stat().st_size
        first, last = 0, size - 1
        if not forms and status == 200:
            headers.set("accept-ranges", "bytes")
        if asked is not None and status == 200 and request.headers.get("if-range") in (None, tag):
            part = range_of(asked, size)
            if part is not None and not part:
                headers.set("content-range", f"bytes */{size}")
                return Reply(416, headers)
            if part is not None:
                first, last = part
                status = 206
                headers.set("content-range", f"bytes {first}-{last}/{size}")
        headers.set("content-length", str(last - first + 1))
        return Reply(status, headers, read(file, first, last + 1))

    async def _tag(self, file: Path) -> str:
        """The hash of a file, the same in every worker; worked out when it is asked for first."""
        if file not in self._tags:
            data = await asyncio.to_thread(file.read_bytes)
            self._tags[file] = f'"{hashlib.blake2b(data, digest_size=10).hexdigest()}"'
        return self._tags[file]


def _walk(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.iterdir()):
        if file.name.startswith(".") or file.is_symlink():
            continue
        if file.is_dir():
            yield from _walk(file)
        elif file.is_file():
            yield file


def name_of(raw_path: bytes) -> str | None:
    """The name of a file in a folder that a path asks for; None when it can be none.

    >>> name_of(b"/assets/a%20b.css"), name_of(b"/docs/"), name_of(b"/..%2fx"), name_of(b"/%ff")
    ('assets/a b.css', 'docs/index.html', '../x', None)
    """
    with suppress(UnicodeDecodeError):
        name = unquote_to_bytes(raw_path).decode().removeprefix("/")
        return f"{name}index.html" if not name or name.endswith("/") else name
    return None


def accepts(header: str, encoding: str) -> bool:
    """Whether an Accept-Encoding takes an encoding.

    >>> accepts("gzip, br;q=0.9", "br"), accepts("br;q=0", "br"), accepts("gzip", "br")
    (True, False, False)
    """
    for part in header.split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if name.lower() == encoding:
            return weight.rstrip("0.") != "" or not weight
    return False


def _has_tag(said: str | None, tag: str) -> bool:
    tags = [part.strip().removeprefix("W/") for part in (said or "").split(",")]
    return tag in tags or "*" in tags


def range_of(said: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """The first and last byte that a Range asks for.

    Empty when there are none such; None for what is no range of bytes, or several: the whole.

    >>> range_of("bytes=2-3", 9), range_of("bytes=5-", 9), range_of("bytes=-2", 9)
    ((2, 3), (5, 8), (7, 8))
    >>> range_of("bytes=9-", 9), range_of("bytes=0-1,4-5", 9), range_of("bytes=3-2", 9)
    ((), None, None)
    """
    found = _RANGE.fullmatch(said.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        return (size - length, size - 1) if length else ()
    first = int(found[1])
    last = min(int(found[2] or size), size - 1)
    if found[2] and int(found[2]) < first:
        return None
    return (first, last) if first < size else ()


async def read(file: Path, first: int, end: int) -> AsyncIterator[bytes]:
    """A part of a file, in parts."""
    with await asyncio.to_thread(file.open, "rb") as opened:
        opened.seek(first)
        while first < end:
            chunk = await asyncio.to_thread(opened.read, min(CHUNK, end - first))
            if not chunk:
                raise OSError(f"{file} has become shorter while it was sent")
            first += len(chunk)
            yield chunk
