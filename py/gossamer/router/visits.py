"""Ways through the app: where one leads, and what the functions of routes learn of it."""

from collections.abc import Awaitable
from typing import Any

from gossamer.router.addresses import read_query, split_address
from gossamer.router.matching import Match

READS_PARAMS = 1
READS_QUERY = 2
READS_PATH = 4


class Navigation:
    """One way from an address to the next, from the wish to its end."""

    __slots__ = (
        "address",
        "flags",
        "hash",
        "hops",
        "match",
        "number",
        "path",
        "plan",
        "search",
        "state",
        "task",
        "waiting",
    )

    def __init__(
        self, number: int, address: str, flags: int, state: Any, match: Match | None
    ) -> None:
        self.number = number
        self.address = address
        self.path, self.search, self.hash = split_address(address)
        self.flags = flags
        self.state = state
        self.match = match
        self.hops = 0
        self.plan: Any = None
        self.task: Any = None
        self.waiting: list[Awaitable[Any]] = []


class Visit:
    """Where a way leads: what `load`, `guard` and blockers are given.

    What of it a `load` function reads decides when it runs again.

    >>> from gossamer import mount
    >>> from gossamer.router import Route, Router, Routes
    >>> load = lambda visit: print(visit.path, visit.params, visit.query)
    >>> shown = mount(Router(Routes(Route("/users/{id:int}", "A user", load=load))))
    >>> page.visit_address("/users/7?tab=2")
    /users/7 {'id': 7} {'tab': '2'}
    """

    __slots__ = ("_navigation", "_params", "level", "reads")

    def __init__(self, navigation: Navigation, params: dict[str, Any], level: int = 0) -> None:
        self._navigation = navigation
        self._params = params
        self.level = level  # how many routes are around the one that is asked
        self.reads = 0

    @property
    def flags(self) -> int:
        """How the way came about."""
        return self._navigation.flags

    @property
    def key(self) -> str:
        """All of the address, without a note that it was read."""
        return self._navigation.address

    @property
    def path(self) -> str:
        """The raw path, below the base."""
        self.reads |= READS_PATH
        return self._navigation.path

    @property
    def search(self) -> str:
        """The raw search with its `?`, or nothing."""
        self.reads |= READS_QUERY
        return self._navigation.search

    @property
    def hash(self) -> str:
        """The raw hash with its `#`, or nothing."""
        return self._navigation.hash

    @property
    def address(self) -> str:
        """All of it, below the base."""
        self.reads |= READS_PATH | READS_QUERY
        return self._navigation.address

    @property
    def state(self) -> Any:
        """What `navigate(…, state=…)` handed over, else None."""
        return self._navigation.state

    @property
    def params(self) -> dict[str, Any]:
        """The parameters of the route and of those around it."""
        self.reads |= READS_PARAMS
        return self._params

    @property
    def query(self) -> dict[str, str]:
        """The search by its keys; of a key that stands there twice, the last."""
        self.reads |= READS_QUERY
        return {key: values[-1] for key, values in read_query(self._navigation.search).items()}

    def __repr__(self) -> str:
        return f"Visit({self._navigation.address!r})"
