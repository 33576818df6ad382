"""What a name stands for: a component, a signal, a function of gossamer."""

import ast
import builtins
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType, ModuleType

from gossamer.cli.check.scopes import (
    Assigned,
    Binding,
    Function,
    Imported,
    Parameter,
    Scope,
    Scopes,
)
from gossamer.cli.check.templates import Lines
from gossamer.errors import PropError
from gossamer.reactive import Memo, ReadSignal, Signal, Store, memo, signal, store
from gossamer.view.component import Component, component


@dataclass(eq=False)
class Module:
    """A file of the project, read."""

    file: str
    folder: str
    tree: ast.Module
    lines: Lines
    scopes: Scopes


@dataclass(frozen=True)
class Real:
    """An object of gossamer itself, or of Python's."""

    value: object


@dataclass(frozen=True)
class Reading:
    """What gives a value that changes when it is called: a signal, a memo, a place in a store."""

    is_store: bool = False
    is_written: bool = False
    """Whether it has `set` and `update`."""


@dataclass(frozen=True)
class Writing:
    """The writing half of a signal."""


@dataclass(frozen=True)
class Pair:
    """What `signal()` gives."""


@dataclass(frozen=True)
class Plain:
    """A function that is no component, or a constant."""

    node: ast.AST


@dataclass(frozen=True)
class Undefined:
    """A name that nothing binds."""


@dataclass(frozen=True)
class Wrong:
    """A component that cannot be one."""

    error: PropError


type Meaning = Component[...] | Real | Reading | Writing | Pair | Plain | Undefined | Wrong | Module

_READERS = {"ReadSignal": Reading(), "Memo": Reading()}
_READERS |= {"Signal": Reading(is_written=True), "Store": Reading(is_store=True, is_written=True)}


class Meanings:
    """Looks names up, through the modules of a project."""

    def __init__(self, find_module: Callable[[Imported, Module], Module | None]) -> None:
        self._find_module = find_module
        self._functions: dict[ast.AST, Meaning | None] = {}
        self._asked: set[tuple[Scope, str]] = set()

    def of(self, node: ast.expr, scope: Scope, module: Module) -> Meaning | None:
        """What an expression stands for; None if that is not known."""
        match node:
            case ast.Name(id=name):
                return self.of_name(name, scope, module)
            case ast.Attribute(value=value, attr=name):
                return self._of_attribute(self.of(value, scope, module), name)
            case ast.Subscript(value=value):
                base = self.of(value, scope, module)
                return base if isinstance(base, Real) or is_store(base) else None
            case ast.Call(func=function):
                return _of_call(self.of(function, scope, module))
            case ast.Constant():
                return Plain(node)
        return None

    def of_name(self, name: str, scope: Scope, module: Module) -> Meaning | None:
        """What a name stands for, where it is bound once."""
        found = scope.find(name)
        if found is None:
            if hasattr(builtins, name):
                return Real(getattr(builtins, name))
            implicit = name.startswith("__") or scope.outermost.has_star
            return None if implicit else Undefined()
        where, bindings = found
        if len(bindings) != 1 or (where, name) in self._asked:
            return None
        self._asked.add((where, name))
        try:
            return self._of_binding(bindings[0], where, module)
        finally:
            self._asked.discard((where, name))

    def _of_binding(self, binding: Binding, scope: Scope, module: Module) -> Meaning | None:
        match binding:
            case Assigned(value, None):
                return self.of(value, scope, module)
            case Assigned(value, position):
                if isinstance(self.of(value, scope, module), Pair):
                    return Writing() if position else Reading()
            case Imported():
                return self._of_import(binding, module)
            case Parameter(annotation):
                return self._of_annotation(annotation, scope, module)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return self.of_function(binding, scope, module)
        return None

    def _of_import(self, binding: Imported, module: Module) -> Meaning | None:
        top = binding.module.partition(".")[0]
        if not binding.level and top == "gossamer":
            return _imported(binding)
        found = self._find_module(binding, module)
        if found is None or binding.name is None:
            return found
        if binding.name in found.scopes.module.names:
            return self.of_name(binding.name, found.scopes.module, found)
        inner = Imported(f"{binding.module}.{binding.name}".strip("."), binding.level, None)
        return self._find_module(inner, module)

    def _of_annotation(
        self, annotation: ast.expr | None, scope: Scope, module: Module
    ) -> Meaning | None:
        if isinstance(annotation, ast.Subscript):
            annotation = annotation.value
        if annotation is None or not isinstance(annotation, (ast.Name, ast.Attribute)):
            return None
        kind = self.of(annotation, scope, module)
        return _READERS.get(kind.value.__name__) if _is_reader_class(kind) else None  # type: ignore[union-attr] # a class

    def _of_attribute(self, base: Meaning | None, name: str) -> Meaning | None:
        match base:
            case Module():
                return self.of_name(name, base.scopes.module, base)
            case Real(ModuleType() as value):
                return _object(getattr(value, name)) if hasattr(value, name) else Undefined()
            case Reading(is_store=True) if not hasattr(Store, name):
                return base
            case Reading(is_written=True) if name in ("set", "update", "notify"):
                return Writing()
        return None

    def of_function(self, node: Function, scope: Scope, module: Module) -> Meaning | None:
        """What a function is, that is defined in a scope."""
        if node not in self._functions:
            self._functions[node] = self._of_function(node, scope, module)
        return self._functions[node]

    def _of_function(self, node: Function, scope: Scope, module: Module) -> Meaning | None:
        decorators = [self.of(each, scope, module) for each in node.decorator_list]
        if not decorators:
            return Plain(node)
        if any(isinstance(each, Real) and each.value is memo for each in decorators):
            return Reading()
        if decorators == [Real(component)]:
            try:
                return component(signature_of(node))
            except PropError as error:
                return Wrong(error)
        return None


