"""Memos: C12 to C15, S4 to S13, S16."""

# mypy: disable-error-code="func-returns-value"
# A lambda that does two things is a tuple of calls here.

from collections.abc import Callable
from decimal import Decimal

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
    provide_context,
    render_effect,
    untrack,
    use_context,
)
from gossamer.reactive.memos import is_same


class Counted[T]:
    """A function that counts its calls."""

    def __init__(self, fn: Callable[[], T]) -> None:
        self.fn = fn
        self.calls = 0

    def __call__(self) -> T:
        self.calls += 1
        return self.fn()


def test_memo_is_lazy_and_cached() -> None:
    """S4, C12."""
    count = Signal(1)
    double = Counted[int](lambda: count() * 2)
    made = memo(double)

    assert double.calls == 0
    assert made() == made() == 2
    assert double.calls == 1
    count.set(2)
    count.set(3)
    assert double.calls == 1
    assert made() == made.peek() == 6
    assert double.calls == 2


def test_memo_as_decorator_with_options() -> None:
    """C12."""
    count = Signal(1)

    @memo
    def plain() -> int:
        return count()

    @memo(equals=False, name="always")
    def always() -> int:
        return count()

    assert isinstance(plain, Memo)
    assert plain() == always() == 1
    assert always.label == "always"
    assert plain.label.endswith("plain")


def test_diamond_runs_once_and_shows_no_glitch() -> None:
    """S5.

     a
    / \\
    b   c
    \\ /
     d
    """
    a = Signal(1)
    b = memo(lambda: a() + 1)
    c = memo(lambda: a() * 10)
    d = Counted[tuple[int, int]](lambda: (b(), c()))
    made = memo(d)
    seen: list[tuple[int, int]] = []
    effect(lambda: seen.append(made()))

    a.set(2)

    assert seen == [(2, 10), (3, 20)]
    assert d.calls == 2


def test_equal_result_stops_the_change() -> None:
    """S6: the effect is woken, checks, and goes back to sleep."""
    count = Signal(1)
    parity = memo(lambda: count() % 2)
    runs: list[int] = []
    effect(lambda: runs.append(parity()))

    count.set(3)
    count.set(5)
    count.set(6)

    assert runs == [1, 0]


def test_equals_decides_what_is_no_change() -> None:
    """S7, C13."""
    count = Signal(1)
    near = memo(count, equals=lambda old, new: abs(new - old) < 3)
    runs: list[int] = []
    effect(lambda: runs.append(near()))

    count.set(3)
    count.set(4)

    assert runs == [1, 4]


def test_equals_false_always_notifies() -> None:
    """S7."""
    count = Signal(1)
    always = memo(lambda: count() and None, equals=False)
    runs: list[object] = []
    effect(lambda: runs.append(always()))

    count.set(2)

    assert runs == [None, None]


def test_first_value_counts_as_a_change() -> None:
    """S7: `equals` is not asked for it."""
    made = memo(lambda: 1, equals=lambda _old, _new: True)

    assert made() == 1


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (1, 1, True),
        (float("nan"), float("nan"), False),
        (1, True, False),
        (1, 1.0, False),
        (Decimal(1), 1, False),
        ([1], [1], True),
        (None, None, True),
        ("a", "b", False),
    ],
    ids=str,
)
def test_default_equality(old: object, new: object, *, same: bool) -> None:
    """S7: the same type, and equal."""
    assert is_same(old, new) is same


def test_values_that_cannot_be_compared_always_change() -> None:
    """S7."""

    class Array:
        def __eq__(self, other: object) -> bool:
            raise ValueError("ambiguous")

        __hash__ = None  # type: ignore[assignment] # as an array

    count = Signal(1)
    made = memo(lambda: (count(), Array())[1])
    runs: list[Array] = []
    effect(lambda: runs.append(made()))

    count.set(2)

    assert len(runs) == 2


def test_function_gets_the_previous_value() -> None:
    """S8."""
    count = Signal(1)
    seen: list[int | None] = []

    def total(previous: int | None) -> int:
        seen.append(previous)
        return (previous or 0) + count()

    made = memo(total)
    made()
    count.set(5)

    assert made() == 6
    assert seen == [None, 1]


