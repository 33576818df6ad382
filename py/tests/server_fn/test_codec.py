"""Values go over the wire and come back as they were."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, Flag, IntEnum
from typing import Annotated, Any, Literal, NamedTuple, NewType, NotRequired, TypedDict
from uuid import UUID

import pytest
from gossamer.errors import WireTypeError
from gossamer.server_fn.codec import codec_of
from gossamer.server_fn.problems import Problem
from gossamer.server_fn.uploads import UploadFile
from gossamer.server_fn.wire import dump
from hypothesis import given
from hypothesis import strategies as st


class Color(Enum):
    RED = "red"
    BLUE = "blue"


class Size(IntEnum):
    SMALL = 1
    LARGE = 2


class Rights(Flag):
    READ = 1
    WRITE = 2


class Odd(Enum):
    PAIR = (1, 2)


class Point(NamedTuple):
    x: int
    y: int = 0


class Options(TypedDict):
    q: str
    page: NotRequired[int]


@dataclass
class Tag:
    name: str


@dataclass
class Todo:
    title: str
    done: bool = False
    tags: list[Tag] = field(default_factory=list)
    due: datetime | None = None


@dataclass
class Tree:
    value: int
    children: list[Tree] = field(default_factory=list)
    other: Tree | None = None


@dataclass
class Page[T]:
    items: list[T]
    total: int


@dataclass
class Circle:
    radius: float


@dataclass
class Square:
    side: float


@dataclass
class Positive:
    value: int

    def __post_init__(self) -> None:
        if self.value < 1:
            raise ValueError("Give a number above zero.")


class OutOfStock(Exception):  # noqa: N818 - as users name theirs
    item: str
    left: int

    def __init__(self, item: str, left: int = 0) -> None:
        super().__init__(item)
        self.item = item
        self.left = left


UserId = NewType("UserId", int)
type Json = bool | int | str | list[Json] | dict[str, Json] | None
type Pair[T] = tuple[T, T]


def over_the_wire(annotation: Any, value: Any) -> Any:
    codec = codec_of(annotation)
    return codec.decode(json.loads(json.dumps(codec.encode(value), allow_nan=False)))


WHOLE: list[tuple[Any, Any]] = [
    (None, None),
    (bool, True),
    (int, 2**80),
    (float, 1.0),
    (float, float("inf")),
    (str, "\u2028 </script> 🦋"),
    (bytes, b"\x00\xff"),
    (date, date(2026, 11, 25)),
    (time, time(1, 2, 3, 4)),
    (datetime, datetime(2026, 11, 25, 1, 2, 3, 4)),  # noqa: DTZ001 - without a zone is the case
    (datetime, datetime(2026, 11, 25, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
    (timedelta, timedelta(days=-1, seconds=5, microseconds=7)),
    (timedelta, timedelta.max),
    (Decimal, Decimal("1.10")),
    (UUID, UUID(int=7)),
    (Color, Color.BLUE),
    (Size, Size.LARGE),
    (Rights, Rights.READ | Rights.WRITE),
    (Odd, Odd.PAIR),
    (Literal["a", 1, None], 1),
    (Literal["a", 1, None], None),
    (list[int], [1, 2]),
    (tuple[int, str], (1, "a")),
    (tuple[int, ...], (1, 2, 3)),
    (set[str], {"a", "b"}),
    (frozenset[int], frozenset({1})),
    (dict[str, int], {"a": 1}),
    (dict[int, list[str]], {1: ["a"]}),
    (dict[date, int], {date(2026, 1, 1): 1}),
    (int | None, None),
    (list[int | None] | None, [1, None]),
    (int | str | None, "1"),
    (int | float, 1),
    (int | float, 1.0),
    (float | str, float("-inf")),
    (bool | int, 1),
    (bool | int, True),
    (date | str, "2026-11-25"),
    (date | str, date(2026, 11, 25)),
    (date | datetime, datetime(2026, 11, 25, tzinfo=UTC)),
    (list[int] | set[int], {1}),
    (Circle | Square, Square(2.0)),
    (Circle | dict[str, int], {"radius": 1}),
    (Circle | dict[str, int], Circle(1.0)),
    (Circle | None, Circle(1.5)),
    (Todo, Todo("a", done=True, tags=[Tag("b")], due=datetime(2026, 1, 1, tzinfo=UTC))),
    (Point, Point(1, 2)),
    (Options, {"q": "a"}),
    (Options, {"q": "a", "page": 2}),
    (Tree, Tree(1, [Tree(2, [Tree(3)])], Tree(4))),
    (Page[Todo], Page([Todo("a")], 1)),
    (Page[int | None], Page([1, None], 2)),
    (Annotated[int, "a note"], 3),
    (UserId, UserId(7)),
    (Json, {"a": [1, None, "b", {"c": True}]}),
    (Pair[int], (1, 2)),
]


@pytest.mark.parametrize(("annotation", "value"), WHOLE, ids=lambda each: str(each)[:40])
def test_what_goes_comes_back_equal(annotation: Any, value: Any) -> None:
    """P3"""
    back = over_the_wire(annotation, value)

    assert back == value
    assert type(back) is type(value)


def test_no_number_stays_none() -> None:
    """P3"""
    back = over_the_wire(float, float("nan"))

    assert back != back


def test_an_error_goes_with_what_it_says() -> None:
    back = over_the_wire(OutOfStock, OutOfStock("tea", 2))

    assert (type(back), back.item, back.left) == (OutOfStock, "tea", 2)
    assert over_the_wire(KeyError, KeyError("tea")).args == ("tea",)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_plain_data_comes_back(value: Any) -> None:
    """P3"""
    back = over_the_wire(Json, value)

    assert back == value


WRONG: list[tuple[Any, Any, str]] = [
    (int, True, "This is not a whole number."),
    (int, "1", "This is not a whole number."),
    (int, 1.0, "This is not a whole number."),
    (bool, 1, "This is neither true nor false."),
    (str, None, "This is not a text."),
    (float, "1", "This is not a number."),
    (float, 10**400, "This number is too large."),
    (float, json.loads("1e999"), "This number is too large."),
    (float, {"$f": []}, "This is not a number."),
    (bytes, "?", "This is not base64."),
    (date, "yesterday", "This is not a date."),
    (Decimal, "1_0", "This is not a decimal number."),
    (timedelta, 10**30, "This is not a duration."),
    (Color, "green", "This is none of red, blue."),
    (Color, [], "This is none of red, blue."),
    (Literal[1], True, "This is none of 1."),
    (Rights, 9, "This is no Rights."),
    (list[int], {"0": 1}, "This is not a list."),
    (
        list[int],
        [1, "a", None],
        "[1]: This is not a whole number.; [2]: This is not a whole number.",
    ),
    (tuple[int, str], [1], "This has 1 entries and not 2."),
    (tuple[int, str], ["a", 1], "[0]: This is not a whole number.; [1]: This is not a text."),
    (dict[str, int], {"a": "b"}, "a: This is not a whole number."),
    (dict[int, int], [[1, 1], [1, 2]], "A key stands in this list twice."),
    (int | None, "a", "This is none of int, None."),
    (Circle | Square, {"$t": "Triangle"}, "This is none of Circle, Square."),
    (Circle | Square, {"$t": ["Circle"]}, "This is none of Circle, Square."),
    (
        Todo,
        {"done": 1, "tags": [{"name": 1}], "__class__": "os.system"},
        (
            "done: This is neither true nor false.; tags[0].name: This is not a text.; "
            "__class__: There is no such field.; title: This is missing."
        ),
    ),
    (Todo, [], "This is not an object."),
    (Positive, {"value": 0}, "Give a number above zero."),
    (Options, {}, "q: This is missing."),
    (set[tuple[list[int], int]], [[[1], 2]], "What is in this list cannot be in a set."),
    (dict[tuple[list[int], int], int], [[[[1], 2], 3]], "What is in this list cannot be a key."),
    (dict[str, int], [], "This is not an object."),
    (dict[int, int], {}, "This is not a list of pairs."),
    (tuple[int, str], {}, "This is not a list."),
    (UploadFile, "a", "This is not a file."),
    (UploadFile | None, "a", "This is none of file, None."),
    (KeyError, {"args": 1}, "This is not an object."),
]


@pytest.mark.parametrize(("annotation", "value", "text"), WRONG, ids=lambda each: str(each)[:40])
def test_what_will_not_do_is_told_with_its_place(annotation: Any, value: Any, text: str) -> None:
    with pytest.raises(Problem) as caught:
        codec_of(annotation).decode(value)

    assert str(caught.value) == text


WRONG_HERE: list[tuple[Any, Any]] = [
    (int, True), (int, "a"), (str, 1), (float, "a"), (bytes, "a"), (date, "2026-01-01"),
    (timedelta, 1), (Color, "red"), (Rights, 1), (list[int], (1,)), (list[int], ["a"]),
    (tuple[int, ...], [1]), (tuple[int, str], (1,)), (set[int], [1]), (dict[str, int], []),
    (dict[str, int], {1: 1}), (dict[int, int], []), (Todo, {"title": "a"}), (Options, {"page": 1}),
    (Options, Todo("a")), (Circle | Square, Todo("a")), (Todo, Todo(1, tags=[Tag(2)])),
    (tuple[int, str], (1, 2)), (OutOfStock, KeyError()), (KeyError, OutOfStock("a")), (None, 1), (Literal["a"], "b"),
]  # fmt: skip


@pytest.mark.parametrize(("annotation", "value"), WRONG_HERE, ids=lambda each: str(each)[:40])
def test_what_is_of_another_type_is_not_sent(annotation: Any, value: Any) -> None:
    with pytest.raises(Problem):
        codec_of(annotation).encode(value)


@pytest.mark.parametrize(
    "annotation",
    [Any, object, list, dict, complex, "int", list["int"], Page, type, 3, [int]],
    ids=str,
)
def test_a_type_without_a_form_is_refused(annotation: Any) -> None:
    with pytest.raises(WireTypeError):
        codec_of(annotation)


def test_a_codec_is_made_once() -> None:
    assert codec_of(list[Todo]) is codec_of(list[Todo])


def test_names_say_what_both_sides_have_to_agree_on() -> None:
    assert codec_of(Todo).name == (
        "Todo(title:str,done?:bool,tags?:list[Tag(name:str)],due?:datetime|None)"
    )
    assert codec_of(Tree).name == "Tree(value:int,children?:list[Tree],other?:Tree|None)"
    assert codec_of(Color).name == "Color['red','blue']"
    assert codec_of(Json).name == "bool|int|str|list[union]|dict[str,union]|None"


def test_fields_whose_types_are_not_here_are_refused() -> None:
    @dataclass
    class Lazy:
        other: Missing  # type: ignore[name-defined]

    with pytest.raises(WireTypeError, match="name a type that is not here: Missing"):
        codec_of(Lazy)


def test_half_a_character_is_not_sent() -> None:
    with pytest.raises(Problem, match="half a character"):
        dump("\ud800")


@pytest.mark.cpython("pydantic is a package of servers")
def test_models_of_pydantic_check_their_fields_themselves() -> None:
    from pydantic import BaseModel

    class Order(BaseModel):
        name: str
        count: int = 1
        due: date | None = None

    codec = codec_of(list[Order])
    orders = [Order(name="tea", due=date(2026, 1, 2))]

    assert over_the_wire(list[Order], orders) == orders
    with pytest.raises(Problem) as caught:
        codec.decode([{"count": "x"}])
    assert set(caught.value.as_fields().errors) == {"[0].name", "[0].count"}
    for wrong in ([1], [Todo("a")]):
        with pytest.raises(Problem):
            codec.decode(wrong) if wrong == [1] else codec.encode(wrong)
