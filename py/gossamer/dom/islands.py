"""Islands in a page: each is hydrated when its time has come."""

from gossamer.dom.bridge import verbs
from gossamer.dom.events import Handler, answer_events, drop_events, take_events
from gossamer.dom.handles import give_back, take
from gossamer.dom.hydration import hydrate
from gossamer.dom.mount import Mounted, begin, mount
from gossamer.dom.warnings import warn
from gossamer.view.component import Component
from gossamer.view.island import SLOT, island_named
from gossamer.view.wire import from_wire


class Islands:
    """The islands of a page that are awake.

    >>> from gossamer import hydrate_islands
    >>> islands = hydrate_islands()
    >>> islands.unmount()
    """

    __slots__ = ("_number", "_shown")

    def __init__(self, view: object = None, target: object = None) -> None:
        self._number = take_events()
        self._shown: list[Mounted] = []
        answer_events(self._number, Handler(self._wake, frozenset(), None))
        has_islands = verbs.on_island(self._number)
        if view is not None and not has_islands:
            self._shown.append(mount(view, target))
        self._wake()

    def _wake(self) -> None:
        """Hydrate all that have been called and stand in no other that sleeps."""
        while True:
            handle = take(1)
            told = verbs.take_island(handle)
            if not told:
                give_back(handle, 1)
                return
            element = verbs.element(handle)
            give_back(handle, 1)
            name, props = told.split("\x1f")
            self._show(name, props, element)

    def _show(self, name: str, props: str, element: object) -> None:
        component = island_named(name)
        if component is None:
            warn(
                f"The page has an island {name}, and this program has none.\n"
                "Why: server and page run different programs, or its module is not imported.\n"
                "Fix: import it before hydrate_islands()."
            )
        else:
            self._shown.append(hydrate(component(**_given(component, props)), element))

    def unmount(self) -> None:
        """Take out what the islands show; none wakes up any more."""
        drop_events(self._number)
        for shown in self._shown:
            shown.unmount()
        self._shown.clear()


def hydrate_islands(view: object = None, target: object = None) -> Islands:
    """Hydrate the islands of the page whose time has come, and the others when it does.

    It stands at the end of the program that has the islands in it, in place of `mount`.

    >>> from gossamer import hydrate_islands
    >>> islands = hydrate_islands()

    Args:
        view: what a build writes into the page, islands and all. A page without any, as it is
            in development, shows all of the view by `mount`.
        target: the element that it is written into, as for `mount`.
    """
    begin()
    return Islands(view, target)


def _given(component: Component[...], props: str) -> dict[str, object]:
    given: dict[str, object] = from_wire(props)
    if "children" in component.names:
        given["children"] = SLOT
    return given
