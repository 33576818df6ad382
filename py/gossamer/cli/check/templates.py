"""T-strings as the run time gets them, and where each character stands in the file."""

import ast
import re
from dataclasses import dataclass

from gossamer.template.tokens import HOLE

type Place = tuple[int, int]
"""A line and a column of a file, both from 1."""

_UNITS = re.compile(
    r"\{\{|\}\}|\\(?:\n|N\{[^}]*\}|x..|u.{4}|U.{8}|[0-7]{1,3}|.)|.", re.DOTALL | re.ASCII
)
_RAW_UNITS = re.compile(r"\{\{|\}\}|.", re.DOTALL)
_PREFIX = re.compile(r"[rt]+", re.IGNORECASE)


class Lines:
    """The lines of a file; Python counts its columns in bytes."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")

    def place(self, line: int, column: int) -> Place:
        """The place that Python means by a line from 1 and a column in bytes."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        return line, len(text.encode()[:column].decode(errors="ignore")) + 1

    def start(self, node: ast.expr) -> Place:
        """Where a node begins."""
        return self.place(node.lineno, node.col_offset)

    def end(self, node: ast.expr) -> Place:
        """Where a node ends."""
        return self.place(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def between(self, start: Place, end: Place) -> str:
        """The text between two places."""
        lines = self.lines[start[0] - 1 : end[0]]
        lines[-1] = lines[-1][: end[1] - 1]
        lines[0] = lines[0][start[1] - 1 :]
        return "\n".join(lines)


@dataclass(frozen=True)
class Template:
    """A t-string: its strings and holes, and its constants by the number of their string."""

    node: ast.TemplateStr
    strings: tuple[str, ...]
    holes: tuple[ast.Interpolation, ...]
    constants: dict[int, ast.Constant]
    lines: Lines

    def place_of_offset(self, offset: int) -> Place:
        """Where the character at an offset of the joined strings stands in the file."""
        before = HOLE.join(self.strings)[:offset]
        return self.place(before.count(HOLE), offset - before.rfind(HOLE) - 1)

    def place(self, index: int, character: int) -> Place:
        """Where a character of one of the strings stands in the file."""
        constant = self.constants.get(index)
        if constant is None or character >= len(self.strings[index]):
            if index < len(self.holes):
                return self.lines.start(self.holes[index])
            return self.lines.end(constant or self.node)
        line, column = start = self.lines.start(constant)
        written = self.lines.between(start, self.lines.end(constant))
        prefix = _PREFIX.match(self.lines.between(self.lines.start(self.node), start))
        is_raw = prefix is not None and "r" in prefix[0].lower()
        units = (_RAW_UNITS if is_raw else _UNITS).findall(written)
        kept = [unit for unit in units if unit != "\\\n"]
        if len(kept) != len(self.strings[index]):
            return start  # joined from several pieces
        passed = written[: len("".join(units[: _position(units, character)]))]
        if "\n" in passed:
            return line + passed.count("\n"), len(passed) - passed.rfind("\n")
        return line, column + len(passed)


def _position(units: list[str], character: int) -> int:
    """How many units stand before a character: a continued line is none."""
    position = 0
    while position < len(units):
        if units[position] != "\\\n":
            if not character:
                break
            character -= 1
        position += 1
    return position


def template_of(node: ast.TemplateStr, lines: Lines) -> Template:
    """Read a t-string as Python does: a string before, between and after its holes."""
    strings = [""]
    holes: list[ast.Interpolation] = []
    constants: dict[int, ast.Constant] = {}
    for part in node.values:
        if isinstance(part, ast.Interpolation):
            holes.append(part)
            strings.append("")
        elif isinstance(part, ast.Constant):
            constants[len(holes)] = part
            strings[-1] += str(part.value)
    return Template(node, tuple(strings), tuple(holes), constants, lines)
