"""An error as a page can show it: where, the source around it, and what to do."""

import linecache
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gossamer.dom.report import is_ours
from gossamer.errors import GossamerError, TemplateError

_STANDARD = ("<frozen", str(Path(linecache.__file__).parent))
_LIBRARY = "/site-packages/"

AROUND = 3
"""How many lines are shown before and after the one that failed."""


def describe(error: BaseException) -> dict[str, Any]:
    """What the overlay shows of an error."""
    what, fix = _words(error)
    file, line, column = _place(error)
    notes = getattr(error, "__notes__", ())
    path = next((note[4:] for note in notes if note.startswith("In: ")), "")
    at = next((note[4:] for note in notes if note.startswith("At: ")), "")
    return {
        "kind": type(error).__name__,
        "what": what,
        "why": error.why if isinstance(error, GossamerError) else "",
        "fix": fix,
        "file": _short(file),
        "line": line,
        "column": column,
        "source": [[number, text] for number, text in _source(file, line)],
        "path": path,
        "at": at,
        "frames": [f"{_short(each[0])}:{each[1]} in {each[2]}" for each in frames_of(error)],
    }


def _words(error: BaseException) -> tuple[str, str]:
    """What happened, and what to do where Python or we know it."""
    if isinstance(error, GossamerError):
        return error.what, error.fix
    told = traceback.TracebackException.from_exception(error)
    last = [line for line in told.format_exception_only() if not line.startswith(" ")]
    text = (last[0] if last else repr(error)).strip()
    text = text.partition(": ")[2] or text
    what, found, suggestion = text.partition(" Did you mean")
    return what, f"Did you mean{suggestion}" if found else ""


def _place(error: BaseException) -> tuple[str, int, int]:
    """The file, line and column, from 1; a line of 0 where none is known."""
    if isinstance(error, TemplateError) and error.place is not None:
        return error.place
    if isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0, error.offset or 1
    frames = frames_of(error)
    if not frames:
        return "", 0, 0
    file, line, _, column = frames[-1]
    return file, line, column


def frames_of(error: BaseException) -> list[tuple[str, int, str, int]]:
    """The user's own frames, innermost last: file, line, function and column."""
    found = []
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if not is_ours(str(frame.f_globals.get("__name__", ""))):
            code = frame.f_code
            at = list(code.co_positions())[trace.tb_lasti // 2] if trace.tb_lasti >= 0 else ()
            column = (at[2] or 0) + 1 if len(at) > 2 else 1
            found.append((code.co_filename, trace.tb_lineno, code.co_qualname, column))
        trace = trace.tb_next
    return [each for each in found if not (_LIBRARY in each[0] or each[0].startswith(_STANDARD))]


def _source(file: str, line: int) -> Iterator[tuple[int, str]]:
    lines = linecache.getlines(file) if line else []
    for number in range(max(1, line - AROUND), min(len(lines), line + AROUND) + 1):
        yield number, lines[number - 1].rstrip("\n")


def _short(file: str) -> str:
    """A file's name as people would say it."""
    path = Path(file)
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file
