"""An app's packages: found once, locked by their hashes, kept beside the app."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)

from gossamer.cli.wheels import PLATFORM, Wheel
from gossamer.errors import CommandError

HEAD = "# Written by gossamer build, for: "
LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+) --hash=sha256:(?P<hash>[0-9a-f]{64})")
PIP = (
    "-m gossamer.cli.pip_for_pages download --disable-pip-version-check --no-color"
    f" --only-binary :all: --python-version 3.14 --platform {PLATFORM}"
).split()
UNKNOWN = re.compile(r"No matching distribution found for (?P<requirement>.+)")
LINK = re.compile(r"(?:/|%2F)(?P<file>[\w.!+-]+(?:\.whl|\.tar\.gz|\.zip))\b")


def provide(wanted: Iterable[Requirement], lock: Path, cache: Path) -> list[Wheel]:
    """The wheels of some requirements and of all that those need, as the lock says.

    A lock for other requirements is written anew; what it names is fetched when it is not there.
    """
    names = sorted({str(requirement) for requirement in wanted})
    if not names:
        return []
    cache.mkdir(parents=True, exist_ok=True)
    head = HEAD + ", ".join(names)
    if not lock.is_file() or lock.read_text(encoding="utf-8").partition("\n")[0] != head:
        found = _download(names, cache)
        lines = [f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.hash}" for wheel in found]
        lock.write_text("\n".join([head, *lines, ""]), encoding="utf-8", newline="\n")
        return found
    text = lock.read_text(encoding="utf-8")
    hashes = [match["hash"] for match in LINE.finditer(text)]
    kept = _kept(cache)
    if not all(each in kept for each in hashes):
        _run(["--no-deps", "--require-hashes", "--requirement", str(lock)], cache)
        kept = _kept(cache)
    missing = [match[0] for match in LINE.finditer(text) if match["hash"] not in kept]
    if missing:
        raise CommandError(
            f"{lock.name} names {missing[0].partition(' ')[0]} by another hash.",
            why="What was fetched for it is not the file that was locked.",
            fix=f"Delete {lock.name} to lock anew, if you trust what is there now.",
        )
    return [kept[each] for each in hashes]


def needed(wheels: Sequence[Wheel], roots: Iterable[Requirement]) -> list[Wheel]:
    """Those of the wheels that some requirements need, directly or not."""
    named = {wheel.name: wheel for wheel in wheels}
    seen: set[tuple[str, str]] = set()
    ahead = list(roots)
    while ahead:
        requirement = ahead.pop()
        name = canonicalize_name(requirement.name)
        for extra in ("", *requirement.extras):
            if (name, extra) not in seen:
                seen.add((name, extra))
                ahead += named[name].requirements(extra)
    return [wheel for wheel in wheels if (wheel.name, "") in seen]


def _kept(cache: Path) -> dict[str, Wheel]:
    """The wheels of the cache by their hashes."""
    return {wheel.hash: wheel for wheel in map(Wheel, sorted(cache.glob("*.whl")))}


def _download(names: Sequence[str], cache: Path) -> list[Wheel]:
    """Find and fetch what fits together, in the order of the names."""
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        _run(names, Path(folder))
        got = [path.replace(cache / path.name) for path in Path(folder).glob("*.whl")]
    return sorted(map(Wheel, got), key=lambda wheel: wheel.name)


def _run(words: Sequence[str], folder: Path) -> None:
    """Run pip for a page; its failure in words of ours."""
    with tempfile.TemporaryDirectory() as held:
        log = Path(held) / "log"
        done = subprocess.run(
            [sys.executable, *PIP, "--log", log, "--dest", folder, *words],
            check=False,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        )
        if done.returncode:
            raise _refusal(
                done.stdout, done.stderr, log.read_text(encoding="utf-8") if log.exists() else ""
            )


def _refusal(said: str, errors: str, log: str) -> CommandError:
    unknown = UNKNOWN.search(errors)
    if unknown is None:
        _, _, conflict = said.partition("The conflict is caused by:")
        reasons = (conflict.partition("\n\n")[0] or errors).splitlines()
        return CommandError(
            "The packages of the app cannot be had together.",
            why="; ".join(line.strip().removeprefix("ERROR: ") for line in reasons if line.strip()),
            fix="Change the requirements so that they fit together, or check the connection.",
        )
    requirement = Requirement(unknown["requirement"].partition(" (")[0])
    return CommandError(
        f"There is no wheel of {requirement} for a page.",
        why=f"{offered(canonicalize_name(requirement.name), log)}; a page takes wheels that are"
        f" pure Python (any) or built for {PLATFORM}.",
        fix="Take another package or version, or do that work on a server.",
    )


def offered(name: str, log: str) -> str:
    """What there is of a package, as pip's log tells it."""
    platforms = set()
    has_source = False
    for match in LINK.finditer(log):
        try:
            if match["file"].endswith(".whl"):
                found, _, _, tags = parse_wheel_filename(match["file"])
                if found == name:
                    platforms |= {re.sub(r"_\d.*", "", tag.platform) for tag in tags}
            elif parse_sdist_filename(match["file"])[0] == name:
                has_source = True
        except InvalidWheelFilename, InvalidSdistFilename:
            continue  # a file of another kind
    platforms = {re.sub(r"\d+$", "", platform) for platform in platforms}
    if platforms and has_source:
        return f"There are wheels for {', '.join(sorted(platforms))}, and sources"
    if platforms:
        return f"There are wheels for {', '.join(sorted(platforms))}"
    return "There are sources only" if has_source else "The index has no package of that name"
