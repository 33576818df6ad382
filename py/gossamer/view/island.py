"""Islands: components that wake up on their own in a page that is HTML otherwise."""

from collections.abc import Callable
from typing import Any, Final

from gossamer.errors import IslandError
from gossamer.view.component import Component, component
from gossamer.view.wire import to_wire

STRATEGIES: Final = ("load", "idle", "visible", "interaction", "media", "never")
SLOT: Final = t"<gs-slot></gs-slot>"
"""What stands for children that a server has written: they are left as they are."""

_known: dict[str, Component[...]] = {}


def island[**P](
    on: str = "load", *, media: str = ""
) -> Callable[[Callable[P, object]], Component[P]]:
    """Make a function a component that wakes up on its own in a server's page.

    `on` says when: `load`, at once; `idle`, when the browser has nothing to do; `visible`, when it
    is scrolled to; `interaction`, when it is used, and that is answered then; `media`, when the
    query `media` holds; `never`. Its props are sent along, so they have to be data. Its children
    stay as the server has written them.

    >>> from gossamer import island
    >>> from gossamer.ssr import render_to_string
    >>> @island(on="visible")
    ... def Stars(count: int):
    ...     return t"<b>{count} stars</b>"
    >>> render_to_string(Stars(3), hydratable=True)[:23]
    '<gs-island name="Stars"'

    Raises:
        IslandError: `on` is none of these, or `media` and its query do not go together.
    """
    if on not in STRATEGIES:
        raise IslandError(
            f"An island cannot wake up on {on!r}.",
            why=f"It is one of {', '.join(STRATEGIES)}.",
            fix='Write one of them, such as on="visible".',
        )
    if (on == "media") is not bool(media):
        raise IslandError(
            "An island that waits for a query needs one, and no other does.",
            why='Only on="media" looks at `media`.',
            fix='Write on="media", media="(min-width: 60rem)".',
        )

    def make(function: Callable[P, object]) -> Component[P]:
        inner: Component[...] = component(function)
        name = inner.__qualname__

        def show(**props: Any) -> object:
            sent = {key: value for key, value in props.items() if key != "children"}
            if "children" in props:
                props["children"] = t"<gs-slot>{props['children']}</gs-slot>"
            query = media or None
            return (
                t"<gs-island name={name} props={_sent(name, sent)} wakes={on} media={query}>"
                t"{inner(**props)}</gs-island>"
            )

        made: Component[P] = component(function)
        made.function = show
        _known[name] = inner
        return made

    return make


def _sent(name: str, props: dict[str, Any]) -> str:
    try:
        return to_wire(props)
    except TypeError as error:
        raise IslandError(
            f"The props of the island {name} cannot be sent to a page.",
            why=f"{error}.",
            fix="Give it data, and make functions and signals of it inside.",
        ) from None


def island_named(name: str) -> Component[...] | None:
    """What a server has called so, if the page knows it."""
    return _known.get(name)
