"""A built app on a server of this machine, for tests in a browser."""

import mimetypes
import posixpath
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".py": "text/x-python",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
}


class Site:
    """A folder on the web, below a prefix if it has one, with pages of a test's own beside it.

    `put` adds a file that exists in memory only, `headers` go with every answer, and `requests`
    are the paths that were asked for.

    >>> from pathlib import Path
    >>> from urllib.request import urlopen
    >>> from gossamer.testing.site import Site
    >>> with Site(Path("dist")).running() as site:
    ...     address = site.put("hello.html", "<h1>Hello</h1>")
    ...     with urlopen(address) as answer:
    ...         print(answer.read().decode(), site.requests)
    <h1>Hello</h1> ['hello.html']
    """

    def __init__(self, folder: Path, prefix: str = "", *, runtime: Path | None = None) -> None:
        self.folder = folder
        self.prefix = prefix
        self.runtime = runtime
        self.headers: dict[str, str] = {}
        self.requests: list[str] = []
        self._files: dict[str, bytes] = {}
        self._server = _Server(self)
        self.url = f"http://127.0.0.1:{self._server.server_port}/{prefix}"

    def put(self, path: str, content: str | bytes) -> str:
        """Serve this content at a path, and give its address."""
        self._files[path] = content.encode() if isinstance(content, str) else content
        return self.url + path

    def read(self, path: str) -> bytes | None:
        """What stands at a path, None when nothing does."""
        if not path or path.endswith("/"):
            path += "index.html"
        if path in self._files:
            return self._files[path]
        found = _read_in(self.folder, path)
        runtime, _, rest = path.partition("/")
        if found is None and self.runtime is not None and runtime == "gossamer":
            found = _read_in(self.runtime, rest)
        return found

    def clear(self) -> None:
        """Forget everything that one test has set."""
        for held in (self.headers, self.requests, self._files):
            held.clear()

    def respond(self, answer: Answer, path: str) -> None:
        """Answer a request for a path below the prefix."""
        body = self.read(path)
        if body is None:
            answer.send(404, b"not here")
        else:
            answer.send(200, body, type_of(path))

    def take(self, answer: Answer, _path: str, _body: bytes) -> None:
        """Answer what was sent with POST: a folder takes nothing."""
        answer.send(405, b"nothing is taken here")

    @contextmanager
    def running(self) -> Iterator[Site]:
        """Serve while the block runs."""
        thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.clear()
            self._server.shutdown()
            self._server.server_close()
            thread.join()


def type_of(path: str) -> str:
    """The media type of what stands at a path."""
    suffix = Path(path).suffix
    if not suffix:
        return "text/html"
    return TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "text/plain"


def _read_in(folder: Path, path: str) -> bytes | None:
    file = (folder / path).resolve()
    is_there = file.is_relative_to(folder.resolve()) and file.is_file()
    return file.read_bytes() if is_there else None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.site = site

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away is no news."""


class Answer(BaseHTTPRequestHandler):
    """One request and its answer."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        """Find what is asked for below the prefix."""
        site = self.server.site
        path = unquote(urlsplit(self.path).path).lstrip("/")
        site.requests.append(path)
        if not path.startswith(site.prefix):
            self.send(404, b"")
            return
        path = posixpath.normpath(path.removeprefix(site.prefix) or ".") + "/" * path.endswith("/")
        path = path.removeprefix("./").removeprefix(".")
        if path == "favicon.ico":
            self.send(200, b"", "image/x-icon")
        else:
            site.respond(self, path)

    def do_POST(self) -> None:
        """Hand over what was sent."""
        body = self.rfile.read(int(self.headers["content-length"] or 0))
        path = unquote(urlsplit(self.path).path).lstrip("/")
        self.server.site.take(self, path, body)

    def send(self, status: int, body: bytes, kind: str = "text/plain") -> None:
        """Send a whole answer."""
        self.begin(status, len(body), kind)
        self.wfile.write(body)

    def begin(self, status: int, length: int, kind: str) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(length))
        for name, value in {"cache-control": "no-cache", **self.server.site.headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay quiet."""
