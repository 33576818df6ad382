"""Errors in the console: what happened, in which component, and the user's own frames."""

import os
from types import TracebackType

from gossamer.dom.bridge import verbs
from gossamer.reactive import Owner
from gossamer.values import error_text

MOST_CAUSES = 5
"""How many causes of an error, or parts of a group, are told."""


def report_error(error: BaseException, _owner: Owner | None) -> None:
    """Write an error that no boundary took."""
    verbs.report(told(error))


def report_caught_error(error: BaseException, _owner: Owner | None) -> None:
    """Write a warning about an error that a boundary took."""
    verbs.warn(f"An ErrorBoundary shows its fallback, because of\n{told(error)}")


def told(error: BaseException) -> str:
    """An error and its causes, each with its notes and the frames of the user's own files."""
    lines: list[str] = []
    cause: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if cause is None:
            break
        if lines:
            lines.append("Caused by:")
        lines.append(f"{type(cause).__name__}: {error_text(cause)}".removesuffix(": "))
        lines.extend(getattr(cause, "__notes__", ()))
        lines.extend(user_frames(cause.__traceback__))
        if isinstance(cause, BaseExceptionGroup):
            lines.extend(told(each) for each in cause.exceptions[:MOST_CAUSES])
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(lines)


def user_frames(traceback: TracebackType | None) -> list[str]:
    """The frames of files that are neither this package's nor Python's, innermost last."""
    lines: list[str] = []
    repeated = 0
    while traceback is not None:
        code = traceback.tb_frame.f_code
        module = traceback.tb_frame.f_globals.get("__name__", "")
        if not is_ours(module) and not code.co_filename.startswith(_PYTHON):
            line = f"  {code.co_filename}:{traceback.tb_lineno} in {code.co_qualname}"
            if line in lines[-2:]:  # one that calls itself, or two that call each other
                repeated += 1
            else:
                _tell_repeated(lines, repeated)
                repeated = 0
                lines.append(line)
        traceback = traceback.tb_next
    _tell_repeated(lines, repeated)
    return lines


def _tell_repeated(lines: list[str], times: int) -> None:
    if times:
        lines.append(f"  … {times} more of these")


def is_ours(module: str) -> bool:
    """Whether a module belongs to the framework or to its runtime."""
    return module.partition(".")[0] in _OURS


_OURS = frozenset(("gossamer", "gossamer_page", "pyodide", "_pyodide"))
_PYTHON = (os.__file__.rpartition("/")[0], "<frozen ")
