"""Who waits for what has not come yet."""

from typing import Any

from gossamer.reactive.scope import MEMO


def is_waiting(observer: Any) -> bool:
    """Whether an observer, or a memo that it reads, has read a resource that has no value yet.

    It runs again when the value comes, so what it raises until then is no error.
    """
    asked = [observer]
    for node in asked:
        link = node.deps
        while link is not None:
            source = link.dep
            if getattr(source, "is_missing", False):
                return True
            if source.kind == MEMO and source not in asked:
                asked.append(source)
            link = link.next_dep
    return False
