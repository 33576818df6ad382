"""The JavaScript side and Pyodide: where they are, and how a build carries them."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has no types

from gossamer.cli.output import Output
from gossamer.errors import CommandError

CARRIED = Path(__file__).parent / "runtime"
"""Where the wheel has the files, each at the path that the loader knows it by."""

LOADER = "gossamer.js"
TABLE = b'"__GOSSAMER_FILES__"'
IMAGE = "gossamer.image"
"""The memory of a Python that has started; without it the loader starts one from its parts."""

EARLY = "early.js"
SLEEP = "islands.js"
"""What a page has in its head: it keeps what users do before Python is up, or lets it sleep."""

LIBRARY = "pyodide/python_stdlib.zip"
FRAMEWORK = "gossamer.zip"
ON_DEMAND = (LIBRARY, FRAMEWORK, "worker.js")
"""What a page with an image asks for when something needs it."""


@dataclass(frozen=True)
class Hint:
    """A file that a page will need: its address, how it is asked for, its hash, whose it is."""

    path: str
    kind: str
    integrity: str
    part: str = "app"


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


PACKED = ".br"
"""What ends the name of a file that is there in its Brotli form only: a wheel's large ones."""


def read_runtime(folder: Path) -> dict[str, bytes]:
    """Every file of a runtime by its path in it."""
    return {
        name.removesuffix(PACKED): brotli.decompress(content) if name.endswith(PACKED) else content
        for name, content in _contents(folder)
    }


def packed_forms(folder: Path) -> dict[str, bytes]:
    """The Brotli forms that a runtime brings along, by the hash of what is in them."""
    return {
        hashlib.sha256(brotli.decompress(content)).hexdigest(): content
        for name, content in _contents(folder)
        if name.endswith(PACKED)
    }


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


OFFLINE = "offline.js"
"""The service worker, which has to stand beside the pages that it keeps."""


def asked_first(files: Container[str]) -> dict[str, str]:
    """What every start asks a runtime for, in the order of need, and how each is asked for."""
    parts = [IMAGE] if IMAGE in files else [LIBRARY, FRAMEWORK]
    modules = ["pyodide/pyodide.mjs", "pyodide/pyodide.asm.mjs", "dom.js", "start.js"]
    found = dict.fromkeys(["pyodide/pyodide.asm.wasm", *parts], "fetch")
    return found | {path: "module" for path in modules if path in files}


def integrity(content: bytes) -> str:
    """What a browser compares a file with."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def place_runtime(files: dict[str, bytes], output: Output) -> dict[str, str]:
    """Put a runtime into a build: the addresses of its files by their names.

    A loader with a place for a table learns from it where each file is and what its hash is.
    """
    loader = files[LOADER]
    others = {path: content for path, content in files.items() if path != LOADER}
    if TABLE in loader:
        places = {path: output.put(Path(path).name, content) for path, content in others.items()}
        table: dict[str, object] = {IMAGE: None}  # unless it is there
        table |= {
            path: {
                "url": Path(places[path]).name,
                "integrity": integrity(content),
                "size": len(content),
            }
            for path, content in others.items()
        }
        text = json.dumps(json.dumps(table, separators=(",", ":")))
        loader = files[LOADER] = loader.replace(TABLE, text.encode())
        places[LOADER] = output.put(LOADER, loader)
    else:
        tree = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:10]
        places = {path: f"assets/gossamer-{tree}/{path}" for path in files}
        for path, content in files.items():
            output.keep(places[path], content)
    return places


def hints_of(files: dict[str, bytes], places: dict[str, str]) -> list[Hint]:
    """What a page asks a runtime for first, the loader before all else."""
    asked = {LOADER: "module"} | asked_first(files)
    return [
        Hint(places[path], kind, integrity(files[path]), part_of(path))
        for path, kind in asked.items()
    ]


def early_of(files: dict[str, bytes], places: dict[str, str]) -> dict[str, Hint]:
    """The scripts of a runtime that run before Python, by their names."""
    return {
        path: Hint(places[path], "script", integrity(files[path]), part_of(path))
        for path in (EARLY, SLEEP)
        if path in files
    }


def part_of(path: str) -> str:
    """Whose weight a file of the runtime is.

    >>> part_of("pyodide/pyodide.asm.wasm"), part_of("gossamer.image"), part_of("dom.js")
    ('Python', 'image', 'Gossamer')
    """
    if path == IMAGE:
        return "image"
    return "Python" if path.startswith("pyodide/") else "Gossamer"
