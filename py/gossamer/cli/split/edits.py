"""Changes to a program's text that keep the number of each line."""

import ast
import io
import tokenize


class Edits:
    r"""Replacements in a text, at places that its tree knows.

    >>> tree = ast.parse("a = 1\nb = 2")
    >>> edits = Edits("a = 1\nb = 2")
    >>> edits.replace(tree.body[0], "pass")
    >>> edits.text()
    'pass\nb = 2'
    """

    def __init__(self, source: str) -> None:
        self._data = source.encode()
        self._starts = [0]
        for line in self._data.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._changes: list[tuple[int, int, str]] = []

    def at(self, line: int, column: int) -> int:
        """The offset of a place; the column is in bytes, as in a tree."""
        return self._starts[line - 1] + column

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Where a node stands."""
        place: ast.expr = node  # type: ignore[assignment] # all that are asked for have a place
        assert place.end_lineno is not None  # noqa: S101 - a parser's nodes have one
        assert place.end_col_offset is not None  # noqa: S101 - likewise
        return (
            self.at(place.lineno, place.col_offset),
            self.at(place.end_lineno, place.end_col_offset),
        )

    def replace(self, node: ast.AST, text: str, *, inside: str = "") -> None:
        """Put a text in a node's place, and the lines that it takes fewer behind it.

        They stand before `inside`, where the text ends with that.
        """
        self.cut(*self.span(node), text, inside=inside)

    def cut(self, start: int, end: int, text: str, *, inside: str = "") -> None:
        """Put a text between two offsets."""
        missing = self._data.count(b"\n", start, end) - text.count("\n")
        body = text.removesuffix(inside) if inside else text
        self._changes.append((start, end, body + "\n" * max(0, missing) + inside))

    def text(self) -> str:
        """The text with all replacements; one inside of another's place is part of that."""
        out = []
        at = 0
        for start, end, text in sorted(self._changes, key=lambda each: (each[0], -each[1])):
            if start < at:
                continue
            out += [self._data[at:start], text.encode()]
            at = end
        return b"".join([*out, self._data[at:]]).decode()


def without_comments(source: str) -> str:
    r"""A program without its comments; the lines stay.

    >>> without_comments("a = 1  # one\n# two\nb = '# three'")
    "a = 1\n\nb = '# three'"
    """
    lines = source.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line, column = token.start
            text = lines[line - 1]
            ending = text[len(text.rstrip("\r\n")) :]
            lines[line - 1] = text[:column].rstrip() + ending
    return "".join(lines)


def colon_after(source: str, line: int, column: int) -> tuple[int, int]:
    """The place behind the first colon that stands after another place; columns in characters."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.OP and token.string == ":" and token.start >= (line, column):
            return token.end
    raise AssertionError("a function has a colon")
