"""Effects and watches: C19, C20, C22, C23, S12 to S14, S30 to S36, S38 to S40."""

# mypy: disable-error-code="func-returns-value"
# A lambda that does two things is a tuple of calls here.

import pytest
from gossamer.errors import EffectLoopError
from gossamer.reactive import (
    Effect,
    Owner,
    Signal,
    batch,
    effect,
    flush,
    immediate_effect,
    memo,
    on_cleanup,
    render_effect,
    untrack,
    watch,
)


def test_effect_runs_at_the_end_of_the_batch_that_makes_it() -> None:
    """S30: never inside the call, so that what is built in the batch is there."""
    log: list[str] = []

    with batch():
        effect(lambda: log.append("effect"))
        log.append("built")

    assert log == ["built", "effect"]


def test_writes_of_one_batch_make_one_run_with_the_last_values() -> None:
    """S31."""
    count = Signal(0)
    seen: list[int] = []
    effect(lambda: seen.append(count()))

    with batch():
        for value in range(1, 10):
            count.set(value)

    assert seen == [0, 9]


def test_effects_run_in_the_order_in_which_they_were_woken() -> None:
    """S32."""
    a, b = Signal(0), Signal(0)
    log: list[str] = []
    effect(lambda: log.append(f"first {a()}"))
    effect(lambda: log.append(f"second {b()}"))
    log.clear()

    with batch():
        b.set(1)
        a.set(1)

    assert log == ["second 1", "first 1"]


def test_subscribers_keep_their_order() -> None:
    """S14: also when one of them leaves, and through a memo.

    count -> memo -> first, then second, third, fourth
    """
    count = Signal(0)
    through = memo(count)
    log: list[str] = []
    effect(lambda: log.append(f"first {through()}"))
    second = effect(lambda: log.append(f"second {count()}"))
    effect(lambda: log.append(f"third {count()}"))
    effect(lambda: log.append(f"fourth {count()}"))
    second.dispose()
    log.clear()

    count.set(1)

    assert log == ["first 1", "third 1", "fourth 1"]


def test_render_effect_runs_at_once_then_in_the_flush() -> None:
    """S33, C22."""
    count = Signal(0)
    log: list[str] = []

    with batch():
        render_effect(lambda: log.append(f"run {count()}"))
        log.append("made")
        count.set(1)
        log.append("written")

    assert log == ["run 0", "made", "written", "run 1"]


def test_disposed_effect_does_not_run_again() -> None:
    """S33."""
    count = Signal(0)
    seen: list[int] = []
    made = effect(lambda: seen.append(count()))

    with batch():
        count.set(1)
        made.dispose()
    made.dispose()
    count.set(2)

    assert seen == [0]


def test_effect_that_writes_what_it_reads_runs_until_it_is_stable() -> None:
    """S34: the trace of two signals that follow one another."""
    count, floor = Signal(0), Signal(0)
    trace: list[int] = []

    @effect
    def settle() -> None:
        trace.append(count())
        if count() < 3:
            count.set(count() + 1)
        floor.set(0)

    assert trace == [0, 1, 2, 3]


def test_effects_that_answer_one_another() -> None:
    """S34, S41: one flush goes on until nothing is left."""
    a, b = Signal(0), Signal(0)
    trace: list[tuple[str, int]] = []

    def first() -> None:
        trace.append(("a", a()))
        if a() < 3:
            b.set(a())

    def second() -> None:
        trace.append(("b", b()))
        a.set(b() + 1)

    effect(first)
    effect(second)

    assert trace == [
        ("a", 0),
        ("b", 0),
        ("a", 1),
        ("b", 1),
        ("a", 2),
        ("b", 2),
        ("a", 3),
    ]


def test_effect_that_writes_before_it_reads_runs_once() -> None:
    """S34: what it read is what it wrote."""
    count = Signal(0)
    runs: list[int] = []

    def fill() -> None:
        count.set(5)
        runs.append(count())

    effect(fill)
    with batch():
        count.set(6)

    assert runs == [5, 5]