def is_store(meaning: Meaning | None) -> bool:
    """Whether something is a store or a place in one."""
    return isinstance(meaning, Reading) and meaning.is_store


def _is_reader_class(meaning: Meaning | None) -> bool:
    return isinstance(meaning, Real) and meaning.value in (ReadSignal, Signal, Memo, Store)


def _of_call(function: Meaning | None) -> Meaning | None:
    """What a call of gossamer's gives."""
    if not isinstance(function, Real):
        return None
    if function.value is signal:
        return Pair()
    if function.value is store:
        return Reading(is_store=True, is_written=True)
    if function.value is memo or function.value is Memo:
        return Reading()
    return Reading(is_written=True) if function.value is Signal else None


def _imported(binding: Imported) -> Meaning | None:
    """An object of gossamer, or of one of its modules."""
    try:
        found: object = importlib.import_module(binding.module)
        if binding.name is not None and hasattr(found, binding.name):
            found = getattr(found, binding.name)
        elif binding.name is not None:
            found = importlib.import_module(f"{binding.module}.{binding.name}")
    except ModuleNotFoundError as error:
        ours = (error.name or "").partition(".")[0] == "gossamer"
        return Undefined() if ours else None  # else it needs what only a browser has
    return _object(found)


def _object(value: object) -> Meaning:
    return value if isinstance(value, Component) else Real(value)


def signature_of(node: Function) -> FunctionType:
    """A function with these parameters and nothing in it, so that a component can be made of it."""
    arguments = ast.arguments(
        posonlyargs=[ast.arg(each.arg) for each in node.args.posonlyargs],
        args=[ast.arg(each.arg) for each in node.args.args],
        vararg=node.args.vararg and ast.arg(node.args.vararg.arg),
        kwonlyargs=[ast.arg(each.arg) for each in node.args.kwonlyargs],
        kw_defaults=[],
        kwarg=node.args.kwarg and ast.arg(node.args.kwarg.arg),
        defaults=[],
    )
    arguments.kw_defaults = [None for _ in arguments.kwonlyargs]
    empty = ast.FunctionDef(node.name, arguments, [ast.Pass()], [], type_params=[])
    whole = ast.fix_missing_locations(ast.Module([empty], []))
    made = compile(whole, "signature", "exec")
    code = next(each for each in made.co_consts if hasattr(each, "co_name"))
    function = FunctionType(code, {}, node.name, (None,) * len(node.args.defaults))
    function.__kwdefaults__ = {
        argument.arg: None
        for argument, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        if default is not None
    }
    return function
