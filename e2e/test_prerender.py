"""Pages that are readable before Python has come, and what it does when it comes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .server import Site

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"></head>
<body><main id="app"></main><script type="py" src="app.py"></script></body></html>
"""
APP = """
import asyncio
from gossamer import Signal, component, mount
from gossamer.meta import Title
from gossamer.router import A, Route, Router, Routes, use_data, use_params

BASE = "/repo"


async def load_tea(visit):
    print("loads", visit.params["id"])
    await asyncio.sleep(0)
    return {"name": f"Tea number {visit.params['id']}"}


@component
def Home():
    count = Signal(0)
    return t'''<{Title} text="Tea shop" /><h1>Tea shop</h1>
        <button on:click={(lambda: count.update(lambda n: n + 1))}>{count} cups</button>
        <input name="note"> <{A} href="/teas/1">One</{A}>'''


@component
def Tea():
    return t"<h1>{(lambda: use_data()()['name'])}</h1><{A} href='/teas/9'>Nine</{A}>"


@component
def User():
    params = use_params()
    return t"<h1>{(lambda: params()['name'])}</h1>"


routes = [
    Route("/", Home),
    Route("/deep", t"<h1>Deep</h1>"),
    Route("/teas/{id:int}", Tea, load=load_tea, entries=[1, 2]),
    Route("/users/{name}", User),
]
mount(Router(Routes(routes, fallback=t"<h1>Nothing</h1>"), base=BASE), "#app")
"""
ISLANDS = """
from gossamer import Signal, component, island


@island(on="interaction")
def Used(first: int):
    count = Signal(first)
    return t"<button on:click={(lambda: count.update(lambda n: n + 1))}>{count} used</button>"


@island(on="visible")
def Far():
    count = Signal(0)
    return t"<button on:click={(lambda: count.update(lambda n: n + 1))}>{count} far</button>"


@island(on="never")
def Still():
    return t"<button on:click={print}>still</button>"


@component
def Stars():
    return t"<h1>Stars</h1>{Used(3)}{Still()}<div style='height: 300vh'></div>{Far()}"


@component
def Quiet():
    return t"<h1>Quiet</h1>{Still()}"
"""
ISLANDS_PAGE = PAGE.replace(
    '<script type="py" src="app.py"></script>',
    '<script type="py-islands">\nfrom gossamer import hydrate_islands\nfrom islands import {0}\n'
    'hydrate_islands({0}, "#app")\n</script>',
)
WATCH = """
window.steps = [];
addEventListener('py:progress', (event) => steps.push(event.detail));
"""
UNSEEN = """
window.unseen = true;
Object.defineProperty(document, 'prerendering', { get: () => unseen });
"""


class Host(Site):
    """A static host: an index for a folder, 404.html for what is not there; `homes` get the home."""

    homes = ("deep",)

    def respond(self, answer, path: str) -> None:
        """Answer as GitHub Pages does, but for the paths that get the wrong page."""
        if path in self.homes:
            answer.send(200, self.read(""), "text/html")
        elif self.read(path) is None:
            answer.send(404, self.read("404.html"), "text/html")
        else:
            super().respond(answer, path)


@pytest.fixture(scope="module")
def host(tmp_path_factory) -> Iterator[Host]:
    """A built app on a host below a folder."""
    folder = tmp_path_factory.mktemp("prerender")
    (folder / "index.html").write_text(PAGE)
    (folder / "app.py").write_text(APP)
    (folder / "islands.py").write_text(ISLANDS)
    for name in ("Stars", "Quiet"):
        (folder / f"{name.lower()}.html").write_text(ISLANDS_PAGE.format(name))
    subprocess.run(
        [sys.executable, "-m", "gossamer.cli", "build", folder, "--base", "/repo/"],
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "py")},
    )
    with Host(folder / "dist", "repo/").running() as site:
        yield site


