"""Signals made of other signals: selectors, lenses, slices."""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any, Final, overload

from gossamer.reactive.effects import Effect
from gossamer.reactive.faces import Store
from gossamer.reactive.flushing import run_effect, write
from gossamer.reactive.graph import Writable, track
from gossamer.reactive.memos import Memo
from gossamer.reactive.scope import KEY, MEMO, scope
from gossamer.reactive.signals import ReadSignal, Signal, WriteSignal
from gossamer.values import shown

_NOTHING: Final = object()


class KeySource(Writable):
    """One key of a selector: it changes when the key becomes, or stops being, the chosen one.

    >>> from gossamer.reactive import Signal, selector
    >>> chosen = Signal("a")
    >>> is_b = selector(chosen).of("b")
    >>> chosen.set("b")
    >>> is_b()
    True
    """

    __slots__ = ("key", "selector")

    kind = KEY

    def __init__(self, selector: Selector[Any], key: object) -> None:
        self.value = None
        self.version = 0
        self.subs = None
        self.last_sub = None
        self.read_in = 0
        self.selector = selector
        self.key = key

    def __call__(self) -> bool:
        """Whether the key is the chosen one, tracked."""
        return self.selector(self.key)

    def peek(self) -> bool:
        """Whether the key is the chosen one, untracked."""
        selector = self.selector
        if selector.follower.state:
            run_effect(selector.follower)
        return bool(self.key == selector.chosen)

    def join(self) -> None:
        """Be told of changes from now on, until the last subscriber goes."""
        self.selector.keys[self.key] = self

    @property
    def label(self) -> str:
        """The name that messages use."""
        return f"selector of {shown(self.key)}"

    def forget(self) -> None:
        """Leave the selector: nobody asks for the key any more."""
        keys = self.selector.keys
        if keys.get(self.key) is self:
            del keys[self.key]


class Selector[K]:
    """Says whether a key is the chosen one, and tells only the two keys that a change concerns.

    >>> from gossamer.reactive import Selector, Signal
    >>> chosen = Signal("a")
    >>> is_chosen = Selector(chosen)
    >>> is_chosen("a"), is_chosen("b")
    (True, False)
    """

    __slots__ = ("chosen", "follower", "keys", "source")

    def __init__(self, source: Callable[[], K]) -> None:
        self.source = source
        self.keys: dict[K, KeySource] = {}
        self.chosen: Any = _NOTHING
        self.follower = Effect(self._follow)
        self.follower.start()

    def _follow(self) -> None:
        old, self.chosen = self.chosen, self.source()
        if old == self.chosen:
            return
        for key in (old, self.chosen):
            found = self.keys.get(key)
            if found is not None:
                write(found, None)

    def __call__(self, key: K) -> bool:
        """Say whether this is the chosen key; the effect that asks runs again when that changes.

        A memo that asks follows the source itself, so that it is never out of date in a batch.
        """
        observer = scope.observer
        if not observer or observer.kind == MEMO or not observer.live:
            return key == self.source()
        run_effect(self.follower)
        found = self.keys.get(key)
        if found is None:
            found = KeySource(self, key)
        if found.read_in != observer.stamp:
            track(found, observer)
        return bool(key == self.chosen)

    def of(self, key: K) -> KeySource:
        """A callable that says whether `key` is the chosen one.

        In a hole it costs less than a lambda: nothing has to run to find out what it reads.
        """
        return self.keys.get(key) or KeySource(self, key)


def selector[K](source: Callable[[], K]) -> Selector[K]:
    """Make a test for "is this the one": a change concerns two keys, however many there are.

    >>> from gossamer.reactive import Signal, effect, selector
    >>> chosen = Signal(1)
    >>> is_chosen = selector(chosen)
    >>> rows = [effect(lambda row=row: print(row, is_chosen(row))) for row in range(3)]
    0 False
    1 True
    2 False
    >>> chosen.set(2)
    1 False
    2 True
    """
    return Selector(source)


