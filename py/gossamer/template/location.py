"""Where in the user's code a template stands.

A t-string's `strings` is a constant of the code that makes it, and CPython keeps the
position of each instruction: so the place is known without the source, from a .pyc too.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dis import get_instructions
from linecache import getline
from types import CodeType, FrameType, FunctionType

type Place = tuple[str, int, int]
type _Position = tuple[int, int, int, int]
"""Line and column of the beginning, then of the end."""


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
    """The place of a character, or of what stands before it when the code does not tell more.

    It does not where a string is written with escapes or in several pieces. Such a string is
    longer in the file than in the template, so its length gives it away.
    """
    whole, *values = positions
    if len(values) != len(strings) - 1:
        return (file, whole[0], _characters(file, *whole[:2]) + 1)
    is_last = index == len(values)
    line, column = values[index - 1][2:] if index else whole[:2]
    end_line, end_column = whole[2:] if is_last else values[index][:2]
    string = _in_file(strings[index])
    opening: int | None = 0 if index else 4
    if string.count("\n") != end_line - line:
        opening = None
    elif end_line == line:
        extra = end_column - column - len(string.encode())
        opening = _OPENINGS[not index, is_last].get(extra)
    column = _characters(file, line, column) + 1
    if opening is None:
        return (file, line, column)
    before = _in_file(strings[index][:character])
    if "\n" in before:
        return (file, line + before.count("\n"), len(before) - before.rfind("\n"))
    return (file, line, column + opening + len(before))


def _in_file(string: str) -> str:
    return string.replace("{", "{{").replace("}", "}}")


_OPENINGS = {
    (True, True): {3: 2, 4: 3, 7: 4, 8: 5},
    (True, False): {2: 2, 3: 3, 4: 4, 5: 5},
    (False, True): {1: 0, 3: 0},
    (False, False): {0: 0},
}
"""How much longer a string on one line may be in the file, when it is the first and the last, and
how much of that stands before it: `t"`, `rt"`, `t\"\"\"` or `rt\"\"\"`."""


def _characters(file: str, line: int, column: int) -> int:
    """CPython counts bytes: as many characters, if the file is there."""
    return len(getline(file, line).encode()[:column].decode(errors="ignore")) or column


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
            where.col_offset or 0,
            where.end_lineno or where.lineno,
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
    return outer[:2] <= inner[:2] <= outer[2:]


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
