"""`gossamer serve`: what was built, or the server that an app has of its own."""

from pathlib import Path

import click

from gossamer.errors import CommandError


@click.command
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, help="The next free one if it is taken.")
@click.option("--open", "opens", is_flag=True, help="Show it in the browser.")
def command(folder: Path | None, host: str, port: int, *, opens: bool) -> None:
    """Serve FOLDER, or what `gossamer build` wrote here, until Ctrl-C.

    An app with a server of its own, `server = "module:name"` in its settings, is served by that.

    Files that were compressed by the build are sent so, those with a hash in their name are kept
    by the browser for ever, and an address without a file gets 200.html, or else 404.html.
    A build with a base is served below it.
    """
    from gossamer.cli.listening import listen
    from gossamer.cli.programs import load_server
    from gossamer.cli.settings import read_settings
    from gossamer.cli.static import served

    settings = read_settings(Path.cwd())
    if folder is None and settings.server:
        app = load_server(settings.root, settings.server)
        listen(app, host, port, says=f"Serving {settings.name}", opens=opens, has_lifespan=True)
        return
    folder = folder or settings.out
    if not (folder / "index.html").is_file():
        raise CommandError(
            f"There is nothing to serve in {folder}.",
            why="It holds no index.html, so nothing was built into it.",
            fix="Run gossamer build, or name another folder.",
        )
    listen(served(folder), host, port, says=f"Serving {folder}", opens=opens)
