"""Memos that compute deep inside of each other: G5, E2.

    signal <- m0 <- m1 <- … <- m9999        read from its end, when nothing has been computed

Each read of a memo in a memo takes room on the stack of C, so from a certain depth on the stack is
unwound and the deep memo is computed first.
"""

# mypy: disable-error-code="func-returns-value"

import functools
import gc
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gossamer.errors import CycleError
from gossamer.reactive import (
    Memo,
    Owner,
    Signal,
    batch,
    effect,
    memo,
    on_cleanup,
    render_effect,
    selector,
    untrack,
)
from gossamer.reactive import memos as memos_module
from gossamer.reactive.scope import scope

from .test_graph import PROGRAMS, Adapter, check

LONG = 3_000 if sys.platform == "emscripten" else 10_000

type Read = Callable[[], int]


@pytest.fixture(autouse=True)
def nothing_waits() -> Iterator[None]:
    yield
    assert scope.depth == 0
    assert scope.deep is None
    assert scope.suspended == []


class Chain:
    """Memos each of which reads the one before; counts the runs."""

    def __init__(
        self, length: int, step: Callable[[Read], int] = lambda below: below() + 1
    ) -> None:
        self.source = Signal(0)
        self.runs = [0] * length
        self.memos: list[Memo[int]] = []
        below: Read = self.source
        for number in range(length):
            below = self.make(number, below, step)
            self.memos.append(below)
        self.last = below

    def __del__(self) -> None:
        # What hangs on one another is freed recursively, which Pyodide's stack allows only so far.
        self.last = self.source
        while self.memos:
            self.memos.pop()

    def make(self, number: int, below: Read, step: Callable[[Read], int]) -> Memo[int]:
        def run() -> int:
            self.runs[number] += 1
            return step(below)

        return memo(run, name=f"m{number}")


def test_a_long_chain_is_read_from_its_end() -> None:
    chain = Chain(LONG)

    assert chain.last() == LONG
    assert max(chain.runs) == 2  # begun once, interrupted, and begun again
    chain.source.set(5)
    chain.runs[:] = [0] * LONG
    assert chain.last() == LONG + 5
    assert chain.runs == [1] * LONG


def test_a_long_chain_is_followed_from_its_end() -> None:
    chain = Chain(LONG)
    seen: list[int] = []

    last = effect(lambda: seen.append(chain.last()))
    chain.source.set(1)
    last.dispose()

    assert seen == [LONG, LONG + 1]
    assert chain.source.subs is None


STEPS: dict[str, Callable[[Read], int]] = {
    "sum of a generator": lambda below: sum(below() for _ in range(1)) + 1,
    "key of a sort": lambda below: below() + len(sorted([1], key=lambda _: below())),
    "filter": lambda below: len(list(filter(lambda _: below() + 1, [1]))) + below(),
    "partial": lambda below: functools.partial(below)() + 1,
    "untrack": lambda below: below() + untrack(lambda: 1) + 0 * untrack(below),
    "property": lambda below: type("P", (), {"x": property(lambda _: below())})().x + 1,
    "nested functions": lambda below: (lambda: (lambda: below())())() + 1,
}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_functions_that_read_through_c_have_room_as_well(step: Callable[[Read], int]) -> None:
    chain = Chain(300, step)

    assert chain.last() == 300


def test_a_memo_may_read_several_long_chains() -> None:
    """It begins again for each of them, and no more."""
    chains = [Chain(200) for _ in range(5)]
    runs: list[int] = []

    @memo
    def total() -> int:
        runs.append(1)
        return sum([chain.last() for chain in chains])

    assert total() == 1_000
    assert len(runs) <= 6


def test_memos_that_share_what_is_below_are_computed_in_time() -> None:
    """A ladder has 2**300 ways down."""
    left: Read
    right: Read
    left = right = Signal(1)
    count = 0

    def add(a: Read, b: Read) -> Memo[int]:
        def run() -> int:
            nonlocal count
            count += 1
            return (a() + b()) % 1_000_007

        return memo(run)

    for _ in range(300):
        left, right = add(left, right), add(right, left)

    assert left() == right() == pow(2, 300, 1_000_007)
    assert count <= 2 * 600 + 100


def test_an_error_at_the_bottom_reaches_the_top_and_goes() -> None:
    chain = Chain(LONG, lambda below: below() + 1)
    chain.source.set("text")  # type: ignore[arg-type] # on purpose

    for _ in range(2):
        with pytest.raises(TypeError):
            chain.last()
    chain.source.set(0)

    assert chain.last() == LONG


