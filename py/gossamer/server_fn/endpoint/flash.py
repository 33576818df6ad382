"""What became of a form that the browser sent itself, kept in a cookie until the next page."""

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, Final

from gossamer.http import Request, is_answering, request, response
from gossamer.server_fn.endpoint.secrets import is_signed, sign

COOKIE: Final = "gossamer_flash"
LONGEST: Final = 3_000
"""How many characters a cookie may have."""

SECONDS: Final = 120
SECRET_NAMES: Final = ("pass", "pwd", "secret", "token", "cvc", "cvv")
"""What is in a field's name whose value is not written back into a page."""

_PURPOSE = "flash"
_SIGNATURE = 32


class Flash:
    """What came of one form: its value, or its error, and what was entered."""

    __slots__ = ("error", "form", "input", "is_whole", "path", "status", "value")

    def __init__(
        self,
        path: str,
        form: str,
        *,
        value: Any = None,
        error: dict[str, Any] | None = None,
        status: int = 200,
        input: Mapping[str, list[str]] | None = None,  # noqa: A002 - what users call it
    ) -> None:
        self.path = path
        self.form = form
        self.value = value
        self.is_whole = True  # else it was too long, and the value is not here
        self.error = error
        self.status = status
        self.input = {
            name: texts
            for name, texts in (input or {}).items()
            if not any(word in name.lower() for word in SECRET_NAMES)
        }

    def seal(self) -> str:
        """As the text of a cookie; what is too long for one is left out, what was entered first."""
        told = {"p": self.path, "f": self.form, "s": self.status, "t": int(time.time())}
        parts = {"v": self.value, "e": self.error, "i": self.input}
        rest = {key: part for key, part in parts.items() if part}
        while len(text := _sealed(told | rest)) > LONGEST and rest:
            name, _ = rest.popitem()
            told["x"] = int(name == "v")
        return text


def _sealed(told: dict[str, Any]) -> str:
    data = json.dumps(told, separators=(",", ":")).encode()
    return urlsafe_b64encode(sign(data, _PURPOSE) + data).decode().rstrip("=")


def open_flash(text: str) -> Flash | None:
    """What a cookie says; None where it is not ours, or too old."""
    try:
        whole = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        signature, data = whole[:_SIGNATURE], whole[_SIGNATURE:]
        if not is_signed(data, signature, _PURPOSE):
            return None
        told = json.loads(data)
    except ValueError:
        return None
    if time.time() - told["t"] > SECONDS:
        return None
    flash = Flash(
        told["p"],
        told["f"],
        value=told.get("v"),
        error=told.get("e"),
        status=told["s"],
        input=told.get("i"),
    )
    flash.is_whole = not told.get("x")
    return flash


def keep_flash(answered: Request, flash: Flash) -> None:
    """Have the browser keep it until the next page."""
    response().set_cookie(COOKIE, flash.seal(), path=answered.root_path or "/", max_age=SECONDS)


def take_flash(path: str, form: str) -> Flash | None:
    """What became of a form, for the page that is rendered now, and for no other one after it."""
    if not is_answering():
        return None
    asked = request()
    flash = open_flash(asked.cookies.get(COOKIE, ""))
    if flash is None or flash.path != path or flash.form != form:
        return None
    if not response().is_sealed:
        response().delete_cookie(COOKIE, path=asked.root_path or "/")
    return flash
