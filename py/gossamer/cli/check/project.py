"""The files that are checked, and those that they import."""

import ast
import os
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from gossamer.cli.check.findings import Finding
from gossamer.cli.check.meanings import Meanings, Module
from gossamer.cli.check.rules import Checker
from gossamer.cli.check.scopes import Imported, Scopes
from gossamer.cli.check.server import server_findings
from gossamer.cli.check.templates import Lines
from gossamer.cli.reading import text_of
from gossamer.errors import CommandError

_SKIPPED = re.compile(r"^[._]|^(?:node_modules|dist|build|venv|site-packages)$")


class Project:
    """The modules that have been read so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.meanings = Meanings(self._find)
        self._modules: dict[Path, Module | None] = {}

    def check(self, files: Iterable[Path]) -> list[Finding]:
        """All that is wrong in some files, in the order of the places."""
        found: list[Finding] = []
        programs: dict[str, str] = {}
        for file in files:
            try:
                text = text_of(file)
            except CommandError as error:
                found.append(
                    Finding(self._name(file), 1, 1, "unreadable", error.what, error.why, error.fix)
                )
                continue
            if file.suffix == ".py":
                programs[self._name(file)] = text
            if file.suffix == ".html":
                for line, program in scripts_of(text):
                    found.extend(self.check_text("\n" * (line - 1) + program, file))
            else:
                found.extend(self.check_text(text, file))
        if not any(each.code == "python-syntax" for each in found):
            found += server_findings(programs)
        return sorted(found)

    def check_text(self, text: str, file: Path) -> list[Finding]:
        """All that is wrong in a program that stands, or would stand, in a file."""
        name = self._name(file)
        try:
            module = read_module(text, file, name)
        except SyntaxError as error:
            line, column = error.lineno or 1, max(error.offset or 1, 1)
            return [Finding(name, line, column, "python-syntax", f"{error.msg}.")]
        return sorted(Checker(module, self.meanings).run())

    def _name(self, file: Path) -> str:
        """A file's name as people would say it: from here, where it is below."""
        path = file.resolve()
        return str(path.relative_to(self.root) if path.is_relative_to(self.root) else file)

    def _find(self, imported: Imported, importer: Module) -> Module | None:
        """The module of the project that an import means, if it is one."""
        folder = Path(importer.folder)
        if imported.level:
            bases = [folder.joinpath(*[".."] * (imported.level - 1))]
        else:
            bases = (
                [folder, *folder.parents[: len(folder.relative_to(self.root).parts)]]
                if (folder.is_relative_to(self.root))
                else [folder]
            )
            bases.append(self.root / "src")
        parts = imported.module.split(".") if imported.module else []
        for base in bases:
            path = base.joinpath(*parts)
            for file in (path.with_name(f"{path.name}.py"), path / "__init__.py"):
                if file.is_file():
                    return self._read(file.resolve())
        return None

    def _read(self, file: Path) -> Module | None:
        """A module of the project; None when it cannot be read: its own check says so."""
        if file not in self._modules:
            try:
                self._modules[file] = read_module(text_of(file), file, self._name(file))
            except SyntaxError, CommandError:
                self._modules[file] = None
        return self._modules[file]


def read_module(text: str, file: Path, name: str) -> Module:
    """Read a program.

    Raises:
        SyntaxError: it is none.
    """
    tree = compile(text, name, "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    assert isinstance(tree, ast.Module)  # noqa: S101 - what `exec` gives
    return Module(name, str(file.resolve().parent), tree, Lines(text), Scopes(tree))


class _Scripts(HTMLParser):
    """Collects the Python that stands in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._is_python = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice a script of Python without a file."""
        given = dict(attrs)
        self._is_python = tag == "script" and given.get("type") == "py" and "src" not in given

    def handle_data(self, data: str) -> None:
        """Take what stands in it."""
        if self._is_python and data.strip():
            self.found.append((self.getpos()[0], data))
        self._is_python = False


def scripts_of(page: str) -> list[tuple[int, str]]:
    r"""The Python scripts in a page, each with the line on which it begins.

    >>> scripts_of('<p>One</p>\n<script type="py">print(1)</script>')
    [(2, 'print(1)')]
    """
    reader = _Scripts()
    reader.feed(page)
    reader.close()
    return reader.found


def files_below(paths: Iterable[Path]) -> Iterator[Path]:
    """The Python files and pages at and below some paths."""
    for path in paths:
        if path.is_file():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not _SKIPPED.match(name))
            yield from (
                Path(folder, name) for name in sorted(names) if name.endswith((".py", ".html"))
            )
