"""Views whose module is fetched when somebody wants to go there."""

from collections.abc import Awaitable, Iterable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from gossamer.errors import NavigationError
from gossamer.host import HOST
from gossamer.reactive import expect_context


class Lazy:
    """A component in a module that may not be there yet."""

    __slots__ = ("component", "module", "name", "wheels")

    def __init__(self, module: str, name: str, wheels: tuple[str, ...]) -> None:
        self.module = module
        self.name = name
        self.wheels = wheels
        self.component: object = None

    def __repr__(self) -> str:
        return f"lazy('{self.module}:{self.name}')"

    def load(self) -> Awaitable[None] | None:
        """Import the module; what to wait for, where it has to be fetched first."""
        if self.component is not None:
            return None
        if not self.wheels and _is_here(self.module):
            self._import()
            return None
        bring = expect_context(HOST).bring(self.module, self.wheels)
        return self._after(bring)

    async def _after(self, bring: Awaitable[None]) -> None:
        await bring
        self._import()

    def _import(self) -> None:
        module = import_module(self.module)
        self.component = getattr(module, self.name, None)
        if self.component is None:
            raise NavigationError(
                f"The module {self.module} has no {self.name}.",
                why=f"lazy('{self.module}:{self.name}') looks it up when the route is wanted.",
                fix="Check the name after the colon, or define it in the module.",
            )


def is_lazy(view: object) -> bool:
    """Whether a view has something to load before it can be shown."""
    return hasattr(view, "load")


def _is_here(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package around it
        return False


def lazy(place: str, wheels: Iterable[str] = ()) -> Any:
    """A view that is imported when it is first wanted: `lazy("pages.settings:Settings")`.

    In a page the module is fetched from beside the page (`pages/settings.py`) if it is not there,
    and so are the wheels that it needs. Resting on a link begins to fetch it.

    >>> from gossamer.router import lazy
    >>> lazy("shop.basket:Basket")
    lazy('shop.basket:Basket')

    Raises:
        NavigationError: the text names no module or nothing in it.
    """
    module, colon, name = place.partition(":")
    if not module or not name.isidentifier() or not colon:
        raise NavigationError(
            f"lazy() got {place!r}.",
            why="It takes the name of a module, a colon, and the name of a component in it.",
            fix='Write lazy("pages.settings:Settings").',
        )
    return Lazy(module, name, tuple(wheels))
