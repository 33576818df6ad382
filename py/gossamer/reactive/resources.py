"""Values that come later: resources and async memos."""

from typing import TYPE_CHECKING, Any

from gossamer.reactive.batches import batch
from gossamer.reactive.effects import Reaction
from gossamer.reactive.flushing import run_effect, write
from gossamer.reactive.handover import offered
from gossamer.reactive.loads import Load, Pending, is_async
from gossamer.reactive.memos import Memo
from gossamer.reactive.owners import current_owner, untrack
from gossamer.reactive.reports import report
from gossamer.reactive.scope import CLEAN, DIRTY, DISPOSED, scope
from gossamer.reactive.signals import ReadSignal
from gossamer.reactive.suspensions import hold_boundary
from gossamer.reactive.waiting import is_waiting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from types import TracebackType

    from gossamer.reactive.caches import Entry
    from gossamer.reactive.owners import Owner


class Coming[T](ReadSignal[T]):
    """A value that may not have come yet."""

    __slots__ = ("is_missing",)

    is_missing: bool


class Resource[T](Pending):
    """A value that is fetched: None until it has come. It is read like a signal, or awaited.

    What is shown below a `Suspense` and reads it holds that boundary back while it is `pending`.
    A newer fetch calls the older one off; while it runs, the value of before stays readable.
    When a fetch fails, `error` says so and a read raises it, until the next fetch begins.
    `refreshing` says that what a cache knows is fetched again meanwhile.

    >>> import asyncio
    >>> from gossamer.reactive import Signal, resource
    >>> async def main():
    ...     number = Signal(2)
    ...     square = resource(lambda n: asyncio.sleep(0, n * n), number)
    ...     print(square(), square.pending())
    ...     print(await square, square(), square.pending())
    >>> asyncio.run(main())
    None True
    4 4 False
    """

    __slots__ = (
        "__weakref__",
        "_entry",
        "_failure",
        "_fetcher",
        "_follower",
        "_owner",
        "_source",
        "_trace",
        "_value",
        "error",
        "has_come",
        "name",
        "refreshing",
    )

    is_local = False

    def __init__(
        self,
        fetcher: Callable[..., Any],
        source: Callable[[], Any] | None = None,
        *,
        name: str = "",
    ) -> None:
        self.name = name or getattr(fetcher, "__qualname__", type(fetcher).__name__)
        super().__init__()
        self.refreshing: ReadSignal[bool] = ReadSignal(value=False, name="refreshing")
        self.error: ReadSignal[Exception | None] = ReadSignal(None, name="error")
        self._failure: ReadSignal[Exception | None] = ReadSignal(None, name=self.name)
        self._value: Coming[Any] = Coming(None, name=self.name)
        self._value.is_missing = self.has_come = False
        self._trace: TracebackType | None = None
        self._fetcher = fetcher
        self._entry: Entry | None = None
        self._owner = current_owner()
        self._source = None if source is None else Memo(source, name=f"source of {self.name}")
        self._follower = Reaction(self._follow)
        if self._owner is not None:
            self._owner.on_cleanup(self.dispose)
        self._follower.start()

    def __call__(self) -> T | None:
        """Read the value; what is shown and reads it keeps the nearest boundary waiting.

        Raises:
            Exception: what the last fetch raised.
        """
        if scope.observer:
            hold_boundary(self)
        failure = self._failure()
        if failure is not None:
            raise failure.with_traceback(self._trace)
        return self._value()  # type: ignore[no-any-return] # fetched

    def peek(self) -> T | None:
        """Read the value without depending on it, and keep nobody waiting."""
        failure = self._failure.value
        if failure is not None:
            raise failure.with_traceback(self._trace)
        return self._value.value  # type: ignore[no-any-return] # fetched

    def latest(self) -> T | None:
        """Read the last value that came, also when a later fetch failed; keeps nobody waiting."""
        return self._value()  # type: ignore[no-any-return] # fetched

    def track(self) -> None:
        """Depend on the value without reading it."""
        self._failure.track()
        self._value.track()

    def __await__(self) -> Generator[Any, Any, T]:
        self._catch_up()
        yield from self._wait()
        self.track()
        return self.peek()  # type: ignore[return-value] # it has come

    def set(self, value: T) -> None:
        """Write the value; a fetch that is under way is called off."""
        if self.is_disposed:
            return
        if self._entry is not None:
            self._entry.put(value)
        else:
            self._follower.reset()
            self.take(value)

    def give_up(self, error: Exception) -> None:
        """Call off what is under way, and fail."""
        self._follower.reset()
        self.fail(error)

    def update(self, fn: Callable[[T | None], T]) -> None:
        """Write what a function makes of the last value."""
        self.set(fn(self._value.value))

    def optimistic(self, fn: Callable[[T | None], T]) -> Optimism[T]:
        """Write what a function makes of the value, for as long as the `with` succeeds.

        When its block fails, the value of before comes back; if it is another one by then, it is
        fetched again.
        """
        return Optimism(self, fn)

    def refetch(self) -> None:
        """Fetch again, now; an error is forgotten, and a fetch that is under way is called off."""
        follower = self._follower
        with batch():
            if follower.state == DISPOSED:
                return
            if self._entry is not None:
                self._catch_up()  # to another entry, perhaps
            if self._entry is not None:
                self._entry.begin()
            else:
                follower.state = DIRTY
                run_effect(follower)

    def dispose(self) -> None:
        """End the resource: it keeps its value, and a fetch that is under way is called off."""
        self._follower.dispose()
        self._let_go(is_cancelled=True)
        self.stop()

    @property
    def is_disposed(self) -> bool:
        """Whether the resource has ended."""
        return self._follower.is_disposed

    @property
    def label(self) -> str:
        """The name that messages use: the resource's own, else its fetcher's."""
        return self.name

    def __repr__(self) -> str:
        return f"Resource({self.name}, {self._value.value!r})"

    def wait(self, *, is_refresh: bool = False) -> None:
        """Take note that a fetch has begun; a refresh is none that anybody has to wait for."""
        with batch():
            self._value.is_missing = not self.has_come
            put(self.pending, value=not is_refresh)
            put(self.refreshing, value=is_refresh)
            put(self.error, None)
            if not is_refresh:
                put(self._failure, None)

    def take(self, value: Any, *, has_come: bool = True) -> None:
        """Take a value."""
        with batch():
            self.has_come = has_come
            write(self._value, value)
            self._settle(None, None)

    def fail(self, error: Exception) -> None:
        """Take what a fetch raised; if nobody looks, it goes where the resource was made."""
        is_refresh = self.refreshing.value
        is_seen = self.error.subs is not None
        if not is_refresh:
            is_seen = is_seen or bool(self._waiters) or self._failure.subs is not None
        self._trace = error.__traceback__  # each read begins with it, so that it does not grow
        if not hasattr(error, "gossamer_told"):
            error.gossamer_told = False  # type: ignore[attr-defined] # for `report`
        with batch():
            self._settle(error, None if is_refresh else error)
        if is_seen:
            return
        if is_refresh or self._owner is None:
            report(error, self._owner)
        else:
            self._owner.handle_error(error)

    def stop(self) -> None:
        """Take note that no value comes any more."""
        with batch():
            self._settle(self.error.value, self._failure.value)

    def _settle(self, error: Exception | None, failure: Exception | None) -> None:
        self._value.is_missing = False
        put(self.error, error)
        put(self._failure, failure)
        for signal in (self.pending, self.refreshing):
            put(signal, value=False)
        self._let_go()

    def _follow(self) -> None:
        """Fetch for what the source gives now; a source that gives None has nothing to fetch."""
        if self._source is None:
            untrack(self._begin)
            return
        try:
            value = self._source()
        except Exception as error:  # noqa: BLE001 - it is the outcome
            if is_waiting(self._follower):
                untrack(self.wait)  # for a resource that the source reads
            else:
                untrack(self.fail, error)
            return
        if value is None:
            untrack(self.take, None, has_come=False)
        else:
            untrack(self._begin, value)

    def _begin(self, *given: Any) -> None:
        """Fetch, unless the value is handed over."""
        known = offered(self, given)
        if known is None:
            self._run(lambda: self._fetcher(*given), None)
        else:
            self.take(known[0])

    def _run(self, fetch: Callable[[], Any], observer: Reaction | None) -> None:
        """Run the fetcher, and wait for what it gives if that takes time."""
        try:
            result = fetch()
        except Exception as error:  # noqa: BLE001 - it is the outcome
            untrack(self.fail, error)
            return
        if is_async(result):
            self._follower.on_cleanup(Load(self, result, self._keeper(), observer).cancel)
            untrack(self.wait)
        else:
            untrack(self.take, result)

    def _keeper(self) -> Owner:
        """Who owns what the fetcher makes: it ends before the next fetch."""
        return self._follower

    def _catch_up(self) -> None:
        """Fetch at once if the source has changed."""
        if CLEAN < self._follower.state < DISPOSED:
            run_effect(self._follower)


