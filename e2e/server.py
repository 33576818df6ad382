"""The site of the tests, which can misbehave, one path at a time."""

import select
import socket
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from gossamer.testing import site
from gossamer.testing.site import Answer, type_of

NOT_WASM = b"<!doctype html><title>Log in</title><h1>Log in to the network</h1>"


class Post:
    """What was sent with POST: the address, the type of the body, and the body."""

    def __init__(self, address: str, kind: str, body: bytes) -> None:
        self.address = address
        self.kind = kind
        self.body = body


class Site(site.Site):
    """A site on which things go wrong: `faults` says at which path, and how: a name of `FAULTS`.

    `answers` says what a path answers to POST: status, headers, text; a status of 0 tears the
    connection. `is_down` tears every connection.
    """

    def __init__(self, folder: Path, prefix: str = "") -> None:
        super().__init__(folder, prefix)
        self.faults: dict[str, str] = {}
        self.left: list[str] = []  # paths whose answer a browser did not wait for
        self.posts: list[Post] = []
        self.answers: dict[str, tuple[int, dict[str, str], str]] = {}
        self.is_down = False
        self.released = threading.Event()

    def release(self) -> None:
        """Let what is slow or hangs go on."""
        self.released.set()

    def clear(self) -> None:
        """Forget everything that one test has set."""
        super().clear()
        for held in (self.faults, self.left, self.posts, self.answers):
            held.clear()
        self.is_down = False
        self.released.set()
        self.released = threading.Event()

    def take(self, answer: Answer, path: str, body: bytes) -> None:
        """Keep what was sent, and answer as the test has said."""
        self.posts.append(Post(answer.path, answer.headers["content-type"] or "", body))
        status, headers, text = self.answers.get(path, (204, {}, ""))
        if not status:
            _reset(answer)
            return
        answer.send_response(status)
        for name, value in {"content-length": str(len(text.encode())), **headers}.items():
            answer.send_header(name, value)
        answer.end_headers()
        answer.wfile.write(text.encode())

    def respond(self, answer: Answer, path: str) -> None:
        """Answer as it should be, or as the path's fault is."""
        if self.is_down:
            _reset(answer)
            return
        fault = self.faults.get(path)
        if fault:
            FAULTS[fault](answer, self.read(path) or b"", type_of(path))
        else:
            super().respond(answer, path)


def _hang(answer: Answer) -> None:
    """Say nothing more until the test is over."""
    answer.wfile.flush()
    answer.server.site.released.wait(60)
    answer.close_connection = True


def _reset(answer: Answer) -> None:
    """Tear the connection."""
    answer.wfile.flush()
    answer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    answer.connection.close()
    answer.close_connection = True


def _half(answer: Answer, body: bytes, kind: str) -> None:
    answer.begin(200, len(body), kind)
    answer.wfile.write(body[: len(body) // 2])


def _slow(answer: Answer, body: bytes, kind: str) -> None:
    answer.server.site.released.wait(60)
    answer.send(200, body, kind)


def _watch(answer: Answer) -> bool:
    """Wait until the test lets the answer go; whether the browser is still there then."""
    answer.wfile.flush()
    while not answer.server.site.released.is_set():
        if select.select([answer.connection], [], [], 0.02)[0]:  # it says something: that it goes
            answer.server.site.left.append(urlsplit(answer.path).path.lstrip("/"))
            answer.close_connection = True
            return False
    return True


def _watched(answer: Answer, body: bytes, kind: str) -> None:
    if _watch(answer):
        answer.send(200, body, kind)


def _half_watched(answer: Answer, body: bytes, kind: str) -> None:
    _half(answer, body, kind)
    if _watch(answer):
        answer.wfile.write(body[len(body) // 2 :])


FAULTS: dict[str, Callable[[Answer, bytes, str], object]] = {
    "missing": lambda answer, _body, _kind: answer.send(404, b"not here"),
    "broken": lambda answer, _body, _kind: answer.send(500, b"sorry"),
    "wrong type": lambda answer, body, _kind: answer.send(200, body, "text/html"),
    "html": lambda answer, _body, _kind: answer.send(200, NOT_WASM, "text/html"),
    "garbage": lambda answer, body, kind: answer.send(200, body[::-1], kind),
    "truncated": lambda answer, body, kind: answer.send(200, body[: len(body) // 2], kind),
    "reset": lambda answer, _body, _kind: _reset(answer),
    "torn": lambda answer, body, kind: (_half(answer, body, kind), _reset(answer)),
    "hang": lambda answer, _body, _kind: _hang(answer),
    "half": lambda answer, body, kind: (_half(answer, body, kind), _hang(answer)),
    "slow": _slow,
    "watched": _watched,
    "half watched": _half_watched,
}
