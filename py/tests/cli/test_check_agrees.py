"""`gossamer check` says nothing about what is right, and agrees with t-linter."""

import doctest
import json
import subprocess
import sysconfig
from pathlib import Path

import pytest
from gossamer.cli.check.project import Project, files_below

from ..prose import blocks_of

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.cpython("runs a program, and reads the repository")

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ON_PURPOSE = {
    ("docs/book/03-templates.md", "frozen-read"),
    ("docs/book/03-templates.md", "template-nesting"),
    ("docs/errors/template.md", "template-nesting"),
}
"""Mistakes that a page shows in order to catch them."""


@pytest.mark.parametrize("folder", ["examples", "public", "bench"])
def test_nothing_is_found_in_what_is_known_to_work(folder: str) -> None:
    assert Project(ROOT).check(files_below([ROOT / folder])) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_found_in_the_documentation(path: Path) -> None:
    lines: list[str] = []
    for block in blocks_of(path):
        if block.kind not in ("python", "python browser", "python window"):
            continue
        lines += [""] * (block.line - 1 - len(lines))
        if block.text.startswith(">>>"):
            examples = doctest.DocTestParser().get_examples(block.text)
            lines += "".join(each.source for each in examples).split("\n")
        else:
            lines += block.text.split("\n")

    found = Project(ROOT).check_text("\n".join(lines), path)

    assert {(each.file, each.code) for each in found} <= ON_PURPOSE, found


OURS = "from gossamer import component, view\n"
THEIRS = """from typing import Annotated
from string.templatelib import Template
def view(template: Annotated[Template, "tdom"]) -> Template: ...
def component(function): return function
"""
CARD = """@component
def Card(title: str, size: int = 1, children: object = None):
    return view(t"<h2>{title}</h2>{children}")
"""
TEMPLATES = {
    '<p class="a" id={1}>{2}</p>': True,
    "<br><img src={1}>": True,
    "<div>{1}<!-- comment --></div>": True,
    "<button on:click={print} class:active={1} prop:value={2}>x</button>": True,
    "<p {attributes}>x</p>": True,
    '<{Card} title="a" />': True,
    '<{Card} title="a" size={2}>b</{Card}>': True,
    "<svg><circle r={1} /></svg>": True,
    "{1}": True,
    "<p>x": False,
    "<p>x</div>": False,
    "<p><b>x</p></b>": False,
    "<p": False,
    '<p class="a>x</p>': False,
    "<p>x</>": False,
    "</p>": False,
    "<>x</>": False,
    "<!-- comment": False,
    '<{Card} title="a">x': False,
    '<{Card} title="a">x</div>': False,
    "<{Card} />": False,
    '<{Card} title="a" titel="b" />': False,
}
"""Whether a template is right, where both have an opinion."""


NO_OPINION = {"desktop"}
"""Examples that t-linter 0.10 never comes to an end with; this one has no template."""


def t_linter(*paths: Path) -> list[tuple[str, int]]:
    """The file and line of all that t-linter finds."""
    program = Path(sysconfig.get_path("scripts"), "t-linter")
    done = subprocess.run(
        [program, "check", "--format", "json", *paths],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found = json.loads(done.stdout)["diagnostics"]
    return [(each["file"], each["start_line"]) for each in found]


def test_both_say_the_same_of_each_template(tmp_path: Path) -> None:
    program = tmp_path / "app.py"
    lines = [f"view(t'''{text}''')" for text in TEMPLATES]
    program.write_text("attributes = {}\n" + THEIRS + CARD + "\n".join(lines))
    first = ("attributes = {}\n" + THEIRS + CARD).count("\n") + 1
    ours = Project(tmp_path).check_text(
        "attributes = {}\n" + OURS + "\n" * (THEIRS.count("\n") - 1) + CARD + "\n".join(lines),
        tmp_path / "ours.py",
    )

    wrong_for_us = {each.line for each in ours}
    wrong_for_them = {line for _, line in t_linter(program)}

    expected = {first + n for n, right in enumerate(TEMPLATES.values()) if not right}
    told = dict(enumerate(TEMPLATES, first))
    assert [told[line] for line in wrong_for_us ^ expected] == []
    assert [told[line] for line in wrong_for_them ^ expected] == []


def test_t_linter_finds_nothing_in_the_examples_either() -> None:
    folders = [path for path in (ROOT / "examples").iterdir() if path.name not in NO_OPINION]

    assert t_linter(*folders, ROOT / "public") == []
