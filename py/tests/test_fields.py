"""Texts as classes of the user's want them."""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    NewType,
    NotRequired,
    TypedDict,
)

import pytest
from gossamer.fields import FieldErrors, read_fields


class Color(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass
class Order:
    name: str
    count: int = 1
    price: float | None = None
    color: Color = Color.RED
    due: date | None = None
    size: Literal["s", "m", 3] = "m"
    is_gift: bool = False
    tags: list[str] = field(default_factory=list)
    numbers: tuple[int, ...] = ()
    file: Any = None


class Search(TypedDict):
    q: str
    page: NotRequired[int]


class Point(NamedTuple):
    x: int
    y: int = 0


class Plain:
    name: str
    age: int = 7


def entries(**given: str | list[str]) -> dict[str, list[Any]]:
    return {k: v if isinstance(v, list) else [v] for k, v in given.items()}


def test_a_dataclass_gets_what_it_wants() -> None:
    found = read_fields(
        Order,
        entries(
            name="tea", count=" 3 ", price="2.5", color="blue", due="2026-11-24", size="3",
            is_gift="on", tags=["a", "b"], numbers=["1", "2"],
        ),
    )  # fmt: skip

    assert found == Order(
        "tea", 3, 2.5, Color.BLUE, date(2026, 11, 24), 3, is_gift=True,
        tags=["a", "b"], numbers=(1, 2),
    )  # fmt: skip


def test_what_is_missing_or_empty_takes_its_default() -> None:
    """S211"""
    assert read_fields(Order, entries(name="", price="", due="")) == Order("")


def test_other_kinds_of_classes() -> None:
    assert read_fields(Search, entries(q="x")) == {"q": "x"}
    assert read_fields(Search, entries(q="x", page="2")) == {"q": "x", "page": 2}
    assert read_fields(Point, entries(x="1")) == Point(1)
    plain = read_fields(Plain, entries(name="Ada"))
    assert (plain.name, plain.age) == ("Ada", 7)


@pytest.mark.parametrize(
    ("text", "truth"),
    [("", True), ("1", True), ("on", True), ("TRUE", True), ("0", False), ("off", False)],
)
def test_a_bool_is_there_or_says_so(text: str, truth: bool) -> None:
    assert read_fields(Order, entries(name="x", is_gift=text)).is_gift is truth


WRONG = [
    (
        Order,
        {"count": "many"},
        {"name": "This is missing.", "count": "This is not a whole number."},
    ),
    (Order, {"name": "x", "count": "1_000"}, {"count": "This is not a whole number."}),
    (Order, {"name": "x", "count": ""}, {"count": "This is not a whole number."}),
    (Order, {"name": "x", "price": "dear"}, {"price": "This is not a number."}),
    (Order, {"name": "x", "due": "soon"}, {"due": "This is not a date."}),
    (Order, {"name": "x", "color": "green"}, {"color": "This is none of red, blue."}),
    (Order, {"name": "x", "size": "xl"}, {"size": "This is none of s, m, 3."}),
    (Order, {"name": "x", "is_gift": "maybe"}, {"is_gift": "This is neither yes nor no."}),
    (Search, {}, {"q": "This is missing."}),
    (Point, {"y": "1"}, {"x": "This is missing."}),
    (Plain, {}, {"name": "This is missing."}),
]


@pytest.mark.parametrize(("kind", "given", "errors"), WRONG)
def test_what_will_not_do_is_told_for_each_field(
    kind: type, given: dict[str, str], errors: dict[str, str]
) -> None:
    with pytest.raises(FieldErrors) as raised:
        read_fields(kind, entries(**given))

    assert raised.value.errors == errors


type Count = int
UserId = NewType("UserId", int)


@dataclass
class Address:
    street: str
    number: int | None = None


@dataclass
class Customer:
    address: Address
    billing: Address | None = None
    id: UserId = UserId(0)
    tax: Decimal = Decimal(0)
    count: Count | None = None
    agreed: Annotated[bool, "asked twice"] = True
    at: time | None = None
    colors: set[Color] = field(default_factory=set)
    extra: dict[str, int] | None = None
    anything: object = None
    most: ClassVar[int] = 9
    total: int = field(init=False, default=0)


def test_fields_may_be_classes_with_fields_of_their_own() -> None:
    found = read_fields(
        Customer,
        {
            "address.street": ["Dune"], "address.number": ["7"],
            "billing.street": [""], "billing.number": [""],
            "id": ["12"], "tax": ["0.19"], "count": ["3"], "at": ["09:30"],
            "colors": ["red", "blue"], "anything": ["x"], "most": ["10"], "total": ["99"],
        },
    )  # fmt: skip

    assert found == Customer(
        Address("Dune", 7), None, UserId(12), Decimal("0.19"), 3, agreed=False, at=time(9, 30),
        colors={Color.RED, Color.BLUE}, anything="x",
    )  # fmt: skip
    assert (found.total, Customer.most) == (0, 9)


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({}, {"address": "This is missing."}),
        ({"address.number": "x"}, {
            "address.street": "This is missing.", "address.number": "This is not a whole number.",
        }),
        ({"address.street": "a", "billing.number": "1"}, {"billing.street": "This is missing."}),
        ({"address.street": "a", "extra": "x"}, {"extra": "This will not do."}),
        ({"address.street": "a", "tax": "dear"}, {"tax": "This is not a number."}),
        ({"address.street": "a", "at": "noon"}, {"at": "This is not a time."}),
        ({"address.street": "a", "count": "x"}, {"count": "This is not a whole number."}),
        ({"address.street": "a", "colors": ["red", "green"]}, {
            "colors": "This is none of red, blue.",
        }),
    ],
)  # fmt: skip
def test_what_is_wrong_further_in_is_told_by_its_whole_name(
    given: dict[str, str | list[str]], errors: dict[str, str]
) -> None:
    with pytest.raises(FieldErrors) as raised:
        read_fields(Customer, entries(**given))

    assert raised.value.errors == errors