def test_reader_that_pulls_a_changed_memo_runs_once() -> None:
    """S9: only one run, though the memo finds itself changed while the effect runs.

    a -> b -> effect <- a
    """
    a = Signal(1)
    b = memo(lambda: a() * 2)
    runs: list[tuple[int, int]] = []
    others: list[int] = []
    effect(lambda: runs.append((a(), b())))
    effect(lambda: others.append(b()))

    a.set(2)
    a.set(3)

    assert runs == [(1, 2), (2, 4), (3, 6)]
    assert others == [2, 4, 6]


def test_memo_validates_when_read_untracked() -> None:
    """S10: though nobody was subscribed when the source changed."""
    count = Signal(1)
    double = memo(lambda: count() * 2)
    quadruple = memo(lambda: double() * 2)

    assert untrack(quadruple) == 4
    count.set(2)
    assert untrack(quadruple) == 8
    count.set(3)
    assert quadruple.peek() == 12


def test_second_memo_is_fresh_after_the_first_was_read() -> None:
    """S11."""
    count = Signal(1)
    first = memo(lambda: count() + 1)
    second = memo(lambda: first() + 1)
    seen: list[tuple[int, int]] = []
    effect(lambda: seen.append((first(), second())))

    count.set(5)

    assert seen == [(2, 3), (6, 7)]


def test_dependencies_are_collected_anew_in_each_run() -> None:
    """S13."""
    flag, a, b = Signal(True), Signal("a"), Signal("b")
    chosen = Counted[str](lambda: a() if flag() else b())
    made = memo(chosen)
    seen: list[str] = []
    effect(lambda: seen.append(made()))

    b.set("B")
    flag.set(False)
    a.set("A")
    b.set("BB")

    assert seen == ["a", "B", "BB"]
    assert chosen.calls == 3


def test_untracked_read_in_a_memo_is_no_dependency() -> None:
    """S16."""
    a, b = Signal(1), Signal(1)
    total = memo(lambda: a() + untrack(b) + b.peek())

    assert total() == 3
    b.set(5)
    assert total() == 3
    a.set(2)
    assert total() == 12


def test_unobserved_memo_is_not_subscribed() -> None:
    """A memo that nobody observes costs its sources nothing."""
    count = Signal(1)
    double = memo(lambda: count() * 2)

    double()
    assert count.subs is None
    made = effect(double)
    assert count.subs is not None
    made.dispose()
    assert count.subs is None


def test_memo_keeps_its_value_when_it_is_no_longer_observed() -> None:
    count = Signal(1)
    double = Counted[int](lambda: count() * 2)
    made = memo(double)
    effect(made).dispose()

    assert made() == 2
    effect(made).dispose()
    assert double.calls == 1
    count.set(2)
    assert made() == 4
    assert double.calls == 2


def test_unobserved_chain_runs_only_what_changed() -> None:
    """A -> parity -> text        other -> (nothing)"""
    a, other = Signal(1), Signal(1)
    parity = memo(lambda: a() % 2)
    text = Counted[str](lambda: f"is {parity()}")
    made = memo(text)

    assert made() == "is 1"
    other.set(2)
    assert made() == "is 1"
    a.set(3)
    assert made() == "is 1"
    assert text.calls == 1
    a.set(2)
    assert made() == "is 0"
    assert text.calls == 2


def test_read_in_a_batch_is_never_stale() -> None:
    count = Signal(1)
    double = memo(lambda: count() * 2)
    effect(double)

    with batch():
        count.set(2)
        assert double() == 4
        count.set(3)
        assert double() == 6


def test_derived_signal_is_any_callable() -> None:
    """C15."""
    count = Signal(1)

    def double() -> int:
        return count() * 2

    runs: list[int] = []
    effect(lambda: runs.append(double()))
    count.set(2)

    assert runs == [2, 4]


def test_track_depends_without_reading() -> None:
    count = Signal(1)
    parity = memo(lambda: count() % 2)
    runs: list[str] = []
    effect(lambda: (parity.track(), runs.append("run")))
    parity.track()

    count.set(3)
    count.set(4)

    assert runs == ["run", "run"]