class AsyncMemo[T](Resource[T]):
    """A resource whose fetcher is followed: it runs again when what it has read changes.

    What it reads after an `await` counts as well.

    >>> import asyncio
    >>> from gossamer.reactive import Signal, async_memo
    >>> async def main():
    ...     count = Signal(2)
    ...     @async_memo
    ...     async def double():
    ...         await asyncio.sleep(0)
    ...         return count() * 2
    ...     print(await double)
    ...     count.set(4)
    ...     print(await double)
    >>> asyncio.run(main())
    4
    8
    """

    __slots__ = ()

    def _follow(self) -> None:
        # Only running it tells what it reads: what is handed over is shown until that is done.
        known = None if self.has_come else untrack(offered, self, ())
        if known is not None:
            untrack(self.take, known[0])
        self._run(self._fetcher, self._follower)
        if known is not None and self.pending.value:
            untrack(self.wait, is_refresh=True)

    def fail(self, error: Exception) -> None:
        """Take what the fetcher raised, unless it has read what has not come: it runs again."""
        if is_waiting(self._follower):
            self.wait()
        else:
            super().fail(error)


class LocalResource[T](AsyncMemo[T]):
    """An async memo that is for browsers only: a server leaves it pending."""

    __slots__ = ()

    is_local = True

    def _follow(self) -> None:
        if self._follower.still:
            untrack(self.wait)
        else:
            super()._follow()


