"""Async work that is asked for, rather than followed: actions."""

from typing import TYPE_CHECKING, Any, overload

from gossamer.reactive.batches import batch
from gossamer.reactive.flushing import write
from gossamer.reactive.loads import Load, Pending, is_async
from gossamer.reactive.owners import Owner, current_owner
from gossamer.reactive.reports import report
from gossamer.reactive.resources import put
from gossamer.reactive.signals import ReadSignal

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator


class Submission[T](Pending):
    """One call of an action: its input, and what became of it.

    Awaited, it gives the value, raises what the action raised, or CancelledError. `value`,
    `error`, `pending` and `is_cancelled` are signals.

    >>> from gossamer.reactive import Submission, action
    >>> save = action(lambda name: f"saved {name}")
    >>> saving = save("Ada")
    >>> isinstance(saving, Submission), saving.input, saving.value(), saving.pending()
    (True, 'Ada', 'saved Ada', False)
    """

    __slots__ = ("_action", "_load", "error", "input", "is_cancelled", "value")

    def __init__(self, action: Submitter[T], given: object) -> None:
        super().__init__()
        self.input = given
        self.value: ReadSignal[T | None] = ReadSignal(None, name="value")
        self.error: ReadSignal[Exception | None] = ReadSignal(None, name="error")
        self.is_cancelled: ReadSignal[bool] = ReadSignal(value=False, name="is_cancelled")
        self._action = action
        self._load: Load | None = None

    @property
    def label(self) -> str:
        """The name that messages use: the action's."""
        return self._action.name

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits for it, or shows what it raises."""
        return bool(self._waiters) or self.error.subs is not None

    def cancel(self) -> None:
        """Call it off: its result is not taken. What it did elsewhere stays done."""
        if self._load is not None and self.pending.value:
            self._load.cancel()
            self.stop()

    def __await__(self) -> Generator[Any, Any, T]:
        yield from self._wait()
        if self.is_cancelled.value:
            import asyncio  # noqa: PLC0415 - dear where no loop runs

            raise asyncio.CancelledError
        if self.error.value is not None:
            raise self.error.value
        return self.value.value  # type: ignore[return-value] # it has come

    def __repr__(self) -> str:
        return f"Submission({self.label}, {self.input!r})"

    def begin(self, call: Callable[[], Any], owner: Owner | None) -> None:
        """Run the action's function."""
        try:
            result = call()
            if is_async(result):
                self._load = Load(self, result, owner)
        except Exception as error:  # noqa: BLE001 - it is the outcome
            self.fail(error)
            return
        if self._load is None:
            self.take(result)
        else:
            put(self.pending, value=True)

    def take(self, value: Any) -> None:
        """Take what the function has given."""
        with batch():
            write(self.value, value)
            self._end()
            self._action.finish(self)

    def fail(self, error: Exception) -> None:
        """Take what the function has raised; if nobody looks, the action's owner gets it."""
        if not hasattr(error, "gossamer_told"):
            error.gossamer_told = False  # type: ignore[attr-defined] # for `report`
        is_seen = self.is_awaited or self._action.is_watched
        with batch():
            write(self.error, error)
            self._end()
            self._action.finish(self)
        if not is_seen:
            self._action.refuse(error)

    def stop(self) -> None:
        """Take note that it was called off."""
        with batch():
            write(self.is_cancelled, value=True)
            self._end(is_cancelled=True)
            self._action.drop(self)

    def _end(self, *, is_cancelled: bool = False) -> None:
        put(self.pending, value=False)
        self._let_go(is_cancelled=is_cancelled)


class Submitter[T]:
    """What is called to begin a submission; its function runs where it was made, untracked."""

    __slots__ = ("_count", "_fn", "_owner", "_running", "name", "version")

    is_watched = False

    def __init__(self, fn: Callable[..., Any]) -> None:
        self._fn = fn
        self._owner = current_owner()
        self._count = 0
        self._running: dict[Submission[T], int] = {}  # each with its place in the order of calls
        self.name = getattr(fn, "__qualname__", type(fn).__name__)
        self.version: ReadSignal[int] = ReadSignal(0, name="version")
        if self._owner is not None:
            self._owner.on_cleanup(self.cancel)

    def cancel(self) -> None:
        """Call off all that is under way."""
        for submission in list(self._running):
            submission.cancel()

    def submit(self, args: tuple[Any, ...], options: dict[str, Any]) -> Submission[T]:
        """Begin a submission with what the function makes of the arguments."""
        given = args[0] if len(args) == 1 and not options else (*args, *options.values())
        return self.begin(given if given != () else None, lambda: self._fn(*args, **options))

    def begin(self, given: object, call: Callable[[], Any]) -> Submission[T]:
        """Begin a submission; it stands among the running ones before it can end."""
        submission: Submission[T] = Submission(self, given)
        with batch():
            self._count += 1
            self._running[submission] = self._count
            self.admit(submission)
            owner = self._owner or Owner(None)
            owner.run(submission.begin, call, self._owner)
        return submission

    def admit(self, submission: Submission[T]) -> None:
        """Take note of a submission that begins."""
        raise NotImplementedError

    def finish(self, submission: Submission[T]) -> None:
        """Take note of a submission that has given a value, or has failed."""
        self._running.pop(submission, None)
        write(self.version, self.version.value + 1)

    def drop(self, submission: Submission[T]) -> None:
        """Take note of a submission that was called off."""
        self._running.pop(submission, None)

    def refuse(self, error: Exception) -> None:
        """Hand on an error that nobody looks at."""
        if self._owner is None:
            report(error, None)
        else:
            self._owner.handle_error(error)


