"""`@server`, with the page's way to its server."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, overload

from gossamer.dom.mount import begin
from gossamer.dom.network import PageNetwork
from gossamer.reactive import use_context
from gossamer.router.layers import NAVIGATOR
from gossamer.server_fn.declare import declare
from gossamer.server_fn.function import ServerFunction


class AppNetwork(PageNetwork):
    """The page's network; a redirect goes through the router where one is around the call."""

    __slots__ = ()

    def go(self, address: str) -> None:
        """Lead the visitor to an address of the app."""
        navigator = use_context(NAVIGATOR)
        if navigator is None:
            self.leave(address)
        else:
            navigator.go_to(address)


def network() -> AppNetwork:
    """The network of the page that this runs in."""
    begin()
    return AppNetwork()


@overload
def server[**P, T](fn: Callable[P, T], /) -> ServerFunction[P, T]: ...
@overload
def server[**P, T](
    *,
    path: str = "",
    method: Literal["GET", "POST"] = "POST",
    errors: Sequence[type[Exception]] = (),
    timeout: float | None = None,
    transport: Literal["ndjson", "sse"] = "ndjson",
    aliases: Sequence[str] = (),
    max_age: int | None = None,
    max_body: int | None = None,
    strict: bool = False,
    dedupe: bool = False,
    shield: bool = False,
    hash: bool = False,
    local: bool = False,
    prerender: bool = False,
    module: str = "",
) -> Callable[[Callable[P, T]], ServerFunction[P, T]]: ...


def server(fn: Callable[..., Any] | None = None, /, **options: Any) -> Any:
    """Make an async function one of the server: the same call on both sides, the body only there.

    It is a public address: whoever can reach the server can call it with any arguments of the right
    types. So it has to check itself what the caller may do.

    >>> import asyncio
    >>> from gossamer.server import server
    >>> @server
    ... async def add(a: int, b: int = 1) -> int:
    ...     return a + b
    >>> asyncio.run(add(2)), add.path.rpartition(".")[2]
    (3, 'add')

    Args:
        fn: the function: at the top level of its module, with a type for each parameter.
        options: `path` is its address, by default its module and name; `aliases` are others, under
            which older pages know it; `hash` makes it a short one that tells no names.
            `method="GET"` is for what changes nothing; `max_age` says for how many seconds its
            result keeps. `errors` are exceptions that arrive as themselves. `timeout` is for how
            many seconds the page waits. `max_body` is how many bytes may be sent. `strict` refuses
            fields of a form that it does not know. `shield` lets it end when the page has gone.
            A stream goes as lines, or with `transport="sse"` as events that go on where they were
            cut; `dedupe` leaves out what is as before. For sites without a server, `prerender`
            keeps what it gave during the build, and `local` runs it in the page, body and all.

    Raises:
        ServerFunctionError: it could not be called from the other side.
    """
    if fn is None:
        return lambda fn: declare(fn, options, network)
    return declare(fn, options, network)
