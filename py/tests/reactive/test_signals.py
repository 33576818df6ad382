"""Signals and triggers: C1, C2, C5, C7, C8, C9, S1, S2, S3, S15, S18, S19."""

# mypy: disable-error-code="func-returns-value"
# A lambda that does two things is a tuple of calls here.

import pytest
from gossamer.reactive import (
    ReadSignal,
    Signal,
    Trigger,
    WriteSignal,
    batch,
    effect,
    memo,
    signal,
    untrack,
)


def test_pair_reads_what_was_written() -> None:
    """C1."""
    count, set_count = signal(1)

    set_count(2)

    assert count() == 2
    assert count.peek() == 2
    assert isinstance(count, ReadSignal)
    assert isinstance(set_count, WriteSignal)


def test_reading_half_cannot_write() -> None:
    """C1."""
    count, _ = signal(1)

    assert not hasattr(count, "set")
    assert not hasattr(Signal(1).read_only, "set")


def test_one_object_reads_and_writes() -> None:
    """C2."""
    count = Signal(1)

    count.set(2)
    count.update(lambda old: old * 10)

    assert count() == 20


def test_split_halves_are_views_of_one_signal() -> None:
    """C2."""
    count = Signal(1)
    read, write = count.split()
    runs: list[int] = []
    effect(lambda: runs.append(read()))

    write(5)
    count.write_only.set(6)
    count.set(7)

    assert runs == [1, 5, 6, 7]
    assert read.peek() == count.read_only() == 7


def test_handles_of_one_signal_are_equal() -> None:
    """S19."""
    count = Signal(1)

    assert count.read_only == count.read_only
    assert hash(count.read_only) == hash(count.read_only)
    assert count.read_only != Signal(1).read_only
    assert Signal(1) != Signal(1)


def test_write_of_an_equal_value_notifies() -> None:
    """S1."""
    count, set_count = signal(1)
    runs: list[int] = []
    effect(lambda: runs.append(count()))

    set_count(1)
    set_count.update(lambda old: old)

    assert runs == [1, 1, 1]


@pytest.mark.parametrize("kind", ["pair", "object"])
def test_mutate_notifies_once_at_its_end(kind: str) -> None:
    """S2, C8."""
    names = Signal(["Ada"])
    write = names.split()[1] if kind == "pair" else names
    runs: list[int] = []
    effect(lambda: runs.append(len(names())))

    with write.mutate() as value:
        value.append("Grace")
        value.append("Edsger")
        assert names() == ["Ada", "Grace", "Edsger"]
        assert runs == [1]

    assert runs == [1, 3]


def test_mutate_notifies_when_its_body_raises() -> None:
    """S2: what was changed before is changed."""
    names = Signal(["Ada"])
    runs: list[int] = []
    effect(lambda: runs.append(len(names())))

    with pytest.raises(KeyError), names.mutate() as value:
        value.append("Grace")
        raise KeyError

    assert runs == [1, 2]


def test_mutate_can_stay_silent() -> None:
    """S3."""
    names, set_names = signal(["Ada"])
    runs: list[int] = []
    effect(lambda: runs.append(len(names())))

    with set_names.mutate(notify=False) as value:
        value.append("Grace")

    assert runs == [1]
    assert len(names()) == 2


@pytest.mark.parametrize("kind", ["pair", "object"])
def test_maybe_update_notifies_only_on_true(kind: str) -> None:
    """S3."""
    names = Signal(["Ada"])
    write = names.split()[1] if kind == "pair" else names
    runs: list[int] = []
    effect(lambda: runs.append(len(names())))

    write.maybe_update(lambda value: bool(value.append("Grace")))
    write.maybe_update(lambda value: not value.append("Edsger"))

    assert runs == [1, 3]


@pytest.mark.parametrize("kind", ["pair", "object"])
def test_quiet_write_tells_nobody(kind: str) -> None:
    """S3."""
    count = Signal(1)
    write = count.split()[1] if kind == "pair" else count
    double = memo(lambda: count() * 2)
    runs: list[int] = []
    effect(lambda: runs.append(double()))

    write.set_quietly(5)

    assert runs == [2]
    assert count() == 5
    assert double() == 2
    write.notify()
    assert runs == [2, 10]


def test_track_depends_without_reading() -> None:
    """C7."""
    count = Signal(1)
    runs: list[str] = []
    effect(lambda: (count.track(), count.read_only.track(), runs.append("run")))

    count.set(2)

    assert runs == ["run", "run"]


def test_track_outside_of_an_observer_does_nothing() -> None:
    """C7."""
    count = Signal(1)
    trigger = Trigger()

    count.track()
    untrack(count.track)
    trigger.track()
    untrack(trigger)

    assert count.subs is None
    assert trigger.subs is None


def test_trigger_runs_what_tracks_it() -> None:
    """C5, S15."""
    saved = Trigger()
    runs: list[str] = []
    effect(lambda: (saved.track(), saved(), runs.append("run")))

    saved.notify()
    with batch():
        saved.notify()
        saved.notify()

    assert runs == ["run", "run", "run"]


def test_repr_shows_the_value_without_tracking() -> None:
    count, set_count = signal(1)
    runs: list[str] = []
    effect(lambda: runs.append(f"{count!r} {set_count!r} {Signal('x')!r}"))

    set_count(2)

    assert runs == ["ReadSignal(1) WriteSignal(ReadSignal(1)) Signal('x')"]
    assert len(repr(Signal("x" * 1000))) < 100
    assert repr(Signal(3).read_only) == "ReadSignal(3)"


def test_name_is_for_messages() -> None:
    count, set_count = signal(1, name="count")

    assert count.label == "count"
    assert repr(set_count) == "WriteSignal(count)"
    assert Signal(2, name="two").read_only.label == "two"
    assert Trigger().label == "Trigger"


def test_disposed_signal_keeps_its_last_value() -> None:
    """S18, C9."""
    count = Signal(1)
    runs: list[int] = []
    effect(lambda: runs.append(count()))

    count.dispose()
    count.set(2)
    count.update(lambda old: old + 1)
    count.notify()
    count.track()
    count.dispose()

    assert runs == [1]
    assert count() == count.peek() == 1
    assert count.is_disposed
    assert isinstance(count, Signal)
    assert repr(count) == "Signal(1, disposed)"


def test_disposed_signal_is_not_tracked_again() -> None:
    """S18."""
    count, set_count = signal(1, name="count")
    other = Signal(0)
    runs: list[int] = []
    effect(lambda: (count.track(), runs.append(count() + other())))

    assert not count.is_disposed
    assert not Signal(0).read_only.is_disposed
    count.dispose()
    set_count(5)
    other.set(1)

    assert runs == [1, 2]
    assert count.label == "count"


def test_disposing_a_view_disposes_of_the_signal() -> None:
    """C9."""
    count = Signal(1)
    read, write = count.split()

    read.dispose()
    write(2)

    assert read.is_disposed
    assert count() == 1


def test_disposed_signal_leaves_memos_usable() -> None:
    """S18."""
    count = Signal(2)
    double = memo(lambda: count() * 2)
    runs: list[int] = []
    made = effect(lambda: runs.append(double()))

    count.dispose()
    made.dispose()

    assert double() == 4
