"""How resources are made, and how what they share is declared out of date."""

from typing import TYPE_CHECKING, Any, overload

from gossamer.reactive.caches import KeyedResource, cache_here
from gossamer.reactive.resources import AsyncMemo, LocalResource, Resource
from gossamer.reactive.suspensions import hold_shell

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Awaitable, Callable, Hashable

    type Coming[T] = Awaitable[T] | AsyncIterable[T]


@overload
def resource[S, T](
    fetcher: Callable[[S], Coming[T]],
    source: Callable[[], S | None],
    *,
    key: Callable[[S], Hashable] | Hashable | None = None,
    stale: float = 0,
    name: str = "",
    blocking: bool = False,
) -> Resource[T]: ...
@overload
def resource[S, T](
    fetcher: Callable[[S], T],
    source: Callable[[], S | None],
    *,
    key: Callable[[S], Hashable] | Hashable | None = None,
    stale: float = 0,
    name: str = "",
    blocking: bool = False,
) -> Resource[T]: ...
@overload
def resource[T](
    fetcher: Callable[[], Coming[T]],
    source: None = None,
    *,
    key: Hashable | None = None,
    stale: float = 0,
    name: str = "",
    blocking: bool = False,
) -> Resource[T]: ...
@overload
def resource[T](
    fetcher: Callable[[], T],
    source: None = None,
    *,
    key: Hashable | None = None,
    stale: float = 0,
    name: str = "",
    blocking: bool = False,
) -> Resource[T]: ...
@overload
def resource(
    fetcher: None = None,
    source: Callable[[], Any] | None = None,
    *,
    key: Any = None,
    stale: float = 0,
    name: str = "",
    blocking: bool = False,
) -> Callable[[Callable[..., Any]], Resource[Any]]: ...


def resource(
    fetcher: Any = None,
    source: Callable[[], Any] | None = None,
    *,
    key: Any = None,
    stale: float = 0,
    name: str = "",
    blocking: bool = False,
) -> Any:
    """Make a value that is fetched: at once, and again when its source changes; also a decorator.

    The fetcher is called with the source's value. It may be `async def`, an async generator whose
    values come one after the other, or plain; only the source is followed, not what it reads.
    While the source gives None, nothing is fetched.

    With a `key` the value is shared, under the key and the source's value, or under what
    `key(value)` gives: parallel fetches become one, and what is known is shown at once. If that is
    `stale` seconds old, it is fetched again meanwhile; `invalidate` makes it so at once.

    A server that sends a page in parts sends none before what is `blocking` has come, so that it
    may still decide on the page's status.

    >>> import asyncio
    >>> from gossamer.reactive import Signal, resource
    >>> async def main():
    ...     name = Signal("Ada")
    ...     @resource(source=name)
    ...     async def greeting(name):
    ...         await asyncio.sleep(0)
    ...         return f"Hello {name}"
    ...     print(await greeting)
    ...     name.set("Grace")
    ...     print(greeting(), "|", await greeting)
    >>> asyncio.run(main())
    Hello Ada
    Hello Ada | Hello Grace
    """
    if fetcher is None:
        return lambda fetcher: resource(
            fetcher, source, key=key, stale=stale, name=name, blocking=blocking
        )
    made: Resource[Any]
    if key is None:
        made = Resource(fetcher, source, name=name)
    else:
        made = KeyedResource(fetcher, source, key=key, stale=stale, name=name)
    if blocking:
        hold_shell(made)
    return made


def invalidate(key: Hashable = ()) -> None:
    """Declare out of date what resources have fetched under a key, or under all that begin with it.

    What somebody uses is fetched again, and shown as it is until then; the rest is forgotten.

    >>> from gossamer.reactive import Owner, invalidate, resource
    >>> with Owner(None) as owner:
    ...     todos = resource(lambda: print("fetched") or [], key=("todos", "open"), stale=60)
    ...     invalidate("todos")
    fetched
    fetched
    >>> owner.dispose()

    Raises:
        NoOwnerError: there is no owner, so nobody knows which resources are meant.
    """
    cache_here().invalidate(key)


def local_resource[T](fetcher: Callable[[], Coming[T]], *, name: str = "") -> Resource[T]:
    """Make a resource for browsers only, such as one that asks the browser itself.

    Its fetcher is followed: it runs again when what it has read changes.

    >>> import asyncio
    >>> from gossamer.reactive import local_resource
    >>> async def main():
    ...     place = local_resource(lambda: asyncio.sleep(0, "here"))
    ...     print(await place)
    >>> asyncio.run(main())
    here
    """
    return LocalResource(fetcher, name=name)


def async_memo[T](fetcher: Callable[[], Coming[T]]) -> Resource[T]:
    """Make a memo of an async function; it runs again when something it has read changes.

    >>> import asyncio
    >>> from gossamer.reactive import Signal, async_memo
    >>> async def main():
    ...     word = Signal("thread")
    ...     @async_memo
    ...     async def loud():
    ...         await asyncio.sleep(0)
    ...         return word().upper()
    ...     print(await loud)
    >>> asyncio.run(main())
    THREAD
    """
    return AsyncMemo(fetcher)
