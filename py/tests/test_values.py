"""Values of any depth are shown and compared, and none exhausts the stack: E2."""

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from gossamer.values import (
    error_text,
    is_deep,
    is_equal,
    is_equal_at_no_risk,
    is_equal_safely,
    looks_deep,
    shown,
    type_of,
    write_at_no_risk,
)

# Pyodide's stack ends where something much deeper than this is freed, by no fault of ours.
DEEP = 1_000 if sys.platform == "emscripten" else 100_000


class Node:
    """Compares and shows what it holds, as a dataclass does."""

    def __init__(self, inner: object) -> None:
        self.inner = inner

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self.inner == other.inner

    __hash__ = None  # type: ignore[assignment] # it can change

    def __repr__(self) -> str:
        return f"Node({self.inner!r})"


def nest(wrap: Callable[[object], object], depth: int, inner: object = 1) -> object:
    for _ in range(depth):
        inner = wrap(inner)
    return inner


WRAPS: dict[str, Callable[[object], object]] = {
    "list": lambda inner: [inner],
    "tuple": lambda inner: (inner,),
    "dict": lambda inner: {"a": inner},
    "set": lambda inner: frozenset((inner,)),
    "object": Node,
    "linked list": lambda inner: [1, "two", inner],
    "mixed": lambda inner: [{"a": Node(inner)}],
}


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
def test_depth_is_seen(wrap: Callable[[object], object]) -> None:
    depth = 1_000 if wrap is WRAPS["set"] else DEEP  # a set hashes what it holds

    assert is_deep(nest(wrap, depth))
    assert not is_deep(nest(wrap, 10))


def test_depth_is_the_longest_way_down() -> None:
    """Whatever is met first: the short way to what both hold, or the long one."""
    end = nest(lambda inner: [inner], 40)
    long = nest(lambda inner: [inner], 40, end)

    assert is_deep([end, long])
    assert is_deep([long, end])
    assert not is_deep([end, end])


def test_circles_and_code_are_not_deep() -> None:
    circle: list[object] = []
    circle.append(circle)

    assert not is_deep(circle)
    assert not is_deep([sys, Node, test_depth_is_seen, sys._getframe()])
    assert is_deep([[number] for number in range(10_000)])


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
def test_deep_values_are_shown_briefly(wrap: Callable[[object], object]) -> None:
    value = nest(wrap, 1_000 if wrap is WRAPS["set"] else DEEP)

    assert len(shown(value)) <= 120
    assert len(error_text(ValueError(value))) <= 120
    assert len(error_text(KeyError("x", value))) <= 240


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "1"),
        ("it's", '"it\'s"'),
        (None, "None"),
        ((1,), "(1,)"),
        ((), "()"),
        ([], "[]"),
        ([[[[[]]]]], "[[[[[]]]]]"),
        ([[[[[1]]]]], "[[[[[…]]]]]"),
        ({"a": [1]}, "{'a': [1]}"),
        ({1, 2}, "{1, 2}"),
        (frozenset([1]), "frozenset({1})"),
        (Decimal("1.5"), "Decimal('1.5')"),
        (Node(3), "Node(3)"),
        (dict.fromkeys(range(9)), "{0: None, 1: None, 2: None, 3: None, 4: None, 5: None, …}"),
        (Node(3).__eq__, "<method Node.__eq__>"),
    ],
)
def test_values_are_shown_as_they_are(value: object, text: str) -> None:
    assert shown(value) == text


def test_long_text_is_cut() -> None:
    assert shown(1 << 100_000) == "an int of 100001 bits"
    assert shown("x" * 1_000_000) == f"'{'x' * 78}…"
    assert shown(b"x" * 1_000_000, 10) == "b'xxxxxxx…"


def test_what_cannot_show_itself_is_named() -> None:
    class Bad:
        def __repr__(self) -> str:
            raise ValueError

        __str__ = __repr__

    class BadError(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert shown(Bad()) == "<Bad object>"
    assert error_text(BadError()) == "(its text cannot be made: ValueError)"


def test_errors_say_what_they_say() -> None:
    error = ValueError("oh")

    assert error_text(error) == "oh"
    error.gossamer_trace = nest(lambda inner: [inner], 100)  # type: ignore[attr-defined] # a note
    assert error_text(error) == "oh"
    assert error_text(KeyError("a")) == "'a'"
    assert error_text(ExceptionGroup("two", [ValueError(), KeyError()])) == "two (2 sub-exceptions)"


@pytest.mark.parametrize("equal", [is_equal, is_equal_at_no_risk])
@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (1, 1, True),
        (1, 2, False),
        ("a", "a", True),
        ([1, 2], [1, 2], True),
        ([1, 2], [1, 3], False),
        ([1, [2]], [1, [2]], True),
        ({"a": [1]}, {"a": [1]}, True),
        ({"a": [1]}, {"a": [2]}, False),
        ({1, 2}, {2, 1}, True),
        (Node([Node(1)]), Node([Node(1)]), True),
        (Node([Node(1)]), Node([Node(2)]), False),
        ([Node(1)], [Node(1)], True),
        (object(), object(), False),
    ],
)
def test_values_are_compared(
    equal: Callable[[object, object], bool], old: object, new: object, *, same: bool
) -> None:
    limit = sys.getrecursionlimit()

    assert equal(old, new) is same
    assert sys.getrecursionlimit() == limit


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
def test_deep_values_are_never_the_same_and_do_no_harm(wrap: Callable[[object], object]) -> None:
    depth = 1_000 if wrap is WRAPS["set"] else DEEP
    limit = sys.getrecursionlimit()

    assert not is_equal_at_no_risk(nest(wrap, depth), nest(wrap, depth))
    assert sys.getrecursionlimit() == limit


@pytest.mark.parametrize("wrap", WRAPS.values(), ids=WRAPS)
def test_deep_values_are_not_written(wrap: Callable[[object], object]) -> None:
    depth = 1_000 if wrap is WRAPS["set"] else DEEP

    for make in (str, repr, ascii):
        with pytest.raises(RecursionError):
            write_at_no_risk(make, nest(wrap, depth))
        assert write_at_no_risk(make, nest(wrap, 10)) == make(nest(wrap, 10))


def test_a_comparison_has_room_however_deep_the_stack_is() -> None:
    values = [nest(Node, 30), nest(Node, 30)]

    def dive(depth: int) -> bool:
        return dive(depth - 1) if depth else is_equal_at_no_risk(*values)

    assert dive(10)
    assert dive(600)


def test_what_has_no_single_truth_is_another_one() -> None:
    class Array:
        def __eq__(self, other: object) -> Any:
            return self

        __hash__ = None  # type: ignore[assignment] # as NumPy has it

        def __bool__(self) -> bool:
            raise ValueError

    for equal in (is_equal, is_equal_at_no_risk, is_equal_safely):
        assert not equal(Array(), Array())


def test_a_quick_look_sees_the_ends() -> None:
    deep = nest(lambda inner: [inner], 100)

    assert looks_deep([*range(100), deep])
    assert looks_deep({"a": deep})
    assert looks_deep([1, (2, deep), 3])
    assert not looks_deep([[number] for number in range(10_000)])
    assert not looks_deep(3)


def test_names_have_their_article() -> None:
    values: list[object] = [3, [], "", object(), Exception()]

    assert list(map(type_of, values)) == ["an int", "a list", "a str", "an object", "an Exception"]
