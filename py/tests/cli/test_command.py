"""The command line as a whole: its help, its errors, its servers."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from gossamer.cli.command import COMMANDS, gossamer
from gossamer.cli.output import brotlied

from .conftest import MakeFolder


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(gossamer, words, catch_exceptions=False)
    return done.exit_code, done.output


def test_the_help_names_the_commands_and_imports_none_of_them() -> None:
    code = "import sys; from gossamer.cli.command import gossamer\n"
    code += "try: gossamer(['--help'])\n"
    code += "except SystemExit: print(*(name for name in sys.modules if 'starlette' in name))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    *told, modules = done.stdout.splitlines()
    assert modules == ""
    for name in ("new", "build", "serve"):
        assert any(re.match(rf"  {name} +{re.escape(COMMANDS[name])}", line) for line in told)


@pytest.mark.parametrize("name", ["new", "build", "serve", "embed"])
def test_each_command_says_what_it_does_and_takes(name: str) -> None:
    code, told = run(name, "--help")

    assert code == 0
    assert "Usage:" in told
    assert "Options:" in told


def test_an_error_has_three_parts_and_no_traceback(app: MakeFolder) -> None:
    code, told = run("build", str(app({"readme.txt": ""})))

    assert code == 1
    assert re.match(r"Error: There is no app in .*\n  Why: .*\n  Fix: .*\n$", told)


def test_the_package_runs_as_its_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gossamer", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.stdout.startswith("gossamer, version ")


def test_what_the_system_refuses_is_told_without_a_traceback(
    app: MakeFolder, small_runtime: Path
) -> None:
    root = app({"app.py": "", ".gossamer": "a file where a folder has to be"})

    code, told = run("build", str(root))

    assert code == 1
    assert re.match(r"Error: The system refuses: .*\n  Why: .*\.gossamer.*\n  Fix: .*\n$", told)
    assert small_runtime.is_dir()


def test_a_command_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run("biuld")

    assert code == 2
    assert "No such command 'biuld'" in told


def test_a_build_says_what_it_weighs(
    app: MakeFolder, small_runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = app({"app.py": "print(1)\n"})
    monkeypatch.chdir(root)

    code, told = run("build")

    assert code == 0
    assert re.search(r"A first visit +raw +gzip +brotli", told)
    assert re.search(r"total +[\d.,]+ kB +[\d.,]+ kB +[\d.,]+ kB", told)
    assert "Written to dist." in told
    assert (root / "dist" / "index.html").is_file()
    assert small_runtime.is_dir()


def test_the_runtime_is_embedded_as_a_folder_and_nothing_else_is_overwritten(
    app: MakeFolder, small_runtime: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(app({"mine/a.txt": ""}))
    (small_runtime / "gossamer.image.br").write_bytes(brotlied(b"memory", 5))
    (small_runtime / "lean.image").write_bytes(b"")

    first, again, refused = run("embed"), run("embed", "gossamer"), run("embed", "mine")

    assert (first[0], again[0], refused[0]) == (0, 0, 1)
    assert "Error: mine is there already." in refused[1]
    assert Path("gossamer/gossamer.image").read_bytes() == b"memory"
    assert Path("gossamer/pyodide/pyodide.mjs").is_file()
    assert not Path("gossamer/lean.image").exists()


def test_serving_nothing_is_an_error(app: MakeFolder) -> None:
    code, told = run("serve", str(app({"a.txt": ""})))

    assert code == 1
    assert "There is nothing to serve" in told


@contextmanager
def serving(*words: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run `gossamer serve` until it says where it is."""
    command = [sys.executable, "-m", "gossamer.cli", "serve", *words]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as server:
        assert server.stdout is not None
        told = []
        for line in server.stdout:
            told.append(line)
            if "http://" in line:
                break
        try:
            yield server, told
        finally:
            server.kill()


def test_a_taken_port_is_told_and_ctrl_c_ends_it_cleanly(app: MakeFolder) -> None:
    root = app({"index.html": "here"})
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with serving(str(root), "--port", str(port)) as (server, told):
            server.send_signal(signal.SIGINT)
            rest, _ = server.communicate(timeout=60)

    assert told[0].startswith(f"Port {port} is taken, so it is ")
    assert re.search(r"at http://localhost:\d+/ \(Ctrl-C ends it\)", told[1])
    assert rest == "\nStopped.\n"
    assert server.returncode == 0
