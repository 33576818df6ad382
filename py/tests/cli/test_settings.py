"""Settings: what stands in pyproject.toml, what stands for it, and what is refused."""

from pathlib import Path

import pytest
from gossamer.cli.settings import read_settings
from gossamer.errors import CommandError

from .conftest import MakeFolder


def test_a_folder_without_settings_has_them_all(app: MakeFolder) -> None:
    root = app({"app.py": ""})

    settings = read_settings(root)

    assert settings.name == "app"
    assert settings.app == root / "app.py"
    assert settings.out == root / "dist"
    assert settings.base == ""
    assert settings.packages == ()
    assert not settings.offline


def test_the_project_s_dependencies_are_the_page_s_packages_without_the_framework(
    app: MakeFolder,
) -> None:
    root = app(
        {"pyproject.toml": '[project]\nname = "x"\ndependencies = ["segno>=1", "gossamer>=0.1"]\n'}
    )

    assert [str(each) for each in read_settings(root).packages] == ["segno>=1"]


def test_packages_of_our_own_table_go_before_the_dependencies(app: MakeFolder) -> None:
    root = app(
        {
            "pyproject.toml": '[project]\nname = "x"\ndependencies = ["flask"]\n'
            '[tool.gossamer]\npackages = ["segno"]\n'
        }
    )

    assert [each.name for each in read_settings(root).packages] == ["segno"]


def test_what_the_command_line_says_goes_before_the_file(app: MakeFolder, tmp_path: Path) -> None:
    root = app({"pyproject.toml": '[tool.gossamer]\nout = "one"\nbase = "/one"\n'})

    settings = read_settings(root, out=str(tmp_path / "two"), base="/two")

    assert (settings.out, settings.base) == (tmp_path / "two", "/two/")
    assert (read_settings(root).out, read_settings(root).base) == (root / "one", "/one/")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("[tool.gossamer]\nofline = true", "Write 'offline'", id="misspelt"),
        pytest.param("[tool.gossamer]\nxyzzy = true", "Take the key out", id="unknown"),
        pytest.param('[tool.gossamer]\noffline = "yes"', "takes a boolean", id="another type"),
        pytest.param("[tool.gossamer]\npackages = [1]", "takes a list of strings", id="in a list"),
        pytest.param("[tool.gossamer]\njs-modules = {a = 1}", "a table of", id="in a table"),
        pytest.param('[tool.gossamer]\npackages = ["a b"]', "'a b'", id="no requirement"),
        pytest.param('[tool.gossamer]\nbase = "shop"', "The base is 'shop'", id="no address"),
        pytest.param("[tool.gossamer", "cannot be read", id="no TOML"),
        pytest.param("tool = 3", "'tool' in pyproject.toml is 3", id="no table of tools"),
        pytest.param("[tool]\ngossamer = 3", "[tool.gossamer]", id="no table of ours"),
        pytest.param("project = 3", "'project' in pyproject.toml is 3", id="no project"),
        pytest.param(
            '[project]\ndependencies = "segno"', "takes a list of strings", id="no dependencies"
        ),
        pytest.param(
            '[tool.gossamer]\nbase = "https://example.org/"', "its own server", id="another host"
        ),
        pytest.param('[tool.gossamer]\nbase = "//x/"', "its own server", id="no scheme"),
        pytest.param('[tool.gossamer]\nbase = "/a b/?c"', "The base is", id="odd characters"),
    ],
)
def test_a_mistake_is_named_with_its_mending(app: MakeFolder, text: str, told: str) -> None:
    root = app({"pyproject.toml": text})

    with pytest.raises(CommandError) as caught:
        read_settings(root)

    assert told in str(caught.value)
    assert caught.value.why
    assert caught.value.fix
