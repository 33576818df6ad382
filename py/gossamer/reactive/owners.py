"""Who cleans up after whom: the tree of owners."""

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final, Self

from gossamer.errors import NoOwnerError
from gossamer.reactive.batches import batch, end_batch
from gossamer.reactive.reports import note_path, report
from gossamer.reactive.scope import CLEAN, DISPOSED, EFFECT, MEMO, QUIET, scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context
    from types import TracebackType


type Entered = tuple[Owner, Entered | None]


class _Current:
    """Stands for the current owner as a default."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "the current owner"


CURRENT: Final = _Current()

_entered: Final[ContextVar[Entered | None]] = ContextVar("gossamer_owner", default=None)


def current_owner() -> Owner | None:
    """Give the owner of what is made now.

    In a synchronous section (an effect, a handler, a component) it is the section's; in a task
    it is the one that the task entered or was spawned with, also after an `await`.

    >>> from gossamer.reactive import Owner, current_owner
    >>> with Owner(None) as owner:
    ...     print(current_owner() is owner)
    True
    """
    owner = scope.owner
    if owner is None:
        entered = _entered.get()
        return entered[0] if entered is not None else None
    if owner.kind == MEMO:
        memo: Any = owner
        if memo.own is None:
            memo.own = memo.make_own()
        return memo.own  # type: ignore[no-any-return] # an owner
    return owner  # type: ignore[return-value] # of any other kind it is one


def entered_by(owner: Owner) -> None:
    """Make an owner current for the task whose context this runs in."""
    _entered.set((owner, None))


def owner_in(context: Context) -> Owner | None:
    """Give the owner that a context of a task or callback has entered."""
    entered = context.get(_entered)
    return entered[0] if entered is not None else None


def captured_owner() -> Owner | None:
    """Give the current owner for looking up only: none is made for a memo that has none yet."""
    owner = scope.owner
    if owner is not None and owner.kind == MEMO:
        memo: Any = owner
        return memo.own or memo.owner  # type: ignore[no-any-return] # an owner
    return current_owner()


class Owner:
    """Owns effects, cleanups, contexts and other owners, and ends them together.

    >>> owner = Owner(None)
    >>> owner.on_cleanup(lambda: print("gone"))
    >>> owner.dispose()
    gone
    """

    __slots__ = (
        "__weakref__",
        "children",
        "cleanups",
        "contexts",
        "error_handler",
        "name",
        "outer",
        "parent",
        "paused",
        "state",
        "still",
    )

    kind = EFFECT
    is_effect = False

    def __init__(self, parent: Owner | _Current | None = CURRENT) -> None:
        self.state = CLEAN
        self.children: dict[Owner, None] | None = None
        self.cleanups: list[Callable[[], object]] | None = None
        self.contexts: dict[object, Any] | None = None
        self.error_handler: Callable[[Exception], object] | None = None
        self.name = ""
        self.adopt(current_owner() if isinstance(parent, _Current) else parent)

    def adopt(self, parent: Owner | None) -> None:
        """Become a child; the child of a disposed owner is disposed of from the start."""
        self.parent = parent
        if parent is None:
            self.outer: Any = None
            self.paused = self.still = False
            return
        self.still = parent.still
        self.outer = parent if parent.is_effect else parent.outer
        self.paused = parent.paused
        if parent.state == DISPOSED:
            self.parent = self.outer = None
            self.state = DISPOSED
        elif parent.children is None:
            parent.children = {self: None}
        else:
            parent.children[self] = None

    @property
    def is_disposed(self) -> bool:
        """Whether the owner has ended."""
        return self.state == DISPOSED

    def __enter__(self) -> Self:
        if scope.owner is None:
            _entered.set((self, _entered.get()))
        else:
            scope.entered.append(scope.owner)
            scope.owner = self
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if scope.owner is None:
            entered = _entered.get()
            _entered.set(entered[1] if entered is not None else None)
        else:
            scope.owner = scope.entered.pop()

    def run[**P, T](self, fn: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Call a function with this owner as the current one, untracked, as a section."""
        observer, owner = scope.observer, scope.owner
        scope.observer, scope.owner = QUIET, self
        try:
            return fn(*args, **options)
        finally:
            scope.observer, scope.owner = observer, owner

    def on_cleanup(self, fn: Callable[[], object]) -> None:
        """Call a function when the owner ends or is reset; at once, if it has ended already."""
        if self.cleanups is not None:
            self.cleanups.append(fn)
        elif self.state == DISPOSED:
            self.run(fn)
        else:
            self.cleanups = [fn]

    def handle_error(self, error: Exception) -> None:
        """Give an error to the nearest `error_handler` at or above, else to the reporter.

        A handler that raises passes the error on, or another one, to the next above it.
        The error gets a note that says where it came from: `In: App > Card`.
        """
        note_path(error, self)
        owner: Owner | None = self
        while owner is not None:
            handler = owner.error_handler
            if handler is not None:
                try:
                    owner.run(handler, error)
                except Exception as raised:  # noqa: BLE001 - goes to the next handler
                    error = raised
                    note_path(error, owner)
                else:
                    return
            owner = owner.parent
        report(error, self)

    def dispose(self) -> None:
        """End the owner: what it owns first, then its cleanups in order of registration."""
        if self.state == DISPOSED:
            return
        parent = self.parent
        if parent is not None and parent.children is not None:
            parent.children.pop(self, None)
        tear_down(self, parent, whole=True)

    def reset(self) -> None:
        """End what it owns and run its cleanups, but live on, with its contexts."""
        if self.children is not None or self.cleanups is not None:
            tear_down(self, self, whole=False)

    def end(self) -> None:
        """Stop: no more runs; references are kept until the cleanups have run."""
        self.state = DISPOSED
        self.paused = True  # a sink asks for nothing else

    def release(self) -> None:
        """Let go of everything, so that all dies without the garbage collector."""
        self.parent = self.outer = None
        self.contexts = None
        self.error_handler = None

    def pause(self) -> None:
        """Stop the effects at and below; what wakes them meanwhile is consumed."""
        self._set_paused(paused=True)

    def resume(self) -> None:
        """Let the effects at and below run again, from the next change on."""
        self._set_paused(paused=False)

    def _set_paused(self, *, paused: bool) -> None:
        pending = [self]
        for owner in pending:
            owner.paused = paused or owner.state == DISPOSED
            if owner.children is not None:
                pending.extend(owner.children)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})" if self.name else f"{type(self).__name__}()"


