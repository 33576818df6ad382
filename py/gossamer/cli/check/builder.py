"""Calls of `gossamer.elements`, made and parsed as the run time does."""

import ast

from gossamer.cli.check.meanings import Meanings, Module, Real
from gossamer.errors import GossamerError
from gossamer.template.parser import parse
from gossamer.template.spec import VOID
from gossamer.view.element import Element, Tag, lower


class _Value:
    """Stands for a value that only a run would know."""


_VALUE = _Value()


class Builders:
    """Makes the elements of one module, with stand-ins for their values."""

    def __init__(self, module: Module, meanings: Meanings) -> None:
        self.module = module
        self.meanings = meanings
        self._made: dict[ast.Call, Element | GossamerError] = {}

    def error_of(self, call: ast.Call) -> GossamerError | None:
        """What is wrong with an element, if all in it is right."""
        made = self._make(call)
        return made if isinstance(made, GossamerError) else None

    def _make(self, call: ast.Call) -> Element | GossamerError | None:
        """An element or what is wrong with it; None for the call of something else."""
        if call in self._made:
            return self._made[call]
        meaning = self.meanings.of(call.func, self.module.scopes.of[call], self.module)
        if not isinstance(meaning, Real) or not isinstance(meaning.value, Tag):
            return None
        tag = meaning.value
        children: list[object] = []
        for argument in call.args:
            child = self._value(argument)
            if child is not _VALUE or tag.name not in VOID:  # it may be a dict of attributes
                children.append(child)
        attributes = {each.arg: self._value(each.value) for each in call.keywords if each.arg}
        made: Element | GossamerError
        try:
            made = tag(*children, **attributes)
            parse(lower(made)[0])
        except GossamerError as error:
            made = error
        self._made[call] = made
        return made

    def _value(self, node: ast.expr) -> object:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Call):
            made = self._make(node)
            return made if isinstance(made, Element) else _VALUE
        if isinstance(node, ast.Dict):
            names = [key.value for key in node.keys if isinstance(key, ast.Constant)]
            return {name: _VALUE for name in names if isinstance(name, str)}
        return _VALUE
