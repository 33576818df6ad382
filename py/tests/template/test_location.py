"""The place of a template's mistake in the user's file, with and without the file."""

import ast
import importlib.util
import py_compile
import subprocess
import sys
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from gossamer.errors import TemplateError
from gossamer.template import parse, shape_of
from gossamer.view.view import view

from .reading import strings_of

type Place = tuple[str, int, int]
type Program = tuple[str, int, int]


def marked(source: str) -> Program:
    """A program without its mark `^`, and the line and column of the mark."""
    before, _, after = source.partition("^")
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def place_of(code: CodeType | str, name: str = "app.py") -> Place | None:
    """The place of the mistake in the template that a program makes; it may name it `made`."""
    if isinstance(code, str):
        code = compile(code, name, "exec")
    space: dict[str, Any] = {"view": view, "items": [1, 2]}
    with pytest.raises(TemplateError) as caught:
        exec(code, space)
        shape_of(space["made"].strings)
    return caught.value.place


PROGRAMS = {
    "in a call": 'view(t"<p>^<div></div></p>")',
    "at the beginning": 'view(t"^<p>")',
    "single quotes": "view(t'<p>^<div></div></p>')",
    "three quotes in one line": 'view(t"""<p>^<div></div></p>""")',
    "three single quotes": "view(t'''<p>^<div></div></p>''')",
    "raw": 'view(rt"<p>^<div></div></p>")',
    "raw, the other way": 'view(Tr"<p>^<div></div></p>")',
    "raw, three quotes": "view(rt'''<p>^<div></div></p>''')",
    "raw, before a value": "view(rt'<p>^<div>{1}</div></p>')",
    "on the first line of many": 'view(t"""<p>^<div>\n</div></p>""")',
    "on a later line": 'view(t"""\n  <p>\n    ^<div></div>\n  </p>\n""")',
    "before a value": 'x = 1\nview(t"<p>^<div>{x}</div></p>")',
    "after a value": 'x = 1\nview(t"<p>{x} ^<div></div></p>")',
    "between values": 'x = 1\nview(t"<p>{x}{x}a^<div>{x}</div></p>")',
    "after values, three quotes": 'x = 1\nview(t"""<p>{x}{x}a^<div></div></p>""")',
    "after a value, on a later line": 'x = 1\nview(t"""<p>{x}\n   ^<div></div></p>""")',
    "after a value of many lines": 'view(t"""<p>\n{[\n  1,\n]} b^<div></div></p>""")',
    "between values of many lines": 'view(t"""<p>{(\n1\n)} ^<div>{(\n2\n)}</div></p>""")',
    "after braces": 'view(t"<p>{{{1}}} {{}} ^<div></div></p>")',
    "before braces": 'view(t"<p>{{ ^<div>}} {1}</div></p>")',
    "after a value with a spec": 'view(t"<p>{1:>{3}}{2!r} ^<div></div></p>")',
    "after a template in a value": 'view(t"<p>{t\'<b>{1}{2}</b>\'}{3} ^<div></div></p>")',
    "in a template in a value": 'view(t"<p>{view(t\'<p>{1} ^<div></div></p>\')}</p>")',
    "after a lambda in a value": 'view(t"<p>{(lambda: t\'{1}{2}\')}^<div>{3}</div></p>")',
    "in a value": "view(t'<p>{1}^</{2}></p>')",
    "the second of two": 'view(t"<p></p>"); view(t"<p>^<div></div></p>")',
    "an attribute on a later line": 'view(t"""\n<p\n  title={1}\n  ^Title={2}></p>""")',
    "an unclosed tag": 'view(t"""\n^<p>\n<b>{1}</b>\n""")',
    "in a function": 'def make():\n    return t"<p>^<div></div></p>"\n\nmade = make()',
    "in a function that has returned": 'def make():\n    x = 1\n    return t"<p>{x} ^<div></div></p>"\n\nmade = make()\ndef other(): pass',
    "in a lambda": 'make = lambda: t"<p>^<div></div></p>"\nmade = make()',
    "in a nested function": 'def outer():\n    def inner():\n        return t"<p>^<div></div></p>"\n    return inner\n\nmade = outer()()',
    "in a comprehension": 'view([\n  t"<p>{x}^<div></div></p>"\n  for x in items][0])',
    "in a generator": 'def rows():\n    for x in items:\n        yield t"<p>{x}^<div></div></p>"\n\nmade = next(rows())',
    "in a class": 'class A:\n    view(t"<p>^<div></div></p>")',
    "in a method": 'class A:\n    def make(self):\n        return t"<p>^<div></div></p>"\n\nmade = A().make()',
    "in a coroutine": 'async def make():\n    return t"<p>^<div></div></p>"\n\ntry:\n    make().send(None)\nexcept StopIteration as stop:\n    made = stop.value',
    "in a default": 'def make(x=t"<p>^<div></div></p>"):\n    return x\n\nview(make())',
    # What the code does not tell: the place before it that it does tell.
    "after an escape": 'view(^t"<p>\\n<div></div></p>")',
    "after a named character": 'view(^t"<p>\\N{BULLET}<div></div></p>")',
    "after an escape, later": 'x = 1\nview(t"<p>\\n{x}^ \\t<div></div></p>")',
    "before an escape": 'view(^t"<p><div>\\n{1}</div></p>")',
    "in two pieces": 'view(^t"<p>"\n  t"<div></div></p>")',
    "in two pieces, after a value": 'view(t"<p>{1}^"\n  t"<div></div></p>")',
    "after a value that says its name": 'x = 1\nview(^t"<p><div>{x=}</div></p>")',
    "over the end of a line": 'view(^t"<p>\\\n<div></div></p>")',
}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_mistake_is_found_in_code_without_a_file(program: str) -> None:
    source, line, column = marked(program)

    assert place_of(source) == ("app.py", line, column)


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
@pytest.mark.parametrize("kind", ["source", "compiled"])
def test_a_mistake_is_found_in_a_module(kind: str, program: str, tmp_path: Path) -> None:
    source, line, column = marked(program)
    path = tmp_path / "user_page.py"
    path.write_text(f"from gossamer.view.view import view\nitems = [1, 2]\n{source}\n", "utf-8")
    file = path
    if kind == "compiled":
        file = path.with_suffix(".pyc")
        py_compile.compile(str(path), str(file), dfile=str(path), doraise=True)
        path.unlink()
    found = importlib.util.spec_from_file_location("user_page", file)
    assert found is not None
    assert found.loader is not None
    code = found.loader.get_code("user_page")  # type: ignore[attr-defined] # both loaders have it

    assert place_of(code) == (str(path), line + 2, column)


