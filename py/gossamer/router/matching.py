"""Finds the route of a path: a tree of segments, walked with a way back."""

from collections.abc import Collection, Iterable
from typing import Any

from gossamer.errors import RouteError
from gossamer.router.addresses import decode
from gossamer.router.patterns import (
    PARAM,
    REST,
    STATIC,
    Converter,
    Segment,
    parse_pattern,
    spread_optionals,
)


class RouteNode:
    """A route with the routes inside of it: the pattern of one level, and what it shows.

    `content` is the router's own business; matching looks at paths only.
    """

    __slots__ = ("children", "content", "path", "segments")

    def __init__(self, path: str, content: Any = None, children: Iterable[RouteNode] = ()) -> None:
        self.path = path
        self.content = content
        self.children = tuple(children)
        self.segments = parse_pattern(path)

    def __repr__(self) -> str:
        return f"RouteNode({self.path!r})"


class Level:
    """One route of a branch: how many segments and parameters belong to it and those around it."""

    __slots__ = ("names", "route", "segments")

    def __init__(self, route: RouteNode, segments: int, names: int) -> None:
        self.route = route
        self.segments = segments
        self.names = names


class Branch:
    """A whole path from the outermost route to one that holds no other."""

    __slots__ = ("is_rest_only", "levels", "names", "pattern", "segments")

    def __init__(self, pattern: str, levels: tuple[Level, ...], segments: list[Segment]) -> None:
        self.pattern = pattern
        self.levels = levels
        self.segments = segments
        self.names = [segment.text for segment in segments if segment.kind != STATIC]
        self.is_rest_only = len(segments) == 1 and segments[0].kind == REST

    @property
    def leaf(self) -> RouteNode:
        """The innermost route."""
        return self.levels[-1].route


class Match:
    """A branch that fits a path, with what its parameters stand for."""

    __slots__ = ("branch", "has_trailing_slash", "params", "parts")

    def __init__(
        self, branch: Branch, values: list[Any], parts: list[str], *, has_trailing_slash: bool
    ) -> None:
        self.branch = branch
        self.params: dict[str, Any] = dict(zip(branch.names, values, strict=True))
        self.parts = parts
        self.has_trailing_slash = has_trailing_slash

    def params_of(self, level: Level) -> dict[str, Any]:
        """The parameters of a level and of those around it."""
        return {name: self.params[name] for name in self.branch.names[: level.names]}

    def path_of(self, level: Level) -> str:
        """The part of the path that a level and those around it have taken."""
        return "/" + "/".join(self.parts[: level.segments])


class _Step:
    """A place in the tree: the ways on from here, and the branches that end here."""

    __slots__ = ("end", "param", "rest", "statics", "typed")

    def __init__(self) -> None:
        self.statics: dict[str, _Step] = {}
        self.typed: dict[str, tuple[Converter, _Step]] = {}
        self.param: _Step | None = None
        self.end: Branch | None = None
        self.rest: Branch | None = None

    def along(self, segment: Segment) -> _Step:
        """The place after a segment, made when it is new."""
        if segment.kind == STATIC:
            return self.statics.setdefault(segment.text, _Step())
        if segment.kind == PARAM:
            self.param = self.param or _Step()
            return self.param
        converter = segment.converter
        assert converter is not None  # noqa: S101 - a typed segment has one
        return self.typed.setdefault(converter.name, (converter, _Step()))[1]


