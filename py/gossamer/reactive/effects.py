"""Work that answers: effects and watches."""

from types import FunctionType
from typing import TYPE_CHECKING, Any

from gossamer.reactive.arity import count_required
from gossamer.reactive.flushing import flush, release, request, run_urgent
from gossamer.reactive.graph import Link, cut, next_stamp, unsubscribe
from gossamer.reactive.owners import Owner, current_owner, tear_down, untrack
from gossamer.reactive.scope import CHECK, CLEAN, DIRTY, DISPOSED, IMMEDIATE, scope
from gossamer.reactive.waiting import hand_on
from gossamer.values import shown

if TYPE_CHECKING:
    from collections.abc import Callable


class Effect(Owner):
    """A function that runs again when what it has read changes, and owns what it makes.

    Before each run, what the last run made is disposed of and its cleanups run.

    >>> from gossamer.reactive import Signal, effect
    >>> count = Signal(1)
    >>> follower = effect(lambda: print(count()))
    1
    >>> follower.pause()
    >>> count.set(2)
    >>> follower.resume()
    >>> count.set(3)
    3
    >>> follower.dispose()
    """

    __slots__ = ("deps", "fn", "live", "stamp", "tail", "takes_previous", "value")

    is_effect = True
    running = False

    def __init__(self, fn: Callable[..., object]) -> None:
        self.fn: Callable[..., object] | None = fn
        if type(fn) is FunctionType and not fn.__code__.co_argcount:
            self.takes_previous = False
        else:
            self.takes_previous = count_required(fn) > 0
        self.value: object = None
        self.deps: Link | None = None
        self.tail: Link | None = None
        self.stamp = 0
        self.state = CLEAN
        self.children = None
        self.cleanups = None
        self.contexts = None
        self.error_handler = None
        self.name = ""
        self.adopt(current_owner())
        self.live = self.state != DISPOSED

    def execute(self) -> None:
        """Undo the last run, and run."""
        if self.children is not None or self.cleanups is not None:
            tear_down(self, self, whole=False)
            if self.fn is None:
                return  # a cleanup disposed of it
        fn: Any = self.fn
        observer, owner = scope.observer, scope.owner
        scope.observer = scope.owner = self
        self.tail = None
        self.stamp = next_stamp()
        try:
            self.value = fn(self.value) if self.takes_previous else fn()
        finally:
            scope.observer, scope.owner = observer, owner
            tail = self.tail
            if (self.deps if tail is None else tail.next_dep) is not None:  # type: ignore[redundant-expr] # fn moves the tail
                cut(self)
            if self.state:
                self._settle()

    def _settle(self) -> None:
        """Act on what a run has done to the effect itself."""
        if self.state == DISPOSED:
            self.release()
        else:
            self.state = CHECK  # woken by itself: run again if what it read has changed

    def start(self) -> None:
        """Run for the first time, at once; what is raised goes to the caller."""
        if self.state == DISPOSED:
            return
        scope.held += 1
        try:
            self.execute()
        except BaseException:
            self.dispose()
            raise
        finally:
            release()

    def end(self) -> None:
        """Stop: unsubscribe, and never run again."""
        self.state = DISPOSED
        self.paused = True
        self.live = False
        link, self.deps = self.deps, None
        while link is not None:
            if link.sub is not None:
                unsubscribe(link)
            following, link.next_dep = link.next_dep, None
            link = following

    def release(self) -> None:
        """Let go of everything, so that all dies without the garbage collector."""
        super().release()
        self.fn = self.value = self.deps = self.tail = None

    def stop(self) -> None:
        """End the effect: another name for `dispose`."""
        self.dispose()

    def stale_sources(self) -> list[str]:
        """Name the sources that have changed, or may have, since they were read."""
        names = []
        link = self.deps
        while link is not None:
            if link.dep.version != link.seen or link.dep.state:
                names.append(link.dep.label)
            link = link.next_dep
        return names

    @property
    def label(self) -> str:
        """The name that messages use: the effect's own, else its function's."""
        return self.name or getattr(self.fn, "__qualname__", "") or shown(self.fn)


class ImmediateEffect(Effect):
    """An effect that runs inside the write that wakes it, unless a batch holds it back."""

    __slots__ = ("running",)

    kind = IMMEDIATE

    def __init__(self, fn: Callable[..., object]) -> None:
        super().__init__(fn)
        self.running = False

    def execute(self) -> None:
        """Undo the last run, and run; meanwhile it is not run again from inside."""
        self.running = True
        try:
            super().execute()
        finally:
            self.running = False


class Reaction(Effect):
    """An effect that shows nothing: no boundary waits for the resources that it reads."""

    __slots__ = ()


