"""Fills the Python that becomes an image: imports, and what an image must not carry."""

import gc
import importlib
import os
import sys
import zipimport
from zipfile import ZipFile

import gossamer_image

# What every page needs: the codec counts the characters of a template as JavaScript does.
CORE = ("gossamer", "gossamer_page", "gossamer_image", "encodings.utf_16_le")
# What an image for any page needs besides: with archives, with a config in TOML, with PyScript.
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
    archives: list[str], names: list[str], *, lean: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """Import all that; which of the names an image cannot hold, which fail, and why.

    A lean image has of the framework what every page needs; the names say what else.
    """
    for archive in archives:
        sys.path.insert(0, archive)
    for name in CORE if lean else (*CORE, *modules_of(gossamer_image.FRAMEWORK), *ALSO):
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


def finish() -> list[str]:
    """Let go of what only the making needed; the names of all modules that stay."""
    tops = {name.partition(".")[0] for name in modules_of(gossamer_image.LIBRARY)}
    rest = set(modules_of(gossamer_image.FRAMEWORK)) - set(sys.modules)
    sys.meta_path += [
        gossamer_image.Latecomers(gossamer_image.LIBRARY, "The standard library", frozenset(tops)),
        gossamer_image.Latecomers(
            gossamer_image.FRAMEWORK, "The rest of Gossamer", frozenset(rest)
        ),
    ]
    for name, module in list(sys.modules.items()):
        place = f"{gossamer_image.LIBRARY}/{name.replace('.', '/')}"
        if place in getattr(module, "__path__", ()):  # an app may bring modules that are not here
            module.__path__.append(place.replace(gossamer_image.LIBRARY, gossamer_image.FOLDER))
    importlib.invalidate_caches = gossamer_image.invalidate_caches
    zipimport._zip_directory_cache.clear()
    sys.path_importer_cache.clear()
    if "random" in sys.modules:
        sys.modules["random"].seed(0)  # the page seeds it anew
    os.environ.pop("PYTHONHASHSEED")
    held = sorted(sys.modules)
    gc.collect()
    gc.freeze()
    return held
