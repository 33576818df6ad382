"""What developers are told in the console; never an error for the page's visitor."""

from gossamer.dom.bridge import verbs
from gossamer.reactive import current_owner, path_of

MOST = 200
"""How many warnings are remembered."""

_told: set[str] = set()


def warn(message: str) -> None:
    """Write a warning, with the component it is about."""
    verbs.warn(_with_path(message))


def _with_path(message: str) -> str:
    path = path_of(current_owner())
    return f"{message}\nIn: {path}" if path else message


def warn_once(message: str) -> None:
    """Write a warning, unless this component has been warned of the same already."""
    text = _with_path(message)
    if text not in _told:
        if len(_told) > MOST:
            _told.clear()
        _told.add(text)
        verbs.warn(text)


def forget_warnings() -> None:
    """Begin anew: another page takes its place."""
    _told.clear()


def warn_refused_url(tag: str, name: str, url: str) -> None:
    """Say that a URL was left out."""
    warn(
        f"{name} of <{tag}> was left out: {url[:80]!r} could run a script.\n"
        "Why: its scheme is not among those that a value may have here.\n"
        "Fix: use a relative address, or one that begins with https: or mailto:."
    )
