"""What signals hold, by the place of their component and by the code that makes them."""

import linecache
import sys
from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import islice
from types import CodeType, FrameType
from typing import Any
from weakref import WeakKeyDictionary

from gossamer.dom.rows import Row
from gossamer.reactive import Owner, ReadSignal, current_owner
from gossamer.reactive.fields import ROOT, Field
from gossamer.reactive.graph import Writable
from gossamer.reactive.structures import structure_of
from gossamer.swap.exchanges import Exchanges

type Place = tuple[Hashable, ...]
"""The mounted view, then each component and row on the way, as `("Card", 1)` for the second."""

type Making = tuple[str, str]
"""The function in which a signal is made, and the source text that makes it."""

ELSEWHERE: Place = ("elsewhere",)
"""The root of what no script has mounted."""

_FACES = ("gossamer.reactive.signals", "gossamer.reactive.stores")
"""The modules of `signal()` and `store()`, which stand between a signal and the user's code."""


class Names:
    """Gives each owner below a root its place, in the order in which they are asked for."""

    def __init__(self, root: Place) -> None:
        self.root = root
        self.counts: Counter[Hashable] = Counter()
        self.made: list[tuple[Making, Writable]] = []
        """What a module makes while it runs for the first time."""
        self._known: WeakKeyDictionary[Owner, Place] = WeakKeyDictionary()

    def name(self, owner: Owner, rows: WeakKeyDictionary[Owner, Hashable]) -> Place:
        """The place of an owner."""
        place = self._known.get(owner)
        if place is None:
            parent = owner.parent
            place = self.root if parent is None else self.name(parent, rows)
            if owner in rows:
                place = (*place, ("row", rows[owner]))
            elif owner.name:
                place = (*place, (owner.name, self.count((place, owner.name))))
            self._known[owner] = place
        return place

    def count(self, of: Hashable) -> int:
        """How often this was asked before."""
        self.counts[of] += 1
        return self.counts[of] - 1


class States:
    """Knows all signals and stores that the user's code has made, and what the last ones held."""

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Owner, list[tuple[Making, Writable]]] = WeakKeyDictionary()
        self._rows: WeakKeyDictionary[Owner, Hashable] = WeakKeyDictionary()
        self._roots: WeakKeyDictionary[Owner, Names] = WeakKeyDictionary()
        self._modules: dict[str, Names] = {}
        self._root: Place = ELSEWHERE
        self._kept: dict[Hashable, Any] = {}
        self._texts: dict[tuple[CodeType, int], str] = {}
        self.restored = 0

    def begin(self, exchanges: Exchanges) -> None:
        """Hear of every signal, store and row from now on."""
        make_signal, make_field, make_own = ReadSignal.__init__, Field.__init__, Row.make_own

        def init_signal(signal: ReadSignal[Any], value: Any, *, name: str = "") -> None:
            make_signal(signal, value, name=name)
            signal.value = self.enter(signal, value)

        def init_field(field: Field, value: Any, parent: Field | None, *rest: Any) -> None:
            if parent is None and rest[0] is ROOT:
                kept = self.enter(field, value)
                value = kept if structure_of(kept) is structure_of(value) else value
            make_field(field, value, parent, *rest)

        def make_row_owner(row: Row) -> Owner:
            own = make_own(row)
            self._rows[own] = row.key
            return own

        exchanges.put(ReadSignal, "__init__", init_signal)
        exchanges.put(Field, "__init__", init_field)
        exchanges.put(Row, "make_own", make_row_owner)

    @contextmanager
    def mounting(self, root: Place) -> Iterator[None]:
        """Name what is mounted in the block."""
        before, self._root = self._root, root
        try:
            yield
        finally:
            self._root = before

    def enter(self, signal: Writable, value: Any) -> Any:
        """Remember a new signal, and give the value that it is to hold."""
        frame = _maker(sys._getframe(2))  # noqa: SLF001 - who makes it is the question
        if frame is None:
            return value
        owner = current_owner()
        making = (frame.f_code.co_qualname, self._text(frame))
        if owner is None:
            file = module_file(frame)
            if file is None:
                return value
            names = self._modules.setdefault(file, Names(("module", file)))
            place = names.root
            names.made.append((making, signal))
        else:
            names = self._roots.setdefault(_top(owner), Names(self._root))
            place = names.name(owner, self._rows)
            self._made.setdefault(owner, []).append((making, signal))
        key = (place, making, names.count((place, making)))
        if key not in self._kept:
            return value
        self.restored += 1
        return _of_today(self._kept[key], value)

    def keep(self, scripts: set[str], files: set[str]) -> None:
        """Keep what signals hold: those in the views that scripts have mounted, and in modules.

        What was kept before stays, where nothing takes its place: a component may have failed.
        """
        for top, names in list(self._roots.items()):
            if names.root[0] == "mount" and names.root[1] in scripts:
                fresh = Names(names.root)
                for owner in _below(top):
                    if owner in self._made:
                        self._take(fresh, fresh.name(owner, self._rows), self._made[owner])
                del self._roots[top]
        for file in files:
            names = self._modules.pop(file, Names(("module", file)))
            self._take(Names(names.root), names.root, names.made)
        self._texts = {}
        self.restored = 0

    def _take(self, names: Names, place: Place, made: list[tuple[Making, Writable]]) -> None:
        for making, signal in made:
            self._kept[place, making, names.count((place, making))] = signal.value

    def forget(self) -> None:
        """Drop what was kept."""
        self._kept = {}

    def _text(self, frame: FrameType) -> str:
        """The source that makes a signal, with what it is assigned to."""
        code, at = frame.f_code, frame.f_lasti
        if (code, at) not in self._texts:
            line, end_line, start, end = next(islice(code.co_positions(), at // 2, None))
            lines = linecache.getlines(code.co_filename)[(line or 1) - 1 : end_line]
            if lines:
                lines[-1] = lines[-1].encode()[:end].decode(errors="ignore")
            self._texts[code, at] = "\n".join(each.strip() for each in lines) or f"{line}:{start}"
        return self._texts[code, at]


def _maker(frame: FrameType | None) -> FrameType | None:
    """The user's frame that makes a signal; None when the framework makes it for itself."""
    while frame is not None and frame.f_globals.get("__name__") in _FACES:
        frame = frame.f_back
    if frame is None or str(frame.f_globals.get("__name__")).partition(".")[0] == "gossamer":
        return None
    return frame


def module_file(frame: FrameType | None) -> str | None:
    """The file of the module that runs for the first time; None in a handler or a task."""
    while frame is not None:
        if frame.f_code.co_name == "<module>":
            return frame.f_code.co_filename
        frame = frame.f_back
    return None


def _top(owner: Owner) -> Owner:
    while owner.parent is not None:
        owner = owner.parent
    return owner


def _below(owner: Owner) -> Iterator[Owner]:
    """An owner and all below it, in the order of the page."""
    waiting = [owner]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(each.children or {}))


def _of_today(kept: Any, fresh: Any) -> Any:
    """A kept value; a member of an enumeration that was made anew is that of the new one."""
    if not isinstance(kept, Enum):
        return kept
    module = sys.modules.get(type(kept).__module__)
    kind = getattr(module, type(kept).__name__, type(kept))
    return getattr(kind, kept.name, fresh)
