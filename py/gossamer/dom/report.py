"""Errors that no boundary took: told in the console, with the way to the component."""

from types import TracebackType

from gossamer.dom.bridge import verbs
from gossamer.dom.warnings import path_of
from gossamer.reactive import Owner


def report_error(error: BaseException, owner: Owner | None) -> None:
    """Write an error with its component path and the frames of the user's own files."""
    path = path_of(owner)
    name = getattr(error, "gossamer_component", "")
    where = " > ".join(filter(None, (path, name)))
    lines = [f"{type(error).__name__}: {error}", *getattr(error, "__notes__", ())]
    if where:
        lines.append(f"In: {where}")
    lines.extend(user_frames(error.__traceback__))
    verbs.report("\n".join(lines))


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
    return module.partition(".")[0] in ("gossamer", "pyodide", "_pyodide", "asyncio")
