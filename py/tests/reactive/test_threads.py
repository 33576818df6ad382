"""Threads never see each other's owner, observer or queue: G6."""

import random
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from gossamer.errors import CycleError
from gossamer.reactive import (
    Memo,
    Owner,
    Signal,
    batch,
    current_owner,
    effect,
    memo,
    provide_context,
    store,
    use_context,
)
from gossamer.reactive.scope import Scope, make_scope, scope

pytestmark = pytest.mark.cpython("needs threads")


def run_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run work(number) in many threads that begin together."""
    errors: list[BaseException] = []
    start = threading.Barrier(count)

    def body(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=body, args=(number,)) for number in range(count)]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    return errors


def test_each_thread_has_its_own_scope() -> None:
    seen: list[object] = []
    owner = Owner(None)

    with batch():
        owner.run(lambda: run_threads(2, lambda _n: seen.append((scope.owner, scope.batches))))

    assert seen == [(None, 0), (None, 0)]


def test_browser_has_one_plain_scope() -> None:
    assert type(make_scope("emscripten")) is Scope


def test_two_hundred_threads_with_a_hundred_graphs_each() -> None:
    """G6: contexts, owners, effect runs and batches stay with their thread."""

    def work(number: int) -> None:
        for graph in range(100):
            owner = Owner(None)
            mine = f"{number}/{graph}"
            seen: list[object] = []
            with owner, batch():
                provide_context("mine", mine)
                count = Signal(0)
                double = memo(lambda: (count() * 2, use_context("mine")))
                effect(lambda: seen.append((double(), use_context("mine"))))
            with batch():
                count.set(1)
                count.set(2)
            assert seen == [((0, mine), mine), ((4, mine), mine)]
            assert current_owner() is None
            owner.dispose()
            count.set(3)
            assert len(seen) == 2

    assert run_threads(200, work) == []


def test_memo_and_signal_shared_by_threads() -> None:
    """Values for all: each thread reads them; one writes."""
    count = Signal(0)
    double = memo(lambda: count() * 2)
    text = memo(lambda: f"{double()}")

    def work(number: int) -> None:
        if number == 0:
            for value in range(300):
                count.set(value)
        else:
            for _ in range(300):
                assert int(text()) % 2 == 0

    assert run_threads(8, work) == []
    assert text() == "598"


def test_memo_that_another_thread_computes_is_waited_for() -> None:
    """It is no cycle."""
    runs: list[int] = []

    def slow() -> int:
        runs.append(1)
        time.sleep(0.05)
        return 7

    made = memo(slow)
    results: list[int] = []

    assert run_threads(4, lambda _number: results.append(made())) == []
    assert results == [7] * 4
    assert len(runs) == 1


def test_waiting_for_another_thread_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two memos that wait for each other in two threads are a cycle after all."""
    times = iter(range(0, 1000, 50))
    monkeypatch.setattr(time, "monotonic", lambda: next(times))
    started, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        started.set()
        go_on.wait(10)
        return 1

    made = memo(slow)
    thread = threading.Thread(target=made)
    thread.start()
    assert started.wait(10)

    with pytest.raises(CycleError, match="another thread"):
        made()
    go_on.set()
    thread.join()

    assert made() == 1


def test_random_graphs_in_threads() -> None:
    """Each thread works on its own graph; sums must be right after each write."""

    def work(number: int) -> None:
        chance = random.Random(number)
        sources = [Signal(chance.randrange(10)) for _ in range(5)]
        total = memo(lambda: sum(source() for source in sources))
        seen: list[int] = []
        made = effect(lambda: seen.append(total()))
        for _ in range(50):
            chance.choice(sources).set(chance.randrange(10))
            assert seen[-1] == total() == sum(source.peek() for source in sources)
        made.dispose()

    assert run_threads(20, work) == []


def test_threads_that_reach_into_a_store_find_the_same_places() -> None:
    state: Any = store({"rows": [{"n": number} for number in range(200)]}, keys={"rows": "n"})
    found: list[list[int]] = []

    assert run_threads(8, lambda _: found.append([id(row.n) for row in state.rows])) == []

    assert len(found) == 8
    assert all(ids == found[0] for ids in found)


def test_a_memo_that_another_thread_was_quicker_to_begin_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    began, may_end = threading.Event(), threading.Event()
    wait = Memo.wait

    def slow() -> int:
        began.set()
        may_end.wait(10)
        return 1

    def let_it_end(self: Memo[int]) -> None:
        may_end.set()
        wait(self)

    def work(number: int) -> None:
        if number == 0:
            made()
        else:
            began.wait(10)
            made.recompute()  # as after a look that found it not running yet
            seen.append(made.peek())

    made, seen = memo(slow), list[int]()
    monkeypatch.setattr(Memo, "wait", let_it_end)

    errors = run_threads(2, work)

    assert errors == []
    assert seen == [1]
