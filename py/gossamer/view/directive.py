"""Directives: functions that run on an element once it is in the page."""

from collections.abc import Callable
from typing import Any

type Directive = Callable[[Any, Any], object]

_directives: dict[str, Directive] = {}


def directive[D: Directive](function: D) -> D:
    """Register a function under its name, for `use:name={argument}`.

    It gets the element and the argument; `on_cleanup` inside it runs when the element goes.

    >>> @directive
    ... def tooltip(element, text):
    ...     element.title = text
    """
    _directives[function.__name__.replace("_", "-")] = function
    return function


def find_directive(name: str) -> Directive | None:
    """The directive of a name, as `use:` spells it."""
    return _directives.get(name.replace("_", "-"))
