"""What an app's folder says of itself: `[tool.gossamer]` and what stands for it."""

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from gossamer.cli.reading import text_of
from gossamer.errors import CommandError

KEYS: dict[str, type[Any] | UnionType] = {
    "app": str,
    "server": str,
    "out": str,
    "base": str,
    "packages": list,
    "on-demand": list,
    "files": list,
    "exclude": list,
    "js-modules": dict,
    "offline": bool,
    "prerender": bool | list,
    "trailing-slash": bool,
    "site": str,
    "secret-env": list,
    "server-url": str,
}
"""Every key of `[tool.gossamer]` and the type of its value."""

_BASE = re.compile(r"/(?!/)[\w./~%@+-]*")

WORDS: dict[type[Any] | UnionType, str] = {
    str: "a string",
    list: "a list of strings",
    dict: "a table of strings",
    bool: "a boolean",
    bool | list: "a boolean or a list of strings",
}


_HEADINGS = {"project": "project", "tool": "tool.gossamer", "gossamer": "tool.gossamer"}


@dataclass(frozen=True)
class Settings:
    """What is known of an app before anything of it is read.

    `root` is its folder; `app` the program of a page that nobody wrote; `out` where a build goes;
    `base` the address that the app will have, empty for any; `packages` what it needs from PyPI;
    `on_demand` what it may ask for later; `files` are patterns of data that its Python opens;
    `exclude` are patterns of Python that stays at home; `js_modules` are ES modules by name.
    `prerender` says whether pages are written as they will look, or the paths of those that are;
    `trailing_slash` whether one without a file is an index in a folder; `site` where all will be;
    `server` is the application that answers where the app has a server of its own, "module:name";
    `secret_env` are environment variables whose values no file of a build may hold;
    `server_url` is the origin of a server that answers for a site of plain files.
    """

    root: Path
    name: str
    app: Path
    out: Path
    base: str = ""
    packages: tuple[Requirement, ...] = ()
    on_demand: tuple[Requirement, ...] = ()
    files: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    js_modules: Mapping[str, str] | None = None
    offline: bool = False
    prerender: bool | tuple[str, ...] = True
    trailing_slash: bool = True
    site: str = ""
    server: str = ""
    secret_env: tuple[str, ...] = ()
    server_url: str = ""


def read_settings(root: Path, *, out: str | None = None, base: str | None = None) -> Settings:
    """The settings of the app in a folder; what is given here goes before its own."""
    root = root.resolve()
    file = root / "pyproject.toml"
    project: dict[str, Any] = {}
    table: dict[str, Any] = {}
    if file.is_file():
        whole = _parsed(file)
        project = _table(whole, "project", file)
        table = _table(_table(whole, "tool", file), "gossamer", file)
    _check(table, file)
    wanted = table.get("packages", project.get("dependencies", []))
    if not isinstance(wanted, list) or not all(isinstance(each, str) for each in wanted):
        raise _other_type("dependencies", "[project]", wanted, list, file)
    return Settings(
        root=root,
        name=str(project.get("name", root.name)),
        app=root / str(table.get("app", "app.py")),
        out=Path(out).resolve() if out else root / str(table.get("out", "dist")),
        base=_base(str(table.get("base", "")) if base is None else base),
        packages=_requirements(wanted, file),
        on_demand=_requirements(table.get("on-demand", []), file),
        files=tuple(_strings(table.get("files", []))),
        exclude=tuple(_strings(table.get("exclude", []))),
        js_modules=dict(table.get("js-modules", {})),
        offline=bool(table.get("offline", False)),
        prerender=_paths(table.get("prerender", True)),
        trailing_slash=bool(table.get("trailing-slash", True)),
        site=str(table.get("site", "")),
        server=_server(str(table.get("server", "")), file),
        secret_env=tuple(_strings(table.get("secret-env", []))),
        server_url=str(table.get("server-url", "")).rstrip("/"),
    )


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text_of(file))
    except tomllib.TOMLDecodeError as error:
        raise CommandError(
            f"{file.name} cannot be read: {error}.",
            why="It is no TOML.",
            fix="Mend the line that the message names.",
        ) from error


def _table(whole: Mapping[str, Any], key: str, file: Path) -> dict[str, Any]:
    """A table in another, empty when there is none."""
    found = whole.get(key, {})
    if not isinstance(found, dict):
        raise CommandError(
            f"{key!r} in {file.name} is {found!r}.",
            why="It is the name of a table of settings.",
            fix=f"Take the line out; settings of an app stand below [{_HEADINGS[key]}].",
        )
    return found


def _other_type(
    key: str, where: str, value: object, kind: type[Any] | UnionType, file: Path
) -> CommandError:
    return CommandError(
        f"{key!r} of {where} in {file.name} is {value!r}.",
        why=f"It takes {WORDS[kind]}.",
        fix="Write a value of that type, or take the key out.",
    )


def _check(table: Mapping[str, object], file: Path) -> None:
    """Refuse a key that has no meaning, and a value of another type than its key's."""
    for key, value in table.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1)
            raise CommandError(
                f"[tool.gossamer] in {file.name} has no key {key!r}.",
                why=f"The keys are {', '.join(KEYS)}.",
                fix=f"Write {near[0]!r}." if near else "Take the key out.",
            )
        held = value.values() if isinstance(value, dict) else value
        fits = isinstance(value, KEYS[key])
        if fits and not isinstance(value, str | bool):
            fits = all(isinstance(each, str) for each in held)  # type: ignore[attr-defined]  # fits
        if not fits:
            raise _other_type(key, "[tool.gossamer]", value, KEYS[key], file)


def _strings(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _paths(value: object) -> bool | tuple[str, ...]:
    return value if isinstance(value, bool) else tuple(_strings(value))


def _requirements(value: object, file: Path) -> tuple[Requirement, ...]:
    """Requirements as they are written, without the framework, which is there anyway."""
    found = []
    for text in _strings(value):
        try:
            requirement = Requirement(text)
        except InvalidRequirement as error:
            raise CommandError(
                f"{file.name} asks for a package as {text!r}, which is no requirement.",
                why=str(error).partition("\n")[0] + ".",
                fix='Write a name, or a name and a version: "segno" or "segno>=1.6".',
            ) from error
        if canonicalize_name(requirement.name) != "gossamer":
            found.append(requirement)
    return tuple(found)


def _server(text: str, file: Path) -> str:
    """A module and a name in it, or nothing."""
    module, mark, name = text.partition(":")
    parts = [*module.split("."), name] if mark else [text]
    if text and not (mark and all(part.isidentifier() for part in parts)):
        raise CommandError(
            f"The server in {file.name} is {text!r}.",
            why="It is a module and a name in it, with a colon between them.",
            fix='Write something like server = "server:app".',
        )
    return text


def _base(text: str) -> str:
    """An address that ends with a slash, empty when all addresses are to be relative."""
    if text in ("", ".", "./"):
        return ""
    if not _BASE.fullmatch(text):
        raise CommandError(
            f"The base is {text!r}.",
            why="All addresses in the page begin with it, and a page asks its own server only.",
            fix='Write "/folder/", or leave it out: a build without it works in any folder.',
        )
    return text.rstrip("/") + "/"
