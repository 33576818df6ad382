"""The words of the wire: types, headers, and JSON as both sides write it."""

import json
from typing import Any, Final

from gossamer.server_fn.problems import Problem

OURS: Final = "application/vnd.gossamer+json"
NDJSON: Final = "application/x-ndjson"
SSE: Final = "text/event-stream"
SUBPROTOCOL: Final = "gossamer.json.v1"

FOLDER: Final = "/_gossamer/"
"""Where the addresses of server functions begin."""

CALLER: Final = "X-Gossamer"
PAGE: Final = "X-Gossamer-Url"
SIGNATURE: Final = "X-Gossamer-Sig"
VERSION: Final = "X-Gossamer-Version"
REDIRECT: Final = "X-Gossamer-Redirect"

RESERVED: Final = "_gs_"
"""How the fields begin that a form has for us."""
BACK: Final = "_gs_back"
FORM: Final = "_gs_form"
SIGNED: Final = "_gs_sig"
ARGUMENTS: Final = "_gs_args"
"""The field that has arguments as JSON, beside files or in a query."""

ERRORS, ERROR, HELD, ID, MESSAGE = "errors", "error", "value", "id", "message"
"""What an answer that is no result may have: sentences by field; or the name of a declared error
and what it holds; or the number of an entry in the log; or a text for the visitor."""

ITEM, FAILED, DONE = "v", "e", "d"
"""The frames of a stream: an item, an error, the end."""


def dump(value: Any) -> str:
    """JSON in one line.

    >>> dump({"a": ["é", None]})
    '{"a":["é",null]}'

    Raises:
        Problem: a text in it is half a character.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Problem("A text in this has half a character.") from None
    return text


def error_in(body: str) -> dict[str, Any]:
    """What an answer that is no result says; nothing where it says nothing of ours."""
    try:
        told = json.loads(body)
    except ValueError, RecursionError:
        return {}
    return told if isinstance(told, dict) else {}
