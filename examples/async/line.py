"""A slow line to the atlas: it fetches recorded files, and remembers what became of each."""

import asyncio

from gossamer import Signal
from pyodide.http import pyfetch

LONGEST = 40  # requests that are remembered


class Request:
    """One thing that was asked for, and how far it has come."""

    def __init__(self, number: int, what: str, seconds: float):
        self.number = number
        self.what = what
        self.seconds = seconds
        self.state = Signal("under way")


class Line:
    """What every request goes through: it takes its time, and may be cut."""

    def __init__(self):
        self.seconds = Signal(0.8)
        self.is_cut = Signal(False)
        self.requests = Signal([])
        self.marked = {"orion", "cygnus"}  # what the far end knows of
        self.count = 0

    async def carry(self, what: str, work=None):
        """Send something along the line, and give what the far end answers."""
        self.count += 1
        request = Request(self.count, what, self.seconds.peek())
        self.requests.update(lambda old: [request, *old[: LONGEST - 1]])
        try:
            await asyncio.sleep(request.seconds)
            if self.is_cut.peek():
                raise ConnectionError("The line is cut.")
            answer = await work() if work else None
        except asyncio.CancelledError:
            request.state.set("called off")
            raise
        except OSError:
            request.state.set("failed")
            raise
        request.state.set("answered")
        return answer

    async def fetch(self, path: str, what: str):
        """Fetch recorded JSON; when nobody waits for it any more, the browser aborts it."""

        async def get():
            answer = await pyfetch(path)
            answer.raise_for_status()
            return await answer.json()

        return await self.carry(what, get)

    async def search(self, words: str) -> list[dict]:
        """The figures that some words find: by their names, their season or their stars."""
        figures = await self.fetch("sky/index.json", f"search {words!r}" if words else "search")
        wanted = words.casefold().split()
        return [one for one in figures if all(word in text_of(one) for word in wanted)]

    async def figure(self, slug: str) -> dict:
        """One figure with its stars and lines."""
        return await self.fetch(f"sky/{slug}.json", f"figure {slug}")

    async def load_marks(self) -> frozenset[str]:
        """The figures that somebody has marked."""
        await self.carry("marks")
        return frozenset(self.marked)

    async def mark(self, slug: str, *, is_on: bool):
        """Tell the far end of a mark."""
        await self.carry(f"{'mark' if is_on else 'unmark'} {slug}")
        (self.marked.add if is_on else self.marked.discard)(slug)


def text_of(figure: dict) -> str:
    """Where a search looks."""
    words = (figure["name"], figure["english"], figure["season"], *figure["stars"])
    return " ".join(words).casefold()