class Once[T](Resource[T]):
    """A resource for one awaitable, which belongs to the place where it is shown.

    So an async component provides contexts, and registers cleanups, as a plain one does.
    """

    __slots__ = ()

    def __init__(self, awaitable: Awaitable[T]) -> None:
        name = getattr(awaitable, "__qualname__", type(awaitable).__name__)
        super().__init__(lambda: awaitable, name=name)

    def _keeper(self) -> Owner:
        return self._owner or self._follower

    def _begin(self, *given: Any) -> None:
        known = offered(self, given)
        if known is None:
            self._run(self._fetcher, None)
            return
        awaitable = self._fetcher()
        if hasattr(awaitable, "close"):
            awaitable.close()  # nobody will await it
        self.take(known[0])


class Optimism[T]:
    """A value that is written before it is known to hold."""

    __slots__ = ("_fn", "_old", "_resource", "_value")

    def __init__(self, resource: Resource[T], fn: Callable[[T | None], T]) -> None:
        self._resource = resource
        self._fn = fn
        self._old: T | None = None
        self._value: T | None = None

    def __enter__(self) -> T:
        self._old = self._resource._value.value  # noqa: SLF001 - a part of it
        self._value = value = self._fn(self._old)
        self._resource.set(value)
        return value

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        if self._resource._value.value is self._value:  # noqa: SLF001 - likewise
            self._resource.set(self._old)  # type: ignore[arg-type] # its own value of before
        else:
            self._resource.refetch()


def put(signal: ReadSignal[Any], value: object) -> None:
    """Write a signal if that is another value."""
    if signal.value is not value:
        write(signal, value)
