"""Debug mode in the renderer: what is frozen, and what a kept row cannot see: S17, S141, S142."""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from gossamer import For, Show, Signal, component, mount
from gossamer.dom.keyed import Rows
from gossamer.reactive import ReactiveWarning, memo, set_debug, untrack
from gossamer.testing.page import FakePage
from gossamer.view.component import ComponentView

type Run = Callable[[object], FakePage]


@pytest.fixture(autouse=True)
def debugging(page: FakePage) -> Iterator[None]:
    mount(None).unmount()
    set_debug(on=True)
    yield
    set_debug(on=False)


@pytest.fixture
def told() -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        yield told


def test_a_hole_that_a_component_freezes_is_warned_of(
    show: Run, told: list[warnings.WarningMessage]
) -> None:
    """S17: once for its line, however often the component stands in the page."""
    count = Signal(1, name="count")

    @component
    def Counter() -> object:
        return t"<p title={count()}>{count} {count.peek()} {untrack(count)}</p>"

    page = show([Counter(), Counter()])

    assert page.body.inner_html() == '<p title="1">1 1 1</p>' * 2
    assert len(told) == 1
    assert told[0].category is ReactiveWarning
    assert (told[0].filename, told[0].lineno) == (
        __file__,
        Counter.function.__code__.co_firstlineno + 2,
    )
    assert str(told[0].message).startswith("{count()} is frozen: it is the value that count had")


def test_a_hole_that_a_row_function_freezes_is_warned_of(
    show: Run, told: list[warnings.WarningMessage]
) -> None:
    count = Signal(1, name="count")
    items = Signal([1, 2])

    page = show(For(items, key=lambda n: n, children=lambda n: t"<li>{n * count()}</li>"))
    items.set([2, 3])

    assert page.body.inner_html() == "<li>2</li><li>3</li>"
    assert [str(each.message).partition(" is ")[0] for each in told] == ["{n * count()}"]


def test_what_is_followed_is_not_warned_of(show: Run, told: list[warnings.WarningMessage]) -> None:
    """S16: live holes and views, memos, handlers, conditions."""
    count = Signal(1)
    items = Signal([1])

    @component
    def Card(value: Callable[[], int]) -> object:
        double = memo(lambda: value() * 2)
        return t"<p title={double} on:click={(lambda: count.set(value() + 1))}>{double}</p>"

    page = show(
        [
            Card(count),
            lambda: t"<b>{count()}</b>",
            Show(when=lambda: count() > 1, children=t"<i>{count}</i>"),
            For(lambda: [*items(), count()], children=lambda n: t"<u>{n}</u>"),
        ]
    )
    page.fire(page.elements()[0], "click")
    items.set([1, 2])

    assert told == []
    assert page.warnings == []
    assert page.body.inner_html() == '<p title="4">4</p><b>2</b><i>2</i><u>1</u><u>2</u><u>2</u>'


def test_the_same_key_twice_is_warned_of_once(show: Run) -> None:
    """S142"""
    items = Signal([1, 1])

    @component
    def App() -> object:
        return For(items, key=lambda n: n, children=lambda n: t"<li>{n}</li>")

    page = show(App())
    items.set([1, 1, 2])

    assert len(page.warnings) == 1
    assert "same key more than once" in page.warnings[0]
    assert page.warnings[0].endswith("In: App > For")


@dataclass
class Todo:
    key: int
    title: str = field(compare=False)


@pytest.mark.parametrize(
    ("items", "change", "name"),
    [
        ([{"key": 1, "title": "a"}], lambda all_: all_[0].update(title="b"), "'title'"),
        ([[1, "a"]], lambda all_: all_[0].append("b"), "2"),
        ([Todo(1, "a")], lambda all_: setattr(all_[0], "title", "b"), "'title'"),
        ([Todo(1, "a")], lambda all_: all_.__setitem__(0, Todo(1, "b")), "'title'"),
    ],
    ids=["dict", "list", "object", "equal object"],
)
def test_a_change_that_a_kept_row_cannot_see_is_warned_of(
    show: Run, items: list[object], change: Callable[[list[object]], object], name: str
) -> None:
    """S141: in place, or in another object that equals the one before."""
    source = Signal(items)

    page = show(
        For(source, key=lambda item: 1, children=lambda item: t"<li>{type(item).__name__}</li>")
    )
    source.notify()
    assert page.warnings == []
    for _ in range(2):
        change(items)
        source.notify()

    assert len(page.warnings) >= 1
    assert page.warnings[0].startswith(f"For kept the row of key 1, and {name} of its item has")
    assert page.warnings[0].endswith("In: For")


def test_a_change_that_makes_its_row_again_is_not_warned_of(show: Run) -> None:
    items = Signal([{"key": 1, "title": "a"}, {"key": 2, "title": "b"}])
    page = show(For(items, key=lambda item: item["key"], children=lambda item: t"{item['title']}"))

    items.set([{"key": 2, "title": "c"}, {"key": 1, "title": "a"}])
    items.set([])
    items.set([{"key": 1, "title": "d"}])

    assert page.body.text() == "d"
    assert page.warnings == []


def test_off_means_the_plain_methods() -> None:
    """Nothing is asked for on the hot paths when debug mode is off."""
    watched = (ComponentView.run, Rows._follow, Rows._show_row)

    set_debug(on=False)

    assert all(
        method.__module__ != "gossamer.dom.debug"
        for method in (ComponentView.run, Rows._follow, Rows._show_row)
    )
    assert all(method.__module__ == "gossamer.dom.debug" for method in watched)
