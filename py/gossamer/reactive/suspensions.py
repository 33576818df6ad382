"""What a boundary waits for: the resources that are read below it and have not come."""

from typing import TYPE_CHECKING, Any, Final

from gossamer.reactive.contexts import Context, use_context
from gossamer.reactive.effects import Reaction
from gossamer.reactive.memos import Memo
from gossamer.reactive.owners import current_owner, untrack
from gossamer.reactive.scope import IMMEDIATE, scope
from gossamer.reactive.signals import Trigger

if TYPE_CHECKING:
    from collections.abc import Callable

    from gossamer.reactive.resources import Resource


class Suspension:
    """The resources that what is shown below a boundary reads; it is provided as a context.

    `pending` says whether one of them has not come. A renderer that shows nothing twice, such as
    one for a server, waits until it is false.

    >>> import asyncio
    >>> from gossamer.reactive import Owner, provide_context, render_effect, resource
    >>> from gossamer.reactive.suspensions import Suspension
    >>> async def main():
    ...     with Owner(None) as owner:
    ...         boundary = Suspension()
    ...         provide_context(boundary)
    ...         name = resource(lambda: asyncio.sleep(0, "Ada"))
    ...         shown = render_effect(lambda: print(name()))
    ...     print(boundary.pending())
    ...     await name
    ...     print(boundary.pending())
    ...     owner.dispose()
    >>> asyncio.run(main())
    None
    True
    Ada
    False
    """

    __slots__ = ("_changed", "_conditions", "_readers", "pending")

    def __init__(self) -> None:
        self._changed = Trigger()
        self._conditions: list[Callable[[], object]] = []
        self._readers: dict[Resource[Any], int] = {}
        self.pending: Memo[bool] = Memo(self._is_pending, name="pending")

    def _is_pending(self) -> bool:
        self._changed.track()
        # all are followed
        held = [not holds() for holds in self._conditions]
        return True in [*held, *[resource.pending() for resource in self._readers]]

    def waits_for_browser(self) -> bool:
        """Whether it waits for what is fetched in browsers only: on a server that never comes."""
        return True in [resource.is_local and resource.pending.value for resource in self._readers]

    def waiting(self) -> list[Resource[Any]]:
        """The resources that have not come."""
        return [resource for resource in self._readers if resource.pending.value]

    def wait_until(self, holds: Callable[[], object]) -> None:
        """Wait for a condition as well, as long as the current owner lives."""
        self._conditions.append(holds)
        untrack(self._changed.notify)
        owner = current_owner()
        if owner is not None:
            owner.on_cleanup(lambda: self._conditions.remove(holds))

    def add(self, resource: Resource[Any]) -> None:
        """Wait for a resource, for one reader more."""
        count = self._readers.get(resource, 0)
        self._readers[resource] = count + 1
        if not count:
            untrack(self._changed.notify)

    def remove(self, resource: Resource[Any]) -> None:
        """Wait for a resource no more, for one reader."""
        count = self._readers.pop(resource)
        if count > 1:
            self._readers[resource] = count - 1
        else:
            untrack(self._changed.notify)


SHELL: Final = Context[Suspension]("shell")
"""What the first part of a page waits for; a renderer that sends parts provides it."""


def hold_shell(resource: Resource[Any]) -> None:
    """Let the first part of a page wait for a resource."""
    shell = use_context(SHELL)
    if shell is not None:
        shell.add(resource)


def hold_boundary(resource: Resource[Any]) -> None:
    """Let the nearest boundary wait for a resource, as long as what reads it now is shown.

    Handlers, tasks and effects of the user's show nothing.
    """
    observer = scope.observer
    if not observer or observer.kind == IMMEDIATE or isinstance(observer, Reaction):
        return
    suspension = use_context(Suspension)
    if suspension is not None:
        owner = current_owner()
        assert owner is not None  # noqa: S101 - one provides the suspension
        suspension.add(resource)
        owner.on_cleanup(lambda: suspension.remove(resource))
