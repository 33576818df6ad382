"""A tape in place of the page: what would be made is written down, to be found there."""

from collections.abc import Callable
from typing import Any, Final

from gossamer.dom.bridge import verbs
from gossamer.dom.plan import plan_numbered
from gossamer.reactive import Owner, current_owner, section_owner

ANCHOR: Final = -1
"""The number of a template that is none: the entry is a text node."""
WRITES: Final = (
    "attribute",
    "classes",
    "content",
    "dress",
    "inner_html",
    "listen",
    "no_attribute",
    "sibling",
    "style",
)
"""Verbs that a page does later, where its nodes do not say it already."""
OTHERS: Final = (
    "clone",
    "find",
    "glide",
    "hurry",
    "insert",
    "leave",
    "make",
    "measure",
    "move",
    "park",
    "property",
    "release",
    "remove",
    "rows",
    "stay",
    "text",
    "text_node",
    "unpark",
)
"""Those that the tape answers itself."""


class Entry:
    """What stands among others before an anchor: an instance, or an anchor itself."""

    __slots__ = ("base", "end", "home", "listener", "number", "owner", "texts")

    def __init__(self, number: int, base: int, end: int) -> None:
        self.number = number
        self.base = base
        self.end = end
        self.listener = 0
        self.texts: list[str] | None = None
        self.home: list[Entry] | None = None
        self.owner: Owner | None = None


