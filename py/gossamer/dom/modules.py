"""JavaScript's own modules, as objects of Python."""

from collections.abc import Generator
from typing import Protocol

from gossamer.dom.bridge import verbs
from gossamer.dom.mount import begin
from gossamer.errors import HostError


class JsObject(Protocol):
    """An object of JavaScript: what it has are its attributes, and it may be called or awaited.

    It is a type for annotations.

    >>> from gossamer import JsObject
    >>> def middle(map: JsObject) -> JsObject:
    ...     return map.getCenter()
    """

    def __getattr__(self, name: str, /) -> JsObject:
        """What the object has by a name."""
        ...

    def __call__(self, *values: object, **options: object) -> JsObject:
        """Call it; named values become one object of options, the last argument."""
        ...

    def __await__(self) -> Generator[object, None, JsObject]:
        """Wait for a promise."""
        ...


async def js_module(name: str) -> JsObject:
    """Load an ES module of the page and give its exports as attributes.

    A name with a slash, `"./chart.js"`, is an address, from the page on. Any other is one that
    `[tool.gossamer.js-modules]` or a `<link data-module>` of the page gives to an address.

    >>> import asyncio, math
    >>> from gossamer import js_module
    >>> page.modules["./sums.js"] = math
    >>> sums = asyncio.run(js_module("./sums.js"))
    >>> sums.gcd(12, 18)
    6

    Raises:
        HostError: the page has no module of that name.
    """
    begin()
    loading = verbs.module(name)
    if not loading:
        raise HostError(
            f"There is no JavaScript module {name!r} in this page.",
            why="A name without a slash stands for an address, and nothing gives it one.",
            fix='Write "./name.js" for a file beside the page, or add the name to'
            " [tool.gossamer.js-modules] in pyproject.toml.",
        )
    loaded: JsObject = await loading
    return loaded
