"""What a server's text says beside the views, so that a page adopts it."""

from typing import Final

MARK: Final = "<!>"
"""A comment without text: it parts two texts, or ends what stands before an anchor."""
DATA: Final = "data-gs-r"
"""The attribute of a script that holds what was fetched: says which resource it is for."""


def key_of(path: str, name: str) -> str:
    """What a resource is called on both sides: the components around it, and its own name."""
    return f"{path} > {name}" if path else name
