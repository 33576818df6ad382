"""Entries: what stands in a field as text, and the numbers, dates and times that it means."""

from collections.abc import Iterable

from gossamer.errors import BindingError
from gossamer.template.shape import Hole
from gossamer.values import type_of
from gossamer.view.text import text_of

_PARTS = {"date": (True, False), "time": (False, True), "datetime-local": (True, True)}
"""Whether what a field holds has a day, and whether it has a time of day."""


def number_of(text: str) -> int | float | None:
    """The number that a numeric field holds; None while it holds none.

    >>> number_of("3"), number_of("2.50"), number_of("")
    (3, 2.5, None)
    """
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None


def written(value: object) -> str:
    """A value as a field takes it.

    >>> from datetime import time
    >>> written(2.5), written(None), written(time(12, 30, 0, 250_000))
    ('2.5', '', '12:30:00.250')
    """
    write = getattr(value, "isoformat", None)
    if write is None:
        return text_of(value) or ""
    text: str = write()
    return text[:-3] if "." in text else text  # a field counts milliseconds


def check_fits(hole: Hole, kind: str, value: object) -> None:
    """Refuse a date or time that the field could not show: a browser would leave it empty.

    Raises:
        BindingError: it has other parts than the field, or a time zone.
    """
    parts = (hasattr(value, "year"), hasattr(value, "hour"))
    zone = getattr(value, "tzinfo", None)
    if zone is None and parts == _PARTS.get(kind, parts):
        return
    what = type_of(value) + (f" of the zone {zone}" if zone is not None else "")
    raise BindingError(
        f'bind:{hole.name} of <{hole.tag} type="{kind}"> got {what}.',
        why="A field for dates and times knows no zones."
        if zone is not None
        else "The field holds something else, so it would stay empty.",
        fix="Write local.replace(tzinfo=None) with the time of the visitor's zone."
        if zone is not None
        else 'Match them: "date" with date, "time" with time, "datetime-local" with datetime.',
    )


def items_of(hole: Hole, value: object) -> Iterable[object]:
    """What is chosen where several may be.

    Raises:
        BindingError: it is nothing that holds several.
    """
    if value is None:
        return ()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return value
    raise BindingError(
        f"bind:{hole.name} of <{hole.tag}> got {type_of(value)}.",
        why="Several may be chosen here, so it needs something that holds several.",
        fix="Pass a Signal of a list or a set.",
    )
