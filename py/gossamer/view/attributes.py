"""What a value makes of an attribute's text."""

from gossamer.errors import ViewError
from gossamer.template.shape import PROPERTY, Hole, Parts
from gossamer.values import type_of
from gossamer.view.text import text_of


def value_of(hole: Hole, first: int, parts: Parts, values: tuple[object, ...]) -> object:
    """The value of a hole, or of text with holes in it; a callable when any part is live."""
    if parts is None:
        return values[first]
    own = values[first : first + len(parts) - 1]
    if any(callable(value) for value in own):
        return lambda: join(hole, parts, own)
    return join(hole, parts, own)


def join(hole: Hole, parts: tuple[str, ...], values: tuple[object, ...]) -> str:
    """The text around values, with the values."""
    pieces = [parts[0]]
    for value, part in zip(values, parts[1:], strict=True):
        pieces.append(attribute_text(hole, value() if callable(value) else value) or "")
        pieces.append(part)
    return "".join(pieces)


def attribute_text(hole: Hole, value: object) -> str | None:
    """The text of an attribute; None when it has to go, "" when it only has to be there."""
    if value is None or value is False:
        return None
    if value is True:
        return ""
    text = text_of(value)
    if text is None:
        is_property = hole.kind == PROPERTY
        raise ViewError(
            f"{'prop:' if is_property else ''}{hole.name}={{…}} of <{hole.tag}> "
            f"got {type_of(value)}.",
            why=f"{'An address' if is_property else 'An attribute'} is text, a number, "
            "True, False, None, or a callable of these.",
            fix="Convert the value first"
            + ("." if is_property else "; for a live object use prop:name={…}."),
        )
    return text
