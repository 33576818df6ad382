"""`gossamer test`: pytest with what an app needs."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from gossamer.cli.test import command, options
from gossamer.errors import CommandError

pytestmark = pytest.mark.cpython("runs a program")
PACKAGES = Path(__file__).parents[2]
PYTHONPATH = ["--override-ini", "pythonpath=."]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An app with a test of each sort."""
    files = {
        "app.py": "ANSWER = 42\n",
        "tests/test_app.py": "import app\n\ndef test_answer():\n    assert app.ANSWER == 42\n",
        "e2e/test_page.py": "def test_page():\n    raise AssertionError('in a browser')\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "browser", "expected"),
    [
        ((), False, ["tests", "--ignore=e2e", *PYTHONPATH]),
        ((), True, ["tests", "e2e", *PYTHONPATH]),
        (("-k", "answer"), False, ["-k", "answer", "tests", "--ignore=e2e", *PYTHONPATH]),
        (("e2e/test_page.py::test_page",), True, ["e2e/test_page.py::test_page", *PYTHONPATH]),
    ],
    ids=["all", "in a browser", "some", "one of those in a browser"],
)
def test_pytest_is_told_where_the_tests_and_the_app_are(
    words: tuple[str, ...], browser: bool, expected: list[str], project: Path
) -> None:
    assert options(project, words, browser=browser) == expected


def test_settings_of_pytest_in_the_project_stand(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.pytest.ini_options]\npythonpath = ['.']\n")

    assert options(project, (), browser=False) == ["tests", "--ignore=e2e"]


def test_the_tests_run_and_their_end_is_the_commands_end(project: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(PACKAGES)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gossamer.cli", "test", *words]
        return subprocess.run(
            command, cwd=project, env=environment, capture_output=True, text=True, check=False
        )

    passed, failed = run("-q"), run("e2e")

    assert (passed.returncode, "1 passed" in passed.stdout) == (0, True), passed.stderr
    assert (failed.returncode, "in a browser" in failed.stdout) == (1, True), failed.stderr


@pytest.mark.parametrize(
    ("name", "content", "words", "told"),
    [
        ("pyproject.toml", "tool = 3", [], "'tool' in pyproject.toml is 3"),
        ("e2e.txt", "", ["--browser"], "There are no tests for a browser"),
    ],
)
def test_what_pytest_could_not_say_is_told(
    name: str, content: str, words: list[str], told: str, tmp_path: Path, monkeypatch: Any
) -> None:
    (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CommandError, match=told):
        command.main(words, standalone_mode=False)
