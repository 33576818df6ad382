"""Packs Python source as bytecode, for `zipimport` in the same Pyodide."""

import importlib.util
import io
import marshal
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
UNCHECKED_HASH = (1).to_bytes(4, "little") + bytes(8)


def bytecode(source: str, name: str) -> bytes:
    """A `.pyc` that nobody compares with its source; without docstrings and asserts."""
    code = compile(source, f"/lib/gossamer.zip/{name}", "exec", dont_inherit=True, optimize=2)
    return importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + marshal.dumps(code)


def pack(sources: dict[str, str]) -> bytes:
    """A zip archive, stored, the same for the same sources."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(sources):
            info = zipfile.ZipInfo(f"{name}c", EPOCH)
            archive.writestr(info, bytecode(sources[name], name))
    return held.getvalue()
