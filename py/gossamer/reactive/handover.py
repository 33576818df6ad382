"""What was fetched in one place is taken up in another, in place of a second fetch."""

from typing import TYPE_CHECKING, Any

from gossamer.reactive.contexts import use_context

if TYPE_CHECKING:
    from gossamer.reactive.resources import Resource


class Handover:
    """Hands values to resources that are about to fetch; it is provided as a context.

    >>> from gossamer.reactive import Owner, provide_context, resource
    >>> from gossamer.reactive.handover import Handover
    >>> class Known(Handover):
    ...     def offer(self, resource, given):
    ...         return ["Ada"] if given == (7,) else None
    >>> with Owner(None) as owner:
    ...     provide_context(Handover, Known())
    ...     name = resource(lambda number: "fetched", lambda: 7)
    >>> name()
    'Ada'
    >>> owner.dispose()
    """

    __slots__ = ()

    def offer(self, resource: Resource[Any], given: tuple[Any, ...]) -> list[Any] | None:
        """The value for a resource whose fetcher is to be called with `given`, alone in a list.

        None where there is none: it fetches.
        """
        raise NotImplementedError


def offered(resource: Resource[Any], given: tuple[Any, ...]) -> list[Any] | None:
    """What is handed to a resource, if somebody hands over."""
    handover = use_context(Handover)
    return None if handover is None else handover.offer(resource, given)
