"""`@server`: declares a function of the server."""

from collections.abc import Callable
from typing import Any

from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.network import Network
from gossamer.server_fn.registry import REGISTRY, Registry
from gossamer.server_fn.sides import SERVER


def declare[**P, T](
    fn: Callable[P, T],
    options: dict[str, Any],
    network: Callable[[], Network],
    *,
    registry: Registry = REGISTRY,
    is_server: bool = SERVER,
) -> ServerFunction[P, T]:
    """Make a function one of the server: to be called there, or over a network in a page.

    Raises:
        ServerFunctionError: it cannot be called from the other side.
    """
    function = ServerFunction(fn, options, None if is_server else network)
    if is_server:
        registry.add(function)
    return function
