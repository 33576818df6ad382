"""One module of an app, taken apart: what is the server's, and what a page gets."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from gossamer.cli.split.edits import Edits, colon_after, without_comments

PAGE_OPTIONS = ("path", "method", "errors", "timeout", "transport", "hash", "local", "prerender")
"""What a page has to know of a function; all else stays on the server."""

PRAGMA = "# gossamer: server-only"
_SERVES = re.compile(r"^(?:from|import) gossamer\.(?:asgi|wsgi)\b", re.MULTILINE)
"""What no page could import."""


def is_server_only(path: str, source: str) -> bool:
    """Whether a whole file is the server's.

    >>> is_server_only("db_server.py", ""), is_server_only("server/db.py", "")
    (True, True)
    """
    parts = PurePosixPath(path).parts
    marked = any(line.strip() == PRAGMA for line in source.splitlines() if line[:1] == "#")
    named = "server" in parts[:-1] or parts[-1].endswith("_server.py")
    return marked or named or bool(_SERVES.search(source))


class Program:
    """A module, with what each of its top-level statements defines and names.

    `pruned` has the statements that only the server's code needed; it grows until nothing more
    can go.
    """

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.module = module_of(path)
        self.source = source
        self.tree = ast.parse(source, path)
        self.words = _Words(self.tree)
        self.functions = [
            node
            for node in self.tree.body
            if isinstance(node, ast.AsyncFunctionDef) and self.words.decorator_of(node) is not None
        ]
        self.removed: list[ast.AST] = []  # parts of statements that only the server has
        self.pruned: dict[str, int] = {}  # names, with their lines
        self._collect()

    @property
    def is_split(self) -> bool:
        """Whether a page gets another text than the file's."""
        return bool(self.removed or self.functions)

    # --- what goes ---

    def _collect(self) -> None:
        for function in self.functions:
            if not self.words.is_local(function):
                self.removed += function.body
                decorator = self.words.decorator_of(function)
                self.removed += _dropped(decorator)
        for node in ast.walk(self.tree):
            branch = self.words.server_branch(node)
            if branch:
                self.removed += branch

    def names_of(self, statement: ast.stmt) -> list[str]:
        """The names that a statement defines, where it does nothing else."""
        if isinstance(statement, ast.Import | ast.ImportFrom):
            return [bound_name(alias) for alias in statement.names]
        if statement in self.functions:
            return []  # a page calls it
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return [statement.name]
        targets: list[ast.expr] = []
        if isinstance(statement, ast.Assign):
            targets = statement.targets
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets = [statement.target]
        elif isinstance(statement, ast.TypeAlias):
            targets = [statement.name]
        names = [name.id for target in targets for name in _plain_names(target)]
        return names if len(names) >= len(targets) else []

    def prune(self, wanted: frozenset[str]) -> bool:
        """Let go what only removed code names, but for what other modules want; whether any went.

        What nobody names stays: it may be there for its own sake.
        """
        kept = self.kept_names() | wanted | self._exported()
        gone = {name for node in self.removed for name in names_in(node)}
        gone |= {
            name
            for statement in self.tree.body
            if self._is_pruned(statement)
            for name in names_in(statement)
        }
        before = len(self.pruned)
        for statement in self.tree.body:
            for name in self.names_of(statement):
                if name in gone and name not in kept and name not in self.pruned:
                    self.pruned[name] = statement.lineno
        return len(self.pruned) > before

    def _is_pruned(self, statement: ast.stmt) -> bool:
        names = self.names_of(statement)
        return bool(names) and all(name in self.pruned for name in names)

    def _exported(self) -> set[str]:
        for statement in self.tree.body:
            if isinstance(statement, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "__all__"
                for target in statement.targets
            ):
                return {
                    node.value
                    for node in ast.walk(statement.value)
                    if isinstance(node, ast.Constant) and isinstance(node.value, str)
                }
        return set()

    # --- what stays ---

    def kept_nodes(self) -> Iterator[tuple[ast.stmt, ast.AST]]:
        """Every node that a page gets, each with the top-level statement that it stands in."""
        removed = {id(node) for node in self.removed}
        for statement in self.tree.body:
            if self._is_pruned(statement):
                continue
            ahead: list[ast.AST] = [statement]
            while ahead:
                node = ahead.pop()
                if id(node) in removed:
                    continue
                yield statement, node
                ahead += ast.iter_child_nodes(node)

    def kept_names(self) -> set[str]:
        """The names that kept code names; a definition that names itself does not count."""
        found = set()
        for statement, node in self.kept_nodes():
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store):
                own = getattr(statement, "name", "") if statement not in self.functions else ""
                if node.id != own:
                    found.add(node.id)
        return found

    def kept_imports(self) -> Iterator[tuple[ast.stmt, str, str]]:
        """The imports that a page runs: the statement, the module, the name that is taken of it."""
        for _, node in self.kept_nodes():
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if bound_name(alias) not in self.pruned:
                        yield node, alias.name, ""
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                for alias in node.names:
                    if bound_name(alias) not in self.pruned:
                        yield node, base, alias.name

    def named_modules(self, *, is_kept: bool) -> set[str]:
        """The modules that it imports: all of them, or those that a page needs of it."""
        found = set()
        if is_kept:
            taken = [(module, name) for _, module, name in self.kept_imports()]
            texts = [node for _, node in self.kept_nodes() if isinstance(node, ast.Constant)]
            found = {each.value.partition(":")[0] for each in texts if isinstance(each.value, str)}
        else:
            taken = []
            for node in ast.walk(self.tree):
                if isinstance(node, ast.Import):
                    taken += [(alias.name, "") for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    taken += [(self._base(node), alias.name) for alias in node.names]
        for module, name in taken:
            parts = [*module.split("."), name]
            found |= {".".join(parts[:count]) for count in range(1, len(parts) + 1)}
        return found

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        is_package = self.path.endswith("__init__.py")
        parts = self.module.split(".")[: len(self.module.split(".")) - node.level + is_package]
        return ".".join([*parts, *([node.module] if node.module else [])])

    # --- the text ---

    def client_text(self) -> str:
        """What a page gets: the same lines, without what is the server's."""
        if not self.is_split:
            return self.source
        edits = Edits(self.source)
        for statement in self.tree.body:
            if self._is_pruned(statement):
                edits.replace(statement, "pass")
            elif isinstance(statement, ast.Import | ast.ImportFrom):
                self._thin(edits, statement)
        for function in self.functions:
            self._strip(edits, function)
        for node in ast.walk(self.tree):
            branch = self.words.server_branch(node)
            if branch and isinstance(node, ast.IfExp):
                edits.replace(branch[0], "(None)", inside=")")
            elif branch:
                start, end = edits.span(branch[0])[0], edits.span(branch[-1])[1]
                edits.cut(start, end, "pass")
        return without_comments(edits.text())

    def _thin(self, edits: Edits, statement: ast.Import | ast.ImportFrom) -> None:
        """Leave out the names of an import that nobody needs any more."""
        kept = [alias for alias in statement.names if bound_name(alias) not in self.pruned]
        if len(kept) < len(statement.names):
            thin = ast.unparse(
                ast.Import(kept)
                if isinstance(statement, ast.Import)
                else ast.ImportFrom(statement.module, kept, statement.level)
            )
            edits.replace(statement, thin)

    def _strip(self, edits: Edits, node: ast.AsyncFunctionDef) -> None:
        """Leave a function's signature, and of its decorator what a page has to know."""
        decorator = self.words.decorator_of(node)
        assert decorator is not None  # noqa: S101 - that is how it was found
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        given = decorator.keywords if isinstance(decorator, ast.Call) else []
        kept = [each for each in given if each.arg in PAGE_OPTIONS]
        kept.append(ast.keyword("module", ast.Constant(self.module)))
        edits.replace(decorator, ast.unparse(ast.Call(called, [], kept)), inside=")")
        if self.words.is_local(node):
            return
        returns = node.returns
        assert returns is not None  # noqa: S101 - others were refused
        assert returns.end_lineno is not None  # noqa: S101 - a parser's nodes have one
        line = self.source.splitlines()[returns.end_lineno - 1]
        column = len(line.encode()[: returns.end_col_offset].decode())
        row, behind = colon_after(self.source, returns.end_lineno, column)
        text = self.source.splitlines()[row - 1]
        start = edits.at(row, len(text[:behind].encode()))
        edits.cut(start, edits.span(node)[1], " ...")


class _Words:
    """What a module calls `server` and `SERVER`."""

    def __init__(self, tree: ast.Module) -> None:
        self._decorators: set[str] = set()
        self._flags: set[str] = set()
        self._modules: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and not node.level:
                for alias in node.names:
                    name = bound_name(alias)
                    if (node.module, alias.name) == ("gossamer.server", "server"):
                        self._decorators.add(name)
                    elif (node.module, alias.name) == ("gossamer.server", "SERVER"):
                        self._flags.add(name)
                    elif (node.module, alias.name) == ("gossamer", "server"):
                        self._modules.add(name)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name == "gossamer.server":
                        self._modules.add(alias.asname or alias.name)

    def _means(self, node: ast.AST, names: set[str], attribute: str) -> bool:
        if isinstance(node, ast.Name):
            return node.id in names
        return (
            isinstance(node, ast.Attribute)
            and node.attr == attribute
            and ast.unparse(node.value) in self._modules
        )

    def decorator_of(self, node: ast.AST) -> ast.expr | None:
        """The decorator that makes a function the server's."""
        for decorator in getattr(node, "decorator_list", ()):
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if self._means(called, self._decorators, "server"):
                found: ast.expr = decorator
                return found
        return None

    def is_local(self, node: ast.AST) -> bool:
        """Whether a function runs in the page after all."""
        return self.has_option(node, "local")

    def has_option(self, node: ast.AST, name: str) -> bool:
        """Whether a server function's decorator says yes to an option."""
        decorator = self.decorator_of(node)
        return isinstance(decorator, ast.Call) and any(
            each.arg == name and isinstance(each.value, ast.Constant) and each.value.value
            for each in decorator.keywords
        )

    def server_branch(self, node: ast.AST) -> list[ast.AST]:
        """What of a condition only the server runs."""
        if not isinstance(node, ast.If | ast.IfExp):
            return []
        body, orelse = _branches(node)
        test = node.test
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return orelse if self._means(test.operand, self._flags, "SERVER") else []
        operands = test.values if isinstance(test, ast.BoolOp) else [test]
        is_and = not isinstance(test, ast.BoolOp) or isinstance(test.op, ast.And)
        if is_and and any(self._means(each, self._flags, "SERVER") for each in operands):
            return body
        return []


def module_of(path: str) -> str:
    """The name by which a file of an app is imported.

    >>> module_of("shop/cart.py"), module_of("shop/__init__.py")
    ('shop.cart', 'shop')
    """
    parts = path.removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def bound_name(alias: ast.alias) -> str:
    """The name that an import gives."""
    return alias.asname or alias.name.partition(".")[0]


def names_in(node: ast.AST) -> set[str]:
    """The names that code reads."""
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _branches(node: ast.If | ast.IfExp) -> tuple[list[ast.AST], list[ast.AST]]:
    if isinstance(node, ast.If):
        return [*node.body], [*node.orelse]
    return [node.body], [node.orelse]


def _plain_names(target: ast.expr) -> list[ast.Name]:
    if isinstance(target, ast.Name):
        return [target]
    if isinstance(target, ast.Tuple | ast.List):
        return [name for each in target.elts for name in _plain_names(each)]
    return []


def _dropped(decorator: ast.expr | None) -> list[ast.keyword]:
    """What of a decorator stays on the server."""
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    return [each for each in given if each.arg not in PAGE_OPTIONS]
