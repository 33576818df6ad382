"""What an app answers, for any server: files, calls and pages."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, TypedDict, Unpack
from urllib.parse import quote, urlsplit

from gossamer.errors import StatusError
from gossamer.http import (
    Handler,
    Headers,
    HttpError,
    Redirected,
    Reply,
    Request,
    Response,
    SocketHandler,
    begin_answer,
    check_host,
)
from gossamer.http.request import MAX_BODY
from gossamer.server_fn.endpoint.handler import ServerFunctions
from gossamer.server_fn.endpoint.sockets import ServerSockets
from gossamer.serving import security
from gossamer.serving.failures import reply_for_failure, reply_for_status
from gossamer.serving.files import Files
from gossamer.serving.pages import Pages

type Slashes = Literal["ignore", "never", "always"]

SHELLS: Final = frozenset(("index.html", "200.html", "404.html"))
"""Pages of a build that stand for the app: where it is rendered, they are not served."""
LOCAL: Final = frozenset(("localhost", "127.0.0.1", "::1"))


class Options(TypedDict, total=False):
    """What an app on a server can be told.

    - `static` is the folder that `gossamer build` wrote; its page is what the views are put into.
    - `handlers` and `socket_handlers` are asked first, then server functions, files and pages.
    - `base` is the path below which it answers, where what is around it does not say so.
    - `origin` is what visitors see, such as `"https://shop.example"`: for an app behind a proxy
      that does not hand their Host and scheme on.
    - `trusted_origins` are other sites whose pages may call, `allowed_hosts` the names that are
      answered for, any if empty.
    - `max_body` is how many bytes may be sent.
    - `mode` and `timeout` are those of a `Document`. Parts come out of order where the build of
      `static` has the script that puts them in their places, else in order.
    - `slashes` says which of `/x` and `/x/` is sent on to the other: `"ignore"` neither.
    - `policy` changes directives of the Content-Security-Policy; an empty one takes it away.
    """

    static: Path | str | None
    handlers: Sequence[Handler]
    socket_handlers: Sequence[SocketHandler]
    base: str
    origin: str
    trusted_origins: Collection[str]
    allowed_hosts: Collection[str]
    max_body: int
    mode: str
    timeout: float
    slashes: Slashes
    policy: Mapping[str, str]


class Site:
    """An app as handlers: a server hands requests in, and sends what comes out."""

    def __init__(self, view: object = None, **options: Unpack[Options]) -> None:
        static = options.get("static")
        folder = None if static is None else Path(static)
        self.base = "/" + options.get("base", "").strip("/") if options.get("base") else ""
        self.origin = options.get("origin", "").rstrip("/").lower()
        self.trusted_origins = frozenset(
            each.lower() for each in options.get("trusted_origins", ())
        )
        self.allowed_hosts = tuple(options.get("allowed_hosts", ()))
        self.max_body = options.get("max_body", MAX_BODY)
        trusted = self.trusted_origins
        self.socket_handlers: list[SocketHandler] = list(options.get("socket_handlers", ()))
        self.socket_handlers.append(ServerSockets(trusted=trusted))
        self._handlers: list[Handler] = list(options.get("handlers", ()))
        self._handlers.append(ServerFunctions(trusted=trusted))
        if folder is not None:
            without = frozenset[str]() if view is None else SHELLS
            self._handlers.append(Files(folder, without=without, has_fallback=view is None))
        if view is not None:
            pages = Pages(
                view,
                folder,
                mode=options.get("mode", "ooo"),
                timeout=options.get("timeout", 10),
                slashes=options.get("slashes", "ignore"),
                policy=options.get("policy", {}),
            )
            self._handlers.append(pages)

    async def answer(self, request: Request) -> tuple[int, list[tuple[bytes, bytes]], Reply]:
        """The status, the headers and what holds the body; it never fails.

        The context is the answer's own from here on.
        """
        response = _response_for(request)
        begin_answer(request, response)
        try:
            reply = await self._reply(request)
        except Redirected as sent:
            reply = Reply(sent.status, Headers.of([("location", sent.location)]))
        except StatusError as error:
            reply = reply_for_status(error, request)
            response = response.without_status()
        except Exception as error:  # noqa: BLE001 - one of the three places: it is logged
            reply = reply_for_failure(error, request)
            response = Response()
        for name, value in security.HEADERS:
            if name not in reply.headers:
                reply.headers.add(name, value)
        if isinstance(reply.body, bytes):
            if reply.status not in (204, 304):
                reply.headers.set("content-length", str(len(reply.body)))
        elif "content-length" not in reply.headers:
            reply.headers.set("x-accel-buffering", "no")  # a proxy sends each part on
        return *response.finish(reply), reply

    async def _reply(self, request: Request) -> Reply:
        check_host(request, self.allowed_hosts)
        if not request.raw_path:
            raise HttpError(404)
        for handler in self._handlers:
            reply = await handler(request)
            if reply is not None:
                return reply
        raise HttpError(404)

    def place_of(self, path: str, root_path: str) -> tuple[str, str]:
        """Where the app stands, and a path below that, both coded; empty if it is elsewhere.

        Some servers give the whole path, some the one below the root.
        """
        root = quote(root_path.rstrip("/"), safe="/%")
        if root and _is_below(path, root):
            path = path[len(root) :] or "/"
        if self.base:
            path = (path[len(self.base) :] or "/") if _is_below(path, self.base) else ""
        return root + self.base, path


def coded(path: str | bytes) -> str:
    """A decoded path as it stands in an address.

    >>> coded("/@a/b c/é")
    '/@a/b%20c/%C3%A9'
    """
    return quote(path, safe="/!$&'()*+,;=:@~")


def _response_for(request: Request) -> Response:
    """An answer to begin with: its cookies need HTTPS, but on a developer's own machine."""
    parts = urlsplit(request.origin)
    return Response(secure=parts.scheme != "http" or parts.hostname not in LOCAL)


def _is_below(path: str, base: str) -> bool:
    return path == base or path.startswith(f"{base}/")
