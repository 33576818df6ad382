"""Functions of the server that a page calls as if they were its own."""

from typing import TYPE_CHECKING, Any

from gossamer.errors import HostError
from gossamer.errors import ServerError as ServerError
from gossamer.errors import StaleVersionError as StaleVersionError
from gossamer.errors import TransportError as TransportError
from gossamer.errors import TruncatedError as TruncatedError
from gossamer.fields import FieldErrors as FieldErrors
from gossamer.server.actions import ServerAction as ServerAction
from gossamer.server.actions import ServerMultiAction as ServerMultiAction
from gossamer.server.calls import server as server
from gossamer.server.forms import ActionForm as ActionForm
from gossamer.server.forms import MultiActionForm as MultiActionForm
from gossamer.server.forms import use_action_form as use_action_form
from gossamer.server_fn.sides import SERVER as SERVER
from gossamer.server_fn.uploads import UploadFile as UploadFile

if TYPE_CHECKING:
    from gossamer.http import HttpError as HttpError
    from gossamer.http import redirect as redirect
    from gossamer.http import request as request
    from gossamer.http import response as response
    from gossamer.server_fn.endpoint.handler import ServerFunctions as ServerFunctions
    from gossamer.server_fn.endpoint.openapi import openapi as openapi
    from gossamer.server_fn.endpoint.sockets import ServerSockets as ServerSockets
    from gossamer.ssr import render_to_stream as render_to_stream
    from gossamer.ssr import render_to_string as render_to_string

ELSEWHERE = {
    "HttpError": "gossamer.http",
    "redirect": "gossamer.http",
    "request": "gossamer.http",
    "response": "gossamer.http",
    "ServerFunctions": "gossamer.server_fn.endpoint.handler",
    "openapi": "gossamer.server_fn.endpoint.openapi",
    "ServerSockets": "gossamer.server_fn.endpoint.sockets",
    "render_to_stream": "gossamer.ssr",
    "render_to_string": "gossamer.ssr",
}
"""What only a server has, by the module that has it: a page does not load it."""


def __getattr__(name: str) -> Any:
    """What only a server has, when it is asked for; in a page, what says so when it is called."""
    if name not in ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if not SERVER:
        return stand_in(name)
    from importlib import import_module  # noqa: PLC0415 - on a server only

    return getattr(import_module(ELSEWHERE[name]), name)


def stand_in(name: str) -> type[Exception]:
    """What a page has for a name that only a server has: it can be imported, and caught."""

    def refuse(_self: object, *_args: object, **_options: object) -> None:
        raise HostError(
            f"{name} is the server's, and this is a page.",
            why="Here is no request that could be answered.",
            fix="Call it in the body of a server function, or below `if SERVER:`.",
        )

    return type(name, (Exception,), {"__init__": refuse})
