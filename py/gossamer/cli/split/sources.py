"""The Python of an app's folder, as a page gets it."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from gossamer.cli.reading import content_of, text_of
from gossamer.cli.split.program import is_server_only
from gossamer.cli.split.project import Project
from gossamer.errors import CommandError, SplitError

LENGTH = 6
"""A secret that is shorter would be found everywhere."""


class Sources:
    """The modules of an app by their files, and what a page gets of each.

    Raises:
        SplitError: they cannot be taken apart.
    """

    def __init__(self, root: Path, files: Iterable[Path]) -> None:
        self._root = root
        texts: dict[str, str] = {}
        for file in sorted(set(files)):
            texts[self.name_of(file)] = text_of(file)
        self.project = Project({})
        self._is_split = any(
            ("gossamer" in text and "server" in text) or is_server_only(path, text)
            for path, text in texts.items()
        )
        if self._is_split:
            self.project = project_of(texts)

    def name_of(self, file: Path) -> str:
        """A file's path in the app's folder; of one beside that, its name alone."""
        inside = file.is_relative_to(self._root)
        return file.relative_to(self._root).as_posix() if inside else file.name

    def client(self, file: Path) -> bytes | None:
        """What a page gets of a file; None when it gets nothing."""
        if not self._is_split:
            return content_of(file)
        name = self.name_of(file)
        if name not in self.project.programs and name not in self.project.hidden:
            text = text_of(file)
            found = project_of({name: text}).client_text(name)
        else:
            found = self.project.client_text(name)
        return None if found is None else found.encode()


def project_of(texts: Mapping[str, str]) -> Project:
    """Modules, taken apart.

    Raises:
        SplitError: they cannot be.
    """
    try:
        return Project(texts)
    except SyntaxError as error:
        raise SplitError(
            str(error.filename),
            error.lineno or 1,
            f"{error.msg}.",
            why="That is no Python, so nobody can tell what of it a page may get.",
            fix=f"Mend the line: {(error.text or '').strip()}",
        ) from error


def check_secrets(
    files: Mapping[str, bytes], names: Iterable[str], environ: Mapping[str, str]
) -> None:
    """Refuse a build that holds what an environment variable holds.

    Raises:
        CommandError: it stands in a file of the build.
    """
    for name in names:
        value = environ.get(name, "").encode()
        if len(value) < LENGTH:
            continue
        for path, content in files.items():
            if value in content:
                raise CommandError(
                    f"{path} holds what {name} holds.",
                    why=f"secret-env in [tool.gossamer] says that no page may have {name}.",
                    fix="Read it in a server function only, or below `if SERVER:`.",
                )