def test_what_a_memo_makes_is_undone_before_it_runs_again() -> None:
    """S40 for memos: an effect made inside belongs to the memo."""
    count, other = Signal(1), Signal(1)
    log: list[str] = []

    def build() -> int:
        value = count()
        render_effect(lambda: log.append(f"effect {value} {other()}"))
        on_cleanup(lambda: log.append(f"cleanup {value}"))
        return value

    owner = Owner(None)
    with owner:
        made = memo(build)
    made()
    other.set(2)
    count.set(2)
    made()
    other.set(3)
    owner.dispose()
    other.set(4)

    assert log == [
        "effect 1 1",
        "effect 1 2",
        "cleanup 1",
        "effect 2 2",
        "effect 2 3",
        "cleanup 2",
    ]


def test_memo_looks_up_contexts_where_it_was_made() -> None:
    """S59: not where it is read."""
    outer = Owner(None)
    with outer:
        provide_context("user", "Ada")
        made = memo(lambda: use_context("user"))

    with Owner(None):
        provide_context("user", "Grace")
        assert made() == "Ada"


def test_effect_made_in_a_memo_runs_after_it() -> None:
    """A queued effect never runs in the middle of a memo that it reads."""
    seen: list[int] = []

    def build() -> int:
        effect(lambda: seen.append(made()))
        return 7

    made = memo(build)

    assert made() == 7
    assert seen == [7]


def test_disposed_memo_keeps_its_value() -> None:
    """S18, C9."""
    count = Signal(1)
    log: list[str] = []

    def build() -> int:
        on_cleanup(lambda: log.append("cleanup"))
        return count()

    made = memo(build)
    runs: list[int] = []
    effect(lambda: runs.append(made()))

    made.dispose()
    count.set(2)

    assert made() == made.peek() == 1
    assert runs == [1]
    assert made.is_disposed
    assert log == ["cleanup"]
    assert count.subs is None
    effect(lambda: runs.append(made()))
    assert runs == [1, 1]


def test_memo_that_disposes_of_itself_while_it_runs() -> None:
    count = Signal(1)

    def build() -> int:
        made.dispose()
        return count()

    made = memo(build)

    assert made() == 1
    count.set(2)
    assert made() == 1


def test_repr_does_not_compute() -> None:
    count = Signal(1)

    def half() -> float:
        return 1 / count()

    made = memo(half)

    assert repr(made).endswith("half, not computed yet)")
    made()
    assert repr(made) == "Memo(1.0)"
    count.set(0)
    with pytest.raises(ZeroDivisionError):
        made()
    assert "ZeroDivisionError" in repr(made)


def test_memo_of_something_without_a_name() -> None:
    count = Signal(1)

    assert memo(count).label == "Signal(1)"


def test_untracked_write_in_a_memo_reaches_what_was_read_before() -> None:
    """A program at the edge: the memo changes, untracked, what it has read before.

    a -> first -> made -> effect
    """
    a = Signal(1)
    first = memo(lambda: a() * 10)

    def build() -> int:
        value = first()
        if value < 30:
            untrack(lambda: a.set(a.peek() + 1))
        return value

    made = memo(build)
    seen: list[int] = []
    effect(lambda: seen.append(made()))

    assert seen[-1] == 30
    assert made() == 30
    a.set(1)
    assert made() == 30
    assert seen[-1] == 30


def test_untracked_write_in_an_unobserved_memo() -> None:
    a = Signal(1)
    first = memo(lambda: a() * 10)

    def build() -> int:
        value = first()
        if a.peek() < 3:
            untrack(lambda: a.set(a.peek() + 1))
        return value

    made = memo(build)

    assert made() == 30
    assert a() == 3


def test_memo_that_changes_what_it_reads_without_end() -> None:
    a = Signal(1)
    made = memo(lambda: a() + (untrack(lambda: a.set(a.peek() + 1)) or 0))

    with pytest.raises(CycleError, match="a write of what it reads"):
        made()


def test_effect_over_memos_that_write_without_end_is_not_asked_for_ever() -> None:
    """The memo settles, but each check of the effect has it write anew."""
    a, log = Signal(1), Signal(0)

    def build() -> bool:
        a()
        untrack(lambda: log.set(log.peek() + 1))
        return True

    made = memo(build)
    runs: list[bool] = []
    effect(lambda: runs.append(made()))

    a.set(2)
    a.set(3)

    assert runs == [True]
    assert log() == 3