def test_every_page_shows_its_text_without_scripts(browser, host):
    """G1"""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    shown = {}
    for path in ("", "deep/", "teas/1/", "teas/2/"):
        page.goto(host.url + path)
        heading = page.get_by_role("heading")
        assert heading.bounding_box()["height"] > 0
        shown[path] = heading.inner_text()
    title = page.title()
    context.close()

    assert shown == {
        "": "Tea shop",
        "deep/": "Deep",
        "teas/1/": "Tea number 1",
        "teas/2/": "Tea number 2",
    }
    assert title == "Page"


def test_python_comes_to_who_looks_and_takes_over_what_it_finds(page, host, wait_ready):
    """E1, G5, G6"""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.add_init_script(WATCH + UNSEEN)
    page.goto(host.url, wait_until="networkidle")
    page.evaluate("window.found = [...document.querySelectorAll('#app *')]")
    page.get_by_role("textbox").fill("green")
    for _ in range(3):
        page.get_by_role("button").click()
    page.locator("button[data-pending]").wait_for()
    assert page.evaluate("steps") == []

    page.evaluate("unseen = false; document.dispatchEvent(new Event('prerenderingchange'))")
    wait_ready(page)

    assert page.get_by_role("button").inner_text() == "3 cups", "as before Python was up"
    page.get_by_role("button").click()
    assert page.get_by_role("button").inner_text() == "4 cups"
    assert page.locator("[data-pending]").count() == 0
    assert page.get_by_role("textbox").input_value() == "green"
    assert page.evaluate("found.every((node) => node.isConnected)")
    assert page.evaluate("found.length === document.querySelectorAll('#app *').length")

    host.requests.clear()
    page.get_by_role("link", name="One").click()
    page.get_by_role("heading", name="Tea number 1").wait_for()
    asked = [path for path in host.requests if "teas" in path]
    page.get_by_role("link", name="Nine").click()
    page.get_by_role("heading", name="Tea number 9").wait_for()

    assert asked == ["repo/teas/1/__data.json"]
    assert "repo/teas/9/__data.json" in host.requests  # a link has led the build there
    assert not any("loads" in text for text in said)


def test_a_link_to_what_was_not_built_shows_its_view(page, host, wait_ready, expected_errors):
    """G2"""
    expected_errors += ["404"]
    answer = page.goto(host.url + "users/ada")
    wait_ready(page)

    assert answer.status == 404
    assert page.get_by_role("heading").inner_text() == "ada"
    assert all(path.startswith("repo/") for path in host.requests)


def test_the_page_of_another_address_gives_way(page, host, wait_ready):
    """G4"""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(host.url + "deep")
    wait_ready(page)

    assert page.get_by_role("heading").all_inner_texts() == ["Deep"]
    assert page.get_by_role("button").count() == 0
    assert "This page was built for /repo/, and the server sent it for /repo/deep." in said


def test_a_page_whose_islands_never_wake_up_asks_for_no_python(page, host):
    """I1"""
    host.requests.clear()
    page.goto(host.url + "quiet.html", wait_until="networkidle")

    assert page.get_by_role("button").inner_text() == "still"
    scripts = [path for path in host.requests if not path.endswith(".html")]
    assert len(scripts) == 1
    assert scripts[0].startswith("repo/assets/islands.")


def test_islands_start_python_once_when_one_is_used(page, host):
    """I2, I3"""
    host.requests.clear()
    page.goto(host.url + "stars.html", wait_until="networkidle")
    assert len(host.requests) == 2, "the page and the script that lets it sleep"
    page.evaluate("window.found = [...document.querySelectorAll('#app *')]")

    page.get_by_text("3 used").click()
    page.locator("button[data-pending]").wait_for()
    page.get_by_text("4 used").wait_for()
    assert page.locator("button[data-pending]").count() == 0
    page.get_by_text("4 used").click()
    page.get_by_text("5 used").wait_for()

    page.get_by_text("0 far").scroll_into_view_if_needed()
    page.get_by_text("0 far").click()
    page.get_by_text("1 far").wait_for()

    assert page.get_by_text("still").inner_text() == "still"
    assert page.evaluate("found.every((node) => node.isConnected)")
    assert len([path for path in host.requests if path.endswith(".wasm")]) == 1
