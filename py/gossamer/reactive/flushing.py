"""What a write sets off: marks, the queue, the flush.

Work is queued in the order in which it was woken. A flush runs it until nothing is left.
The host says when: `set_scheduler`. Without one, a running event loop flushes soon, and where
there is no loop a write flushes before it returns.
"""

import sys
from typing import TYPE_CHECKING, Any, Final, cast

from gossamer.errors import EffectLoopError, WriteInMemoError
from gossamer.reactive.graph import Deep, Link, Source, Writable, clock, has_changed, next_stamp
from gossamer.reactive.scope import (
    CHECK,
    CLEAN,
    DIRTY,
    EFFECT,
    MEMO,
    RUNNING,
    Queued,
    scope,
)
from gossamer.reactive.waiting import hand_on

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Iterable

    from gossamer.reactive.memos import Memo

LOOP_LIMIT: Final = 100
"""How often one effect may be woken again within one flush."""

UNGUARDED: Final = 50
"""How many may be woken within a flush before any is suspected."""

_scheduler: Callable[[Callable[[], None]], object] | None = None


def set_scheduler(fn: Callable[[Callable[[], None]], object] | None) -> None:
    """Let the host choose when a flush happens: `fn(flush)` is called once per flush.

    `None` goes back to the default. A GUI passes its idle queue:
    `set_scheduler(root.after_idle)`.

    >>> from gossamer.reactive import Signal, effect, set_scheduler
    >>> idle = []
    >>> set_scheduler(idle.append)
    >>> count = Signal(1)
    >>> follower = effect(lambda: print(count()))
    >>> count.set(2)
    >>> idle.pop()()
    2
    >>> set_scheduler(None)
    """
    global _scheduler
    _scheduler = fn


def at_once(fn: Callable[[], None]) -> None:
    """Flush at once: a scheduler for hosts that want each write answered before it returns.

    >>> from gossamer.reactive import Signal, at_once, effect, set_scheduler
    >>> set_scheduler(at_once)
    >>> count = Signal(1)
    >>> follower = effect(lambda: print(count()))
    1
    >>> count.set(2)
    2
    >>> set_scheduler(None)
    """
    fn()


def write(source: Writable, value: object) -> None:
    """Write a value, and notify."""
    observer = scope.observer
    if observer and observer.kind == MEMO:
        refuse_in_memo(source)
    source.value = value
    source.version = clock.now = scope.writes = next_stamp()
    link = source.subs
    if link is None:
        return
    sub = link.sub
    if link.next_sub is None and sub.kind == EFFECT:  # alone, as most are: no walk
        if sub.state < DIRTY:
            if sub.state == CLEAN:
                scope.queue.append(sub)
            sub.state = DIRTY
    elif mark(link) and not scope.batches:
        run_urgent()
    if not scope.held and scope.queue:
        scheduler = _scheduler
        if scheduler is at_once:
            flush()
        elif scheduler is None:
            request()
        elif scope.scheduled is not scheduler:
            scope.scheduled = scheduler
            scheduler(flush)


def announce(sources: Iterable[Source]) -> None:
    """Tell what depends on sources that have their new values already, as one write."""
    clock.now = scope.writes = next_stamp()
    urgent = False
    for source in sources:
        source.version += 1
        link = source.subs
        if link is not None and mark(link):
            urgent = True
    if urgent and not scope.batches:
        run_urgent()
    if not scope.held and scope.queue:
        request()


def refuse_in_memo(source: Source) -> None:
    """Raise an error if a memo is being computed: it may not write."""
    observer = scope.observer
    if observer and observer.kind == MEMO:
        raise WriteInMemoError(source.label, cast("Memo[Any]", observer).label)


