"""New apps: they are what a careful person would have begun with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from gossamer.cli.building import Build
from gossamer.cli.new import SHARED, TEMPLATES
from gossamer.cli.new import command as new
from gossamer.cli.settings import read_settings

ROOT = Path(__file__).parents[3]
NAMES = sorted({path.name for path in TEMPLATES.iterdir()} - set(SHARED.values()))


def make(folder: Path, *words: str) -> str:
    done = CliRunner().invoke(new, [str(folder), *words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("template", NAMES)
def test_a_new_app_passes_its_own_tests_and_our_checks(template: str, tmp_path: Path) -> None:
    folder = tmp_path / "my-app"
    make(folder, "--template", template)
    environment = os.environ | {"PYTHONPATH": str(ROOT / "py")}
    python = [sys.executable, "-m"]
    rules = ["--isolated", "--select=E,F,I,B,UP,SIM,RUF,PT", "--line-length=100"]

    for words in (
        ["pytest", "-q", "-W", "error"],
        ["ruff", "check", *rules, "."],
        ["ruff", "format", "--isolated", "--check", "--line-length=100", "."],
        ["mypy", "--strict", "--explicit-package-bases", "--cache-dir=/dev/null", "."],
    ):
        done = subprocess.run(
            [*python, *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("template", NAMES)
def test_a_new_app_builds(template: str, tmp_path: Path, small_runtime: Path) -> None:
    folder = tmp_path / "my-app"
    make(folder, "--template", template)

    made = Build(read_settings(folder))
    made.gather(lambda _text: None)

    assert b"My app" in made.output.files["index.html"]
    assert b"{{" not in made.output.files["index.html"]
    assert (folder / ".gitignore").is_file()
    assert small_runtime.is_dir()


@pytest.mark.parametrize("name", ["-x", "a b", "ünder", "1x", "class", "../x", "a/../../x"])
def test_a_name_that_no_project_can_have_is_refused(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(new, ["--", str(tmp_path / name)])

    assert done.exit_code != 0
    assert not (tmp_path / name).exists()


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "mine.txt").write_text("mine")

    done = CliRunner().invoke(new, [str(tmp_path / "app")])

    assert done.exit_code != 0
    assert [path.name for path in (tmp_path / "app").iterdir()] == ["mine.txt"]