class Table:
    """All routes of an app, ready to be asked.

    Part by part, text comes before a typed parameter, that before any parameter, and the rest
    last; where a way leads nowhere the next is tried. The order of definition plays no part.

    >>> table = Table([RouteNode("/users/{name}"), RouteNode("/users/{id:int}")])
    >>> table.match("/users/7").params, table.match("/users/ada").params
    ({'id': 7}, {'name': 'ada'})

    Raises:
        RouteError: two routes take the same paths, or two parameters of a branch share a name.
    """

    __slots__ = ("_root", "branches")

    def __init__(self, routes: Iterable[RouteNode]) -> None:
        self._root = _Step()
        self.branches: list[Branch] = []
        for route in routes:
            self._collect(route, "", (), [])

    def _collect(
        self, route: RouteNode, pattern: str, outer: tuple[Level, ...], before: list[Segment]
    ) -> None:
        if before and before[-1].kind == REST and route.segments:
            raise RouteError(
                f"{route.path} follows the rest in {pattern}.",
                why="{*name} takes everything to the end of the path.",
                fix="Put it into the innermost route.",
            )
        own = "/" + route.path.strip("/") if route.path.strip("/") else ""
        pattern += own
        for segments in spread_optionals(route.segments):
            path = [*before, *segments]
            names = sum(segment.kind != STATIC for segment in path)
            levels = (*outer, Level(route, len(path), names))
            if route.children:
                for child in route.children:
                    self._collect(child, pattern, levels, path)
            else:
                self._add(Branch(pattern or "/", levels, path), path)

    def _add(self, branch: Branch, path: list[Segment]) -> None:
        twice = next((name for name in branch.names if branch.names.count(name) > 1), None)
        if twice is not None:
            raise RouteError(
                f"{branch.pattern} has two parameters named {twice}.",
                why="use_params() could give one of them only.",
                fix="Give one of them another name.",
            )
        step = self._root
        is_rest = bool(path) and path[-1].kind == REST
        for segment in path[:-1] if is_rest else path:
            step = step.along(segment)
        place = "rest" if is_rest else "end"
        there: Branch | None = getattr(step, place)
        if there is None:
            setattr(step, place, branch)
            self.branches.append(branch)
        elif there.leaf is not branch.leaf:
            raise RouteError(
                f"{there.pattern} and {branch.pattern} take the same paths.",
                why="Nothing tells them apart, so one of the two would never be shown.",
                fix="Take one out, or give a parameter a type such as {id:int}.",
            )

    def match(self, path: str, without: Collection[RouteNode] = ()) -> Match | None:
        """The branch for a raw path below the base; None when there is none.

        Where some routes have nothing for the path, it is one that takes any: the innermost rest
        that is not inside of them.
        """
        parts = path.split("/")
        if not parts[0]:
            del parts[0]
        has_trailing_slash = bool(parts) and not parts[-1]
        if has_trailing_slash:
            del parts[-1]
        values: list[Any] = []
        branch = _walk(self._root, [decode(part) for part in parts], 0, values, without)
        if branch is None:
            return None
        return Match(branch, values, parts, has_trailing_slash=has_trailing_slash and bool(parts))


def _walk(
    step: _Step, parts: list[str], index: int, values: list[Any], without: Collection[RouteNode]
) -> Branch | None:
    """The best branch from here on; on the way back `values` is as it was."""
    if index == len(parts):
        if step.end is not None and not without:
            return step.end
    else:
        part = parts[index]
        found = _through(step, part, parts, index, values, without)
        if found is not None:
            return found
    rest = step.rest
    if rest is not None and not any(level.route in without for level in rest.levels):
        values.append("/".join(parts[index:]))
        return rest
    return None


def _through(
    step: _Step,
    part: str,
    parts: list[str],
    index: int,
    values: list[Any],
    without: Collection[RouteNode],
) -> Branch | None:
    """The best branch that goes through one part: text, then typed, then any."""
    after = step.statics.get(part)
    if after is not None:
        found = _walk(after, parts, index + 1, values, without)
        if found is not None:
            return found
    if not part:
        return None
    for converter, after in step.typed.values():
        try:
            value = converter.parse(part)
        except ValueError:
            continue
        values.append(value)
        found = _walk(after, parts, index + 1, values, without)
        if found is not None:
            return found
        values.pop()
    if step.param is not None:
        values.append(part)
        found = _walk(step.param, parts, index + 1, values, without)
        if found is not None:
            return found
        values.pop()
    return None
