"""Values for everything below: contexts."""

from typing import TYPE_CHECKING, Any, Final, overload

from gossamer.errors import MissingContextError, NoOwnerError
from gossamer.reactive.owners import Owner, captured_owner, current_owner
from gossamer.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable

_MISSING: Final[Any] = object()


class Context[T]:
    """A typed key for a context, with an optional default.

    >>> from gossamer.reactive import Context, Owner, provide_context, use_context
    >>> theme = Context[str]("theme", default="light")
    >>> with Owner(None):
    ...     print(use_context(theme))
    ...     provide_context(theme, "dark")
    ...     print(use_context(theme))
    light
    dark
    """

    __slots__ = ("default", "name")

    def __init__(self, name: str, *, default: T | None = None) -> None:
        self.name = name
        self.default = default

    def __repr__(self) -> str:
        return f"Context({self.name!r})"


type Key[T] = Context[T] | type[T]


@overload
def provide_context(value: object, /) -> None: ...
@overload
def provide_context[T](key: Context[T] | type[T], value: T, /) -> None: ...
@overload
def provide_context(key: str, value: object, /) -> None: ...


def provide_context(key: Any, value: Any = _MISSING, /) -> None:
    """Provide a value to everything below the current owner.

    The key is a `Context`, a type or a text. A value alone is provided under its own type.

    >>> from gossamer.reactive import Owner, provide_context, use_context
    >>> with Owner(None):
    ...     provide_context("language", "en")
    ...     provide_context(3)
    ...     use_context("language"), use_context(int)
    ('en', 3)

    Raises:
        NoOwnerError: there is no owner to keep it.
    """
    owner = current_owner()
    if owner is None:
        raise NoOwnerError("provide_context")
    if value is _MISSING:
        key, value = type(key), key
    if owner.contexts is None:
        owner.contexts = {key: value}
    else:
        owner.contexts[key] = value


def find_provider(key: object) -> Owner | None:
    """Give the nearest owner, upwards from the current one, that provides a key."""
    owner = captured_owner()
    while owner is not None:
        if owner.contexts is not None and key in owner.contexts:
            return owner
        owner = owner.parent
    return None


@overload
def use_context[T](key: Context[T] | type[T]) -> T | None: ...
@overload
def use_context[T](key: Context[T] | type[T], default: T) -> T: ...
@overload
def use_context(key: str, default: Any = None) -> Any: ...


def use_context(key: Any, default: Any = None) -> Any:
    """Give the nearest value provided under a key, else the default.

    >>> from gossamer.reactive import Owner, provide_context, use_context
    >>> with Owner(None):
    ...     provide_context("user", "Ada")
    ...     with Owner():
    ...         print(use_context("user"), use_context("group", "none"))
    Ada none
    """
    owner = find_provider(key)
    if owner is not None and owner.contexts is not None:
        return owner.contexts[key]
    if default is None and type(key) is Context:
        return key.default
    return default


@overload
def expect_context[T](key: Context[T] | type[T]) -> T: ...
@overload
def expect_context(key: str) -> Any: ...


def expect_context(key: Any) -> Any:
    """Give the nearest value provided under a key.

    >>> from gossamer.reactive import Owner, expect_context, provide_context
    >>> with Owner(None):
    ...     provide_context("language", "en")
    ...     expect_context("language")
    'en'

    Raises:
        MissingContextError: nobody provides it; the message lists what is provided, and where.
    """
    owner = find_provider(key)
    if owner is not None and owner.contexts is not None:
        return owner.contexts[key]
    if type(key) is Context and key.default is not None:
        return key.default
    raise MissingContextError(name_key(key), list_provided())


@overload
def take_context[T](key: Context[T] | type[T]) -> T | None: ...
@overload
def take_context(key: str) -> Any: ...


def take_context(key: Any) -> Any:
    """Give the nearest value provided under a key, and take it away from there.

    >>> from gossamer.reactive import Owner, provide_context, take_context, use_context
    >>> with Owner(None):
    ...     provide_context("ticket", 7)
    ...     take_context("ticket"), use_context("ticket")
    (7, None)
    """
    owner = find_provider(key)
    if owner is None or owner.contexts is None:
        return None
    return owner.contexts.pop(key)


@overload
def update_context[T](key: Context[T] | type[T], fn: Callable[[T], T]) -> T: ...
@overload
def update_context(key: str, fn: Callable[[Any], Any]) -> Any: ...


def update_context(key: Any, fn: Callable[[Any], Any]) -> Any:
    """Replace the nearest value provided under a key by what a function makes of it.

    >>> from gossamer.reactive import Owner, provide_context, update_context
    >>> with Owner(None):
    ...     provide_context("depth", 1)
    ...     update_context("depth", lambda depth: depth + 1)
    2

    Raises:
        MissingContextError: nobody provides it.
    """
    owner = find_provider(key)
    if owner is None or owner.contexts is None:
        raise MissingContextError(name_key(key), list_provided())
    value = owner.contexts[key] = fn(owner.contexts[key])
    return value


def name_key(key: object) -> str:
    """Name a key as the user wrote it."""
    return key.__qualname__ if isinstance(key, type) else shown(key)


def list_provided() -> list[str]:
    """List what is provided here, nearest first, and by whom."""
    found = []
    owner = captured_owner()
    while owner is not None:
        if owner.contexts:
            keys = ", ".join(name_key(key) for key in owner.contexts)
            found.append(f"{keys} (by {owner.name or type(owner).__name__})")
        owner = owner.parent
    return found