class Lens[T, U]:
    """A part of a signal that can be read and written like a signal.

    >>> from gossamer.reactive import Signal, lens
    >>> name = Signal("Ada Byron")
    >>> last = lens(name, lambda whole: whole.split()[1], lambda whole, part: f"Ada {part}")
    >>> last.update(str.upper)
    >>> name()
    'Ada BYRON'
    """

    __slots__ = ("get", "put", "reader", "writer")

    def __init__(
        self,
        source: Signal[T] | tuple[ReadSignal[T], WriteSignal[T]],
        get: Callable[[T], U],
        put: Callable[[T, U], T],
    ) -> None:
        self.reader, self.writer = source.split() if isinstance(source, Signal) else source
        self.get = get
        self.put = put

    def __call__(self) -> U:
        """Read the part; what runs now is run again when the whole changes."""
        return self.get(self.reader())

    def peek(self) -> U:
        """Read the part without depending on it."""
        return self.get(self.reader.peek())

    def set(self, value: U) -> None:
        """Write the whole with this part exchanged."""
        self.writer(self.put(self.reader.peek(), value))

    def update(self, fn: Callable[[U], U]) -> None:
        """Write what a function makes of the part."""
        self.set(fn(self.peek()))

    def __repr__(self) -> str:
        return f"Lens({shown(self.peek())})"


def lens[T, U](
    source: Signal[T] | tuple[ReadSignal[T], WriteSignal[T]],
    get: Callable[[T], U],
    put: Callable[[T, U], T],
) -> Lens[T, U]:
    """Look at a part of a signal: `get(whole)` reads it, `put(whole, part)` gives a new whole.

    >>> from gossamer.reactive import Signal, lens
    >>> point = Signal((1, 2))
    >>> x = lens(point, lambda whole: whole[0], lambda whole, part: (part, whole[1]))
    >>> x.set(5)
    >>> x(), point()
    (5, (5, 2))
    """
    return Lens(source, get, put)


def slice_(
    source: Signal[Any] | tuple[ReadSignal[Any], WriteSignal[Any]], path: str
) -> tuple[Memo[Any], Callable[[Any], None]]:
    """Make a memo of one field of a signal, and a function that writes it.

    The path names attributes, keys or positions: `"user.address.0"`. A write copies the objects on
    the path and leaves the old ones as they were.

    >>> from gossamer.reactive import Signal, slice_
    >>> state = Signal({"user": {"name": "Ada"}, "count": 1})
    >>> name, set_name = slice_(state, "user.name")
    >>> set_name("Grace")
    >>> name(), state()["count"]
    ('Grace', 1)
    """
    reader, writer = source.split() if isinstance(source, Signal) else source
    steps = path.split(".")

    def read() -> Any:
        whole = reader()
        for step in steps:
            whole = take(whole, step)
        return whole

    def write_part(value: Any) -> None:
        writer(put_at(reader.peek(), steps, value))

    return Memo(read, name=f"slice {path}"), write_part


def take(whole: Any, step: str) -> Any:
    """Take the part of an object that one step of a path names."""
    if isinstance(whole, Mapping):
        return whole[step]
    if isinstance(whole, (list, tuple)) and not hasattr(whole, step):
        return whole[int(step)]
    return getattr(whole, step)


def put_at(whole: Any, steps: list[str], value: Any) -> Any:
    """Copy an object with the part at the end of a path exchanged."""
    step, *rest = steps
    if rest:
        value = put_at(take(whole, step), rest, value)
    if isinstance(whole, Mapping):
        return {**whole, step: value}
    if isinstance(whole, (list, tuple)) and not hasattr(whole, step):
        parts = list(whole)
        parts[int(step)] = value
        return type(whole)(parts)
    if hasattr(whole, "__replace__"):
        return whole.__replace__(**{step: value})
    made = copy(whole)
    setattr(made, step, value)
    return made


@overload
def as_signal[T](value: Callable[[], T]) -> Callable[[], T]: ...
@overload
def as_signal[T](value: T) -> Callable[[], T]: ...


def as_signal(value: Any) -> Callable[[], Any]:
    """Give something to call for a value, whatever was passed: a value, a signal, a function.

    >>> from gossamer.reactive import Signal, as_signal
    >>> as_signal("text")(), as_signal(Signal(2))()
    ('text', 2)
    """
    return value if callable(value) else lambda: value


def as_setter[T](
    target: Signal[T]
    | WriteSignal[T]
    | Lens[Any, T]
    | Store[T]
    | tuple[object, Callable[[T], object]]
    | Callable[[T], object],
) -> Callable[[T], object]:
    """Give something to call with a new value: of a signal, a lens, a store, a pair or a function.

    >>> from gossamer.reactive import Signal, as_setter
    >>> count = Signal(1)
    >>> as_setter(count)(5)
    >>> count()
    5
    """
    if isinstance(target, tuple):
        return target[1]
    if isinstance(target, (Signal, Lens, Store)):
        return target.set
    return target
