"""Rows that go are freed by reference counting alone: L1, appendix C."""

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from gossamer import For, Show, Signal, effect, memo, on_cleanup, store
from gossamer.dom.rows import drop_waiting
from gossamer.elements import li
from gossamer.testing.page import FakePage

type Run = Callable[[object], FakePage]


@pytest.fixture
def no_gc() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


class Item:
    """What a row is made for; it can be followed weakly."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.label = Signal(f"row {number}")


def plain(item: Item) -> object:
    return t"<li on:click={(lambda: item.label.set('!'))}>{item.label}</li>"


def busy(item: Item) -> object:
    double = memo(lambda: item.label() * 2)
    effect(lambda: item.label())
    on_cleanup(lambda: item.label)
    return t"<li class={item.label} title={double}>{(lambda: item.label())}</li>"


def nested(item: Item) -> object:
    return Show(when=item.label, children=[t"<b>{item.number}</b>", li(item.label)])


ROWS: dict[str, Callable[[Item], object]] = {"plain": plain, "busy": busy, "nested": nested}


@pytest.mark.usefixtures("no_gc")
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_cleared_rows_die_at_once(show: Run, row: Callable[[Item], object]) -> None:
    items = Signal([Item(number) for number in range(1_000)])
    page = show(For(items, key=lambda item: item.number, children=row))
    dead = [weakref.ref(item) for item in items.peek()]
    labels = [weakref.ref(item.label) for item in items.peek()]
    assert len(page.elements()) >= 1_000

    items.set([])
    drop_waiting()  # as the page asks for after the next frame

    assert page.body.inner_html() == ""
    assert not any(each() for each in dead + labels)


@pytest.mark.usefixtures("no_gc")
def test_cleared_rows_of_a_store_die_at_once(show: Run) -> None:
    state = store([{"id": number, "name": "a"} for number in range(1_000)], keys="id")
    show(For(state, key=lambda row: row["id"], children=lambda row: t"<li>{row['name']}</li>"))
    dead = [weakref.ref(state[number]["name"].__field__) for number in range(1_000)]

    state.set([])
    drop_waiting()

    assert not any(each() for each in dead)
