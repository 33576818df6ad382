"""The class of an element: several sources, one list of tokens."""

from collections.abc import Callable
from functools import partial
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.instance import Instance
from gossamer.reactive import Sink, Source, are_sources, live_effect, source_of
from gossamer.template.shape import Entry, Hole
from gossamer.view.attributes import value_of
from gossamer.view.classes import is_live, tokens_of
from gossamer.view.places import note_place


class Classes:
    """What each source has put on the element, so that only what comes or goes is written."""

    __slots__ = ("handle", "tokens")

    def __init__(self, handle: int, entries: int) -> None:
        self.handle = handle
        self.tokens: list[tuple[str, ...]] = [()] * entries

    def set(self, entry: int, token: str | None, tag: str, value: object) -> None:
        """Take a new value of one entry."""
        new = tokens_of(value, token, tag)
        old = self.tokens[entry]
        if new == old:
            return
        self.tokens[entry] = new
        removed = " ".join(name for name in old if name not in new)
        added = " ".join(name for name in new if name not in old)
        if removed or added:
            verbs.classes(self.handle, removed, added)

    def release(self) -> None:
        """Nothing to let go of: what follows a source belongs to the owner."""


class Toggle(Sink):
    """One class name of one element in step with one source, without an effect."""

    __slots__ = ("handle", "hole", "is_on", "token")

    def __init__(self, source: Source, parent: Any, handle: int, hole: Hole, token: str) -> None:
        super().__init__(source, parent)
        self.handle = handle
        self.hole = hole
        self.token = token
        self.is_on = False
        try:
            if source.peek():  # type: ignore[attr-defined] # a source has a value
                self.execute()
        except BaseException as error:  # noqa: BLE001 - what is no Exception is raised again
            note_place(error, hole)
            self.begin_failed(error)

    def execute(self) -> None:
        """Put the name on the element, or take it away."""
        try:
            is_on = bool(self.read())
        except Exception as error:
            note_place(error, self.hole)
            raise
        if is_on is not self.is_on:
            self.is_on = is_on
            verbs.classes(self.handle, "" if is_on else self.token, self.token if is_on else "")


def bind_classes(instance: Instance, hole: Hole, index: int) -> None:
    """Bind everything about the class of one element."""
    entries: tuple[Entry, ...] = hole.payload  # type: ignore[assignment] # this kind has entries
    if instance.old is None and len(entries) == 1:
        token, first, _ = entries[0]
        source = source_of(instance.values[first])
        if source is not None and token is not None:
            handle = instance.base + hole.node
            instance.bindings[index] = Toggle(source, instance.owner, handle, hole, token)
            return
    binding = instance.bindings[index]
    if type(binding) is not Classes:
        known = () if binding is None or not binding.is_on else (binding.token,)
        if binding is not None:
            binding.release()
        binding = instance.bindings[index] = Classes(instance.base + hole.node, len(entries))
        binding.tokens[0] = known
    for number, (token, first, parts) in enumerate(entries):
        value = value_of(hole, first, parts, instance.values)
        follow(value, partial(binding.set, number, token, hole.tag), hole)


def bind_toggles(run: list[Instance], hole: Hole, index: int) -> bool:
    """Bind one name that follows a source each, in many new instances."""
    entries: tuple[Entry, ...] = hole.payload  # type: ignore[assignment] # this kind has entries
    token, first, _ = entries[0]
    if len(entries) > 1 or token is None:
        return False
    if not are_sources(instance.values[first] for instance in run):
        return False
    node = hole.node
    for instance in run:
        source: Any = instance.values[first]
        made = Toggle(source, instance.owner, instance.base + node, hole, token)
        instance.bindings[index] = made
    return True


def follow(value: object, set_value: Callable[[object], None], hole: Hole) -> None:
    """Hand a value over: once, or after each change when it is live."""
    if not is_live(value):
        set_value(value)
        return

    def update() -> None:
        try:
            set_value(value() if callable(value) else value)
        except Exception as error:
            note_place(error, hole)
            raise

    live_effect(update)
