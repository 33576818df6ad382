"""Marks: what tells the places of a page apart in a text that it is to adopt."""

import re

from gossamer.ssr.escape import escape_text
from gossamer.ssr.signs import CLOSE, NEWLINE, NOTHING, OPEN, PLACE, PLACE_END, TEXT, TEXT_END
from gossamer.view.hydration import MARK

_TEXT_PLACE = re.compile(r"\0\(([^\0<]*)\0\)")


def escape_marked(text: str) -> str:
    """A text between tags, which must not look like the end of one."""
    return escape_text(text).replace(">", "&gt;")


def trusted_marked(text: str) -> str:
    """Trusted markup: a parser leaves out what would be taken for a sign."""
    return text.replace("\0", "")


class Marks:
    """Makes marks of the signs in a text that comes in parts."""

    __slots__ = ("_kept", "_last")

    def __init__(self, last: str = ">") -> None:
        self._kept = ""
        self._last = last

    def take(self, part: str) -> str:
        """The part with marks, except what is not decided before the next one has come."""
        text = _TEXT_PLACE.sub(r"\1", self._kept + part)
        end = _decided(text)
        text, self._kept = text[:end], text[end:]
        return self._made(text)

    def end(self) -> str:
        """What was still undecided."""
        text, self._kept = self._kept, ""
        return self._made(text)

    def _made(self, text: str) -> str:
        if "\0" in text:
            text = self._last + text.replace(NOTHING, "")
            text = text.replace(OPEN, "").replace(PLACE, "")
            text = text.replace(CLOSE, MARK).replace(PLACE_END, MARK)
            text = text.replace(">\0l\0t", ">\0l").replace(">\0t", ">").replace(TEXT, MARK)
            self._last = _ENDS.get(text[-2:], text[-1])
            text = text[1:].replace(TEXT_END, "").replace(NEWLINE, "\n")
        elif text:
            self._last = text[-1]
        return text


_ENDS = {TEXT_END: "n", NEWLINE: ">"}
"""What the last sign of a part says of what was written last."""


def _decided(text: str) -> int:
    """Up to where a text is decided: a place at its end may hold a text or a view."""
    end = text.rfind(PLACE)
    if end < 0 or "<" in text[end:] or "\0" in text[end + 2 :]:
        end = len(text)
    return end - len(TEXT) if text.endswith(TEXT, 0, end) else end


def with_marks(text: str, last: str = ">") -> str:
    r"""A whole text with marks; `last` is the character that will stand before it.

    >>> with_marks("<p>\0ta\0n\0t\0(b\0)\0n</p>")
    '<p>a<!>b</p>'
    """
    marks = Marks(last)
    return marks.take(text) + marks.end()
