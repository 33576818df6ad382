"""Who waits for what has not come yet."""

from typing import Any

from gossamer.reactive.graph import track
from gossamer.reactive.scope import MEMO


def is_waiting(observer: Any) -> bool:
    """Whether an observer, if any, or a memo that it reads, has read what has not come yet.

    It runs again when the value comes, so what its run raises until then is no error. An effect
    that read a memo follows the value itself from here on: the memo may stay what it is.
    """
    asked = [] if observer is None else [observer]
    known = set(asked)
    for node in asked:
        link = node.deps
        while link is not None:
            source = link.dep
            if getattr(source, "is_missing", False):
                if node is not observer and getattr(observer, "is_effect", False):
                    track(source, observer)
                return True
            if source.kind == MEMO and source not in known:
                known.add(source)
                asked.append(source)
            link = link.next_dep
    return False


def hand_on(error: Exception, observer: Any, parent: Any) -> None:
    """Give what an observer's run has raised to it, or to its owner if the run has ended it."""
    if not is_waiting(observer):
        (observer if observer.parent is parent else parent).handle_error(error)
