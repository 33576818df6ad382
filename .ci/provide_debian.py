"""Takes programs from Debian's packages, without root where that can be.

A private apt folder has its own lists and cache, so the system's stay as they are; proxies,
mirrors and credentials come from the system's own apt configuration.
"""

from __future__ import annotations  # runs before there is a Python 3.14, as provide.py does

import os
import shutil
import subprocess
import sys
from html import escape
from pathlib import Path

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
PYTHON_SUITE = "forky"
PYTHON_PACKAGES = (
    "python3.14 python3.14-minimal libpython3.14-stdlib libpython3.14-minimal python3.14-venv "
    "libc6 libssl3t64 libexpat1 zlib1g libsqlite3-0 libffi8 liblzma5 libbz2-1.0 libzstd1 libuuid1 "
    "libncursesw6 libtinfo6 libreadline8t64 libdb5.3t64 libcrypt1 libmpdec4 libgcc-s1 libstdc++6"
).split()
WRAPPER = """\
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
LD_LIBRARY_PATH={libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}
export LD_LIBRARY_PATH
{fonts}exec "$here/root/usr/lib/chromium/chromium" "$@"
"""
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>{share}/fonts</dir><cachedir>{cache}</cachedir>
<include>{share}/fontconfig/conf.avail/45-latin.conf</include>
<include>{share}/fontconfig/conf.avail/49-sansserif.conf</include>
<include>{share}/fontconfig/conf.avail/60-latin.conf</include>
</fontconfig>
"""


class Refused(Exception):
    """What was asked for cannot be had on this machine, and why."""


def say(text: str) -> None:
    print(f"provide: {text}", file=sys.stderr, flush=True)


def run(*command: object, **options: object) -> None:
    """Run a command, its output on stderr, and raise if it fails."""
    words = [str(word) for word in command]
    options = {"stdout": sys.stderr, "stdin": subprocess.DEVNULL, **options}
    try:
        code = subprocess.run(words, **options).returncode
    except (OSError, subprocess.TimeoutExpired) as reason:
        raise Refused(f"`{' '.join(words)[:120]}`: {reason}") from reason
    if code:
        raise Refused(f"`{' '.join(words)[:120]}` ended with {code}")


class PrivateApt:
    """An apt with lists and cache of its own."""

    def __init__(self, folder: Path, *settings: str) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("lists/partial", "cache/archives/partial", "state"):
            (folder / name).mkdir(parents=True)
        self.folder = folder
        self.archives = folder / "cache" / "archives"
        private = (
            f"Dir::State={folder}/state",
            f"Dir::State::lists={folder}/lists",
            f"Dir::Cache={folder}/cache",
            "Dir::State::status=/var/lib/dpkg/status",
            "Debug::NoLocking=1",
            "APT::Sandbox::User=",
            "APT::Install-Recommends=0",
            "Acquire::Retries=3",
            # a machine's hooks after an update are for its own lists, and may want root
            "APT::Update::Post-Invoke-Success::=true",
        )
        self.settings = [word for setting in (*private, *settings) for word in ("-o", setting)]

    def get(self, *words: str, cwd: Path | None = None) -> None:
        run("apt-get", "--quiet=2", *self.settings, *words, cwd=cwd)

    def unpack(self, target: Path) -> None:
        target.parent.mkdir(exist_ok=True)
        for package in sorted(self.archives.glob("*.deb")):
            run("dpkg", "-x", package, target)
        shutil.rmtree(self.folder)


def archive_site() -> str:
    """The address of the Debian archive that this system's apt uses."""
    command = ["apt-get", "indextargets", "--no-release-info", "--format", "$(SITE)"]
    listed = subprocess.run(command, capture_output=True, text=True).stdout.split()
    sites = [site for site in dict.fromkeys(listed) if "security" not in site and "debian" in site]
    if not sites or not Path(KEYRING).exists():
        raise Refused("this system's apt knows no Debian archive: put `python3.14` on PATH")
    return sites[0]


def unpack_python(cache: Path, patchelf: Path) -> None:
    """Unpack CPython 3.14 with the C library it was linked to, and tie the two together."""
    apt_folder = cache / "apt-python"
    source, status = apt_folder / "python.sources", apt_folder / "status"
    places = (
        f"Dir::Etc::sourcelist={source}",
        "Dir::Etc::sourceparts=/dev/null",
        f"Dir::State::status={status}",
    )
    apt = PrivateApt(apt_folder, *places)
    status.touch()
    source.write_text(
        f"Types: deb\nURIs: {archive_site()}\nSuites: {PYTHON_SUITE}\nComponents: main\n"
        f"Signed-By: {KEYRING}\n"
    )
    apt.get("update")
    apt.get("download", *PYTHON_PACKAGES, cwd=apt.archives)
    target, part = cache / "cpython-3.14", cache / "cpython-3.14.part"
    for folder in (target, part):
        shutil.rmtree(folder, ignore_errors=True)
    apt.unpack(part)
    part.rename(target)
    loader = next((target / "usr" / "lib").glob("*-linux-gnu*/ld-linux*.so.*"))
    program = target / "usr" / "bin" / "python3.14"
    tie = ["--set-interpreter", loader, "--force-rpath", "--set-rpath", loader.parent]
    run(patchelf, *tie, program)


def unpack_pip(target: Path) -> None:
    """Unpack the wheel of pip that Debian keeps for new venvs."""
    apt = PrivateApt(target.with_name("apt-pip"))
    apt.get("update")
    apt.get("download", "python3-pip-whl", cwd=apt.archives)
    apt.unpack(target)


def install_chromium() -> None:
    """Install Debian's Chromium on the system, as root."""
    words = ["-y", "--quiet=2", "--no-install-recommends", "install", "chromium"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "--quiet=2", "update"], ["apt-get", *words]):
        subprocess.run(  # dpkg tells each package on stdout, and what went wrong on stderr
            command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment
        )


def unpack_chromium(cache: Path) -> None:
    """Unpack Debian's Chromium and the libraries this system lacks, with a script to start it."""
    target = cache / "chromium"
    shutil.rmtree(target, ignore_errors=True)
    apt = PrivateApt(cache / "apt-chromium")
    apt.get("update")
    apt.get("--yes", "--download-only", "install", "chromium")
    if not list(apt.archives.glob("chromium_*.deb")):  # installed here, but it does not start
        apt.get("download", "chromium", "chromium-common", cwd=apt.archives)
    root = target / "root"
    apt.unpack(root)
    names = ("*.so", "*.so.*")  # and no `dbus.socket`
    found = {path.parent for name in names for path in root.glob(f"**/lib/**/{name}")}
    libraries = ":".join(f"$here/{path.relative_to(target)}" for path in sorted(found))
    fonts = ""
    if not Path("/etc/fonts/fonts.conf").exists():
        config = target / "fonts.conf"
        places = {"share": root / "usr" / "share", "cache": target / "fonts-cache"}
        text = FONTS.format_map({name: escape(str(path)) for name, path in places.items()})
        config.write_text(text, encoding="utf-8")
        fonts = 'export FONTCONFIG_FILE="$here/fonts.conf"\n'
    wrapper = target / "chromium"
    wrapper.write_text(WRAPPER.format(libraries=libraries, fonts=fonts))
    wrapper.chmod(0o755)
