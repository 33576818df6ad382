"""Where routes are shown, and what sends a visitor on."""

from collections.abc import Callable

from gossamer.errors import StatusError
from gossamer.reactive import (
    current_owner,
    effect,
    expect_context,
    memo,
    provide_context,
    use_context,
)
from gossamer.reactive.suspensions import SHELL
from gossamer.router.layers import LAYER, NAVIGATOR, Layer
from gossamer.view.component import Component, ComponentView, component
from gossamer.view.control import ErrorBoundary, is_function_of


@component
def Outlet() -> object:
    """The place in a route's view for the route inside of it.

    Its own view stays while the visitor moves between those inside.

    >>> from gossamer import mount
    >>> from gossamer.router import Outlet, Route, Router, Routes
    >>> layout = t"<main><{Outlet} /></main>"
    >>> inner = [Route("", "All"), Route("{id:int}", "One")]
    >>> shown = mount(Router(Routes(Route("/users", layout, children=inner))))
    >>> page.visit_address("/users/7")
    >>> page.body.inner_html()
    '<main>One</main>'
    """
    layer = use_context(LAYER) or expect_context(NAVIGATOR).top

    def shown() -> object:
        inner = layer.child()
        return None if inner is None else _view_of(inner)

    return shown


def _view_of(layer: Layer) -> ComponentView:
    """The view of a layer; each has a component of its own, so that none adopts another's nodes."""

    def shown() -> object:
        provide_context(LAYER, layer)
        content = layer.route.content
        view = content.view
        if layer.error is not None:
            navigator = expect_context(NAVIGATOR)
            is_public = navigator.server is None or isinstance(layer.error, StatusError)
            if layer.on_error is None and not is_public:
                raise layer.error  # visitors of a server are not to read it
            return _failed(layer.on_error or RouteFailure, layer.error, navigator.retry)
        if layer.on_error is None:
            return view
        return ErrorBoundary(
            lambda error, reset: _failed(layer.on_error, error, reset), children=view
        )

    made = Component(shown)
    made.name = f"Route {layer.route.path or '/'}"
    return made()


def _failed(view: object, error: Exception, retry: Callable[[], None]) -> object:
    """What stands in the place of a view that failed."""
    if isinstance(view, Component):
        return view(error=error, retry=retry)
    if is_function_of(view, 2):
        return view(error, retry)  # type: ignore[operator] # it is a function: just asked
    if is_function_of(view, 1):
        return view(error)  # type: ignore[operator]
    return view


@component
def RouteFailure(error: Exception, retry: Callable[[], None]) -> object:
    """What is shown for a route that could not be loaded, where no `error` says otherwise."""
    return t"""<div class="route-error" role="alert">
        <p>This page could not be loaded.</p>
        <p>{str(error).partition("\n")[0] or type(error).__name__}</p>
        <button type="button" on:click={retry}>Try again</button>
      </div>"""


@component
def Redirect(to: str, *, replace: bool = True, state: object = None) -> object:
    """Send the visitor on as soon as this is shown; `load` and `guard` may return one as well.

    >>> from gossamer import mount
    >>> from gossamer.router import Redirect, Route, Router, Routes
    >>> shown = mount(Router(Routes([Route("/", Redirect("/new")), Route("/new", "Here")])))
    >>> page.body.text(), page.history.address
    ('Here', '/new')
    """
    navigator = expect_context(NAVIGATOR)
    layer = use_context(LAYER)
    path = layer.path.peek() if layer is not None else "/"

    def go() -> None:
        navigator.go(to, path, replace=replace, state=state, is_redirect=True)

    owner = current_owner()
    if owner is not None and owner.still:
        go()
    else:
        effect(go)
    return None


@component
def Protected(
    view: object, condition: Callable[[], object], redirect: str, fallback: object
) -> object:
    """The view of a `ProtectedRoute`: it follows the condition."""
    known = memo(lambda: _verdict(condition()))
    shell = use_context(SHELL)
    if shell is not None:
        shell.wait_until(lambda: known() is not None)

    def branch() -> object:
        is_allowed = known()
        if is_allowed is None:
            return fallback
        return view if is_allowed else Redirect(redirect)

    return branch


def _verdict(value: object) -> bool | None:
    return None if value is None else bool(value)


def redirect_in(answer: object) -> ComponentView | None:
    """The redirect that a `load` or `guard` function has returned, if it is one."""
    if isinstance(answer, ComponentView) and answer.component is Redirect:
        return answer
    return None
