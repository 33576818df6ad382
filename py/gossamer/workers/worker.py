"""One worker, whatever the platform has for it, and the call that it runs."""

import sys
from collections.abc import Callable
from contextvars import copy_context
from typing import TYPE_CHECKING, Any, Final, Protocol

from gossamer.dom.bridge import hire
from gossamer.workers.calls import PROGRESS, Reply, unpack_reply

if TYPE_CHECKING:
    import asyncio

type Said = bytes | str
"""What a worker says: a message, or in a text how it has ended."""

READY: Final = b""
"""A worker's first message: it can run calls."""


class Platform(Protocol):
    """A worker as the platform has it."""

    def send(self, content: bytes) -> None:
        """Send it a call."""

    def end(self) -> None:
        """End it at once, whatever it does."""


def start(tell: Callable[[Said], object]) -> Platform:
    """Start a worker: of the page, or a process where there is no page."""
    if sys.platform == "emscripten":
        return hire(tell)
    from gossamer.workers.processes import Process  # noqa: PLC0415 - dear, and no page has it

    return Process(tell)


class Gone(Exception):  # noqa: N818 - nobody outside of this room meets it
    """A worker's last words."""


class Call:
    """A call that waits for its end."""

    __slots__ = ("context", "done", "loop", "progress")

    def __init__(self, progress: Callable[[Any], object] | None) -> None:
        import asyncio  # noqa: PLC0415 - dear where no loop runs

        self.loop = asyncio.get_running_loop()
        self.done: asyncio.Future[Reply] = self.loop.create_future()
        self.progress = progress
        self.context = copy_context()  # with the owner of whoever calls

    def hear(self, said: Said) -> None:
        """Take a reply, or the worker's last words."""
        if self.done.done():
            return
        if isinstance(said, str):
            self.done.set_exception(Gone(said))
            return
        reply = unpack_reply(said)
        kind, value, _ = reply
        if kind != PROGRESS:
            self.done.set_result(reply)
        elif self.progress is not None:
            try:
                self.context.run(self.progress, value)
            except Exception as error:  # noqa: BLE001 - it is raised where the call was made
                self.done.set_exception(error)


class Worker:
    """A worker and the call that it runs."""

    __slots__ = ("call", "is_dead", "is_ready", "platform", "timer", "unsent")

    def __init__(self) -> None:
        self.call: Call | None = None
        self.unsent: bytes | None = None
        self.is_ready = False
        self.is_dead = False
        self.timer: asyncio.TimerHandle | None = None
        self.platform = start(self.tell)

    @property
    def has_begun(self) -> bool:
        """Whether the call has been sent."""
        return self.unsent is None

    def tell(self, said: Said) -> None:
        """Hand on what the worker says, from whatever thread, to the call's own loop."""
        self.is_ready = True
        self.is_dead = self.is_dead or isinstance(said, str)
        call = self.call
        if call is not None and not call.loop.is_closed():
            hear = self._send if said == READY else call.hear
            call.loop.call_soon_threadsafe(hear, said)

    def _send(self, _ready: Said = READY) -> None:
        """Send the call, once the worker can run it."""
        content = self.unsent
        if self.is_ready and content is not None:
            self.unsent = None
            self.platform.send(content)

    async def run(self, content: bytes, call: Call) -> Reply:
        """Run a call to its end; if it has begun and ends otherwise, the worker ends as well."""
        self.call, self.unsent = call, content
        try:
            self._send()
            return await call.done
        except BaseException:
            if self.has_begun or self.is_dead:
                self.end()  # nothing else stops what it does
            raise
        finally:
            self.call = self.unsent = None

    def end(self) -> None:
        """End it, whatever it does."""
        self.is_dead = True
        self.platform.end()
