"""Values for the page's own code: copies of Python's data, and functions that Python answers."""

from collections.abc import Callable
from typing import Any

from gossamer.dom.bridge import is_foreign, to_page, verbs
from gossamer.dom.calls import run_for
from gossamer.errors import ViewError
from gossamer.reactive import LazyOwner, Owner, section_owner
from gossamer.reactive.arity import count_accepted, count_required
from gossamer.reactive.tasks import keep_going
from gossamer.view.text import is_number

PLAIN = frozenset((str, int, float, bool, type(None)))
"""What is the same on both sides."""


class Given:
    """A function that is a value itself, where another one would be read."""

    __slots__ = ("function",)

    def __init__(self, function: object) -> None:
        self.function = function


def given(value: object) -> object:
    """A value, a function that asks for arguments marked as one: it cannot be read."""
    if callable(value) and (is_foreign(value) or count_required(value)):
        return Given(value)
    return value


class Lease:
    """The functions that one property lends to the page; they end with it."""

    __slots__ = ("numbers", "owner")

    def __init__(self, owner: Owner | LazyOwner | None) -> None:
        self.numbers: list[int] = []
        self.owner = owner

    def lend(self, function: Callable[..., object]) -> object:
        """A function of the page that calls this one, until the lease ends."""
        global _next
        _next += 1
        _lent[_next] = (function, self)
        self.numbers.append(_next)
        return verbs.callback(_next)

    def end(self) -> None:
        """Let nobody answer for the functions any more."""
        for number in self.numbers:
            del _lent[number]
        self.numbers.clear()


_lent: dict[int, tuple[Callable[..., object], Lease]] = {}
_next = 0


def to_value(value: object, what: str) -> tuple[object, Lease | None]:
    """A value for the page, and the lease of the functions in it if there are any.

    Raises:
        ViewError: something in it has no counterpart there; `what` names who gets it.
    """
    if type(value) in PLAIN:
        return value, None
    lease = Lease(section_owner())
    if type(value) is Given:
        value = value.function
    try:
        converted = _convert(value, lease, what)
    except BaseException:
        lease.end()
        raise
    return converted, lease if lease.numbers else None


def _convert(value: object, lease: Lease, what: str) -> object:
    odd: list[object] = []

    def convert_other(part: object) -> object:
        if callable(part):
            return lease.lend(part)
        if is_number(part):
            return int(part) if hasattr(part, "__index__") else float(part)  # type: ignore[arg-type] # it is one
        odd.append(part)
        raise TypeError

    try:
        return to_page(value, convert_other)
    except TypeError as error:
        kind = type(odd[0] if odd else value).__name__
        raise ViewError(
            f"{what} got a {kind}, which JavaScript has not.",
            why="Text, numbers, True, False, None, bytes, lists, tuples, sets, dicts with text as"
            " keys, and functions become JavaScript's own; so does what is in them.",
            fix="Convert it first, such as vars(value) or value.isoformat().",
        ) from error


def call_lent(number: int, _name: str, values: Any) -> object:
    """Call a lent function for the page, with as many of the values as it takes."""
    found = _lent.get(number)
    if found is None:
        return None  # its place is gone, or has another value by now
    function, lease = found
    return run_for(lease.owner, _call, function, list(values)[: count_accepted(function)], lease)


def _call(function: Callable[..., object], values: list[object], lease: Lease) -> object:
    result = function(*values)
    if type(result) in PLAIN or is_foreign(result):
        return result
    if keep_going(result):
        return None
    return _convert(result, lease, "JavaScript")
