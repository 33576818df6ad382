"""Values of any depth, shown and compared without exhausting the stack.

Python goes down into a value by recursion in C. In a page too much of that ends the interpreter
for good: a list that is 4,000 lists deep is enough, or 200 objects that compare what they hold.
"""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from types import (
    BuiltinFunctionType,
    CodeType,
    FrameType,
    FunctionType,
    MethodType,
    ModuleType,
    TracebackType,
)
from typing import Final

DEEPEST: Final = 60
"""How many values in each other are gone into."""
MOST: Final = 5_000
"""How many values are looked at to find out how deep they are."""
FRAMES: Final = 80
"""How many calls a comparison may take in each other."""

ATOMS: Final = frozenset((bool, bytes, complex, float, int, str, type(None)))
"""The types whose values hold no others."""
_CONTAINERS: Final = (dict, frozenset, list, set, tuple)
_CODE: Final = (
    type,
    BuiltinFunctionType,
    CodeType,
    FrameType,
    FunctionType,
    ModuleType,
    TracebackType,
)


def type_of(value: object) -> str:
    """The type of a value, with its article.

    >>> type_of(3), type_of({})
    ('an int', 'a dict')
    """
    name = type(value).__name__
    return f"an {name}" if name[:1] in "aeioAEIO" else f"a {name}"


def is_deep(value: object) -> bool:
    """Whether a value holds others in each other deeper than one should go, or too many.

    >>> is_deep([1, {"a": (2, 3)}])
    False
    >>> deep = []
    >>> for _ in range(1000):
    ...     deep = [deep]
    >>> is_deep(deep)
    True
    """
    heights: dict[int, int] = {}  # by identity; 0 while what it holds is being looked at
    path: list[tuple[int, Iterator[object]]] = [(0, iter((value,)))]
    tops = [0]  # for each of the path, the height of what it holds as far as that is known
    while path:
        name, children = path[-1]
        for child in children:
            if not gc.is_tracked(child) or isinstance(child, _CODE):
                continue
            if id(child) not in heights:
                heights[id(child)] = 0
                path.append((id(child), iter(gc.get_referents(child))))
                tops.append(0)
                break
            tops[-1] = max(tops[-1], heights[id(child)])
        else:
            path.pop()
            height = heights[name] = tops.pop() + 1
            if tops:
                tops[-1] = max(tops[-1], height)
        if (tops and len(path) + tops[-1] > DEEPEST) or len(heights) > MOST:
            return True
    return False


def shown(value: object, length: int = 80) -> str:
    """A value as text for a message: short, and never to its whole depth.

    >>> shown([1, [2, [3, [4, [5]]]]]), shown("a" * 100, 10), shown(list(range(9)))
    ('[1, [2, [3, [4, […]]]]]', "'aaaaaaaa…", '[0, 1, 2, 3, 4, 5, …]')
    """
    text = _text(value, 4)
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _text(value: object, depth: int) -> str:
    kind = type(value)
    if kind is str or kind is bytes:
        return repr(value[:200])  # type: ignore[index] # text
    if kind is int and value.bit_length() > 256:  # type: ignore[attr-defined] # an int
        return f"an int of {value.bit_length()} bits"  # type: ignore[attr-defined] # likewise
    if kind in _CONTAINERS:
        return _text_of_many(value, depth)  # type: ignore[arg-type] # a container
    if isinstance(value, MethodType):
        return f"<method {value.__func__.__qualname__}>"
    if not isinstance(value, _CODE) and is_deep(value):
        return f"<{kind.__name__} object>"
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - it is the user's code, and this is for a message
        return f"<{kind.__name__} object>"


def _text_of_many(values: Iterable[object], depth: int) -> str:
    """What a container holds: the first of it, and not to any depth."""
    opening, closing = _BRACKETS[type(values)]
    items = ["…"]
    if depth:
        first = list(islice(values, 6))
        if isinstance(values, Mapping):
            pairs = [(key, values[key]) for key in first]
            items = [f"{_text(key, depth - 1)}: {_text(item, depth - 1)}" for key, item in pairs]
        else:
            items = [_text(item, depth - 1) for item in first]
        if len(values) > len(items):  # type: ignore[arg-type] # a container
            items.append("…")
    elif not values:
        items = []
    comma = "," if type(values) is tuple and len(values) == 1 else ""
    return f"{opening}{', '.join(items)}{comma}{closing}"


_BRACKETS: Final = {
    dict: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    list: ("[", "]"),
    set: ("{", "}"),
    tuple: ("(", ")"),
}