def test_endless_effect_is_stopped_and_the_rest_lives_on() -> None:
    """S34: the loop guard names the effect and what woke it."""
    count, other = Signal(0, name="count"), Signal(0)
    seen: list[int] = []

    def endless() -> None:
        count.set(count() + 1)

    with pytest.raises(EffectLoopError) as caught:
        effect(endless)
    effect(lambda: seen.append(other()))
    other.set(1)

    assert "endless" in str(caught.value)
    assert caught.value.sources == ["count"]
    assert "100 times" in str(caught.value)
    assert count.peek() == 101
    assert seen == [0, 1]
    with pytest.raises(EffectLoopError):
        count.set(0)


def test_two_effects_that_wake_each_other_without_end() -> None:
    """S34."""
    a, b = Signal(0), Signal(0)
    others: list[int] = []
    effect(lambda: b.set(a() + 1))
    effect(lambda: others.append(a()))

    with pytest.raises(EffectLoopError):
        effect(lambda: a.set(b() + 1))

    assert len(others) > 100  # it only reads, so it is not to blame
    assert others[-1] == a.peek()


def test_many_effects_in_one_flush_are_no_loop() -> None:
    count = Signal(0)
    runs: list[int] = []

    with batch():
        for _ in range(500):
            effect(lambda: runs.append(count()))
    count.set(1)

    assert len(runs) == 1000


def test_watch_follows_only_its_source() -> None:
    """S35, C20."""
    count, other = Signal(0), Signal("x")
    calls: list[tuple[int, int | None]] = []

    def handler(new: int, old: int | None) -> None:
        other()
        calls.append((new, old))

    watching = watch(count, handler)

    assert calls == []
    other.set("y")
    assert calls == []
    count.set(1)
    count.set(2)
    assert calls == [(1, 0), (2, 1)]
    watching.stop()
    count.set(3)
    assert calls == [(1, 0), (2, 1)]


def test_watch_at_once() -> None:
    """S35."""
    count = Signal(1)
    calls: list[tuple[int, int | None, str | None]] = []

    def handler(new: int, old: int | None, previous: str | None) -> str:
        calls.append((new, old, previous))
        return f"result of {new}"

    watch(count, handler, immediate=True)
    count.set(2)
    count.set(3)

    assert calls == [(1, None, None), (2, 1, "result of 1"), (3, 2, "result of 2")]


def test_watch_hands_over_the_last_result_only_after_a_call() -> None:
    """S35: what the handler returned is None until it was called."""
    count = Signal(1)
    calls: list[object] = []

    def handler(new: int, old: int | None, previous: object) -> str:
        calls.append(previous)
        return "result"

    watch(count, handler)
    count.set(2)
    count.set(3)

    assert calls == [None, "result"]


def test_watch_gives_what_the_handler_asks_for() -> None:
    """S35."""
    count = Signal(1)
    calls: list[object] = []
    watch(count, lambda: calls.append("none"))
    watch(count, lambda new: calls.append(new))
    watch(count, calls.append)

    count.set(2)

    assert calls == ["none", 2, 2]


def test_watch_calls_for_an_equal_value() -> None:
    """S1: a write notifies; watch a memo to compare."""
    count = Signal(1)
    calls: list[int] = []
    watch(count, calls.append)
    watch(memo(count), lambda new: calls.append(-new))

    count.set(1)

    assert calls == [1]


def test_function_with_one_argument_gets_its_last_result() -> None:
    """S36."""
    count = Signal(1)
    seen: list[int | None] = []

    def total(previous: int | None) -> int:
        seen.append(previous)
        return (previous or 0) + count()

    made = effect(total)
    count.set(2)

    assert seen == [None, 1]
    assert made.value == 3


def test_default_argument_is_not_the_previous_value() -> None:
    """S36: the usual way to keep a loop's variable."""
    seen: list[int] = []
    for row in range(3):
        effect(lambda row=row: seen.append(row))  # type: ignore[misc] # mypy cannot infer it

    assert seen == [0, 1, 2]


def test_pause_consumes_and_resume_does_not_replay() -> None:
    """S38."""
    count = Signal(0)
    seen: list[int] = []
    owner = Owner(None)
    with owner, Owner():
        effect(lambda: seen.append(count()))

    owner.pause()
    count.set(1)
    with owner:
        effect(lambda: seen.append(100))
    owner.resume()
    assert seen == [0]
    count.set(2)

    assert seen == [0, 2]


