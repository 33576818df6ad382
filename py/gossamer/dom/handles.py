"""Numbers for nodes: handed out in runs, taken back when what used them goes."""

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


def give_back(base: int, count: int) -> None:
    """Let a run of numbers be used again."""
    free = _free.get(count)
    if free is None:
        _free[count] = [base]
    else:
        free.append(base)
