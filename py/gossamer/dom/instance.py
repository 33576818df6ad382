"""Instances of templates: one clone, its holes bound, its nodes forgotten together."""

from collections.abc import Callable
from string.templatelib import Template
from types import FunctionType
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.events import BLOCK, answer_events, check_handler, drop_events, take_events
from gossamer.dom.handles import give_back, take
from gossamer.dom.plan import Bind, Plan, plan_of
from gossamer.dom.slot import Body, Slot
from gossamer.dom.texts import Text
from gossamer.errors import HandlerError
from gossamer.reactive import LazyOwner, Owner, Source, section_owner, source_of
from gossamer.template.shape import Hole
from gossamer.template.shapes import shape_of
from gossamer.view.places import note_place
from gossamer.view.text import values_of

_on_roots: list[Callable[[Instance], None]] = []


def set_root_binder(on_roots: Callable[[Instance], None]) -> None:
    """Take what gives a component's attributes to root elements."""
    _on_roots[:] = [on_roots]


class Instance:
    """One template in the page.

    It is made in three steps: its first texts are collected, the browser clones, its other holes
    are bound. A list takes each step for many rows at once.
    """

    __slots__ = (
        "attributes",
        "base",
        "bindings",
        "events",
        "old",
        "owner",
        "plan",
        "roots",
        "spent",
        "values",
        "views",
    )

    def __init__(
        self,
        plan: Plan,
        values: tuple[object, ...],
        attributes: dict[str, object] | None,
        owner: Owner | LazyOwner | None,
    ) -> None:
        self.plan = plan
        self.values = values
        self.attributes = attributes
        self.owner = owner
        self.base = 0
        self.events = 0
        self.bindings: list[Any] = plan.unbound[:]
        self.roots: list[Any] | None = None  # what a component's attributes gave to root elements
        self.spent: set[int] | None = None
        self.views = plan.has_components  # whether something other than text is to be shown
        self.old: tuple[object, ...] | None = None  # the values before, while they are replaced

    def collect(self, base: int, texts: list[str]) -> None:
        """Take numbers for the nodes, and add the first texts, which the clone brings along."""
        self.base = base
        for index, first, hole in self.plan.texts:
            texts.append("" if hole is None else self.first_text(self.values[first], index, hole))

    def first_text(self, value: object, index: int, hole: Hole) -> str:
        """The first text of a hole; "" where something else is to be shown, later."""
        kind = type(value)
        if kind is str and "\x1f" not in value:  # type: ignore[operator] # it is a str
            return value  # type: ignore[return-value] # likewise
        if kind is int or kind is float:
            return str(value)
        source = source_of(value)
        if source is None:
            self.views = self.views or value is not None
            return ""
        return self.follow(source, index, hole)

    def follow(self, source: Source, index: int, hole: Hole) -> str:
        """Keep a text in step with a source from now on; its first text."""
        text = self.bindings[index] = Text(source, self.owner, self.base + hole.node, hole)
        if self.attributes and hole.node in self.plan.roots:
            text.attributes = self.attributes
        if text.is_view:
            self.views = True
        return text.text

    def bind(self) -> None:
        """Give every other hole its value; the nodes are there."""
        if self.views:
            self.bind_all(self.plan.content)
        values = self.values
        for first in self.plan.handlers:
            if type(values[first]) is not FunctionType:
                self.check_handlers()
                break
        if self.plan.holes:
            self.bind_all(self.plan.holes)
        if self.attributes:
            self.dress_roots()

    def dress_roots(self) -> None:
        """Give the root elements the attributes of the component around."""
        _on_roots[0](self)

    def bind_all(self, holes: tuple[tuple[int, Hole, Bind], ...]) -> None:
        """Give some holes their values; an error says at which."""
        for index, hole, bind in holes:
            try:
                bind(self, hole, index)
            except Exception as error:
                note_place(error, hole)
                raise

    def check_handlers(self) -> None:
        """Refuse what stands in an event hole and cannot be called."""
        for hole in self.plan.events:
            try:
                check_handler(self.values[hole.first], hole.tag, hole.name)
            except HandlerError as error:
                note_place(error, hole)
                raise

    def listen(self, first: int) -> None:
        """Answer the events of the clone, whose listeners are numbered from `first` on."""
        self.events = first
        for number in range(first, first + self.plan.event_blocks * BLOCK, BLOCK):
            answer_events(number, self)

    def adopt(self, values: tuple[object, ...]) -> None:
        """Take new values: the nodes stay, and only what differs is written."""
        self.old = self.values
        self.values = values
        self.owner = section_owner()
        try:
            self.views = True
            self.bind()
        finally:
            self.old = None

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
        return self.base, self.base + self.plan.end

    def clear(self) -> None:
        """Take its nodes out of the page and forget them."""
        verbs.remove(self.base, self.base + self.plan.end)
        self.release()

    def release(self) -> None:
        """Forget its nodes, its handlers and what stands in its holes."""
        self.let_go()
        give_back(self.base, self.plan.node_count)

    def let_go(self) -> None:
        """Forget its handlers and what stands in its holes; the caller gives back its numbers."""
        for binding in self.bindings:
            if binding is not None:
                binding.release()
        if self.roots is not None:
            for binding in self.roots:
                binding.release()
        if self.events:
            for number in range(self.events, self.events + self.plan.event_blocks * BLOCK, BLOCK):
                drop_events(number)
        self.owner = None

    def answer(self, number: int) -> tuple[frozenset[str], Any]:
        """The modifiers and the function of the event hole of a number."""
        hole = self.plan.events[number - self.events]
        is_spent = self.spent and number in self.spent
        return hole.modifiers, None if is_spent else self.values[hole.first]

    def spend(self, number: int) -> None:
        """Answer an event no more: it was to be answered once."""
        self.spent = {*(self.spent or ()), number}


def build_template(view: Template, slot: Slot, old: Body | None) -> Body:
    """Build a t-string, or let an instance of the same one take its values."""
    return build_plan(plan_of(shape_of(view.strings)), values_of(view), slot, old)


def build_plan(
    plan: Plan,
    values: tuple[object, ...],
    slot: Slot,
    old: Body | None,
) -> Body:
    """Build a shape with values, or let an instance of the same shape take them."""
    if (
        type(old) is Instance
        and old.plan.number == plan.number
        and old.attributes == slot.attributes
    ):
        old.plan = plan
        old.adopt(values)
        return old
    slot.vacate()
    made = Instance(plan, values, slot.attributes, section_owner())
    texts: list[str] = []
    base = take(plan.node_count)
    try:
        made.collect(base, texts)
        first = take_events(plan.event_blocks) if plan.event_blocks else 0
        verbs.clone(plan.number, base, first, "\x1f".join(texts) if texts else None)
        if first:
            made.listen(first)
        made.bind()
    except BaseException:
        made.release()
        raise
    verbs.insert(base, base + plan.end, slot.place())
    return made
