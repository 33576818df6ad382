"""Which rows may stay where they are."""

from bisect import bisect_left


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
