"""Cookies, read and written."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Literal

from gossamer.errors import HeaderError

type SameSite = Literal["Lax", "Strict", "None"]

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")
_ATTRIBUTE = re.compile(r"[\x20-\x3a\x3c-\x7e]*")


def read_cookies(headers: list[str]) -> dict[str, str]:
    """The cookies of a request; of two with one name the first counts, as browsers send them.

    >>> read_cookies(["session=abc; theme=dark", 'q="a b"; session=evil'])
    {'session': 'abc', 'theme': 'dark', 'q': 'a b'}
    """
    found: dict[str, str] = {}
    for part in ";".join(headers).split(";"):
        name, mark, value = part.partition("=")
        if mark and name.strip():
            found.setdefault(name.strip(), _unquoted(value.strip()))
    return found


def _unquoted(value: str) -> str:
    is_quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1] if is_quoted else value


def write_cookie(  # noqa: PLR0913 - what a cookie can say
    name: str,
    value: str,
    *,
    http_only: bool,
    secure: bool,
    same_site: SameSite,
    path: str,
    max_age: int | None,
    expires: datetime | None,
    domain: str | None,
) -> str:
    """A cookie as Set-Cookie has it."""
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise HeaderError(
            f"The cookie {name[:60]!r} cannot have the value {value[:60]!r}.",
            why="A cookie has letters, digits and marks, but no blanks, commas or semicolons.",
            fix="Encode the value, such as with urllib.parse.quote.",
        )
    said = {
        "Path": path,
        "Domain": domain,
        "Max-Age": None if max_age is None else str(max_age),
        "Expires": None
        if expires is None
        else format_datetime(expires.astimezone(UTC), usegmt=True),
        "SameSite": same_site,
    }
    parts = [f"{name}={value}"]
    for key, text in said.items():
        if text is None:
            continue
        if not _ATTRIBUTE.fullmatch(text):
            raise HeaderError(
                f"The cookie {name} cannot have {key} {text[:60]!r}.",
                why="A semicolon or a control character in it would begin something else.",
                fix=f"Give a plain {key.lower()}.",
            )
        parts.append(f"{key}={text}")
    if secure or same_site == "None":  # browsers take SameSite=None from secure cookies only
        parts.append("Secure")
    if http_only:
        parts.append("HttpOnly")
    return "; ".join(parts)
