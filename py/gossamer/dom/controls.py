"""Two-way bindings: a control shows a signal, and writes what a user enters into it."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from gossamer.dom.bridge import verbs
from gossamer.dom.events import answer_events, drop_events, take_events
from gossamer.dom.instance import Instance
from gossamer.dom.tape import is_settling, postpone
from gossamer.errors import BindingError
from gossamer.reactive import LazyOwner, Owner, effect, live_effect, section_owner, untrack
from gossamer.template.shape import Hole
from gossamer.values import is_equal_safely, type_of
from gossamer.view.entries import check_fits, items_of, number_of, written
from gossamer.view.places import note_place
from gossamer.view.text import text_of

type Read = Callable[[], object]
type Store = Callable[[object], object]

KEEP: Final = object()
"""What a control has to say when nothing is to be written."""


class Control:
    """One bound control; it answers its events itself."""

    __slots__ = (
        "first",
        "get",
        "handle",
        "hole",
        "kind",
        "number",
        "owner",
        "parse",
        "put",
        "read",
        "write",
    )

    def __init__(self, handle: int, hole: Hole) -> None:
        self.handle = handle
        self.hole = hole
        self.number = take_events()
        self.kind = verbs.bind(handle, hole.name, self.number)
        self.put, self.get = _way(hole, self.kind)
        self.parse: Callable[[str], object] | None = number_of if self.kind in _NUMERIC else None
        self.owner: Owner | LazyOwner | None = None
        self.first: object = KEEP  # what it shows at first, which a reset of its form brings back

    def connect(self, read: Read, write: Store) -> None:
        """Show what `read` gives from now on, and hand what is entered to `write`."""
        self.read = read
        self.write = write
        self.owner = section_owner()
        if is_settling() and verbs.is_touched(self.handle):
            untrack(self._take_typed)
        # A dialog opens once it stands in the page.
        (effect if self.kind == "dialog" else live_effect)(self.show)
        answer_events(self.number, self)

    def _take_typed(self) -> None:
        """Write what was entered before anything could answer."""
        value = self.read()
        self.first = _alike(value, value) if isinstance(value, _KINDS) else value
        self.parse = getattr(type(value), "fromisoformat", self.parse)
        entered = self.get(self)
        if entered is not KEEP:
            self.write(entered)

    def show(self) -> None:
        """Bring the control in step with the signal; typed text and caret stay where equal."""
        try:
            value = self.read()
            if self.first is KEEP:
                self.first = _alike(value, value) if isinstance(value, _KINDS) else value  # a copy
            self.put(self, value)
        except Exception as error:
            note_place(error, self.hole)
            raise

    def take(self) -> None:
        """Write what the control holds now; what the signal makes of it is shown."""
        value = self.get(self)
        if value is KEEP or is_equal_safely(value, self.read()):
            return
        self.write(value)
        if not is_equal_safely(value, self.read()):
            self.show()

    def reset(self) -> None:
        """Write what the control showed at first."""
        self.write(self.first)
        self.show()  # also when that is no change: the browser has emptied the control

    def answer(self, number: int) -> tuple[frozenset[str], Callable[[], None]]:
        """What answers an event: the first number stands for an entry, the next for a reset."""
        return self.hole.modifiers, self.take if number == self.number else self.reset

    def spend(self, number: int) -> None:
        """Never asked: a binding is no listener that answers once."""
        raise AssertionError(f"binding {number} answers as long as it stands")

    def release(self) -> None:
        """Answer no more events."""
        drop_events(self.number)
        self.owner = None


type _Way = tuple[Callable[[Control, Any], object], Callable[[Control], object]]

_NUMERIC = frozenset(("number", "range"))
_BOXES = frozenset(("checkbox", "radio"))
_KINDS = (list, tuple, set, frozenset)


def _show_text(control: Control, value: object) -> None:
    kind = type(value)
    if hasattr(kind, "fromisoformat"):
        check_fits(control.hole, control.kind, value)
        control.parse = kind.fromisoformat
    if control.parse is not None:
        # It stays as it was typed while it means the same: 1.0 may be on its way to 1.05.
        held = verbs.control_value(control.handle)
        if held is not None and is_equal_safely(_parsed(control.parse, held), value):
            return
    verbs.show_value(control.handle, written(value))


def _take_text(control: Control) -> object:
    text = verbs.control_value(control.handle)
    if text is None:
        return KEEP  # an input method still composes it
    return text if control.parse is None else _parsed(control.parse, text)


def _parsed(parse: Callable[[str], object], text: str) -> object:
    """What a field's text means; None while it means nothing."""
    try:
        return parse(text)
    except ValueError:
        return None


