"""What was fetched for a text, beside it: so a page need not fetch it again."""

import logging
from typing import Any, Final

from gossamer.reactive import Resource, current_owner, path_of
from gossamer.reactive.handover import Handover
from gossamer.reactive.resources import Once
from gossamer.ssr.head import attribute_markup
from gossamer.view.hydration import DATA, key_of
from gossamer.view.wire import to_wire

log: Final = logging.getLogger("gossamer.ssr")

MOST: Final = 64 * 1024
"""A page with more characters of data than this is warned of."""


class Data(Handover):
    """Notes the resources of one rendering, and writes each once when its value has come."""

    __slots__ = ("_length", "_noted")

    def __init__(self) -> None:
        self._noted: dict[Resource[Any], tuple[str, tuple[Any, ...]]] = {}
        self._length = 0

    def offer(self, resource: Resource[Any], given: tuple[Any, ...]) -> None:
        """Note what a resource is called on both sides, and what it fetches for."""
        if not resource.is_local:
            self._noted[resource] = (key_of(path_of(current_owner()), resource.name), given)

    def scripts(self) -> str:
        """Scripts, which run nothing, with the values that have come since the last call."""
        come = [resource for resource in self._noted if _has_come(resource)]
        text = "".join([self._script(resource, *self._noted.pop(resource)) for resource in come])
        if self._length <= MOST < self._length + len(text):
            log.warning("more than %d KiB of data stand beside a view", MOST // 1024)
        self._length += len(text)
        return text

    def _script(self, resource: Resource[Any], key: str, given: tuple[Any, ...]) -> str:
        try:
            text = to_wire([list(given), resource.latest()])
        except TypeError as error:
            if not isinstance(resource, Once):  # that may well be a view
                log.warning("%s is fetched again in the page: %s", resource.name, error)
            return ""
        return f'<script type="application/json"{attribute_markup(DATA, key)}>{text}</script>'


def _has_come(resource: Resource[Any]) -> bool:
    return resource.has_come and not resource.pending.value and resource.error.value is None
