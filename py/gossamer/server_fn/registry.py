"""The functions that a page may call: those that were declared, by their addresses."""

from collections.abc import Iterator
from typing import Any

from gossamer.errors import ServerFunctionError
from gossamer.server_fn.function import ServerFunction

type AnyFunction = ServerFunction[..., Any]


class Registry:
    """Functions by address.

    >>> Registry().find("/_gossamer/os.system") is None
    True
    """

    def __init__(self) -> None:
        self._functions: dict[str, AnyFunction] = {}

    def add(self, function: AnyFunction) -> None:
        """Let a function be called. One that is declared anew takes the place of the old one.

        Raises:
            ServerFunctionError: another function has the address.
        """
        for path in function.paths:
            other = self._functions.get(path)
            if other is not None and other.name != function.name:
                raise ServerFunctionError(
                    f"{other.name} and {function.name} both have the address {path}.",
                    why="A call names an address, and nothing else says which of the two is meant.",
                    fix='Give one of them another: @server(path="…").',
                ).about(function.__wrapped__)
        for path in function.paths:
            self._functions[path] = function

    def find(self, path: str) -> AnyFunction | None:
        """The function of an address, exactly; nothing is imported or guessed."""
        return self._functions.get(path)

    def __iter__(self) -> Iterator[AnyFunction]:
        return iter(dict.fromkeys(self._functions.values()))


REGISTRY = Registry()
"""Those of the app."""
