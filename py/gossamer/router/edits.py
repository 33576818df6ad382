"""Changes of the search: what is written in one go is one way."""

from typing import TYPE_CHECKING

from gossamer.reactive import Signal, effect
from gossamer.router.addresses import edit_query

if TYPE_CHECKING:
    from gossamer.router.navigator import Navigator


class Edits:
    """Collects what setters write, until the effects run; made under the router's owner."""

    __slots__ = ("_navigator", "_waiting")

    def __init__(self, navigator: Navigator) -> None:
        self._navigator = navigator
        self._waiting: Signal[dict[str, tuple[list[str], bool]]] = Signal({})
        effect(self._apply)

    def edit(self, name: str, texts: list[str], *, replace: bool) -> None:
        """Let a key of the search have these values, soon; none takes it out."""
        self._waiting.set(self._waiting.peek() | {name: (texts, replace)})

    def _apply(self) -> None:
        waiting = self._waiting()
        if not waiting:
            return
        self._waiting.set_quietly({})
        navigator = self._navigator
        visit = navigator.pending.peek()
        location = navigator.location
        path, search, fragment = (
            (visit.path, visit.search, visit.hash)
            if visit is not None
            else (location.path.peek(), location.search.peek(), location.hash.peek())
        )
        edited = edit_query(search, {name: texts for name, (texts, _) in waiting.items()})
        if edited != search:
            navigator.go(
                path + edited + fragment,
                replace=all(replace for _, replace in waiting.values()),
                scroll=False,
                keep_focus=True,
            )
