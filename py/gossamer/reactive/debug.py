"""Warnings for the developer of an app; they cost nothing when off.

`GOSSAMER_DEBUG` in the environment turns them on when the package is imported, `set_debug(on=True)`
at any time. Nothing is tested on the hot paths: debug mode exchanges the methods that read.
"""

import sys
import warnings
from typing import TYPE_CHECKING, Any

from gossamer.reactive.scope import scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_plain: dict[tuple[type, str], Any] = {}


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


def warn(message: str) -> None:
    """Warn in debug mode, at the line of the user's that is running."""
    if _plain:
        frame = user_frame()
        if frame is not None:
            warnings.warn_explicit(
                message, ReactiveWarning, frame.f_code.co_filename, frame.f_lineno
            )


def user_frame() -> FrameType | None:
    """Give the innermost frame outside this package."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the documented way to a frame
    while frame is not None and frame.f_globals.get("__name__", "").startswith("gossamer."):
        frame = frame.f_back
    return frame


def set_debug(*, on: bool) -> None:
    """Turn debug mode on or off: where signals were made, and reads that nothing tracks.

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
    from gossamer.reactive.signals import ReadSignal  # noqa: PLC0415

    if on and not _plain:
        exchanged: tuple[tuple[type, str, Callable[[Any], Any]], ...] = (
            (ReadSignal, "__init__", _make_placed),
            (ReadSignal, "__call__", _make_watched),
            (Memo, "__init__", _make_placed),
            (Memo, "__call__", _make_watched),
            (Store, "__call__", _make_watched),
        )
        for kind, name, make in exchanged:
            plain = _plain[kind, name] = getattr(kind, name)
            setattr(kind, name, make(plain))
    elif not on:
        for (kind, name), plain in _plain.items():
            setattr(kind, name, plain)
        _plain.clear()


def _make_placed(init: Any) -> Any:
    """Make an `__init__` that names what is made after the place where it is made."""

    def placed(self: Any, *args: Any, name: str = "", **options: Any) -> None:
        frame = user_frame()
        if not name and frame is not None:
            kind = type(self).__name__.removeprefix("Read").lower()
            name = f"{kind} at {frame.f_code.co_filename}:{frame.f_lineno}"
        init(self, *args, name=name, **options)

    return placed


def _make_watched(read: Any) -> Any:
    """Make a `__call__` that warns where the read cannot be followed."""

    def watched(self: Any) -> Any:
        if scope.observer is None:
            label = getattr(self, "__field__", self).label  # of a store its field's
            warn(
                f"{label} is read where nothing follows it, so a change will not be seen. "
                "Read it inside a memo, an effect or a hole of a view; "
                "or use .peek() if the value of this moment is what you want."
            )
        return read(self)

    return watched