def test_annotations_that_are_text_are_read_as_what_they_say() -> None:
    names: dict[str, Any] = {}
    exec(
        "from __future__ import annotations\n"
        "class Late:\n    count: int\n    flag: bool\n    when: list[int] | None = None",
        names,
    )
    names["Late"].__module__ = __name__

    found = read_fields(names["Late"], entries(count="3"))

    assert (found.count, found.flag, found.when) == (3, False, None)


def test_a_file_stays_what_it_is() -> None:
    file = object()

    assert read_fields(Order, {"name": ["x"], "file": [file]}).file is file


@dataclass
class Line:
    amount: int
    note: str | None = None


@dataclass
class Bill:
    to: Line
    lines: list[Line] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    other: Line | None = None
    tags: list[str] = field(default_factory=list)


def test_names_lead_into_fields_with_fields() -> None:
    found = read_fields(
        Bill,
        {
            "to.amount": ["1"],
            "lines[1].amount": ["3"],
            "lines[0][amount]": ["2"],
            "lines[0][note]": ["a\r\nb"],
            "counts[a]": ["4"],
            "other[amount]": ["5"],
            "tags[]": ["x", "y"],
            "broken[": ["z"],
        },
    )

    assert found == Bill(Line(1), [Line(2, "a\nb"), Line(3)], {"a": 4}, Line(5), ["x", "y"])


def test_errors_in_fields_with_fields_have_their_whole_names() -> None:
    with pytest.raises(FieldErrors) as caught:
        read_fields(
            Bill,
            {
                "lines[0].amount": ["x"],
                "lines[1].note": [""],
                "counts.a": ["1_0"],
                "tags[a]": ["b"],
                "other.amount": ["١"],
            },
        )

    assert caught.value.errors == {
        "to": "This is missing.",
        "lines[0].amount": "This is not a whole number.",
        "lines[1].amount": "This is missing.",
        "counts.a": "This is not a whole number.",
        "tags": "This is not a list.",
        "other.amount": "This is not a whole number.",
    }


def test_a_name_that_leads_through_a_value_leads_nowhere() -> None:
    class Simple:
        name: str

    found = read_fields(Simple, {"name": ["Ada"], "name.first": ["A"]})

    assert found.name == "Ada"
