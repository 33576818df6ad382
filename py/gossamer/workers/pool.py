"""A pool of workers: who runs which call, and what becomes of it."""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, Final, Self, overload

from gossamer.dom.bridge import processors
from gossamer.errors import WorkerDiedError, WorkerError
from gossamer.reactive import Owner, current_owner, on_cleanup
from gossamer.workers.calls import ERROR, RESULT, name_of, pack_call
from gossamer.workers.turns import Turns
from gossamer.workers.worker import Call, Gone, Worker

if TYPE_CHECKING:
    from types import TracebackType

MOST: Final = 4
"""More workers than that would take more memory than a phone has to spare."""


class Pool:
    """Runs functions in workers, as many at a time as it has.

    A worker starts with the first call that needs it, serves one call after the other, and ends
    when it has had none for `idle` seconds. A pool that is made in a component ends with it.

    >>> import asyncio, math
    >>> from gossamer.workers import Pool
    >>> async def main():
    ...     with Pool(1) as pool:
    ...         print(await pool.run(math.factorial, 5))
    >>> asyncio.run(main())
    120

    Args:
        size: how many; None is one fewer than the machine has processors, at least 1, at most 4.
        idle: how many seconds a worker is kept that has nothing to do.
    """

    __slots__ = ("_busy", "_idle", "_is_closed", "_resting", "_turns", "size")

    def __init__(self, size: int | None = None, *, idle: float = 30) -> None:
        self.size = size or min(max(processors() - 1, 1), MOST)
        self._idle = idle
        self._turns = Turns(self.size)
        self._busy: dict[Worker, Call] = {}
        self._resting: list[Worker] = []
        self._is_closed = False
        if current_owner() is not None:
            on_cleanup(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @overload
    async def run[*Ts, P, T](
        self,
        fn: Callable[[*Ts], Generator[P, None, T]],
        *args: *Ts,
        progress: Callable[[P], object] | None = None,
    ) -> T: ...
    @overload
    async def run[*Ts, T](self, fn: Callable[[*Ts], T], *args: *Ts) -> T: ...
    async def run(
        self,
        fn: Callable[..., Any],
        *args: object,
        progress: Callable[[Any], object] | None = None,
    ) -> Any:
        """Call a function in a worker and give what it returns; see `run_in_worker`."""
        content = pack_call(fn, args)
        name = name_of(fn)
        if self._is_closed:
            raise _closed()
        await self._turns.take()
        try:
            kind, value, story = await self._run(content, Call(progress))
        except Gone as gone:
            raise WorkerDiedError(name, str(gone)) from None
        finally:
            self._turns.give_back()
        if kind == RESULT:
            return value
        error = value if kind == ERROR else _lost(name, value)
        if story:
            error.add_note(f"In a worker:\n{story}")
        raise error

    async def _run(self, content: bytes, call: Call) -> Any:
        """Run a call in a worker that rests, or in a new one."""
        worker = self._wake() or Worker()
        self._busy[worker] = call
        try:
            return await worker.run(content, call)
        finally:
            del self._busy[worker]
            if not worker.is_dead:
                worker.timer = call.loop.call_later(self._idle, self._let_go, worker)
                self._resting.append(worker)

    def _wake(self) -> Worker | None:
        """The worker that rested last and lives; None if there is none."""
        while self._resting:
            worker = self._resting.pop()
            if worker.timer is not None:
                worker.timer.cancel()
            if not worker.is_dead:
                return worker
            worker.end()
        return None

    def _let_go(self, worker: Worker) -> None:
        """End a worker that has had nothing to do for long."""
        self._resting.remove(worker)
        worker.end()

    def close(self) -> None:
        """End all workers; calls that run or wait raise a WorkerError."""
        self._is_closed = True
        while worker := self._wake():
            worker.end()
        for worker, call in self._busy.items():
            worker.end()
            if not call.done.done():
                call.done.set_exception(_closed())
        self._turns.close(_closed())


def _closed() -> WorkerError:
    return WorkerError(
        "The pool of workers is closed.",
        why="It was closed, or the component that made it is gone.",
        fix="Make a Pool where its calls are made, or use run_in_worker().",
    )


def _lost(name: str, what: str) -> WorkerError:
    return WorkerError(
        f"{name} was called in a worker, but {what}.",
        why="What goes to a worker and what comes back is pickled.",
        fix="Pass and return plain values, or objects of classes that stand at the top of a"
        " module of their own.",
    )


_shared: Pool | None = None


def shared_pool() -> Pool:
    """The pool of `run_in_worker`, which nobody closes."""
    global _shared
    if _shared is None:
        with Owner(None):
            _shared = Pool()
    return _shared


@overload
async def run_in_worker[*Ts, P, T](
    fn: Callable[[*Ts], Generator[P, None, T]],
    *args: *Ts,
    progress: Callable[[P], object] | None = None,
) -> T: ...
@overload
async def run_in_worker[*Ts, T](fn: Callable[[*Ts], T], *args: *Ts) -> T: ...
async def run_in_worker(
    fn: Callable[..., Any],
    *args: object,
    progress: Callable[[Any], object] | None = None,
) -> Any:
    """Call a function in another Python while the page goes on, and give what it returns.

    The function stands at the top of a module, arguments and result are pickled. If it is a
    generator function, `progress` is called with what it yields. An error that it raises is
    raised here. Cancelling the task that waits ends the function, whatever it does.

    >>> import asyncio, math
    >>> from gossamer.workers import run_in_worker
    >>> asyncio.run(run_in_worker(math.factorial, 5))
    120

    Raises:
        WorkerError: the function, an argument or the result cannot be pickled.
        WorkerDiedError: the worker ended before it had answered.
    """
    return await shared_pool().run(fn, *args, progress=progress)
