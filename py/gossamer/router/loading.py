"""Getting ready: what a way through the app needs before anything is shown."""

from collections.abc import Awaitable, Callable, Generator
from typing import TYPE_CHECKING, Any

from gossamer.errors import NavigationError, StatusError
from gossamer.host import AGAIN
from gossamer.router.addresses import is_elsewhere
from gossamer.router.layers import Layer, write
from gossamer.router.matching import RouteNode
from gossamer.router.outcomes import Outcome, call, is_awaitable
from gossamer.router.outlets import redirect_in
from gossamer.router.visits import READS_PARAMS, READS_PATH, READS_QUERY, Navigation, Visit
from gossamer.view.component import ComponentView
from gossamer.view.lazy import is_lazy

if TYPE_CHECKING:
    from gossamer.router.navigator import Navigator

NOT_FOUND = 404

type Steps = Generator[list[Awaitable[Any]], list[Outcome], Plan]


class Part:
    """One layer to be, with what it is to be told."""

    __slots__ = (
        "data",
        "error",
        "is_asked",
        "is_kept",
        "is_loaded",
        "layer",
        "params",
        "path",
        "reads",
    )

    def __init__(self, layer: Layer, path: str, params: dict[str, Any], *, is_kept: bool) -> None:
        self.layer = layer
        self.path = path
        self.params = params
        self.is_kept = is_kept
        self.is_asked = False  # whether its guard has let the visitor pass
        self.is_loaded = False
        self.data: Any = None
        self.error: Exception | None = None
        self.reads = 0


class Plan:
    """What to show, once all of it is there; or where to go instead."""

    __slots__ = ("parts", "redirect")

    def __init__(self, parts: list[Part], redirect: ComponentView | None = None) -> None:
        self.parts = parts
        self.redirect = redirect

    @classmethod
    def of_one(cls, layer: Layer) -> Plan:
        """A plan that shows one layer and nothing else."""
        return cls([Part(layer, layer.path.peek(), {}, is_kept=False)])


class _Redirected(Exception):  # noqa: N818 - not an error
    def __init__(self, to: ComponentView) -> None:
        super().__init__()
        self.to = to


class _Missing(Exception):  # noqa: N818 - not an error
    def __init__(self, route: RouteNode) -> None:
        super().__init__()
        self.route = route


def prepare(navigator: Navigator, navigation: Navigation) -> Steps:
    """Ask the guards, then load code and data of all levels at once; waits where it has to.

    A route that has nothing there gives way to the nearest one that takes any path.
    """
    parts = _parts(navigator, navigation)
    without: list[RouteNode] = []
    while True:
        try:
            yield from _ask_guards(navigation, parts)
            yield from _load(navigator, navigation, parts)
        except _Redirected as redirected:
            return Plan(parts, redirected.to)
        except _Missing as missing:
            without.append(missing.route)
            navigation.match = navigator.table.match(navigation.path, without)
            parts = _adopt(parts, _parts(navigator, navigation))
        else:
            return Plan(parts)


def _adopt(parts: list[Part], others: list[Part]) -> list[Part]:
    """Other parts, but those around what differs as they are, with all that they have got."""
    same = 0
    for part, other in zip(parts, others, strict=False):
        if (part.layer.route, part.params) != (other.layer.route, other.params):
            break
        same += 1
    return parts[:same] + others[same:]


def levels_of(
    navigator: Navigator, navigation: Navigation
) -> list[tuple[RouteNode, str, dict[str, Any]]]:
    """The routes on the way, each with its part of the path and its parameters."""
    match = navigation.match
    if match is None:
        return [(navigator.not_found, navigation.path, {})]
    return [
        (level.route, match.path_of(level), match.params_of(level)) for level in match.branch.levels
    ]


def _parts(navigator: Navigator, navigation: Navigation) -> list[Part]:
    """Compare level by level with what stands: the same route is kept, unless its key differs."""
    parts: list[Part] = []
    standing = navigator.top.chain()
    on_error: object = navigator.on_error
    is_kept = True
    for index, (route, path, params) in enumerate(levels_of(navigator, navigation)):
        content = route.content
        key = content.key(params) if content.key is not None else None
        old = standing[index] if index < len(standing) else None
        on_error = content.error if content.error is not None else on_error
        is_kept = (
            is_kept
            and old is not None
            and old.route is route
            and old.key == key
            and old.error is None
        )
        if is_kept and old is not None:
            layer = old
        else:
            layer = Layer(route, path, params)
            layer.key = key
            layer.on_error = on_error
        parts.append(Part(layer, path, params, is_kept=is_kept))
    return parts


