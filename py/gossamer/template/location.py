"""Where in the user's code a template stands.

A t-string's `strings` is a constant of the code that makes it, and CPython keeps the
position of each instruction: so the place is known without the source, from a .pyc too.
"""

import sys
from collections.abc import Callable, Iterator
from dis import get_instructions
from types import CodeType, FrameType, FunctionType

type Place = tuple[str, int, int]
type _Position = tuple[int, int, int, int]


def place_finder(
    strings: tuple[str, ...], index: int, character: int
) -> Callable[[], Place | None]:
    """A function that finds the file, line and column of a character of `strings[index]`.

    The code that runs now is noted now; the search waits until someone asks.
    """
    running: list[CodeType] = []
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the way up the stack
    while frame is not None:
        running.append(frame.f_code)
        frame = frame.f_back

    def find() -> Place | None:
        for code in _codes(running):
            positions = _positions(code, strings)
            if positions:
                return _place(code.co_filename, positions, strings, index, character)
        return None

    return find


def _place(
    file: str, positions: list[_Position], strings: tuple[str, ...], index: int, character: int
) -> Place:
    line, end_line, column, _ = positions[0]
    text = strings[index][:character]
    newlines = text.count("\n")
    if sum(string.count("\n") for string in strings) > end_line - line:
        # Line breaks written as \\n: they are in the template, but not in the file.
        return (file, line, column + 1)
    if index and index < len(positions):
        _, line, _, column = positions[index]
    elif not index:
        column += 4 if end_line > line else 2  # t""" or t"
    if newlines:
        return (file, line + newlines, len(text) - text.rfind("\n"))
    return (file, line, column + len(text) + 1)


def _positions(code: CodeType, strings: tuple[str, ...]) -> list[_Position]:
    """The position of the t-string, then of each of its values."""
    if not any(constant is strings for constant in code.co_consts):
        return []
    found: list[_Position] = []
    for instruction in get_instructions(code):
        where = instruction.positions
        if where is None or where.lineno is None:
            continue
        position = (
            where.lineno,
            where.end_lineno or where.lineno,
            where.col_offset or 0,
            where.end_col_offset or 0,
        )
        if instruction.opname == "LOAD_CONST" and instruction.argval is strings:
            found = [position]
        elif found and instruction.opname == "BUILD_INTERPOLATION":
            # A t-string inside this value has its own values; they stand inside it.
            found[1:] = [each for each in found[1:] if not _is_in(each, position)]
            found.append(position)
        elif found and instruction.opname == "BUILD_TEMPLATE" and position == found[0]:
            break
    return found


def _is_in(inner: _Position, outer: _Position) -> bool:
    return (outer[0], outer[2]) <= (inner[0], inner[2]) <= (outer[1], outer[3])


def _codes(running: list[CodeType]) -> Iterator[CodeType]:
    """The code that ran, then all that any living function has."""
    seen: set[CodeType] = set()
    for code in running:
        yield from _with_inner(code, seen)
    import gc  # noqa: PLC0415 - only when a template is wrong

    for value in gc.get_objects():
        if type(value) is FunctionType:
            yield from _with_inner(value.__code__, seen)


def _with_inner(code: CodeType, seen: set[CodeType]) -> Iterator[CodeType]:
    waiting = [code]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        yield current
        waiting.extend(each for each in current.co_consts if isinstance(each, CodeType))
