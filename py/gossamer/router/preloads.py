"""Data that was fetched before anybody went there."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from gossamer.router.outcomes import Outcome, is_awaitable
from gossamer.router.visits import Visit

if TYPE_CHECKING:
    from asyncio import Task

KEPT = 5.0
"""Seconds for which data is as good as new."""


class _Entry:
    __slots__ = ("begun", "outcome", "task")

    def __init__(self, outcome: Outcome, task: Task[Any] | None) -> None:
        self.begun = monotonic()
        self.outcome = outcome
        self.task = task


class Preloads:
    """What `load` functions gave, or will give, for addresses that a visitor rested on."""

    __slots__ = ("_call", "_entries")

    def __init__(self, call: Callable[[Callable[..., object], Visit], Outcome]) -> None:
        self._call = call
        self._entries: dict[tuple[object, str], _Entry] = {}

    def begin(self, load: Callable[..., object], visit: Visit) -> None:
        """Start to load, unless that has begun a moment ago."""
        place = (load, visit.key)
        if self._fresh(place) is not None:
            return
        outcome = self._call(load, visit)
        task = None
        if is_awaitable(outcome.value):
            from asyncio import ensure_future  # noqa: PLC0415 - dear where no loop runs

            task = ensure_future(outcome.value)
            task.add_done_callback(lambda done: self._settle(place, done))
        if outcome.error is None:
            self._entries[place] = _Entry(outcome, task)

    def take(self, load: Callable[..., object], visit: Visit) -> Outcome:
        """What was loaded before, once; else load now."""
        place = (load, visit.key)
        entry = self._fresh(place)
        if entry is None:
            return self._call(load, visit)
        del self._entries[place]
        visit.reads = -1  # what it read is not known: it depends on everything
        return entry.outcome if entry.task is None else Outcome(entry.task)

    def _fresh(self, place: tuple[object, str]) -> _Entry | None:
        entry = self._entries.get(place)
        if entry is not None and monotonic() - entry.begun > KEPT:
            del self._entries[place]
            return None
        return entry

    def _settle(self, place: tuple[object, str], task: Task[Any]) -> None:
        """A load that failed is tried again by who goes there, and tells its error then."""
        if task.cancelled() or task.exception() is not None:
            entry = self._entries.get(place)
            if entry is not None and entry.task is task:
                del self._entries[place]

    def clear(self) -> None:
        """Stop what has not ended."""
        entries, self._entries = self._entries, {}
        for entry in entries.values():
            if entry.task is not None:
                entry.task.cancel()
