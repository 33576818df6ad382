"""What all errors have in common: what happened, why, what to do."""

from typing import Self


class GossamerError(Exception):
    """An error that says what happened, why, and what to do now.

    Each subclass has a permanent `code`, and a page `docs/errors/<code>.md`.

    >>> error = GossamerError("The list is closed.", why="It was disposed.", fix="Open it again.")
    >>> print(error)
    The list is closed.
    Why: It was disposed.
    Fix: Open it again.
    """

    code = "gossamer"

    def __init__(self, what: str, *, why: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.fix = fix

    def about(self, function: object) -> Self:
        """Note the function of the user's that it is about: its file and line."""
        code = getattr(function, "__code__", None)
        if code is not None:
            self.add_note(
                f"At: {code.co_qualname} ({code.co_filename}, line {code.co_firstlineno})"
            )
        return self

    def __str__(self) -> str:
        lines = [self.what]
        if self.why:
            lines.append(f"Why: {self.why}")
        if self.fix:
            lines.append(f"Fix: {self.fix}")
        return "\n".join(lines)
