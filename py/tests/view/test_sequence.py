"""The longest run of rows that may stay, against a plain search."""

from itertools import combinations

import pytest
from gossamer.view.sequence import longest_increasing
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
