"""The face of the swap for the client in the page: texts go in and out."""

import asyncio
import gc
import json
import sys
from collections.abc import Callable

from gossamer.swap.swapping import Swapper

REST = 1.0
"""Seconds after a swap in which nothing else disturbs the page."""


class Page:
    """A page whose modules can be exchanged."""

    def __init__(self, swapper: Swapper) -> None:
        self._swapper = swapper

    async def swap(self, changes: str) -> str:
        """Take new sources, as `Swapper.swap` does, and tell what came of it."""
        told = await self._swapper.swap(json.loads(changes))
        asyncio.get_running_loop().call_later(REST, tidy)
        return json.dumps(told)


def tidy() -> None:
    """Free what the old modules were made of: the loader has told the collector to pass it over."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


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
