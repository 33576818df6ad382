"""What may be wrong in one module, asked of the same code that runs it."""

import ast
import re
from collections.abc import Iterator
from string.templatelib import Template as Markup
from typing import cast

from gossamer.cli.check.builder import Builders
from gossamer.cli.check.findings import Finding
from gossamer.cli.check.frozen import Frozen
from gossamer.cli.check.meanings import (
    Meanings,
    Module,
    Plain,
    Real,
    Undefined,
    Wrong,
    signature_of,
)
from gossamer.cli.check.repair import errors_of
from gossamer.cli.check.scopes import Imported, Scope
from gossamer.cli.check.templates import Place, Template, template_of
from gossamer.errors import GossamerError
from gossamer.template.shape import (
    CLASS,
    COMPONENT,
    DIRECTIVE,
    EVENT,
    REF,
    STYLE,
    ComponentPayload,
    Hole,
    Shape,
)
from gossamer.view.component import Component
from gossamer.view.control import AnimatedShow, For, Match, Show
from gossamer.view.element import Tag
from gossamer.view.props import view_of_hole
from gossamer.view.view import view

_IGNORED = re.compile(r"#\s*gossamer:\s*ignore(?:\[([\w\s,-]+)\])?")
_QUOTED = re.compile(r"([\"'])[^\"']*\1")
_NAMED = re.compile(r"prop `(\w+)`")
_LIVE_PROPS = {Show: ("when",), Match: ("when",), AnimatedShow: ("when",), For: ("each",)}
"""Props of gossamer's own components that follow what they are given."""


class Checker:
    """One module under the rules."""

    def __init__(self, module: Module, meanings: Meanings) -> None:
        self.module = module
        self.meanings = meanings
        self.builders = Builders(module, meanings)
        self.frozen = Frozen(module, meanings)

    def run(self) -> Iterator[Finding]:
        """All that is wrong, in no order."""
        if not any(map(_names_gossamer, ast.walk(self.module.tree))):
            return  # its t-strings may be anything
        for node in ast.walk(self.module.tree):
            if isinstance(node, ast.TemplateStr):
                found = self._template(node) if self._is_markup(node) else ()
            elif isinstance(node, ast.Call):
                found = self._call(node)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found = self._function(node)
            else:
                continue
            for finding in found:
                if not self._is_ignored(finding, self.module.scopes.statement.get(node)):
                    yield finding

    def _finding(self, place: Place, error: GossamerError, code: str = "") -> Finding:
        line, column = place
        return Finding(
            self.module.file, line, column, code or error.code, error.what, error.why, error.fix
        )

    def _is_ignored(self, finding: Finding, statement: int | None) -> bool:
        """Whether a comment there, or where the statement begins, says so."""
        for number in {finding.line, statement or finding.line}:
            match = _IGNORED.search(self.module.lines.lines[number - 1])
            if match and (match[1] is None or finding.code in re.split(r"[\s,]+", match[1])):
                return True
        return False

    def _is_markup(self, node: ast.TemplateStr) -> bool:
        """Whether a t-string is a view: not what is handed to another package's function."""
        call = self.module.scopes.called_with.get(node)
        if call is None:
            return True
        callee = call.func
        while isinstance(callee, (ast.Attribute, ast.Subscript)):
            callee = callee.value
        if not isinstance(callee, ast.Name):
            return True
        found = self.module.scopes.of[call].find(callee.id)
        binding = found[1][0] if found else None
        if not isinstance(binding, Imported) or binding.module.partition(".")[0] == "gossamer":
            return True
        return self.meanings.of(call.func, self.module.scopes.of[call], self.module) is not None

    def _template(self, node: ast.TemplateStr) -> Iterator[Finding]:
        template = template_of(node, self.module.lines)
        scope = self.module.scopes.of[node]
        errors, shape, lost = errors_of(template.strings)
        for error in errors:
            yield self._finding(template.place_of_offset(error.offset), error)
        for hole in _holes_of(shape) if shape else ():
            if hole.first in lost:
                continue
            if hole.kind == COMPONENT:
                yield from self._component_tag(hole, template, scope)
            elif hole.kind == EVENT:
                yield from self._handler(template.holes[hole.first].value, scope)
            elif hole.kind not in (REF, DIRECTIVE):
                for index in _values_of(hole):
                    yield from self._live(template.holes[index], scope)

    def _component_tag(self, hole: Hole, template: Template, scope: Scope) -> Iterator[Finding]:
        given = template.holes[hole.first]
        meaning = self.meanings.of(given.value, scope, self.module)
        place = template.lines.start(given)
        if isinstance(meaning, Undefined):
            yield self._finding(place, _unknown(given.str), "unknown-component")
            return
        if not isinstance(meaning, (Component, Plain)):
            return
        values: list[object] = [None] * len(template.holes)
        values[hole.first] = meaning if isinstance(meaning, Component) else _value_of(meaning)
        props, spreads, _, closing = cast("ComponentPayload", hole.payload)
        if closing >= 0:
            other = self.meanings.of(template.holes[closing].value, scope, self.module)
            values[closing] = other if isinstance(other, Component) else values[hole.first]
            if values[closing] != values[hole.first]:
                place = template.lines.start(template.holes[closing])
        names = {name.replace("-", "_") for name, _ in props}
        required = meaning.required if isinstance(meaning, Component) else ()
        for index in spreads:
            values[index] = {name: None for name in required if name not in names}
        try:
            view_of_hole(hole, tuple(values))
        except GossamerError as error:
            named = _NAMED.search(error.what)
            where = _prop_at(template, hole.first, named[1]) if named else None
            yield self._finding(where or place, error)
        live = _LIVE_PROPS.get(meaning, ()) if isinstance(meaning, Component) else ()
        for name, value in props:
            if name in live and isinstance(value, tuple):
                yield from self._live(template.holes[value[1]], scope)

    def _live(self, hole: ast.Interpolation, scope: Scope) -> Iterator[Finding]:
        for node, error in self.frozen.reads(hole.value, hole.str.strip(), scope):
            yield self._finding(self.module.lines.start(node), error, "frozen-read")

    def _handler(self, value: ast.expr, scope: Scope) -> Iterator[Finding]:
        error = self.frozen.call(value, scope)
        if error is not None:
            yield self._finding(self.module.lines.start(value), error, "called-handler")

    def _call(self, node: ast.Call) -> Iterator[Finding]:
        scope = self.module.scopes.of[node]
        meaning = self.meanings.of(node.func, scope, self.module)
        place = self.module.lines.start(node)
        if isinstance(meaning, Real) and isinstance(meaning.value, Tag):
            error = self.builders.error_of(node)
            if error is not None:
                yield self._finding(place, error)
            yield from self._builder_values(node, scope)
        is_spread = any(isinstance(each, ast.Starred) for each in node.args) or any(
            keyword.arg is None for keyword in node.keywords
        )
        try:
            if isinstance(meaning, Component) and not is_spread:
                meaning(*[None] * len(node.args), **{str(each.arg): None for each in node.keywords})
            elif meaning == Real(view) and node.args and _is_text(node.args[0]):
                view(cast("Markup", ""))
        except GossamerError as error:
            yield self._finding(place, error)

    def _builder_values(self, node: ast.Call, scope: Scope) -> Iterator[Finding]:
        for value in (*node.args, *(each.value for each in node.keywords)):
            for found, error in self.frozen.reads(value, "", scope):
                yield self._finding(self.module.lines.start(found), error, "frozen-read")
        for keyword in node.keywords:
            if (keyword.arg or "").startswith("on_"):
                yield from self._handler(keyword.value, scope)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Finding]:
        scope = self.module.scopes.of[node]
        meaning = self.meanings.of_function(node, scope, self.module)
        if isinstance(meaning, Wrong):
            yield self._finding(
                self.module.lines.place(node.lineno, node.col_offset), meaning.error
            )


