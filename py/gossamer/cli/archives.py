"""The Python of an app: which files it is made of, and the archives that carry them."""

import ast
import marshal
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from gossamer.cli import bytecode
from gossamer.cli.reading import content_of
from gossamer.cli.settings import Settings
from gossamer.errors import CommandError

NOT_APP = re.compile(r"test_.*|.*_test|conftest|setup|noxfile|hatch_build")
FILE = re.compile(r"[\w./@-]+\.\w+")
AWAY = {"node_modules", "tests", "test", "dist", "build", "public", "docs"}
"""Folders of a project whose Python is no part of the app."""


def walk(root: Path, away: frozenset[Path]) -> Iterator[Path]:
    """Every file of an app's folder, in order, without what is hidden, made or installed."""
    for path in sorted(root.iterdir()):
        if path.name.startswith((".", "__pycache__")) or path in away:
            continue
        if not path.is_dir():
            yield path
        elif path.is_symlink() and root.resolve().is_relative_to(path.resolve()):
            continue  # a folder that is in itself
        elif path.name not in AWAY and not (path / "pyvenv.cfg").exists():
            yield from walk(path, away)


def app_files(settings: Settings, scripts: frozenset[Path]) -> dict[str, bytes]:
    """The modules of an app, and the data that it opens, by their paths in its folder.

    `scripts` are the programs of its pages, which go beside them and not into the archive.
    """
    root = settings.root
    left_out = {file for pattern in settings.exclude for file in matching(root, "exclude", pattern)}
    wanted = {
        file
        for file in walk(root, frozenset({settings.out}))
        if file.suffix == ".py"
        and not NOT_APP.fullmatch(file.stem)
        and file not in scripts
        and left_out.isdisjoint((file, *file.parents))
    }
    for pattern in settings.files:
        files = {file for file in matching(root, "files", pattern) if file.is_file()}
        if not files:
            raise _useless("files", pattern, "only folders have that name", f"{pattern}/*")
        wanted |= files
    return {file.relative_to(root).as_posix(): content_of(file) for file in sorted(wanted)}


def matching(root: Path, key: str, pattern: str) -> set[Path]:
    """What a pattern of the settings means in an app's folder: something, and nothing outside."""
    if ".." in Path(pattern).parts or Path(pattern).is_absolute():
        raise _useless(key, pattern, "it leads out of the app's folder")
    try:
        found = set(root.glob(pattern))
    except ValueError as error:
        raise _useless(key, pattern, str(error)) from error
    if not found:
        raise _useless(key, pattern, "there is no such file")
    return found


def _useless(key: str, pattern: str, reason: str, better: str = "") -> CommandError:
    return CommandError(
        f"{key} of [tool.gossamer] has {pattern!r}, which has no effect.",
        why=f"Patterns are looked for in the app's folder, and {reason}.",
        fix=f"Write {better!r}." if better else "Mend the pattern, or take it out.",
    )


def pack(files: dict[str, bytes]) -> bytes:
    """The archive of some files: what is Python has its bytecode beside it."""
    program = Path(bytecode.__file__)
    done = subprocess.run(
        [sys.executable, "-S", "-s", "-P", program],
        input=marshal.dumps(files),
        env=os.environ | {"PYTHONHASHSEED": "0"},
        check=True,
        capture_output=True,
    )
    return done.stdout


def parse(name: str, source: bytes | str) -> ast.Module:
    """A program as a tree; what is no Python is refused here, and not in the page."""
    try:
        return ast.parse(source, name)
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        text = (error.text or "\ufffd").strip()
        raise CommandError(
            f"{name}{line}: {error.msg}.",
            why="That is no Python, so the page could not run it.",
            fix="Save it as a text in UTF-8." if "\ufffd" in text else f"Mend the line: {text}",
        ) from error


def texts_of(tree: ast.Module) -> Iterator[str]:
    """Every text that a program holds, those of its templates included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def files_in(text: str, folder: Path) -> Iterator[Path]:
    """The files of a folder that a text names: pictures in a template, data, scripts."""
    for name in FILE.findall(text):
        file = (folder / name).resolve()
        hidden = any(part.startswith(".") for part in Path(name).parts)
        foreign = hidden or not file.is_relative_to(folder) or file.suffix in (".py", ".html")
        if not foreign and file.is_file():
            yield file


def modules_of(tree: ast.Module, package: str = "") -> set[str]:
    """The modules that a program, or a part of a package, imports anywhere, and names in them.

    >>> sorted(modules_of(parse("app.py", "import os.path; from gossamer import router")))
    ['gossamer', 'gossamer.router', 'os.path']
    """
    return {name for node in ast.walk(tree) for name in _imported(node, package)}


def early_imports(tree: ast.Module, package: str = "") -> set[str]:
    """The modules that a program imports when it is run, or imported itself as part of a package.

    >>> early_imports(parse("app.py", "import json; later = lambda: __import__('csv')"))
    {'json'}
    >>> sorted(early_imports(parse("a.py", "from .b import c"), "all"))
    ['all.b', 'all.b.c']
    """
    found = set()
    ahead: list[ast.AST] = [tree]
    while ahead:
        node = ahead.pop()
        found |= _imported(node, package)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            ahead += ast.iter_child_nodes(node)
    return found


def _imported(node: ast.AST, package: str = "") -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if not isinstance(node, ast.ImportFrom) or (node.level and not package):
        return set()
    above = package.split(".")[: 1 - node.level or None] if node.level else []
    module = ".".join([*above, *filter(None, [node.module])])
    return {module, *(f"{module}.{alias.name}" for alias in node.names)}
