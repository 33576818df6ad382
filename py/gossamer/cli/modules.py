"""ES modules by name: files of the app, or npm packages in one file each."""

import re
import shutil
import subprocess
from pathlib import Path

from gossamer.cli.assets import Assets
from gossamer.cli.settings import Settings
from gossamer.errors import CommandError


def place(settings: Settings, assets: Assets) -> dict[str, str]:
    """Put the modules of `js-modules` into the build: their addresses by their names."""
    return {
        name: _place(name, source, settings.root, assets)
        for name, source in (settings.js_modules or {}).items()
    }


def _place(name: str, source: str, root: Path, assets: Assets) -> str:
    file = root / source
    if file.suffix in (".js", ".mjs") and file.is_file():
        return assets.place(file)
    stem = re.sub(r"[^\w-]+", "-", name).strip("-") or "module"
    return assets.output.put(f"{stem}.js", bundle(source, root))


def bundle(source: str, root: Path) -> bytes:
    """An npm package and all that it imports, as one module; esbuild makes it."""
    esbuild = find_esbuild(root)
    if esbuild is None:
        raise CommandError(
            f"The JavaScript module {source!r} cannot be bundled.",
            why="It is no file of the app, and there is no esbuild to take it from node_modules.",
            fix=f"Run npm install {package_of(source)} esbuild in the app's folder, or put the"
            " module itself there and name its file.",
        )
    entry = (
        f'export * from "{source}"; import * as all from "{source}"; export default all.default;'
    )
    words = (
        "--bundle --format=esm --minify --target=es2022 --legal-comments=inline --log-level=error"
    )
    done = subprocess.run(
        [esbuild, *words.split()],
        input=entry,
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CommandError(
            f"The JavaScript module {source!r} cannot be bundled.",
            why=f"esbuild says: {done.stderr.strip()}",
            fix=f"Run npm install {package_of(source)} in the app's folder, or mend the name.",
        )
    return done.stdout.encode()


def find_esbuild(root: Path) -> str | None:
    """The esbuild of the app's own node_modules, or of a folder above, or on PATH."""
    for folder in (root, *root.parents):
        found = shutil.which("esbuild", path=str(folder / "node_modules" / ".bin"))
        if found:
            return found
    return shutil.which("esbuild")


def package_of(source: str) -> str:
    """The npm package that a module belongs to.

    >>> package_of("@scope/name/part.js"), package_of("roughjs/bundled/rough.esm.js")
    ('@scope/name', 'roughjs')
    """
    parts = source.split("/")
    return "/".join(parts[: 2 if source.startswith("@") else 1])
