"""`gossamer test`: an app's tests, in milliseconds here, or in a browser on a build."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from gossamer.cli.reading import text_of
from gossamer.cli.settings import read_settings
from gossamer.errors import CommandError

IN_BROWSER = "e2e"
"""The folder of the tests that need a build and a browser."""


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--browser", is_flag=True, help="Build the app, and run the tests in e2e/ as well.")
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...], *, browser: bool) -> None:
    """Run the tests of the app in this folder with pytest; WORDS go on to it.

    Tests of views need no browser: they stand in tests/. Those in e2e/ see the app as its visitors
    do, as gossamer build writes it.
    """
    if find_spec("pytest") is None:
        raise CommandError(
            "There is no pytest here.",
            why=f"Tests run in {sys.executable}, and it has none.",
            fix="Install it: uv add --dev pytest, or pip install pytest.",
        )
    read_settings(Path())  # pytest would show its insides for a pyproject.toml that is none
    if browser and not Path(IN_BROWSER).is_dir():
        raise CommandError(
            "There are no tests for a browser.",
            why=f"This folder has no {IN_BROWSER}/, where those stand that need a build.",
            fix=f"Write {IN_BROWSER}/test_page.py as chapter 9 of the book shows it, or run"
            " gossamer test.",
        )
    if browser:
        from gossamer.cli import build

        ctx.invoke(build.command, folder=Path(), out=None, base=None, best=False)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options(Path(), words, browser=browser)], check=False
    )
    ctx.exit(done.returncode)


def options(folder: Path, words: tuple[str, ...], *, browser: bool) -> list[str]:
    """What pytest is told: where the tests are, unless that is said, and where the app is."""
    found = list(words)
    if not any((folder / word.partition("::")[0]).exists() for word in words):
        wanted = ("tests", IN_BROWSER) if browser else ("tests",)
        found += [name for name in wanted if (folder / name).is_dir()]
        if not browser:
            found.append(f"--ignore={IN_BROWSER}")
    file = folder / "pyproject.toml"
    if not file.is_file() or "[tool.pytest" not in text_of(file):
        found += ["--override-ini", "pythonpath=."]
    return found
