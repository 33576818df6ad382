"""Wheels for the Python of a page: which fit it, and what is in them."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import parse_wheel_filename

PLATFORM = "pyemscripten_2026_0_wasm32"
PAGE = {
    "implementation_name": "cpython",
    "implementation_version": "3.14.2",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_release": "5.0.3",
    "platform_system": "Emscripten",
    "platform_version": "#1",
    "python_full_version": "3.14.2",
    "python_version": "3.14",
    "sys_platform": "emscripten",
}
"""What the markers of requirements are answered with."""


@dataclass(frozen=True)
class Wheel:
    """A wheel on the disk."""

    path: Path

    @property
    def name(self) -> str:
        """The distribution's name, in its one spelling."""
        return parse_wheel_filename(self.path.name)[0]

    @property
    def version(self) -> str:
        """The distribution's version."""
        return str(parse_wheel_filename(self.path.name)[1])

    @property
    def hash(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()

    @property
    def is_pure(self) -> bool:
        """Whether it holds nothing that was compiled."""
        tags = parse_wheel_filename(self.path.name)[3]
        return any(tag.abi == "none" and tag.platform == "any" for tag in tags)

    def files(self) -> dict[str, bytes]:
        """What is in it, by the path below site-packages; scripts and headers are of no use."""
        found = {}
        with zipfile.ZipFile(io.BytesIO(self.path.read_bytes())) as archive:
            for info in archive.infolist():
                name = info.filename
                head, _, rest = name.partition("/")
                if head.endswith(".data"):
                    kind, _, name = rest.partition("/")
                    if kind not in ("purelib", "platlib"):
                        continue
                if not info.is_dir():
                    found[name] = archive.read(info)
        return found

    def requirements(self, extra: str = "") -> list[Requirement]:
        """What it needs in a page; with an extra, also what that asks for."""
        with zipfile.ZipFile(self.path) as archive:
            name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            told = HeaderParser().parsestr(archive.read(name).decode("utf-8", "replace"))
        page = PAGE | {"extra": extra}
        wanted = map(Requirement, told.get_all("Requires-Dist", []))
        return [each for each in wanted if not each.marker or each.marker.evaluate(page)]
