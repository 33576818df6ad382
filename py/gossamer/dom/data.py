"""What a server has fetched, taken up by the resources of a page."""

from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.warnings import warn
from gossamer.reactive import Resource, current_owner, path_of
from gossamer.reactive.handover import Handover
from gossamer.view.hydration import key_of
from gossamer.view.wire import from_wire


class Handed(Handover):
    """Values by the names of their resources; each is handed to one, which fetches the same."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: dict[str, list[Any]] = {}
        self.take_in()

    def take_in(self) -> None:
        """Take what stands in the page by now, out of it."""
        found = verbs.handed()
        parts = found.split("\x1f") if found else []
        for key, text in zip(parts[::2], parts[1::2], strict=True):
            self._values.setdefault(key, []).append(text)

    def offer(self, resource: Resource[Any], given: tuple[Any, ...]) -> list[Any] | None:
        """The value that was fetched for the same."""
        found = self._values.get(key_of(path_of(current_owner()), resource.name), [])
        for index, each in enumerate(found):
            pair = found[index] = _read(each) if type(each) is str else each
            if pair is not None and pair[0] == [*given]:
                del found[index]
                return [pair[1]]
        return None

    def close(self) -> None:
        """Hand nothing over any more: what is made from now on is new."""
        self._values.clear()


def _read(text: str) -> list[Any] | None:
    """For what something was fetched, and the value; None for what this page knows no class of."""
    try:
        return from_wire(text)  # type: ignore[no-any-return] # a pair, as `ssr.data` writes it
    except LookupError as error:
        warn(f"{error}, so what a server has fetched is fetched again.")
        return None
