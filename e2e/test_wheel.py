"""The wheel, in a Python that has nothing else and on a machine without Node."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def command(tmp_path_factory) -> list[str]:
    """`gossamer`, installed from a wheel of this moment into an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=ROOT, check=True)
    (wheel,) = folder.glob("gossamer-*-py3-none-any.whl")
    environment = folder / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", environment, "install", "--quiet", wheel],
        check=True,
        env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    return [str(scripts / "gossamer")]


def test_a_new_app_is_built_and_served_without_node(command, page, wait_ready, tmp_path):
    scripts = Path(command[0]).parent
    alone = {"PATH": str(scripts), "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    assert shutil.which("node", path=alone["PATH"]) is None
    app = tmp_path / "my-app"

    for words, folder in ((["new", "my-app"], tmp_path), (["build"], app)):
        subprocess.run([*command, *words], cwd=folder, env=alone, check=True)
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
        finally:
            server.terminate()
