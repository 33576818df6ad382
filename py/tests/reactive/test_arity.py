"""How many arguments a function asks for: S36."""

from functools import partial

import pytest
from gossamer.reactive.arity import count_required


class Callable:
    def method(self, one: int) -> None:
        pass

    def __call__(self, one: int, two: int, three: int = 3) -> None:
        pass


def plain(one: int, two: int = 2, *rest: int, three: int = 3) -> None:
    pass


@pytest.mark.parametrize(
    ("fn", "wanted"),
    [
        (lambda: 1, 0),
        (lambda one: one, 1),
        (lambda one=1: one, 0),
        (lambda *rest: rest, 0),
        (lambda *, key=1: key, 0),
        (plain, 1),
        (Callable().method, 1),
        (Callable(), 2),
        (partial(plain, 1), 0),
        (partial(plain), 1),
        ([].append, 1),
        ([].clear, 0),
        (print, 0),
        (dict, 0),
        (str.upper, 1),
        ("not callable", 0),
    ],
    ids=lambda value: getattr(value, "__qualname__", repr(value))[:30],
)
def test_counts_what_a_call_must_give(fn: object, wanted: int) -> None:
    assert count_required(fn) == wanted
