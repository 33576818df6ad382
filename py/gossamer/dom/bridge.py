"""The one file that names JavaScript: the DOM verbs, and the way back for events."""

import os
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, Final

from gossamer.errors import HostError
from gossamer.reactive import flush, follow_loop, set_scheduler

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
        "attribute_now",
        "bind",
        "bring",
        "callback",
        "choose",
        "chosen",
        "classes",
        "clone",
        "commit",
        "content",
        "control_value",
        "data",
        "define",
        "define_element",
        "depart",
        "dress",
        "drop",
        "element",
        "emit",
        "enter_head",
        "entitle",
        "event_now",
        "exchange",
        "files",
        "find",
        "form_abort",
        "form_busy",
        "form_entries",
        "form_focus",
        "form_native",
        "form_reset",
        "form_send",
        "form_value",
        "glide",
        "handed",
        "hold",
        "hurry",
        "hydrate",
        "inner_html",
        "insert",
        "is_built",
        "is_on",
        "is_touched",
        "leave",
        "line",
        "linger",
        "listen",
        "lodge",
        "make",
        "measure",
        "module",
        "move",
        "no_attribute",
        "no_root",
        "on_call",
        "on_event",
        "on_flush",
        "on_island",
        "on_tidy",
        "open",
        "park",
        "property",
        "release",
        "remove",
        "replay",
        "report",
        "root",
        "route",
        "rows",
        "schedule",
        "shadow",
        "show_value",
        "sibling",
        "stay",
        "style",
        "take_island",
        "text",
        "text_node",
        "tidy_later",
        "travel",
        "unpark",
        "unroute",
        "visit",
        "warn",
    )

    adopt: Callable[[int, object], None]
    announce: Callable[[int], None]
    append: Callable[[int, int, int], None]
    attribute: Callable[[int, str, str], None]
    attribute_now: Callable[[int, str], str | None]
    bind: Callable[[int, str, int], str]
    bring: Callable[[str], Awaitable[str]]
    callback: Callable[[int], object]
    choose: Callable[[int, str | None], None]
    chosen: Callable[[int], str | None]
    classes: Callable[[int, str, str], None]
    clone: Callable[[int, int, int, str | None], None]
    commit: Callable[[int], None]
    content: Callable[[int, str], None]
    control_value: Callable[[int], str | None]
    data: Callable[[str], Awaitable[str | None] | str | None]
    define: Callable[[int, str, str, str, str], None]
    depart: Callable[[str], None]
    dress: Callable[[int, int, str, str], None]
    define_element: Callable[[int, str, str, str, bool, str, str], bool]
    drop: Callable[[int], None]
    element: Callable[[int], object]
    emit: Callable[[int, str, object, bool, bool], bool]
    enter_head: Callable[[int], None]
    entitle: Callable[[str | None], None]
    event_now: Callable[[], Any]
    exchange: Callable[[str, str, object, object, object], Any]
    files: Callable[[int], Iterable[object]]
    find: Callable[[int, str], bool]
    form_abort: Callable[[object], None]
    form_busy: Callable[[object, object, bool], None]
    form_entries: Callable[[object, object], Iterable[Any]]
    form_focus: Callable[[object], None]
    form_native: Callable[[object, object], None]
    form_reset: Callable[[object], None]
    form_send: Callable[[object, object, object], Awaitable[Iterable[Any]]]
    glide: Callable[[int, float], None]
    handed: Callable[[], str | None]
    hold: Callable[[bool], None]
    hurry: Callable[[int], None]
    hydrate: Callable[[int, int, str, str, str, str, bool], str | None]
    form_value: Callable[[int, str | None], None]
    inner_html: Callable[[int, str], None]
    insert: Callable[[int, int, int], None]
    is_built: Callable[[int], bool]
    is_on: Callable[[int], bool]
    is_touched: Callable[[int], bool]
    leave: Callable[[int, int, int, str, float], None]
    line: Callable[[str, str], Any]
    linger: Callable[[int, int, str, str, float | None, int], None]
    listen: Callable[[int, str, int, int], None]
    make: Callable[[int, str], None]
    measure: Callable[[int], None]
    lodge: Callable[[int, object, bool], None]
    module: Callable[[str], Any]
    move: Callable[[int, int, int], None]
    no_attribute: Callable[[int, str], None]
    no_root: Callable[[int], None]
    on_call: Callable[[object], None]
    on_event: Callable[[object], None]
    on_flush: Callable[[object], None]
    on_island: Callable[[int], bool]
    on_tidy: Callable[[object], None]
    open: Callable[[int, bool, bool], None]
    park: Callable[[int, int], None]
    property: Callable[[int, str, object], None]
    release: Callable[[int, int], None]
    remove: Callable[[int, int], None]
    replay: Callable[[int], None]
    report: Callable[[str], None]
    root: Callable[[int], None]
    route: Callable[[str, bool, bool], str]
    rows: Callable[[int, int, int, str | None, int, int, int, str | None], None]
    schedule: Callable[[], None]
    shadow: Callable[[int, int], None]
    show_value: Callable[[int, str], None]
    sibling: Callable[[int, int, int], None]
    stay: Callable[[int], None]
    style: Callable[[int, int, str, str], None]
    take_island: Callable[[int], str | None]
    text: Callable[[int, str], None]
    text_node: Callable[[int, int, str], None]
    tidy_later: Callable[[], None]
    travel: Callable[[int], None]
    unpark: Callable[[int, int, int], None]
    unroute: Callable[[], None]
    visit: Callable[[int, str, int, str], None]
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
    import asyncio  # noqa: PLC0415 - dear where no loop runs

    from js import Object  # noqa: PLC0415 - it is there in a browser only
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

    install(_verbs_of_page(), *map(create_proxy, (dispatch, flush, tidy, answer)))
    set_scheduler(lambda _flush: verbs.schedule())
    follow_loop(asyncio.get_event_loop())
    _convert = convert
    _foreign = JsProxy


def _verbs_of_page() -> object:
    """The verbs as the loader brings them, else those of the wheel: for a page of PyScript's."""
    try:
        import _gossamer  # noqa: PLC0415 - it is there in a browser only
    except ModuleNotFoundError:
        import js  # noqa: PLC0415 - likewise

        script = js.document.createElement("script")
        script.textContent = Path(__file__).with_name("verbs.js").read_text(encoding="utf-8")
        js.document.head.append(script)  # which runs it at once
        script.remove()
        return js._gossamer  # noqa: SLF001 - it is ours
    return _gossamer


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
    """Where the running script's `target` attribute points; PyScript gives one to each script."""
    pyscript = sys.modules.get("pyscript")
    if pyscript is not None:
        return f'[id="{pyscript.current_target()}"]'
    page = sys.modules.get("gossamer_page")
    return page.current_target() if page is not None else None


async def install_wheels(urls: tuple[str, ...]) -> None:
    """Install wheels that stand beside the page.

    Raises:
        HostError: the page's loader cannot install any.
    """
    page = sys.modules.get("gossamer_page")
    if page is None:
        raise HostError(
            f"Nothing here can install {', '.join(urls)}.",
            why="The loader of a page installs wheels, and another one started this Python.",
            fix="Name the wheels among the packages that are there from the start.",
        )
    from js import URL, document  # noqa: PLC0415 - it is there in a browser only
    from pyodide.ffi import to_js  # noqa: PLC0415 - likewise

    whole = [URL.new(url, document.baseURI).href for url in urls]
    await page.install(to_js(whole), to_js([]))


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
