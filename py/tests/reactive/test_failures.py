"""Errors in the graph: G3, C22 of the reliability bar: every one is raised, and nothing sticks."""

# mypy: disable-error-code="func-returns-value"
# A lambda that does two things is a tuple of calls here.

from collections.abc import Callable
from pathlib import Path

import pytest
from gossamer import errors
from gossamer.errors import CycleError, EffectLoopError, GossamerError, WriteInMemoError
from gossamer.reactive import (
    Effect,
    Memo,
    Owner,
    Signal,
    Trigger,
    batch,
    effect,
    flush,
    immediate_effect,
    memo,
    on_cleanup,
    render_effect,
    selector,
    set_error_reporter,
    signal,
    untrack,
    watch,
)

DOCS = Path(__file__).parents[3] / "docs" / "errors"


class Caught:
    """A root owner that keeps the errors that come to it."""

    def __init__(self) -> None:
        self.owner = Owner(None)
        self.owner.error_handler = lambda error: self.names.append(type(error).__name__)
        self.names: list[str] = []


def inverse_of(count: Signal[int]) -> Memo[float]:
    return memo(lambda: 1 / count(), name="inverse")


# --- memos that raise


@pytest.mark.parametrize("observed", [False, True], ids=["unobserved", "observed"])
def test_memo_raises_to_each_reader_until_a_dependency_changes(*, observed: bool) -> None:
    count, runs = Signal(0), 0

    def invert() -> float:
        nonlocal runs
        runs += 1
        return 1 / count()

    made = memo(invert)
    caught = Caught()
    if observed:
        with caught.owner:
            effect(made)

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            made()
        with pytest.raises(ZeroDivisionError):
            made.peek()
    assert runs == 1
    count.set(2)
    assert made() == 0.5
    assert runs == 2
    count.set(0)
    with pytest.raises(ZeroDivisionError):
        made()


def test_memo_above_a_raising_memo_raises_too_and_recovers() -> None:
    count = Signal(0)
    inverse = inverse_of(count)
    double = memo(lambda: inverse() * 2)

    with pytest.raises(ZeroDivisionError):
        double()
    count.set(1)

    assert double() == 2.0


def test_memo_may_catch_what_another_raises() -> None:
    count = Signal(0)
    inverse = inverse_of(count)

    @memo
    def safe() -> float:
        try:
            return inverse()
        except ZeroDivisionError:
            return -1.0

    seen: list[float] = []
    effect(lambda: seen.append(safe()))
    count.set(2)
    count.set(0)

    assert seen == [-1.0, 0.5, -1.0]


def test_effect_recovers_when_the_memo_it_reads_does() -> None:
    count = Signal(1)
    inverse = inverse_of(count)
    seen: list[float] = []
    caught = Caught()
    with caught.owner:
        effect(lambda: seen.append(inverse()))

    count.set(0)
    count.set(2)

    assert seen == [1.0, 0.5]
    assert caught.names == ["ZeroDivisionError"]


def test_value_equal_to_the_one_before_the_error_is_a_change() -> None:
    count = Signal(1)
    inverse = inverse_of(count)
    seen: list[float] = []
    caught = Caught()
    with caught.owner:
        effect(lambda: seen.append(inverse()))

    count.set(0)
    count.set(1)

    assert seen == [1.0, 1.0]


def test_error_after_an_error_is_a_change() -> None:
    key = Signal("a")
    empty: dict[str, int] = {}
    made = memo(lambda: empty[key()])
    caught: list[str] = []
    owner = Owner(None)
    owner.error_handler = lambda error: caught.append(str(error))
    with owner:
        effect(made)

    key.set("b")

    assert caught == ["'a'", "'b'"]


def test_previous_value_of_a_memo_that_raised_is_the_last_good_one() -> None:
    count = Signal(1)
    seen: list[float | None] = []

    def invert(previous: float | None) -> float:
        seen.append(previous)
        return 1 / count()

    made = memo(invert)
    made()
    count.set(0)
    with pytest.raises(ZeroDivisionError):
        made()
    count.set(2)
    made()

    assert seen == [None, 1.0, 1.0]


def test_traceback_does_not_grow_with_each_reader() -> None:
    inverse = inverse_of(Signal(0))

    def depth() -> int:
        with pytest.raises(ZeroDivisionError) as caught:
            inverse()
        return len(caught.traceback)

    assert depth() == depth() == depth()


def test_comparison_that_raises_is_an_error_of_the_memo() -> None:
    count = Signal(1)

    def refuse(_old: int, new: int) -> bool:
        if new == 2:
            raise KeyError(new)
        return False

    made = memo(count, equals=refuse)
    made()
    count.set(2)
    with pytest.raises(KeyError):
        made()
    count.set(3)

    assert made() == 3


