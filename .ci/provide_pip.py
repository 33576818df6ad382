"""Finds pip, or gets one where Python came without it.

Debian's python3 has neither pip nor ensurepip, and a container often nothing beside it.
"""

from __future__ import annotations  # runs before there is a Python 3.14, as provide.py does

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import provide_debian as debian
from provide_debian import Refused, run, say

OURS = Path(__file__).resolve().parent.parent / ".cache" / "pip"


def pip() -> list[str]:
    """The command that acts as pip: this Python's, on PATH, uv's, else ours in `.cache/pip`."""
    commands = [[sys.executable, "-m", "pip"]]
    commands += [[found] for name in ("pip3", "pip") if (found := shutil.which(name))]
    uv = shutil.which("uv")
    if uv:
        commands.append([uv, "tool", "run", "pip"])
    found = next(filter(answers, [*commands, ours()]), None)
    if not found:
        make_ours()
        found = ours()
    if not answers(found):
        raise Refused(f"there is no pip here: install pip for {sys.executable}, or uv")
    return [*found, "--disable-pip-version-check"]


def answers(command: list[str]) -> bool:
    try:
        return subprocess.run([*command, "--version"], capture_output=True).returncode == 0
    except OSError:
        return False


def ours() -> list[str]:
    """The command of the pip in `.cache/pip`: of a venv, or a wheel, which runs as it is."""
    wheel = next(OURS.glob("usr/share/python-wheels/pip-*.whl"), None)
    if wheel:
        return [sys.executable, str(wheel / "pip")]
    windows = os.name == "nt"
    return [str(OURS / ("Scripts/python.exe" if windows else "bin/python")), "-m", "pip"]


def make_ours() -> None:
    """Put a pip into `.cache/pip`, from this Python itself or from Debian's packages."""
    shutil.rmtree(OURS, ignore_errors=True)
    if importlib.util.find_spec("ensurepip"):
        run(sys.executable, "-m", "venv", OURS)
    elif shutil.which("apt-get"):
        say("unpacking Debian's pip into .cache/pip")
        debian.unpack_pip(OURS)
