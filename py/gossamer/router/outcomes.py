"""What functions of the user's give, or raise."""

from collections.abc import Callable
from typing import Any

from gossamer.reactive.arity import count_required


class Outcome:
    """What something that was waited for gave, or raised."""

    __slots__ = ("error", "value")

    def __init__(self, value: Any = None, error: Exception | None = None) -> None:
        self.value = value
        self.error = error


def call(function: Callable[..., object], *args: object) -> Outcome:
    """Call a function of the user's with as many of the arguments as it takes."""
    try:
        return Outcome(function(*args[: count_required(function)]))
    except Exception as error:  # noqa: BLE001 - shown where the route would be
        return Outcome(error=error)


def is_awaitable(value: object) -> bool:
    """Whether a value has to be waited for."""
    return hasattr(value, "__await__")
