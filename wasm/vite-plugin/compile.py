"""Packs Python source as bytecode, for `zipimport` in the same Pyodide."""

import importlib.util
import io
import marshal
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
UNCHECKED_HASH = (1).to_bytes(4, "little") + bytes(8)
DOCUMENTED = ("_pyodide/", "pyodide/")  # Pyodide hands their docstrings on when it starts


def bytecode(source: str | bytes, path: str, optimize: int = 2) -> bytes:
    """A `.pyc` that nobody compares with its source; without docstrings and asserts."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=optimize)
    return importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + marshal.dumps(code)


def pack(sources: dict[str, str]) -> bytes:
    """A zip archive, stored, the same for the same sources."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(sources):
            info = zipfile.ZipInfo(f"{name}c", EPOCH)
            archive.writestr(info, bytecode(sources[name], f"/lib/gossamer.zip/{name}"))
    return held.getvalue()


def repack(archive: bytes, place: str) -> bytes:
    """The standard library, with its sources as bytecode."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as sources,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed,
    ):
        for name in sorted(sources.namelist()):
            content = sources.read(name)
            if name.endswith(".py"):
                optimize = 1 if name.startswith(DOCUMENTED) else 2
                content = bytecode(content, f"{place}/{name}", optimize)
                name += "c"  # noqa: PLW2901 -- it is another file now
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, content)
    return held.getvalue()
