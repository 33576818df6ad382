"""What properties of elements get: values, and functions that answer while they are there."""

# What a test page holds in its properties is of any type.
# mypy: ignore-errors

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from gossamer import ErrorBoundary, Signal
from gossamer.dom import values
from gossamer.dom.values import Lease
from gossamer.errors import ViewError
from gossamer.testing.page import FakePage

type Shower = Callable[[object], FakePage]


@pytest.fixture
def converting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that converts as a browser does: lists and dicts whole, and asks about the rest."""

    def convert(value: object, other: Callable[[object], object]) -> object:
        if isinstance(value, list):
            return [convert(one, other) for one in value]
        if isinstance(value, dict):
            return {key: convert(one, other) for key, one in value.items()}
        return value if type(value) in values.PLAIN else other(value)

    monkeypatch.setattr(values, "to_page", convert)


def test_a_function_without_arguments_is_live_and_one_with_them_is_a_value(show: Shower) -> None:
    def double(value: int) -> int:
        return 2 * value

    count = Signal(1)
    page = show(
        t"<x-a prop:live={(lambda: count() + 1)} prop:act={double} prop:set={count.set}></x-a>"
    )
    properties = page.elements()[0].properties

    assert properties == {"live": 2, "act": double, "set": count.set}
    count.set(5)
    assert properties["live"] == 6


@pytest.mark.usefixtures("converting")
def test_lent_functions_answer_until_their_value_or_their_place_goes(show: Shower) -> None:
    rows = Signal([{"act": lambda a, b=1: [a, b]}])
    on = Signal(True)
    page = show(t"{(lambda: t'<x-a prop:rows={rows}></x-a>' if on() else '')}")
    element = page.elements()[0]
    act = element.properties["rows"][0]["act"]

    assert act(1, 2, 3) == [1, 2]
    rows.set([{"act": lambda: None}])
    assert act(1) is None
    act = element.properties["rows"][0]["act"]
    assert len(values._lent) == 1
    on.set(False)
    assert values._lent == {}
    assert act() is None


@pytest.mark.usefixtures("converting")
@pytest.mark.parametrize("kind", ["plain", "live", "again", "spread"])
def test_every_way_of_writing_takes_its_functions_back(show: Shower, kind: str) -> None:
    def act(value: int) -> int:
        return value

    on, again = Signal(True), Signal(1)
    made = {
        "plain": lambda: t"<x-a prop:act={act}></x-a>",
        "live": lambda: t"<x-a prop:act={(lambda: [act])}></x-a>",
        "again": lambda: t"<x-a prop:act={[act, again()]}></x-a>",
        "spread": lambda: t"<x-a { ({'prop:act': act}) }></x-a>",
    }[kind]
    show(t"<main>{(lambda: made() if on() else '')}</main>")

    again.set(2)
    assert len(values._lent) == 1
    on.set(False)
    assert values._lent == {}


@pytest.mark.usefixtures("converting")
def test_what_a_lent_function_raises_goes_to_its_boundary(show: Shower) -> None:
    child = t"<x-a prop:act={(lambda value: 1 / value)}></x-a>"
    page = show(ErrorBoundary(lambda error: t"<i>{error!s}</i>", child))
    act = page.elements()[0].properties["act"]

    assert act(2) == 0.5
    assert act(0) is None
    assert page.body.inner_html() == "<i>division by zero</i>"


@pytest.mark.usefixtures("converting")
def test_a_lent_function_flushes_before_it_returns(show: Shower) -> None:
    count = Signal(1)

    def add(value: int) -> str:
        count.set(value)
        return page.elements()[1].text()

    page = show(t"<x-a prop:act={add}></x-a><p>{count}</p>")

    page.elements()[0].properties["act"](7)

    assert page.elements()[1].text() == "7"


@pytest.mark.usefixtures("converting")
def test_what_is_like_a_number_becomes_one(page: FakePage) -> None:
    given = [Fraction(1, 2), Decimal("1.5"), True]

    assert values.to_value(given, "prop:x of <x-a>") == ([0.5, 1.5, True], None)


@pytest.mark.usefixtures("converting")
def test_a_value_without_a_counterpart_lends_nothing(page: FakePage) -> None:
    with pytest.raises(ViewError, match="prop:x of <x-a> got a object, which"):
        values.to_value([lambda a: a, object()], "prop:x of <x-a>")

    assert values._lent == {}


def test_a_lease_ends_once(page: FakePage) -> None:
    lease = Lease(None)
    lease.lend(print)

    lease.end()
    lease.end()

    assert values._lent == {}
