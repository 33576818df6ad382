"""Answers for what went wrong: short pages, and nothing of the app's insides."""

import logging
import secrets
from typing import Final

from gossamer.errors import StatusError
from gossamer.http import Headers, HttpError, Reply, Request
from gossamer.http.status import words_of
from gossamer.ssr.escape import escape_text

log: Final = logging.getLogger("gossamer.serving")

_PAGE: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8">\
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">\
<title>{status} {title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>
"""


def reply_for_status(error: StatusError, request: Request) -> Reply:
    """A page, or a line of text for who does not read pages, that says a status."""
    reply = _reply(error.status, error.what, request)
    if isinstance(error, HttpError):
        for name, value in error.headers.items():
            reply.headers.set(name, value)
    return reply


def reply_for_failure(error: Exception, request: Request) -> Reply:
    """What a visitor sees of an error: an id, by which the log has the whole story."""
    name = secrets.token_hex(4)
    log.error("%s %s failed: %s", request.method, request.path, name, exc_info=error)
    return _reply(500, f"Something went wrong here. It is noted as {name}.", request)


def _reply(status: int, text: str, request: Request) -> Reply:
    headers = Headers.of([("cache-control", "no-store"), ("vary", "accept")])
    if "text/html" not in (request.headers.get("accept") or ""):
        headers.set("content-type", "text/plain; charset=utf-8")
        return Reply(status, headers, f"{text}\n".encode())
    headers.set("content-type", "text/html; charset=utf-8")
    title = escape_text(words_of(status))
    page = _PAGE.format(status=status, title=title, text=escape_text(text))
    return Reply(status, headers, page.encode())
