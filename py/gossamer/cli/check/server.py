"""Mistakes between the server's half of an app and the page's."""

import ast
from collections.abc import Iterator, Mapping

from gossamer.cli.check.findings import Finding
from gossamer.cli.split.program import Program, is_server_only
from gossamer.cli.split.project import Project
from gossamer.cli.split.rules import check_functions
from gossamer.errors import SplitError

ENVIRONMENT = ("os.environ", "os.getenv")


def server_findings(texts: Mapping[str, str]) -> Iterator[Finding]:
    """What keeps modules from being taken apart, and what of the server a page would get."""
    programs = {}
    for file, text in texts.items():
        if "gossamer" in text and "server" in text and not is_server_only(file, text):
            programs[file] = Program(file, text)
    if not programs:
        return
    faults = [error for program in programs.values() for error in check_functions(program)]
    yield from map(_finding, faults)
    if faults:
        return
    try:
        project = Project(texts)
    except SplitError as error:
        yield _finding(error)
        return
    for file in programs:
        if project.client_text(file) is not None:
            yield from _secrets(project.programs[file])


def _finding(error: SplitError) -> Finding:
    what = error.what.partition(": ")[2]
    return Finding(error.file, error.line, 1, "split", what, error.why, error.fix)


def _secrets(program: Program) -> Iterator[Finding]:
    """The places where what a page gets reads the environment, of a module with functions."""
    for _, node in program.kept_nodes():
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ENVIRONMENT:
            yield Finding(
                program.path,
                node.lineno,
                node.col_offset + 1,
                "server-secret",
                f"{ast.unparse(node)} is read in what a page gets.",
                "The name stands in the page's source, and a page has no such environment.",
                "Read it in a server function, or below `if SERVER:`.",
            )