def test_child_of_a_paused_owner_is_paused() -> None:
    """S38."""
    seen: list[int] = []
    owner = Owner(None)
    owner.pause()

    with owner, Owner():
        effect(lambda: seen.append(1))

    assert seen == []


def test_immediate_effect_runs_inside_the_write() -> None:
    """S39, C23."""
    count = Signal(0)
    log: list[str] = []
    immediate_effect(lambda: log.append(f"immediate {count()}"))
    effect(lambda: log.append(f"effect {count()}"))
    log.clear()

    @effect
    def writer() -> None:
        count.set(untrack(count) + 1)
        log.append("written")

    assert log == ["immediate 1", "written", "effect 1"]


def test_batch_holds_immediate_effects_back() -> None:
    """S39: nested batches are one."""
    count = Signal(0)
    seen: list[int] = []
    immediate_effect(lambda: seen.append(count()))

    with batch():
        count.set(1)
        with batch():
            count.set(2)
        assert seen == [0]
        count.set(3)

    assert seen == [0, 3]


def test_batch_inside_an_effect_holds_immediate_effects_back() -> None:
    """S39."""
    count = Signal(0)
    log: list[object] = []
    immediate_effect(lambda: log.append(count()))

    @effect
    def writer() -> None:
        with batch():
            count.set(1)
            count.set(2)
        log.append("end of effect")

    assert log == [0, 2, "end of effect"]


def test_immediate_effect_that_writes_what_it_reads_runs_until_it_is_stable() -> None:
    """S39."""
    count = Signal(0)
    seen: list[int] = []

    def settle() -> None:
        seen.append(count())
        if count() < 3:
            count.set(count() + 1)
            seen.append(-1)

    immediate_effect(settle)
    assert seen == [0, -1, 1, -1, 2, -1, 3]
    seen.clear()
    count.set(1)

    assert seen == [1, -1, 2, -1, 3]


def test_immediate_effect_in_a_batch_that_writes_what_it_reads() -> None:
    """S39."""
    count = Signal(0)
    seen: list[int] = []

    def settle() -> None:
        seen.append(count())
        if count() < 2:
            count.set(count() + 1)

    with batch():
        immediate_effect(settle)
        assert seen == [0]

    assert seen == [0, 1, 2]


def test_immediate_effects_that_wake_each_other() -> None:
    """S39."""
    a, b = Signal(0), Signal(0)
    seen: list[tuple[str, int]] = []
    immediate_effect(lambda: (seen.append(("a", a())), b.set(a())))
    immediate_effect(lambda: seen.append(("b", b())))
    seen.clear()

    a.set(1)

    assert seen == [("a", 1), ("b", 1)]


def test_endless_immediate_effect_is_stopped() -> None:
    """S39."""
    count = Signal(0)
    others: list[int] = []
    effect(lambda: others.append(count()))

    with pytest.raises(EffectLoopError):
        immediate_effect(lambda: count.set(count() + 1))

    assert others[-1] == count.peek()


def test_immediate_effect_through_a_memo() -> None:
    """S12: it pulls a memo that is dirty while others are still being told."""
    count = Signal(0)
    parity = memo(lambda: count() % 2)
    seen: list[tuple[int, int]] = []
    immediate_effect(lambda: seen.append((count(), parity())))
    immediate_effect(lambda: seen.append((-1, parity())))

    count.set(2)
    count.set(3)

    assert seen == [(0, 0), (-1, 0), (2, 0), (3, 1), (-1, 1)]


def test_memo_written_to_while_an_immediate_effect_pulls_it() -> None:
    """An immediate effect is told when a memo it read wrote, untracked, what was read before."""
    a = Signal(1)
    first = memo(lambda: a() * 10)

    def build() -> int:
        value = first()
        if value < 30:
            untrack(lambda: a.set(a.peek() + 1))
        return value

    made = memo(build)
    seen: list[int] = []
    immediate_effect(lambda: seen.append(made()))
    a.set(a.peek())

    assert seen[-1] == 30


