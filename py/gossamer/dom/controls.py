"""Two-way bindings: a control shows a signal, and writes what a user enters into it."""

from collections.abc import Callable
from typing import Any, TypeIs

from gossamer.dom.bridge import verbs
from gossamer.dom.events import Handler, answer_events, drop_events, take_events
from gossamer.dom.instance import Instance
from gossamer.errors import BindingError
from gossamer.reactive import live_effect, section_owner
from gossamer.template.shape import Hole
from gossamer.view.text import text_of

type Read = Callable[[], object]
type Store = Callable[[object], object]
type Many = list[object] | tuple[object, ...] | set[object] | frozenset[object]

_NUMERIC = frozenset(("number", "range"))
_ON_CHANGE = frozenset(("select", "select-multiple", "checkbox", "radio", "file"))


class Control:
    """One bound control."""

    __slots__ = ("handle", "kind", "listening", "name", "number", "read", "write")

    def __init__(self, handle: int, name: str) -> None:
        self.handle = handle
        self.name = name
        self.kind = verbs.control_kind(handle)
        self.number = 0

    def connect(self, read: Read, write: Store) -> None:
        """Show what `read` gives from now on, and hand what is entered to `write`."""
        self.read = read
        self.write = write
        live_effect(self.show)
        if not self.number:
            self.number = take_events()
            by_change = self.name != "value" or self.kind in _ON_CHANGE
            verbs.listen(self.handle, "change" if by_change else "input", self.number, 0)
        answer_events(self.number, Handler(self.take, frozenset(), section_owner()))

    def show(self) -> None:
        """Bring the control in step with the signal; typed text and caret stay where equal."""
        value = self.read()
        if self.name == "checked":
            verbs.property(self.handle, "checked", bool(value))
        elif self.name == "group":
            own = verbs.control_value(self.handle)
            chosen = own in map(text_of, value) if _is_many(value) else own == text_of(value)
            verbs.property(self.handle, "checked", chosen)
        elif self.kind == "select-multiple":
            texts = [text_of(item) or "" for item in value] if _is_many(value) else []
            verbs.choose(self.handle, "\x1f".join(texts) if texts else None)
        elif self.kind not in _NUMERIC or number_of(verbs.control_value(self.handle)) != value:
            # A number stays as it was typed: 1.0 may be on its way to 1.05.
            verbs.show_value(self.handle, text_of(value) or "")

    def take(self, event: Any) -> None:
        """Write what the control holds now."""
        control = event.target
        if self.name == "checked":
            self.write(bool(control.checked))
        elif self.name == "group":
            self._take_group(control)
        elif self.kind == "select-multiple":
            chosen = verbs.chosen(self.handle)
            self.write(chosen.split("\x1f") if chosen is not None else [])
        elif self.kind in _NUMERIC:
            self.write(number_of(control.value))
        else:
            self.write(control.value)

    def _take_group(self, control: Any) -> None:
        value = self.read()
        own = control.value
        if not _is_many(value):
            if control.checked:
                self.write(own)
        elif control.checked:
            self.write([*value, own])
        else:
            self.write([item for item in value if text_of(item) != own])

    def release(self) -> None:
        """Answer no more events."""
        drop_events(self.number)


def _is_many(value: object) -> TypeIs[Many]:
    return isinstance(value, (list, tuple, set, frozenset))


def number_of(text: str) -> int | float | None:
    """The number that a numeric field holds; None while it holds none.

    >>> number_of("3"), number_of("2.50"), number_of("")
    (3, 2.5, None)
    """
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None


def bind_control(instance: Instance, hole: Hole, index: int) -> None:
    """Bind `bind:value`, `bind:checked` or `bind:group`."""
    control = instance.bindings[index]
    if type(control) is not Control:
        control = instance.bindings[index] = Control(instance.base + hole.node, hole.name)
    control.connect(*_both_ways(instance.values[hole.first], hole))


def _both_ways(value: object, hole: Hole) -> tuple[Read, Store]:
    if isinstance(value, tuple) and len(value) == 2 and all(map(callable, value)):
        return value
    write = getattr(value, "set", None)
    if callable(value) and callable(write):
        return value, write
    raise BindingError(
        f"bind:{hole.name} of <{hole.tag}> got a {type(value).__name__}.",
        why="It reads and writes, so it needs both ways.",
        fix=f"Pass a Signal, or the pair: bind:{hole.name}={{(read, write)}}.",
    )