class Tape:
    """What a view makes of an empty place, while it stands in for the page.

    Nodes that are there already, such as the head, stay the page's business: they are `real`.
    """

    __slots__ = (
        "_at",
        "_page",
        "bounds",
        "content",
        "parked",
        "postponed",
        "properties",
        "real",
        "texts",
        "writes",
    )

    def __init__(self) -> None:
        self._page: dict[str, Any] = {}
        self._at: dict[int, Entry] = {}
        self.content: dict[int, list[Entry]] = {}  # by the number of the anchor that they go before
        self.texts: dict[int, str] = {}
        self.bounds: set[int] = set()
        self.parked: dict[int, list[Entry]] = {}
        self.writes: dict[int, list[tuple[object, ...]]] = {}
        self.properties: dict[int, dict[str, object]] = {}
        self.postponed: list[Callable[[], None]] = []
        self.real: set[int] = set()

    def __enter__(self) -> Tape:
        global _tape
        for name in (*WRITES, *OTHERS):
            self._page[name] = getattr(verbs, name)
            setattr(verbs, name, getattr(self, name, None) or self._writer(name))
        _tape = self
        return self

    def __exit__(self, *_: object) -> None:
        global _tape
        for name, verb in self._page.items():
            setattr(verbs, name, verb)
        _tape = None

    def _writer(self, name: str) -> Callable[..., None]:
        verb = self._page[name]

        def write(handle: int, *given: object) -> None:
            if handle in self.real:
                verb(handle, *given)
            else:
                self.writes.setdefault(handle, []).append((name, handle, *given))

        return write

    def property(self, handle: int, name: str, value: object) -> None:
        """Set a property later."""
        self.properties.setdefault(handle, {})[name] = value

    def find(self, handle: int, selector: str) -> bool:
        """Find an element of the page."""
        self.real.add(handle)
        return self._page["find"](handle, selector)  # type: ignore[no-any-return] # the verb's

    def make(self, handle: int, tag: str) -> None:
        """Make an element that no view holds."""
        self.real.add(handle)
        self._page["make"](handle, tag)

    def clone(self, number: int, base: int, listener: int, texts: str | None) -> None:
        """Make an instance."""
        entry = self._at[base] = Entry(number, base, base + plan_numbered(number).end)
        entry.owner = current_owner()
        entry.listener = listener
        entry.texts = texts.split("\x1f") if texts is not None else None

    def rows(
        self,
        number: int,
        count: int,
        first: int,
        bases: str | None,
        listener: int,
        stride: int,
        before: int,
        texts: str | None,
    ) -> None:
        """Make many instances before an anchor."""
        plan = plan_numbered(number)
        size, end, width = plan.node_count, plan.end, len(plan.places)
        parts = texts.split("\x1f") if texts is not None else None
        starts = map(int, bases.split(",")) if bases else range(first, first + count * size, size)
        owner = current_owner()
        made = []
        for row, base in enumerate(starts):
            entry = self._at[base] = Entry(number, base, base + end)
            entry.owner = owner
            entry.listener = listener + row * stride
            entry.texts = parts[row * width : row * width + width] if parts is not None else None
            made.append(entry)
        self._place(made, before)

    def text_node(self, handle: int, before: int, _text: str) -> None:
        """Make an anchor."""
        entry = self._at[handle] = Entry(ANCHOR, handle, handle)
        self._place([entry], before)

    def text(self, handle: int, value: str) -> None:
        """Write into an anchor."""
        self.texts[handle] = value

    def insert(self, start: int, end: int, before: int) -> None:
        """Put a new range before an anchor, or before what stands there."""
        entry = self._at[start]
        self._place([entry] if entry.home is None else self._take(start, end), before)

    def move(self, start: int, end: int, before: int) -> None:
        """Move a range."""
        self._place(self._take(start, end), before)

    def park(self, start: int, end: int) -> None:
        """Keep a range out of the page."""
        entries = self.parked[start] = self._take(start, end)
        for entry in entries:
            entry.home = entries

    def unpark(self, start: int, _end: int, before: int) -> None:
        """Put a parked range back."""
        self._place(self.parked.pop(start), before)

    def remove(self, start: int, end: int) -> None:
        """Take a range out."""
        if start in self.real:
            self._page["remove"](start, end)
        elif self._at[start].home is not None:
            self.parked.pop(start, None)
            self._take(start, end)

    def leave(self, start: int, end: int, *_: object) -> None:
        """Take a range out; nobody has seen it, so nothing moves."""
        self.remove(start, end)

    def release(self, base: int, count: int) -> None:
        """Forget numbers."""
        for handle in range(base, base + count):
            if handle in self.real:
                self.real.discard(handle)
                self._page["release"](handle, 1)
            self.bounds.discard(handle)
            for known in (self.content, self.texts, self.writes, self.properties, self._at):
                known.pop(handle, None)

    def entry_at(self, base: int) -> Entry | None:
        """What a number is the first of."""
        return self._at.get(base)

    def measure(self, *_: object) -> None:
        """Nothing glides that nobody has seen."""

    glide = hurry = stay = measure

    def settle(self) -> None:
        """Do what has been put off; the nodes are there."""
        global _is_settling
        _is_settling = True
        try:
            for act in self.postponed:
                act()
        finally:
            _is_settling = False

    def _place(self, entries: list[Entry], before: int) -> None:
        at = self._at.get(before)
        if at is None or (at.number == ANCHOR and before not in self.bounds):
            home = self.content.setdefault(before, [])
            index = len(home)
        else:
            assert at.home is not None  # noqa: S101 - it stands somewhere
            home = at.home
            index = home.index(at)
        home[index:index] = entries
        for entry in entries:
            entry.home = home

    def _take(self, start: int, end: int) -> list[Entry]:
        """Take a range from where it stands."""
        first = self._at[start]
        home = first.home
        assert home is not None  # noqa: S101 - it stands somewhere
        index = last = home.index(first)
        while home[last].end != end:
            last += 1
        taken = home[index : last + 1]
        del home[index : last + 1]
        for entry in taken:
            entry.home = None
        return taken


_tape: Tape | None = None
_is_settling = False


def note_bound(handle: int) -> None:
    """Know an anchor that begins a place, so that nothing of its own ever stands before it."""
    if _tape is not None:
        _tape.bounds.add(handle)


def is_recording() -> bool:
    """Whether a tape stands in for the page."""
    return _tape is not None


def is_settling() -> bool:
    """Whether what is bound now stood in the page before Python came, and users may have used."""
    return _is_settling


def postpone[**P](fn: Callable[P, object], *args: P.args, **options: P.kwargs) -> bool:
    """Call a function when the nodes are there, if they are not; whether it has been put off.

    What has ended by then is left out.
    """
    if _tape is None:
        return False
    owner: Any = section_owner()  # a lazy one stands for an owner

    def run() -> None:
        if owner is None:
            fn(*args, **options)
        elif not owner.is_disposed:
            try:
                owner.run(fn, *args, **options)
            except Exception as error:  # noqa: BLE001 - the others live on; it is reported
                owner.handle_error(error)

    _tape.postponed.append(run)
    return True
