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
        elif path.name not in AWAY and not (path / "pyvenv.cfg").exists():
            yield from walk(path, away)


def app_files(settings: Settings, scripts: frozenset[Path]) -> dict[str, bytes]:
    """The modules of an app, and the data that it opens, by their paths in its folder.

    `scripts` are the programs of its pages, which go beside them and not into the archive.
    """
    root = settings.root
    left_out = {file for pattern in settings.exclude for file in root.glob(pattern)} | scripts
    wanted = {
        file
        for file in walk(root, frozenset({settings.out}))
        if file.suffix == ".py" and not NOT_APP.fullmatch(file.stem) and file not in left_out
    }
    for pattern in settings.files:
        wanted.update(file for file in root.glob(pattern) if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(wanted)}


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
        raise CommandError(
            f"{name}, line {error.lineno}: {error.msg}.",
            why="That is no Python, so the page could not run it.",
            fix=f"Mend the line: {(error.text or '').strip()}",
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


def modules_of(tree: ast.Module) -> set[str]:
    """The modules that a program imports.

    >>> sorted(modules_of(parse("app.py", "import os.path; from gossamer.elements import div")))
    ['gossamer.elements', 'os.path']
    """
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found
