"""The face of the swap for the client in the page: texts go in and out."""

import json
import sys
from collections.abc import Callable

from gossamer.swap.swapping import Swapper


class Page:
    """A page whose modules can be exchanged."""

    def __init__(self, swapper: Swapper) -> None:
        self._swapper = swapper

    async def swap(self, changes: str) -> str:
        """Take new sources, as `Swapper.swap` does, and tell what came of it."""
        return json.dumps(await self._swapper.swap(json.loads(changes)))


def begin(tell: Callable[[str], object]) -> Page:
    """Follow the page from now on; `tell` hears of errors, each described as JSON."""
    loader = sys.modules["gossamer_page"]
    swapper = Swapper(loader.run, lambda fault: tell(json.dumps(fault)), sys.modules["__main__"])
    swapper.begin()
    story = loader.story

    def take(error: BaseException, name: str) -> str:
        swapper.take(error)
        return str(story(error, name))

    swapper.exchanges.put(loader, "run", swapper.run)
    swapper.exchanges.put(loader, "story", take)
    return Page(swapper)
