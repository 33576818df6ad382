"""Packs Python for a page: modules as source, with their bytecode beside it.

It is a program of its own: a fresh process with a fixed hash seed gives the same bytes each time.
It reads a table of files from standard input, marshalled, and writes a zip archive.
"""

import importlib.util
import io
import marshal
import posixpath
import sys
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
OURS = "cpython-314"  # the page's Python; another one's bytecode would be of no use to it
UNCHECKED_HASH = (1).to_bytes(4, "little") + bytes(8)


def bytecode(source: bytes, name: str) -> bytes | None:
    """A `.pyc` that nobody compares with its source; None for what is no Python of this version."""
    try:
        code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    except SyntaxError, ValueError:
        return None
    return importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + marshal.dumps(code)


def pack(files: dict[str, bytes]) -> bytes:
    """The archive of some files, with the bytecode of those that are Python."""
    wanted = {}
    for name, content in files.items():
        wanted[name] = content
        if name.endswith(".py") and sys.implementation.cache_tag == OURS:
            folder, file = posixpath.split(name)
            code = bytecode(content, name)
            if code is not None:
                beside = f"__pycache__/{file[:-3]}.{OURS}.pyc"
                wanted[posixpath.join(folder, beside)] = code
    return zipped(wanted)


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive, stored, the same for the same files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), files[name])
    return held.getvalue()


if __name__ == "__main__":
    sys.stdout.buffer.write(pack(marshal.loads(sys.stdin.buffer.read())))  # noqa: S302 -- from ourselves
