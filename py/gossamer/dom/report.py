"""Errors in the console: what happened, in which component, and the user's own frames."""

from types import TracebackType

from gossamer.dom.bridge import verbs
from gossamer.reactive import Owner
from gossamer.values import error_text


def report_error(error: BaseException, _owner: Owner | None) -> None:
    """Write an error that no boundary took."""
    verbs.report(told(error))


def report_caught_error(error: BaseException, _owner: Owner | None) -> None:
    """Write a warning about an error that a boundary took."""
    verbs.warn(f"An ErrorBoundary shows its fallback, because of\n{told(error)}")


def told(error: BaseException) -> str:
    """An error with its notes and the frames of the user's own files."""
    lines = [f"{type(error).__name__}: {error_text(error)}", *getattr(error, "__notes__", ())]
    lines.extend(user_frames(error.__traceback__))
    return "\n".join(lines)


def user_frames(traceback: TracebackType | None) -> list[str]:
    """The frames outside of this package, innermost last."""
    lines = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if not is_ours(traceback.tb_frame.f_globals.get("__name__", "")):
            lines.append(f"  {code.co_filename}:{traceback.tb_lineno} in {code.co_qualname}")
        traceback = traceback.tb_next
    return lines


def is_ours(module: str) -> bool:
    """Whether a module belongs to the framework or to its runtime."""
    return module.partition(".")[0] in _OURS


_OURS = frozenset(("gossamer", "gossamer_page", "pyodide", "_pyodide", "asyncio"))
