"""What a component asks the router: where it is, with what, and to go elsewhere."""

from collections.abc import Callable
from typing import Any, overload

from gossamer.errors import ParamError
from gossamer.fields import NOTHING, FieldErrors, read_field, read_fields
from gossamer.reactive import (
    Memo,
    ReadSignal,
    expect_context,
    memo,
    use_context,
)
from gossamer.router.addresses import read_query
from gossamer.router.layers import LAYER, NAVIGATOR, Layer
from gossamer.router.location import Location
from gossamer.router.navigator import Navigator
from gossamer.router.visits import Visit


def _layer() -> Layer:
    return use_context(LAYER) or expect_context(NAVIGATOR).top


def use_location() -> Location:
    """The present address, its parts as signals.

    >>> from gossamer import component, mount
    >>> from gossamer.router import Route, Router, Routes, use_location
    >>> @component
    ... def Place():
    ...     return t"<p>{use_location().path}</p>"
    >>> shown = mount(Router(Routes(Route("/{*any}", Place), claims_not_found=True)))
    >>> page.visit_address("/here")
    >>> page.body.inner_html()
    '<p>/here</p>'
    """
    return expect_context(NAVIGATOR).location


@overload
def use_params() -> Memo[dict[str, Any]]: ...
@overload
def use_params[T](kind: type[T]) -> Memo[T]: ...
def use_params(kind: Any = None) -> Memo[Any]:
    """The parameters of the route, and of those around it: as a dict, or as a class wants them.

    It is a memo: call it to read it.

    >>> from gossamer import component, mount
    >>> from gossamer.router import Route, Router, Routes, use_params
    >>> class UserParams:
    ...     id: int
    >>> @component
    ... def User():
    ...     params = use_params(UserParams)
    ...     return t"<p>{(lambda: params().id + 1)}</p>"
    >>> shown = mount(Router(Routes(Route("/users/{id}", User))))
    >>> page.visit_address("/users/7")
    >>> page.body.inner_html()
    '<p>8</p>'

    Raises:
        ParamError: when it is read, if a parameter is not of its type.
    """
    params = _layer().params
    if kind is None:
        return memo(params)

    def read() -> Any:
        entries = {name: [value] for name, value in params().items()}
        return _typed(kind, entries, "path")

    return memo(read)


@overload
def use_query() -> Memo[dict[str, str]]: ...
@overload
def use_query[T](kind: type[T]) -> Memo[T]: ...
def use_query(kind: Any = None) -> Memo[Any]:
    """The search of the address: as a dict, or as a class wants it.

    It is a memo: call it to read it.

    >>> from gossamer import component, mount
    >>> from gossamer.router import Route, Router, Routes, use_query
    >>> class Search:
    ...     q: str = ""
    ...     tags: list[str]
    >>> @component
    ... def Results():
    ...     search = use_query(Search)
    ...     return t"<p>{(lambda: f'{search().q} {search().tags}')}</p>"
    >>> shown = mount(Router(Routes(Route("/search", Results))))
    >>> page.visit_address("/search?q=tea&tags=hot&tags=green")
    >>> page.body.text()
    "tea ['hot', 'green']"

    Raises:
        ParamError: when it is read, if a value is not of its type.
    """
    search = expect_context(NAVIGATOR).location.search
    if kind is None:
        return memo(lambda: {key: values[-1] for key, values in read_query(search()).items()})
    return memo(lambda: _typed(kind, read_query(search()), "search"))


def _typed(kind: type[Any], entries: dict[str, list[Any]], part: str) -> Any:
    try:
        return read_fields(kind, entries)
    except FieldErrors as errors:
        name, said = next(iter(errors.errors.items()))
        given = entries.get(name, ["nothing"])[-1]
        raise ParamError(
            f"{name} in the {part} of the address is {given}, no good for {kind.__name__}.",
            why=said,
            fix=f"Give {name} a default, another type, or in the route a type: {{{name}:int}}.",
        ) from None


