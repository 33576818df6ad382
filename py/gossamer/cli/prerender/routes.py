"""Which addresses an app's routes have."""

from collections.abc import Iterable, Mapping
from itertools import product
from math import isfinite
from typing import Any, TypedDict

from gossamer.errors import RouteError
from gossamer.host import Reply
from gossamer.reactive import Owner
from gossamer.router.built import is_async
from gossamer.router.layers import NAVIGATOR, Layer
from gossamer.router.matching import Branch
from gossamer.router.navigator import Navigator
from gossamer.router.patterns import STATIC
from gossamer.router.urls import written_part

type Entry = tuple[object, int]
"""What a level of the routes has loaded, and what of the address that depends on."""


class Routing(TypedDict):
    """What a rendered page says of the app's routes.

    `leads_to` is where it sends its visitors, if it does; `known` are addresses, and `open` are
    patterns whose parameters nobody has named. `data` is what each level has waited for.
    """

    base: str
    is_hash: bool
    leads_to: str
    status: int
    mode: str
    known: list[str]
    open: list[str]
    data: list[Entry | None]


def navigator_in(owners: Iterable[Owner]) -> Navigator | None:
    """The router that stands somewhere below some owners."""
    ahead = list(owners)
    while ahead:
        owner = ahead.pop()
        found: Navigator | None = (owner.contexts or {}).get(NAVIGATOR)
        if found is not None:
            return found
        ahead += owner.children or ()
    return None


def errors_in(navigator: Navigator) -> list[Exception]:
    """What the routes that are shown could not load."""
    return [layer.error for layer in navigator.top.chain() if layer.error is not None]


async def routing_of(navigator: Navigator, reply: Reply) -> Routing:
    """What a page with a router says of the app's routes."""
    known: dict[str, None] = {}
    unnamed: dict[str, None] = {}
    if not navigator.is_hash:  # a server sees one address only
        for branch in navigator.table.branches:
            paths = [] if branch.is_rest_only else await _paths_of(branch)
            known |= dict.fromkeys(map(navigator.full, paths))
            if not paths and not branch.is_rest_only:
                unnamed[branch.pattern] = None
    return {
        "base": navigator.base,
        "is_hash": navigator.is_hash,
        "leads_to": reply.location or "",
        "status": reply.status,
        "mode": reply.mode,
        "known": list(known),
        "open": list(unnamed),
        "data": [_entry_of(layer) for layer in navigator.top.chain()],
    }


def _entry_of(layer: Layer) -> Entry | None:
    """What a layer has waited for, if JSON says the same."""
    value = layer.data.peek()
    waits = layer.route.content is not None and is_async(layer.route.content.load)
    return (value, layer.reads) if waits and is_plain(value) else None


def is_plain(value: object) -> bool:
    """Whether a value comes out of JSON as it went in.

    >>> is_plain({"a": [1, None]}), is_plain({1: "a"}), is_plain((1, 2)), is_plain(float("nan"))
    (True, False, False, False)
    """
    kind = type(value)
    if kind is dict:
        return all(type(key) is str and is_plain(each) for key, each in value.items())  # type: ignore[attr-defined] # a dict
    if kind is list:
        return all(map(is_plain, value))  # type: ignore[call-overload] # a list
    if kind is float:
        return isfinite(value)  # type: ignore[arg-type] # a float
    return kind in (str, int, bool, type(None))


async def _paths_of(branch: Branch) -> list[str]:
    """The paths of a branch: one for each way to choose the entries of its levels."""
    levels: list[list[dict[str, object]]] = []
    before = 0
    for level in branch.levels:
        names = branch.names[before : level.names]
        before = level.names
        if names:
            levels.append(await _entries_of(level.route.content.entries, names, branch.pattern))
    return [
        "".join(f"/{written_part(segment, params, branch)}" for segment in branch.segments) or "/"
        for chosen in product(*levels)
        for params in [{name: value for one in chosen for name, value in one.items()}]
        if all(segment.kind == STATIC or segment.text in params for segment in branch.segments)
    ]


async def _entries_of(entries: Any, names: list[str], pattern: str) -> list[dict[str, object]]:
    """The parameters that a route's `entries` name, each as a dict."""
    if callable(entries):
        entries = entries()
        if hasattr(entries, "__await__"):
            entries = await entries
    found: list[dict[str, object]] = []
    for entry in entries or ():
        if isinstance(entry, Mapping):
            found.append({name: entry[name] for name in names if name in entry})
        elif len(names) == 1:
            found.append({names[0]: entry})
        else:
            raise RouteError(
                f"An entry of {pattern} is {entry!r}.",
                why=f"The route has {len(names)} parameters, and one value cannot be all of them.",
                fix=f"Give dicts with the keys {', '.join(names)}.",
            )
    return found
