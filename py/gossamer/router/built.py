"""Data that a build has written beside its pages, so that nobody has to fetch it again."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from gossamer.host import AGAIN
from gossamer.router.addresses import split_address
from gossamer.router.outcomes import Outcome, call, is_awaitable
from gossamer.router.visits import READS_QUERY, Visit

type Data = Callable[[str], Any]

_COROUTINE = 0x80
"""The flag of code that `async def` has made."""


class Built:
    """Calls `load` functions, but those that wait only where no build has what they would give.

    A page's data is a list with what each level has got, `[value, what it has read]`, or null.
    """

    __slots__ = ("_data", "_full")

    def __init__(self, data: Data, full: Callable[[str], str]) -> None:
        self._data = data
        self._full = full

    def call(self, load: Callable[..., object], visit: Visit) -> Outcome:
        """What a function gives for a visit, or has given when the page was built."""
        if visit.flags & AGAIN or not is_async(load):
            return call(load, visit)
        told = self._data(self._full(split_address(visit.key)[0]))
        if is_awaitable(told):
            return Outcome(_after(told, load, visit))
        return _taken(told, visit) or call(load, visit)


async def _after(told: Awaitable[str | None], load: Callable[..., object], visit: Visit) -> Any:
    text = await told
    outcome = _taken(text, visit) or call(load, visit)
    if outcome.error is not None:
        raise outcome.error
    return await outcome.value if is_awaitable(outcome.value) else outcome.value


def _taken(text: str | None, visit: Visit) -> Outcome | None:
    """What a build has for a visit; None when there is nothing, or it is for another query."""
    levels = json.loads(text) if text else []
    entry = levels[visit.level] if visit.level < len(levels) else None
    if entry is None:
        return None
    value, reads = entry
    if reads & READS_QUERY and "?" in visit.key:
        return None
    visit.reads |= reads
    return Outcome(value)


def is_async(function: object) -> bool:
    """Whether a function was made by `async def`."""
    return bool(getattr(getattr(function, "__code__", None), "co_flags", 0) & _COROUTINE)
