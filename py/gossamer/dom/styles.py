"""The style of an element: single properties, a dict of them, or text."""

from functools import partial
from typing import cast

from gossamer.dom.bridge import verbs
from gossamer.dom.classes import follow
from gossamer.dom.instance import Instance
from gossamer.template.shape import Entry, Hole
from gossamer.view.attributes import value_of
from gossamer.view.styles import declarations_of

_next = 1


def take_sources(count: int) -> int:
    """The first of `count` numbers in a row: where sources differ, the higher number wins."""
    global _next
    first = _next
    _next += count
    return first


class Styles:
    """What each entry has set, so that only what differs is written."""

    __slots__ = ("first", "handle", "properties")

    def __init__(self, handle: int, entries: int) -> None:
        self.handle = handle
        self.first = take_sources(entries)
        self.properties: list[dict[str, str]] = [{} for _ in range(entries)]

    def set(self, entry: int, name: str | None, tag: str, value: object) -> None:
        """Take a new value of one entry."""
        new = declarations_of(value, name, tag)
        old = self.properties[entry]
        self.properties[entry] = new
        for gone in old:
            if gone not in new:
                verbs.style(self.handle, self.first + entry, gone, "")
        for given, text in new.items():
            if old.get(given) != text:
                verbs.style(self.handle, self.first + entry, given, text)

    def release(self) -> None:
        """Nothing to let go of: what follows a source belongs to the owner."""


def bind_styles(instance: Instance, hole: Hole, index: int) -> None:
    """Bind everything about the style of one element."""
    entries = cast("tuple[Entry, ...]", hole.payload)
    styles = instance.bindings[index]
    if type(styles) is not Styles:
        styles = instance.bindings[index] = Styles(instance.base + hole.node, len(entries))
    for number, (name, first, parts) in enumerate(entries):
        value = value_of(hole, first, parts, instance.values)
        follow(value, partial(styles.set, number, name, hole.tag), hole)
