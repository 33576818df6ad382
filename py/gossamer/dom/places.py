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

_shapes: dict[Hole, Shape] = {}


def remember(shape: Shape) -> None:
    """Know the template of each of a shape's holes."""
    for hole in shape.holes:
        _shapes[hole] = shape


def note_place(error: BaseException, hole: Hole | None) -> None:
    """Note at which hole of which template an error came up; the innermost says it."""
    if hole is None or any(note.startswith("At: ") for note in getattr(error, "__notes__", ())):
        return
    shape = _shapes.get(hole)
    strings = shape.strings if shape is not None else None
    place = place_finder(strings, hole.first, len(strings[hole.first]))() if strings else None
    where = " ({}, line {}, column {})".format(*place) if place else ""
    error.add_note(f"At: {_describe(hole)}{where}")


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
