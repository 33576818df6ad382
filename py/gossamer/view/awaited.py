"""What is awaited as a view: Await, and awaitables in holes."""

from typing import Any

from gossamer.reactive import Resource
from gossamer.reactive.resources import Once
from gossamer.view.component import component
from gossamer.view.control import is_function_of
from gossamer.view.suspense import Suspense


def awaited(value: Any) -> Resource[Any]:
    """A resource for an awaitable, or for an async function, or what is one already.

    >>> import asyncio
    >>> async def main():
    ...     print(await awaited(asyncio.sleep(0, "Ada")))
    >>> asyncio.run(main())
    Ada
    """
    if isinstance(value, Resource):
        return value
    return Resource(value) if callable(value) else Once(value)


@component
def Await(value: object, children: object, fallback: object = None) -> object:
    """Show the children once an awaitable has given its value, which they may ask for.

    The value may be a coroutine, an async function, a resource, or anything else to await.

    >>> import asyncio
    >>> from gossamer import Await, mount
    >>> async def main():
    ...     name = asyncio.sleep(0, "Ada")
    ...     shown = mount(Await(name, lambda name: t"<b>{name}</b>", fallback="Who?"))
    ...     print(page.body.inner_html())
    ...     await asyncio.sleep(0.01)
    ...     print(page.body.inner_html())
    >>> asyncio.run(main())
    Who?
    <b>Ada</b>
    """
    come = awaited(value)

    def branch() -> object:
        given = come()
        if not come.has_come:
            return None
        if is_function_of(children, 1):
            return children(given)  # type: ignore[operator] # it is a function: just asked
        return children

    return Suspense(branch, fallback)
