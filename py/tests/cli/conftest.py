"""What the tests of the command line share: a folder of files, a small runtime, local wheels."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from gossamer.cli import runtime

RUNTIME = {
    "gossamer.js": "// loader",
    "dom.js": "// verbs",
    "early.js": "// early",
    "islands.js": "// islands",
    "offline.js": "// worker",
    "pyodide/pyodide.mjs": "// front",
    "pyodide/pyodide.asm.mjs": "// engine",
    "pyodide/pyodide.asm.wasm": "wasm" * 1000,
}
ARCHIVES = {
    "gossamer.zip": "gossamer/__init__ gossamer/reactive gossamer/router/__init__ "
    "gossamer/router/views",
    "pyodide/python_stdlib.zip": "json/__init__ json/decoder json/scanner csv wave "
    "html/__init__ html/entities pyodide/__init__ pyodide/http/__init__ pyodide/http/pyxhr",
}

type MakeFolder = Callable[[dict[str, str]], Path]
type MakeWheel = Callable[..., Path]


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def app(tmp_path: Path) -> MakeFolder:
    """`app({"app.py": "…"})` makes an app's folder."""
    return lambda files: write(tmp_path / "app", files)


@pytest.fixture
def small_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime of a few bytes, in the place where a wheel has its own."""
    folder = write(tmp_path / "runtime", RUNTIME)
    for place, names in ARCHIVES.items():
        with zipfile.ZipFile(folder / place, "w") as archive:
            for name in names.split():
                archive.writestr(f"{name}.pyc", f"bytecode of {name}")
    monkeypatch.setattr(runtime, "CARRIED", folder)
    return folder


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeWheel:
    """`wheel("name")` adds a wheel to the only place where pip looks."""
    folder = tmp_path / "links"
    folder.mkdir()
    for name, value in {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder),
        "PIP_CONFIG_FILE": "/dev/null",
    }.items():
        monkeypatch.setenv(name, value)

    def make(
        name: str,
        version: str = "1.0",
        *,
        tag: str = "py3-none-any",
        needs: tuple[str, ...] = (),
        files: dict[str, str] | None = None,
    ) -> Path:
        info = f"{name}-{version}.dist-info"
        lines = [f"Requires-Dist: {each}" for each in needs]
        contents = files or {f"{name}.py": f"VERSION = {version!r}\n"}
        contents[f"{info}/METADATA"] = "\n".join(
            ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *lines, ""]
        )
        contents[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n"
        contents[f"{info}/RECORD"] = ""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for path, text in contents.items():
                archive.writestr(path, text)
        file = folder / f"{name}-{version}-{tag}.whl"
        file.write_bytes(held.getvalue())
        return file

    return make
