"""The JavaScript side and Pyodide: where they are, and how a build carries them."""

import base64
import hashlib
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from gossamer.cli.output import Output
from gossamer.errors import CommandError

CARRIED = Path(__file__).parent / "runtime"
"""Where the wheel has the files, each at the path that the loader knows it by."""

LOADER = "gossamer.js"
TABLE = b'"__GOSSAMER_FILES__"'
FETCHED = {  # what every start asks for, in the order of need, and how
    "pyodide/pyodide.asm.wasm": "fetch",
    "pyodide/python_stdlib.zip": "fetch",
    "gossamer.zip": "fetch",
    "pyodide/pyodide.mjs": "module",
    "pyodide/pyodide.asm.mjs": "module",
    "dom.js": "module",
}


@dataclass(frozen=True)
class Hint:
    """A file that a page will need: its address in the build, how it is asked for, its hash."""

    path: str
    kind: str
    integrity: str


def runtime_folder() -> Path:
    """The folder of the runtime: the wheel's, or one written from the sources of a checkout."""
    if (CARRIED / LOADER).is_file():
        return CARRIED
    checkout = Path(__file__).parents[3]
    writer = checkout / "wasm" / "vite-plugin" / "write.mjs"
    if not writer.is_file():
        raise CommandError(
            "This Gossamer has no runtime for pages.",
            why="It was installed from a wheel for pages, which leaves the runtime out.",
            fix="Install gossamer anew with pip or uv.",
        )
    folder = checkout / ".cache" / "runtime"
    try:
        subprocess.run(["node", writer, folder], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CommandError(
            "The runtime for pages cannot be written from the sources.",
            why=str(getattr(error, "stderr", None) or error).strip(),
            fix="Install Node 20 or newer, and run npm ci at the top of the repository.",
        ) from error
    return folder


def read_runtime(folder: Path) -> dict[str, bytes]:
    """Every file of a runtime by its path in it."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def integrity(content: bytes) -> str:
    """What a browser compares a file with."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def place_runtime(files: dict[str, bytes], output: Output) -> list[Hint]:
    """Put a runtime into a build; what a page asks for first, the loader before all else.

    A loader with a table learns from it where each file is and what its hash is.
    """
    loader = files[LOADER]
    others = {path: content for path, content in files.items() if path != LOADER}
    if TABLE in loader:
        places = {path: output.put(Path(path).name, content) for path, content in others.items()}
        table = {
            path: {
                "url": Path(places[path]).name,
                "integrity": integrity(content),
                "size": len(content),
            }
            for path, content in others.items()
        }
        text = json.dumps(json.dumps(table, separators=(",", ":")))
        loader = loader.replace(TABLE, text.encode())
        places[LOADER] = output.put(LOADER, loader)
    else:
        tree = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:10]
        places = {path: f"assets/gossamer-{tree}/{path}" for path in files}
        for path, content in files.items():
            output.keep(places[path], content)
    hints = [Hint(places[LOADER], "module", integrity(loader))]
    hints += [
        Hint(places[path], kind, integrity(others[path]))
        for path, kind in FETCHED.items()
        if path in others
    ]
    return hints
