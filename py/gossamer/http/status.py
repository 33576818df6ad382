"""Statuses: what they are called, and how a request ends with one."""

from http import HTTPStatus

from gossamer.errors import StatusError


class HttpError(StatusError):
    """Ends a request with a status, and with headers that belong to it.

    >>> from gossamer.http import HttpError
    >>> str(HttpError(404)), str(HttpError(429, "Slow down.", {"Retry-After": "60"}))
    ('Not Found', 'Slow down.')

    Args:
        status: from 400 on.
        text: what the visitor may read; else the status' own words.
        headers: names and values that go along.
    """

    def __init__(self, status: int, text: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(text or words_of(status), status)
        self.text = self.what
        self.headers = headers or {}


def words_of(status: int) -> str:
    """What a status is called.

    >>> words_of(404), words_of(599)
    ('Not Found', 'Status 599')
    """
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return f"Status {status}"
