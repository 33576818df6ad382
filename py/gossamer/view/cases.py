"""The children of a component that takes certain components only."""

import re
from string.templatelib import Template
from types import GeneratorType

from gossamer.errors import PropError
from gossamer.template.shape import COMPONENT, Hole
from gossamer.template.shapes import shape_of
from gossamer.view.component import Component, ComponentView
from gossamer.view.kinds import Partial
from gossamer.view.props import view_of_hole
from gossamer.view.text import values_of

_LAYOUT = re.compile(r"[\t\n\f ]+|<!(--.*?--)?>", re.DOTALL)
"""What shows nothing: white space, comments, and the places of values."""


def views_of(children: object, taker: str, *kinds: Component[...]) -> list[ComponentView]:
    """The views of some components among children, where nothing else may stand.

    Raises:
        PropError: something else stands there.
    """
    if isinstance(children, ComponentView) and children.component in kinds:
        return [children]
    if isinstance(children, Template):
        children = Partial(shape_of(children.strings), values_of(children))
    if isinstance(children, Partial):
        if _LAYOUT.sub("", children.shape.markup):
            raise _no_case("markup", taker, kinds)
        holes = children.shape.holes
        return views_of([_view_of(hole, children) for hole in holes], taker, *kinds)
    if isinstance(children, (list, tuple, GeneratorType)):
        return [view for child in children for view in views_of(child, taker, *kinds)]
    if children is None:
        return []
    raise _no_case(type(children).__name__, taker, kinds)


def _view_of(hole: Hole, part: Partial) -> object:
    if hole.kind == COMPONENT:
        return view_of_hole(hole, part.values)
    return part.values[hole.first]


def _no_case(got: str, taker: str, kinds: tuple[Component[...], ...]) -> PropError:
    name = kinds[0].name
    example = f"<{{{name}}} …>" if name != "Match" else "<{Match} when={condition}>"
    return PropError(
        f"{taker} got {got} among its cases.",
        why=f"It chooses between {name} components only.",
        fix=f"Wrap it: {example}…</{{{name}}}>, or pass it as fallback={{…}}.",
    )
