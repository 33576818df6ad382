"""What is disposed of dies by reference counting alone: C3, S53, S60, G4."""

# mypy: disable-error-code="func-returns-value"
# A lambda that does two things is a tuple of calls here.

import gc
import weakref
from collections.abc import Callable

import pytest
from gossamer.reactive import (
    Effect,
    Memo,
    Owner,
    Signal,
    effect,
    immediate_effect,
    memo,
    on_cleanup,
    provide_context,
    render_effect,
    selector,
    watch,
)

pytestmark = pytest.mark.usefixtures("no_gc")


class Value:
    """Something to refer to weakly."""


def test_signal_dies_with_its_last_reference() -> None:
    """C3."""
    value = Value()
    dead = weakref.ref(value)
    count = Signal(value)
    node = weakref.ref(count)
    read, write = count.split()

    del value, count
    assert node() is not None
    del read, write

    assert node() is None
    assert dead() is None


def test_disposed_effect_dies_and_frees_what_it_closed_over() -> None:
    """S53."""
    count = Signal(0)
    value = Value()
    dead = weakref.ref(value)

    def make(value: Value) -> Effect:
        return effect(lambda: (count(), value))

    made = make(value)
    del value
    assert dead() is not None

    made.dispose()

    assert dead() is None
    node = weakref.ref(made)
    del made
    assert node() is None


@pytest.mark.parametrize("make", [effect, render_effect, immediate_effect])
def test_every_kind_of_effect_dies_with_its_owner(make: Callable[..., Effect]) -> None:
    count = Signal(0)
    double = memo(lambda: count() * 2)
    owner = Owner(None)
    with owner:
        dead = [weakref.ref(make(lambda: (count(), double()))) for _ in range(3)]
        dead.append(weakref.ref(watch(double, lambda: None)))
        on_cleanup(lambda: None)
    count.set(1)

    owner.dispose()

    assert [ref() for ref in dead] == [None] * 4
    assert count.subs is None


def test_selector_dies_with_its_owner() -> None:
    chosen = Signal(1)
    owner = Owner(None)
    with owner:
        is_chosen = selector(chosen)
        effect(lambda: is_chosen(1))
    dead = weakref.ref(is_chosen.follower)
    chosen.set(2)

    owner.dispose()
    del is_chosen

    assert dead() is None


def test_unobserved_memo_dies_with_its_last_reference() -> None:
    """It is not kept by what it read, nor by the owner it was made under."""
    count = Signal(0)
    with Owner(None):
        low = memo(lambda: count() + 1)
        high = memo(lambda low=low: low() + 1)  # type: ignore[misc] # no cell
    high()
    dead = [weakref.ref(low), weakref.ref(high)]

    del low, high

    assert [ref() for ref in dead] == [None, None]


def test_memo_that_was_observed_dies_too() -> None:
    count = Signal(0)
    low = memo(lambda: count() + 1)
    high = memo(lambda low=low: low() + 1)  # type: ignore[misc] # no cell
    made = effect(high)
    count.set(1)
    dead = [weakref.ref(low), weakref.ref(high)]

    made.dispose()
    del low, high, made

    assert [ref() for ref in dead] == [None, None]
    assert count.subs is None


def test_memo_made_in_a_run_dies_with_the_run() -> None:
    count = Signal(0)
    made: list[weakref.ref[Memo[int]]] = []

    @effect
    def run() -> None:
        factor = count()
        inner = memo(lambda: count() * factor)
        made.append(weakref.ref(inner))
        effect(inner)
        inner()

    count.set(1)
    count.set(2)

    assert [ref() is None for ref in made] == [True, True, False]
    run.dispose()
    assert made[-1]() is None


def test_owner_tree_dies_with_its_contexts_and_handlers() -> None:
    """S60: a value that refers to its owner does not keep it."""
    root = Owner(None)
    root.error_handler = lambda _error: print(root)  # noqa: T201 - refers to it
    with root:
        provide_context("owner", root)
        with Owner() as child:
            provide_context("memo", memo(lambda: child))
            on_cleanup(lambda: child)
    dead = [weakref.ref(root), weakref.ref(child)]

    root.dispose()
    del root, child

    # The test's own cells are gone with the closures, so nothing refers to the owners.
    assert [ref() for ref in dead] == [None, None]


def test_disposed_child_leaves_its_parent() -> None:
    root = Owner(None)
    dead = []
    for _ in range(100):
        child = Owner(root)
        dead.append(weakref.ref(child))
        child.dispose()
        del child

    assert {ref() for ref in dead} == {None}
    assert root.children == {}


def build(shared: Signal[int]) -> tuple[Owner, list[weakref.ref[object]]]:
    """A root with 50 nodes on a signal that outlives it."""
    dead: list[weakref.ref[object]] = []
    root = Owner(None)
    with root:
        for number in range(10):
            own = Signal(number)

            def read(own: Signal[int] = own) -> int:
                return own() + shared()

            double = memo(read)

            def show(double: Memo[int] = double) -> None:
                double()
                on_cleanup(lambda: None)

            made = render_effect(show)
            child = Owner()
            dead += [weakref.ref(one) for one in (own, double, made, child, read, show)]
    return root, dead


def test_ten_thousand_roots_come_and_go() -> None:
    """G4: nothing is left after each, without the collector."""
    shared = Signal(0)

    for number in range(1000):
        root, dead = build(shared)
        if number % 100 == 0:
            shared.set(number)
        root.dispose()
        del root
        assert all(ref() is None for ref in dead)

    assert shared.subs is None


def test_count_of_objects_stays_after_many_roots() -> None:
    """G4."""
    shared = Signal(0)
    build(shared)[0].dispose()
    gc.collect()
    before = len(gc.get_objects())

    for _ in range(200):
        build(shared)[0].dispose()

    assert len(gc.get_objects()) - before < 50
