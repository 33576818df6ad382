"""Holes that write one thing of one element: attribute, property, text, style, markup."""

from collections.abc import Callable
from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.instance import Instance
from gossamer.dom.values import Lease, given, to_value
from gossamer.dom.warnings import warn_refused_url
from gossamer.errors import ViewError
from gossamer.reactive import Sink, Source, live_effect, source_of
from gossamer.template.names import PLAIN, check_url
from gossamer.template.shape import PROPERTY, Hole
from gossamer.values import type_of
from gossamer.view.attributes import attribute_text, value_of
from gossamer.view.places import note_place
from gossamer.view.text import text_of

type Write = Callable[[int, Hole, object, object], object]
"""Writes a value to a node and gives what to compare the next one with."""


class Unset:
    """Stands for what was written last: nothing yet, or something that nobody remembers."""


UNSET = Unset()
UNKNOWN = Unset()


class Writer:
    """Keeps one thing of one element in step with a value, or with what a callable gives."""

    __slots__ = ("handle", "hole", "last", "read", "write")

    def __init__(self, handle: int, hole: Hole, write: Write, last: object) -> None:
        self.handle = handle
        self.hole = hole
        self.write = write
        self.last = last
        self.read: Callable[[], object] | None = None

    def set(self, value: object) -> None:
        """Follow a callable from now on, or write a plain value."""
        if callable(value):
            self.read = value
            live_effect(self.update)
        else:
            self.read = None
            self.last = self.write(self.handle, self.hole, value, self.last)

    def update(self) -> None:
        """Read the callable again and write what it gives."""
        if self.read is None:
            return
        try:
            self.last = self.write(self.handle, self.hole, self.read(), self.last)
        except Exception as error:
            note_place(error, self.hole)
            raise

    def release(self) -> None:
        """Write no more."""
        self.read = None
        end_lease(self.last)


class Follower(Sink):
    """Keeps one thing of one element in step with one source, without an effect."""

    __slots__ = ("handle", "hole", "last", "write")

    def __init__(
        self, source: Source, parent: Any, handle: int, hole: Hole, write: Write, last: object
    ) -> None:
        super().__init__(source, parent)
        self.handle = handle
        self.hole = hole
        self.write = write
        self.last = last
        try:
            self.execute()
        except BaseException as error:  # noqa: BLE001 - what is no Exception is raised again
            self.begin_failed(error)

    def execute(self) -> None:
        """Write what the source gives."""
        try:
            self.last = self.write(self.handle, self.hole, self.read(), self.last)
        except Exception as error:
            note_place(error, self.hole)
            raise

    def release(self) -> None:
        """Follow no longer."""
        self.end()
        end_lease(self.last)


def end_lease(last: object) -> None:
    """Take back the functions that the value before has lent."""
    if type(last) is Lease:
        last.end()


def bind_writer(instance: Instance, hole: Hole, index: int, write: Write) -> None:
    """Bind a hole of the kind that writes one thing."""
    binding = instance.bindings[index]
    value = value_of(hole, hole.first, hole.parts, instance.values)
    if hole.kind == PROPERTY:
        value = given(value)
    source = source_of(value)
    if binding is None:
        if instance.is_same(hole.first, 1 if hole.parts is None else len(hole.parts) - 1):
            return
        last: object = UNSET if instance.old is None else UNKNOWN
    else:
        if source is not None and type(binding) is Follower and binding.source is source:
            binding.parent = instance.owner
            return
        last = binding.last
    handle = instance.base + hole.node
    if source is not None:
        if binding is not None:
            binding.release()
        instance.bindings[index] = Follower(source, instance.owner, handle, hole, write, last)
    elif binding is None and instance.old is None and not callable(value):
        last = write(handle, hole, value, last)
        if type(last) is Lease:
            instance.bindings[index] = Writer(handle, hole, write, last)
    else:
        if type(binding) is not Writer:
            if binding is not None:
                binding.release()
            binding = instance.bindings[index] = Writer(handle, hole, write, last)
        binding.set(value)


def safe_text(hole: Hole, value: object) -> str | None:
    """The text of an attribute; a URL that would run a script is left out, with a warning."""
    text = attribute_text(hole, value)
    if text is not None and hole.sink != PLAIN and not check_url(text, hole.sink):
        warn_refused_url(hole.tag, hole.name, text)
        return None
    return text


def write_attribute(handle: int, hole: Hole, value: object, last: object) -> object:
    """Write an attribute, or take it away."""
    text = safe_text(hole, value)
    if text != last:
        if text is not None:
            verbs.attribute(handle, hole.name, text)
        elif last is not UNSET:
            verbs.no_attribute(handle, hole.name)
    return text


def write_property(handle: int, hole: Hole, value: object, last: object) -> object:
    """Write a property each time, even an equal one: what a user typed is set back.

    One that leads to a URL takes what its attribute would take; without a URL that goes.
    """
    if hole.sink != PLAIN:
        value = safe_text(hole, value)
        if value is None:
            if last is not UNSET:
                verbs.no_attribute(handle, hole.name.lower())
            return None
    made, lease = to_value(value, f"prop:{hole.name} of <{hole.tag}>")
    verbs.property(handle, hole.name, made)
    end_lease(last)
    return made if lease is None else lease


def write_text(handle: int, hole: Hole, value: object, last: object) -> object:
    """Write the whole text of a <textarea> or <title>."""
    text = text_of(value)
    if text is None:
        raise ViewError(
            f"<{hole.tag}> got {type_of(value)}.",
            why=f"<{hole.tag}> holds text only, no elements.",
            fix="Pass text, a number, or a callable that gives one.",
        )
    if text != last:
        verbs.content(handle, text)
    return text


def write_markup(handle: int, hole: Hole, value: object, last: object) -> object:
    """Write trusted markup: the one place where nothing is escaped."""
    text = text_of(value)
    if text is None:
        raise ViewError(
            f"inner_html of <{hole.tag}> got {type_of(value)}.",
            why="It takes markup as text, and writes it as it is.",
            fix="Pass text that you trust; show anything else as a child.",
        )
    if text != last:
        verbs.inner_html(handle, text)
    return text


def bind_attribute(instance: Instance, hole: Hole, index: int) -> None:
    """Bind `name={value}`, or text with holes in it."""
    bind_writer(instance, hole, index, write_attribute)


def bind_property(instance: Instance, hole: Hole, index: int) -> None:
    """Bind `prop:name={value}`."""
    bind_writer(instance, hole, index, write_property)


def bind_text(instance: Instance, hole: Hole, index: int) -> None:
    """Bind the content of a <textarea> or <title>."""
    bind_writer(instance, hole, index, write_text)


def bind_markup(instance: Instance, hole: Hole, index: int) -> None:
    """Bind `inner_html={markup}`."""
    bind_writer(instance, hole, index, write_markup)
