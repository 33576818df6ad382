"""The pages of an app: their Python, its configs and what those name."""

import json
import posixpath
import re
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gossamer.cli.assets import Assets, is_elsewhere, missing
from gossamer.cli.reading import text_of
from gossamer.cli.tags import Markup, Tag
from gossamer.errors import CommandError

SHELL = """\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{title}</title>
  <link rel="icon" href="data:,">
</head>
<body>
<script type="py" src="{app}"></script>
</body>
</html>
"""
"""The page of an app that has none."""

ISLANDS = "py-islands"
"""The type of a program that only the islands of its page need."""


@dataclass(frozen=True)
class Config:
    """What a script asks for: files and where Python finds them, packages, and other keys."""

    files: dict[str, str]
    packages: list[str]
    others: dict[str, object]


class Page:
    """A page as somebody wrote it, and the Python in it."""

    def __init__(self, path: str, text: str, folder: Path) -> None:
        self.path = path
        self.text = text
        self.folder = folder
        self.tags = Markup(text).tags
        self.scripts = [tag for tag in self.tags if is_python(tag)]
        self.configs = [self._config(tag) for tag in self.scripts]

    def programs(self, assets: Assets) -> Iterator[Path]:
        """The files of its Python scripts."""
        for tag in self.scripts:
            src = tag.get("src")
            if src and not is_elsewhere(src):
                yield self.find(assets, src)

    def inline_programs(self) -> Iterator[tuple[str, str]]:
        """What its scripts without a file say, each with a name."""
        for number, tag in enumerate(self.scripts, 1):
            if not tag.get("src"):
                yield f"{self.path}, script {number}", textwrap.dedent(tag.content)

    def find(self, assets: Assets, url: str) -> Path:
        """The file that the page names."""
        try:
            return assets.find(url, self.folder)
        except FileNotFoundError as error:
            raise missing(self.path, url) from error

    def _config(self, tag: Tag) -> Config:
        """What a script's config says, with the files it names relative to the page."""
        text = tag.get("config").strip()
        folder = ""
        if re.fullmatch(r"\S+\.(json|toml)", text, re.IGNORECASE) and not is_elsewhere(text):
            file = self.folder / text
            if not file.is_file():
                raise missing(self.path, text)
            folder = posixpath.dirname(text)
            text = text_of(file).strip()
        try:
            told = json.loads(text or "{}") if text[:1] in ("", "{") else tomllib.loads(text)
            files = dict(told.pop("files", {}))
            packages = list(told.pop("packages", []))
        except (ValueError, TypeError) as error:
            raise CommandError(
                f"The config of a script in {self.path} cannot be read.",
                why=f"It is neither JSON nor TOML with tables where they belong: {error}.",
                fix="Mend it as chapter 6 of the book shows it.",
            ) from error
        return Config(
            {_joined(folder, url): to for url, to in files.items()},
            [_joined(folder, each) if is_file(each) else each for each in packages],
            told,
        )

    def packages(self) -> list[str]:
        """The packages that its scripts ask for by name."""
        return [each for one in self.configs for each in one.packages if not is_file(each)]


def is_python(tag: Tag) -> bool:
    """Whether a tag is a Python script."""
    return tag.name == "script" and tag.get("type").lower() in ("py", ISLANDS)


def is_asleep(tag: Tag) -> bool:
    """Whether a Python script waits until an island of its page wakes up."""
    return tag.get("type").lower() == ISLANDS


def is_file(package: str) -> bool:
    """Whether a config's package is a wheel's URL, by the loader's rule."""
    return "/" in package or package.endswith(".whl")


def _joined(folder: str, url: str) -> str:
    return url if is_elsewhere(url) else posixpath.join(folder, url)
