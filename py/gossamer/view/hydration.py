"""What a server's text says beside the views, so that a page adopts it."""

from collections.abc import Collection
from typing import Final

MARK: Final = "<!>"
"""A comment without text: it parts two texts, or ends what stands before an anchor."""
DATA: Final = "data-gs-r"
"""The attribute of a script that holds what was fetched: says which resource it is for."""

ON: Final = "data-on"
"""The attribute of an element that names the events it answers."""
PREVENTED: Final = "data-pd"
"""Likewise those whose default action may not happen, not even before Python is up."""
EARLY: Final = ("click", "input", "change", "submit", "keydown")
"""The events that are kept until Python is up."""


def key_of(path: str, name: str) -> str:
    """What a resource is called on both sides: the components around it, and its own name."""
    return f"{path} > {name}" if path else name


def early_attributes(names: Collection[str], prevented: Collection[str]) -> dict[str, str]:
    """What an element with handlers says to the early script."""
    found = {ON: names, PREVENTED: prevented}
    texts = {name: " ".join(e for e in EARLY if e in given) for name, given in found.items()}
    return {name: text for name, text in texts.items() if text}
