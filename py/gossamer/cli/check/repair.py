"""All mistakes of a template: each is blanked out, and the rest parsed again."""

import re

from gossamer.errors import TemplateError
from gossamer.template.parser import parse
from gossamer.template.shape import Shape
from gossamer.template.tokens import HOLE

MOST = 20
"""How many mistakes of one template are told."""

_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)?")
_STILL_OPEN = re.compile(r"<(\w+)> is still open")
_NEXT = re.compile(r"""(?:"[^"]*"|'[^']*'|[^\s<>"'])+""")


def errors_of(strings: tuple[str, ...]) -> tuple[list[TemplateError], Shape | None, set[int]]:
    """The errors of a template, what is left of it, and the numbers of the holes that are not.

    An error that only follows from what was blanked out, such as an end tag whose start tag is
    gone, is none.
    """
    text = HOLE.join(strings)
    errors: list[TemplateError] = []
    gone: set[str] = set()
    lost: set[int] = set()
    for _ in range(MOST):
        try:
            return errors, parse(tuple(text.split(HOLE))), lost
        except TemplateError as error:
            name = _name_at(text, error.offset)
            if name not in gone:
                errors.append(error)
            before = text
            for offset in _culprits(text, error):
                gone.add(_name_at(text, offset))
                end = _end_at(text, offset)
                first = text.count(HOLE, 0, offset)
                lost.update(range(first, first + text.count(HOLE, offset, end)))
                blank = re.sub(rf"[^\n{HOLE}]", " ", text[offset:end])
                text = text[:offset] + blank + text[end:]
        gone.discard("")
        if text == before:
            break
    return errors, None, lost


def _culprits(text: str, error: TemplateError) -> list[int]:
    """Where that begins which the error is about: of two tags that do not match, maybe both."""
    if "\r" in text:
        return []  # the parser counts such an end of a line as one character
    found = _STILL_OPEN.search(error.why or "")
    if found is None:
        return [error.offset]
    before = text[: error.offset].lower()
    name = _name_at(text, error.offset)
    others = re.findall(rf"<(/?){name}(?=[\s/>])", before)
    is_meant = others.count("") > others.count("/")  # then the tag inside of it has no end
    start = before.rfind(f"<{found[1]}")
    return [each for each in (start, -1 if is_meant else error.offset) if each >= 0]


def _name_at(text: str, offset: int) -> str:
    """The name of the tag that begins at an offset; empty if none does."""
    tag = _TAG.match(text, offset)
    return (tag[1] or tag[0]).lower() if tag else ""


def _end_at(text: str, offset: int) -> int:
    """Where the element ends that begins at an offset, or the end tag, or else the attribute."""
    tag = _TAG.match(text, offset)
    if tag is not None:
        end = text.find(">", offset) + 1 or len(text)
        depth = int(tag[0] == f"<{tag[1]}" and text[end - 2 : end] != "/>")
        for other in re.finditer(rf"</?{tag[1]}(?=[\s/>])", text[end:], re.IGNORECASE):
            depth += -1 if other[0][1] == "/" else 1
            if depth == 0:
                return text.find(">", end + other.start()) + 1 or len(text)
            if depth < 0:
                break  # it is another's
        return end
    part = _NEXT.match(text, offset)
    return part.end() if part else offset + 1
