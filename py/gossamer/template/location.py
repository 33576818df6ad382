"""Where in the user's code a template stands.

A t-string's `strings` is a constant of the code that makes it, and CPython keeps the
position of each instruction: so the place is known without the source, from a .pyc too.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dis import get_instructions
from types import CodeType, FrameType, FunctionType

type Place = tuple[str, int, int]
type _Position = tuple[int, int, int, int]


def place_finder(strings: tuple[str, ...], index: int, character: int) -> Callable[[], list[Place]]:
    """A function that finds the file, line and column of a character of `strings[index]`.

    The code that runs now is noted now; the search waits until someone asks. A module's code
    holds equal strings once, so there may be several places: what runs now is asked first.
    """
    running: list[CodeType] = []
    frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the way up the stack
    while frame is not None:
        running.append(frame.f_code)
        frame = frame.f_back

    def find() -> list[Place]:
        for codes in (running, _with_inner(running), _living()):
            found = [
                _place(code.co_filename, positions, strings, index, character)
                for code in {id(code): code for code in codes}.values()  # equal ones differ in file
                for positions in _positions(code, strings)
            ]
            if found:
                return found
        return []

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


def _positions(code: CodeType, strings: tuple[str, ...]) -> list[list[_Position]]:
    """The positions of each such t-string in a code: its own, then those of its values."""
    if not any(constant is strings for constant in code.co_consts):
        return []
    done: list[list[_Position]] = []
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
            done.append(found)
            found = []
    return done


def _is_in(inner: _Position, outer: _Position) -> bool:
    return (outer[0], outer[2]) <= (inner[0], inner[2]) <= (outer[1], outer[3])


def _living() -> Iterator[CodeType]:
    """All code that any living function has."""
    import gc  # noqa: PLC0415 - only when a template is wrong

    return _with_inner(value.__code__ for value in gc.get_objects() if type(value) is FunctionType)


def _with_inner(codes: Iterable[CodeType]) -> Iterator[CodeType]:
    """Codes, and those of the functions that they define."""
    waiting = list(codes)
    for code in waiting:
        yield code
        waiting.extend(each for each in code.co_consts if isinstance(each, CodeType))
