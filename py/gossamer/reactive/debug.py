"""Warnings for the developer of an app; they cost nothing when off.

`GOSSAMER_DEBUG` in the environment turns them on when the package is imported, `set_debug(on=True)`
at any time. Nothing is tested on the hot paths: debug mode exchanges the methods that read.
"""

import sys
import warnings
from typing import TYPE_CHECKING, Any

from gossamer.reactive.reports import path_of
from gossamer.reactive.scope import DISPOSED, scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from gossamer.reactive.owners import Owner

type Switch = Callable[[bool], object]

_plain: dict[tuple[type, str], Any] = {}
_told: set[tuple[str, int, str]] = set()
_switches: list[Switch] = []


class ReactiveWarning(UserWarning):
    """A read or a write that is probably a mistake.

    >>> import warnings
    >>> from gossamer.reactive import ReactiveWarning
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore", ReactiveWarning)  # "error" stops at each
    """


def is_debug() -> bool:
    """Say whether debug mode is on."""
    return bool(_plain)


def warn(message: str, frame: FrameType | None = None) -> None:
    """Warn in debug mode, once, at the line of the user's that is running."""
    frame = frame or user_frame()
    if not _plain or frame is None:
        return
    file, line = frame.f_code.co_filename, frame.f_lineno
    if (file, line, message) not in _told:
        _told.add((file, line, message))
        path = path_of(_owner())
        text = f"{message} In: {path}." if path else message
        warnings.warn_explicit(text, ReactiveWarning, file, line)


