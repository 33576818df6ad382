"""Batches: writes whose effects run together, at the end."""

from typing import TYPE_CHECKING, Final

from gossamer.reactive.flushing import flush, run_urgent
from gossamer.reactive.scope import scope

if TYPE_CHECKING:
    from types import TracebackType


def end_batch() -> None:
    """End a batch: the outermost one lets the flush happen now."""
    scope.batches -= 1
    scope.held -= 1
    if scope.batches == 0:
        if scope.held == 0:
            flush()
        elif scope.urgent:
            run_urgent()


class Batch:
    """Holds effects back until the outermost `with batch():` ends."""

    __slots__ = ()

    def __enter__(self) -> None:
        scope.batches += 1
        scope.held += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end_batch()


_BATCH: Final = Batch()


def batch() -> Batch:
    """Group writes: effects run once, when the outermost batch ends, even if its body raises.

    Reads inside are never stale.

    >>> from gossamer.reactive import Signal, batch, effect
    >>> first, last = Signal("Ada"), Signal("Byron")
    >>> greeting = effect(lambda: print(first(), last()))
    Ada Byron
    >>> with batch():
    ...     first.set("Grace")
    ...     last.set("Hopper")
    Grace Hopper
    """
    return _BATCH
