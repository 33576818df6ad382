"""Headers of a request or an answer, checked as they are set."""

import re
from collections.abc import Iterable, Iterator

from gossamer.errors import HeaderError

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Headers:
    """Names and values in order; a name may come again, and its case does not matter.

    >>> from gossamer.http import Headers
    >>> headers = Headers([(b"accept", b"text/html"), (b"cookie", b"a=1"), (b"cookie", b"b=2")])
    >>> headers.get("Accept"), headers.get_all("cookie"), headers.get("age"), "Cookie" in headers
    ('text/html', ['a=1', 'b=2'], None, True)

    Args:
        raw: pairs of bytes, as ASGI has them.

    Raises:
        HeaderError: a name is none, or a value has line ends, other control characters, or what
            is not in Latin-1.
    """

    __slots__ = ("raw",)

    def __init__(self, raw: Iterable[tuple[bytes, bytes]] = ()) -> None:
        self.raw: list[tuple[bytes, bytes]] = [(name.lower(), value) for name, value in raw]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Headers:
        """Headers of texts.

        >>> Headers.of([("Allow", "GET")]).raw
        [(b'allow', b'GET')]
        """
        headers = cls()
        for name, value in pairs:
            headers.add(name, value)
        return headers

    def get(self, name: str) -> str | None:
        """The first value of a name; None when there is none."""
        return next(iter(self.get_all(name)), None)

    def get_all(self, name: str) -> list[str]:
        """All values of a name, in order."""
        key = name.lower().encode("latin-1", "replace")
        return [value.decode("latin-1") for other, value in self.raw if other == key]

    def add(self, name: str, value: str) -> None:
        """One more value of a name."""
        self.raw.append(_checked(name, value))

    def set(self, name: str, value: str) -> None:
        """The one value of a name, in place of all that it had."""
        pair = _checked(name, value)
        self.raw = [other for other in self.raw if other[0] != pair[0]]
        self.raw.append(pair)

    def remove(self, name: str) -> None:
        """Take all values of a name away."""
        key = name.lower().encode("latin-1", "replace")
        self.raw = [other for other in self.raw if other[0] != key]

    def items(self) -> list[tuple[str, str]]:
        """All names with their values, in order."""
        return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in self.raw]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for name, _ in self.items()))

    def __contains__(self, name: str) -> bool:
        return bool(self.get_all(name))

    def __len__(self) -> int:
        return len(self.raw)

    def __repr__(self) -> str:
        return f"Headers({self.items()!r})"


def _checked(name: str, value: str) -> tuple[bytes, bytes]:
    """A pair that can be sent as it is."""
    if not _NAME.fullmatch(name):
        raise HeaderError(
            f"{name!r} cannot be the name of a header.",
            why="A name has letters, digits and a few marks such as the hyphen.",
            fix="Write a name such as X-Total.",
        )
    if _CONTROL.search(value):
        raise HeaderError(
            f"The header {name} cannot have the value {value[:60]!r}.",
            why="A line end in it would begin another header, and a server refuses the others.",
            fix="Take the control characters out, or percent-encode the value.",
        )
    try:
        return name.lower().encode("ascii"), value.strip(" \t").encode("latin-1")
    except UnicodeEncodeError as error:
        raise HeaderError(
            f"The header {name} cannot have the value {value[:60]!r}.",
            why=f"{value[error.start]!r} is not in Latin-1, which is all that a header can carry.",
            fix="Percent-encode the value.",
        ) from error
