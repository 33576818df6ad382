"""Selectors, lenses, slices, props: C6, C15, C17, C18, C28, S20."""

from collections import namedtuple
from dataclasses import dataclass

import pytest
from gossamer.reactive import (
    Owner,
    Selector,
    Signal,
    as_setter,
    as_signal,
    batch,
    effect,
    lens,
    memo,
    selector,
    signal,
    slice_,
)


def test_selector_runs_only_the_two_rows_concerned() -> None:
    """S20, C18."""
    chosen = Signal(1)
    is_chosen = selector(chosen)
    log: list[tuple[int, bool]] = []
    for row in range(1000):
        effect(lambda row=row: log.append((row, is_chosen(row))))  # type: ignore[misc] # row
    log.clear()

    chosen.set(500)
    chosen.set(500)
    chosen.set(-1)

    assert log == [(1, False), (500, True), (500, False)]


def test_selector_forgets_rows_that_nobody_asks_for() -> None:
    """S20."""
    chosen = Signal(1)
    is_chosen = selector(chosen)
    rows = [effect(lambda row=row: is_chosen(row)) for row in range(10)]  # type: ignore[misc] # row

    for row in rows[2:]:
        row.dispose()

    assert set(is_chosen.keys) == {0, 1}
    assert is_chosen.keys[1].label == "selector of 1"


def test_selector_is_never_stale() -> None:
    """In a batch, out of order, and read by nobody."""
    chosen = Signal(1)
    log: list[tuple[int, bool]] = []
    holder: list[Selector[int]] = []
    effect(lambda: log.append((chosen(), holder[0](chosen()) if holder else True)))
    is_chosen = selector(chosen)
    holder.append(is_chosen)
    by_memo = memo(lambda: is_chosen(2))
    effect(by_memo)

    with batch():
        chosen.set(2)
        assert is_chosen(2)
        assert not is_chosen(1)
        assert by_memo()
    chosen.set(3)

    assert log == [(1, True), (2, True), (3, True)]
    assert not by_memo()


def test_selector_read_by_an_effect_that_ended_keeps_nothing() -> None:
    chosen = Signal(1)
    is_chosen = selector(chosen)

    def once() -> None:
        made.dispose()
        is_chosen(1)

    with batch():
        made = effect(once)

    assert is_chosen.keys == {}


def test_selector_ends_with_its_owner() -> None:
    chosen = Signal(1)
    owner = Owner(None)
    with owner:
        selector(chosen)

    owner.dispose()

    assert chosen.subs is None


def test_key_forgotten_twice() -> None:
    """An effect that reads another key between has the old one come back as a new source."""
    chosen, key = Signal(1), Signal(1)
    is_chosen = selector(chosen)
    log: list[bool] = []
    effect(lambda: log.append(is_chosen(key())))
    old = is_chosen.keys[1]

    key.set(2)
    key.set(1)
    old.forget()

    assert log == [True, False, True]
    assert is_chosen.keys[1] is not old


@pytest.mark.parametrize("kind", ["object", "pair"])
def test_lens_reads_and_writes_a_part(kind: str) -> None:
    """C6."""
    point = Signal({"x": 1, "y": 2})
    source = point if kind == "object" else point.split()
    x = lens(source, lambda whole: whole["x"], lambda whole, part: {**whole, "x": part})
    seen: list[int] = []
    effect(lambda: seen.append(x()))

    x.set(5)
    x.update(lambda old: old + 1)

    assert seen == [1, 5, 6]
    assert x.peek() == 6
    assert point() == {"x": 6, "y": 2}
    assert repr(x) == "Lens(6)"


@dataclass(frozen=True)
class Address:
    town: str
    lines: list[str]


class Person:
    def __init__(self, address: Address) -> None:
        self.address = address


def test_slice_is_memoised_and_copies_what_it_writes() -> None:
    """C17."""
    ada = Person(Address("London", ["a", "b"]))
    state = Signal({"people": (ada, None), "count": 1})
    line, set_line = slice_(state, "people.0.address.lines.1")
    seen: list[str] = []
    effect(lambda: seen.append(line()))

    set_line("B")
    state.update(lambda old: {**old, "count": 2})

    assert seen == ["b", "B"]
    assert ada.address.lines == ["a", "b"]
    assert state()["count"] == 2
    assert line.label == "slice people.0.address.lines.1"


def test_slice_of_a_named_tuple_and_of_a_pair() -> None:
    """C17."""
    point = namedtuple("point", "x y")
    read, write = signal(point(1, 2))
    x, set_x = slice_((read, write), "x")

    set_x(5)

    assert x() == 5
    assert read() == point(5, 2)


def test_as_signal_takes_whatever_was_passed() -> None:
    """C15, C16, C10."""
    count = Signal(1)
    double = memo(lambda: count() * 2)

    assert as_signal(5)() == 5
    assert as_signal(None)() is None
    assert as_signal(count) is count
    assert as_signal(double)() == 2
    assert as_signal(lambda: 7)() == 7


def test_as_setter_takes_whatever_was_passed() -> None:
    """C15, C28."""
    count = Signal({"x": 1})
    read, write = signal(0)
    x = lens(count, lambda whole: whole["x"], lambda _whole, part: {"x": part})
    got: list[int] = []

    as_setter(x)(2)
    assert count() == {"x": 2}
    as_setter(count)({"x": 3})
    assert x() == 3
    as_setter(write)(5)
    assert read() == 5
    as_setter((read, write))(6)
    assert read() == 6
    as_setter(got.append)(7)
    assert got == [7]