def use_data() -> ReadSignal[Any]:
    """What the route's `load` has given, as a signal.

    >>> from gossamer import component, mount
    >>> from gossamer.router import Route, Router, Routes, use_data
    >>> @component
    ... def User():
    ...     return t"<p>{use_data()}</p>"
    >>> routes = Route("/users/{id:int}", User, load=lambda visit: f"User {visit.params['id']}")
    >>> shown = mount(Router(Routes(routes)))
    >>> page.visit_address("/users/7")
    >>> page.body.text()
    'User 7'
    """
    return _layer().data.read_only


def use_pending() -> ReadSignal[Visit | None]:
    """Where the visitor is on the way to, as a signal; None when nothing is under way.

    >>> from gossamer import mount
    >>> from gossamer.router import Router, use_pending
    >>> shown = mount(Router(lambda: "wait" if use_pending()() else "here"))
    >>> page.body.text()
    'here'
    """
    return expect_context(NAVIGATOR).pending.read_only


type Navigate = Callable[..., None]


def use_navigate() -> Navigate:
    """A function that leads elsewhere: `navigate(to, replace=…, scroll=…, state=…)`.

    An address that does not begin with `/` goes on from the route in which it was asked for; a
    number goes through the history, `navigate(-1)` back.

    >>> from gossamer import component, mount
    >>> from gossamer.router import Route, Router, Routes, use_navigate
    >>> @component
    ... def Home():
    ...     navigate = use_navigate()
    ...     return t"<button on:click={(lambda: navigate('/about'))}>Go</button>"
    >>> shown = mount(Router(Routes([Route("/", Home), Route("/about", "Us")])))
    >>> event = page.fire(page.elements()[0], "click")
    >>> page.body.text()
    'Us'
    """
    navigator = expect_context(NAVIGATOR)
    layer = _layer()

    def navigate(
        to: str | int, *, replace: bool = False, scroll: bool = True, state: object = None
    ) -> None:
        if isinstance(to, int):
            navigator.history.travel(to)
            return
        navigator.go(to, layer.path.peek(), replace=replace, scroll=scroll, state=state)

    return navigate


class QuerySetter[T]:
    """Writes one key of the search: what is written in one go is one entry of the history."""

    __slots__ = ("_default", "_name", "_navigator", "_read", "_replace")

    def __init__(
        self, navigator: Navigator, name: str, read: Memo[T], default: T, *, replace: bool
    ) -> None:
        self._navigator = navigator
        self._name = name
        self._read = read
        self._default = default
        self._replace = replace

    def __call__(self, value: T) -> None:
        """Write a value; the default takes the key out."""
        texts: list[str] = []
        if value != self._default:
            items = value if isinstance(value, (list, tuple)) else [value]
            texts.extend(_text_of(item) for item in items if item is not None)
        self._navigator.edits.edit(self._name, texts, replace=self._replace)

    set = __call__

    def update(self, fn: Callable[[T], T]) -> None:
        """Write what a function makes of the value."""
        self(fn(self._read.peek()))


def _text_of(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(getattr(value, "value", value))


def query_signal[T](
    name: str, kind: type[T] | None = None, default: Any = None, *, replace: bool = True
) -> tuple[Memo[T], QuerySetter[T]]:
    """One key of the address's search, as a value and a setter.

    A text that is not of the type reads as the default. Setting keeps the scroll, the hash and the
    other keys; with `replace=False` one can go back to what was before.

    >>> from gossamer import component, mount
    >>> from gossamer.router import Route, Router, Routes, query_signal
    >>> @component
    ... def Rows():
    ...     number, set_number = query_signal("page", int, default=1)
    ...     return t"<button on:click={(lambda: set_number(number() + 1))}>{number}</button>"
    >>> shown = mount(Router(Routes(Route("/rows", Rows))))
    >>> page.visit_address("/rows?sort=up")
    >>> event = page.fire(page.elements()[0], "click")
    >>> page.body.text(), page.history.address
    ('2', '/rows?sort=up&page=2')
    """
    navigator = expect_context(NAVIGATOR)
    values = memo(lambda: navigator.location.query().get(name))

    def read() -> Any:
        try:
            value = read_field(kind or str, values()) if values() is not None else NOTHING
        except ValueError:
            value = NOTHING
        return default if value is NOTHING else value

    found = memo(read)
    return found, QuerySetter(navigator, name, found, default, replace=replace)