def _ask_guards(navigation: Navigation, parts: list[Part]) -> Steps:
    """Ask the guards, outermost first: one may send the visitor elsewhere."""
    for index, part in enumerate(parts):
        guard = part.layer.route.content.guard
        if guard is None or part.is_asked:
            continue
        outcome = call(guard, Visit(navigation, part.params))
        if is_awaitable(outcome.value):
            [outcome] = yield [outcome.value]
        if outcome.error is not None:
            _fail(parts, index, outcome.error)
            break
        if _is_redirect(parts, index, outcome.value):
            break
        if outcome.value is False:
            raise _Missing(part.layer.route)
        part.is_asked = True
    return Plan(parts)


def _load(navigator: Navigator, navigation: Navigation, parts: list[Part]) -> Steps:
    """Load the code and the data that are not there."""
    waiting: list[Awaitable[Any]] = []
    takers: list[Callable[[Outcome], None]] = []
    for level, part in enumerate(parts):
        for begin, take in _needs(navigator, navigation, part, level):
            if part.error is not None:
                break
            outcome = begin()
            if is_awaitable(outcome.value):
                waiting.append(outcome.value)
                takers.append(take)
            else:
                take(outcome)
        if part.error is not None:
            break  # what is inside of it will not be shown
    if waiting:
        outcomes = yield waiting
        for take, outcome in zip(takers, outcomes, strict=True):
            take(outcome)
    for index, part in enumerate(parts):
        if part.error is not None:
            _fail(parts, index, part.error)
            break
        if _is_redirect(parts, index, part.data):
            break
    return Plan(parts)


def _needs(
    navigator: Navigator, navigation: Navigation, part: Part, level: int
) -> list[tuple[Callable[[], Outcome], Callable[[Outcome], None]]]:
    """What one level has to get, each with who takes it."""
    content = part.layer.route.content
    found: list[tuple[Callable[[], Outcome], Callable[[Outcome], None]]] = []

    def take_code(outcome: Outcome) -> None:
        part.error = part.error or outcome.error

    def take_data(outcome: Outcome) -> None:
        part.error = part.error or outcome.error
        part.data = outcome.value
        part.is_loaded = True
        part.reads = visit.reads

    visit = Visit(navigation, part.params, level)
    if is_lazy(content.view):
        found.append((lambda: navigator.preloads.take(content.view.load, visit), take_code))
    is_wanted = content.load is not None and not part.is_loaded
    if is_wanted and _is_stale(navigator, navigation, part):
        found.append((lambda: navigator.preloads.take(content.load, visit), take_data))
    return found


def _is_stale(navigator: Navigator, navigation: Navigation, part: Part) -> bool:
    """Whether something that the data was made of is different now."""
    if not part.is_kept or navigation.flags & AGAIN:
        return True
    layer = part.layer
    location = navigator.location
    return bool(
        (layer.reads & READS_PARAMS and layer.params.peek() != part.params)
        or (layer.reads & READS_QUERY and location.search.peek() != navigation.search)
        or (layer.reads & READS_PATH and location.path.peek() != navigation.path)
    )


def _is_missing(error: Exception) -> bool:
    """Whether a guard or a load function says that there is no such page."""
    return isinstance(error, StatusError) and error.status == NOT_FOUND


def _fail(parts: list[Part], index: int, error: Exception) -> None:
    """Show the error at this level, and nothing inside of it."""
    part = parts[index]
    if _is_missing(error):
        raise _Missing(part.layer.route)
    del parts[index + 1 :]
    layer = Layer(part.layer.route, part.path, part.params)
    layer.on_error = part.layer.on_error
    layer.error = part.error = error
    part.layer = layer
    part.is_kept = part.is_loaded = False


def _is_redirect(parts: list[Part], index: int, answer: object) -> bool:
    """Follow the redirect that an answer may be; one to another site is an error of its route."""
    redirect = redirect_in(answer)
    if redirect is None:
        return False
    to = str(redirect.props["to"])
    if not is_elsewhere(to):
        raise _Redirected(redirect)
    _fail(parts, index, elsewhere(to))
    return True


def elsewhere(to: str) -> NavigationError:
    """What is said of an address that is no address of the app."""
    return NavigationError(
        f"{to} leads to another site.",
        why="Whoever wrote the address of this page could have written that one as well.",
        fix='Go to a path of the app, "/…" or "./…"; to another site, show a link.',
    )


def show(top: Layer, parts: list[Part]) -> None:
    """Put the parts in the place of what stands: what is kept is told, the rest is built anew."""
    outer = top
    for part in parts:
        layer = part.layer
        if part.is_kept:
            write(layer.params, part.params)
            write(layer.path, part.path)
        if part.is_loaded:
            layer.reads = part.reads
            layer.data.set(part.data)
        if outer.child.peek() is not layer:
            outer.child.set(layer)
        outer = layer
    if outer.child.peek() is not None:
        outer.child.set(None)