def test_inner_effects_are_disposed_of_before_the_outer_runs_again() -> None:
    """S40."""
    outer, inner = Signal(0), Signal(0)
    log: list[str] = []

    def parent() -> None:
        number = outer()
        log.append(f"outer {number}")
        effect(lambda: log.append(f"inner {number} {inner()}"))
        on_cleanup(lambda: log.append(f"cleanup {number}"))

    effect(parent)
    inner.set(1)
    with batch():
        inner.set(2)
        outer.set(1)
    inner.set(3)

    assert log == [
        "outer 0",
        "inner 0 0",
        "inner 0 1",
        "cleanup 0",
        "outer 1",
        "inner 1 2",
        "inner 1 3",
    ]


def test_superseded_inner_effect_never_runs() -> None:
    """S40, S32: though it was woken before the outer one, which is woken through memos.

    source -> inner (subscribed first)      source -> memo -> outer
    """
    source = Signal(0)
    log: list[str] = []
    slow = memo(lambda: source() // 1)

    def parent() -> None:
        render_effect(lambda: log.append(f"inner {source()} of {number[0]}"))
        with Owner():
            render_effect(lambda: log.append(f"deep {source()} of {number[0]}"))
        number[0] = slow()
        log.append(f"outer {number[0]}")

    number = [0]
    effect(parent)
    log.clear()

    source.set(1)

    assert log == ["inner 1 of 0", "deep 1 of 0", "outer 1"]


def test_outer_effect_that_did_not_change_keeps_its_inner_ones() -> None:
    """S40: the outer one is checked first, and goes back to sleep."""
    source = Signal(0)
    log: list[str] = []
    half = memo(lambda: source() // 2)

    def parent() -> None:
        half()
        log.append("outer")
        effect(lambda: log.append(f"inner {source()}"))

    effect(parent)
    source.set(1)

    assert log == ["outer", "inner 0", "inner 1"]


def test_effect_that_disposes_of_itself() -> None:
    count = Signal(0)
    log: list[str] = []

    def once() -> None:
        on_cleanup(lambda: log.append("cleanup"))
        made.dispose()
        count()
        on_cleanup(lambda: log.append("late cleanup"))
        effect(lambda: log.append("never"))
        log.append("run")

    with batch():
        made = effect(once)
    count.set(1)

    assert log == ["cleanup", "late cleanup", "run"]
    assert count.subs is None


def test_cleanup_that_disposes_of_its_effect() -> None:
    """S53."""
    count = Signal(0)
    seen: list[int] = []

    def run() -> None:
        seen.append(count())
        on_cleanup(lambda: made.dispose())

    with batch():
        made = effect(run)
    count.set(1)
    count.set(2)

    assert seen == [0]


def test_effect_under_a_disposed_owner_never_runs() -> None:
    owner = Owner(None)
    owner.dispose()
    seen: list[int] = []

    with owner:
        made = [effect(lambda: seen.append(1)), render_effect(lambda: seen.append(2))]
        immediate_effect(lambda: seen.append(3))

    assert seen == []
    assert all(one.is_disposed for one in made)


def test_effect_is_an_owner() -> None:
    made = effect(lambda: None)

    assert isinstance(made, Owner)
    assert isinstance(made, Effect)
    assert made.label.endswith("<lambda>")


def test_flush_inside_an_effect_waits_for_its_end() -> None:
    count = Signal(0)
    log: list[str] = []
    effect(lambda: log.append(f"other {count()}"))

    @render_effect
    def writer() -> None:
        count.set(1)
        flush()
        log.append("end of writer")

    assert log == ["other 0", "end of writer", "other 1"]


def test_read_in_an_untracked_section_inside_an_effect() -> None:
    """S16: a nested effect is still an observer of its own."""
    a, b = Signal(0), Signal(0)
    log: list[str] = []

    def inside() -> None:
        a()
        render_effect(lambda: log.append(f"nested {b()}"))

    effect(lambda: (untrack(inside), log.append("outer")))
    a.set(1)
    b.set(1)

    assert log == ["nested 0", "outer", "nested 1"]
