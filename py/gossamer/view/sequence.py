"""What two lists share, and which rows may stay where they are."""

from bisect import bisect_left

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

    Found by halving: slices are compared, which asks objects nothing where both are one object.

    >>> count_same_ends([1, 2, 3, 4], [1, 9, 4])
    (1, 1)
    """
    shorter = min(len(old), len(new))
    if is_equal(old[:shorter], new[:shorter]):
        return shorter, 0
    low, high = 0, shorter  # what differs first is in old[low:high]
    while high - low > 1:
        middle = (low + high) // 2
        if is_equal(old[low:middle], new[low:middle]):
            low = middle
        else:
            high = middle
    head = low
    shorter -= head
    low, high = 0, shorter  # likewise, counted from the end
    shift = len(old)
    end = len(new)
    while high - low > 1:
        middle = (low + high) // 2
        if is_equal(old[shift - middle : shift - low], new[end - middle : end - low]):
            low = middle
        else:
            high = middle
    if shorter and low == shorter - 1 and is_equal(old[shift - shorter], new[end - shorter]):
        low = shorter
    return head, low
