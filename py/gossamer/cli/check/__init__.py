"""`gossamer check`: mistakes in templates, found without running anything."""

from pathlib import Path

import click


@click.command
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "github"]),
    help="For people, for programs, or for the annotations of a workflow.",
)
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], form: str) -> None:
    """Look for mistakes in the templates at and below PATHS, or here.

    Unknown components, wrong and missing props, markup that a browser would rearrange, and signals
    that are read only once. A comment, # gossamer: ignore[code], keeps a line out of it.
    Ends with 0 when nothing was found, with 1 when something was, with 2 for a wrong command.
    """
    from gossamer.cli.check.findings import FORMATS
    from gossamer.cli.check.project import Project, files_below

    files = list(dict.fromkeys(files_below(paths or (Path(),))))
    found = Project(Path.cwd()).check(files)
    if found or form == "json":
        click.echo(FORMATS[form](found))
    if form == "text":
        count = f"{len(found)} mistake{'s' * (len(found) != 1)}"
        click.echo(f"{count} in {len(files)} file{'s' * (len(files) != 1)}.", err=True)
    ctx.exit(1 if found else 0)
