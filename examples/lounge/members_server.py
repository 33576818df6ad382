"""Who is inside, and what is said there; no page gets this file."""

import secrets
from asyncio import Queue
from collections import deque
from contextlib import contextmanager

WORD = "silk"
sessions = {}
said = deque(maxlen=50)
_listeners = set()


def begin(name):
    token = secrets.token_urlsafe()
    sessions[token] = name
    return token


def end(token):
    sessions.pop(token, None)


def post(line):
    said.append(line)
    for heard in _listeners:
        heard.put_nowait(line)


@contextmanager
def listening():
    """A queue of all that is said from now on, after what was said last."""
    heard = Queue()
    for line in said:
        heard.put_nowait(line)
    _listeners.add(heard)
    try:
        yield heard
    finally:
        _listeners.discard(heard)
