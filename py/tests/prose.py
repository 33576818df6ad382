"""Runs the fenced blocks of a page of the documentation."""

import ast
import asyncio
import doctest
import importlib
import inspect
import re
import traceback
from pathlib import Path
from types import CodeType

from gossamer.dom import bridge, mount
from gossamer.testing.connect import connect_page
from gossamer.testing.nodes import Element, parse
from gossamer.testing.page import FakePage

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
APP = "app.py"
"""The file that a failing example pretends to be, so that its message shows a place."""

LANGUAGES = {"", "css", "html", "js", "json", "sh", "text", "toml"}
"""Fenced blocks that are shown only."""

KINDS = LANGUAGES | {
    "python",  # runs, and nothing is reported
    "python module",  # is a module of its own, whose file its first line names
    "python browser",  # needs a browser: compiles, and what it imports is there
    "python window",  # needs a desktop: compiles, and what it imports from us is there
    "python raises",  # ends with an error, raised or reported in the page
    "python raises outside",  # likewise, where there is no page
    "text said",  # is what that error says, word for word
    "html shown",  # is what stands in the test page now
    "html page",  # is a whole page, which e2e/test_docs.py opens
    "html page fails",  # likewise, and says an error
    "text shown",  # is what a reader sees of that page
}


class Block:
    """A fenced block: what stands after the backticks, its text, and the line it begins at."""

    def __init__(self, kind: str, text: str, line: int) -> None:
        self.kind = kind
        self.text = text
        self.line = line


def blocks_of(path: Path) -> list[Block]:
    """The fenced blocks of a page."""
    found = []
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r"^```([^`\n]*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
        found.append(Block(match[1].strip(), match[2], text.count("\n", 0, match.start(2)) + 1))
    assert text.count("```") == 2 * len(found), f"{path.name} has a fence that does not close"
    return found


class Runner:
    """Runs the blocks of one page in one namespace; a block that mounts begins on an empty page."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.folder = folder
        self.error: BaseException | None = None
        self.said = ""
        self.namespace: dict[str, object] = {"__name__": "__main__"}
        self.mounted: list[mount.Mounted] = []
        self.make_page()

    @property
    def page(self) -> FakePage:
        """The page that is drawn into: the runner's, or one that a block has made itself."""
        made = self.namespace.get("page")
        return made if isinstance(made, FakePage) else self._page

    def make_page(self) -> None:
        """Begin anew, once nothing of the old page is left behind."""
        if self.mounted:
            for shown in reversed(self.mounted):
                shown.unmount()
            self.mounted.clear()
            for element in list(self.page.drawn):
                self.page.take_out(element)
            assert self.page.nodes == {}, f"{self.path.name} leaves nodes behind"
        self._page = self.namespace["page"] = connect_page()

    def mount(self, view: object, target: object = None) -> mount.Mounted:
        """Mount as a program does, and remember to unmount."""
        self.mounted.append(mount.mount(view, target))
        return self.mounted[-1]

    def run(self, block: Block) -> None:
        """Run or check a block by its kind."""
        where = f"{self.path.name}, line {block.line}"
        assert block.kind in KINDS, f"{where}: {block.kind!r} is no kind of block"
        if block.kind == "python raises outside":
            self.run_outside(block)
        elif block.kind in ("python", "python raises"):
            if re.search(r"\bmount\(", block.text) and "connect_page" not in block.text:
                self.make_page()
            told = len(self.page.reports)
            if block.kind == "python raises":
                self.run_failing(block, told)
            elif ">>> " in block.text:
                self.run_session(block)
            else:
                self.run_code(block)
            if block.kind == "python" and ".reports" not in block.text:
                assert self.page.reports[told:] == [], where
        elif block.kind == "python module":
            name, text = block.text.removeprefix("# ").split("\n", 1)
            (self.folder / name).write_text(text, encoding="utf-8")
        elif block.kind == "text said":
            told_right = doctest.OutputChecker().check_output(
                block.text, f"{self.said}\n", doctest.ELLIPSIS
            )
            assert told_right, f"{where}: what is said is\n{self.said}"
        elif block.kind == "html shown":
            assert normalize(self.page.body.inner_html()) == normalize(block.text), where
        elif block.kind in ("python browser", "python window"):
            self.compile(block)
            check_imports(block)

    def compile(self, block: Block) -> CodeType:
        """The code of a block, with the page as its file; `await` may stand at the top."""
        file, lines = str(self.path), "\n" * (block.line - 1)
        if block.kind.startswith("python raises"):
            file, lines = APP, ""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        return compile(lines + block.text, file, "exec", flags, dont_inherit=True)

    def run_code(self, block: Block) -> None:
        """Run a block as the loader would."""
        code = self.compile(block)
        if code.co_flags & inspect.CO_COROUTINE:
            asyncio.run(eval(code, self.namespace))
        else:
            exec(code, self.namespace)

    def run_failing(self, block: Block, told: int) -> None:
        """Run a block that has to fail, and keep the error and what a developer is told."""
        self.error = None
        try:
            self.run_code(block)
        except Exception as error:
            self.error = error
            self.said = "".join(traceback.format_exception_only(error)).strip()
        else:
            assert len(self.page.reports) == told + 1, f"line {block.line} has to fail once"
            self.said = self.page.reports[-1]

    def run_outside(self, block: Block) -> None:
        """Run a block that has to fail where no page was ever connected."""
        kept = {name: getattr(bridge.verbs, name) for name in bridge.Verbs.__slots__}
        for name in kept:
            delattr(bridge.verbs, name)
        try:
            self.run_failing(block, 0)
        finally:
            for name, verb in kept.items():
                setattr(bridge.verbs, name, verb)

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
    """Markup without the white space that only lays it out, its attributes in order."""
    root = parse(re.sub(r"\s+", " ", re.sub(r">\s+<", "><", markup)).strip())
    for node in root.walk():
        if isinstance(node, Element):
            node.attributes = dict(sorted(node.attributes.items()))
    return root.html()


def check_imports(block: Block) -> None:
    """Every name that a block takes from this package is there."""
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gossamer"):
            module = importlib.import_module(node.module or "")
            missing = [alias.name for alias in node.names if not hasattr(module, alias.name)]
            assert not missing, f"{node.module} has no {missing}"