def mark(link: Link) -> bool:
    """Mark subscribers dirty, those further down for a check; queue the effects.

    Depth first, so that effects are queued in order of subscription. Says whether immediate
    effects were found. Runs no code of the user's, so the lists stand still.
    """
    stack: list[Link | None] | None = None
    level = DIRTY
    urgent = False
    following: Link | None = link
    while True:
        while following is not None:
            sub = following.sub
            following = following.next_sub
            state = sub.state
            if state < level:
                sub.state = level
                if state == CLEAN:
                    kind = sub.kind
                    if kind == EFFECT:
                        scope.queue.append(sub)
                    elif kind == MEMO:
                        if stack is None:
                            stack = []
                        stack.append(following)
                        following = sub.subs
                        level = CHECK
                    else:
                        urgent = True
                        scope.urgent.append(sub)
        if not stack:
            return urgent
        following = stack.pop()
        if not stack:
            level = DIRTY


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Give the event loop that runs in this thread, without importing asyncio."""
    module = sys.modules.get("asyncio")
    if module is None:
        return None
    try:
        return cast("asyncio.AbstractEventLoop", module.get_running_loop())
    except RuntimeError:
        return None


def request() -> None:
    """Ask the host for a flush, once; called when work is queued outside a batch."""
    observer = scope.observer
    if observer and observer.kind == MEMO:
        return  # it asks again when it has run
    if _scheduler is not None:
        if scope.scheduled is not _scheduler:
            scope.scheduled = _scheduler
            _scheduler(flush)
        return
    loop = running_loop()
    if loop is None:
        flush()
    elif scope.scheduled is not loop:
        scope.scheduled = loop
        loop.call_soon(flush)


def flush() -> None:
    """Run the queued effects now, until none is left.

    Inside an effect it does nothing: what is queued there runs right after it.

    >>> from gossamer.reactive import Signal, batch, effect, flush
    >>> count = Signal(1)
    >>> with batch():
    ...     follower = effect(lambda: print(count()))
    ...     flush()
    ...     count.set(2)
    1
    2
    """
    held = scope.held
    if held > scope.batches:
        return
    scope.scheduled = None
    scope.held = held + 1
    try:
        if scope.urgent:
            run_urgent()
        queue = scope.queue
        first_wave = len(queue)
        if first_wave == 1 and queue[0].outer is None:
            # One write and one effect, as most are: no walk.
            first_wave = 0
            run_effect(queue.pop())
        if queue:
            _drain(queue, first_wave)
    finally:
        scope.held = held
    if scope.errors is not None:
        raise_errors()


def _drain(queue: list[Queued], first_wave: int) -> None:
    """Run what is queued; what comes long after the first wave may be part of a loop."""
    guard: LoopGuard | None = None
    done = 0
    try:
        for effect in queue:  # the list grows while it is walked
            done += 1
            if not CLEAN < effect.state < RUNNING:
                continue
            outer = effect.outer
            if outer is not None and (outer.state or outer.outer is not None):
                _run_outer(effect)
            if done <= first_wave + UNGUARDED:
                run_effect(effect)
            else:
                if guard is None:
                    guard = LoopGuard(queue[first_wave : done - 1])
                guard.run(effect)
    finally:
        del queue[:done]


class LoopGuard:
    """Runs what was woken during a flush, and stops what wakes itself again and again.

    Only what writes, or owns what does, can make a loop.
    """

    __slots__ = ("rounds", "writers")

    def __init__(self, woken: list[Queued]) -> None:
        self.rounds: dict[int, int] = {}
        for effect in woken:
            self.rounds[id(effect)] = self.rounds.get(id(effect), 0) + 1
        self.writers: set[int] = set()

    def run(self, effect: Queued) -> None:
        """Run an effect, unless it is part of a loop."""
        number = id(effect)
        rounds = self.rounds[number] = self.rounds.get(number, 0) + 1
        if rounds > LOOP_LIMIT and number in self.writers:
            _stop_loop(effect)
            return
        outer = effect.outer
        writes = scope.writes
        run_effect(effect)
        if scope.writes != writes:
            self.writers.add(number)
            while outer is not None:
                self.writers.add(id(outer))
                outer = outer.outer


def run_effect(effect: Queued) -> None:
    """Run one effect if it is stale; what it raises goes to its owner."""
    state = effect.state
    if not CLEAN < state < RUNNING:
        return
    effect.state = CLEAN
    if effect.paused:
        return
    parent = effect.parent
    try:
        if state == DIRTY or has_changed(effect):
            effect.execute()
    except Exception as error:  # noqa: BLE001 - an effect's run: reported to its owner
        hand_on(error, effect, parent)
    except Deep:  # it runs inside of a memo, which begins again
        effect.state = DIRTY
        scope.queue.append(effect)
        raise


def _run_outer(effect: Queued) -> None:
    """Run the stale effects around an effect first, outermost first: they may dispose of it."""
    around = None
    outer = effect.outer
    while outer is not None:
        if CLEAN < outer.state < RUNNING:
            around = [outer] if around is None else [*around, outer]
        outer = outer.outer
    while around:
        run_effect(around.pop())


def _stop_loop(effect: Queued) -> None:
    error = EffectLoopError(effect.label, effect.stale_sources(), LOOP_LIMIT)
    effect.state = CLEAN
    effect.handle_error(error.about(getattr(effect, "fn", None)))


def run_urgent() -> None:
    """Run the immediate effects that a write has woken, before the write returns."""
    urgent = scope.urgent
    scope.held += 1
    try:
        while urgent:
            effect = urgent.pop(0)
            if not effect.running:  # else it is looked at again when its run is over
                _run_until_stable(effect)
    finally:
        release()


def _run_until_stable(effect: Queued) -> None:
    rounds = 0
    while CLEAN < effect.state < RUNNING:
        rounds += 1
        if rounds > LOOP_LIMIT:
            _stop_loop(effect)
            return
        run_effect(effect)


def raise_errors() -> None:
    """Raise what was collected for want of a handler, once nothing runs any more."""
    errors, scope.errors = scope.errors, None
    assert errors is not None  # noqa: S101 - callers look first
    if len(errors) == 1:
        raise errors[0]
    raise ExceptionGroup("Several effects or cleanups failed", errors)


def release() -> None:
    """End a section that held the flush back, and let it happen."""
    scope.held -= 1
    if not scope.held:
        if scope.queue:
            request()
        if scope.errors is not None:
            raise_errors()


async def tick() -> None:
    """Wait until the pending effects have run.

    >>> import asyncio
    >>> from gossamer.reactive import Signal, effect, tick
    >>> async def main():
    ...     count = Signal(1)
    ...     follower = effect(lambda: print(count()))
    ...     count.set(2)
    ...     await tick()
    >>> asyncio.run(main())
    2
    """
    import asyncio  # noqa: PLC0415 - dear where no loop runs

    await asyncio.sleep(0)
    flush()
