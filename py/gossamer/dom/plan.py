"""Plans: what the renderer has to know of a shape, worked out once."""

from collections.abc import Callable
from itertools import count
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.events import BLOCK, flags_of
from gossamer.template.parser import parse
from gossamer.template.shape import (
    BIND,
    CHILD,
    COMPONENT,
    DOWN,
    EVENT,
    PROPERTY,
    TAKE,
    TAKE_TEXT,
    UP,
    Hole,
    Shape,
)
from gossamer.view.places import forget, remember

type Bind = Callable[[Any, Hole, int], None]
"""Binds a hole of an instance; when there was another value before, only what differs changes."""

BINDERS: dict[int, Bind] = {}
"""Hole kind to function: filled by `gossamer.dom.render`."""

type BindEach = Callable[[list[Any], Hole, int], bool]
"""Binds a hole of many new instances at once, if their values allow it; says whether."""

BIND_EACH: dict[int, BindEach] = {}
"""Hole kind to function, for kinds that rows of long lists have often."""


def set_binders(table: dict[int, Bind], for_many: dict[int, BindEach]) -> None:
    """Take the tables of binders."""
    BINDERS.update(table)
    BIND_EACH.update(for_many)


_CONTENT = frozenset((CHILD, COMPONENT))
_CONTROLS = frozenset((PROPERTY, BIND))
MOST_MADE = 500
"""How many plans of strings that no code holds are kept."""
MOST_PARTS = 10_000
"""How many strings they may have together."""
FORGOTTEN = -1
"""The number of a plan that the browser side has forgotten."""
_NO_TEXT: tuple[int, int, Hole | None] = (0, 0, None)


class Plan:
    """A shape as the browser side knows it, and its holes in the order of binding."""

    __slots__ = (
        "content",
        "end",
        "event_blocks",
        "events",
        "handlers",
        "has_components",
        "holes",
        "node_count",
        "number",
        "places",
        "roots",
        "shape",
        "texts",
        "unbound",
    )

    def __init__(self, shape: Shape, number: int) -> None:
        self.shape = shape
        self.number = number
        self.end = shape.end
        self.node_count = shape.node_count
        self.events = shape.events
        self.event_blocks = -(-len(shape.events) // BLOCK)
        self.handlers = tuple(hole.first for hole in shape.events)
        self.unbound = [None] * len(shape.holes)
        remember(shape)
        bound = [
            (index, hole, BINDERS[hole.kind])
            for index, hole in enumerate(shape.holes)
            if hole.kind != EVENT  # the instance itself answers
        ]
        self.content = tuple(entry for entry in bound if entry[1].kind in _CONTENT)
        self.has_components = any(hole.kind == COMPONENT for _, hole, _ in self.content)
        rest = [entry for entry in bound if entry[1].kind not in _CONTENT]
        # Controls last: a value may depend on other attributes, such as `type` or `max`.
        self.holes = tuple(sorted(rest, key=lambda entry: entry[1].kind in _CONTROLS))
        self.roots, texts = _survey(shape.steps)
        child = {
            hole.node: (i, hole.first, hole) for i, hole, _ in self.content if hole.kind == CHILD
        }
        self.texts = tuple(child.get(taken, _NO_TEXT) for taken in texts) if child else ()
        filled = {hole.node for _, hole, _ in self.content}
        self.places = tuple((taken, taken in filled) for taken in texts)
        _numbered[number] = self
        if shape.kin is not shape:
            return  # the browser side knows its text already
        verbs.define(
            number,
            shape.markup,
            shape.namespace,
            ",".join(map(str, shape.steps)),
            ",".join(f"{hole.node}:{hole.name}:{flags_of(hole)}" for hole in shape.events),
        )


def _survey(steps: tuple[int, ...]) -> tuple[frozenset[int], list[int]]:
    """The numbers of the taken nodes that stand at the root, and of those that are texts."""
    depth = taken = 0
    roots = set()
    texts = []
    for step in steps:
        if step == DOWN:
            depth += 1
        elif step == UP:
            depth -= 1
        elif step in (TAKE, TAKE_TEXT):
            if depth == 1:
                roots.add(taken)
            if step == TAKE_TEXT:
                texts.append(taken)
            taken += 1
    return frozenset(roots), texts


_numbers = count()
_numbered: dict[int, Plan] = {}
"""Number to the plan that has it, or to one of those that do."""
_plans: dict[Shape, Plan] = {}
_made: dict[tuple[str, ...], Plan] = {}
"""The plans of strings that no code holds, the one that was used last at the end."""
_free: list[int] = []
"""Numbers of forgotten plans."""


def plan_of(shape: Shape) -> Plan:
    """The plan of a shape; the browser side learns the template the first time."""
    plan = _plans.get(shape)
    if plan is None:
        kin = shape.kin
        number = next(_numbers) if kin is shape else plan_of(kin).number
        plan = _plans[shape] = Plan(shape, number)
    return plan


def plan_numbered(number: int) -> Plan:
    """A plan with a number."""
    return _numbered[number]


def plan_of_made(strings: tuple[str, ...]) -> Plan:
    """The plan of strings that were made while the app runs, such as an element's.

    They may be others each time, so the plans that were used the longest ago are forgotten for
    new ones, which get their numbers. What stands in the page with a forgotten one stands on.
    """
    plan = _made.pop(strings, None)
    if plan is None:
        shape = parse(strings)
        _make_room(len(strings))
        plan = Plan(shape, _free.pop() if _free else next(_numbers))
    _made[strings] = plan
    return plan


def _make_room(parts: int) -> None:
    """Forget the oldest plans of made strings, until there is room for one of so many parts."""
    left = MOST_PARTS - parts - sum(map(len, _made))
    while _made and (left < 0 or len(_made) >= MOST_MADE):
        strings, oldest = next(iter(_made.items()))
        del _made[strings]
        left += len(strings)
        _free.append(oldest.number)
        oldest.number = FORGOTTEN
        forget(oldest.shape)


def forget_plans() -> None:
    """Forget which templates the browser side knows: another one takes its place."""
    _plans.clear()
    _made.clear()
    _free.clear()
    _numbered.clear()
