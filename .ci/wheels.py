"""Fetches the wheels that an example serves beside its page.

`python3 .ci/wheels.py LOCK FOLDER` puts every wheel of LOCK (pip's requirements format: one
`name==version --hash=sha256:…` a line) into FOLDER and prints its file name. A wheel is fetched
from PyPI once, by pip or uv with their own configuration, kept in `.cache/wheels`, and used only
if its hash is the locked one. Runs on any Python from 3.9 on, with the standard library only.
"""

from __future__ import annotations  # the build runs it before there is a Python 3.14

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from provide_debian import Refused
from provide_pip import pip

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "wheels"
LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+)((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*")
# The wheels run in Pyodide, so it is not this machine's Python that has to like them.
FOR_PYODIDE = (
    "--no-deps --only-binary :all: --python-version 3.14 --platform pyemscripten_2026_0_wasm32"
).split()


def locked(lock: Path) -> dict[str, set[str]]:
    """The wanted hashes of each `name-version` in a lock file."""
    wanted = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if not text:
            continue
        found = LINE.fullmatch(text)
        if not found:
            raise Refused(f"{lock}: not `name==version --hash=sha256:…`: {text}")
        hashes = set(re.findall(r"sha256:([0-9a-f]{64})", text))
        wanted[f"{found['name'].replace('-', '_')}-{found['version']}"] = hashes
    return wanted


def kept(stem: str, hashes: set[str]) -> Path | None:
    """The wheel of the cache that has one of the hashes, None when there is none."""
    for wheel in sorted(CACHE.glob("*.whl")):
        if not wheel.name.lower().startswith(f"{stem.lower()}-"):
            continue
        if hashlib.sha256(wheel.read_bytes()).hexdigest() in hashes:
            return wheel
    return None


def download(lock: Path) -> None:
    """Fetch every wheel of a lock into the cache, with the hashes required."""
    CACHE.mkdir(parents=True, exist_ok=True)
    arguments = ["download", "--quiet", *FOR_PYODIDE, "--require-hashes"]
    arguments += ["--dest", str(CACHE), "--requirement", str(lock)]
    if subprocess.run([*pip(), *arguments], stdout=sys.stderr).returncode:
        raise Refused(f"pip could not fetch the wheels of {lock}")


def provide(lock: Path, folder: Path) -> list[str]:
    """Put the wheels of a lock into a folder and give back their file names."""
    wanted = locked(lock)
    if any(kept(stem, hashes) is None for stem, hashes in wanted.items()):
        download(lock)
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for stem, hashes in wanted.items():
        wheel = kept(stem, hashes)
        if wheel is None:
            raise Refused(f"{lock}: what was fetched for {stem} is not a wheel with that hash")
        shutil.copyfile(wheel, folder / wheel.name)
        names.append(wheel.name)
    return names


def main() -> int:
    if len(sys.argv) != 3:
        print("usage: wheels.py LOCK FOLDER", file=sys.stderr)
        return 2
    try:
        for name in provide(Path(sys.argv[1]), Path(sys.argv[2])):
            print(name)
    except (Refused, OSError) as reason:
        print(f"wheels: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
