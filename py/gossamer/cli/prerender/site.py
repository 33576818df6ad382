"""Prerenders the pages of a site that another tool builds, each as it stands in its folder."""

import json
import sys
from pathlib import Path
from typing import TypedDict

from gossamer.cli import early
from gossamer.cli.archives import walk
from gossamer.cli.assets import Assets
from gossamer.cli.output import Output
from gossamer.cli.pages import Page
from gossamer.cli.prerender.crawl import Prerendered, composed, prerender
from gossamer.cli.prerender.finish import address_of
from gossamer.cli.runtime import EARLY
from gossamer.cli.runtime import LOADER as GOSSAMER
from gossamer.cli.settings import Settings
from gossamer.cli.tags import Markup
from gossamer.cli.writer import LOADER
from gossamer.errors import GossamerError


class Written(TypedDict):
    """The pages of a folder that have a text of their own, by their paths in it, and what to tell.

    An `error` is why there are none.
    """

    pages: dict[str, str]
    notes: list[str]
    error: str


def write(folder: Path, base: str) -> Written:
    """Prerender the pages of a folder that stands at an address; no link is followed."""
    root = folder.resolve()
    pages = [
        Page(file.relative_to(root).as_posix(), file.read_text("utf-8"), file.parent)
        for file in walk(root, frozenset())
        if file.suffix == ".html"
    ]
    settings = Settings(
        root=root,
        name=root.name,
        app=root / "app.py",
        out=root / "dist",
        base=base,
        prerender=tuple(address_of(page.path, "/") for page in pages),
    )
    try:
        found = prerender(settings, Assets(root, Output()), pages, {}, {}, lambda _count: None)
    except GossamerError as error:
        return {"pages": {}, "notes": [], "error": str(error)}
    return {"pages": _texts_of(found), "notes": _notes_of(found), "error": ""}


def _texts_of(found: Prerendered) -> dict[str, str]:
    texts = {}
    for file, (job, told) in found.pages.items():
        text = composed(job.page.text, job, told)
        assert text is not None  # noqa: S101 - else it would not be there
        texts[file] = _with_early(text)
    return texts


def _with_early(text: str) -> str:
    """A page that keeps what is done in it before Python is up, by the script beside its loader."""
    markup = Markup(text)
    loader = next((tag for tag in markup.tags if LOADER.search(tag.get("src"))), None)
    insertions: dict[int, str] = {}
    if loader is not None and EARLY in early.wanted(markup, is_seen=early.answers(text)):
        src = loader.get("src").removesuffix(GOSSAMER) + EARLY
        early.put(markup, EARLY, {"src": src}, insertions)
    return markup.with_changes(insertions)


def _notes_of(found: Prerendered) -> list[str]:
    left = [f"{address} is not prerendered: {why}" for address, why in found.left.items()]
    return [*found.notes, *left]


if __name__ == "__main__":
    json.dump(write(Path(sys.argv[1]), sys.argv[2]), sys.stdout)
