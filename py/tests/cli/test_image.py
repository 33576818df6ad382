"""An app's image: which one it gets, which modules that has, and where the others are."""

import json
import re
import shutil
from pathlib import Path

import pytest
from gossamer.cli import image
from gossamer.cli.runtime import IMAGE, packed_forms, read_runtime

MAKER = """
import { existsSync, writeFileSync } from 'node:fs';
const given = (name) => process.argv[process.argv.indexOf(name) + 1];
const names = given('--import').split(',');
if (!existsSync(`${given('--runtime')}/pyodide/pyodide.asm.wasm`)) throw new Error('no Python');
if (names.includes('csv')) {
  console.error('csv cannot be imported: it wants something');
  process.exit(1);
}
writeFileSync(given('--out'), `image of ${names}`);
"""
WHOLE = ["gossamer", "gossamer.reactive", "gossamer.router", "gossamer.router.views", "html"]


@pytest.fixture
def runtime(small_runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime with two images, and a program that makes others."""
    (small_runtime / IMAGE).write_text("image of all apps")
    (small_runtime / image.LEAN).write_text("lean image")
    (small_runtime / image.MODULES).write_text(
        json.dumps({IMAGE: [*WHOLE, "html.entities"], image.LEAN: WHOLE[:2]})
    )
    maker = tmp_path / "maker"
    maker.mkdir()
    (maker / "make.mjs").write_text(MAKER)
    monkeypatch.setattr(image, "MAKERS", [maker])
    return small_runtime


def made(runtime: Path, cache: Path, *imported: str) -> str:
    files = read_runtime(runtime)
    assert image.app_image(files, imported, cache) == ({}, "")
    assert not {image.LEAN, image.MODULES} & files.keys()
    return files[IMAGE].decode()


@pytest.mark.parametrize(
    "imported", [(), ("own",), ("sys", "gossamer", "gossamer.reactive.signal")]
)
def test_an_app_that_imports_nothing_more_takes_the_lean_one(
    runtime: Path, tmp_path: Path, imported: tuple[str, ...]
) -> None:
    assert made(runtime, tmp_path / "cache", *imported) == "lean image"


@pytest.mark.parametrize("name", ["gossamer.router", "gossamer.router.views", "html.entities"])
def test_an_app_whose_modules_are_in_the_whole_one_takes_that(
    runtime: Path, tmp_path: Path, name: str
) -> None:
    assert made(runtime, tmp_path / "cache", name, "gossamer") == "image of all apps"


def test_an_image_has_what_the_app_imports_of_library_and_framework(
    runtime: Path, tmp_path: Path
) -> None:
    told = made(runtime, tmp_path / "cache", "sys", "json", "own", "segno", "gossamer.router")

    assert told == "image of gossamer.router,gossamer.router.views,json"


def test_a_module_that_a_page_cannot_import_is_left_out(runtime: Path, tmp_path: Path) -> None:
    assert made(runtime, tmp_path / "cache", "csv", "json") == "image of json"


def test_an_image_is_made_once(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(runtime, tmp_path / "cache", "json")
    (image.MAKERS[0] / "make.mjs").write_text("process.exit(1)")

    again = made(runtime, tmp_path / "cache", "json")

    assert first == again == "image of json"


def test_what_looks_at_the_page_when_it_is_imported_is_in_no_image(
    runtime: Path, tmp_path: Path
) -> None:
    files = read_runtime(runtime)

    library, _ = image.app_image(files, ["pyodide.http", "wave"], tmp_path / "cache")

    assert files[IMAGE] == b"image of wave"
    assert "pyodide/http/__init__.pyc" in library


def test_an_image_that_cannot_be_made_is_noted(runtime: Path, tmp_path: Path) -> None:
    (image.MAKERS[0] / "make.mjs").write_text("console.error('no memory'); process.exit(1)")
    files = read_runtime(runtime)

    library, note = image.app_image(files, ["wave"], tmp_path / "cache")

    assert note.endswith("Node could not make one: no memory")
    assert files[IMAGE] == b"image of all apps"
    assert library == {"wave.pyc": b"bytecode of wave"}


def test_without_node_what_is_missing_of_the_library_travels_as_bytecode(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image, "find_node", lambda: None)
    files = read_runtime(runtime)

    library, note = image.app_image(files, ["json", "html", "own", "pyodide.http"], tmp_path)

    assert files[IMAGE] == b"image of all apps"
    assert note == ""
    assert sorted(library) == [
        "json/__init__.pyc",
        "json/decoder.pyc",  # json imports it, and that one the scanner
        "json/scanner.pyc",
        "pyodide/__init__.pyc",
        "pyodide/http/__init__.pyc",
        "pyodide/http/pyxhr.pyc",  # of a package without source here it is all
    ]


def test_a_file_that_is_there_in_its_brotli_form_only_is_read_as_it_is(
    small_runtime: Path, tmp_path: Path
) -> None:
    import brotli  # type: ignore[import-untyped]  # it has no types

    (small_runtime / f"{IMAGE}.br").write_bytes(brotli.compress(b"memory"))

    assert read_runtime(small_runtime)[IMAGE] == b"memory"
    assert list(packed_forms(small_runtime).values()) == [brotli.compress(b"memory")]


def test_the_node_of_a_page_s_builder_is_found() -> None:
    node = image.find_node()

    assert node is not None
    assert re.search(r"node", Path(node).name)
    assert shutil.which(node) == node
