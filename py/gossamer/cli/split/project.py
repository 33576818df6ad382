"""All modules of an app, taken apart together: what one needs of another stays there."""

import ast
from collections.abc import Mapping

from gossamer.cli.pages import Page
from gossamer.cli.split.program import Program, is_server_only, module_of
from gossamer.cli.split.rules import check_functions
from gossamer.errors import SplitError


class Project:
    """The Python of an app by its paths, as a page gets it.

    >>> app = '''
    ... from gossamer.server import server
    ... from db_server import read
    ... @server
    ... async def todos() -> list[str]:
    ...     return read()
    ... '''
    >>> project = Project({"app.py": app, "db_server.py": "SECRET = 1"})
    >>> print(project.client_text("app.py").strip())
    from gossamer.server import server
    pass
    @server(module='app')
    async def todos() -> list[str]: ...
    >>> project.client_text("db_server.py") is None
    True

    Raises:
        SplitError: a server function cannot be one, or a page would need what only the server has.
        SyntaxError: a module is no Python.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.hidden = {path for path, text in sources.items() if is_server_only(path, text)}
        self.programs = {
            path: Program(path, text) for path, text in sources.items() if path not in self.hidden
        }
        for program in self.programs.values():
            for error in check_functions(program):
                raise error
        self._prune()
        self._drop_unneeded()
        self._check_imports()

    def client_text(self, path: str) -> str | None:
        """What a page gets of a module; None when it gets nothing."""
        return None if path in self.hidden else self.programs[path].client_text()

    def _prune(self) -> None:
        """Let modules go through what others take from them, until nothing more can go."""
        has_changed = True
        while has_changed:
            wanted = self._wanted()
            has_changed = False
            for program in self.programs.values():
                if program.is_split:
                    names = frozenset(wanted.get(program.module, ()))
                    has_changed = program.prune(names) or has_changed

    def _drop_unneeded(self) -> None:
        """Let modules stay at home that only the server's code imports."""
        here = {program.module: path for path, program in self.programs.items()}
        while True:
            kept, named = set[str](), set[str]()
            for path, program in self.programs.items():
                named |= program.named_modules(is_kept=False)
                if path not in self.hidden:
                    kept |= program.named_modules(is_kept=True)
            unneeded = {here[module] for module in named - kept if module in here} - self.hidden
            if not unneeded:
                return
            self.hidden |= unneeded
            self._prune()

    def _wanted(self) -> dict[str, set[str]]:
        """The names that a page takes from each module."""
        found: dict[str, set[str]] = {}
        for path, program in self.programs.items():
            if path in self.hidden:
                continue
            for _, module, name in program.kept_imports():
                found.setdefault(module, set()).add(name)
        return found

    def _check_imports(self) -> None:
        """Refuse an import of the server's files in what a page runs."""
        hidden = {module_of(path): path for path in self.hidden}
        for own, program in self.programs.items():
            if own in self.hidden:
                continue
            for node, module, name in program.kept_imports():
                path = hidden.get(module) or hidden.get(f"{module}.{name}")
                if path is not None:
                    raise SplitError(
                        own,
                        node.lineno,
                        f"it imports {path} in what a page runs.",
                        why=f"{path} is the server's alone: {self._chain(program.module)} →"
                        f" {module_of(path)}.",
                        fix="Use what it has in the body of a server function or below"
                        " `if SERVER:`, or move what the page needs into a module of its own.",
                    )

    def _chain(self, module: str) -> str:
        """Which modules lead to one, from one that nobody imports."""
        chain = [module]
        while True:
            importers = [
                program.module
                for program in self.programs.values()
                if program.module not in chain
                and any(
                    chain[0] in (base, f"{base}.{name}") for _, base, name in program.kept_imports()
                )
            ]
            if not importers:
                return " → ".join(chain)
            chain.insert(0, importers[0])

    def live_calls(self) -> list[str]:
        """Where pages name functions that only a server could run, as file and line."""
        live = {
            (program.module, function.name)
            for program in self.programs.values()
            for function in program.functions
            if not program.words.has_option(function, "local")
        }
        found = []
        for path, program in self.programs.items():
            if path in self.hidden:
                continue
            here = {name for module, name in live if module == program.module}
            for node, module, name in program.kept_imports():
                if (module, name) in live and isinstance(node, ast.ImportFrom):
                    here |= {alias.asname or name for alias in node.names if alias.name == name}
            for _, used in program.kept_nodes():
                is_named = isinstance(used, ast.Name) and used.id in here
                is_taken = isinstance(used, ast.Attribute) and any(
                    used.attr == name and ast.unparse(used.value) in (module, module.split(".")[-1])
                    for module, name in live
                )
                if is_named or is_taken:
                    found.append((path, getattr(used, "lineno", 0), ast.unparse(used)))
        return [f"{name} ({path}, line {line})" for path, line, name in sorted(set(found))]

    def explain(self, name: str) -> list[str]:
        """What becomes of a name in each module, and why, in sentences."""
        found = []
        for path, program in self.programs.items():
            if path in self.hidden:
                if any(name in program.names_of(each) for each in program.tree.body):
                    found.append(f"{path} is the server's alone, with {name} in it.")
                continue
            if name in program.pruned:
                found.append(
                    f"{path}, line {program.pruned[name]}: {name} stays on the server; only what"
                    " the server runs names it."
                )
                continue
            for statement in program.tree.body:
                if name not in (*program.names_of(statement), getattr(statement, "name", "")):
                    continue
                if statement in program.functions:
                    found.append(
                        f"{path}, line {statement.lineno}: {name} is a server function; a page"
                        " gets its signature."
                    )
                    continue
                lines = sorted(
                    {
                        node.lineno
                        for _, node in program.kept_nodes()
                        if getattr(node, "id", "") == name and hasattr(node, "lineno")
                    }
                    - {statement.lineno}
                )
                others = [
                    other.path
                    for other in self.programs.values()
                    if (program.module, name) in {(m, n) for _, m, n in other.kept_imports()}
                ]
                reasons = [f"line {line}" for line in lines] + others
                why = f"{', '.join(reasons)} names it" if reasons else "nobody on the server does"
                found.append(f"{path}, line {statement.lineno}: a page gets {name}: {why}.")
        return found

    def report(self) -> list[str]:
        """What was kept back of each module."""
        return [
            f"{path}: {len(program.functions)} server functions; kept back:"
            f" {', '.join(sorted(program.pruned)) or 'nothing else'}"
            for path, program in self.programs.items()
            if program.is_split and path not in self.hidden
        ] + [f"{path}: the server's alone" for path in sorted(self.hidden)]


def refuse_functions(page: Page) -> None:
    """Refuse a server function in a script that stands in a page: no server could import it.

    Raises:
        SplitError: there is one.
    """
    for name, text in page.inline_programs():
        if "gossamer.server" in text and (found := Program(f"{name}.py", text).functions):
            raise SplitError(
                name,
                found[0].lineno,
                f"{found[0].name} is a server function in a page.",
                why="The server imports its functions from modules, and a page is none.",
                fix="Move it into a file, and import it in the page.",
            )