class Action[**P, T](Submitter[T]):
    """Async work that is called, with signals that say how it goes.

    `pending` says whether any call is under way, `input` holds what the newest of those was called
    with, `value` and `error` hold what came of the newest call that has ended, and `version`
    counts those that have.

    >>> import asyncio
    >>> from gossamer.reactive import action
    >>> async def main():
    ...     @action
    ...     async def save(name):
    ...         await asyncio.sleep(0)
    ...         return f"saved {name}"
    ...     saving = save("Ada")
    ...     print(save.pending(), save.input())
    ...     print(await saving, save.version())
    >>> asyncio.run(main())
    True Ada
    saved Ada 1
    """

    __slots__ = ("_newest", "error", "input", "pending", "value")

    def __init__(self, fn: Callable[P, Awaitable[T] | T]) -> None:
        super().__init__(fn)
        self.pending: ReadSignal[bool] = ReadSignal(value=False, name="pending")
        self.input: ReadSignal[Any] = ReadSignal(None, name="input")
        self.value: ReadSignal[T | None] = ReadSignal(None, name="value")
        self.error: ReadSignal[Exception | None] = ReadSignal(None, name="error")
        self._newest = 0  # the place of the newest that has ended

    def __call__(self, *args: P.args, **options: P.kwargs) -> Submission[T]:
        """Call the function; what it gives can be awaited, and is in the signals anyway."""
        return self.submit(args, options)

    @property
    def is_watched(self) -> bool:  # type: ignore[override] # known at any time
        """Whether somebody shows what it raises."""
        return self.error.subs is not None

    def clear(self) -> None:
        """Forget the value and the error."""
        with batch():
            put(self.value, None)
            put(self.error, None)

    def admit(self, submission: Submission[T]) -> None:
        """Show what is under way."""
        put(self.pending, value=True)
        put(self.error, None)
        write(self.input, submission.input)

    def finish(self, submission: Submission[T]) -> None:
        """Show what came of it, unless a newer one has ended already."""
        number = self._running[submission]
        self.drop(submission)
        if number > self._newest:
            self._newest = number
            failure = submission.error.value
            put(self.error, failure)
            if failure is None:
                write(self.value, submission.value.value)
        super().finish(submission)

    def drop(self, submission: Submission[T]) -> None:
        """Show what is still under way."""
        super().drop(submission)
        newest = next(reversed(self._running), None)
        put(self.pending, value=newest is not None)
        put(self.input, None if newest is None else newest.input)


class MultiAction[**P, T](Submitter[T]):
    """Async work that is called many times over; each call is a submission in a list.

    >>> import asyncio
    >>> from gossamer.reactive import multi_action
    >>> async def main():
    ...     @multi_action
    ...     async def add(name):
    ...         await asyncio.sleep(0)
    ...         return len(name)
    ...     first, second = add("Ada"), add("Grace")
    ...     print([one.input for one in add.submissions() if one.pending()])
    ...     print(await first, await second, add.version())
    >>> asyncio.run(main())
    ['Ada', 'Grace']
    3 5 2
    """

    __slots__ = ("submissions",)

    def __init__(self, fn: Callable[P, Awaitable[T] | T]) -> None:
        super().__init__(fn)
        self.submissions: ReadSignal[list[Submission[T]]] = ReadSignal([], name="submissions")

    def __call__(self, *args: P.args, **options: P.kwargs) -> Submission[T]:
        """Call the function, beside what is under way already."""
        return self.submit(args, options)

    def dispatch_sync(self, given: object, value: T) -> Submission[T]:
        """Add a submission whose value is known already."""
        submission: Submission[T] = Submission(self, given)
        with batch():
            self.admit(submission)
            submission.take(value)
        return submission

    def clear(self) -> None:
        """Forget the submissions that have ended."""
        write(self.submissions, list(self._running))

    def admit(self, submission: Submission[T]) -> None:
        """Put a submission at the end of the list."""
        write(self.submissions, [*self.submissions.value, submission])


@overload
def action[**P, T](fn: Callable[P, Awaitable[T]]) -> Action[P, T]: ...
@overload
def action[**P, T](fn: Callable[P, T]) -> Action[P, T]: ...


def action(fn: Callable[..., Any]) -> Action[..., Any]:
    """Make an action of a function, which may be async; also a decorator.

    A call begins the work and gives a submission, to be awaited or not. Calls do not wait for
    each other; the newest call has the last word, in whatever order they end. All are called off
    when the owner ends.

    >>> import asyncio
    >>> from gossamer.reactive import action, effect
    >>> async def main():
    ...     @action
    ...     async def save(seconds):
    ...         await asyncio.sleep(seconds)
    ...         return f"after {seconds}"
    ...     slow, fast = save(0.02), save(0.01)
    ...     print(await slow, "|", save.value())
    >>> asyncio.run(main())
    after 0.02 | after 0.01
    """
    return Action(fn)


@overload
def multi_action[**P, T](fn: Callable[P, Awaitable[T]]) -> MultiAction[P, T]: ...
@overload
def multi_action[**P, T](fn: Callable[P, T]) -> MultiAction[P, T]: ...


def multi_action(fn: Callable[..., Any]) -> MultiAction[..., Any]:
    """Make an action whose calls are kept in a list, each with signals of its own; a decorator.

    >>> from gossamer.reactive import multi_action
    >>> add = multi_action(lambda name: name.upper())
    >>> add("Ada").value(), [one.input for one in add.submissions()]
    ('ADA', ['Ada'])
    """
    return MultiAction(fn)
