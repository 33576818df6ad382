"""`gossamer` itself: finds the module of a command when it is asked for."""

import sys
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec

import click

from gossamer.errors import CommandError, GossamerError

COMMANDS = {
    "new": "Make a folder with an app that runs at once.",
    "dev": "Serve an app from its sources, and follow every change.",
    "check": "Look for mistakes in templates.",
    "test": "Run an app's tests.",
    "build": "Write an app as plain files, for any static server.",
    "serve": "Serve what was built.",
    "embed": "Write the runtime for pages that no build makes.",
}
"""Each command has a module of its name in this room, whose `command` is what click runs."""


class Commands(click.Group):
    """A group whose commands are imported one by one, each when it is run."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the commands that are there, in the order of an app's life."""
        return [name for name in COMMANDS if find_spec(f"gossamer.cli.{name}")]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name, None when there is none."""
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"gossamer.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing one of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error that has words for the user ends it without a traceback."""
        try:
            return super().invoke(ctx)
        except (GossamerError, OSError) as error:
            told = error if isinstance(error, GossamerError) else _refused(error)
            first, *rest = str(told).split("\n")
            click.secho(f"Error: {first}", fg="red", bold=True, err=True)
            for line in rest:
                click.echo(f"  {line}", err=True)
            ctx.exit(1)


def _refused(error: OSError) -> CommandError:
    """What the system did not let a command do: a folder that is read-only, a disk that is full."""
    named = [str(name) for name in (error.filename, error.filename2) if name is not None]
    return CommandError(
        f"The system refuses: {error.strerror or error}.",
        why=f"That is about {' and '.join(named)}."
        if named
        else "It does not say what it is about.",
        fix="Make it readable and writable, or work in another folder.",
    )


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command has a --help of its own.",
)
@click.version_option(version("gossamer"), prog_name="gossamer")
def gossamer() -> None:
    """Web apps in Python that live in the browser."""


def main() -> None:
    """Run the command line of this process."""
    if sys.platform != "win32":
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # no replaced stream
    gossamer()
