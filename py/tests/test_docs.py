"""The documentation is true: its blocks run, page by page, and its links lead somewhere."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import gossamer
import pytest
from gossamer.errors import GossamerError
from gossamer.reactive import set_error_reporter, set_scheduler
from gossamer.template import shapes
from gossamer.view import directive

from .prose import Runner, blocks_of

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
BOOK = [ROOT / "README.md", *sorted((DOCS / "book").glob("*.md"))]
CHANGES = ROOT / "changes"
ERRORS = sorted((DOCS / "errors").glob("*.md"))
PROSE = [
    *sorted(ROOT.glob("*.md")),
    *sorted(DOCS.rglob("*.md")),
    *sorted(CHANGES.glob("*.md")),
]
KINDS = {
    kind.code: kind
    for kind in vars(gossamer.errors).values()
    if isinstance(kind, type) and issubclass(kind, GossamerError) and kind is not GossamerError
}

pages = pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))


def flush_now(flush: Callable[[], None]) -> None:
    """Flush in the write, also where an event loop always runs."""
    flush()


@pytest.fixture
def runner(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Runner]:
    """Runs the page's blocks; without a reporter of errors and a scheduler before and after."""

    def no_host() -> None:
        set_error_reporter(None)
        set_scheduler(flush_now if sys.platform == "emscripten" else None)

    no_host()
    monkeypatch.syspath_prepend(tmp_path)
    runner = Runner(path, tmp_path)
    monkeypatch.setattr(gossamer, "mount", runner.mount)
    monkeypatch.setattr(directive, "_directives", {})  # each page is a program of its own
    monkeypatch.setattr(shapes, "_shapes", {})
    yield runner
    runner.make_page()
    no_host()


@pytest.mark.parametrize("path", BOOK, ids=lambda path: path.stem)
def test_every_block_of_the_page_runs(path: Path, runner: Runner) -> None:
    for block in blocks_of(path):
        runner.run(block)


@pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
def test_the_page_of_an_error_raises_it_and_shows_how_to_mend_it(
    path: Path, runner: Runner
) -> None:
    kind = KINDS[path.stem]
    blocks = blocks_of(path)

    for block in blocks:
        runner.run(block)
        if block.kind.startswith("python raises"):
            name = type(runner.error).__name__ if runner.error else runner.said.partition(":")[0]
            assert issubclass(getattr(gossamer.errors, name), kind), runner.said
    kinds = [block.kind for block in blocks]
    assert kinds[0].startswith("python raises")
    assert kinds[1] == "text said"
    assert "python" in kinds[2:]
    assert path.read_text(encoding="utf-8").startswith(f"# `{kind.code}`: ")


def links_of(text: str) -> list[str]:
    """What a page links to, outside of its fenced blocks."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose))


def anchors_of(text: str) -> set[str]:
    """The names that the headings of a page can be linked by."""
    found: dict[str, int] = {}
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        name = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        found[name] = found.get(name, -1) + 1
        if found[name]:
            found[f"{name}-{found[name]}"] = 0
    return set(found)


@pages
def test_every_link_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for link in links_of(text):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors_of(target.read_text(encoding="utf-8")), link


@pages
def test_a_paragraph_has_one_sentence_a_line(path: Path) -> None:
    text = re.sub(
        r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )

    for line in text.splitlines():
        if line and line[0] not in "#|-*>! 0123456789":
            assert not re.search(r"[.!?][\"”’)]? [A-Z`\[]", re.sub(r"`[^`]*`", "x", line)), line


@pytest.mark.parametrize("path", sorted(CHANGES.glob("*.*.md")), ids=lambda path: path.name)
def test_a_change_is_one_sentence_of_a_kind(path: Path) -> None:
    slug, kind, _ = path.name.split(".")
    text = path.read_text(encoding="utf-8")

    assert re.fullmatch(r"[a-z0-9-]+", slug)
    assert kind in ("added", "changed", "fixed", "removed")
    assert re.fullmatch(r"[A-Z].*\.\n", text)
    assert not re.search(r"\. [A-Z]", text)
