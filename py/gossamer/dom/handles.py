"""Numbers for nodes: handed out in runs, taken back when what used them goes."""

from collections.abc import Sequence

from gossamer.dom.bridge import verbs

_next = 1
_free: dict[int, list[int]] = {}


def take(count: int) -> int:
    """The first of `count` numbers in a row that nobody uses."""
    global _next
    free = _free.get(count)
    if free:
        return free.pop()
    base = _next
    _next += count
    return base


def take_many(count: int, times: int) -> Sequence[int]:
    """The first of `count` numbers in a row, so many times; a range where they follow another."""
    global _next
    free = _free.get(count)
    if free and len(free) >= times:
        bases = free[-times:]
        del free[-times:]
        first = bases[0]
        run = range(first, first + count * times, count)
        return run if bases[-1] == run[-1] and bases == list(run) else bases
    first = _next
    _next += count * times
    return range(first, _next, count)


def give_back(base: int, count: int) -> None:
    """Forget the nodes behind a run of numbers, and let it be used again."""
    verbs.release(base, count)
    _offer(base, count)


def give_back_all(runs: list[tuple[int, int]]) -> None:
    """Give back many runs; those that follow each other take one crossing together."""
    start = end = 0
    for base, count in runs:
        if base != end:
            if end:
                verbs.release(start, end - start)
            start = base
        end = base + count
        _offer(base, count)
    if end:
        verbs.release(start, end - start)


def _offer(base: int, count: int) -> None:
    free = _free.get(count)
    if free is None:
        _free[count] = [base]
    else:
        free.append(base)
