"""Which of the user's modules import which, and the order in which they are run again."""

import ast
import sys
from collections.abc import Iterable, Mapping
from importlib.util import resolve_name
from pathlib import Path
from types import ModuleType


def user_modules(folder: Path) -> dict[str, ModuleType]:
    """The modules whose files stand in a folder, by their names."""
    found = {}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name != "__main__" and file and Path(file).is_relative_to(folder):
            found[name] = module
    return found


def imports_of(source: str, package: str = "") -> set[str]:
    """The modules that a program may import, in functions as well.

    >>> sorted(imports_of("import a.b; from c import d"))
    ['a', 'a.b', 'c', 'c.d']
    """
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")
                found |= {".".join(parts[: end + 1]) for end in range(len(parts))}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = resolve_name("." * node.level + base, package) if package else base
            found.add(base)
            found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


def importers_of(changed: Iterable[str], imports: Mapping[str, set[str]]) -> list[str]:
    """What has to run again when some have changed: what is imported first, then who imports it.

    >>> importers_of({"b"}, {"a": {"b"}, "b": {"c"}, "c": set(), "d": {"a"}})
    ['b', 'a', 'd']
    """
    affected = set(changed)
    waiting = list(affected)
    for name in waiting:
        new = {other for other, named in imports.items() if name in named} - affected
        affected |= new
        waiting.extend(sorted(new))
    ordered: list[str] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name not in seen:
            seen.add(name)
            for other in sorted(imports.get(name, set()) & affected):
                visit(other)
            ordered.append(name)

    for name in sorted(affected):
        visit(name)
    return ordered
