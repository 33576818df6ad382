"""What stops a page from being rendered: something that only browsers have, or a mistake."""

from collections.abc import Iterator
from pathlib import Path
from traceback import FrameSummary, TracebackException

from gossamer.errors import HostError

IN_BROWSERS = {"_gossamer", "_pyodide", "gossamer_page", "js", "pyodide", "pyodide_js", "pyscript"}
"""Modules that a page has from its loader."""

OURS = (str(Path(__file__).parents[2]), "<frozen ")


def lack_in(error: BaseException | None) -> str:
    """What an error misses that is not here but in a browser; empty when it is another error.

    >>> try:
    ...     import pyodide
    ... except ImportError as error:
    ...     lack_in(error).partition(" imports ")[2]
    'pyodide, which is there in browsers only'
    """
    while error is not None:
        if isinstance(error, HostError):
            return f"{place_of(error)} needs a browser: {str(error).partition('\n')[0]}"
        if isinstance(error, ModuleNotFoundError) and error.name:
            name = error.name.partition(".")[0]
            why = "there in browsers only" if name in IN_BROWSERS else "not installed here"
            return f"{place_of(error)} imports {error.name}, which is {why}"
        error = error.__cause__ or error.__context__
    return ""


def place_of(error: BaseException) -> str:
    """The innermost line of the app's own that an error went through."""
    frames = _own_frames(TracebackException.from_exception(error))
    return f"{_named(frames[-1].filename)}, line {frames[-1].lineno}" if frames else "The page"


def story(error: BaseException) -> str:
    """The traceback of an error, without the frames that are not the app's."""
    told = TracebackException.from_exception(error)
    for part in _chain(told):
        part.stack[:] = _own_frames(part)
    return "".join(told.format()).replace(f'File "{Path.cwd()}/', 'File "')


def _own_frames(told: TracebackException) -> list[FrameSummary]:
    return [frame for frame in told.stack if not frame.filename.startswith(OURS)]


def _named(file: str) -> str:
    return file.removeprefix(f"{Path.cwd()}/")


def _chain(told: TracebackException) -> Iterator[TracebackException]:
    """An error and everything that it came from or holds."""
    yield told
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if other is not None:
            yield from _chain(other)
