"""The one file that names JavaScript: the DOM verbs, and the way back for events."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from gossamer.errors import HostError
from gossamer.reactive import flush, set_scheduler

type Dispatch = Callable[[int], None]
type Answer = Callable[[int, int, str, Any], object]
type Convert = Callable[[object, Callable[[object], object]], object]


class Verbs:
    """The verbs, each kept as a bound function: looking one up on JavaScript is a crossing.

    Nodes are numbers here; the other side holds the nodes.
    """

    __slots__ = (
        "adopt",
        "announce",
        "append",
        "attribute",
        "bind",
        "callback",
        "choose",
        "chosen",
        "classes",
        "clone",
        "content",
        "control_value",
        "define",
        "define_element",
        "dress",
        "element",
        "emit",
        "event_now",
        "files",
        "find",
        "form_value",
        "glide",
        "hurry",
        "inner_html",
        "insert",
        "is_on",
        "leave",
        "linger",
        "listen",
        "lodge",
        "measure",
        "move",
        "no_attribute",
        "no_root",
        "on_call",
        "on_event",
        "on_flush",
        "on_tidy",
        "open",
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
        "stay",
        "style",
        "text",
        "text_node",
        "tidy_later",
        "warn",
    )

    adopt: Callable[[int, object], None]
    announce: Callable[[], None]
    append: Callable[[int, int, int], None]
    attribute: Callable[[int, str, str], None]
    bind: Callable[[int, str, int], str]
    callback: Callable[[int], object]
    choose: Callable[[int, str | None], None]
    chosen: Callable[[int], str | None]
    classes: Callable[[int, str, str], None]
    clone: Callable[[int, int, int, str | None], None]
    content: Callable[[int, str], None]
    control_value: Callable[[int], str | None]
    define: Callable[[int, str, str, str, str], None]
    dress: Callable[[int, int, str, str], None]
    define_element: Callable[[int, str, str, str, bool, str, str], bool]
    element: Callable[[int], object]
    emit: Callable[[int, str, object, bool, bool], bool]
    event_now: Callable[[], Any]
    files: Callable[[int], Iterable[object]]
    find: Callable[[int, str], bool]
    glide: Callable[[int, float], None]
    hurry: Callable[[int], None]
    form_value: Callable[[int, str | None], None]
    inner_html: Callable[[int, str], None]
    insert: Callable[[int, int, int], None]
    is_on: Callable[[int], bool]
    leave: Callable[[int, int, int, str, float], None]
    linger: Callable[[int, int, str, str, float | None, int], None]
    listen: Callable[[int, str, int, int], None]
    measure: Callable[[int], None]
    lodge: Callable[[int, object, bool], None]
    move: Callable[[int, int, int], None]
    no_attribute: Callable[[int, str], None]
    no_root: Callable[[int], None]
    on_call: Callable[[object], None]
    on_event: Callable[[object], None]
    on_flush: Callable[[object], None]
    on_tidy: Callable[[object], None]
    open: Callable[[int, bool, bool], None]
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
    stay: Callable[[int], None]
    style: Callable[[int, int, str, str], None]
    text: Callable[[int, str], None]
    text_node: Callable[[int, int, str], None]
    tidy_later: Callable[[], None]
    warn: Callable[[str], None]


verbs = Verbs()

RUNTIME: Final = ("/lib/python3", "/lib/gossamer.zip")
"""Where the files of the runtime are, which a worker has of its own; in it, what was installed."""
INSTALLED: Final = "site-packages"


_convert: Convert | None = None
_foreign: type | tuple[()] = ()


def install(source: object, dispatch: object, flush: object, tidy: object, answer: object) -> None:
    """Take the verbs from a source and hand it the functions that the page calls."""
    for name in Verbs.__slots__:
        setattr(verbs, name, getattr(source, name))
    verbs.on_event(dispatch)
    verbs.on_flush(flush)
    verbs.on_tidy(tidy)
    verbs.on_call(answer)


def is_installed() -> bool:
    """Whether verbs have been taken from somewhere."""
    return hasattr(verbs, "on_event")


def connect(dispatch: Dispatch, tidy: Callable[[], None], answer: Answer) -> None:
    """Connect to the page, once: a proxy each for its events, microtasks, spare time and calls."""
    global _convert, _foreign
    if is_installed():
        return
    if sys.platform != "emscripten":
        raise HostError(
            "There is no browser here.",
            why="mount() draws into a web page, and this Python runs outside of one.",
            fix="Use gossamer.testing to render in a test, or a server's render functions.",
        )
    import _gossamer  # noqa: PLC0415 - it is there in a browser only
    from js import Object  # noqa: PLC0415 - likewise
    from pyodide.ffi import (  # noqa: PLC0415 - likewise
        ConversionError,
        JsProxy,
        create_proxy,
        to_js,
    )

    as_object = Object.fromEntries

    def convert(value: object, other: Callable[[object], object]) -> object:
        try:
            return to_js(
                value,
                dict_converter=as_object,
                default_converter=lambda each, _convert, _keep: other(each),
                create_pyproxies=False,
            )
        except ConversionError as error:
            raise TypeError(*error.args) from error

    install(_gossamer, *map(create_proxy, (dispatch, flush, tidy, answer)))
    set_scheduler(lambda _flush: verbs.schedule())
    _convert = convert
    _foreign = JsProxy


def to_page(value: object, other: Callable[[object], object]) -> object:
    """A value as the page's own: lists and dicts become its arrays and objects, whole.

    `other` is asked for what has no counterpart there. A page in plain Python takes all as it is.

    Raises:
        TypeError: something in it cannot be converted.
    """
    return value if _convert is None else _convert(value, other)


def is_foreign(value: object) -> bool:
    """Whether a value is the page's own already."""
    return isinstance(value, _foreign)


def script_target() -> str | None:
    """Where the running script's `target` attribute points, if it has one."""
    page = sys.modules.get("gossamer_page")
    return page.current_target() if page is not None else None


class Hired:
    """A worker of the page."""

    __slots__ = ("_hired", "_tell")

    def __init__(self, tell: Callable[[bytes | str], object]) -> None:
        import _gossamer  # noqa: PLC0415 - it is there in a browser only
        from pyodide.ffi import create_proxy, to_js  # noqa: PLC0415 - likewise

        def hear(said: Any) -> None:
            tell(said if isinstance(said, str) else said.to_bytes())

        self._tell: Any = create_proxy(hear)
        own = [path or str(Path.cwd()) for path in sys.path]
        files = [path for path in own if not path.startswith(RUNTIME) or INSTALLED in path]
        self._hired = _gossamer.hire(to_js(files), to_js(sys.path), self._tell)

    def send(self, content: bytes) -> None:
        """Send it a message."""
        from pyodide.ffi import to_js  # noqa: PLC0415 - it is there in a browser only

        self._hired.send(to_js(content))

    def end(self) -> None:
        """End it at once, whatever it does."""
        if self._tell is not None:
            self._hired.end()
            self._tell.destroy()
            self._tell = None


def hire(tell: Callable[[bytes | str], object]) -> Hired:
    """Start a worker with the page's files; it tells bytes, and in a text how it has ended."""
    return Hired(tell)


def processors() -> int:
    """How many processors there are to share."""
    if sys.platform == "emscripten":
        from js import navigator  # noqa: PLC0415 - it is there in a browser only

        return int(navigator.hardwareConcurrency)
    return os.process_cpu_count() or 1
