"""The class names that a value stands for."""

from collections.abc import Iterable, Mapping

from gossamer.errors import ViewError
from gossamer.values import type_of


def tokens_of(value: object, token: str | None, tag: str) -> tuple[str, ...]:
    """The class names that a value stands for, each once.

    >>> tokens_of({"a": True, "b": False, "c d": 1}, None, "p")
    ('a', 'c', 'd')
    """
    if token is not None:
        return (token,) if value else ()
    found: dict[str, None] = {}
    _collect(value, found, tag)
    return tuple(found)


def _collect(value: object, found: dict[str, None], tag: str) -> None:
    if callable(value):
        value = value()
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        found.update(dict.fromkeys(str.split(value)))
    elif isinstance(value, Mapping):
        for name, wanted in value.items():
            if wanted() if callable(wanted) else wanted:
                _collect(name, found, tag)
    elif isinstance(value, Iterable):
        for item in value:
            if isinstance(item, tuple) and len(item) == 2 and not isinstance(item[1], str):
                _collect({item[0]: item[1]}, found, tag)
            else:
                _collect(item, found, tag)
    elif isinstance(value, (int, float)):
        found[str(value)] = None
    else:
        raise ViewError(
            f"class={{…}} of <{tag}> got {type_of(value)}.",
            why="A class is text, a list of names, or a dict of names and conditions.",
            fix='Write class={"a b"}, class={["a", "b"]} or class={{"a": is_a}}.',
        )


def is_live(value: object) -> bool:
    """Whether a class or style value has to be read again: a callable, or one in a list or dict."""
    waiting = [value]
    seen: set[int] = set()  # a list may be in itself
    for item in waiting:
        if callable(item):
            return True
        if isinstance(item, Mapping):
            waiting.extend(filter(callable, item.values()))
        elif isinstance(item, (list, tuple)) and id(item) not in seen:
            seen.add(id(item))
            waiting.extend(item)
    return False
