"""The router's components: around the app, in the place of the page, and as links."""

from collections.abc import Callable
from typing import Any

from gossamer.errors import NavigationError
from gossamer.host import HOST
from gossamer.reactive import (
    Memo,
    Owner,
    Signal,
    current_owner,
    effect,
    expect_context,
    memo,
    provide_context,
    spawn,
    use_context,
)
from gossamer.router.addresses import is_elsewhere, resolve, split_address, tidy
from gossamer.router.forms import FormState
from gossamer.router.layers import LAYER, NAVIGATOR
from gossamer.router.matching import RouteNode, Table
from gossamer.router.navigator import Navigator
from gossamer.router.outlets import Outlet
from gossamer.router.routes import Content, nodes_of
from gossamer.view.component import component
from gossamer.view.control import Show


@component
def Router(
    children: object = None,
    base: str = "",
    mode: str = "path",
    *,
    transition: bool = False,
) -> object:
    """Let links and forms lead through the app, without loading the page anew.

    `base` is the path that the app stands at. In `mode="hash"` addresses stand behind a `#`, for
    servers that know no others. With `transition` the browser cross-fades the old and the new
    view.

    >>> from gossamer import mount
    >>> from gossamer.router import A, Route, Router, Routes
    >>> routes = Routes([Route("/", t"<{A} href='/about'>About</{A}>"), Route("/about", "Us")])
    >>> shown = mount(Router(routes))
    >>> page.click(page.elements()[0])
    >>> page.body.text(), page.history.address
    ('Us', '/about')
    """
    if mode not in ("path", "hash"):
        raise NavigationError(
            f"Router got mode={mode!r}.",
            why='Addresses are paths of the server, "path", or stand behind a #, "hash".',
            fix='Write mode="hash", or leave it out.',
        )
    owner = current_owner() or Owner(None)
    host = expect_context(HOST)
    is_hash = mode == "hash"
    navigator = Navigator(host, owner, base, is_hash=is_hash, has_transitions=transition)
    provide_context(NAVIGATOR, navigator)
    return children


@component
def Routes(
    children: object = None,
    fallback: object = None,
    error: object = None,
    *,
    claims_not_found: bool = False,
) -> object:
    """Show the route of the present address, else the fallback.

    `error` is shown in the place of a route that could not be loaded: a view, or a function of the
    error and of one that tries again. A link to an address without a route is the server's, which
    may have a file there; with `claims_not_found` it shows the fallback.

    >>> from gossamer import mount
    >>> from gossamer.router import Route, Router, Routes
    >>> shown = mount(Router(Routes([Route("/about", "Us")], fallback="Nothing here")))
    >>> page.body.text()
    'Nothing here'
    """
    navigator = expect_context(NAVIGATOR)
    navigator.claims_not_found = claims_not_found
    navigator.on_error = error
    navigator.not_found = RouteNode("{*rest}", Content(fallback))
    navigator.open(Table(nodes_of(children)))
    provide_context(LAYER, navigator.top)
    # the page scrolls to where it was left, once there is something to scroll
    effect(lambda: navigator.history.commit(0) if navigator.stands() else None)
    return Outlet()


@component
def A(
    href: str | Callable[[], str],
    children: object = None,
    class_: object = None,
    active_class: str = "active",
    *,
    exact: bool = False,
    replace: bool = False,
    scroll: bool = True,
    state: object = None,
    attrs: dict[str, object] | None = None,
) -> object:
    """A link that knows whether the visitor is there: then it has `aria-current` and a class.

    `href` may be relative to the route in which it stands. It is current on the pages below it as
    well, unless it is `exact`; `/` always is. More attributes come in `attrs`, or in the tag as
    `attr:title="…"`.

    >>> from gossamer import mount
    >>> from gossamer.router import A, Route, Router, Routes
    >>> link = t"<{A} href='/'>Home</{A}>"
    >>> shown = mount(Router(t"{link}<{Routes}>{Route('/', None)}</{Routes}>"))
    >>> page.body.inner_html()
    '<a href="/" aria-current="page" class="active">Home</a>'
    """
    navigator = expect_context(NAVIGATOR)
    more = dict(attrs or {})
    if replace:
        more["data-replace"] = ""
    if not scroll:
        more["data-noscroll"] = ""
    if state is not None:
        import json  # noqa: PLC0415 - few links have one

        more["data-state"] = json.dumps(state)
    if class_ is not None:
        more["class"] = class_
    marked = more | {"aria-current": "page", "class": [class_, active_class]}
    target = _target(href, navigator)

    def attributes() -> dict[str, object]:
        to = target if isinstance(target, str) else target()
        return marked if is_active_for(to, navigator.location.path(), exact=exact) else more

    full = navigator.full
    shown = full(target) if isinstance(target, str) else lambda: full(target())
    return t"<a href={shown} {attributes}>{children}</a>"


