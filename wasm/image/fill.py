"""Fills the Python that becomes an image: imports, and what an image must not carry."""

import gc
import importlib
import os
import sys
import zipimport
from zipfile import ZipFile

import gossamer_image

# What comes late otherwise: with wheels, with a config in TOML, with PyScript.
ALSO = ("tarfile", "tomllib", "html")
PAGE = {"js", "pyodide_js", "_gossamer"}  # what a page has and the maker of an image has not


class LeftOutError(ImportError):
    """A module that an image cannot hold."""


class Guard:
    """Refuses, while an image is filled, what cannot be in one."""

    def __init__(self, native: set[str]) -> None:
        self._native = native

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Find nothing, or refuse."""
        top = name.partition(".")[0]
        if top in PAGE:
            raise LeftOutError(f"it imports {name}, which is the page's")
        if top in self._native:
            raise LeftOutError(f"{name} has native code")


def modules_of(archive: str) -> list[str]:
    """Every module of an archive by its dotted name."""
    with ZipFile(archive) as zipped:
        names = [name.rpartition(".") for name in zipped.namelist()]
    paths = sorted({path for path, _, kind in names if kind in ("py", "pyc")})
    return [path.replace("/", ".").removesuffix(".__init__") for path in paths]


def fill(
    framework: str, archives: list[str], names: list[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Import all that; which of the names an image cannot hold, which fail, and why."""
    for archive in (framework, *archives):
        sys.path.insert(0, archive)
    for name in (*modules_of(framework), *ALSO):
        importlib.import_module(name)
    native = set()
    for archive in archives:
        with ZipFile(archive) as zipped:
            native |= {name.partition("/")[0] for name in zipped.namelist() if name.endswith(".so")}
    for name in PAGE:
        sys.modules.pop(name, None)
    guard = Guard(native)
    sys.meta_path.insert(0, guard)
    left_out, failed = {}, {}
    for name in names:
        try:
            importlib.import_module(name)
        except LeftOutError as error:
            left_out[name] = str(error)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is told
            failed[name] = f"{type(error).__name__}: {error}"
    sys.meta_path.remove(guard)
    return left_out, failed


def finish() -> None:
    """Let go of what only the making needed."""
    tops = {name.partition(".")[0] for name in modules_of(gossamer_image.ARCHIVE)}
    sys.meta_path.append(gossamer_image.Latecomers(frozenset(tops)))
    importlib.invalidate_caches = gossamer_image.invalidate_caches
    zipimport._zip_directory_cache.clear()
    sys.path_importer_cache.clear()
    os.environ.pop("PYTHONHASHSEED")
    gc.collect()
    gc.freeze()