def _show_on(control: Control, value: object) -> None:
    verbs.property(control.handle, "checked", bool(value))


def _take_on(control: Control) -> bool:
    return verbs.is_on(control.handle)


def _show_open(control: Control, value: object) -> None:
    verbs.open(control.handle, bool(value), control.hole.name == "modal")


def _show_radio(control: Control, value: object) -> None:
    own = verbs.control_value(control.handle)
    verbs.property(control.handle, "checked", own == text_of(value))


def _take_radio(control: Control) -> object:
    return verbs.control_value(control.handle) if verbs.is_on(control.handle) else KEEP


def _show_box(control: Control, value: object) -> None:
    own = verbs.control_value(control.handle)
    is_on = own in map(text_of, items_of(control.hole, value))
    verbs.property(control.handle, "checked", is_on)


def _take_box(control: Control) -> object:
    value = control.read()
    own = verbs.control_value(control.handle)
    items = [item for item in items_of(control.hole, value) if text_of(item) != own]
    if verbs.is_on(control.handle):
        items.append(own)
    return _alike(value, items)


def _show_choices(control: Control, value: object) -> None:
    texts = [text_of(item) or "" for item in items_of(control.hole, value)]
    verbs.choose(control.handle, "\x1f".join(texts) if texts else None)


def _take_choices(control: Control) -> object:
    chosen = verbs.chosen(control.handle)
    return _alike(control.read(), chosen.split("\x1f") if chosen is not None else [])


def _show_files(control: Control, value: object) -> None:
    if not value:
        verbs.show_value(control.handle, "")  # a page may take files away, but choose none


def _take_files(control: Control) -> object:
    return list(verbs.files(control.handle))


def _alike(value: object, items: Iterable[object]) -> object:
    """Items in the kind of thing that a signal holds: a set stays a set, all else is a list."""
    return next((kind for kind in _KINDS if type(value) is kind), list)(items)


def _way(hole: Hole, kind: str) -> _Way:
    """How a control is shown and read."""
    name = hole.name
    is_box = kind in _BOXES
    if name == "value" and is_box:
        raise BindingError(
            f'bind:value of <{hole.tag} type="{kind}"> binds what no user can change.',
            why="Its value says what it stands for; whether it is on is something else.",
            fix="Write bind:checked={…}, or bind:group={…} for one choice of several.",
        )
    if name in ("checked", "group") and not is_box:
        raise BindingError(
            f'bind:{name} of <{hole.tag} type="{kind}"> binds what it has not.',
            why="Only a checkbox or a radio button can be on.",
            fix='Write bind:value={…}, or type="checkbox".',
        )
    return _WAYS.get((name, kind)) or _WAYS.get((name, "")) or (_show_text, _take_text)


_WAYS: dict[tuple[str, str], _Way] = {
    ("checked", ""): (_show_on, _take_on),
    ("group", "radio"): (_show_radio, _take_radio),
    ("group", "checkbox"): (_show_box, _take_box),
    ("modal", ""): (_show_open, _take_on),
    ("open", ""): (_show_open, _take_on),
    ("value", "select-multiple"): (_show_choices, _take_choices),
    ("value", "file"): (_show_files, _take_files),
}


def bind_control(instance: Instance, hole: Hole, index: int) -> None:
    """Bind `bind:name={signal}`."""
    if postpone(bind_control, instance, hole, index):
        return
    ways = _both_ways(instance.values[hole.first], hole)
    control = instance.bindings[index]
    if type(control) is not Control:
        control = instance.bindings[index] = Control(instance.base + hole.node, hole)
    control.connect(*ways)


def _both_ways(value: object, hole: Hole) -> tuple[Read, Store]:
    if isinstance(value, tuple) and len(value) == 2 and all(map(callable, value)):
        return value
    write = getattr(value, "set", None)
    if callable(value) and callable(write):
        return value, write
    raise BindingError(
        f"bind:{hole.name} of <{hole.tag}> got {type_of(value)}.",
        why="It reads and writes, so it needs both ways.",
        fix=f"Pass a Signal, or the pair: bind:{hole.name}={{(read, write)}}.",
    )
