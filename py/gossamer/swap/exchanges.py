"""Functions of the framework that others stand in for, while a page is developed."""

from collections.abc import Callable
from typing import Any


class Exchanges:
    """What stood where, so that all can be put back."""

    def __init__(self) -> None:
        self._before: list[tuple[Any, str, Any]] = []

    def put(self, holder: Any, name: str, function: Callable[..., Any]) -> None:
        """Let a function stand in for the one of that name."""
        self._before.append((holder, name, getattr(holder, name)))
        setattr(holder, name, function)

    def undo(self) -> None:
        """Put everything back."""
        while self._before:
            setattr(*self._before.pop())
