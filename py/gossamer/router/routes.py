"""Routes as users write them, and as the router keeps them."""

from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import Any

from gossamer.errors import RouteError
from gossamer.host import MODES
from gossamer.router.matching import RouteNode
from gossamer.router.outlets import Outlet, Protected, Redirect
from gossamer.view.cases import views_of
from gossamer.view.component import ComponentView, component

type Guard = Callable[..., object]
type Load = Callable[..., object]
type Entries = Iterable[object] | Callable[[], Iterable[object] | Awaitable[Iterable[object]]]


class Content:
    """What a route does beside matching."""

    __slots__ = ("action", "entries", "error", "guard", "key", "load", "mode", "name", "view")

    def __init__(
        self,
        view: object,
        *,
        name: str = "",
        load: Load | None = None,
        guard: Guard | None = None,
        error: object = None,
        key: Callable[[dict[str, Any]], Hashable] | None = None,
        action: Callable[..., object] | None = None,
        mode: str | None = None,
        entries: Entries | None = None,
    ) -> None:
        if mode is not None and mode not in MODES:
            raise RouteError(
                f"A route got mode={mode!r}.",
                why=f"A server sends pages in one of these ways: {', '.join(MODES)}.",
                fix='Write mode="async", for example, or leave it out.',
            )
        self.mode = mode
        self.view = view
        self.name = name
        self.load = load
        self.guard = guard
        self.error = error
        self.key = key
        self.action = action
        self.entries = entries


@component
def Route(
    path: str,
    view: object = None,
    children: object = None,
    *,
    name: str = "",
    load: Load | None = None,
    guard: Guard | None = None,
    error: object = None,
    key: Callable[[dict[str, Any]], Hashable] | None = None,
    action: Callable[..., object] | None = None,
    mode: str | None = None,
    entries: Entries | None = None,
) -> object:
    """A path and what it shows; the routes inside of it stand where its view has an `Outlet`.

    It stands in `Routes` or in another route, nowhere else.

    >>> from gossamer import mount
    >>> from gossamer.router import Route, Router, Routes
    >>> shown = mount(Router(Routes([Route("/", t"<h1>Home</h1>"), Route("/about", "About")])))
    >>> page.visit_address("/about")
    >>> page.body.text()
    'About'

    Args:
        path: `/users/{id:int}`, `/blog/{year?}`, `/files/{*rest}`; inside of another route it goes
            on from that one's.
        view: a component, any other view, or `lazy("module:Name")`.
        children: the routes inside.
        name: what `url_for` knows it by.
        load: called with a `Visit` before anything is shown; its result is what `use_data` reads.
            It may be asynchronous, return a `Redirect`, or raise `NotFound`.
        guard: called with a `Visit` first; it may return `Redirect("/login")`, and False or a
            `NotFound` say "there is no such page". It may be asynchronous.
        error: shown when the view or `load` fails: a view, or a function of the error and of one
            that tries again.
        key: of the parameters; when it gives another value the view is built anew.
        action: called with the data of a form that is sent to this path.
        mode: how a server sends the page: `ooo`, fallbacks first, or, each more restrictive than
            the one before, `partial`, `in_order`, `async` (all at once) or `csr` (not at all:
            it is made in the browser). Of the routes in each other the most restrictive wins.
        entries: for which parameters a build makes pages: values, dicts by name where the path has
            more than one, or a function that gives them. It may be asynchronous.
    """
    raise RouteError(
        f"Route {path} stands outside of Routes.",
        why="A route is no view of its own: Routes chooses which one to show.",
        fix="Put it among the children of Routes, or of another Route.",
    )


@component
def ProtectedRoute(
    path: str,
    view: object = None,
    condition: Callable[[], object] | None = None,
    redirect: str = "/",
    fallback: object = None,
    children: object = None,
    *,
    name: str = "",
    load: Load | None = None,
    error: object = None,
    mode: str | None = None,
) -> object:
    """A route that is shown while a condition holds; else the visitor is sent elsewhere.

    None means "not known yet": the fallback is shown, and nobody is sent anywhere. The condition
    is live: when it stops to hold, the visitor goes.

    >>> from gossamer import Signal, mount
    >>> from gossamer.router import ProtectedRoute, Route, Router, Routes
    >>> is_known = Signal(False)
    >>> secret = ProtectedRoute("/secret", "Secret", condition=is_known, redirect="/login")
    >>> shown = mount(Router(Routes([Route("/", "Home"), Route("/login", "Log in"), secret])))
    >>> page.visit_address("/secret")
    >>> page.body.text(), page.history.address
    ('Log in', '/login')
    """
    return Route(path=path)  # for its error: a protected route is no view of its own either


def nodes_of(children: object) -> list[RouteNode]:
    """The routes that a user wrote, as the router keeps them."""
    return [_node_of(view) for view in views_of(children, "Routes", Route, ProtectedRoute)]


def _node_of(view: ComponentView) -> RouteNode:
    props = dict(view.props)
    path = props.pop("path")
    if not isinstance(path, str):
        raise RouteError(
            f"A route got {type(path).__name__} for its path.",
            why="A path is text: it is compared with addresses.",
            fix='Write Route("/users/{id:int}", User).',
        )
    inner = nodes_of(props.pop("children", None))
    if view.component is ProtectedRoute:
        props = _protected(props)
    content = Content(props.pop("view", None), **props)  # type: ignore[arg-type] # Route's own props
    if content.view is None and inner:
        content.view = Outlet
    return RouteNode(path, content, inner)


def _protected(props: dict[str, Any]) -> dict[str, Any]:
    condition = props.pop("condition", None)
    to = props.pop("redirect", "/")
    fallback = props.pop("fallback", None)
    view = props.pop("view", None) or Outlet
    if not callable(condition):
        raise RouteError(
            "A ProtectedRoute has no condition.",
            why="It asks a callable, such as a signal, whether to be shown.",
            fix="Write ProtectedRoute(path, view, condition=is_logged_in).",
        )

    def guard() -> object:
        return Redirect(to) if condition() in (False, 0, "") else None

    return props | {
        "view": Protected(view=view, condition=condition, redirect=to, fallback=fallback),
        "guard": guard,
    }
