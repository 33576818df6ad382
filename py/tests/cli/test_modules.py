"""npm packages as modules: bundled by the app's own esbuild, or told how to get one."""

from pathlib import Path

import pytest
from gossamer.cli.modules import bundle
from gossamer.errors import CommandError

from .conftest import MakeFolder

NODE_MODULES = Path(__file__).parents[3] / "node_modules"


@pytest.fixture
def root(app: MakeFolder) -> Path:
    """An app whose node_modules are the repository's."""
    folder = app({"app.py": ""})
    (folder / "node_modules").symlink_to(NODE_MODULES)
    return folder


def test_a_package_and_all_it_imports_become_one_module(root: Path) -> None:
    text = bundle("roughjs", root).decode()

    assert "import" not in text.replace("import.meta", "")
    assert "as default" in text
    assert bundle("roughjs", root).decode() == text


def test_a_package_without_a_default_keeps_its_names(root: Path) -> None:
    text = bundle("@github/relative-time-element", root).decode()

    assert "as RelativeTimeElement" in text


def test_a_package_that_is_not_there_is_told_by_its_name(root: Path) -> None:
    with pytest.raises(CommandError) as caught:
        bundle("no-such-package/part.js", root)

    assert 'Could not resolve "no-such-package/part.js"' in str(caught.value)
    assert "npm install no-such-package" in str(caught.value)
