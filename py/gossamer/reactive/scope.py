"""What is running now: observer, owner and queue.

In the browser one plain object holds it, so a read costs one attribute.
Elsewhere each thread has its own, so no thread ever sees another's owner.
A synchronous section (an effect's run, a memo's, a handler) sets `observer` and `owner`
and always puts back what it found; it never spans an `await`.
"""

import sys
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol, cast

if TYPE_CHECKING:
    from gossamer.reactive.graph import Link
    from gossamer.reactive.memos import Memo
    from gossamer.reactive.owners import Owner

CLEAN: Final = 0
CHECK: Final = 1  # something further up was written: ask the sources, in order
DIRTY: Final = 2  # a direct source was written: run
RUNNING: Final = 3  # a memo whose function is on the stack
DISPOSED: Final = 4

EFFECT: Final = 0
MEMO: Final = 1
IMMEDIATE: Final = 2
KEY: Final = 3  # one key of a selector

QUIET: Final = False
"""Stands for the observer where reads are untracked on purpose, so that debug mode is silent."""


class Observer(Protocol):
    """What reads sources and answers when they change: a memo or an effect."""

    kind: int
    state: int
    live: bool
    stamp: int
    deps: Link | None
    tail: Link | None


class Queued(Observer, Protocol):
    """An observer that a flush runs: an effect."""

    outer: Queued | None
    parent: Any
    paused: bool
    running: bool

    @property
    def label(self) -> str:
        """The name that messages use."""

    def execute(self) -> None:
        """Run the function again."""

    def stale_sources(self) -> list[str]:
        """Name the sources that have changed since they were read."""

    def handle_error(self, error: Exception) -> None:
        """Take what the function raised."""


class Scope:
    """What one thread is doing: who reads, who owns, what is queued."""

    __slots__ = (
        "batches",
        "deep",
        "depth",
        "entered",
        "errors",
        "held",
        "observer",
        "owner",
        "queue",
        "scheduled",
        "suspended",
        "urgent",
        "writes",
    )

    def __init__(self) -> None:
        self.observer: Observer | Literal[False] | None = None
        self.owner: Owner | Memo[Any] | None = None
        self.entered: list[Owner | Memo[Any]] = []
        self.queue: list[Queued] = []
        self.urgent: list[Queued] = []
        self.batches = 0
        self.deep: BaseException | None = None  # what unwinds at this moment: a `graph.Deep`
        self.depth = 0  # how many memos compute in each other
        self.suspended: list[Memo[Any]] = []  # memos that were interrupted, see `graph.Deep`
        self.held = 0
        self.scheduled: object = None
        self.errors: list[Exception] | None = None
        self.writes = 0  # the stamp of this thread's last write


def make_scope(platform: str) -> Scope:
    """Make the scope for a platform: one object in the browser, one a thread elsewhere."""
    if platform == "emscripten":
        return Scope()
    import threading  # noqa: PLC0415 - the browser does not load it

    class ThreadScope(threading.local):
        def __init__(self) -> None:
            Scope.__init__(cast("Scope", self))

    return cast("Scope", ThreadScope())


scope: Final = make_scope(sys.platform)
