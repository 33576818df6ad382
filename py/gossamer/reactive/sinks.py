"""Sinks: what follows one source and owns nothing."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from gossamer.reactive.derived import KeySource
from gossamer.reactive.graph import Link, Source, pull, unsubscribe
from gossamer.reactive.memos import Memo
from gossamer.reactive.owners import Owner, captured_owner
from gossamer.reactive.reports import report
from gossamer.reactive.scope import CLEAN, DISPOSED, EFFECT, MEMO, QUIET, scope
from gossamer.reactive.signals import ReadOnly, ReadSignal, Signal
from gossamer.reactive.waiting import is_waiting

_SOURCES: Final = frozenset((ReadSignal, Signal, Memo, KeySource))


def source_of(value: object) -> Source | None:
    """The source that a value is, or reads and does nothing else; None for anything else.

    A sink can follow it; any other callable has to be run to find out what it reads.

    >>> from gossamer.reactive import Signal, source_of
    >>> count = Signal(1)
    >>> source_of(count) is count, source_of(count.read_only) is count, source_of(lambda: count())
    (True, True, None)
    """
    kind = type(value)
    if kind in _SOURCES:
        return value  # type: ignore[return-value] # of a kind that is one
    return value.source if kind is ReadOnly else None  # type: ignore[attr-defined] # likewise


def are_sources(values: Iterable[object]) -> bool:
    """Whether each value is a source that a sink can follow as it is.

    >>> from gossamer.reactive import Signal, are_sources, memo
    >>> are_sources([Signal(1), memo(lambda: 2)]), are_sources([Signal(1), 2])
    (True, False)
    """
    return {*map(type, values)} <= _SOURCES


def section_owner() -> Owner | LazyOwner | None:
    """The current owner as it is: a lazy one is not made for it.

    >>> from gossamer.reactive import LazyOwner, section_owner
    >>> row = LazyOwner(None, None)
    >>> row.run(section_owner) is row, row.own
    (True, None)
    """
    owner = scope.owner
    if isinstance(owner, LazyOwner):  # a section of a row
        return owner
    return captured_owner()


_ENDED: Final = Owner(None)
_ENDED.end()


class LazyOwner:
    """Stands for an owner until something has to be owned; for lists, which have one a row.

    `around` is what the owner will belong to, `outer` the effect that runs before its effects.

    >>> from gossamer.reactive import LazyOwner, on_cleanup
    >>> row = LazyOwner(None, None)
    >>> _ = row.run(on_cleanup, lambda: print("gone"))
    >>> row.dispose()
    gone
    """

    __slots__ = ("outer", "own", "owner")

    kind = MEMO  # as a memo, whose owner is made when it is needed as well
    is_effect = False

    def __init__(self, around: Owner | None, outer: Any) -> None:
        self.owner = around
        self.outer = outer
        self.own: Owner | None = None

    def make_own(self) -> Owner:
        """Make the owner."""
        own = Owner(self.owner)
        if self.outer is not None:
            own.outer = self.outer
        return own

    @property
    def paused(self) -> bool:
        """Whether the effects here are stopped."""
        owner = self.own or self.owner
        return owner is not None and owner.paused

    @property
    def is_disposed(self) -> bool:
        """Whether it has ended."""
        return self.owner is _ENDED

    def run[**P, T](self, fn: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Call a function, untracked, with this owner as the current one."""
        observer, owner = scope.observer, scope.owner
        scope.observer, scope.owner = QUIET, self  # type: ignore[assignment] # like a memo
        try:
            return fn(*args, **options)
        finally:
            scope.observer, scope.owner = observer, owner

    def handle_error(self, error: Exception) -> None:
        """Give an error to the nearest handler."""
        owner = self.own or self.owner
        if owner is None:
            report(error, None)
        else:
            owner.handle_error(error)

    def reset(self) -> None:
        """End what is owned."""
        if self.own is not None:
            self.own.reset()

    def dispose(self) -> None:
        """End the owner, if there ever was one; what is made here from now on ends at once."""
        own, self.own = self.own, None
        self.owner = _ENDED
        if own is not None:
            own.dispose()


class Sink(Link):
    """Follows one source: the cheapest thing that can answer a change.

    A subclass says in `execute` what to do; it runs in the flush, where an effect would.
    Whoever makes a sink ends it: it belongs to no owner, `parent` only takes its errors.
    It reads one source, so it is its own link: one object less for each text of a page.

    >>> from gossamer.reactive import Signal, Sink
    >>> class Printer(Sink):
    ...     def execute(self):
    ...         print(self.read())
    >>> count = Signal(1)
    >>> printer = Printer(count, None)
    >>> count.set(2)
    2
    >>> printer.release()
    """

    __slots__ = ("deps", "parent", "state")

    kind = EFFECT
    live = True
    is_effect = False
    running = False

    def __init__(self, source: Source, parent: Any) -> None:
        if source.state:
            pull(source)  # type: ignore[arg-type] # only a memo has a state other than CLEAN
        self.state = CLEAN
        self.parent = parent
        self.dep = source
        self.seen = source.version
        self.next_dep = self.next_sub = None
        self.deps: Link | None = self
        self.sub = self
        last = self.prev_sub = source.last_sub  # as in `subscribe`
        source.last_sub = self
        if last is None:
            source.subs = self
            if source.kind:
                source.join()
        else:
            last.next_sub = self

    def read(self) -> Any:
        """The source's value now."""
        source: Any = self.dep
        value = source.peek()
        self.seen = source.version
        return value

    def execute(self) -> None:
        """Answer the change."""
        raise NotImplementedError

    @property
    def outer(self) -> Any:
        """The effect around it, which runs first: it may end the sink."""
        parent = self.parent
        return parent if parent is None or parent.is_effect else parent.outer

    @property
    def paused(self) -> bool:
        """Whether effects are stopped here, for a while or for good."""
        parent = self.parent
        return parent is not None and parent.paused

    @property
    def label(self) -> str:
        """The name that messages use."""
        return type(self).__name__

    def stale_sources(self) -> list[str]:
        """Name the source."""
        return [self.dep.label] if self.deps is not None else []

    def handle_error(self, error: Exception) -> None:
        """Give what went wrong to the owner."""
        if self.parent is None:
            report(error, None)
        else:
            self.parent.handle_error(error)

    def begin_failed(self, error: BaseException) -> None:
        """Hand on what the first answer raised, as a later one; only what unwinds ends it."""
        if isinstance(error, RecursionError) or not isinstance(error, Exception):
            self.end()
            raise error
        if not is_waiting(self):
            self.handle_error(error)

    @property
    def source(self) -> Source | None:
        """What it follows; None once it has ended."""
        return self.dep if self.deps is not None else None

    def end(self) -> None:
        """Follow no longer."""
        if self.deps is not None:
            self.deps = self.parent = None
            self.state = DISPOSED
            source = self.dep
            if source.subs is self and source.last_sub is self:  # alone, as most are
                source.subs = source.last_sub = self.sub = None
                if source.kind:
                    source.forget()
            else:
                unsubscribe(self)

    release = end
    """End it, and let go of what it holds: a subclass may hold more."""