def effect(fn: Callable[[], object] | Callable[[Any], object]) -> Effect:
    """Run a function soon, and again whenever what it read has changed; also a decorator.

    The first run comes with the next flush: in a component, after the view is in the page.
    A function with one argument gets what its last run returned, None at first.

    >>> from gossamer.reactive import Signal, effect
    >>> count = Signal(1)
    >>> @effect
    ... def show():
    ...     print(count())
    1
    >>> count.set(2)
    2
    >>> show.dispose()
    >>> count.set(3)
    """
    made = Reaction(fn)
    if made.live and not made.still:
        made.state = DIRTY
        scope.queue.append(made)
        if not scope.held:
            request()
    return made


def flush_views() -> None:
    """Run what is queued and shows something; what `effect` has made stays queued.

    >>> from gossamer.reactive import Signal, batch, effect, render_effect
    >>> from gossamer.reactive.effects import flush_views
    >>> count = Signal(1)
    >>> with batch():
    ...     later = effect(lambda: print("later:", count()))
    ...     shown = render_effect(lambda: print("shown:", count()))
    ...     count.set(2)
    ...     flush_views()
    ...     print("done")
    shown: 1
    shown: 2
    done
    later: 2
    """
    queue = scope.queue
    waiting: list[Any] = []
    while True:
        waiting += [each for each in queue if isinstance(each, Reaction)]
        queue[:] = [each for each in queue if not isinstance(each, Reaction)]
        if not queue:
            break
        flush()
    queue[:] = waiting


def render_effect(fn: Callable[[], object] | Callable[[Any], object]) -> Effect:
    """Run a function at once, and again in the flush whenever what it read has changed.

    An error of the first run goes to the caller, and nothing remains of the effect.

    >>> from gossamer.reactive import Signal, batch, effect, render_effect
    >>> name = Signal("Ada")
    >>> with batch():
    ...     soon = effect(lambda: print("soon:", name()))
    ...     now = render_effect(lambda: print("now:", name()))
    now: Ada
    soon: Ada
    """
    made = Effect(fn)
    made.start()
    return made


def live_effect(fn: Callable[[], object] | Callable[[Any], object]) -> Effect:
    """Run a function at once, as `render_effect` does, and keep it running when it fails.

    An error of its first run goes where a later one would: to the nearest handler.
    Only an exhausted stack unwinds, to the nearest owner with a handler of its own: were it taken
    care of further in, what stands beside would exhaust the stack again, and so on without end.

    >>> from gossamer.reactive import Owner, Signal, live_effect
    >>> divisor = Signal(0)
    >>> owner = Owner(None)
    >>> owner.error_handler = lambda error: print("told:", error)
    >>> follower = owner.run(live_effect, lambda: print(6 / divisor()))
    told: division by zero
    >>> divisor.set(2)
    3.0
    """
    made = Effect(fn)
    if not made.live:
        return made
    parent = made.parent
    scope.held += 1
    try:
        made.execute()
    except BaseException as error:
        unwinds = isinstance(error, RecursionError) and (
            parent is None or parent.error_handler is None
        )
        if unwinds or not isinstance(error, Exception):
            made.dispose()
            raise
        hand_on(error, made, parent)
    finally:
        release()
    return made


def immediate_effect(fn: Callable[[], object] | Callable[[Any], object]) -> Effect:
    """Run a function at once, and again inside each write that changes what it read.

    A batch holds it back until its end. If it writes what it reads, it runs until that is stable.

    >>> from gossamer.reactive import Signal, immediate_effect
    >>> share = Signal(0.5)
    >>> limit = immediate_effect(lambda: share.set(min(share(), 1)) if share() > 1 else None)
    >>> share.set(7)
    >>> share()
    1
    """
    made = ImmediateEffect(fn)
    made.start()
    if made.state == CHECK:
        scope.urgent.append(made)
        if not scope.batches:
            run_urgent()
    return made


def watch[T](
    source: Callable[[], T],
    fn: Callable[[], object]
    | Callable[[T], object]
    | Callable[[T, T | None], object]
    | Callable[[T, T | None, Any], object],
    *,
    immediate: bool = False,
) -> Effect:
    """Call a function when a source has changed; only the source is followed.

    It is given as many as it asks for of: the new value, the old one, and what its last call
    returned. `immediate=True` calls it at once for the present value, with None as the old one.

    >>> from gossamer.reactive import Signal, watch
    >>> count = Signal(1)
    >>> watching = watch(count, lambda new, old: print(old, "->", new))
    >>> count.set(5)
    1 -> 5
    >>> watching.stop()
    """
    handler: Callable[..., object] = fn
    wanted = count_required(handler)
    armed = immediate
    old: T | None = None
    result: object = None

    def follow() -> None:
        nonlocal armed, old, result
        new = source()
        given = (new, old, result)[:wanted]
        old = new
        if armed:
            result = untrack(handler, *given)
        armed = True

    made = Reaction(follow)
    if not made.still:
        made.start()
    return made
