"""Components whose module is imported when they are first shown."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from gossamer.errors import LazyError, PropError
from gossamer.reactive import Context, use_context
from gossamer.reactive.flushing import running_loop
from gossamer.view.component import Component

type Bring = Callable[[str, tuple[str, ...]], Awaitable[object]]

BRING: Final = Context[Bring]("bring")
"""How a platform fetches a module that it left out, and its wheels; who can, provides it."""


class LazyComponent(Component[...]):
    """A component that knows where it will be found."""

    __slots__ = ("found", "module", "wanted", "wheels")

    def __init__(self, module: str, wanted: str, wheels: tuple[str, ...]) -> None:
        def show(**props: Any) -> object:
            waiting = self.load()
            return self.found(**props) if waiting is None else self._show_after(waiting, props)

        super().__init__(show)
        self.name = f"lazy {wanted}"
        self.module = module
        self.wanted = wanted
        self.wheels = wheels
        self.found: Any = None

    def _name(self, args: tuple[object, ...], named: Mapping[str, object]) -> dict[str, object]:  # noqa: ARG002 - as in a component
        raise PropError(
            f"{self.name} got {len(args)} positional props.",
            why="Their names are known only when its module has been imported.",
            fix=f"Name the props: {self.wanted}(name=…).",
        )

    def load(self) -> Awaitable[None] | None:
        """Import the module, if that did not happen; gives what to wait for, if it takes time."""
        if self.found is not None:
            return None
        is_here = not self.wheels and is_importable(self.module)
        bring = None if is_here or running_loop() is None else use_context(BRING)
        if bring is not None:
            return self._load_after(bring(self.module, self.wheels))
        self._import()
        return None

    async def _load_after(self, bringing: Awaitable[object]) -> None:
        await bringing
        self._import()

    async def _show_after(self, waiting: Awaitable[None], props: dict[str, Any]) -> object:
        await waiting
        return self.found(**props)

    def _import(self) -> None:
        found = getattr(import_module(self.module), self.wanted, None)
        if not callable(found):
            raise LazyError(
                f"lazy('{self.module}:{self.wanted}') found no component.",
                why=f"The module {self.module} has no {self.wanted} that can be called.",
                fix="Check the name after the colon, or define it in the module.",
            )
        self.found = found


def is_importable(module: str) -> bool:
    """Whether a module is there, imported or not."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package around it
        return False


def is_lazy(view: object) -> bool:
    """Whether a view has a module to load before it can be shown."""
    return isinstance(view, LazyComponent)


def lazy(place: str, wheels: Iterable[str] = ()) -> LazyComponent:
    """Make a component of one that is imported when it is first shown: `lazy("module:Name")`.

    It takes its props by name; they are checked when its module is there. In a page a module that
    is not there is fetched from beside the page (`pages/settings.py`), with the wheels that it
    needs; the boundary around waits. As the view of a route it is fetched when a visitor rests on
    a link to it.

    >>> from gossamer import lazy, mount
    >>> Show = lazy("gossamer.view.control:Show")
    >>> shown = mount(t"<{Show} when={True}>Here</{Show}>")
    >>> page.body.text()
    'Here'

    Raises:
        LazyError: the text does not name a module and a component.
    """
    module, _, name = place.partition(":")
    if not (module and name.isidentifier()):
        raise LazyError(
            f"lazy() got {place!r}.",
            why="It takes the name of a module, a colon, and the name of a component in it.",
            fix='Write lazy("pages.settings:Settings").',
        )
    return LazyComponent(module, name, tuple(wheels))
