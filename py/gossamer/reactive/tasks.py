"""Async work that an owner keeps: tasks, timers and streams."""

import time
from contextvars import Context, ContextVar, copy_context
from types import CoroutineType
from typing import TYPE_CHECKING, Any, Final

from gossamer.errors import NoLoopError, NoOwnerError
from gossamer.reactive.effects import Effect
from gossamer.reactive.flushing import running_loop
from gossamer.reactive.owners import Owner, current_owner, entered_by, owner_in
from gossamer.reactive.scope import scope
from gossamer.reactive.signals import ReadSignal, WriteSignal

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterable, AsyncIterator, Callable, Coroutine


CREW: Final[ContextVar[set[asyncio.Task[Any]] | None]] = ContextVar("crew", default=None)
"""Where tasks are noted that somebody waits for at the end, as a rendering on a server does."""


def spawn[T](coroutine: Coroutine[Any, Any, T], owner: Owner | None = None) -> asyncio.Task[T]:
    """Start a task that belongs to an owner, by default the current one.

    It is cancelled when the owner ends. Its owner is current in it, also after each `await`.
    What it raises goes to the owner's `handle_error`.

    Raises:
        NoLoopError: no event loop runs.

    >>> import asyncio
    >>> from gossamer.reactive import Owner, spawn
    >>> async def main():
    ...     owner = Owner(None)
    ...     task = spawn(asyncio.sleep(3600), owner)
    ...     owner.dispose()
    ...     await asyncio.wait([task])
    ...     print(task.cancelled())
    >>> asyncio.run(main())
    True
    """
    keeper = current_owner() if owner is None else owner
    loop = running_loop()
    if loop is None:
        coroutine.close()
        raise NoLoopError(getattr(coroutine, "__qualname__", "A task"))
    if keeper is None:
        return loop.create_task(coroutine)
    context = copy_context()
    context.run(entered_by, keeper)
    task = loop.create_task(coroutine, context=context)
    crew = CREW.get()
    if crew is not None:
        crew.add(task)
        task.add_done_callback(crew.discard)
    handle = Owner(keeper)
    if handle.is_disposed:
        task.cancel()
    else:
        handle.cleanups = [task.cancel]
    task.add_done_callback(lambda task: finish(task, handle, keeper))
    return task


def finish(task: asyncio.Task[Any], handle: Owner, keeper: Owner) -> None:
    """Take a finished task from its owner, and hand on what it raised."""
    handle.cleanups = None
    handle.dispose()
    if not task.cancelled():
        error = task.exception()
        if isinstance(error, Exception):
            keeper.handle_error(error)


def follow_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Let what a loop calls later keep its owner: `call_soon`, `call_later` and `call_at`.

    The owner in which a callback was scheduled is current in it, as in a task, and gets its errors.
    A page follows its loop when the first view is mounted; elsewhere call it once for a loop.

    >>> import asyncio
    >>> from gossamer.reactive import Owner, follow_loop
    >>> async def main():
    ...     loop = asyncio.get_running_loop()
    ...     follow_loop(loop)
    ...     owner = Owner(None)
    ...     owner.error_handler = lambda error: print("taken:", error)
    ...     owner.run(loop.call_soon, int, "ten")
    ...     await asyncio.sleep(0)
    >>> asyncio.run(main())
    taken: invalid literal for int() with base 10: 'ten'
    """
    for name in ("call_soon", "call_soon_threadsafe", "call_later", "call_at"):
        setattr(loop, name, _keep_owner(getattr(loop, name)))
    before = loop.get_exception_handler()

    def take(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        handle, error = context.get("handle"), context.get("exception")
        owner = owner_in(handle.get_context()) if handle is not None else None
        if owner is not None and isinstance(error, Exception):
            owner.handle_error(error)
        elif before is not None:
            before(loop, context)
        else:
            loop.default_exception_handler(context)

    loop.set_exception_handler(take)


def _keep_owner(schedule: Callable[..., asyncio.Handle]) -> Callable[..., asyncio.Handle]:
    """Make a way to schedule that hands the owner of a section on.

    A context is copied when a callback is scheduled, and a section does not write its owner there:
    that would cost every effect's run.
    """

    def scheduled(*args: Any, context: Context | None = None) -> asyncio.Handle:
        owner = current_owner() if context is None and scope.owner is not None else None
        if owner is not None:
            context = copy_context()
            context.run(entered_by, owner)
        return schedule(*args, context=context)

    return scheduled


def keep_going(result: object) -> bool:
    """Whether what a handler gave goes on later; a coroutine becomes a task of the owner."""
    if type(result) is CoroutineType:
        spawn(result)
    return hasattr(result, "__await__")


def after(seconds: float, fn: Callable[[], object]) -> None:
    """Call a function after a time, unless the current owner ends or runs again before.

    >>> import asyncio
    >>> from gossamer.reactive import Owner, after
    >>> async def main():
    ...     with Owner(None):
    ...         after(0.01, lambda: print("later"))
    ...     print("now")
    ...     await asyncio.sleep(0.02)
    >>> asyncio.run(main())
    now
    later

    Raises:
        NoLoopError: no event loop runs.
        NoOwnerError: there is no owner, so nobody could stop it.
    """
    loop = running_loop()
    if loop is None:
        raise NoLoopError("after")
    owner = current_owner()
    if owner is None:
        raise NoOwnerError("after")
    owner.on_cleanup(loop.call_later(seconds, call_for, owner, fn).cancel)


def call_for(owner: Owner, fn: Callable[[], object]) -> None:
    """Call a function as a section of an owner, which takes what it raises."""
    try:
        owner.run(fn)
    except Exception as error:  # noqa: BLE001 - it has no caller who could take it
        owner.handle_error(error)


def now() -> float:
    """The time in seconds, of the event loop if one runs."""
    loop = running_loop()
    return time.monotonic() if loop is None else loop.time()


async def stream[T](source: Callable[[], T]) -> AsyncIterator[T]:
    """Give a signal's value now and after each change; values in between may be skipped.

    Closing the iterator ends it: `async with contextlib.aclosing(count.stream()) as values:`.

    >>> import asyncio
    >>> from contextlib import aclosing
    >>> from gossamer.reactive import Signal, stream
    >>> async def main():
    ...     count = Signal(1)
    ...     async with aclosing(stream(lambda: count() * 10)) as values:
    ...         async for value in values:
    ...             print(value)
    ...             if value == 20:
    ...                 break
    ...             count.set(2)
    >>> asyncio.run(main())
    10
    20
    """
    import asyncio  # noqa: PLC0415 - dear where no loop runs

    changed = asyncio.Event()
    latest: list[T] = []

    def follow() -> None:
        latest[:] = [source()]
        changed.set()

    follower = Effect(follow)
    follower.start()
    try:
        while True:
            await changed.wait()
            changed.clear()
            yield latest[0]
    finally:
        follower.dispose()


def from_async_iter[T](values: AsyncIterable[T], initial: T) -> ReadSignal[T]:
    """Make a signal that holds the latest value of an async iterator.

    It is read by a task of the current owner, and closed when that ends.

    >>> import asyncio
    >>> from gossamer.reactive import from_async_iter
    >>> async def steps():
    ...     yield 1
    ...     yield 2
    >>> async def main():
    ...     latest = from_async_iter(steps(), 0)
    ...     before = latest()
    ...     await asyncio.sleep(0)
    ...     print(before, latest())
    >>> asyncio.run(main())
    0 2
    """
    latest = ReadSignal(initial)
    setter = WriteSignal(latest)

    async def read() -> None:
        async for value in values:
            setter(value)

    spawn(read())
    return latest
