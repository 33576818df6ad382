"""Values computed from other values, and only when needed."""

import sys
import time
from typing import TYPE_CHECKING, Any, Literal, overload

from gossamer.errors import CycleError
from gossamer.reactive.arity import count_required
from gossamer.reactive.flushing import request
from gossamer.reactive.graph import (
    DEEPEST,
    Deep,
    Link,
    Source,
    clock,
    cut,
    next_stamp,
    pull,
    rest_memo,
    subscribe,
    track,
    wake_memo,
)
from gossamer.reactive.owners import Owner, captured_owner
from gossamer.reactive.scope import (
    CHECK,
    CLEAN,
    DIRTY,
    DISPOSED,
    MEMO,
    QUIET,
    RUNNING,
    scope,
)
from gossamer.values import ATOMS, is_equal_safely, shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import FrameType, TracebackType


def is_same(old: object, new: object) -> bool:
    """Say whether a memo's new value is the old one: the same type, and equal.

    `1` and `True` are not the same, since they do not look the same; nor are two NaN.
    Values that cannot be compared (arrays), or are too deep for it, are never the same.
    """
    kind = type(new)
    if type(old) is not kind:
        return False
    return old == new if kind in ATOMS else is_equal_safely(old, new)


class Memo[T](Source):
    """A cached value that is computed when it is read, if something it reads has changed.

    While nothing observes it, it is subscribed to nothing: it keeps its value, checks it when it
    is read, and goes when nobody refers to it.

    >>> from gossamer.reactive import Memo, Signal
    >>> words = Signal("a fine thread")
    >>> total = Memo(lambda: len(words().split()), name="total")
    >>> total
    Memo(total, not computed yet)
    >>> total(), total
    (3, Memo(3))
    """

    __slots__ = (
        "deps",
        "epoch",
        "equals",
        "error",
        "fn",
        "live",
        "name",
        "own",
        "owner",
        "stamp",
        "state",
        "tail",
        "takes_previous",
        "value",
    )

    kind = MEMO

    def __init__(
        self,
        fn: Callable[[], T] | Callable[[T | None], T],
        *,
        equals: Callable[[T, T], bool] | Literal[False] | None = None,
        name: str = "",
    ) -> None:
        self.version = 0
        self.subs = None
        self.last_sub = None
        self.read_in = 0
        self.fn: Any = fn
        self.takes_previous = count_required(fn) > 0
        self.equals = equals
        self.name = name
        self.value: Any = None
        self.error: tuple[Exception, TracebackType | None] | None = None
        self.deps: Link | None = None
        self.tail: Link | None = None
        self.live = False
        self.state = DIRTY
        self.stamp = 0
        self.epoch = 0
        self.owner: Owner | None = captured_owner()
        self.own: Owner | None = None

    def make_own(self) -> Owner:
        """Make the owner of what the function makes: most functions make nothing."""
        return Owner(self.owner)

    def __call__(self) -> T:
        """Read the value; what runs now is run again when it changes."""
        observer = scope.observer
        if self.state:
            pull(self)
            if observer:
                track(self, observer)
        elif observer and self.read_in != observer.stamp:
            track(self, observer)
        if self.error is not None:
            self.raise_error()
        return self.value  # type: ignore[no-any-return] # computed by fn

    def peek(self) -> T:
        """Read the value without depending on it."""
        if self.state:
            pull(self)
        if self.error is not None:
            self.raise_error()
        return self.value  # type: ignore[no-any-return] # computed by fn

    def track(self) -> None:
        """Depend on the memo without reading it; a kept error is not raised."""
        if self.state:
            pull(self)
        observer = scope.observer
        if observer:
            track(self, observer)

    def stream(self) -> AsyncIterator[T]:
        """Give the value now and after each change, for `async for`."""
        from gossamer.reactive.tasks import stream  # noqa: PLC0415 - asyncio is dear

        return stream(self)

    def dispose(self) -> None:
        """End the memo: it keeps its last value and is never computed again."""
        link = self.subs
        self.subs = self.last_sub = None
        while link is not None:
            following = link.next_sub
            link.sub = link.prev_sub = link.next_sub = None
            link = following
        rest_memo(self)
        self.state = DISPOSED
        self.deps = self.tail = None
        if self.own is not None:
            self.own.dispose()

    @property
    def is_disposed(self) -> bool:
        """Whether the memo was disposed of."""
        return self.state == DISPOSED

    @property
    def label(self) -> str:
        """The name that messages use: the memo's own, else its function's."""
        return self.name or getattr(self.fn, "__qualname__", "") or shown(self.fn)

    def __repr__(self) -> str:
        if self.version == 0:
            return f"Memo({self.label}, not computed yet)"
        return f"Memo({shown(self.value if self.error is None else self.error[0])})"

    def recompute(self) -> None:
        """Run the function, and see whether the value is another one."""
        if self.own is not None:
            self.own.reset()
        depth = scope.depth
        if depth == DEEPEST or self.state == RUNNING:
            self.refuse_to_run()
            return
        epoch, writes = clock.now, scope.writes
        observer, owner = scope.observer, scope.owner
        scope.observer = scope.owner = self
        scope.depth = depth + 1
        self.state = RUNNING
        self.tail = None
        self.stamp = next_stamp()
        done = False
        try:
            value = self.fn(self.value) if self.takes_previous else self.fn()
            if scope.deep is not None:
                raise scope.deep  # noqa: TRY301 - the function has caught it
            if self.version == 0 or self.error is not None or not self.is_equal(value):
                self.value = value
                self.version += 1
                self.error = None
            done = True
        except Exception as error:  # noqa: BLE001 - kept, and raised to each reader
            self.keep_error(error)
            done = True
        except BaseException as stop:
            if stop is not scope.deep:
                scope.deep = None
            raise
        finally:
            scope.observer, scope.owner = observer, owner
            scope.depth = depth
            tail = self.tail
            if (self.deps if tail is None else tail.next_dep) is not None:  # type: ignore[redundant-expr] # fn moves the tail
                cut(self)
            if self.state != DISPOSED:
                if not done:
                    self.state = DIRTY
                else:
                    self.epoch = epoch
                    self.state = CLEAN if self.live and scope.writes == writes else CHECK
        if scope.queue and not scope.held:
            request()

    def keep_error(self, error: Exception) -> None:
        """Keep what the function raised, for each reader; what unwinds the stack goes on."""
        if scope.deep is not None:
            raise scope.deep from None  # the function failed because it was unwound
        if isinstance(error, RecursionError):
            raise error  # it says how deep the stack was, not what the sources hold
        trace = error.__dict__.pop("gossamer_trace", None)
        if trace is None and error.__traceback__ is not None:
            trace = error.__traceback__.tb_next
        self.error = (error, trace)
        error.gossamer_told = False  # type: ignore[attr-defined] # for `report`
        self.version += 1

    def is_equal(self, value: T) -> bool:
        """Say whether a new value counts as the old one."""
        equals = self.equals
        if equals is None:
            old = self.value
            kind = type(value)
            if kind is not type(old):
                return False
            if kind is int or kind is str:
                return bool(value == old)
            equals = is_same
        elif equals is False:
            return False
        scope.observer = QUIET
        return bool(equals(self.value, value))

    def settle(self, epoch: int, writes: int) -> None:
        """Keep the value: nothing it was computed from had changed at that time."""
        self.epoch = epoch
        if self.live and scope.writes == writes:
            self.state = CLEAN

    def join(self) -> None:
        """Subscribe to the sources: something observes the memo from now on."""
        wake_memo(self)

    def forget(self) -> None:
        """Unsubscribe from the sources: nothing observes the memo any more."""
        rest_memo(self)

    def raise_error(self) -> None:
        """Raise the kept error, with the traceback of the run that raised it.

        A memo that reads this one keeps that traceback as it is: through a long chain of memos it
        would grow so long that freeing it exhausts the stack of a page.
        """
        kept = self.error
        assert kept is not None  # noqa: S101 - readers look first
        error, trace = kept
        error.gossamer_trace = trace  # type: ignore[attr-defined] # for `keep_error`
        raise error.with_traceback(trace)

    def refuse_to_run(self) -> None:
        """Raise what unwinds the stack where it is deep, else a CycleError."""
        if self.state != RUNNING:
            scope.deep = Deep(self)
            raise scope.deep
        self.refuse_cycle()

    def refuse_cycle(self) -> None:
        """Raise a CycleError that names the memos; or wait, if another thread computes this."""
        path = self.find_cycle()
        if path is None:
            self.wait()
            return
        observer = scope.observer
        if observer:
            tail = observer.tail
            link = Link(self, -1, observer.deps if tail is None else tail.next_dep)
            observer.tail = link  # never up to date
            if tail is None:
                observer.deps = link
            else:
                tail.next_dep = link
            if observer.live:
                subscribe(link, observer)
        raise CycleError(path)

    def refuse_writes(self) -> None:
        """Raise a CycleError: the memo keeps changing what it reads."""
        raise CycleError([self.label, "a write of what it reads", self.label])

    def find_cycle(self) -> list[str] | None:
        """Name the memos on this thread's stack from this one down to its reader."""
        path = [self.label]
        code = Memo.recompute.__code__
        waiting = scope.suspended[::-1]
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the documented way
        while frame is not None:
            if frame.f_code is code:
                memo: Memo[Any] = frame.f_locals["self"]
                # One that has no `done` yet asks only: another thread was quicker to begin.
                if memo.state == RUNNING and "done" in frame.f_locals:
                    path.append(memo.label)
                    if memo is self:
                        return path[::-1]
                    if waiting and memo is waiting[0]:
                        break
            frame = frame.f_back
        for memo in waiting[1:]:
            path += ("…", memo.label)  # between them are those that were interrupted
            if memo is self:
                return path[::-1]
        return None

    def wait(self) -> None:
        """Wait until another thread has computed the value."""
        deadline = time.monotonic() + 60
        while self.state == RUNNING:
            if time.monotonic() > deadline:
                raise CycleError([self.label, "(in another thread)", self.label])
            time.sleep(0.0001)


