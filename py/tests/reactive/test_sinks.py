"""Sinks and lazy owners: the cheap forms that a row of a list is made of."""

# mypy: disable-error-code="func-returns-value"

import pytest
from gossamer.reactive import (
    LazyOwner,
    Memo,
    Owner,
    Signal,
    Sink,
    batch,
    current_owner,
    effect,
    memo,
    on_cleanup,
    section_owner,
    selector,
)
from gossamer.reactive.graph import Source


class Log(Sink):
    """Writes down what it is told."""

    __slots__ = ("values",)

    def __init__(self, source: Source, parent: object = None) -> None:
        super().__init__(source, parent)
        self.values: list[object] = []

    def execute(self) -> None:
        self.values.append(self.read())


def test_sink_answers_each_change_in_the_flush() -> None:
    count = Signal(0)
    log = Log(count)

    with batch():
        count.set(1)
        count.set(2)
        assert log.values == []
    count.set(3)

    assert log.values == [2, 3]
    assert log.label == "Log"
    assert log.outer is None
    assert not log.paused
    assert log.stale_sources() == ["Signal(3)"]


def test_released_sink_follows_no_longer() -> None:
    count = Signal(0)
    log = Log(count)

    with batch():
        count.set(1)
        log.release()
    log.release()

    assert log.values == []
    assert count.subs is None
    assert log.stale_sources() == []


def test_sink_on_a_memo_that_nobody_has_read() -> None:
    count = Signal(0)
    parity = memo(lambda: count() % 2)
    log = Log(parity)

    count.set(1)
    count.set(3)
    count.set(4)

    assert log.values == [1, 0]
    log.release()
    assert count.subs is None


def test_sink_on_a_memo_that_is_out_of_date() -> None:
    count = Signal(0)
    double = memo(lambda: count() * 2)
    double()
    count.set(1)
    log = Log(double)

    count.set(2)

    assert log.values == [4]


def test_sink_that_an_effect_ends_does_not_run_for_what_is_gone() -> None:
    """The effect around it runs first, though the sink was woken before it."""
    user: Signal[str | None] = Signal("Ada")
    is_there = memo(lambda: user() is not None)
    size: Memo[int] = memo(lambda: len(user() or 1 // 0))  # type: ignore[arg-type] # raises
    log = Log(size)
    made: list[Log] = []

    def show() -> None:
        for one in made:
            one.release()
        made.clear()
        if is_there():
            log.parent = current_owner()
            made.append(log)

    effect(show)
    user.set("Grace")
    user.set(None)

    assert log.values == [5]
    assert log.stale_sources() == []


def test_sink_in_an_owner_inside_an_effect() -> None:
    count = Signal(0)
    logs: list[Log] = []

    @effect
    def run() -> None:
        with Owner():
            logs.append(Log(count, current_owner()))

    assert logs[0].outer is run


def test_paused_sink_consumes_what_wakes_it() -> None:
    """S38."""
    count = Signal(0)
    owner = Owner(None)
    log = Log(count, owner)

    owner.pause()
    count.set(1)
    owner.resume()
    count.set(2)

    assert log.values == [2]


def test_error_of_a_sink_goes_to_its_parent() -> None:
    count = Signal(1)
    inverse = memo(lambda: 1 // count())
    caught: list[str] = []
    owner = Owner(None)
    owner.error_handler = lambda error: caught.append(type(error).__name__)
    log = Log(inverse, owner)
    others = Log(count)

    count.set(0)
    count.set(2)

    assert caught == ["ZeroDivisionError"]
    assert log.values == [0]
    assert others.values == [0, 2]


def test_error_of_a_sink_without_a_parent_is_raised_after_the_others() -> None:
    count = Signal(1)
    inverse = memo(lambda: 1 // count())
    Log(inverse)
    others = Log(count)

    with pytest.raises(ZeroDivisionError):
        count.set(0)

    assert others.values == [0]


def test_sink_itself_has_nothing_to_do() -> None:
    count = Signal(0)
    Sink(count, None)

    with pytest.raises(NotImplementedError):
        count.set(1)


def test_sink_on_a_key_of_a_selector() -> None:
    """What `Selector.of` gives is followed after `join`, and forgotten with its last sink."""
    chosen = Signal(1)
    is_chosen = selector(chosen)
    key = is_chosen.of(2)
    key.join()
    log = Log(key)

    chosen.set(2)
    chosen.set(3)
    chosen.set(4)

    assert log.values == [True, False]
    assert is_chosen.of(2) is key
    assert not key()
    log.release()
    assert is_chosen.keys == {}
    assert is_chosen.of(4).peek()


def test_lazy_owner_is_made_when_something_is_owned() -> None:
    log: list[str] = []
    around = Owner(None)
    lazy = LazyOwner(around, None)

    assert lazy.run(lambda: 7) == 7
    assert lazy.own is None
    lazy.run(on_cleanup, lambda: log.append("cleanup"))
    assert lazy.own is not None
    assert lazy.own.parent is around
    lazy.reset()
    assert log == ["cleanup"]
    lazy.run(on_cleanup, lambda: log.append("last"))
    around.dispose()

    assert log == ["cleanup", "last"]


def test_lazy_owner_that_owns_nothing_ends_quietly() -> None:
    lazy = LazyOwner(None, None)

    lazy.reset()
    lazy.dispose()

    assert lazy.own is None
    assert lazy.is_disposed


def test_disposed_lazy_owner_begins_anew() -> None:
    log: list[str] = []
    lazy = LazyOwner(Owner(None), None)
    lazy.run(on_cleanup, lambda: log.append("first"))
    lazy.dispose()
    lazy.run(on_cleanup, lambda: log.append("second"))
    lazy.dispose()

    assert log == ["first", "second"]


def test_section_owner_makes_no_owner() -> None:
    around = Owner(None)
    lazy = LazyOwner(around, None)
    seen: list[object] = []

    lazy.run(lambda: seen.append(section_owner()))
    around.run(lambda: seen.append(section_owner()))
    seen.append(section_owner())

    assert seen == [lazy, around, None]
    assert lazy.own is None


def test_effect_under_a_lazy_owner_waits_for_the_one_around() -> None:
    """`outer` runs first, and is the outer effect of what the lazy owner comes to own."""
    count = Signal(0)
    log: list[str] = []
    outer = effect(lambda: log.append(f"outer {count()}"))
    lazy = LazyOwner(None, outer)
    sink = Log(count, lazy)

    made = lazy.run(effect, lambda: log.append(f"inner {count()}"))

    assert made.outer is outer
    assert sink.outer is outer


def test_lazy_owner_is_paused_with_the_one_around() -> None:
    around = Owner(None)
    lazy = LazyOwner(around, None)
    around.pause()

    assert lazy.paused
    lazy.run(current_owner)
    assert lazy.paused
    assert lazy.own is not None
    around.resume()
    assert not lazy.paused


def test_error_under_a_lazy_owner() -> None:
    caught: list[str] = []
    around = Owner(None)
    around.error_handler = lambda error: caught.append(str(error))

    LazyOwner(around, None).handle_error(ValueError("x"))
    with pytest.raises(ValueError, match="y"):
        LazyOwner(None, None).handle_error(ValueError("y"))

    assert caught == ["x"]
