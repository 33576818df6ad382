"""An app with a server of its own, which is started anew at every change."""

import os
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path

import click

from gossamer.cli.archives import walk
from gossamer.cli.dev.changes import Watcher
from gossamer.cli.listening import bind
from gossamer.cli.settings import Settings

SEEN = frozenset((".css", ".html", ".ini", ".js", ".json", ".py", ".svg", ".toml", ".txt", ".yaml"))
"""Files that a server or its pages may be made of; a database is none."""


class Child:
    """The process that answers; its socket is ours, so that who asks meanwhile waits."""

    def __init__(self, settings: Settings, descriptor: int) -> None:
        self._command = [
            *(sys.executable, "-m", "gossamer.cli.dev.child"),
            *(str(settings.root), settings.server, str(descriptor)),
        ]
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command, pass_fds=[self._descriptor], env=os.environ | {"PYTHONUNBUFFERED": "1"}
        )

    def restart(self, changed: list[Path]) -> None:
        """End it, and start it with what has been saved."""
        names = ", ".join(file.name for file in changed)
        with self._lock:
            self.end()
            click.echo(f"{names} changed: starting the server anew")  # who asks from now on waits
            self._process = self._start()

    def end(self) -> None:
        """End it, and wait until it has."""
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def develop(settings: Settings, host: str, port: int, *, opens: bool) -> None:
    """Run the app's server until Ctrl-C."""

    def files() -> Iterator[Path]:
        return (file for file in walk(settings.root, frozenset({settings.out})) if _is_seen(file))

    with bind(host, port) as listener:
        listener.set_inheritable(True)
        url = f"http://localhost:{listener.getsockname()[1]}/"
        child = Child(settings, listener.fileno())
        click.echo(f"Developing {settings.name} at {url} (Ctrl-C ends it)")
        if opens:
            webbrowser.open(url)
        try:
            with Watcher(files, child.restart).running():
                threading.Event().wait()
        except KeyboardInterrupt:
            click.echo("\nStopped.")
        finally:
            child.end()


def _is_seen(file: Path) -> bool:
    return file.suffix in SEEN
