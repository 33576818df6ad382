"""One run of a fetcher, as a task that can be called off."""

from types import CoroutineType
from typing import TYPE_CHECKING, Any, Protocol

from gossamer.errors import FetchCancelledError, NoLoopError
from gossamer.reactive.flushing import running_loop
from gossamer.reactive.scope import QUIET, scope
from gossamer.reactive.signals import ReadSignal
from gossamer.reactive.tasks import spawn

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Generator

    from gossamer.reactive.effects import Effect
    from gossamer.reactive.owners import Owner


class Receiver(Protocol):
    """Takes what a load gives."""

    @property
    def label(self) -> str:
        """The name that messages use."""

    def take(self, value: Any) -> None:
        """Take a value."""

    def fail(self, error: Exception) -> None:
        """Take what was raised."""

    def stop(self) -> None:
        """Take note that no value comes any more."""


class Pending:
    """What is awaited for as long as it is pending."""

    __slots__ = ("_waiters", "pending")

    def __init__(self) -> None:
        self.pending: ReadSignal[bool] = ReadSignal(value=False, name="pending")
        self._waiters: list[asyncio.Future[None]] = []

    def _wait(self) -> Generator[Any, Any]:
        """Wait until it is pending no more."""
        while self.pending.value:
            loop = running_loop()
            assert loop is not None  # noqa: S101 - something awaits this
            waiter = loop.create_future()
            self._waiters.append(waiter)
            try:
                yield from waiter
            finally:
                if waiter in self._waiters:
                    self._waiters.remove(waiter)

    def _let_go(self, *, is_cancelled: bool = False) -> None:
        """Let all who wait go on, or cancel them: nothing will come."""
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if is_cancelled:
                waiter.cancel()
            elif not waiter.done():
                waiter.set_result(None)


class Load:
    """One run of a fetcher: gives a value, many, or what was raised, unless it is called off.

    With an `observer`, what its steps read is followed, also after an `await`.
    """

    __slots__ = ("is_over", "observer", "receiver", "result", "task")

    def __init__(
        self, receiver: Receiver, result: Any, owner: Owner | None, observer: Effect | None = None
    ) -> None:
        self.receiver = receiver
        self.result = result
        self.observer = observer
        self.is_over = False
        if running_loop() is None:
            self._close()
            raise NoLoopError(receiver.label)
        self.task: asyncio.Task[None] = spawn(self._run(), owner)
        self.task.add_done_callback(self._finish)

    def cancel(self) -> None:
        """Call it off: nothing of it is taken any more."""
        if not self.is_over:
            self.is_over = True
            self.task.cancel()

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._close()
        if not self.is_over:
            self.is_over = True
            if task.cancelled():  # by somebody else, perhaps before it began
                self.receiver.stop()

    def _close(self) -> None:
        """End a coroutine that has not begun: it was called off at once."""
        if type(self.result) is CoroutineType:
            self.result.close()

    async def _run(self) -> None:
        if hasattr(self.result, "__aiter__"):
            await self._take_each()
            return
        error = None
        value = None
        try:
            value = await Steps(self, self.result)
        except BaseException as raised:  # noqa: BLE001 - what is no Exception is raised again
            error = self._refused(raised)
        if not self.is_over:
            self.is_over = True
            if error is None:
                self.receiver.take(value)
            else:
                self.receiver.fail(error)

    async def _take_each(self) -> None:
        """Take the values of an async iterator as they come."""
        values = aiter(self.result)
        try:
            while not self.is_over:
                try:
                    value = await Steps(self, anext(values))
                except StopAsyncIteration:
                    self.receiver.stop()
                    return
                except BaseException as raised:  # noqa: BLE001 - what is no Exception is raised again
                    error = self._refused(raised)
                    if not self.is_over:
                        self.receiver.fail(error)
                    return
                if not self.is_over:
                    self.receiver.take(value)
        finally:
            if hasattr(values, "aclose"):
                await values.aclose()

    def _refused(self, raised: BaseException) -> Exception:
        """What to fail with; a cancellation that was asked for ends the task instead."""
        if isinstance(raised, Exception):
            return raised
        import asyncio  # noqa: PLC0415 - dear where no loop runs

        if not isinstance(raised, asyncio.CancelledError):
            raise raised
        if self.is_over or self.task.cancelling():
            raise raised
        error = FetchCancelledError(self.receiver.label)
        error.__cause__ = raised
        return error


class Steps:
    """An awaitable whose every step is a section of the load's observer."""

    __slots__ = ("awaitable", "load")

    def __init__(self, load: Load, awaitable: Any) -> None:
        self.load = load
        self.awaitable = awaitable

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self.awaitable.__await__()
        load = self.load
        if load.observer is None:
            return (yield from steps)
        resume, given = steps.send, None
        while True:
            observer, owner = scope.observer, scope.owner
            scope.observer = QUIET if load.is_over else load.observer
            scope.owner = load.observer
            try:
                awaited = resume(given)
            except StopIteration as stop:
                return stop.value
            finally:
                scope.observer, scope.owner = observer, owner
            try:
                given = yield awaited
                resume = steps.send
            except GeneratorExit:
                steps.close()
                raise
            except BaseException as raised:  # noqa: BLE001 - the awaitable is to answer it
                resume, given = steps.throw, raised


def is_async(result: object) -> bool:
    """Whether what a fetcher gave takes time: it is to be awaited, or gives values as they come."""
    return hasattr(result, "__await__") or hasattr(result, "__aiter__")