def user_frame() -> FrameType | None:
    """Give the innermost frame outside this package."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the documented way to a frame
    while frame is not None and is_ours(frame):
        frame = frame.f_back
    return frame


def is_ours(frame: FrameType) -> bool:
    """Say whether a frame belongs to this package."""
    name: str = frame.f_globals.get("__name__", "")
    return name.startswith("gossamer.")


def set_debug(*, on: bool) -> None:
    """Turn debug mode on or off: where signals were made, and reads that nothing follows.

    On a server it tells of signals that all visitors share, when a page writes one.
    Each warning is given once for a line. `GOSSAMER_DEBUG` in the environment turns it on from the
    start, in a page `data-debug` on the tag of the loader.

    >>> import warnings
    >>> from gossamer.reactive import set_debug, signal
    >>> set_debug(on=True)
    >>> count, set_count = signal(3, name="count")
    >>> with warnings.catch_warnings(record=True) as told:
    ...     warnings.simplefilter("always")
    ...     frozen = f"The count is {count()}"
    >>> str(told[0].message).partition(",")[0]
    'count is read where nothing follows it'
    >>> set_debug(on=False)
    """
    from gossamer.reactive.faces import Store  # noqa: PLC0415 - they use this module
    from gossamer.reactive.memos import Memo  # noqa: PLC0415
    from gossamer.reactive.signals import ReadSignal, Signal, WriteSignal  # noqa: PLC0415

    if on and not _plain:
        exchanged: tuple[tuple[type, str, Callable[[Any], Any]], ...] = (
            (ReadSignal, "__init__", _make_placed),
            (ReadSignal, "__call__", _make_watched),
            (Memo, "__init__", _make_placed),
            (Memo, "__call__", _make_watched),
            (Store, "__call__", _make_watched),
            (Signal, "set", _make_guarded),
            (Signal, "update", _make_guarded),
            (WriteSignal, "__call__", _make_guarded),
            (WriteSignal, "set", _make_guarded),
            (WriteSignal, "update", _make_guarded),
        )
        for kind, name, make in exchanged:
            plain = _plain[kind, name] = getattr(kind, name)
            setattr(kind, name, make(plain))
    elif _plain and not on:
        for (kind, name), plain in _plain.items():
            setattr(kind, name, plain)
        _plain.clear()
        _told.clear()
    else:
        return
    for switch in _switches:
        switch(on)


def follow_debug(switch: Switch) -> None:
    """Let a renderer turn warnings of its own on and off: `switch(on)`."""
    _switches.append(switch)
    if _plain:
        switch(True)  # noqa: FBT003 - as the switch says


def _make_placed(init: Any) -> Any:
    """Make an `__init__` that names what is made after the place where it is made."""

    def placed(self: Any, *args: Any, name: str = "", **options: Any) -> None:
        init(self, *args, name=name, **options)
        frame = user_frame()
        named = getattr(getattr(self, "fn", None), "__name__", "<lambda>")
        if not name and named == "<lambda>" and frame is not None:
            kind = type(self).__name__.removeprefix("Read").lower()
            self.name = f"{kind} at {frame.f_code.co_filename}:{frame.f_lineno}"
        if _owner() is None:
            self.name = SharedName(self.name)

    return placed


class SharedName(str):
    """The name of what was made where there is no owner, as at the top of a module."""

    __slots__ = ()


def _owner() -> Owner | None:
    from gossamer.reactive.owners import current_owner  # noqa: PLC0415 - it uses this module

    return current_owner()


def _make_guarded(write: Any) -> Any:
    """Make a way to write that warns where other visitors of a server would see it."""

    def guarded(self: Any, value: Any) -> None:
        source = getattr(self, "source", self)
        owner = _owner()
        if owner is not None and owner.still and type(source.name) is SharedName:
            warn(
                f"{source.label} is written by a page on a server, and was made outside of all "
                "components: every visitor sees it. Make it in a component, or provide it as "
                "a context."
            )
        write(self, value)

    return guarded


def _make_watched(read: Any) -> Any:
    """Make a `__call__` that warns where the read cannot be followed."""

    def watched(self: Any) -> Any:
        source = getattr(self, "__field__", self)  # of a store its field
        if source.state == DISPOSED:
            warn(f"{source.label} was read after it was disposed of: the last value is given.")
        elif scope.observer is None:
            _warn_of_frozen(source.label)
        return read(self)

    return watched


def _warn_of_frozen(label: str) -> None:
    """Warn of a read that nothing follows, by the hole of a template if it stands in one."""
    frame, hole = _hole_around()
    if not hole:
        warn(
            f"{label} is read where nothing follows it, so a change will not be seen. "
            "Read it inside a memo, an effect or a hole of a view; "
            "or use .peek() if the value of this moment is what you want."
        )
        return
    name = hole.removesuffix("()")
    live = name if name.isidentifier() else f"(lambda: {hole})"
    warn(
        f"{{{hole}}} is frozen: it is the value that {label} had when the line "
        f"ran, so a change will not be seen. Write {{{live}}}, which is read again; "
        "or use .peek() if the value of this moment is what you want.",
        frame,
    )


def _hole_around() -> tuple[FrameType | None, str]:
    """The nearest frame of the user's that fills a hole of a t-string, and what stands there."""
    frame = user_frame()
    while frame is not None and not is_ours(frame):
        hole = _hole_of(frame)
        if hole:
            return frame, hole
        frame = frame.f_back
    return None, ""


def _hole_of(frame: FrameType) -> str:
    """The expression in braces that a frame is computing; "" when it is no hole's."""
    from dis import get_instructions  # noqa: PLC0415 - in debug mode only

    here: tuple[int, int] | None = None
    texts: dict[object, str] = {}  # by their place: that of a hole's text is the hole's own
    for instruction in get_instructions(frame.f_code):
        where: Any = instruction.positions
        if instruction.offset == frame.f_lasti:
            here = (where.lineno, where.col_offset)
        elif here is not None and instruction.opname == "LOAD_CONST":
            texts[where] = instruction.argval
        elif here is not None and instruction.opname == "BUILD_INTERPOLATION":
            start, end = (where.lineno, where.col_offset), (where.end_lineno, where.end_col_offset)
            if start < here < end:
                return texts[where]
    return ""
