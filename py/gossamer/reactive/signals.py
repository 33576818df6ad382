"""Values that change: signals and triggers."""

from typing import TYPE_CHECKING, Any, Final, cast

from gossamer.reactive.debug import warn
from gossamer.reactive.flushing import write
from gossamer.reactive.graph import Writable, track
from gossamer.reactive.scope import scope
from gossamer.values import shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import TracebackType


class ReadSignal[T](Writable):
    """The reading half of a signal: call it to read, and to be run again when it changes.

    >>> from gossamer.reactive import signal
    >>> count, set_count = signal(1)
    >>> set_count(2)
    >>> count()
    2
    >>> count
    ReadSignal(2)
    """

    __slots__ = ("name",)

    value: T

    def __init__(self, value: T, *, name: str = "") -> None:
        self.value = value
        self.version = 0
        self.subs = None
        self.last_sub = None
        self.read_in = 0
        self.name = name

    def __call__(self) -> T:
        """Read the value; what runs now is run again when it changes."""
        observer = scope.observer
        if observer and self.read_in != observer.stamp:
            tail = observer.tail
            link = observer.deps if tail is None else tail.next_dep
            if link is not None and link.dep is self:  # read as in the last run: as in `track`
                self.read_in = observer.stamp
                link.seen = self.version
                observer.tail = link
            else:
                track(self, observer)
        return self.value

    def peek(self) -> T:
        """Read the value without depending on it."""
        return self.value

    def track(self) -> None:
        """Depend on the signal without reading it."""
        observer = scope.observer
        if observer and self.read_in != observer.stamp:
            track(self, observer)

    def stream(self) -> AsyncIterator[T]:
        """Give the value now and after each change, for `async for`.

        Values that are overwritten before the loop asks for them are skipped.
        """
        from gossamer.reactive.tasks import stream  # noqa: PLC0415 - asyncio is dear

        return stream(self)

    def dispose(self) -> None:
        """End the signal: it keeps its last value and tells nobody any more."""
        link = self.subs
        self.subs = self.last_sub = None
        while link is not None:
            following = link.next_sub
            link.sub = link.prev_sub = link.next_sub = None
            link = following
        self.__class__ = Disposed

    @property
    def is_disposed(self) -> bool:
        """Whether the signal was disposed of."""
        return False

    @property
    def label(self) -> str:
        """The name that messages use: the signal's own, else its kind and value."""
        return self.name or repr(self)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({shown(self.value)})"


class Mutation[T]:
    """Hands out a signal's value to be changed in place, and notifies once at the end."""

    __slots__ = ("notify", "source")

    def __init__(self, source: ReadSignal[T], *, notify: bool) -> None:
        self.source = source
        self.notify = notify

    def __enter__(self) -> T:
        return self.source.value

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.notify:
            write(self.source, self.source.value)


class WriteSignal[T]:
    """The writing half of a signal. A write always notifies, even with an equal value.

    >>> from gossamer.reactive import signal
    >>> names, set_names = signal(["Ada"])
    >>> set_names.update(lambda old: [*old, "Grace"])
    >>> with set_names.mutate() as value:
    ...     value.append("Edsger")
    >>> names()
    ['Ada', 'Grace', 'Edsger']
    """

    __slots__ = ("source",)

    def __init__(self, source: ReadSignal[T]) -> None:
        self.source = source

    def __call__(self, value: T) -> None:
        """Write a value, and notify."""
        write(self.source, value)

    def set(self, value: T) -> None:
        """Write a value, and notify."""
        write(self.source, value)

    def update(self, fn: Callable[[T], T]) -> None:
        """Write what a function makes of the present value, and notify."""
        write(self.source, fn(self.source.value))

    def maybe_update(self, fn: Callable[[T], bool]) -> None:
        """Let a function change the value in place; notify if it answers True."""
        if fn(self.source.value):
            write(self.source, self.source.value)

    def mutate(self, *, notify: bool = True) -> Mutation[T]:
        """Change the value in place inside a `with`; notifies once, at its end."""
        return Mutation(self.source, notify=notify)

    def set_quietly(self, value: T) -> None:
        """Write a value without notifying anybody."""
        self.source.value = value

    def notify(self) -> None:
        """Tell what depends on the signal that its value was changed in place."""
        write(self.source, self.source.value)

    def __repr__(self) -> str:
        return f"WriteSignal({self.source.label})"


