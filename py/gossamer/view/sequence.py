"""What two lists share, and which rows may stay where they are."""

from bisect import bisect_left
from collections.abc import Callable

from gossamer.values import is_equal


def longest_increasing(positions: list[int]) -> set[int]:
    """The indexes of a longest run of growing positions; -1 stands for "new" and is left out.

    What is in the run stays, the rest moves: that is the fewest moves there can be.

    >>> sorted(longest_increasing([2, 0, 1, -1, 3]))
    [1, 2, 4]
    """
    tops: list[int] = []  # tops[n]: the smallest position that ends a run of n + 1
    at: list[int] = []  # and its index
    before: dict[int, int] = {}
    for index, position in enumerate(positions):
        if position < 0:
            continue
        length = bisect_left(tops, position)
        if length:
            before[index] = at[length - 1]
        if length == len(tops):
            tops.append(position)
            at.append(index)
        else:
            tops[length] = position
            at[length] = index
    staying = set()
    index = at[-1] if at else -1
    while index >= 0:
        staying.add(index)
        index = before.get(index, -1)
    return staying


def count_same_ends(old: list[object], new: list[object]) -> tuple[int, int]:
    """How many items are the same at the beginning of two lists, and then at their ends.

    Slices are compared, which asks objects nothing where both are one object.

    >>> count_same_ends([1, 2, 3, 4], [1, 9, 4])
    (1, 1)
    """
    end, new_end = len(old), len(new)
    shorter = min(end, new_end)
    head = _count_same(shorter, lambda low, high: is_equal(old[low:high], new[low:high]))
    rest = shorter - head
    # What came or went at one place leaves all that follows as it was.
    if end != new_end and is_equal(old[end - rest :], new[new_end - rest :]):
        return head, rest
    return head, _count_same(
        rest,
        lambda low, high: is_equal(
            old[end - high : end - low], new[new_end - high : new_end - low]
        ),
    )


def _count_same(limit: int, are_same: Callable[[int, int], bool]) -> int:
    """How many come before the first that is not the same, by stretches that grow, then halve."""
    low = high = 0
    while high < limit:
        low, high = high, min(2 * high + 1, limit)
        if not are_same(low, high):
            break
    else:
        return limit
    while high - low > 1:
        middle = (low + high) // 2
        if are_same(low, middle):
            low = middle
        else:
            high = middle
    return low