def tear_down(root: Owner, handler: Owner | None, *, whole: bool) -> None:
    """End what an owner owns, and the owner itself if `whole`; no recursion.

    Everything below is stopped before the first cleanup runs. Errors of cleanups go to `handler`.
    """
    if root.children is None and root.cleanups is None:
        if whole:
            root.end()
            root.release()
        return
    doomed = _take_apart(root)
    has_cleanups = False
    for node in doomed:
        if node.cleanups is not None:
            has_cleanups = True
        if whole or node is not root:
            node.end()
    if has_cleanups:
        with batch():
            for node in doomed:
                run_cleanups(node, handler)
    for node in doomed:
        if whole or node is not root:
            node.release()


def _take_apart(root: Owner) -> list[Owner]:
    """Give an owner and all below it, children before parents, and part them."""
    if root.children is None:
        return [root]
    doomed = []
    stack = [root]
    while stack:
        node = stack.pop()
        doomed.append(node)
        if node.children is not None:
            stack.extend(node.children)
            node.children = None
    doomed.reverse()
    return doomed


def run_cleanups(node: Owner, handler: Owner | None) -> None:
    """Run the cleanups in order, every one of them, and those that they register."""
    for fn in node.cleanups or ():
        try:
            node.run(fn)
        except Exception as error:  # noqa: BLE001 - the others must run too
            if handler is None:
                report(error, node)
            else:
                handler.handle_error(error)
    node.cleanups = None


def on_cleanup[F: Callable[[], object]](fn: F) -> F:
    """Call a function before the current effect runs again, and when the current owner ends.

    >>> from gossamer.reactive import Signal, effect, on_cleanup
    >>> room = Signal("hall")
    >>> @effect
    ... def stay():
    ...     name = room()
    ...     on_cleanup(lambda: print("left", name))
    >>> room.set("attic")
    left hall
    >>> stay.dispose()
    left attic

    Raises:
        NoOwnerError: there is no owner, so it would never be called.
    """
    owner = current_owner()
    if owner is None:
        raise NoOwnerError("on_cleanup")
    owner.on_cleanup(fn)
    return fn


def run_batched[**P, T](
    owner: Owner | None, fn: Callable[P, T], *args: P.args, **options: P.kwargs
) -> T:
    """Call a function in a batch, untracked, as a section of an owner: what a handler needs.

    >>> from gossamer.reactive import Owner, Signal, current_owner, effect, run_batched
    >>> count, owner = Signal(1), Owner(None)
    >>> follower = effect(lambda: print(count()))
    1
    >>> def twice():
    ...     count.set(2)
    ...     count.set(3)
    ...     return current_owner() is owner
    >>> run_batched(owner, twice)
    3
    True
    """
    observer, around = scope.observer, scope.owner
    scope.batches += 1
    scope.held += 1
    scope.observer = QUIET
    if owner is not None:
        scope.owner = owner
    try:
        return fn(*args, **options)
    finally:
        scope.observer, scope.owner = observer, around
        end_batch()


def untrack[**P, T](fn: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
    """Call a function without depending on what it reads.

    >>> from gossamer.reactive import Signal, effect
    >>> a, b = Signal(1), Signal(1)
    >>> total = effect(lambda: print(a() + untrack(b)))
    2
    >>> b.set(5)
    >>> a.set(2)
    7
    """
    observer = scope.observer
    scope.observer = QUIET
    try:
        return fn(*args, **options)
    finally:
        scope.observer = observer