def test_comparison_is_not_tracked() -> None:
    count, limit = Signal(1), Signal(1)
    made = memo(count, equals=lambda old, new: abs(old - new) < limit())
    made()
    count.set(5)
    made()
    effect(made)

    assert limit.subs is None


def test_exhausted_stack_is_not_kept() -> None:
    """It says how deep the reader stood, not what the sources hold."""
    deep = True

    def dive(depth: int) -> int:
        return dive(depth + 1) if deep else depth

    made = memo(lambda: dive(0))
    with pytest.raises(RecursionError):
        made()
    deep = False

    assert made() == 0


def test_interrupted_memo_is_computed_again() -> None:
    stop = True

    def build() -> int:
        if stop:
            raise KeyboardInterrupt
        return 1

    made = memo(build)
    with pytest.raises(KeyboardInterrupt):
        made()
    stop = False

    assert made() == 1


# --- cycles


def test_memo_that_reads_itself() -> None:
    made: Memo[int] = memo(lambda: made() + 1, name="self")

    with pytest.raises(CycleError) as caught:
        made()

    assert caught.value.path == ["self", "self"]


def test_cycle_names_its_memos_in_order() -> None:
    """a -> b -> c -> b, and a is not part of it."""
    a: Memo[int] = memo(lambda: b(), name="a")
    b: Memo[int] = memo(lambda: c(), name="b")
    c: Memo[int] = memo(lambda: b(), name="c")

    with pytest.raises(CycleError) as caught:
        a()

    assert caught.value.path == ["b", "c", "b"]
    assert "b -> c -> b" in str(caught.value)


@pytest.mark.parametrize("where", ["a", "b"])
@pytest.mark.parametrize("observed", [False, True], ids=["unobserved", "observed"])
def test_cycle_that_goes_with_a_change(where: str, *, observed: bool) -> None:
    """Reading recovers, whichever of the two memos asks the flag."""
    flag = Signal(True)
    a: Memo[int] = memo(lambda: b() + 1 if where == "b" or flag() else 1)
    b: Memo[int] = memo(lambda: a() + 1 if where == "a" or flag() else 1)
    caught = Caught()
    seen: list[int] = []
    if observed:
        with caught.owner:
            effect(lambda: seen.append(a()))

    with pytest.raises(CycleError):
        a()
    with pytest.raises(CycleError):
        b()
    flag.set(False)

    assert sorted((a(), b())) == [1, 2]
    if observed:
        assert seen == [a()]
        assert caught.names == ["CycleError"]


def test_cycle_that_comes_and_goes_wakes_the_readers_of_each_memo() -> None:
    flag = Signal(False)
    a: Memo[int] = memo(lambda: b() + 1 if flag() else 1)
    b: Memo[int] = memo(lambda: a() + 1)
    seen: list[tuple[str, int]] = []
    caught = Caught()
    with caught.owner:
        effect(lambda: seen.append(("a", a())))
        effect(lambda: seen.append(("b", b())))

    for _ in range(3):
        seen.clear()
        caught.names.clear()
        flag.set(True)
        assert caught.names == ["CycleError"] * 2
        flag.set(False)
        assert seen == [("a", 1), ("b", 2)]

    caught.owner.dispose()
    assert (a(), b()) == (1, 2)
    assert flag.subs is None


def test_cycle_through_an_old_dependency() -> None:
    """b read a; now a reads b, which is checked by way of a."""
    flag = Signal(False)
    a: Memo[int] = memo(lambda: b() + 1 if flag() else 1)
    b: Memo[int] = memo(lambda: a() + 1)
    assert b() == 2

    flag.set(True)
    with pytest.raises(CycleError):
        b()
    flag.set(False)

    assert b() == 2


def test_cycle_through_peek_is_found() -> None:
    made: Memo[int] = memo(lambda: made.peek() + 1)

    with pytest.raises(CycleError):
        made()


def test_cycle_that_is_read_untracked_is_found() -> None:
    made: Memo[int] = memo(lambda: untrack(made) + 1)

    with pytest.raises(CycleError):
        made()


# --- writes in memos


@pytest.mark.parametrize(
    "write",
    [
        lambda count: count.set(1),
        lambda count: count.update(lambda old: old + 1),
        lambda count: count.notify(),
        lambda count: count.split()[1](1),
        lambda count: count.write_only.update(lambda old: old),
        lambda count: count.maybe_update(lambda _old: True),
    ],
    ids=["set", "update", "notify", "write half", "update half", "maybe_update"],
)
def test_write_in_a_memo_is_an_error(write: Callable[[Signal[int]], None]) -> None:
    count = Signal(0, name="count")
    made = memo(lambda: write(count), name="total")

    with pytest.raises(WriteInMemoError, match="count was written while the memo total"):
        made()

    assert count() == 0


