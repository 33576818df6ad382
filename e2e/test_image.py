"""The runtime image: what is fresh in each page, what comes late, and how one is made."""

import json
import os
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = """<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,">
<script type="module" src="../gossamer/gossamer.js"></script>
<body><pre id="out"></pre><script type="py" src="app.py" target="out"></script></body></html>"""
TELL = """
import asyncio, gc, json, logging, os, random, secrets, sys, tempfile, time, uuid

before = len(asyncio.all_tasks())
await asyncio.sleep(0)
print(json.dumps({
    "random": random.random(),
    "secrets": secrets.token_hex(8),
    "uuid": str(uuid.uuid4()),
    "file": tempfile.mktemp(),
    "clock": time.time(),
    "log": logging.LogRecord("a", 0, "", 0, "", (), None).relativeCreated,
    "zone": [time.tzname, time.timezone, time.altzone, time.localtime(0).tm_hour],
    "environment": dict(os.environ),
    "tasks": before,
    "hash": hash("gossamer"),
    "random_hash": sys.flags.hash_randomization,
    "limit": sys.getrecursionlimit(),
    "threshold": gc.get_threshold()[0],
    "frozen": gc.get_freeze_count() > 10_000,
    "source": random.__spec__.origin,
}))
"""
FRESH = ("random", "secrets", "uuid", "file")


@pytest.fixture(scope="module")
def told(browser, app_server) -> list[dict]:
    """What Python says of itself in two pages of different visitors."""
    app_server.put("t/index.html", PAGE)
    app_server.put("t/app.py", TELL)
    answers = []
    for zone, language in (("Europe/Berlin", "de-DE"), ("America/New_York", "en-US")):
        context = browser.new_context(timezone_id=zone, locale=language)
        page = context.new_page()
        page.goto(app_server.url + "t/")
        page.wait_for_function("document.querySelector('#out').textContent.endsWith('\\n')")
        answers.append(json.loads(page.locator("#out").inner_text()) | {"arrived": time.time()})
        context.close()
    app_server.clear()
    return answers


@pytest.mark.parametrize("name", FRESH)
def test_chance_is_another_in_each_page(told, name):
    one, other = (each[name] for each in told)

    assert one != other


def test_clock_and_place_are_those_of_the_page(told):
    berlin, york = told

    assert all(abs(each["clock"] - each["arrived"]) < 60 for each in told)
    assert all(0 <= each["log"] < 300_000 for each in told)
    assert berlin["zone"] == [["UTC+0100", "UTC+0200"], -3600, -7200, 1]
    assert york["zone"] == [["UTC-0500", "UTC-0400"], 18_000, 14_400, 19]


def test_environment_is_that_of_a_start_without_image(told):
    berlin, york = (each["environment"] for each in told)

    assert (berlin.pop("LANG"), york.pop("LANG")) == ("de_DE.UTF-8", "en_US.UTF-8")
    assert berlin == york
    assert berlin == {
        "HOME": "/home/pyodide",
        "LD_LIBRARY_PATH": "/usr/lib:/lib/python3.14/site-packages",
        "LOGNAME": "web_user",
        "PATH": "/",
        "PWD": "/",
        "PYTHONINSPECT": "1",
        "PYTHONMALLOC": "mimalloc",
        "USER": "web_user",
        "_": "./this.program",
    }


def test_what_the_loader_sets_holds(told):
    for each in told:
        assert (each["limit"], each["threshold"], each["frozen"]) == (4_000, 50_000, True)
        assert each["tasks"] == 1  # the script itself


def test_hashes_of_strings_are_those_of_the_image(told):
    one, other = told

    assert one["random_hash"] == 1
    assert one["hash"] == other["hash"]


def make(*words: object, zone: str = "UTC") -> subprocess.CompletedProcess[str]:
    program = ["node", ROOT / "wasm" / "image" / "make.mjs", *words]
    environment = os.environ | {"TZ": zone}
    return subprocess.run(program, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture
def archive(tmp_path) -> Path:
    """An app's modules, some of which no image can hold."""
    file = tmp_path / "app.zip"
    with zipfile.ZipFile(file, "w") as held:
        held.writestr("shop.py", "import wave\nWORD = 'sold'\n")
        held.writestr("paged.py", "from js import document\n")
        held.writestr("native/__init__.py", "import native.core\n")
        held.writestr("native/core.so", "")
        held.writestr("broken.py", "import nowhere_to_be_found\n")
    return file


def test_an_image_holds_the_modules_of_an_app(page, site, built, bare_loader, archive, tmp_path):
    image = tmp_path / "app.image"

    made = make(
        "--out", image, "--runtime", built / "gossamer",
        "--archive", archive, "--import", "shop,paged", "--import", "native",
    )  # fmt: skip
    site.put("gossamer/gossamer.image", image.read_bytes())
    site.put("gossamer/gossamer.js", bare_loader)
    site.put("t/index.html", PAGE)
    site.put("t/app.py", "import shop, wave\nprint(shop.WORD, wave.__name__)")

    page.goto(site.url + "t/")

    page.get_by_text("sold wave").wait_for()
    assert "gossamer/pyodide/python_stdlib.zip" not in site.requests
    assert made.returncode == 0, made.stderr
    assert "left out: paged, because it imports js, which is the page's" in made.stdout
    assert "left out: native, because native has native code" in made.stdout
    assert "brotli" in made.stdout


def test_a_module_that_fails_is_an_error_with_its_reason(archive, built, tmp_path):
    image = tmp_path / "app.image"

    made = make(
        "--out", image, "--runtime", built / "gossamer",
        "--archive", archive, "--import", "shop,broken",
    )  # fmt: skip

    assert made.returncode == 1
    assert "broken cannot be imported: ModuleNotFoundError: No module named" in made.stderr
    assert not image.exists()


def test_the_same_parts_give_the_same_image(built, tmp_path):
    images = [tmp_path / "one.image", tmp_path / "other.image"]

    for image, zone in zip(images, ("Asia/Tokyo", "America/New_York"), strict=True):
        make("--out", image, "--runtime", built / "gossamer", "--import", "csv", zone=zone)

    assert images[0].read_bytes() == images[1].read_bytes()
