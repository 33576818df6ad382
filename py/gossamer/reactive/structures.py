"""Plain values taken apart and put together."""

import sys
from collections.abc import Collection, Iterable
from copy import copy
from typing import Any, Final, Protocol

from gossamer.reactive.memos import is_same
from gossamer.values import shown, type_of


class Mark:
    """A name that stands where a value or a step would, and is none."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


ABSENT: Final = Mark("ABSENT")
"""Stands for a part that is not there, and for one that is to be taken away."""


class Structure(Protocol):
    """One way in which a value has parts, each at a step: a name, a key, a position."""

    __slots__ = ()

    is_fixed: bool = False
    """Whether nothing can be exchanged in place, as in a tuple."""

    def steps(self, whole: Any) -> Collection[Any]:
        """The steps to all parts, in order."""

    def part(self, whole: Any, step: Any) -> Any:
        """The part at a step, or ABSENT."""

    def has(self, whole: Any, step: Any) -> bool:
        """Whether there is a part at a step."""
        return self.part(whole, step) is not ABSENT

    def copy(self, whole: Any) -> Any:
        """A copy that shares its parts."""
        return copy(whole)

    def put(self, whole: Any, step: Any, part: Any) -> Any:
        """Exchange a part, in place where that can be; give what has it now."""

    def describe(self, whole: Any) -> str:
        """What a value is and has, for messages."""
        return f"a value of type {type(whole).__name__}, with {name_some(self.steps(whole))}"


class Record(Structure):
    """A dataclass, frozen or not."""

    __slots__ = ()

    def steps(self, whole: Any) -> Collection[str]:
        """The names of the fields."""
        # Whoever made the class has imported the module; the browser would pay dearly for it.
        return [field.name for field in sys.modules["dataclasses"].fields(whole)]

    def part(self, whole: Any, step: Any) -> Any:
        """The value of a field."""
        return getattr(whole, step, ABSENT) if step in whole.__dataclass_fields__ else ABSENT

    def put(self, whole: Any, step: str, part: Any) -> Any:
        """Set a field; of a frozen one too, since it is a copy that nobody else has."""
        if whole.__dataclass_params__.frozen:
            object.__setattr__(whole, step, part)
        else:
            setattr(whole, step, part)
        return whole


class NamedTuple(Structure):
    """A tuple whose parts have names."""

    __slots__ = ()

    is_fixed = True

    def steps(self, whole: Any) -> Collection[str]:
        """The names of the fields."""
        return whole._fields  # type: ignore[no-any-return] # what namedtuple documents

    def part(self, whole: Any, step: Any) -> Any:
        """The value of a field."""
        return getattr(whole, step) if step in whole._fields else ABSENT

    def copy(self, whole: Any) -> Any:
        """The tuple itself: nothing changes it."""
        return whole

    def put(self, whole: Any, step: str, part: Any) -> Any:
        """Make another tuple."""
        return whole._replace(**{step: part})


class Dict(Structure):
    """A dict with keys of any kind."""

    __slots__ = ()

    def steps(self, whole: dict[Any, Any]) -> Collection[Any]:
        """The keys."""
        return list(whole)

    def part(self, whole: dict[Any, Any], step: Any) -> Any:
        """The value of a key; a missing one is not made."""
        return whole.get(step, ABSENT)

    def put(self, whole: dict[Any, Any], step: Any, part: Any) -> Any:
        """Set a key, or delete it."""
        if part is ABSENT:
            del whole[step]
        else:
            whole[step] = part
        return whole


class List(Structure):
    """A list; a slice is a step as well when something is put."""

    __slots__ = ()

    def steps(self, whole: list[Any]) -> Collection[int]:
        """The positions."""
        return range(len(whole))

    def part(self, whole: list[Any], step: int) -> Any:
        """The item at a position."""
        return whole[step] if 0 <= step < len(whole) else ABSENT

    def put(self, whole: list[Any], step: int | slice, part: Any) -> Any:
        """Set an item, or the items of a slice."""
        whole[step] = part
        return whole

    def describe(self, whole: Any) -> str:
        """How many items there are."""
        return f"{type_of(whole)} of {len(whole)}"


class Tuple(List):
    """A tuple without names."""

    __slots__ = ()

    is_fixed = True

    def copy(self, whole: Any) -> Any:
        """The tuple itself: nothing changes it."""
        return whole

    def put(self, whole: Any, step: int | slice, part: Any) -> Any:
        """Make another tuple."""
        return tuple(super().put(list(whole), step, part))


RECORD: Final = Record()
NAMED: Final = NamedTuple()
DICT: Final = Dict()
LIST: Final = List()
TUPLE: Final = Tuple()

LEAVES: Final = frozenset((str, int, bool, float, type(None)))
"""The types of most values that have no parts."""

_BY_TYPE: Final[dict[type, Structure]] = {dict: DICT, list: LIST, tuple: TUPLE}


def structure_of(value: object) -> Structure | None:
    """How a value has parts; None when it is one whole, a leaf."""
    kind = type(value)
    if kind in LEAVES:
        return None
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if hasattr(kind, "__dataclass_fields__"):
        return RECORD
    if isinstance(value, dict):
        return DICT
    if isinstance(value, list):
        return LIST
    return NAMED if isinstance(value, tuple) and hasattr(value, "_fields") else None


def is_unchanged(old: object, new: object) -> bool:
    """Whether two values are the same in all their parts."""
    if old is new:
        return True
    if type(old) is not type(new):
        return False
    structure = structure_of(old)
    if structure is None:
        return is_same(old, new)
    steps = structure.steps(old)
    if steps != structure.steps(new):
        return False
    for step in steps:  # noqa: SIM110 - a generator would need the interpreter's own stack
        if not is_unchanged(structure.part(old, step), structure.part(new, step)):
            return False
    return True


def name_some(steps: Iterable[object], limit: int = 12) -> str:
    """Name steps for a message, at most so many."""
    names = [step if isinstance(step, str) else shown(step) for step in steps]
    first = ", ".join(names[:limit])
    return f"{first} and {len(names) - limit} more" if len(names) > limit else first or "nothing"
