"""Shapes of the templates in the code, each text parsed once."""

from gossamer.template.parser import parse
from gossamer.template.shape import Shape

MOST_TWINS = 16
"""How many places with the same text have shapes of their own: code may make strings forever."""

_shapes: dict[tuple[str, ...], Shape] = {}
_by_place: dict[int, Shape] = {}
"""By the identity of strings: they are a constant of the code, and the shape keeps them alive."""


def shape_of(strings: tuple[str, ...]) -> Shape:
    """The shape of a template's strings; each text is parsed once.

    The same text elsewhere in the code has a twin of that shape, so that errors name its place.
    """
    shape = _by_place.get(id(strings))
    if shape is not None:
        return shape
    known = _shapes.get(strings)
    if known is None:
        shape = _shapes[strings] = parse(strings)
    elif known.twins < MOST_TWINS:
        known.twins += 1
        shape = known.twin(strings)
    else:
        return known
    _by_place[id(strings)] = shape
    return shape
