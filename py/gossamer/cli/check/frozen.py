"""Values that are read or called once, where the page should follow them or wait."""

import ast
from collections.abc import Iterator

from gossamer.cli.check.meanings import Meanings, Module, Plain, Reading, Real, Writing
from gossamer.cli.check.scopes import Scope
from gossamer.errors import GossamerError
from gossamer.view.component import Component

_LATER = (ast.Lambda, ast.GeneratorExp, ast.TemplateStr)
_AT_ONCE = (ast.ListComp, ast.SetComp, ast.DictComp)


class Frozen:
    """Looks for such values in one module."""

    def __init__(self, module: Module, meanings: Meanings) -> None:
        self.module = module
        self.meanings = meanings

    def reads(
        self, value: ast.expr, text: str, scope: Scope
    ) -> Iterator[tuple[ast.expr, GossamerError]]:
        """The reads in a hole's expression that happen once, with what to write instead."""
        if not self._runs_once(scope):
            return
        for call in self._read_calls(value, scope):
            source = ast.unparse(call.func)
            if call is value:
                instead = f"{{{source}}}" if text else source
            else:
                instead = f"{{(lambda: {text})}}" if text else f"lambda: {ast.unparse(value)}"
                instead = "a lambda or a memo" if "\n" in instead else f"{instead}, or a memo"
            yield (
                call,
                GossamerError(
                    f"{source}() is read once, so the page will not follow it.",
                    why="What stands in braces is evaluated when its line runs, and that is once."
                    if text
                    else "An argument is evaluated when its line runs, and that is once.",
                    fix=f"Write {instead}; or {source}.peek() for the value of that moment.",
                ),
            )

    def _runs_once(self, scope: Scope) -> bool:
        """Whether code runs once and untracked: in a module, or directly in a component."""
        while isinstance(scope.node, _AT_ONCE) and scope.outer is not None:
            scope = scope.outer
        if isinstance(scope.node, (ast.FunctionDef, ast.AsyncFunctionDef)) and scope.outer:
            made = self.meanings.of_function(scope.node, scope.outer, self.module)
            return isinstance(made, Component)
        return isinstance(scope.node, ast.Module)

    def _read_calls(self, node: ast.AST, scope: Scope) -> Iterator[ast.Call]:
        """Calls of what can be followed, but not those that somebody else decides on."""
        if isinstance(node, _LATER):
            return
        if isinstance(node, ast.Call):
            meaning = self.meanings.of(node.func, scope, self.module)
            if isinstance(meaning, Reading) and not node.args and not node.keywords:
                yield node
                return
            is_ours = isinstance(meaning, Real) and _is_of_gossamer(meaning.value)
            if is_ours or isinstance(meaning, Component):
                return  # a prop may be the value of the moment
        for part in ast.iter_child_nodes(node):
            yield from self._read_calls(part, scope)

    def call(self, value: ast.expr, scope: Scope) -> GossamerError | None:
        """What is wrong with a handler that is called while the view is made."""
        if not isinstance(value, ast.Call):
            return None
        meaning = self.meanings.of(value.func, scope, self.module)
        if not isinstance(meaning, Writing) and not _gives_nothing(meaning):
            return None
        source = ast.unparse(value.func)
        handler = f"lambda: {ast.unparse(value)}" if value.args or value.keywords else source
        return GossamerError(
            f"{source}() is called while the view is made, not at the event.",
            why="It gives nothing, so nothing is left to be called when the event comes.",
            fix=f"Write {{({handler})}}." if handler != source else f"Write {{{source}}}.",
        )


def _gives_nothing(meaning: object) -> bool:
    """Whether a function surely returns None."""
    if not isinstance(meaning, Plain) or not isinstance(meaning.node, ast.FunctionDef):
        return False
    waiting: list[ast.AST] = list(meaning.node.body)
    for node in waiting:
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return False
        if isinstance(node, ast.Return) and node.value is not None:
            return False
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))
    return True


def _is_of_gossamer(value: object) -> bool:
    """Whether an object, or its class, is made by gossamer."""
    module = getattr(value, "__module__", None) or type(value).__module__
    return module.partition(".")[0] == "gossamer"
