"""The wheel, in a Python that has nothing else and on a machine without Node."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this moment."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True)
    (built,) = folder.glob("gossamer-*-py3-none-any.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel) -> list[str]:
    """`gossamer`, installed from the wheel into an environment of its own."""
    environment = wheel.parent / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", environment, "install", "--quiet", wheel],
        check=True,
        env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    return [str(scripts / "gossamer")]


def test_a_new_app_is_built_and_served_without_node(command, page, wait_ready, tmp_path):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    scripts = Path(command[0]).parent
    alone = {"PATH": str(scripts), "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    assert shutil.which("node", path=alone["PATH"]) is None
    app = tmp_path / "my-app"

    subprocess.run([*command, "new", "my-app"], cwd=tmp_path, env=alone, check=True)
    with (app / "tasks.py").open("a") as program:  # no image of the wheel's has this module
        program.write("\nimport colorsys\nprint(colorsys.__name__)\n")
    done = subprocess.run([*command, "build"], cwd=app, env=alone, check=True, capture_output=True)
    total = re.search(rb"total +\S+ kB +\S+ kB +(\S+) kB", done.stdout)[1]
    serve = [*command, "serve", "--port", "0"]
    with subprocess.Popen(serve, cwd=app, env=alone, stdout=subprocess.PIPE, text=True) as server:
        try:
            url = re.search(r"http://\S+", server.stdout.readline())[0].replace(
                "localhost", "127.0.0.1"
            )
            page.goto(url)
            wait_ready(page)
            page.get_by_label("A new task").fill("Be here")
            page.get_by_role("button", name="Add").click()
            page.get_by_role("checkbox").first.check()

            assert page.get_by_role("status").last.inner_text() == "3 left"
            assert page.locator("li").last.inner_text().startswith("Be here")
            assert not [url for url in asked if "stdlib" in url]
            assert float(total.replace(b",", b"")) < 6_500
        finally:
            server.terminate()


def test_the_wheel_carries_the_runtime_and_no_docs(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    assert "gossamer/cli/runtime/gossamer.js" in names
    assert [name for name in names if "docs" in name or name.endswith(".md")] == []


def test_the_wheel_for_pages_has_what_a_page_runs_and_nothing_else(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=ROOT, check=True, env=os.environ | {"GOSSAMER_WHEEL": "page"})

    (wheel,) = tmp_path.glob("*.whl")

    assert wheel.name.endswith("-py3-none-pyemscripten_2026_0_wasm32.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "gossamer/dom/mount.py" in names
    assert not [name for name in names if name.startswith("gossamer/cli/")]
    assert wheel.stat().st_size < 400_000
