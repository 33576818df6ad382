"""Where it happened: errors get the hole, and its line in the user's file, as a note."""

from gossamer.template.location import place_finder
from gossamer.template.shape import (
    BIND,
    CHILD,
    CLASS,
    COMPONENT,
    DIRECTIVE,
    EVENT,
    INNER_HTML,
    PROPERTY,
    REF,
    SPREAD,
    STYLE,
    TEXT,
    Hole,
    Shape,
)

MOST_PLACES = 3
"""How many places are named where one cannot be told from the others."""

_shapes: dict[Hole, Shape] = {}


def remember(shape: Shape) -> None:
    """Know the template of each of a shape's holes."""
    for hole in shape.holes:
        _shapes[hole] = shape


def forget(shape: Shape) -> None:
    """Know no more of a shape that nothing is built of any more."""
    for hole in shape.holes:
        del _shapes[hole]


def note_place(error: BaseException, hole: Hole | None) -> None:
    """Note at which hole of which template an error came up; the innermost says it."""
    if hole is None or any(note.startswith("At: ") for note in getattr(error, "__notes__", ())):
        return
    shape = _shapes.get(hole)
    strings = shape.strings if shape is not None else None
    error.add_note(f"At: {_describe(hole)}{_where(strings, hole.first) if strings else ''}")


def _where(strings: tuple[str, ...], index: int) -> str:
    """The place of a value in the user's code; the same text in one file may have more places."""
    found = place_finder(strings, index, len(strings[index]))()
    places = ["{}, line {}, column {}".format(*place) for place in found[:MOST_PLACES]]
    if len(found) > MOST_PLACES:
        places.append("…")
    return f" ({', or '.join(places)})" if places else ""


def _describe(hole: Hole) -> str:
    spell = _SPELLINGS.get(hole.kind, "<{tag} {name}={{…}}>")
    return spell.format(tag=hole.tag or "the root", name=hole.name)


_SPELLINGS = {
    CHILD: "{{…}} in <{tag}>",
    TEXT: "{{…}} in <{tag}>",
    PROPERTY: "<{tag} prop:{name}={{…}}>",
    EVENT: "<{tag} on:{name}={{…}}>",
    CLASS: "<{tag} class={{…}}>",
    STYLE: "<{tag} style={{…}}>",
    BIND: "<{tag} bind:{name}={{…}}>",
    REF: "<{tag} ref={{…}}>",
    DIRECTIVE: "<{tag} use:{name}={{…}}>",
    SPREAD: "<{tag} {{…}}>",
    INNER_HTML: "<{tag} inner_html={{…}}>",
    COMPONENT: "<{{…}}>",
}
