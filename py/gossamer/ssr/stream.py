"""Views as text that comes in parts, while what they wait for arrives."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from typing import Final

from gossamer.reactive import render_effect
from gossamer.ssr.head import HeadText
from gossamer.ssr.marks import Marks
from gossamer.ssr.pieces import Boundary, Cell, Pieces, boundaries_in, walk
from gossamer.ssr.render import Rendering

log: Final = logging.getLogger("gossamer.ssr")


async def render_to_stream(
    view: object,
    *,
    timeout: float = 10,  # noqa: ASYNC109 - of each boundary, not of a call
    head: HeadText | None = None,
    url: str = "/",
    hydratable: bool = False,
) -> AsyncGenerator[str]:
    """Render a view as text in parts, in order: each Suspense is waited for where it stands.

    Everything before the first one comes at once; all parts together are the page. Nothing is
    written ahead of who asks for the parts. When the generator is closed, all that is under way
    is cancelled and the cleanups run; close it where it may be left early, with `aclosing`.

    >>> import asyncio
    >>> from gossamer import Suspense, component, resource
    >>> from gossamer.ssr import render_to_stream
    >>> @component
    ... def Page():
    ...     name = resource(lambda: asyncio.sleep(0, "Ada"))
    ...     return t"<h1>Hello</h1><{Suspense} fallback='…'><p>{name}</p></{Suspense}>"
    >>> async def main():
    ...     print([part async for part in render_to_stream(Page)])
    >>> asyncio.run(main())
    ['<h1>Hello</h1>', '<p>Ada</p>']

    Args:
        view: anything that can be shown; usually a component, `App()`.
        timeout: after how many seconds a boundary shows its fallback for good.
        head: takes what the view says of the page around it, as far as the parts have come.
        url: the address for a Router.
        hydratable: whether a page is to adopt it with `hydrate`; it is all that its element holds.

    Raises:
        Exception: what the view has raised, and no ErrorBoundary has taken.
    """
    stream = _Stream(Rendering(view, head, url, has_marks=hydratable), timeout)
    marks = Marks() if hydratable else None
    try:
        async with aclosing(stream.parts()) as parts:
            async for part in parts:
                text = part if marks is None else marks.take(part)
                if text:
                    yield text
        if marks is not None:
            yield marks.end() + stream.rendering.data_scripts()
    finally:
        stream.rendering.end()


class _Stream:
    """One rendering that is sent in parts."""

    __slots__ = ("_changed", "_given_up", "_timeout", "rendering")

    def __init__(self, rendering: Rendering, timeout: float) -> None:
        self.rendering = rendering
        self._timeout = timeout
        self._given_up: set[Boundary] = set()
        self._changed = asyncio.Event()

    async def parts(self) -> AsyncGenerator[str]:
        """The page from its beginning to its end."""
        texts: list[str] = []
        stack: list[Iterator[str | Boundary | Cell]] = [walk(self.rendering.pieces)]
        while stack:
            piece = next(stack[-1], None)
            if piece is None:
                stack.pop()
            elif type(piece) is str:
                texts.append(piece)
            else:
                assert not isinstance(piece, str)  # noqa: S101 - just asked
                if self._pending([piece]) and (text := "".join(texts)):
                    yield text
                    texts = []
                await self._settle(piece)
                stack.append(walk(self._shown(piece)))
        if text := "".join(texts):
            yield text

    def _shown(self, piece: Boundary | Cell) -> Pieces:
        if isinstance(piece, Cell):
            return piece.parts
        made: list[Pieces] = []
        self.rendering.run(lambda: made.append(piece.shown()))
        return made[0]

    def _pending(self, pieces: Pieces) -> list[Boundary]:
        """The boundaries that something may come for."""
        return [
            boundary
            for boundary in boundaries_in(pieces)
            if boundary.is_pending()
            and not boundary.suspension.waits_for_browser()
            and boundary not in self._given_up
        ]

    async def _settle(self, piece: Boundary | Cell) -> None:
        """Wait for a boundary; for what guards against errors, wait for all in it.

        It may show something else until then, and what has been sent cannot be taken back.
        """
        pieces: Pieces = [piece]
        try:
            async with asyncio.timeout(self._timeout):
                while pending := self._pending(pieces):
                    await self._wait(pending[0])
        except TimeoutError:
            self._given_up.update(self._pending(pieces))
            log.warning("a Suspense shows its fallback: nothing came in %g s", self._timeout)
        self.rendering.check()

    async def _wait(self, boundary: Boundary) -> None:
        """Wait until a boundary has something new to say."""
        pending = boundary.suspension.pending
        self._changed.clear()

        def follow() -> None:
            if not pending():
                self._changed.set()

        following = self.rendering.owner.run(render_effect, follow)
        try:
            await self._changed.wait()
        finally:
            following.dispose()
        self.rendering.check()
