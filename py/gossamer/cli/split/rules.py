"""What a server function has to be, as its source shows it."""

import ast

from gossamer.cli.split.program import Program
from gossamer.errors import SplitError

UNSAYABLE = {"Any", "object", "complex", "Callable", "Iterator", "Iterable", "Generator"}
BARE = {"list", "dict", "set", "frozenset", "tuple"}
Declared = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def check_functions(program: Program) -> list[SplitError]:
    """What is wrong with a module's server functions, each with its line."""
    found = []
    top = set(map(id, program.tree.body))
    for node in ast.walk(program.tree):
        if program.words.decorator_of(node) is None:
            continue
        assert isinstance(node, Declared)  # noqa: S101 - nothing else has decorators
        fault = _fault_of(node, is_top=id(node) in top)
        if fault is not None:
            what, why, fix = fault
            found.append(SplitError(program.path, node.lineno, what, why=why, fix=fix))
    return found


def _fault_of(node: Declared, *, is_top: bool) -> tuple[str, str, str] | None:
    name = node.name
    if not is_top:
        return (
            f"@server stands at {name}, which is no function of the module.",
            "Page and server find it by its module and its name.",
            "Move it to the top level of its module.",
        )
    if not isinstance(node, ast.AsyncFunctionDef):
        return (
            f"@server stands at {name}, which is no async function.",
            "A call goes over the network, so a page has to await it.",
            f"Write `async def {name}`.",
        )
    given = node.args
    if given.vararg or given.kwarg or given.posonlyargs:
        return (
            f"{name} takes arguments that have no names.",
            "Forms and calls say each argument by its name.",
            "Give each parameter a name and a type of its own.",
        )
    if node.returns is None:
        return (
            f"{name} does not say what it gives.",
            "Both sides turn values into text and back by their types.",
            "Annotate it, as in `-> None`.",
        )
    for parameter in (*given.args, *given.kwonlyargs):
        if parameter.annotation is None:
            return (
                f"{name} does not say of what type its parameter {parameter.arg} is.",
                "Both sides turn values into text and back by their types.",
                "Annotate it.",
            )
    annotations = [each.annotation for each in (*given.args, *given.kwonlyargs)]
    for annotation in (*annotations, node.returns):
        text = ast.unparse(annotation) if annotation is not None else ""
        if text.rpartition(".")[2] in UNSAYABLE or text in BARE or text.startswith(("'", '"')):
            return (
                f"Values of type {text}, which {name} names, cannot travel.",
                "Both sides have to know what a value consists of.",
                "Say what is in it, as in list[str], or write a dataclass.",
            )
    return None
