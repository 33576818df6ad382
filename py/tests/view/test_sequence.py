"""What two lists share, and the longest run that may stay, against plain searches."""

from itertools import combinations

import pytest
from gossamer.view.sequence import count_same_ends, longest_increasing
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("positions", "staying"),
    [
        ([], set()),
        ([-1, -1], set()),
        ([0], {0}),
        ([0, 1, 2], {0, 1, 2}),
        ([2, 1, 0], {2}),
        ([-1, 5, -1, 6], {1, 3}),
        ([1, 2, 3, 0], {0, 1, 2}),
        ([3, 0, 1, 2], {1, 2, 3}),
        ([0, 8, 4, 12, 2, 10], {0, 4, 5}),
    ],
)
def test_what_stays_is_the_longest_run(positions: list[int], staying: set[int]) -> None:
    assert longest_increasing(positions) == staying


@given(st.permutations(range(7)), st.sets(st.integers(0, 6)))
def test_no_run_is_longer(order: list[int], new: set[int]) -> None:
    positions = [-1 if position in new else position for position in order]
    known = [position for position in positions if position >= 0]
    longest = max(
        size
        for size in range(len(known) + 1)
        for run in combinations(known, size)
        if list(run) == sorted(run)
    )

    staying = sorted(longest_increasing(positions))

    kept = [positions[index] for index in staying]
    assert kept == sorted(kept)
    assert -1 not in kept
    assert len(kept) == longest


@given(st.lists(st.integers(0, 2), max_size=20), st.lists(st.integers(0, 2), max_size=20))
def test_same_ends_are_those_of_a_plain_search(old: list[object], new: list[object]) -> None:
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    rest = shorter - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)

    assert count_same_ends(old, new) == (head, tail)