def test_mutation_and_trigger_in_a_memo_are_errors() -> None:
    names, saved = Signal(["a"]), Trigger()

    @memo
    def mutating() -> None:
        with names.mutate() as value:
            value.append("b")

    with pytest.raises(WriteInMemoError):
        mutating()
    with pytest.raises(WriteInMemoError):
        memo(saved.notify)()


def test_write_in_an_effect_made_by_a_memo_is_allowed() -> None:
    count = Signal(0)
    made = memo(lambda: render_effect(lambda: count.set(5)))

    made()

    assert count() == 5


# --- effects that raise


def test_siblings_still_run_in_the_same_flush() -> None:
    count = Signal(0)
    log: list[int] = []
    caught = Caught()
    with caught.owner:
        effect(lambda: log.append(count()))
        effect(lambda: 1 // (count() - 1))
        effect(lambda: log.append(count() * 10))

    count.set(1)

    assert log == [0, 0, 1, 10]
    assert caught.names == ["ZeroDivisionError"]


def test_raising_effect_runs_again_at_the_next_change() -> None:
    count = Signal(0)
    seen: list[float] = []
    caught = Caught()
    with caught.owner:
        effect(lambda: seen.append(1 / count()))

    count.set(2)
    count.set(0)
    count.set(4)

    assert seen == [0.5, 0.25]
    assert caught.names == ["ZeroDivisionError"] * 2


def test_raising_effect_keeps_what_it_had_read() -> None:
    a, b = Signal(0), Signal(0)
    runs: list[int] = []
    caught = Caught()
    with caught.owner:
        effect(lambda: (runs.append(a()), 1 // a(), b()))

    b.set(1)
    assert runs == [0]
    a.set(1)
    b.set(2)

    assert runs == [0, 1, 1]


def test_nearest_handler_gets_the_error_of_a_nested_effect() -> None:
    count = Signal(1)
    outer, inner = Caught(), Caught()
    with outer.owner:
        boundary = Owner()
    boundary.error_handler = inner.owner.error_handler
    with boundary:
        effect(lambda: effect(lambda: 1 // count()))

    count.set(0)

    assert inner.names == ["ZeroDivisionError"]
    assert outer.names == []


def test_handler_may_dispose_of_what_raised() -> None:
    count = Signal(1)
    owner = Owner(None)
    with owner:
        child = Owner()
    owner.error_handler = lambda _error: child.dispose()
    runs: list[int] = []
    with child:
        effect(lambda: (runs.append(count()), 1 // count()))

    count.set(0)
    count.set(2)

    assert runs == [1, 0]


def test_handler_may_write_signals() -> None:
    count, failed = Signal(1), Signal(False)
    seen: list[bool] = []
    owner = Owner(None)
    owner.error_handler = lambda _error: failed.set(True)
    with owner:
        effect(lambda: 1 // count())
    effect(lambda: seen.append(failed()))

    count.set(0)

    assert seen == [False, True]


def test_reporter_that_raises_does_not_stop_the_graph() -> None:
    def refuse(error: Exception, _owner: Owner | None) -> None:
        raise error

    count = Signal(1)
    seen: list[int] = []
    effect(lambda: 1 // count())
    effect(lambda: seen.append(count()))
    set_error_reporter(refuse)

    with pytest.raises(ZeroDivisionError):
        count.set(0)
    set_error_reporter(None)
    flush()
    count.set(5)

    assert seen == [1, 0, 5]


def test_effect_that_raises_in_its_first_run() -> None:
    count = Signal(0)
    caught = Caught()
    seen: list[float] = []
    with caught.owner:
        effect(lambda: seen.append(1 / count()))

    count.set(1)

    assert caught.names == ["ZeroDivisionError"]
    assert seen == [1.0]


@pytest.mark.parametrize("make", [render_effect, immediate_effect, selector])
def test_first_run_at_once_raises_to_the_caller(make: Callable[..., object]) -> None:
    count = Signal(0)
    log: list[str] = []

    with pytest.raises(ZeroDivisionError):
        make(lambda: (on_cleanup(lambda: log.append("cleanup")), 1 // count()))

    assert log == ["cleanup"]
    assert count.subs is None


def test_watch_whose_handler_raises_goes_on() -> None:
    count = Signal(0)
    caught = Caught()
    seen: list[int] = []
    with caught.owner:
        watch(count, lambda new: (seen.append(new), 1 // (new - 1)))

    count.set(1)
    count.set(2)

    assert seen == [1, 2]
    assert caught.names == ["ZeroDivisionError"]


def test_immediate_effect_that_raises_does_not_stop_the_others() -> None:
    count = Signal(1)
    seen: list[int] = []
    immediate_effect(lambda: 1 // count())
    immediate_effect(lambda: seen.append(count()))
    effect(lambda: seen.append(count() + 100))

    with pytest.raises(ZeroDivisionError):
        count.set(0)

    assert seen == [1, 101, 0, 100]


def test_write_that_raises_has_been_made() -> None:
    count = Signal(1)
    effect(lambda: 1 // count())

    with pytest.raises(ZeroDivisionError):
        count.set(0)

    assert count() == 0


def test_exhausted_stack_in_what_an_effect_asks_first() -> None:
    """The effect is told of later changes all the same.

    source -> parity -> low (dives) -> effect
    """
    source, deep = Signal(0), False
    parity = memo(lambda: source() % 10)

    def dive(depth: int) -> int:
        return dive(depth + 1) if deep else parity()

    low = memo(lambda: (parity(), dive(0))[1])
    caught = Caught()
    seen: list[int] = []
    with caught.owner:
        effect(lambda: seen.append(low()))

    deep = True
    source.set(1)
    deep = False
    assert caught.names == ["RecursionError"]
    assert low() == 1
    source.set(2)

    assert seen[-1] == low() == 2


# --- cleanups that raise


def test_cleanups_of_a_run_all_run_and_the_run_goes_on() -> None:
    count = Signal(0)
    log: list[str] = []
    caught = Caught()

    def run() -> None:
        log.append(f"run {count()}")
        on_cleanup(lambda: log.append("first"))
        on_cleanup(lambda: 1 // 0)
        on_cleanup(lambda: log.append("third"))

    with caught.owner:
        effect(run)
    count.set(1)

    assert log == ["run 0", "first", "third", "run 1"]
    assert caught.names == ["ZeroDivisionError"]


def test_several_cleanups_that_raise() -> None:
    owner = Owner(None)
    for _ in range(2):
        owner.on_cleanup(lambda: 1 // 0)

    with pytest.raises(ExceptionGroup) as caught:
        owner.dispose()

    assert len(caught.value.exceptions) == 2
    assert owner.is_disposed


def test_late_cleanup_that_raises_raises_to_the_caller() -> None:
    owner = Owner(None)
    owner.dispose()

    with pytest.raises(ZeroDivisionError):
        owner.on_cleanup(lambda: 1 // 0)


# --- loops


def test_loop_through_a_memo_is_stopped() -> None:
    count = Signal(0, name="count")
    double = memo(lambda: count() * 2, name="double")

    with pytest.raises(EffectLoopError, match="double"):
        effect(lambda: count.set(double() + 1))


def test_loop_goes_to_the_handler_and_ends() -> None:
    count = Signal(0)
    caught = Caught()
    with caught.owner:
        effect(lambda: count.set(count() + 1))

    assert caught.names == ["EffectLoopError"]
    with caught.owner:
        count.set(0)
    assert caught.names == ["EffectLoopError"] * 2


def test_loop_through_an_effect_made_anew_each_time_is_stopped() -> None:
    """The inner effect wakes the outer one, which makes it anew."""
    count = Signal(0)

    def outer() -> None:
        count()
        effect(lambda: count.set(count.peek() + 1))

    with pytest.raises(EffectLoopError):
        effect(outer)


# --- everything at once


def test_graph_works_after_every_kind_of_error() -> None:
    count, set_count = signal(0)
    caught = Caught()
    bad: Memo[int] = memo(lambda: bad())
    with caught.owner:
        effect(lambda: 1 // count())
        effect(bad)
        effect(memo(lambda: set_count(1)))
        on_cleanup(lambda: 1 // 0)
        with batch():
            effect(lambda: (count(), ()[count.peek()]))
    seen: list[int] = []
    effect(lambda: seen.append(count()))

    set_count(1)
    with pytest.raises(ZeroDivisionError):
        caught.owner.dispose()

    assert seen == [0, 1]
    assert set(caught.names) == {
        "ZeroDivisionError",
        "CycleError",
        "WriteInMemoError",
        "IndexError",
    }


def test_every_error_has_a_page() -> None:
    kinds = (
        errors.CycleError,
        errors.EffectLoopError,
        errors.WriteInMemoError,
        errors.NoOwnerError,
        errors.MissingContextError,
    )
    for kind in kinds:
        assert issubclass(kind, GossamerError)
        if DOCS.exists():
            assert (DOCS / f"{kind.code}.md").exists(), kind.code


def test_loop_without_known_sources_has_a_message() -> None:
    assert "by what it reads" in str(EffectLoopError("save", [], 100))
    assert isinstance(Effect(lambda: None), Owner)
