"""What developers are told in the console; never an error for the page's visitor."""

from gossamer.dom.bridge import verbs
from gossamer.reactive import current_owner, path_of


def warn(message: str) -> None:
    """Write a warning, with the component it is about."""
    path = path_of(current_owner())
    verbs.warn(f"{message}\nIn: {path}" if path else message)


def warn_refused_url(tag: str, name: str, url: str) -> None:
    """Say that a URL was left out."""
    warn(
        f"{name} of <{tag}> was left out: {url[:80]!r} could run a script.\n"
        "Why: its scheme is not among those that a value may have here.\n"
        "Fix: use a relative address, or one that begins with https: or mailto:."
    )
