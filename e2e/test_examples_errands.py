"""The example with a server: a list in SQLite, with scripts and without."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    """The address of the example, built and served by its one command."""
    folder = tmp_path_factory.mktemp("errands") / "errands"
    shutil.copytree(
        ROOT / "examples" / "errands", folder, ignore=shutil.ignore_patterns("dist", "*.sqlite")
    )
    environ = os.environ | {"PYTHONPATH": str(ROOT / "py"), "GOSSAMER_SECRET": "s" * 20}
    subprocess.run(
        [sys.executable, "-m", "gossamer.cli", "build"], cwd=folder, check=True, env=environ
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    log = folder / "log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [sys.executable, "-m", "gossamer.cli", "serve", "--port", str(port)],
            cwd=folder,
            env=environ,
            stdout=written,
            stderr=written,
        )
    ends = time.monotonic() + 60
    while True:
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < ends, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            break
    yield f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait()


def use(page) -> list[str]:
    """Do what a visitor does, and say what is seen on the way."""
    seen = []
    items = page.locator("li")
    for title in ("Buy tea", "<b>Post</b> the letter"):
        page.get_by_label("What is there to do?").fill(title)
        page.get_by_role("button", name="Add").click()
        items.filter(has_text=title).wait_for()
    seen.append(page.locator(".left").inner_text())
    page.get_by_role("button", name="Add").click()
    page.get_by_text("Say what there is to do.").wait_for()
    page.get_by_role("button", name="Done: Buy tea").click()
    page.locator("li.done").wait_for()
    seen.append(page.locator("li.done span").inner_text())
    for name in ("Remove Buy tea", "Remove <b>Post</b> the letter"):
        page.get_by_role("button", name=name).click()
        page.get_by_role("button", name=name).wait_for(state="detached")
    seen.append(page.locator(".left").inner_text())
    return seen


SEEN = ["2 left", "Buy tea", "0 left"]


def test_the_list_works_without_scripts(app_browser, url):
    context = app_browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)

    seen = use(page)

    context.close()
    assert seen == SEEN


def test_the_list_works_with_scripts_and_loads_nothing_anew(page, url, wait_ready, expected_errors):
    expected_errors.append(r"Failed to load resource.*status of 422")
    page.goto(url)
    wait_ready(page)
    page.evaluate("window.__mark = 1")

    seen = use(page)

    assert seen == SEEN
    assert page.evaluate("window.__mark") == 1