class Signal[T](ReadSignal[T]):
    """One object to read and write a value.

    >>> count = Signal(1)
    >>> count.set(count() + 1)
    >>> count.update(lambda old: old * 10)
    >>> count()
    20
    """

    __slots__ = ()

    if TYPE_CHECKING:

        def set(self, value: T) -> None:
            """Write a value, and notify."""

    else:
        set = write  # the function itself: a fifth less than through a method of its own

    def update(self, fn: Callable[[T], T]) -> None:
        """Write what a function makes of the present value, and notify."""
        write(self, fn(self.value))

    def maybe_update(self, fn: Callable[[T], bool]) -> None:
        """Let a function change the value in place; notify if it answers True."""
        if fn(self.value):
            write(self, self.value)

    def mutate(self, *, notify: bool = True) -> Mutation[T]:
        """Change the value in place inside a `with`; notifies once, at its end."""
        return Mutation(self, notify=notify)

    def set_quietly(self, value: T) -> None:
        """Write a value without notifying anybody."""
        self.value = value

    def notify(self) -> None:
        """Tell what depends on the signal that its value was changed in place."""
        write(self, self.value)

    @property
    def read_only(self) -> ReadSignal[T]:
        """The same signal, for reading only."""
        return ReadOnly(self)

    @property
    def write_only(self) -> WriteSignal[T]:
        """The same signal, for writing only."""
        return WriteSignal(self)

    def split(self) -> tuple[ReadSignal[T], WriteSignal[T]]:
        """Give both halves, as `signal()` does."""
        return ReadOnly(self), WriteSignal(self)


class ReadOnly[T](ReadSignal[T]):
    """A `Signal` seen through its reading half."""

    __slots__ = ("source",)

    def __init__(self, source: ReadSignal[T]) -> None:
        self.source = source

    def __call__(self) -> T:
        """Read the value; what runs now is run again when it changes."""
        return self.source()

    def peek(self) -> T:
        """Read the value without depending on it."""
        return self.source.value

    def track(self) -> None:
        """Depend on the signal without reading it."""
        self.source.track()

    def dispose(self) -> None:
        """End the signal itself."""
        self.source.dispose()

    @property
    def is_disposed(self) -> bool:
        """Whether the signal was disposed of."""
        return self.source.is_disposed

    @property
    def label(self) -> str:
        """The name that messages use."""
        return self.source.label

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReadOnly) and other.source is self.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"ReadSignal({shown(self.source.value)})"


class Trigger(Writable):
    """A signal without a value: `track()` depends on it, `notify()` runs what does.

    >>> from gossamer.reactive import Trigger, effect
    >>> saved = Trigger()
    >>> watcher = effect(lambda: (saved.track(), print("saved"))[0])
    saved
    >>> saved.notify()
    saved
    """

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__()
        self.value = None

    def track(self) -> None:
        """Depend on the trigger."""
        observer = scope.observer
        if observer and self.read_in != observer.stamp:
            track(self, observer)

    __call__ = track

    def notify(self) -> None:
        """Run what depends on the trigger."""
        write(self, None)


def signal[T](value: T, *, name: str = "") -> tuple[ReadSignal[T], WriteSignal[T]]:
    """Make a value that changes: a function that reads it and one that writes it.

    `name` is for messages only.

    >>> count, set_count = signal(0)
    >>> set_count(5)
    >>> set_count.update(lambda old: old + 1)
    >>> count()
    6
    """
    source = ReadSignal(value, name=name)
    return source, WriteSignal(source)


class Disposed[T](Signal[T]):
    """A signal after its end: it keeps its last value, ignores writes and tells nobody."""

    __slots__ = ()

    @property
    def value(self) -> T:
        """The last value."""
        warn(f"{self.label} was read after it was disposed of: the last value is given.")
        return cast("T", _VALUE.__get__(self))

    @value.setter
    def value(self, _value: T) -> None:
        warn(f"{self.label} was written after it was disposed of: the write is ignored.")

    def __call__(self) -> T:
        """Read the last value."""
        return self.value

    def peek(self) -> T:
        """Read the last value."""
        return self.value

    def track(self) -> None:
        """Do nothing: there is nothing to depend on."""

    def dispose(self) -> None:
        """Do nothing: it happened already."""

    @property
    def is_disposed(self) -> bool:
        """Whether the signal was disposed of."""
        return True

    @property
    def label(self) -> str:
        """The name that messages use."""
        return self.name or f"Signal({shown(_VALUE.__get__(self))})"

    def __repr__(self) -> str:
        return f"Signal({shown(_VALUE.__get__(self))}, disposed)"


_VALUE: Final[Any] = Writable.__dict__["value"]
