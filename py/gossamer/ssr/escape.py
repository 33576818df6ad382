"""Text made safe for its place in a page."""

import re

_ODD_TEXT = re.compile("[&<\r\0\ud800-\udfff]")
_ODD_ATTRIBUTE = re.compile('[&<"\r\0\ud800-\udfff]')
_SAFE = {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\r": "&#13;"}
"""A parser would read a bare carriage return as a newline."""


def _replace(match: re.Match[str]) -> str:
    return _SAFE.get(match[0], "\ufffd")


def escape_text(text: str) -> str:
    r"""A text that stands between tags, or in a <textarea> or <title>.

    What HTML cannot hold, NUL and half of a surrogate pair, becomes the replacement character.

    >>> escape_text("a < b\r & c")
    'a &lt; b&#13; &amp; c'
    """
    return text if _ODD_TEXT.search(text) is None else _ODD_TEXT.sub(_replace, text)


def escape_attribute(text: str) -> str:
    """A text that stands between double quotes.

    >>> escape_attribute('say "hi"')
    'say &quot;hi&quot;'
    """
    return text if _ODD_ATTRIBUTE.search(text) is None else _ODD_ATTRIBUTE.sub(_replace, text)