@pytest.mark.parametrize("length", [60, 250])
def test_a_long_circle_is_found_and_goes(length: int) -> None:
    """As a short one: CycleError, kept by each memo until something changes."""
    is_closed = Signal(True)
    ring: list[Memo[int]] = []

    def make(number: int) -> Memo[int]:
        def run() -> int:
            if number == 0 and not is_closed():
                return 0
            return ring[number - 1]() + 1

        return memo(run, name=f"m{number}")

    ring.extend(make(number) for number in range(length))

    for number in (7, 7, 0, length - 1):
        with pytest.raises(CycleError) as caught:
            ring[number]()
        path = caught.value.path
        assert path[0] == path[-1]
        assert len(str(caught.value)) < 400
    is_closed.set(False)

    assert [made() for made in ring] == list(range(length))
    while ring:
        ring.pop().dispose()  # see Chain.__del__


def test_a_circle_behind_a_long_chain_names_its_memos() -> None:
    circle: list[Memo[int]] = []
    circle.append(memo(lambda: circle[1](), name="a"))
    circle.append(memo(lambda: circle[0](), name="b"))
    below: Read = circle[0]
    for _ in range(120):
        below = memo(lambda below=below: below() + 1)  # type: ignore[misc] # the loop's value

    with pytest.raises(CycleError) as caught:
        below()

    assert caught.value.path == ["a", "b", "a"]


def test_functions_that_catch_everything_do_not_keep_what_they_made_of_it() -> None:
    """A bare except sees how the stack is unwound; its memo begins again."""

    def careless(below: Read) -> int:
        try:
            return below() + 1
        except BaseException:
            return -1_000_000

    def failing(below: Read) -> int:
        done = False
        try:
            value = below()
            done = True
        finally:
            if not done:
                raise ValueError("the cleanup fails")
        return value + 1

    assert Chain(300, careless).last() == 300
    assert Chain(300, failing).last() == 300


def test_what_an_interrupted_memo_owns_is_disposed_of() -> None:
    alive: list[int] = []

    def owning(below: Read) -> int:
        alive.append(1)
        on_cleanup(alive.pop)
        found: list[int] = []
        render_effect(lambda: found.append(below()))
        return found[0] + 1

    owner = Owner(None)
    chain = owner.run(Chain, 300, owning)

    assert chain.last() == 300
    assert len(alive) == 300
    owner.dispose()
    assert alive == []


def test_effects_that_a_memo_flushes_run_once_more() -> None:
    """An effect that is interrupted in a flush inside of a memo is queued again."""
    chain = Chain(300)
    told: list[int] = []
    around = Chain(40)
    other = Signal(0)
    follower = effect(lambda: told.append(other() and chain.last()))

    @memo
    def writing() -> int:
        untrack(lambda: flushing())
        return around.last()

    def flushing() -> None:
        with batch():
            other.set(1)

    outer: Read = writing
    for _ in range(40):
        outer = memo(lambda below=outer: below() + 1)  # type: ignore[misc] # the loop's value

    assert outer() == 80
    assert told[-1] == 300
    follower.dispose()


def test_a_selector_above_a_long_chain_is_right_where_it_is_asked_first() -> None:
    chain = Chain(300)
    is_chosen = selector(lambda: chain.last() + chain.source())
    one = is_chosen.of(301)
    chain.source.set(1)
    asking: Read = memo(lambda: int(one.peek()))
    for _ in range(45):
        asking = memo(lambda below=asking: below())  # type: ignore[misc] # the loop's value

    chain.source.set(0)
    assert asking() == 0
    seen: list[object] = []
    follower = effect(lambda: seen.append(one()))
    chain.source.set(0.5)  # type: ignore[arg-type] # so that the sum is 301

    assert seen == [False, True]
    follower.dispose()


def test_a_memo_that_is_disposed_of_while_it_waits_stays_so() -> None:
    chain = Chain(120)

    last = chain.memos[-1]

    def ending() -> int:
        last.dispose()
        return chain.memos[2]() + 1

    chain.memos[3].fn = ending

    chain.last()

    assert last.is_disposed


def test_an_exhausted_stack_and_an_interruption_pass_through() -> None:
    for kind in (RecursionError, KeyboardInterrupt):
        stop = True

        def step(below: Read, kind: Any = kind) -> int:
            if stop and below is chain.source:
                raise kind
            return below() + 1

        chain = Chain.__new__(Chain)
        chain.__init__(300, step)  # type: ignore[misc] # `step` looks at it
        with pytest.raises(kind):
            chain.last()
        assert scope.suspended == []
        stop = False
        assert chain.last() == 300


def test_programs_are_right_however_early_the_stack_is_unwound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """V, G, O, N, D of the oracle; only how often a memo runs is not asked."""
    monkeypatch.setattr(memos_module, "DEEPEST", 2)

    wrong = {
        program["seed"]: bad
        for program in PROGRAMS
        if (bad := [line for line in check(Adapter, program) if not line.startswith("M ")])
    }

    assert wrong == {}


def test_a_long_chain_leaves_nothing_behind() -> None:
    gc.collect()
    before = len(gc.get_objects())
    chain = Chain(500)
    chain.last()
    del chain
    gc.collect()

    assert len(gc.get_objects()) <= before + 5
