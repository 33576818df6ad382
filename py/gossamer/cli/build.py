"""`gossamer build`: an app as plain files, for any static server."""

from pathlib import Path

import click


@click.command
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
@click.option("--out", help="Where to write; dist in the app's folder by default.")
@click.option("--base", help="The address the app will have, such as /shop/; any by default.")
@click.option("--best", is_flag=True, help="Compress for a minute longer what is the app's own.")
@click.option("--explain", metavar="NAME", help="Only tell whether pages get this name, and why.")
def command(
    folder: Path, out: str | None, base: str | None, explain: str | None, *, best: bool
) -> None:
    """Write the app in FOLDER, the current one by default, as files for any static server.

    Nothing has to be configured: a folder with app.py, or with index.html and the Python that it
    names, is an app. [tool.gossamer] in pyproject.toml says more.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from gossamer.cli import report
    from gossamer.cli.building import Build
    from gossamer.cli.settings import read_settings

    settings = read_settings(folder, out=out, base=base)
    console = Console(highlight=False)
    build = Build(settings)
    if explain:
        told = build.explain(explain) or [f"No module of the app defines {explain}."]
        console.print("\n".join(told), markup=False)
        return
    columns = (TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn())
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        task = progress.add_task("Gathering", total=None)
        build.gather(lambda text: progress.update(task, description=text))
        progress.update(task, description="Compressing", total=build.output.compressible())
        build.output.compress(
            settings.root / ".gossamer" / "compressed", lambda: progress.advance(task), best=best
        )
        build.output.write(settings.out, settings.base)
    later = {"when asked for": build.later} if build.later else {}
    report.show(console, *(report.sizes(build.output, each) for each in (build.parts, later)))
    if build.prerendered.pages:
        inputs = report.inputs(len(build.prerendered.pages), settings.base)
        console.print(f"\n{inputs}", soft_wrap=True)
    for line in build.sources.project.report():
        console.print(line, style="dim", markup=False)
    for note in build.notes:
        console.print(note, style="yellow", markup=False)
    shown = settings.out
    if shown.is_relative_to(Path.cwd()):
        shown = shown.relative_to(Path.cwd())
    console.print(f"\nWritten to {shown}. [dim]gossamer serve shows it.[/dim]")
