"""Addresses: taken apart, put together and percent-coded."""

import re

_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_BROKEN = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_ODD = re.compile(r"[^!#-;=?-\[\]_a-z|~]+")  # what no browser leaves as it is
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def encode(text: str, keep: str = "") -> str:
    """Text as it stands in an address: all but letters, digits and `-._~` is percent-coded.

    >>> encode("a b/é"), encode("a b/é", keep="/")
    ('a%20b%2F%C3%A9', 'a%20b/%C3%A9')
    """
    kept = _PLAIN.union(keep.encode())
    data = text.encode("utf-8", "surrogatepass")
    return "".join(chr(byte) if byte in kept else f"%{byte:02X}" for byte in data)


def decode(raw: str) -> str:
    """What a part of an address says, decoded once; a part that is malformed says itself.

    >>> decode("caf%C3%A9"), decode("100%"), decode("%FF"), decode("a%252Fb")
    ('café', '100%', '%FF', 'a%2Fb')
    """
    if "%" not in raw or _BROKEN.search(raw):
        return raw
    data = _ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), raw.encode())
    try:
        return data.decode()
    except UnicodeDecodeError:
        return raw


def split_address(address: str) -> tuple[str, str, str]:
    """The path, the search with its `?` and the hash with its `#`; each may be empty.

    >>> split_address("/users?page=2#top"), split_address("/users?#")
    (('/users', '?page=2', '#top'), ('/users', '', ''))
    """
    rest, mark, fragment = address.partition("#")
    path, question, search = rest.partition("?")
    return path, question + search if search else "", mark + fragment if fragment else ""


def read_query(search: str) -> dict[str, list[str]]:
    """The values of each key of a search, decoded once.

    >>> read_query("?tag=a&tag=b+c&x=%2525&empty")
    {'tag': ['a', 'b c'], 'x': ['%25'], 'empty': ['']}
    """
    found: dict[str, list[str]] = {}
    for pair in search.removeprefix("?").split("&"):
        if pair:
            key, _, value = pair.replace("+", " ").partition("=")
            found.setdefault(decode(key), []).append(decode(value))
    return found


def write_query(query: dict[str, object]) -> str:
    """A search of keys and values; lists give a key more than once, None and False leave it out.

    >>> write_query({"q": "a&b", "tag": ["x", "y"], "page": None, "open": True})
    '?q=a%26b&tag=x&tag=y&open=1'
    """
    pairs: list[str] = []
    for key, value in query.items():
        items = value if isinstance(value, (list, tuple)) else (value,)
        pairs.extend(
            f"{encode(key)}={encode('1' if item is True else str(item))}"
            for item in items
            if item is not None and item is not False
        )
    return f"?{'&'.join(pairs)}" if pairs else ""


def edit_query(search: str, edits: dict[str, list[str]]) -> str:
    """A search with some keys written anew; no value takes a key out, the others stay as they are.

    >>> edit_query("?a=%20&page=2", {"page": ["3"], "q": ["x"]})
    '?a=%20&page=3&q=x'
    """
    kept = [
        pair
        for pair in search.removeprefix("?").split("&")
        if pair and decode(pair.replace("+", " ").partition("=")[0]) not in edits
    ]
    added = [f"{encode(key)}={encode(value)}" for key in edits for value in edits[key]]
    return f"?{'&'.join(kept + added)}" if kept or added else ""


def tidy(address: str) -> str:
    """An address as a browser shows it: what has no place in one is percent-coded.

    >>> tidy("/café?q=a b"), tidy("/caf%C3%A9")
    ('/caf%C3%A9?q=a%20b', '/caf%C3%A9')
    """
    return _ODD.sub(lambda odd: encode(odd[0]), address)


def is_elsewhere(address: str) -> bool:
    """Whether an address has a scheme or a host of its own.

    >>> is_elsewhere("https://example.org/"), is_elsewhere("//example.org"), is_elsewhere("/users")
    (True, True, False)
    """
    return _ELSEWHERE.match(address) is not None


def resolve(to: str, path: str) -> str:
    """An address as seen from a path: what does not begin with `/` goes on from there.

    >>> resolve("edit", "/users/7"), resolve("../8?x=1", "/users/7"), resolve("?x=1", "/users")
    ('/users/7/edit', '/users/8?x=1', '/users?x=1')
    """
    to = tidy(to)
    if to.startswith("/") or is_elsewhere(to):
        return to
    target, search, fragment = split_address(to)
    parts = [part for part in path.split("/") if part]
    for step in target.split("/"):
        if step == "..":
            del parts[-1:]
        elif step not in ("", "."):
            parts.append(step)
    return f"/{'/'.join(parts)}{search}{fragment}"
