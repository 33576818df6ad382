"""Renders one address in a Python of its own, so that nothing leaks from page to page."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from gossamer.cli.assets import Assets, is_elsewhere
from gossamer.cli.pages import Page
from gossamer.cli.prerender.stage import Asked, Program, Told

LONGEST = 60
"""Seconds after which a page that is busy with itself is given up."""

PACKAGES = ".packages"
"""The folder of a stage that holds what the page's packages are made of."""

PACKAGE_ROOT = Path(__file__).parents[3]


def set_up(folder: Path, files: Mapping[str, bytes], packages: Mapping[str, bytes]) -> None:
    """Put an app's files into a folder, as its pages find them."""
    folder.mkdir()
    for inner, held in ((folder, files), (folder / PACKAGES, packages)):
        for name, content in held.items():
            place = inner / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


def supply(folder: Path, page: Page, assets: Assets) -> None:
    """Put the files that a page's configs ask for into its folder."""
    for config in page.configs:
        for url, to in config.files.items():
            if is_elsewhere(url):
                continue
            file = page.find(assets, url)
            if to.endswith("/*"):
                shutil.unpack_archive(file, folder / to[:-1].lstrip("/"))
                continue
            place = folder / (f"{to}{file.name}" if to[-1:] in ("", "/") else to).lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)


def programs_of(page: Page, assets: Assets) -> list[Program] | None:
    """The scripts of a page, in order; None when one of them is on another host."""
    found: list[Program] = []
    inline = iter(page.inline_programs())
    for tag in page.scripts:
        src = tag.get("src")
        if src and is_elsewhere(src):
            return None
        name, source = (src, page.find(assets, src).read_text("utf-8")) if src else next(inline)
        found.append({"name": name, "source": source, "target": tag.get("target")})
    return found


def render(programs: list[Program], address: str, folder: Path) -> Told:
    """Render what scripts show at an address, from a folder that was set up."""
    asked: Asked = {"programs": programs, "address": address}
    paths = [str(folder / PACKAGES), str(PACKAGE_ROOT), os.environ.get("PYTHONPATH", "")]
    known = {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "gossamer.cli.prerender.stage"],
            input=json.dumps(asked),
            cwd=folder,
            env=os.environ | known,
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired:
        return {"fault": f"It was not ready after {LONGEST} seconds.\n"}
    if done.returncode:
        return {"fault": done.stderr or f"Python ended with {done.returncode}.\n"}
    told: Told = json.loads(done.stdout)
    return told
