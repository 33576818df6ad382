"""The documentation is true: every Python block of the book runs, in order, page by page."""

import ast
import asyncio
import doctest
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType

import pytest
from gossamer.reactive import set_error_reporter, set_scheduler
from gossamer.testing.connect import connect_page
from gossamer.testing.page import FakePage

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BOOK = [ROOT / "README.md", *sorted((DOCS / "book").glob("*.md"))]
PROSE = [*BOOK, *sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("decisions/*.md"))]
ERRORS = sorted((DOCS / "errors").glob("*.md"))
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Block:
    """A fenced block: what stands after the backticks, its text, and the line it begins at."""

    def __init__(self, kind: str, text: str, line: int) -> None:
        self.kind = kind
        self.text = text
        self.line = line


def blocks_of(path: Path) -> list[Block]:
    """The fenced blocks of a page."""
    found = []
    text = path.read_text()
    for match in re.finditer(r"^```([^`\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        found.append(Block(match[1].strip(), match[2], text.count("\n", 0, match.start(2)) + 1))
    return found


class Runner:
    """Runs the blocks of one page in one namespace; each `mount` begins on an empty page."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.namespace: dict[str, object] = {"__name__": "__main__"}
        self.page = self.make_page()

    def make_page(self) -> FakePage:
        self.page = self.namespace["page"] = connect_page()
        return self.page

    def run(self, block: Block) -> None:
        """Run or check a block by its kind; other languages are left alone."""
        if block.kind in ("python", "python raises"):
            if "mount(" in block.text:
                self.make_page()
            if ">>> " in block.text:
                self.run_session(block)
            else:
                self.run_code(block)
            if ".reports" not in block.text:
                assert self.page.reports == [], f"{self.path.name}, line {block.line}"
        elif block.kind == "html shown":
            shown = normalize(self.page.body.inner_html())
            assert shown == normalize(block.text), f"{self.path.name}, line {block.line}"
        elif block.kind.startswith("python"):
            assert block.kind in ("python browser", "python window")
            self.compile(block)
            check_imports(block)

    def compile(self, block: Block) -> CodeType:
        """The code of a block, with the page as its file; `await` may stand at the top."""
        lines = "\n" * (block.line - 1)
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        return compile(lines + block.text, str(self.path), "exec", flags, dont_inherit=True)

    def run_code(self, block: Block) -> None:
        """Run a block as the loader would."""
        code = self.compile(block)
        if code.co_flags & inspect.CO_COROUTINE:
            asyncio.run(eval(code, self.namespace))
        else:
            exec(code, self.namespace)

    def run_session(self, block: Block) -> None:
        """Run a block with prompts, and compare what is printed."""
        examples = doctest.DocTestParser().get_examples(block.text)
        session = doctest.DocTest(
            examples, {}, self.path.name, str(self.path), block.line - 1, None
        )
        session.globs = self.namespace
        runner = doctest.DocTestRunner(verbose=False, optionflags=FLAGS)
        told: list[str] = []
        runner.run(session, out=told.append, clear_globs=False)
        assert not told, "".join(told)


def normalize(markup: str) -> str:
    """Markup without the white space that only lays it out."""
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", markup)).strip()


def check_imports(block: Block) -> None:
    """Every name that a block takes from this package is there."""
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gossamer"):
            module = importlib.import_module(node.module or "")
            missing = [alias.name for alias in node.names if not hasattr(module, alias.name)]
            assert not missing, f"{node.module} has no {missing}"


def flush_now(flush: Callable[[], None]) -> None:
    """Flush in the write, also where an event loop always runs."""
    flush()


@pytest.fixture(autouse=True)
def no_host() -> Iterator[None]:
    """Begin and end without a reporter of errors and without a scheduler."""
    set_error_reporter(None)
    set_scheduler(flush_now if sys.platform == "emscripten" else None)
    yield
    set_error_reporter(None)
    set_scheduler(None)


@pytest.mark.parametrize("path", BOOK, ids=lambda path: path.stem)
def test_every_block_of_the_page_runs(path: Path) -> None:
    runner = Runner(path)

    for block in blocks_of(path):
        runner.run(block)
