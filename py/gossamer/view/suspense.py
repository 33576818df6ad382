"""Boundaries that wait for resources: Suspense and Transition."""

from typing import Any

from gossamer.reactive import Signal, after, as_setter, batch, effect, untrack
from gossamer.reactive.suspensions import Suspension
from gossamer.reactive.tasks import now
from gossamer.view.component import component
from gossamer.view.control import Provider
from gossamer.view.kinds import SuspenseView


@component
def Suspense(
    children: object = None,
    fallback: object = None,
    delay: float = 0,
    min_duration: float = 0,
) -> object:
    """Show the fallback while a resource that the children read has not come.

    The children are built once; while the fallback is shown they live on out of the page.
    What comes within `delay` seconds shows no fallback at all; once it is shown, it stays for
    `min_duration` seconds, so that nothing flickers.

    >>> import asyncio
    >>> from gossamer import Suspense, mount, resource
    >>> async def main():
    ...     name = resource(lambda: asyncio.sleep(0, "Ada"))
    ...     shown = mount(t"<{Suspense} fallback='Who?'><p>Welcome, {name}</p></{Suspense}>")
    ...     print(page.body.inner_html())
    ...     await name
    ...     print(page.body.inner_html())
    >>> asyncio.run(main())
    Who?
    <p>Welcome, Ada</p>
    """
    return _boundary(children, fallback, delay, min_duration)


@component
def Transition(
    children: object = None,
    fallback: object = None,
    is_pending: Any = None,
    delay: float = 0,
    min_duration: float = 0,
) -> object:
    """Show the fallback for the first load only; later ones leave the children as they are.

    `is_pending` is a signal, or a function, that is told whether a resource has not come.

    >>> import asyncio
    >>> from gossamer import Signal, Transition, mount, resource
    >>> async def main():
    ...     number, is_busy = Signal(1), Signal(False)
    ...     square = resource(lambda n: asyncio.sleep(0, n * n), number)
    ...     is_pending = t"<{Transition} fallback='…' is_pending={is_busy}>{square}</{Transition}>"
    ...     shown = mount(is_pending)
    ...     await square
    ...     number.set(5)
    ...     await asyncio.sleep(0)
    ...     print(page.body.text(), is_busy())
    ...     await square
    ...     await asyncio.sleep(0)
    ...     print(page.body.text(), is_busy())
    >>> asyncio.run(main())
    1 True
    25 False
    """
    return _boundary(children, fallback, delay, min_duration, is_pending, keeps=True)


def _boundary(
    children: object,
    fallback: object,
    delay: float,
    min_duration: float,
    told: Any = None,
    *,
    keeps: bool = False,
) -> SuspenseView:
    suspension = Suspension()
    shown = Shown(delay, min_duration, keeps=keeps)
    pending = suspension.pending
    effect(lambda: shown.follow(is_pending=pending()))
    if told is not None:
        tell = as_setter(told)
        effect(lambda: tell(pending()))
    provided = Provider(suspension, children, Suspension)

    def settle() -> None:
        if untrack(pending):
            shown.show_fallback()

    return SuspenseView(suspension, provided, fallback, shown.children, shown.fallback, settle)


class Shown:
    """What a boundary shows while a resource is pending, and after.

    pending since          delay            min_duration
    ├─ as before ──────────┼─ fallback ─────┼─ children, as soon as it is over
       (nothing, if the children have never been shown)
    """

    __slots__ = (
        "_delay",
        "_has_settled",
        "_keeps",
        "_min_duration",
        "_until",
        "children",
        "fallback",
    )

    def __init__(self, delay: float, min_duration: float, *, keeps: bool) -> None:
        self._delay = delay
        self._min_duration = min_duration
        self._keeps = keeps
        self._has_settled = False
        self._until = 0.0
        self.children = Signal(True)  # noqa: FBT003 - a value
        self.fallback = Signal(False)  # noqa: FBT003 - likewise

    def follow(self, *, is_pending: bool) -> None:
        """Act on a change; a timer of the last one is stopped, since it belonged to that run."""
        if not is_pending:
            self._has_settled = True
            rest = self._until - now() if self._until else 0
            if rest > 0:
                after(rest, self.show_children)
            else:
                self.show_children()
        elif self.fallback.peek() or (self._keeps and self._has_settled):
            pass
        elif self._delay:
            self.children.set(self._has_settled)
            after(self._delay, self.show_fallback)
        else:
            self.show_fallback()

    def show_fallback(self) -> None:
        """Show the fallback in place of the children."""
        if self._min_duration:
            self._until = now() + self._min_duration
        with batch():
            self.children.set(False)
            self.fallback.set(True)

    def show_children(self) -> None:
        """Show the children in place of the fallback."""
        self._until = 0
        with batch():
            self.fallback.set(False)
            self.children.set(True)
