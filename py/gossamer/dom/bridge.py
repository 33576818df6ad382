"""The one file that names JavaScript: the DOM verbs, and the way back for events."""

import sys
from collections.abc import Callable
from typing import Any

from gossamer.errors import HostError
from gossamer.reactive import flush, set_scheduler

type Dispatch = Callable[[int], None]


class Verbs:
    """The verbs, each kept as a bound function: looking one up on JavaScript is a crossing.

    Nodes are numbers here; the other side holds the nodes.
    """

    __slots__ = (
        "adopt",
        "announce",
        "append",
        "attribute",
        "choose",
        "chosen",
        "classes",
        "clone",
        "content",
        "control_kind",
        "control_value",
        "define",
        "element",
        "event_now",
        "find",
        "inner_html",
        "insert",
        "listen",
        "move",
        "no_attribute",
        "no_root",
        "on_event",
        "on_flush",
        "property",
        "release",
        "remove",
        "report",
        "root",
        "rows",
        "schedule",
        "shadow",
        "show_value",
        "sibling",
        "style",
        "text",
        "text_node",
        "warn",
    )

    adopt: Callable[[int, object], None]
    announce: Callable[[], None]
    append: Callable[[int, int, int], None]
    attribute: Callable[[int, str, str], None]
    choose: Callable[[int, str | None], None]
    chosen: Callable[[int], str | None]
    classes: Callable[[int, str, str], None]
    clone: Callable[[int, int, int, str | None], None]
    content: Callable[[int, str], None]
    control_kind: Callable[[int], str]
    control_value: Callable[[int], str]
    define: Callable[[int, str, str, str, str], None]
    element: Callable[[int], object]
    event_now: Callable[[], Any]
    find: Callable[[int, str], bool]
    inner_html: Callable[[int, str], None]
    insert: Callable[[int, int, int], None]
    listen: Callable[[int, str, int, int], None]
    move: Callable[[int, int, int], None]
    no_attribute: Callable[[int, str], None]
    no_root: Callable[[int], None]
    on_event: Callable[[object], None]
    on_flush: Callable[[object], None]
    property: Callable[[int, str, object], None]
    release: Callable[[int, int], None]
    remove: Callable[[int, int], None]
    report: Callable[[str], None]
    root: Callable[[int], None]
    rows: Callable[[int, int, int, str | None, int, int, int, str | None], None]
    schedule: Callable[[], None]
    shadow: Callable[[int, int], None]
    show_value: Callable[[int, str], None]
    sibling: Callable[[int, int, int], None]
    style: Callable[[int, str, str], None]
    text: Callable[[int, str], None]
    text_node: Callable[[int, int, str], None]
    warn: Callable[[str], None]


verbs = Verbs()


def install(source: object, dispatch: object, flush: object) -> None:
    """Take the verbs from a source and hand it the two functions that the page calls."""
    for name in Verbs.__slots__:
        setattr(verbs, name, getattr(source, name))
    verbs.on_event(dispatch)
    verbs.on_flush(flush)


def is_installed() -> bool:
    """Whether verbs have been taken from somewhere."""
    return hasattr(verbs, "on_event")


def connect(dispatch: Dispatch) -> None:
    """Connect to the page, once: one proxy for its events, one for its microtasks."""
    if is_installed():
        return
    if sys.platform != "emscripten":
        raise HostError(
            "There is no browser here.",
            why="mount() draws into a web page, and this Python runs outside of one.",
            fix="Use gossamer.testing to render in a test, or a server's render functions.",
        )
    import _gossamer  # noqa: PLC0415 - it is there in a browser only
    from pyodide.ffi import create_proxy  # noqa: PLC0415 - likewise

    install(_gossamer, create_proxy(dispatch), create_proxy(flush))
    set_scheduler(lambda _flush: verbs.schedule())


def script_target() -> str | None:
    """Where the running script's `target` attribute points, if it has one."""
    page = sys.modules.get("gossamer_page")
    return page.current_target() if page is not None else None
