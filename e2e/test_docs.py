"""The pages of the book, opened in a browser: each shows what the book says."""

import os
import re
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOOK = [ROOT / "README.md", *sorted((ROOT / "docs" / "book").glob("*.md"))]
FENCE = re.compile(r"(?:^`([\w./-]+)`:\n\n)?^```([^`\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LISTEN = "addEventListener('py:all-done', () => { window.isDone = true; });"


class Folder:
    """A page of the book with the files that stand around it."""

    def __init__(self, chapter: str, html: str, *, fails: bool) -> None:
        self.chapter = chapter
        self.html = html
        self.fails = fails
        self.files: dict[str, str] = {}
        self.shown = ""


def folders() -> list[Folder]:
    """Each page of the book; the named files after it and what it shows belong to it."""
    found: list[Folder] = []
    for path in BOOK:
        here: list[Folder] = []
        for name, kind, text in FENCE.findall(path.read_text(encoding="utf-8")):
            if kind.startswith("html page"):
                here.append(Folder(path.stem, text, fails=kind.endswith("fails")))
            elif name and here:
                here[-1].files[name] = text
            elif kind == "text shown":
                here[-1].shown = text
        found += here
    return found


def title_of(folder: Folder) -> str:
    return f"{folder.chapter}: {re.search('<title>(.*?)</title>', folder.html)[1]}"


@pytest.mark.parametrize("folder", folders(), ids=title_of)
def test_a_page_of_the_book_shows_what_the_book_says(
    page, built, tmp_path, site_of, expected_errors, folder
):
    shutil.copytree(built / "gossamer", tmp_path / "gossamer", copy_function=os.link)
    for name, text in {"index.html": folder.html, **folder.files}.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    if folder.fails:
        expected_errors += ["gossamer: "]
    page.add_init_script(LISTEN)

    with site_of(tmp_path) as site:
        page.goto(site.url)
        page.wait_for_function("() => window.isDone")

    assert (page.locator(".gossamer-error").count() > 0) is folder.fails
    assert page.locator("body").inner_text().split() == folder.shown.split()
