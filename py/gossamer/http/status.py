"""Statuses: what they are called, and how code ends a request with one."""

from http import HTTPStatus


class HttpError(Exception):
    """Ends a request with a status: raise it in a server function, or while a page is rendered.

    >>> raise HttpError(404, "There is no such item.")
    Traceback (most recent call last):
        ...
    gossamer.http.status.HttpError: There is no such item.

    Args:
        status: from 400 on.
        text: what the visitor may read; else the status' own words.
        headers: names and values that go along, such as `{"Retry-After": "60"}`.
    """

    def __init__(self, status: int, text: str = "", headers: dict[str, str] | None = None) -> None:
        super().__init__(text or words_of(status))
        self.status = status
        self.text = text or words_of(status)
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
