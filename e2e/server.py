"""A static server that can misbehave, one path at a time."""

import mimetypes
import posixpath
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".mjs": "text/javascript",
    ".py": "text/x-python",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
}
NOT_WASM = b"<!doctype html><title>Log in</title><h1>Log in to the network</h1>"


class Site:
    """A folder on the web, with pages of a test's own beside it.

    `put` adds a file that exists in memory only, `headers` go with every answer, `faults` says
    which path (without the leading slash) goes wrong and how: a name of `FAULTS`; `is_down` tears
    every connection.
    """

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self.folder = folder
        self.prefix = prefix
        self.headers: dict[str, str] = {}
        self.faults: dict[str, str] = {}
        self.requests: list[str] = []
        self.is_down = False
        self.released = threading.Event()
        self._files: dict[str, bytes] = {}
        self._server = _Server(self)
        self.url = f"http://127.0.0.1:{self._server.server_port}/{prefix}"

    def put(self, path: str, content: str | bytes) -> str:
        """Serve this content at a path; the URL of it."""
        self._files[path] = content.encode() if isinstance(content, str) else content
        return self.url + path

    def read(self, path: str) -> bytes | None:
        """What stands at a path, None when nothing does."""
        if not path or path.endswith("/"):
            path += "index.html"
        if path in self._files:
            return self._files[path]
        file = (self.folder / path).resolve()
        inside = file.is_relative_to(self.folder.resolve()) and file.is_file()
        return file.read_bytes() if inside else None

    def release(self) -> None:
        """Let what is slow or hangs go on."""
        self.released.set()

    def clear(self) -> None:
        """Forget everything that one test has set."""
        for held in (self.headers, self.faults, self.requests, self._files):
            held.clear()
        self.is_down = False
        self.released.set()
        self.released = threading.Event()

    @contextmanager
    def running(self) -> Iterator[Site]:
        """Serve while the block runs."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.released.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        path = unquote(urlsplit(self.path).path).lstrip("/")
        site.requests.append(path)
        if site.is_down:
            return self.reset()
        if not path.startswith(site.prefix):
            return self.answer(404, b"")
        path = posixpath.normpath(path.removeprefix(site.prefix) or ".") + "/" * path.endswith("/")
        path = path.removeprefix("./").removeprefix(".")
        if path == "favicon.ico":
            return self.answer(200, b"", "image/x-icon")
        body = site.read(path)
        fault = site.faults.get(path)
        if fault:
            return FAULTS[fault](self, body or b"", _type_of(path))
        if body is None:
            return self.answer(404, b"not here")
        return self.answer(200, body, _type_of(path or "index.html"))

    def answer(self, status: int, body: bytes, kind: str = "text/plain") -> None:
        """A whole answer."""
        self.begin(status, len(body), kind)
        self.wfile.write(body)

    def begin(self, status: int, length: int, kind: str) -> None:
        """The head of an answer."""
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(length))
        for name, value in {"cache-control": "no-cache", **self.server.site.headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def hang(self) -> None:
        """Say nothing more until the test is over."""
        self.wfile.flush()
        self.server.site.released.wait(60)
        self.close_connection = True

    def reset(self) -> None:
        """Tear the connection."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def _type_of(path: str) -> str:
    if not Path(path).suffix:
        return "text/html"
    return TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "text/plain"


def _half(handler: _Handler, body: bytes, kind: str) -> None:
    handler.begin(200, len(body), kind)
    handler.wfile.write(body[: len(body) // 2])
    handler.hang()


def _torn(handler: _Handler, body: bytes, kind: str) -> None:
    handler.begin(200, len(body), kind)
    handler.wfile.write(body[: len(body) // 2])
    handler.reset()


def _slow(handler: _Handler, body: bytes, kind: str) -> None:
    handler.server.site.released.wait(60)
    handler.answer(200, body, kind)


FAULTS: dict[str, Callable[[_Handler, bytes, str], None]] = {
    "missing": lambda handler, _body, _kind: handler.answer(404, b"not here"),
    "broken": lambda handler, _body, _kind: handler.answer(500, b"sorry"),
    "wrong type": lambda handler, body, _kind: handler.answer(200, body, "text/html"),
    "html": lambda handler, _body, _kind: handler.answer(200, NOT_WASM, "text/html"),
    "garbage": lambda handler, body, kind: handler.answer(200, body[::-1], kind),
    "truncated": lambda handler, body, kind: handler.answer(200, body[: len(body) // 2], kind),
    "reset": lambda handler, _body, _kind: handler.reset(),
    "torn": _torn,
    "hang": lambda handler, _body, _kind: handler.hang(),
    "half": _half,
    "slow": _slow,
}
