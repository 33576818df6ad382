"""The counter under PyScript's own loader: with and without our interpreter, the network cut off."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "node_modules" / "@pyscript" / "core" / "dist"
PYODIDE = ROOT / "node_modules" / "pyodide"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
INTERPRETERS = {"Pyodide": "./pyodide/pyodide.mjs", "ours": "../gossamer/gossamer-pyodide.mjs"}
PAGE = """<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="core/core.css"><script type="module" src="core/core.js"></script>
<body><div id="template"></div><div id="builder"></div><p id="out"></p>
<script type="py" src="./app.py" config="./config.json"></script>
<script type="py" target="out">
import gc, sys
from gossamer import mount
mount(t"<b>in the target, {gc.get_threshold()[0]}, {str('gossamer_image' in sys.modules)}</b>")
</script></body></html>"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel for pages, built as anybody would build it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    environment = {**os.environ, "GOSSAMER_WHEEL": "page"}
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, env=environment)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def tools(tmp_path_factory) -> dict[str, bytes]:
    """The wheels of micropip and what it needs, with a lock file that names what is served."""
    folder = tmp_path_factory.mktemp("tools")
    words = [ROOT / ".ci" / "wheels.py", ROOT / "e2e" / "pyscript.lock", folder]
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    files = {path.name: path.read_bytes() for path in folder.glob("*.whl")}
    packages = {}
    for name, content in files.items():
        package, version, *_ = name.split("-")
        packages[package] = {
            "name": package,
            "version": version,
            "file_name": name,
            "install_dir": "site",
            "sha256": hashlib.sha256(content).hexdigest(),
            "package_type": "package",
            "imports": [package],
            "depends": ["packaging"] if package == "micropip" else [],
            "unvendored_tests": False,
        }
    info = json.loads((PYODIDE / "pyodide-lock.json").read_text())["info"]
    lock = json.dumps({"info": info, "packages": packages}).encode()
    return files | {"pyodide-lock.json": lock}


@pytest.fixture
def open_counter(page, site, wheel, tools):
    """`open_counter(interpreter, config)`: PyScript's page with the counter, once it runs."""
    for file in CORE.glob("*.*s"):
        site.put(f"t/core/{file.name}", file.read_bytes())
    for name in RUNTIME:
        site.put(f"t/pyodide/{name}", (PYODIDE / name).read_bytes())
    for name, content in tools.items():
        for folder in ("t", "gossamer"):
            site.put(f"{folder}/pyodide/{name}", content)
    site.put(f"t/{wheel.name}", wheel.read_bytes())
    site.put("t/app.py", (ROOT / "examples" / "counter" / "app.py").read_bytes())
    site.put("t/index.html", PAGE)

    def open_(interpreter: str, config: dict[str, object]) -> None:
        site.put("t/config.json", json.dumps({"interpreter": interpreter, **config}))
        page.goto(site.url + "t/")
        page.get_by_text("in the target").wait_for()

    return open_


@pytest.mark.parametrize("way", ["files", "packages"])
@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_the_counter_runs_under_pyscript(page, site, wheel, open_counter, interpreter, way):
    address = f"./{wheel.name}"
    config = {"files": {address: "./*"}} if way == "files" else {"packages": [address]}

    open_counter(INTERPRETERS[interpreter], config)
    for block in ("template", "builder"):
        page.locator(f"#{block}").get_by_role("button", name="+1").click()

    assert page.get_by_text("Value: 4!").count() == 2
    told = page.locator("#out b").inner_text()
    ours = interpreter == "ours"
    assert told == f"in the target, {50_000 if ours else 2_000}, {ours}"
    assert ("gossamer/gossamer.image" in site.requests) == ours
    late = "gossamer/pyodide/python_stdlib.zip" in site.requests
    assert late == (ours and way == "packages")
