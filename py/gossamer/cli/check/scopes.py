"""Which scope a piece of code stands in, and what its names are bound to."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

type Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Assigned:
    """A name that an expression is assigned to; `position` counts in what it is unpacked from."""

    value: ast.expr
    position: int | None = None


@dataclass(frozen=True)
class Imported:
    """A name from another module; no `name` is the module itself."""

    module: str
    level: int
    name: str | None


@dataclass(frozen=True)
class Parameter:
    """A parameter of a function, with its annotation."""

    annotation: ast.expr | None


@dataclass(frozen=True)
class Other:
    """A name that is bound in a way that tells nothing: a loop, a pattern, an exception."""


type Binding = Function | ast.ClassDef | Assigned | Imported | Parameter | Other


@dataclass(eq=False)
class Scope:
    """A stretch of code with names of its own; `node` is what opens it."""

    node: ast.AST
    outer: Scope | None = None
    names: dict[str, list[Binding]] = field(default_factory=dict)
    elsewhere: dict[str, Scope] = field(default_factory=dict)
    """Names that `global` and `nonlocal` hand to another scope."""
    has_star: bool = False

    def bind(self, name: str, binding: Binding) -> None:
        """Note one more thing that a name is bound to."""
        if name in self.elsewhere:
            self.elsewhere[name].bind(name, Other())
        else:
            self.names.setdefault(name, []).append(binding)

    def around(self) -> Iterator[Scope]:
        """The scopes that a name is looked up in: this one, then those around that are no class."""
        yield self
        scope = self.outer
        while scope is not None:
            if not isinstance(scope.node, ast.ClassDef):
                yield scope
            scope = scope.outer

    def find(self, name: str) -> tuple[Scope, list[Binding]] | None:
        """Where a name is bound, and to what; None if nothing here binds it."""
        for scope in self.around():
            if name in scope.names:
                return scope, scope.names[name]
        return None

    @property
    def outermost(self) -> Scope:
        """The scope of the module."""
        return self if self.outer is None else self.outer.outermost


class Scopes(ast.NodeVisitor):
    """Finds the scope of each call, function and t-string in a module."""

    def __init__(self, tree: ast.Module) -> None:
        self.module = self.scope = Scope(tree)
        self.of: dict[ast.AST, Scope] = {}
        self.called_with: dict[ast.AST, ast.Call] = {}
        """The call that a template is handed to."""
        self.statement: dict[ast.AST, int] = {}
        """The line on which the statement around a node begins."""
        self._line = 1
        self.visit(tree)

    def visit(self, node: ast.AST) -> None:
        """Note where a node stands, then look into it."""
        if isinstance(node, ast.stmt):
            self._line = node.lineno
        if isinstance(node, (ast.Call, ast.TemplateStr, ast.FunctionDef, ast.AsyncFunctionDef)):
            self.of[node] = self.scope
            self.statement[node] = self._line
        super().visit(node)

    def _inside(self, node: ast.AST, *parts: ast.AST) -> None:
        self.scope = Scope(node, self.scope)
        for part in parts:
            self.visit(part)
        assert self.scope.outer is not None  # noqa: S101 - it was opened above
        self.scope = self.scope.outer

    def _visit_function(self, node: Function) -> None:
        self.scope.bind(node.name, node)
        for part in (*node.decorator_list, *_defaults(node.args)):
            self.visit(part)
        self._inside(node, node.args, *node.body)

    visit_FunctionDef = _visit_function
    visit_AsyncFunctionDef = _visit_function

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """A lambda has a scope of its own."""
        for part in _defaults(node.args):
            self.visit(part)
        self._inside(node, node.args, node.body)

    def visit_arguments(self, node: ast.arguments) -> None:
        """Parameters are bound in the function."""
        for argument in (*node.posonlyargs, *node.args, *node.kwonlyargs):
            self.scope.bind(argument.arg, Parameter(argument.annotation))
        for rest in (node.vararg, node.kwarg):
            if rest is not None:
                self.scope.bind(rest.arg, Other())

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """A class has a scope of its own, which its functions do not see."""
        self.scope.bind(node.name, node)
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part)
        self._inside(node, *node.body)

    def _visit_comprehension(
        self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
    ) -> None:
        made = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        self._inside(node, *node.generators, *made)

    visit_ListComp = _visit_comprehension
    visit_SetComp = _visit_comprehension
    visit_GeneratorExp = _visit_comprehension
    visit_DictComp = _visit_comprehension

    def visit_Call(self, node: ast.Call) -> None:
        """Remember what templates are handed to."""
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            self.called_with[argument] = node
        self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        """`import a.b` binds `a`; with `as`, the whole."""
        for alias in node.names:
            name = alias.name if alias.asname else alias.name.partition(".")[0]
            self.scope.bind(alias.asname or name, Imported(name, 0, None))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """A name from a module."""
        for alias in node.names:
            if alias.name == "*":
                self.module.has_star = True
            else:
                binding = Imported(node.module or "", node.level, alias.name)
                self.scope.bind(alias.asname or alias.name, binding)

    def visit_Assign(self, node: ast.Assign) -> None:
        """Names that a value, or a part of it, is assigned to."""
        self.visit(node.value)
        for target in node.targets:
            self._assign(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """As an assignment; without a value, the annotation is all that is known."""
        if node.value is not None:
            self.visit(node.value)
            self._assign(node.target, node.value)
        elif isinstance(node.target, ast.Name):
            self.scope.bind(node.target.id, Parameter(node.annotation))

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.scope.bind(target.id, Assigned(value))
        elif isinstance(target, (ast.Tuple, ast.List)):
            whole = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
            for position, part in enumerate(target.elts):
                if whole:
                    self._assign(part, value.elts[position])  # type: ignore[attr-defined] # has them
                elif isinstance(part, ast.Name):
                    self.scope.bind(part.id, Assigned(value, position))
                else:
                    self.visit(part)
        else:
            self.visit(target)

    def visit_Name(self, node: ast.Name) -> None:
        """A name that is written in any other way."""
        if not isinstance(node.ctx, ast.Load):
            self.scope.bind(node.id, Other())

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        """`:=` binds outside of comprehensions."""
        self.visit(node.value)
        scope = self.scope
        while scope.outer is not None and isinstance(
            scope.node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
        ):
            scope = scope.outer
        scope.bind(node.target.id, Other())

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """The name of an exception."""
        if node.name:
            self.scope.bind(node.name, Other())
        self.generic_visit(node)

    def _visit_capture(self, node: ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self.scope.bind(node.name, Other())
        self.generic_visit(node)

    visit_MatchAs = _visit_capture
    visit_MatchStar = _visit_capture

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        """The rest of a mapping."""
        if node.rest:
            self.scope.bind(node.rest, Other())
        self.generic_visit(node)

    def visit_TypeAlias(self, node: ast.TypeAlias) -> None:
        """The name of a type."""
        self.scope.bind(node.name.id, Other())

    def visit_Global(self, node: ast.Global) -> None:
        """Names of the module that a function writes."""
        for name in node.names:
            self.scope.elsewhere[name] = self.module

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        """Names of a function around that this one writes."""
        for name in node.names:
            found = self.scope.outer.find(name) if self.scope.outer is not None else None
            self.scope.elsewhere[name] = found[0] if found else self.module


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    """Default values run outside of the function."""
    return [part for part in (*arguments.defaults, *arguments.kw_defaults) if part is not None]
