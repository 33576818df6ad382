"""`gossamer dev`: an app from its sources, in a page that follows every change."""

from pathlib import Path

import click

UNSEEN = ("frozen-read", "called-handler")
"""What `gossamer check` finds and no run would tell of; the terminal says it at a save."""


@click.command
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, help="The next free one if it is taken.")
@click.option("--open", "opens", is_flag=True, help="Show it in the browser.")
def command(folder: Path, host: str, port: int, *, opens: bool) -> None:
    """Serve the app in FOLDER, the current one by default, until Ctrl-C.

    A saved module takes the place of the old one in the living page, and signals keep what they
    hold. A style sheet is exchanged, any other file loads the page anew. Errors are shown in the
    page, and leave it when they are mended.

    An app with a server of its own, `server = "module:name"` in its settings, is started anew
    instead, and its pages are loaded anew.
    """
    from gossamer.cli.check.findings import as_text
    from gossamer.cli.check.project import Project
    from gossamer.cli.dev.anew import develop
    from gossamer.cli.dev.changes import Watcher
    from gossamer.cli.dev.server import make_server
    from gossamer.cli.dev.site import Site, news_of
    from gossamer.cli.listening import listen
    from gossamer.cli.settings import read_settings

    settings = read_settings(folder)
    if settings.server:
        develop(settings, host, port, opens=opens)
        return
    site = Site(settings, lambda text: click.echo(f"{text} …"))
    app, hub = make_server(site, host)

    def follow(changed: list[Path]) -> None:
        news = news_of(site, changed)
        hub.tell(news)
        programs = [file for file in changed if file.suffix == ".py" and file.is_file()]
        if programs and all(each["kind"] != "fault" for each in news):
            found = Project(site.settings.root).check(programs)
            if found := [each for each in found if each.code in UNSEEN]:
                click.secho(as_text(found), fg="yellow")

    with Watcher(site.files, follow).running():
        listen(app, host, port, says=f"Developing {site.settings.name}", opens=opens, ends=hub.end)
