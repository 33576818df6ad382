"""`gossamer embed`: the runtime as a folder, for pages that no build makes."""

import shutil
from pathlib import Path

import click

from gossamer.errors import CommandError


@click.command
@click.argument("folder", type=click.Path(path_type=Path), default="gossamer")
def command(folder: Path) -> None:
    """Write the loader, Python and its image into FOLDER, which is gossamer by default.

    A page begins with <script type="module" src="gossamer/gossamer.js"></script>, or names
    gossamer/gossamer-pyodide.mjs as the interpreter of PyScript.
    """
    from gossamer.cli import image, runtime
    from gossamer.cli.output import write_files

    if folder.exists() and not (folder / runtime.LOADER).is_file():
        raise CommandError(
            f"{folder} is there already.",
            why=f"It has no {runtime.LOADER}, so it is not one that this command has written.",
            fix="Name another folder.",
        )
    if folder.exists():
        shutil.rmtree(folder)
    files = runtime.read_runtime(runtime.runtime_folder())
    kept = {name: files[name] for name in files if name not in (image.LEAN, image.MODULES)}
    write_files(folder, kept)
    click.echo(f"Written to {folder}: {sum(map(len, kept.values())) / 1e6:.0f} MB.")
