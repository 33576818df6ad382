"""What the renderer warns of in debug mode; off, nothing asks for it."""

from collections.abc import Hashable
from typing import Any

from gossamer.dom.keyed import Rows
from gossamer.dom.rows import Row
from gossamer.dom.warnings import warn_once
from gossamer.reactive.scope import scope
from gossamer.values import is_equal, shown
from gossamer.view.component import ComponentView

type Parts = dict[Hashable, object]
type Seen = tuple[object, Parts]
"""An item, and what it held when its list was shown last."""

_plain: dict[tuple[type, str], Any] = {}


def switch(on: bool) -> None:  # noqa: FBT001 - as `follow_debug` calls it
    """Exchange what runs components and rows, or put it back."""
    if on:
        makes: tuple[tuple[type, str, Any], ...] = (
            (ComponentView, "run", _make_unfollowed),
            (Rows, "_show_row", _make_unfollowed),
            (Rows, "_follow", _make_compared),
        )
        for kind, name, make in makes:
            plain = _plain[kind, name] = getattr(kind, name)
            setattr(kind, name, make(plain))
    else:
        for (kind, name), plain in _plain.items():
            setattr(kind, name, plain)
        _plain.clear()


def _make_unfollowed(run: Any) -> Any:
    """Make what runs a component or row function once say so: its reads are followed by nothing."""

    def unfollowed(*args: Any) -> Any:
        observer = scope.observer
        scope.observer = None
        try:
            return run(*args)
        finally:
            scope.observer = observer

    return unfollowed


def _make_compared(follow: Any) -> Any:
    """Make what changes a list look for items that have changed where no row can see it."""

    def compared(self: Rows, items: list[object]) -> None:
        known: dict[Row, Seen] = getattr(self, "seen", {})
        follow(self, items)
        for row, item in zip(self.rows, items, strict=True):
            if row in known:
                _compare(row, known[row], item)
        self.seen = {
            row: (item, parts_of(item)) for row, item in zip(self.rows, items, strict=True)
        }

    return compared


def _compare(row: Row, seen: Seen, item: object) -> None:
    """Warn of a kept row whose item is, or equals, the one before, and yet holds something else."""
    old, parts = seen
    if old is not item and not is_equal(old, item):
        return  # the row function has run again
    changed = [
        shown(name)
        for name, value in parts_of(item).items()
        if value is not parts.get(name) and not is_equal(value, parts.get(name))
    ]
    if changed:
        warn_once(
            f"For kept the row of key {shown(row.key)}, and {', '.join(changed)} of its item "
            "has changed.\n"
            "Why: an item that is the same object, or equal, does not run the row function again.\n"
            "Fix: put a new object in its place, or keep in a signal what changes."
        )


def parts_of(item: object) -> Parts:
    """What an item holds at this moment."""
    if isinstance(item, dict):
        return dict(item)
    if isinstance(item, list):
        return dict(enumerate(item))
    return dict(getattr(item, "__dict__", {}))
