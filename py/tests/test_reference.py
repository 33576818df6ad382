"""The reference is what the docstrings say, whole, and its examples run."""

import doctest
import importlib
import importlib.util
from pathlib import Path
from typing import Any

import pytest
from gossamer.reactive import set_error_reporter
from gossamer.testing.connect import connect_page

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.cpython("reads the sources of the package")


def load_reference() -> Any:
    path = ROOT / "docs" / "reference.py"
    spec = importlib.util.spec_from_file_location("reference", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


reference = load_reference()
NAMES = sorted({(page.module.__name__, name) for page in reference.PAGES for name in page.names})


def test_the_pages_are_what_the_docstrings_say() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in reference.FOLDER.iterdir()}

    assert written == reference.pages(), "run `python docs/reference.py`"


@pytest.mark.parametrize("face", ["gossamer", "gossamer.reactive", "gossamer.testing"])
def test_every_public_name_has_its_place(face: str) -> None:
    there = {name for _, name in NAMES}

    lost = [name for name in reference.names_of(face) if name not in there]
    assert lost == [], "give each a place in docs/reference.py"


@pytest.mark.parametrize(("face", "name"), NAMES, ids=lambda text: text)
def test_the_example_of_a_name_runs(face: str, name: str) -> None:
    module = importlib.import_module(face)
    _, example, _ = reference.parts_of(reference.document_of(getattr(module, name)))
    names = {**vars(module), "__name__": "__main__", "page": connect_page()}
    session = doctest.DocTestParser().get_doctest(example, names, name, None, None)
    told: list[str] = []

    doctest.DocTestRunner(verbose=False).run(session, out=told.append)

    set_error_reporter(None)
    assert session.examples
    assert "".join(told) == ""
