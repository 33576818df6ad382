"""Where the visitor is: signals of the parts of the address."""

from typing import Any

from gossamer.reactive import Signal
from gossamer.router.addresses import read_query
from gossamer.router.layers import write
from gossamer.router.visits import Navigation


class Location:
    """The parts of the present address below the base, each a signal of its own.

    `path`, `search` and `hash` are raw, as the address bar has them; `state` is what
    `navigate(…, state=…)` handed over.

    >>> from gossamer.router import Location
    >>> Location().path()
    '/'
    """

    __slots__ = ("hash", "path", "search", "state")

    def __init__(self) -> None:
        self.path = Signal("/")
        self.search = Signal("")
        self.hash = Signal("")
        self.state: Signal[Any] = Signal(None)

    def address(self) -> str:
        """All of it, untracked."""
        return self.path.peek() + self.search.peek() + self.hash.peek()

    def query(self) -> dict[str, list[str]]:
        """The search by its keys, decoded once, tracked."""
        return read_query(self.search())

    def move(self, way: Navigation) -> None:
        """Be where a way has led."""
        write(self.path, way.path)
        write(self.search, way.search)
        write(self.hash, way.hash)
        write(self.state, way.state)