@pytest.mark.parametrize("names", [["a.py", "b.py"], ["b.py", "a.py"]])
def test_an_equal_program_of_another_name_is_told_apart(names: list[str]) -> None:
    program = "def make():\n    return t'<p>{1}<div></div></p>'\nmade = make()"
    spaces: dict[str, dict[str, Any]] = {name: {} for name in names}
    for name, space in spaces.items():
        exec(compile(program, name, "exec"), space)

    for name in ("a.py", "b.py"):
        with pytest.raises(TemplateError) as caught:
            shape_of(spaces[name]["made"].strings)
        assert caught.value.place == (name, 2, 20)


def test_columns_are_characters_where_the_file_is_there(tmp_path: Path) -> None:
    source, line, column = marked('ä = "é"; view(t"<p>ü{ä}€^<div></div></p>")')
    path = tmp_path / "page.py"
    path.write_text(source, "utf-8")

    assert place_of(source, str(path)) == (str(path), line, column)


def test_columns_after_other_alphabets_are_bytes_where_it_is_not() -> None:
    source, line, column = marked('ä = "é"; view(t"<p>ü{ä}€^<div></div></p>")')

    assert place_of(source, "<nowhere>") == ("<nowhere>", line, column + 4)


def test_without_columns_the_line_is_told() -> None:
    tree = ast.parse('\nview(t"<p>{1}{2}<div></div></p>")')
    for node in ast.walk(tree):
        if hasattr(node, "col_offset"):
            vars(node).update(col_offset=0, end_col_offset=0)

    assert place_of(compile(tree, "app.py", "exec")) == ("app.py", 2, 1)


@pytest.mark.cpython("starts a process")
def test_without_positions_the_line_is_told() -> None:
    program = (
        "from gossamer.view.view import view\ntry:\n  view(t'<p>{1}<div></div></p>')\n"
        "except Exception as error:\n  print(error.place)"
    )

    done = subprocess.run(
        [sys.executable, "-X", "no_debug_ranges", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.stdout == "('<string>', 3, 1)\n"


def test_a_template_that_no_code_holds_has_no_place() -> None:
    strings = strings_of("<p>{}<div></div></p>")

    with pytest.raises(TemplateError) as caught:
        parse(strings)

    assert caught.value.place is None
    assert "At: line 1, column 5 of the template\n" in str(caught.value)


def test_the_code_that_runs_comes_before_equal_code_elsewhere() -> None:
    def elsewhere() -> object:
        return view(t"<p>{1}<section></section></p>")

    def here() -> object:
        return view(t"<p>{1}<section></section></p>")

    for make in (here, elsewhere):
        with pytest.raises(TemplateError) as caught:
            make()

        place = caught.value.place
        assert place is not None
        assert place[1] == make.__code__.co_firstlineno + 1
