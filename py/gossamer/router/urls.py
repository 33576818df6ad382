"""Addresses made from the names of routes."""

from gossamer.errors import RouteError
from gossamer.reactive import expect_context
from gossamer.router.addresses import encode, write_query
from gossamer.router.layers import NAVIGATOR
from gossamer.router.matching import Branch
from gossamer.router.patterns import REST, STATIC, Segment


def url_for(
    _name: str, _query: dict[str, object] | None = None, _hash: str = "", **params: object
) -> str:
    """The address of a named route, ready for an `href`.

    >>> from gossamer import component, mount
    >>> from gossamer.router import Route, Router, Routes, url_for
    >>> @component
    ... def Home():
    ...     return t"<a href={url_for('user', name='a b/c', _query={'tab': 2})}>Go</a>"
    >>> routes = [Route("/", Home), Route("/users/{name}", "One", name="user")]
    >>> shown = mount(Router(Routes(routes)))
    >>> page.elements()[0].attributes["href"]
    '/users/a%20b%2Fc?tab=2'

    Raises:
        RouteError: there is no such route, or a parameter misses, is not the route's, or has a
            value that no address can have.
    """
    navigator = expect_context(NAVIGATOR)
    branches = [
        (branch, depth)
        for branch in navigator.table.branches
        for depth, level in enumerate(branch.levels)
        if level.route.content.name == _name
    ]
    if not branches:
        names = sorted(
            {
                level.route.content.name
                for branch in navigator.table.branches
                for level in branch.levels
            }
            - {""}
        )
        raise RouteError(
            f"There is no route named {_name}.",
            why=f"Named routes are: {', '.join(names) or 'none'}.",
            fix=f'Give the route name="{_name}", or check the spelling.',
        )
    given = {name for name, value in params.items() if value is not None}
    for branch, depth in branches:
        segments = segments_of(branch, depth)
        if {segment.text for segment in segments if segment.kind != STATIC} == given:
            path = "".join(f"/{written_part(segment, params, branch)}" for segment in segments)
            fragment = f"#{encode(_hash, keep='/?')}" if _hash else ""
            return navigator.full((path or "/") + write_query(_query or {}) + fragment)
    known = sorted({name for branch, _ in branches for name in branch.names})
    raise RouteError(
        f"The route {_name} cannot be had with {', '.join(sorted(given)) or 'no parameters'}.",
        why=f"{branches[0][0].pattern} takes {', '.join(known) or 'none'}.",
        fix="Give each parameter of the path a value, and put all others into _query.",
    )


def segments_of(branch: Branch, depth: int) -> list[Segment]:
    """The segments of a branch down to one of its levels."""
    return branch.segments[: branch.levels[depth].segments]


def written_part(segment: Segment, params: dict[str, object], branch: Branch) -> str:
    """A segment of a branch as it stands between two slashes, with the value of its parameter."""
    if segment.kind == STATIC:
        return encode(segment.text)
    text = segment.write(params[segment.text], branch.pattern)
    return text.removeprefix("/") if segment.kind == REST else text
