"""JSON as a server takes it: nothing doubtful, nothing without an end."""

import json
import re
from typing import Any, Final, Never

from gossamer.http import HttpError

DEEPEST: Final = 32
LONGEST: Final = 10_000
"""How many entries a list or an object may have."""

_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(body: bytes) -> Any:
    """The value of a body.

    >>> read_json(b'{"a": [1]}')
    {'a': [1]}

    Raises:
        HttpError: 400, it is no JSON, or a name stands in an object twice, or a text has half a
            character; 422, it is too deep or too long.
    """
    try:
        text = body.decode()
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_refuse, parse_float=_float
        )
        if _HALF.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise HttpError(422, "The JSON is too deep.") from None
    except ValueError as error:
        text = str(error) if isinstance(error, json.JSONDecodeError | DoubtfulError) else ""
        raise HttpError(400, f"The body is no JSON. {text}".strip()) from None
    _measure(value)
    return value


class DoubtfulError(ValueError):
    """JSON that not everybody would read alike."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DoubtfulError("A name stands in an object twice.")
    return found


def _refuse(word: str) -> Never:
    raise DoubtfulError(f"{word} is no JSON.")


def _float(text: str) -> float:
    value = float(text)
    if value - value != 0:
        raise DoubtfulError("A number is too large.")
    return value


def _measure(value: Any) -> None:
    """Refuse what is nested too deep, or has too many entries in one place."""
    level = [value]
    for _ in range(DEEPEST + 1):
        below: list[Any] = []
        for each in level:
            if isinstance(each, list | dict):
                if len(each) > LONGEST:
                    raise HttpError(422, f"A list in the JSON has more than {LONGEST} entries.")
                below += each.values() if isinstance(each, dict) else each
        if not below:
            return
        level = below
    raise HttpError(422, "The JSON is too deep.")
