"""A server of this process: a free port, a word where it is, a clean end."""

import contextlib
import socket
import webbrowser
from collections.abc import Callable
from types import FrameType

import click
import uvicorn
from starlette.types import ASGIApp

from gossamer.cli.programs import is_asgi, serve_wsgi
from gossamer.errors import CommandError

PORTS = 100
"""How many ports, from the wanted one on, are tried."""


def bind(host: str, port: int) -> socket.socket:
    """A socket at the first free port from the wanted one on."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, port + PORTS):
        listener = socket.socket(kind, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen()
        except OSError as error:
            listener.close()
            if isinstance(error, socket.gaierror | PermissionError) or port == 0:
                raise _refusal(host, candidate, error) from error
            continue
        if candidate != port:
            click.echo(f"Port {port} is taken, so it is {candidate}.")
        return listener
    raise _refusal(host, port, OSError(f"{PORTS} ports from there on are taken"))


def _refusal(host: str, port: int, error: OSError) -> CommandError:
    return CommandError(
        f"Nothing can listen at {host}, port {port}.",
        why=f"The system says: {error.strerror or error}.",
        fix="Name another one with --host and --port.",
    )


class _Server(uvicorn.Server):
    """A server that says so once it answers, and again when it is asked to end."""

    def __init__(
        self,
        config: uvicorn.Config,
        tell: Callable[[], object],
        ends: Callable[[], object] | None,
    ) -> None:
        super().__init__(config)
        self._tell = tell
        self._ends = ends

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer; from here on a Ctrl-C ends it cleanly."""
        await super().startup(sockets)
        self._tell()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take the signal, before what is open is waited for."""
        if self._ends is not None:
            self._ends()
        super().handle_exit(sig, frame)


def listen(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    says: str,
    opens: bool = False,
    ends: Callable[[], object] | None = None,
    has_lifespan: bool = False,
) -> None:
    """Serve an app until Ctrl-C; `ends` then ends what the app has open."""
    with bind(host, port) as listener:
        taken = listener.getsockname()[1]
        shown = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104
        url = f"http://{shown}:{taken}/"

        def tell() -> None:
            click.echo(f"{says} at {url} (Ctrl-C ends it)")
            if opens:
                webbrowser.open(url)

        config = uvicorn.Config(
            app,
            log_level="warning",
            lifespan="auto" if has_lifespan else "off",
            timeout_graceful_shutdown=1,
        )
        if not is_asgi(app):
            serve_wsgi(app, listener, tell)
        else:
            with contextlib.suppress(KeyboardInterrupt):  # uvicorn passes it on, once all is closed
                _Server(config, tell, ends).run(sockets=[listener])
    click.echo("\nStopped.")