def _target(href: str | Callable[[], str], navigator: Navigator) -> str | Memo[str]:
    """Where a link leads; text when nothing can change that, as in most of the links of a list."""
    if not callable(href) and (href.startswith("/") or is_elsewhere(href)):
        return tidy(href)
    path = (use_context(LAYER) or navigator.top).path
    return memo(lambda: resolve(href() if callable(href) else href, path()))


@component
def Form(
    action: str = "",
    method: str = "",
    children: object = None,
    state: FormState | None = None,
    *,
    replace: bool = False,
    scroll: bool = True,
    attrs: dict[str, object] | None = None,
) -> object:
    """A form: one with a `state` is handled here, any other goes to its address.

    `action` may be relative to the route in which it stands. A form that asks leads to a route as
    a link does, its fields as the query. More attributes come in `attrs`, or in the tag as
    `attr:id="…"`.

    >>> from gossamer import mount
    >>> from gossamer.router import Form, Route, Router, Routes
    >>> view = t"<{Form} action='search'><input name='q'></{Form}>"
    >>> shown = mount(Router(Routes(Route("/docs", view))))
    >>> page.visit_address("/docs")
    >>> page.elements()[0].attributes["action"]
    '/docs/search'
    """
    navigator, layer = use_context(NAVIGATOR), use_context(LAYER)
    more = dict(attrs or {})
    if replace:
        more["data-replace"] = ""
    if not scroll:
        more["data-noscroll"] = ""
    if method:
        more["method"] = method
    if action and navigator is not None:
        path = layer.path if layer is not None else navigator.top.path
        more["action"] = lambda: navigator.full(resolve(action, path()))
    elif action:
        more["action"] = action
    if state is None:
        return t"<form {more}>{children}</form>"
    form = expect_context(HOST).form

    def submit(event: Any) -> None:
        event.preventDefault()
        state.take(form(event))

    return t"<form {more} on:submit={submit}>{children}</form>"


@component
def FieldError(state: FormState, name: str) -> object:
    """What is wrong with a field, where screen readers find it; nothing while all is well.

    >>> from gossamer import mount
    >>> from gossamer.router import FieldError, use_form
    >>> state = use_form()
    >>> shown = mount(FieldError(state, "age"))
    >>> state.errors.set({"age": "This is not a whole number."})
    >>> page.body.text()
    'This is not a whole number.'
    """
    message = state.message(name)
    shown = t'<p class="field-error" id={state.id_of(name)}>{message}</p>'
    return Show(when=message, children=shown)


def is_active_for(href: str, path: str, *, exact: bool = False) -> bool:
    """Whether a link to an address leads to a path, or to what the path stands below.

    >>> is_active_for("/users", "/users/7"), is_active_for("/users", "/users/7", exact=True)
    (True, False)
    >>> is_active_for("/user", "/users"), is_active_for("/", "/users"), is_active_for("/", "/")
    (False, False, True)
    """
    if is_elsewhere(href):
        return False
    wanted = split_address(href)[0].strip("/")
    there = path.strip("/")
    if wanted == there:
        return True
    return not exact and wanted != "" and there.startswith(wanted + "/")


@component
def Progress(children: object = None, delay: float = 0.2) -> object:
    """Show the children while a way through the app takes longer than `delay` seconds.

    Without children it is a bar that screen readers tell of.

    >>> from gossamer import mount
    >>> from gossamer.router import Progress, Router
    >>> shown = mount(Router(Progress()))
    >>> page.body.inner_html()
    ''
    """
    navigator = expect_context(NAVIGATOR)
    is_late = Signal[bool](value=False)

    def follow() -> None:
        is_late.set(False)
        if navigator.pending() is not None:
            spawn(wait())

    async def wait() -> None:
        from asyncio import sleep  # noqa: PLC0415 - dear where no loop runs

        await sleep(delay)
        is_late.set(True)

    effect(follow)
    bar = t'<progress class="route-progress" aria-label="Loading"></progress>'
    return lambda: (bar if children is None else children) if is_late() else None
