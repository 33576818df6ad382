"""Spread holes: a dict of attributes, each bound as if it stood in the tag."""

from collections.abc import Mapping
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.classes import bind_classes
from gossamer.dom.controls import bind_control
from gossamer.dom.elements import bind_directive, bind_ref
from gossamer.dom.events import (
    answer_events,
    drop_events,
    make_handler,
    modifier_flags,
    take_events,
)
from gossamer.dom.handles import give_back, take
from gossamer.dom.instance import Instance
from gossamer.dom.plan import Bind
from gossamer.dom.styles import bind_styles
from gossamer.dom.writers import bind_attribute, bind_property
from gossamer.errors import ViewError
from gossamer.reactive import LazyOwner, Owner, live_effect, section_owner, untrack
from gossamer.template.shape import (
    ATTRIBUTE,
    BIND,
    CLASS,
    DIRECTIVE,
    EVENT,
    PROPERTY,
    REF,
    STYLE,
    Hole,
)
from gossamer.values import type_of
from gossamer.view.attribute_holes import attribute_hole

_BINDERS: dict[int, Bind] = {
    ATTRIBUTE: bind_attribute,
    PROPERTY: bind_property,
    CLASS: bind_classes,
    STYLE: bind_styles,
    BIND: bind_control,
    REF: bind_ref,
    DIRECTIVE: bind_directive,
}


class Entry:
    """One attribute of a spread: as much of an instance as the binders look at."""

    __slots__ = ("base", "bindings", "hole", "number", "old", "owner", "values")

    def __init__(self, handle: int, hole: Hole) -> None:
        self.base = handle
        self.hole = hole
        self.bindings: list[Any] = [None]
        self.values: tuple[object, ...] = (None,)
        self.old: tuple[object, ...] | None = (None,)  # as if renewed: each writer is kept
        self.number = 0
        self.owner: Owner | LazyOwner | None = None

    def is_same(self, _first: int, _count: int) -> bool:
        """A spread looks at each value again."""
        return False

    def set(self, value: object) -> None:
        """Bind a value; None takes the attribute away."""
        self.values = (value,)
        self.owner = section_owner()
        if self.hole.kind == EVENT:
            self._listen(value)
        else:
            _BINDERS[self.hole.kind](self, self.hole, 0)
        self.old = self.values

    def _listen(self, value: object) -> None:
        handler = make_handler(value, self.hole.modifiers, self.hole.tag, self.hole.name)
        if handler is None:
            drop_events(self.number)
            return
        if not self.number:
            self.number = take_events()
            flags = modifier_flags(self.hole.modifiers)
            verbs.listen(self.base, self.hole.name, self.number, flags)
        answer_events(self.number, handler)

    def release(self) -> None:
        """Answer no more events."""
        drop_events(self.number)
        if self.bindings[0] is not None:
            self.bindings[0].release()


class Spread:
    """The attributes that a dict gives to an element."""

    __slots__ = ("entries", "handle", "tag")

    def __init__(self, handle: int, tag: str) -> None:
        self.handle = handle
        self.tag = tag
        self.entries: dict[str, Entry] = {}

    def set(self, value: object) -> None:
        """Take a dict: what it no longer names goes."""
        if value is None:
            value = {}
        if type(value) is not dict and not isinstance(value, Mapping):
            raise ViewError(
                f"{{…}} in the tag <{self.tag}> got {type_of(value)}.",
                why="A value alone in a tag is spread: it has to be a dict of attributes.",
                fix=f'Write <{self.tag} {{attributes}}> with attributes = {{"title": "…"}}.',
            )
        for name, entry in self.entries.items():
            if name not in value and entry.values[0] is not None:
                entry.set(None)
        for name, item in value.items():
            if name not in self.entries:
                hole = attribute_hole(self.tag, name, is_callable=callable(item))
                self.entries[name] = Entry(self.handle, hole)
            self.entries[name].set(item)

    def release(self) -> None:
        """Answer no more events."""
        for entry in self.entries.values():
            entry.release()


class RootSpread(Spread):
    """What a component's tag gives to one root element; one without holes needs a number first."""

    __slots__ = ("is_own",)

    def __init__(self, handle: int, distance: int, tag: str) -> None:
        self.is_own = distance > 0
        if self.is_own:
            handle, before = take(1), handle
            verbs.sibling(handle, before, distance)
        super().__init__(handle, tag)

    def release(self) -> None:
        """Answer no more events, and forget the element."""
        super().release()
        if self.is_own:
            give_back(self.handle, 1)


def bind_spread(instance: Instance, hole: Hole, index: int) -> None:
    """Bind `{attributes}` in a tag: a dict, or a callable that gives one."""
    spread = instance.bindings[index]
    if type(spread) is not Spread:
        spread = instance.bindings[index] = Spread(instance.base + hole.node, hole.tag)
    follow(spread, instance.values[hole.first])


def follow(spread: Spread, value: object) -> None:
    """Spread a dict, again after each change when a callable gives it."""
    if callable(value):

        def update() -> None:
            given = value()
            untrack(spread.set, given)

        live_effect(update)
    else:
        spread.set(value)


def spread_on_roots(instance: Instance) -> None:
    """Give what a component's tag carried to the root elements of its view."""
    if instance.roots is None:
        instance.roots = [
            RootSpread(instance.base + node, distance, tag.lower())
            for node, distance, tag in instance.plan.shape.roots
        ]
    for spread in instance.roots:
        spread.set(instance.attributes)
