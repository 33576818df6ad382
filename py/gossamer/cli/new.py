"""`gossamer new`: a folder with an app that runs at once."""

import re
from importlib.metadata import version
from keyword import iskeyword
from pathlib import Path

import click

from gossamer.errors import CommandError

TEMPLATES = Path(__file__).parent / "templates"
SHARED = {"flask": "fullstack", "starlette": "fullstack"}
"""What else a template is made of: another folder."""
SUFFIX = ".in"
"""What a template's files end with, so that no tool takes them for ours."""


@click.command
@click.argument("folder", metavar="NAME", type=click.Path(path_type=Path))
@click.option(
    "--template",
    default="spa",
    show_default=True,
    type=click.Choice(sorted({path.name for path in TEMPLATES.iterdir()} - set(SHARED.values()))),
    help="spa: one page, all of it alive. static: plain pages with Python where it is wanted. "
    "starlette, flask: a server with a database and sign-in.",
)
def command(folder: Path, template: str) -> None:
    """Make a folder NAME with an app, its tests and its settings."""
    name = folder.resolve().name
    if not re.fullmatch(r"[A-Za-z]([\w.-]*[A-Za-z0-9])?", name, re.ASCII) or iskeyword(name):
        raise CommandError(
            f"{name!r} cannot be the name of an app.",
            why="It becomes the name of a Python project: a letter, then letters, digits, and - _ ."
            " between them, and no word of Python's own.",
            fix='Take another one, such as "my-app".',
        )
    if ".." in folder.parts:
        raise CommandError(
            f"{folder} is not below this folder.",
            why="A new app is made here.",
            fix=f"Go to {folder.resolve().parent}, and say: gossamer new {name}",
        )
    if folder.is_file() or (folder.is_dir() and any(_visible(folder))):
        raise CommandError(
            f"{folder} is there already.",
            why="A new app begins in an empty folder.",
            fix="Take another name, or empty the folder.",
        )
    if template in SHARED:
        write(TEMPLATES / SHARED[template], folder, name)
    write(TEMPLATES / template, folder, name)
    click.echo(f"Made {folder} from the template {template}. Go on with:\n")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {folder}")
    click.echo("  gossamer dev\n\nIts README.md says what else there is.")


def _visible(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name != ".git"]


def write(template: Path, folder: Path, name: str) -> None:
    """Write a template's files into a folder, with the app's name in them."""
    words = {
        "name": name,
        "title": re.sub(r"[-_.]+", " ", name).strip().capitalize(),
        "version": version("gossamer"),
    }
    for file in sorted(template.rglob(f"*{SUFFIX}")):
        path = file.relative_to(template).as_posix().removesuffix(SUFFIX)
        target = folder / re.sub("^(git|docker)ignore$", r".\1ignore", path)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = re.sub(
            r"\{\{(\w+)\}\}", lambda match: words[match[1]], file.read_text(encoding="utf-8")
        )
        target.write_text(text, encoding="utf-8", newline="\n")