@overload
def memo[T](
    fn: Callable[[], T],
    *,
    equals: Callable[[T, T], bool] | Literal[False] | None = None,
    name: str = "",
) -> Memo[T]: ...
@overload
def memo[T](
    fn: Callable[[T | None], T],
    *,
    equals: Callable[[T, T], bool] | Literal[False] | None = None,
    name: str = "",
) -> Memo[T]: ...
@overload
def memo[T](
    fn: None = None,
    *,
    equals: Callable[[T, T], bool] | Literal[False] | None = None,
    name: str = "",
) -> Callable[[Callable[[], T]], Memo[T]]: ...


def memo(fn: Any = None, *, equals: Any = None, name: str = "") -> Any:
    """Make a cached value of a function; it notifies only when the value is another one.

    The function runs when the memo is read and something it read has changed. It may take one
    argument: the previous value, None at first. `equals(old, new)` says when nothing has changed;
    `equals=False` means never.

    >>> from gossamer.reactive import memo, signal
    >>> count, set_count = signal(2)
    >>> double = memo(lambda: count() * 2)
    >>> double()
    4
    >>> @memo(equals=lambda old, new: abs(old - new) < 2)
    ... def steady():
    ...     return count()
    >>> steady()
    2
    >>> set_count(3)
    >>> double(), steady()
    (6, 2)
    """
    if fn is None:
        return lambda fn: Memo(fn, equals=equals, name=name)
    return Memo(fn, equals=equals, name=name)