def error_text(error: BaseException) -> str:
    """What an error says, also when it holds something that is too deep to be shown.

    >>> error_text(ValueError("oh"))
    'oh'
    """
    held = [item for name, item in vars(error).items() if not name.startswith("gossamer_")]
    if is_deep([error.args, held]):
        return ", ".join(map(shown, error.args))
    try:
        return str(error)
    except Exception as raised:  # noqa: BLE001 - it is the user's code, and this is for a message
        return f"(its text cannot be made: {type(raised).__name__})"


def is_equal(old: object, new: object) -> bool:
    """Whether two values are equal; what cannot say so is another one.

    >>> is_equal([1, 2], [1, 2]), is_equal(1, 2)
    (True, False)
    """
    try:
        return bool(old == new)
    except Exception:  # noqa: BLE001 - the comparison is the user's code
        return False  # such as two arrays: their comparison has no single truth


def is_equal_at_no_risk(old: object, new: object) -> bool:
    """Whether two values are equal, where a deep comparison would end the interpreter.

    What looks too deep is another one. Comparisons written in Python get a few calls only: in
    each other they go through C, whose stack ends before Python counts enough of them.
    """
    if type(new) in ATOMS or _is_flat(new):
        return is_equal(old, new)
    if looks_deep(old) or looks_deep(new):
        return False
    return with_few_frames(is_equal, old, new)


def write(write: Callable[[object], str], value: object) -> str:
    """What `str`, `repr` or `ascii` makes of a value.

    >>> write(repr, "a")
    "'a'"
    """
    return write(value)


def write_at_no_risk(write: Callable[[object], str], value: object) -> str:
    """What `str`, `repr` or `ascii` makes of a value, where a deep one would end the interpreter.

    Raises:
        RecursionError: the value is too deep.
    """
    if type(value) in ATOMS or _is_flat(value):
        return write(value)
    if looks_deep(value):
        raise RecursionError("it holds values too deep in each other")
    return with_few_frames(write, value)


def with_few_frames[**P, T](fn: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Call a function that may make only a few calls in each other."""
    limit = sys.getrecursionlimit()
    frames = 64
    while sys._getframemodulename(frames) is not None:  # noqa: SLF001 - says in C whether there is such a frame
        frames += 64
    sys.setrecursionlimit(min(limit, frames + FRAMES))
    try:
        return fn(*args, **options)
    finally:
        sys.setrecursionlimit(limit)


def with_any_frames[**P, T](fn: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Call a function."""
    return fn(*args, **options)


def _is_flat(value: object) -> bool:
    """Whether a list or tuple holds nothing that holds something."""
    return type(value) in (list, tuple) and ATOMS.issuperset(map(type, value))  # type: ignore[call-overload] # a container


def looks_deep(value: object) -> bool:
    """Whether a container holds others in each other very deep, by a quick look at its ends."""
    level: list[object] = [value]
    for _ in range(DEEPEST):
        inner = [item for each in level for item in _ends(each)]
        level = list(islice((item for item in inner if isinstance(item, _CONTAINERS)), 8))
        if not level:
            return False
    return True


def _ends(value: object) -> Iterable[object]:
    """The first and the last of what a container holds."""
    if isinstance(value, (list, tuple)):
        return (*value[:4], *value[-4:])
    if isinstance(value, dict):
        return islice(value.values(), 8)
    return islice(value, 8) if isinstance(value, (set, frozenset)) else ()


def ends_are_plain(items: list[object]) -> bool:
    """Whether to compare the items goes into nothing, as its two ends tell.

    >>> ends_are_plain([1, 2]), ends_are_plain([object()]), ends_are_plain([[1], [2]])
    (True, True, False)
    """
    return not items or (_is_plain(items[0]) and _is_plain(items[-1]))


def _is_plain(value: object) -> bool:
    kind = type(value)
    return kind in ATOMS or kind.__eq__ is object.__eq__


def never(_value: object) -> bool:
    """Say no."""
    return False


def always(_items: list[object]) -> bool:
    """Say yes."""
    return True


if sys.platform == "emscripten":
    safely = with_few_frames
    is_equal_safely = is_equal_at_no_risk
    write_safely = write_at_no_risk
    is_risky = looks_deep
    are_plain = ends_are_plain
else:  # CPython counts what C takes, and raises a RecursionError
    safely = with_any_frames
    is_equal_safely = is_equal
    write_safely = write
    is_risky = never
    are_plain = always
