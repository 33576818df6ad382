"""Addresses that are safe to send somebody to."""

import re
from urllib.parse import quote

from gossamer.errors import RedirectError

_DOUBTFUL = re.compile(r"[\x00-\x20\x7f-\xa0\\]|[\ud800-\udfff]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HTTP = re.compile(r"https?://[^/]", re.IGNORECASE)
_KEPT = "!#$%&'()*+,/:;=?@[]~"


def own_address(url: str, *, base: str = "", origin: str = "", external: bool = False) -> str:
    """An address of this site, as Location has it.

    >>> own_address("/é?x=1#z"), own_address("/x", base="/shop"), own_address("?page=2")
    ('/%C3%A9?x=1#z', '/shop/x', '?page=2')
    >>> own_address("https://a.example/x", origin="https://a.example")
    'https://a.example/x'

    Raises:
        RedirectError: it leads to another site, and `external` is not given, or it has
            backslashes, blanks or control characters, which browsers read as they like.
    """
    if _DOUBTFUL.search(url):
        raise _refusal(url, "It has a blank, a backslash or a control character.")
    location = quote(url, safe=_KEPT)
    if external and _HTTP.match(url):
        return location
    if url.startswith("//"):
        raise _refusal(url, "A browser takes what follows // for another host.")
    if _SCHEME.match(url):
        rest = url[len(origin) :]
        if origin and url[: len(origin)].lower() == origin and rest[:1] in ("", "/", "?", "#"):
            return location
        raise _refusal(url, "It leads to another site, or it is no address of a page.")
    if not url.startswith("/") or location == base or location.startswith(f"{base}/"):
        return location
    return base + location


def _refusal(url: str, why: str) -> RedirectError:
    return RedirectError(
        f"Nobody is sent to {url[:200]!r}.",
        why=why,
        fix="Give a path of this site; external=True allows http: and https: to anywhere.",
    )