def _names_gossamer(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] == "gossamer"
    return isinstance(node, ast.Import) and any(
        alias.name.partition(".")[0] == "gossamer" for alias in node.names
    )


def _holes_of(shape: Shape) -> Iterator[Hole]:
    """The holes of a shape, and those between the tags of its components."""
    for hole in shape.holes:
        yield hole
        if hole.kind == COMPONENT:
            children = cast("ComponentPayload", hole.payload)[2]
            if isinstance(children, Shape):
                yield from _holes_of(children)


def _values_of(hole: Hole) -> Iterator[int]:
    """The numbers of the values that a hole shows."""
    if hole.kind in (CLASS, STYLE):
        for _, first, parts in cast(
            "tuple[tuple[str, int, tuple[str, ...] | None], ...]", hole.payload
        ):
            yield from range(first, first + (len(parts) - 1 if parts else 1))
    else:
        yield from range(hole.first, hole.first + (len(hole.parts) - 1 if hole.parts else 1))


def _prop_at(template: Template, first: int, name: str) -> Place | None:
    """Where a prop is named in the tag that begins at a hole; None if it is not."""
    for index in range(first + 1, len(template.strings)):
        text = _QUOTED.sub(lambda match: "x" * len(match[0]), template.strings[index])
        spelled = re.escape(name).replace("_", "[_-]")
        match = re.search(rf"(?<=[\s/]){spelled}(?=[\s=/>]|$)", text)
        end = text.find(">")
        if match and (end < 0 or match.start() < end):
            return template.place(index, match.start())
        if end >= 0:
            return None
    return None


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _value_of(meaning: Plain) -> object:
    """What stands in a tag that is no component: a constant, or a function of its parameters."""
    node = meaning.node
    if isinstance(node, ast.Constant):
        return node.value
    return signature_of(cast("ast.FunctionDef", node))


def _unknown(name: str) -> GossamerError:
    return GossamerError(
        f"<{{{name}}}> is not defined.",
        why=f"Nothing of the name {name} is made or imported here.",
        fix=f"Import {name}, or write the component: @component over def {name}().",
    )
