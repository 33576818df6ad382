"""Islands in a page: each is hydrated when its time has come."""

from gossamer.dom.bridge import verbs
from gossamer.dom.events import Handler, answer_events, take_events
from gossamer.dom.handles import give_back, take
from gossamer.dom.hydration import hydrate
from gossamer.dom.mount import begin
from gossamer.dom.warnings import warn
from gossamer.view.component import Component
from gossamer.view.island import SLOT, island_named
from gossamer.view.wire import from_wire


def hydrate_islands() -> None:
    """Hydrate the islands of the page whose time has come, and the others when it does.

    It stands at the end of the program that has the islands in it, in place of `mount`.

    >>> from gossamer import hydrate_islands
    >>> hydrate_islands()
    """
    begin()
    number = take_events()
    answer_events(number, Handler(wake_islands, frozenset(), None))
    verbs.on_island(number)
    wake_islands()


def wake_islands() -> None:
    """Hydrate all that have been called and stand in no other that sleeps."""
    while True:
        handle = take(1)
        told = verbs.take_island(handle)
        if not told:
            give_back(handle, 1)
            return
        name, props = told.split("\x1f")
        component = island_named(name)
        element = verbs.element(handle)
        give_back(handle, 1)
        if component is None:
            warn(
                f"The page has an island {name}, and this program has none.\n"
                "Why: server and page run different programs, or its module is not imported.\n"
                "Fix: import it before hydrate_islands()."
            )
        else:
            hydrate(component(**_given(component, props)), element)


def _given(component: Component[...], props: str) -> dict[str, object]:
    given: dict[str, object] = from_wire(props)
    if "children" in component.names:
        given["children"] = SLOT
    return given
