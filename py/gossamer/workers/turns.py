"""Who may go on, of those that want one of a few places."""

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio


class Turns:
    """Gives out places, first come, first served.

    Unlike asyncio's semaphore it is not bound to one event loop, and it can be closed.
    """

    __slots__ = ("_free", "_waiting")

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Wait for a place."""
        if self._free:
            self._free -= 1
            return
        import asyncio  # noqa: PLC0415 - dear where no loop runs

        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled() and turn.exception() is None:
                self.give_back()  # the place had been given already
            raise

    def give_back(self) -> None:
        """Hand a place to the next in line."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def close(self, error: Exception) -> None:
        """Send everybody away who waits."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_exception(error)
