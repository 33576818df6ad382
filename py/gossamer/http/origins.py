"""Whether a request comes from a page of this site."""

import re
from collections.abc import Collection

from gossamer.http.request import Request
from gossamer.http.status import HttpError

_HOST = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?", re.ASCII)


def check_host(request: Request, allowed: Collection[str] = ()) -> None:
    """Refuse a request that names no host, or another one than those that are allowed.

    `allowed` has names without ports; `"*.shop.example"` are all below it. Empty allows any.

    >>> from gossamer.http import Headers, Request
    >>> check_host(Request("GET", headers=Headers.of([("Host", "evil.test")])), ["shop.example"])
    Traceback (most recent call last):
        ...
    gossamer.http.status.HttpError: This server does not answer for that host.

    Raises:
        HttpError: 400, there is none, or it is no host; 421, it is another one.
    """
    named = request.headers.get_all("host")
    if not named and request.http_version == "1.0":
        return
    found = _HOST.fullmatch(named[0]) if len(named) == 1 else None
    if found is None:
        raise HttpError(400, "The request names no host.")
    name = found[1].lower()
    if allowed and not any(_is_below(name, host.lower()) for host in allowed):
        raise HttpError(421, "This server does not answer for that host.")


def _is_below(name: str, host: str) -> bool:
    return name.endswith(host[1:]) if host.startswith("*.") else host in (name, "*")


def check_origin(request: Request, trusted: Collection[str] = ()) -> None:
    """Refuse what a page of another site has sent: its visitor's cookies would come along.

    Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`. A request that says
    neither is allowed when it has no cookies or credentials: it is no browser's.

    >>> from gossamer.http import Headers, Request
    >>> said = [("Host", "shop.example"), ("Origin", "http://evil.test")]
    >>> check_origin(Request("POST", headers=Headers.of(said)))
    Traceback (most recent call last):
        ...
    gossamer.http.status.HttpError: The request comes from another site.

    Args:
        request: its `origin` is ours: as configured, or as its Host says.
        trusted: other origins that may send, such as `"https://admin.shop.example"`.

    Raises:
        HttpError: 403, it comes from elsewhere.
    """
    origins = request.headers.get_all("origin")
    sites = request.headers.get_all("sec-fetch-site")
    if len(origins) == 1 and origins[0].lower() in trusted:
        return
    if sites:
        # The browser vouches for it, but the scheme may be that between a proxy and us.
        is_ours = sites == ["same-origin"] and origins in ([], *_either_scheme(request.origin))
        is_ours = is_ours or (sites == ["none"] and not origins)
    elif origins:
        is_ours = [origin.lower() for origin in origins] == [request.origin]
    else:
        is_ours = "cookie" not in request.headers and "authorization" not in request.headers
    if not is_ours:
        raise HttpError(403, "The request comes from another site.")


def _either_scheme(origin: str) -> list[list[str]]:
    host = origin.partition("://")[2]
    return [[f"http://{host}"], [f"https://{host}"]]
