"""`gossamer build`: what it writes works anywhere, and asks nobody else for anything."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .test_loader import wheel

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "pyproject.toml": """
[project]
name = "everything"
dependencies = ["gossamer-e2e-part", "gossamer"]

[tool.gossamer]
prerender = ["/"]
on-demand = ["gossamer-e2e-later"]
files = ["data/*.txt"]

[tool.gossamer.js-modules]
sums = "lib/sums.js"
""",
    "index.html": """<!doctype html><html lang="en"><head><title>t</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css"></head>
<body><ol></ol><script type="py" src="app.py"></script></body></html>""",
    "app.py": """
import importlib
import gossamer_e2e_part
import micropip
import own
from deep.module import WORD
from gossamer import js_module, mount
from js import URL, document

own.say(WORD, gossamer_e2e_part.WORD)
own.say(open("data/words.txt").read())
sums = await js_module("sums")
beside = await js_module("./lib/beside.js")
own.say(f"{sums.add(1, 2)} and {beside.word}")
micropip.set_index_urls([URL.new("simple", document.baseURI).href])
await micropip.install("gossamer-e2e-later")
import gossamer_e2e_later
own.say(gossamer_e2e_later.WORD)
late = importlib.import_module("gossamer.router")  # nobody could know, so it is not in the image
own.say(late.__name__)
mount(t"<img src='cat.svg' alt='cat'>")
""",
    "own.py": """
from gossamer import mount

def say(*words):
    mount(t"<li>{' '.join(words)}</li>", "ol")

def half(number):
    return number / 0
""",
    "deep/__init__.py": "",
    "deep/module.py": "WORD = 'deep'\n",
    "data/words.txt": "data",
    "lib/sums.js": "import { zero } from './zero.js';\nexport const add = (a, b) => a + b + zero;",
    "lib/zero.js": "export const zero = 0;",
    "lib/beside.js": "export const word = 'beside';",
    "style.css": "body { background: url(paper.svg) }",
    "paper.svg": '<svg xmlns="http://www.w3.org/2000/svg" />',
    "cat.svg": '<svg xmlns="http://www.w3.org/2000/svg" />',
    "wrong.html": """<!doctype html><link rel="icon" href="data:,">
<script type="py" src="wrong.py"></script>""",
    "wrong.py": "import own\n\nown.half(1)\n",
}


def package(name: str) -> bytes:
    return wheel(name, f"WORD = {name!r}")


@pytest.fixture(scope="module")
def dist(tmp_path_factory) -> Path:
    """An app with a bit of everything, built, and then moved to another folder."""
    folder = tmp_path_factory.mktemp("build")
    app, links = folder / "app", folder / "links"
    links.mkdir()
    for name in ("gossamer_e2e_part", "gossamer_e2e_later"):
        (links / f"{name}-1.0-py3-none-any.whl").write_bytes(package(name))
    for name, text in FILES.items():
        file = app / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    places = f"{links} {os.environ.get('PIP_FIND_LINKS', '')}".strip()
    subprocess.run(
        [sys.executable, "-m", "gossamer.cli", "build"],
        cwd=app,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "py"), "PIP_FIND_LINKS": places},
    )
    shutil.move(app / "dist", folder / "elsewhere")
    shutil.rmtree(app)
    return folder / "elsewhere"


@pytest.fixture
def moved(dist, site_of) -> Iterator[object]:
    """The built app below a folder of a server that knows nothing."""
    with site_of(dist, "some/where/") as site:
        yield site


def test_a_built_app_works_where_it_was_copied_to(page, moved, wait_ready):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(moved.url)
    wait_ready(page)
    page.get_by_text("gossamer.router").wait_for()
    page.wait_for_function("() => document.querySelector('img')?.complete")

    assert page.locator("li").all_inner_texts() == [
        "deep gossamer_e2e_part",
        "data",
        "3 and beside",
        "gossamer_e2e_later",
        "gossamer.router",
    ]
    assert page.locator("img").evaluate("(image) => image.naturalWidth > 0")
    assert not page.locator(".gossamer-silence").count()
    assert all(url.startswith((moved.url, "data:")) for url in asked)
    hinted = page.evaluate(
        "[...document.querySelectorAll('link[rel*=preload]')].map((link) => link.href)"
    )
    assert len(hinted) > 8
    for url in hinted:  # what a hint has fetched is used, and not fetched again
        assert asked.count(url) == 1, url


def test_an_error_names_the_file_and_shows_the_line(page, moved, expected_errors):
    expected_errors += ["ZeroDivisionError"]
    page.goto(moved.url + "wrong.html")
    box = page.get_by_role("alert")
    box.wait_for()

    told = box.inner_text()

    assert re.search(r"own\.py, line 8: ZeroDivisionError", told)
    assert 'File "wrong.py", line 3, in <module>\n    own.half(1)' in told
    assert "    return number / 0\n" in told


@pytest.mark.parametrize(
    ("pattern", "place"),
    [("wrong.*.py", "wrong.html"), ("app.*.zip", "")],
    ids=["program", "modules"],
)
def test_a_file_with_another_byte_is_refused(page, moved, expected_errors, pattern, place):
    expected_errors += ["integrity", "digest"]
    changed = next(moved.folder.glob(f"assets/{pattern}"))
    moved.put(changed.relative_to(moved.folder).as_posix(), changed.read_bytes() + b"#")

    page.goto(moved.url + place)
    box = page.locator(".gossamer-error")
    box.wait_for()

    assert box.get_attribute("data-reason") == "integrity"


STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:"


@pytest.mark.parametrize("fault", ["missing", "garbage"])
def test_a_page_whose_loader_does_not_come_says_so(page, moved, expected_errors, fault):
    expected_errors += ["Failed to load", "digest", "integrity", "Unexpected", "Invalid"]
    moved.headers["content-security-policy"] = STRICT
    loader = next(moved.folder.glob("assets/gossamer.*.js"))
    moved.faults[loader.relative_to(moved.folder).as_posix()] = fault
    page.goto(moved.url)
    words = page.get_by_text("This page could not start")
    assert not words.is_visible()

    page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")

    assert words.is_visible()
    assert page.get_by_role("link", name="Load it again").get_attribute("href") == ""
