"""What stands in a visitor's way while something is unsaved."""

from collections.abc import Callable

from gossamer.reactive import Signal, batch, effect, expect_context, on_cleanup
from gossamer.reactive.arity import count_required
from gossamer.router.layers import NAVIGATOR
from gossamer.router.visits import Visit


class Blocker:
    """Stands in a visitor's way as long as something is unsaved; `use_blocker` gives one.

    >>> Blocker().visit() is None
    True
    """

    __slots__ = ("_proceed", "_stopped")

    def __init__(self) -> None:
        self._stopped: Signal[Visit | None] = Signal(None)
        self._proceed: Callable[[], None] | None = None

    def visit(self) -> Visit | None:
        """Where the visitor was about to go, tracked; None when nobody was stopped."""
        return self._stopped()

    def stop(self, visit: Visit, proceed: Callable[[], None]) -> None:
        """Remember who was stopped; the router calls this."""
        self._proceed = proceed
        self._stopped.set(visit)

    def proceed(self) -> None:
        """Go where the visitor was about to go."""
        proceed, self._proceed = self._proceed, None
        with batch():
            self._stopped.set(None)
            if proceed is not None:
                proceed()

    def stay(self) -> None:
        """Stay here."""
        self._proceed = None
        self._stopped.set(None)


def use_blocker(condition: Callable[..., object]) -> Blocker:
    """Stop the visitor from leaving while a condition holds: links, forms, back and forward.

    The condition may take the `Visit`. While it holds, the browser asks before the page itself is
    left. It ends with the component that asked for it.

    >>> from gossamer import Signal, component, mount
    >>> from gossamer.router import Route, Router, Routes, use_blocker
    >>> is_dirty = Signal(True)
    >>> @component
    ... def Editor():
    ...     blocker = use_blocker(is_dirty)
    ...     question = lambda: "Sure?" if blocker.visit() else ""
    ...     return t"<button on:click={blocker.proceed}>{question}</button>"
    >>> shown = mount(Router(Routes([Route("/", Editor), Route("/about", "Us")])))
    >>> page.visit_address("/about")
    >>> page.body.text(), page.history.address
    ('Sure?', '/')
    >>> event = page.fire(page.elements()[0], "click")
    >>> page.body.text()
    'Us'
    """
    navigator = expect_context(NAVIGATOR)
    blocker = Blocker()
    takes_visit = count_required(condition) > 0

    def block(visit: Visit, proceed: Callable[[], None]) -> bool:
        if not (condition(visit) if takes_visit else condition()):
            return False
        blocker.stop(visit, proceed)
        return True

    def leave() -> None:
        navigator.blockers.remove(block)
        navigator.hold(block, on=False)

    navigator.blockers.append(block)
    on_cleanup(leave)
    if not takes_visit:
        effect(lambda: navigator.hold(block, on=bool(condition())))
    return blocker
