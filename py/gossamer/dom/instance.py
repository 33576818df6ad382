"""Instances of templates: one clone, its holes bound, its nodes forgotten together."""

from collections.abc import Callable
from string.templatelib import Template

from gossamer.dom.bridge import verbs
from gossamer.dom.events import HANDLERS, flags_of, take_events
from gossamer.dom.handles import give_back, take
from gossamer.dom.places import note_place, remember
from gossamer.dom.slot import Body, Slot
from gossamer.template.parser import shape_of
from gossamer.template.shape import (
    BIND,
    CHILD,
    COMPONENT,
    DOWN,
    PROPERTY,
    TAKE,
    TAKE_TEXT,
    UP,
    Hole,
    Shape,
)
from gossamer.view.text import values_of

type Bind = Callable[[Instance, Hole, int], None]
"""Binds a hole of an instance; when there was another value before, only what differs changes."""

BINDERS: dict[int, Bind] = {}
"""Hole kind to function: filled by `gossamer.dom.render`."""


_on_roots: list[Callable[[Instance], None]] = []


def set_binders(table: dict[int, Bind], on_roots: Callable[[Instance], None]) -> None:
    """Take the table of binders, and what gives a component's attributes to root elements."""
    BINDERS.update(table)
    _on_roots[:] = [on_roots]


class Plan:
    """What the browser side needs to know of a shape, worked out once."""

    __slots__ = ("events", "holes", "number", "roots", "shape", "texts")

    def __init__(self, shape: Shape, number: int) -> None:
        self.shape = shape
        self.number = number
        remember(shape)
        # Content before controls: a <select> can show a value only once it has options.
        order = sorted(enumerate(shape.holes), key=lambda pair: _ORDER.get(pair[1].kind, 1))
        self.holes = tuple((index, hole, BINDERS[hole.kind]) for index, hole in order)
        self.roots, texts = _survey(shape.steps)
        first = {hole.node: hole.first for hole in shape.holes if hole.kind == CHILD}
        self.texts = tuple(first.get(taken, -1) for taken in texts)
        self.events = {hole: number for number, hole in enumerate(shape.events)}
        verbs.define(
            number,
            shape.markup,
            shape.namespace,
            ",".join(map(str, shape.steps)),
            ",".join(f"{hole.node}:{hole.name}:{flags_of(hole)}" for hole in shape.events),
        )


_ORDER = {CHILD: 0, COMPONENT: 0, PROPERTY: 2, BIND: 2}


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


_plans: dict[Shape, Plan] = {}


def plan_of(shape: Shape) -> Plan:
    """The plan of a shape; the browser side learns the template the first time."""
    plan = _plans.get(shape)
    if plan is None:
        plan = _plans[shape] = Plan(shape, len(_plans))
    return plan


def forget_plans() -> None:
    """Forget which templates the browser side knows: another one takes its place."""
    _plans.clear()


class Instance:
    """One template in the page."""

    __slots__ = ("attributes", "base", "bindings", "events", "old", "plan", "source", "values")

    def __init__(
        self, plan: Plan, values: tuple[object, ...], source: Template | None, slot: Slot
    ) -> None:
        self.plan = plan
        self.values = values
        self.source = source
        self.attributes = slot.attributes
        self.bindings: dict[int, object] = {}
        self.old: tuple[object, ...] | None = None  # the values before, while they are replaced
        shape = plan.shape
        self.base = take(shape.node_count)
        self.events = take_events(len(shape.events)) if shape.events else 0
        verbs.clone(plan.number, self.base, self.events, _texts(plan, values))
        try:
            self._bind()
            if self.attributes:
                _on_roots[0](self)
        except BaseException:
            self.release()
            raise
        verbs.insert(self.base, self.base + shape.end, slot.place())

    def adopt(self, values: tuple[object, ...], source: Template | None) -> None:
        """Take new values: the nodes stay, and only what differs is written."""
        self.old = self.values
        self.values = values
        self.source = source
        try:
            self._bind()
            if self.attributes:
                _on_roots[0](self)
        finally:
            self.old = None

    def _bind(self) -> None:
        for index, hole, bind in self.plan.holes:
            try:
                bind(self, hole, index)
            except Exception as error:
                note_place(error, hole)
                raise

    def is_same(self, first: int, count: int) -> bool:
        """Whether some values are the ones before, and plain, so that nothing has to be done."""
        if self.old is None:
            return False
        for index in range(first, first + count):
            value = self.values[index]
            if value is not self.old[index] or callable(value):
                return False
        return True

    def extent(self) -> tuple[int, int]:
        """The first and the last of its nodes."""
        return self.base, self.base + self.plan.shape.end

    def clear(self) -> None:
        """Take its nodes out of the page and forget them."""
        verbs.remove(self.base, self.base + self.plan.shape.end)
        self.release()

    def release(self) -> None:
        """Forget its nodes, its handlers and what stands in its holes."""
        for binding in self.bindings.values():
            release = getattr(binding, "release", None)
            if release is not None:
                release()
        if self.events:
            for number in range(self.events, self.events + len(self.plan.events)):
                HANDLERS.pop(number, None)
        count = self.plan.shape.node_count
        verbs.release(self.base, count)
        give_back(self.base, count)


def _texts(plan: Plan, values: tuple[object, ...]) -> str | None:
    """The first texts of the child holes, for the crossing that makes the clone."""
    if not plan.texts:
        return None
    texts = []
    for index in plan.texts:
        value = values[index] if index >= 0 else None
        kind = type(value)
        if kind is str and "\x1f" not in value:  # type: ignore[operator] # it is a str
            texts.append(value)
        elif kind is int or kind is float:
            texts.append(str(value))
        else:
            texts.append("")
    return "\x1f".join(texts)  # type: ignore[arg-type] # only str were appended


def build_template(view: Template, slot: Slot, old: Body | None) -> Body:
    """Build a t-string, or let an instance of the same one take its values."""
    return build_shape(shape_of(view.strings), values_of(view), view, slot, old)


def build_shape(
    shape: Shape,
    values: tuple[object, ...],
    source: Template | None,
    slot: Slot,
    old: Body | None,
) -> Body:
    """Build a shape with values, or let an instance of the same shape take them."""
    if type(old) is Instance and old.plan.shape is shape and old.attributes == slot.attributes:
        old.adopt(values, source)
        return old
    slot.vacate()
    return Instance(plan_of(shape), values, source, slot)
