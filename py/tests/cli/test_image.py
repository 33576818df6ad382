"""An app's own image: which modules it has, and what happens where none can be made."""

import re
import shutil
from pathlib import Path

import pytest
from gossamer.cli import image
from gossamer.cli.runtime import IMAGE, read_runtime

MAKER = """
import { writeFileSync } from 'node:fs';
const names = process.argv.at(-1).split(',');
if (names.includes('csv')) {
  console.error('csv cannot be imported: it wants something');
  process.exit(1);
}
writeFileSync(process.argv[process.argv.indexOf('--out') + 1], `image of ${names}`);
"""


@pytest.fixture
def runtime(small_runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runtime with an image, and a program that makes others."""
    (small_runtime / IMAGE).write_text("image of all apps")
    maker = tmp_path / "maker"
    maker.mkdir()
    (maker / "make.mjs").write_text(MAKER)
    monkeypatch.setattr(image, "MAKERS", [maker])
    return small_runtime


def made(runtime: Path, cache: Path, *imported: str) -> str:
    files = read_runtime(runtime)
    image.app_image(runtime, files, imported, cache)
    return files[IMAGE].decode()


def test_an_image_has_what_the_app_imports_of_the_library(runtime: Path, tmp_path: Path) -> None:
    told = made(runtime, tmp_path / "cache", "sys", "json.decoder", "json", "own", "segno")

    assert told == "image of json,json.decoder"


def test_a_module_that_a_page_cannot_import_is_left_out(runtime: Path, tmp_path: Path) -> None:
    assert made(runtime, tmp_path / "cache", "csv", "json") == "image of json"


def test_an_image_is_made_once(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(runtime, tmp_path / "cache", "json")
    (image.MAKERS[0] / "make.mjs").write_text("process.exit(1)")

    again = made(runtime, tmp_path / "cache", "json")

    assert first == again == "image of json"


def test_an_image_that_cannot_be_made_is_noted(runtime: Path, tmp_path: Path) -> None:
    (image.MAKERS[0] / "make.mjs").write_text("console.error('no memory'); process.exit(1)")
    files = read_runtime(runtime)

    note = image.app_image(runtime, files, ["json"], tmp_path / "cache")

    assert note.endswith("Node could not make one: no memory")
    assert files[IMAGE] == b"image of all apps"


@pytest.mark.parametrize("imported", [(), ("own",), ("sys",)])
def test_an_app_that_imports_nothing_more_takes_the_runtime_s(
    runtime: Path, tmp_path: Path, imported: tuple[str, ...]
) -> None:
    assert made(runtime, tmp_path / "cache", *imported) == "image of all apps"


def test_without_node_an_app_takes_the_runtime_s(
    runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    assert made(runtime, tmp_path / "cache", "json") == "image of all apps"


def test_the_node_of_a_page_s_builder_is_found() -> None:
    node = image.find_node()

    assert node is not None
    assert re.search(r"node", Path(node).name)
    assert shutil.which(node) == node
