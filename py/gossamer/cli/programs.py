"""The server that an app names: found, and run."""

import contextlib
import sys
from collections.abc import Callable
from importlib import import_module
from inspect import iscoroutinefunction
from pathlib import Path
from socket import socket
from typing import Any

from gossamer.errors import CommandError


def load_server(root: Path, name: str) -> Any:
    """The application that `server = "module:name"` means.

    Raises:
        CommandError: there is none.
    """
    module, _, attribute = name.partition(":")
    sys.path.insert(0, str(root))
    try:
        found = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        raise _missing(name, f"There is no module {module} in {root}.") from error
    except AttributeError as error:
        if getattr(error, "obj", None) is not sys.modules.get(module):
            raise
        raise _missing(name, f"{module}.py has no {attribute}.") from error
    return found


def _missing(name: str, why: str) -> CommandError:
    return CommandError(
        f"The server {name} is not there.",
        why=why,
        fix='Write server = "module:name" into [tool.gossamer], as in server = "server:app".',
    )


def is_asgi(app: object) -> bool:
    """Whether an application is one of ASGI; else it is one of WSGI.

    >>> from gossamer.asgi import App
    >>> is_asgi(App()), is_asgi(lambda environ, start_response: [])
    (True, False)
    """
    return iscoroutinefunction(app) or iscoroutinefunction(getattr(type(app), "__call__", None))  # noqa: B004 - whether it is async


def serve_wsgi(app: Any, listener: socket, tell: Callable[[], object]) -> None:
    """Serve a WSGI application until Ctrl-C, each request in a thread."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

    class Handler(WSGIRequestHandler):
        """Says nothing of what goes well."""

        protocol_version = (
            "HTTP/1.0"  # each connection ends with its answer, so no length is needed
        )

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Stay silent."""

    class Server(ThreadingMixIn, WSGIServer):
        """Takes a socket that listens already."""

        daemon_threads = True

        def __init__(self) -> None:
            super().__init__(listener.getsockname()[:2], Handler, bind_and_activate=False)
            self.socket.close()
            self.socket = listener
            self.server_name, self.server_port = listener.getsockname()[:2]
            self.setup_environ()
            self.set_app(app)

    with contextlib.suppress(KeyboardInterrupt):
        server = Server()
        tell()
        server.serve_forever(poll_interval=0.1)
