"""Cells that hold a text, a measurement, or a formula over other cells."""

import ast
import math
import operator
import re

from gossamer import Signal, memo
from gossamer.errors import CycleError
from uncertainties import ufloat, umath
from uncertainties.core import AffineScalarFunc

COLUMNS = "ABCDE"
ROWS = range(1, 11)
MEASURED = re.compile(
    r"([-+]?\d*\.?\d+(?:e[-+]?\d+)?)\s*(?:(?:±|\+/?-)\s*(\d*\.?\d+))?", re.IGNORECASE
)
NAME = re.compile(r"[A-E](?:10|[1-9])")
SPAN = re.compile(r"([A-E]\d+):([A-E]\d+)")

type Number = float | AffineScalarFunc


class FormulaError(Exception):
    """Why a formula has no value."""


def weighted_mean(values: list[Number]) -> Number:
    """The mean in which the surer counts for more."""
    if not all(isinstance(value, AffineScalarFunc) and value.std_dev for value in values):
        raise FormulaError("wmean needs a ± in every cell")
    weights = [1 / value.std_dev**2 for value in values]
    return sum(weight * value for weight, value in zip(weights, values, strict=True)) / sum(weights)


OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
CONSTANTS = {"pi": math.pi, "e": math.e}
FUNCTIONS = {name: getattr(umath, name) for name in ("sqrt", "sin", "cos", "tan", "exp", "log")}
OF_MANY = {
    "sum": sum,
    "mean": lambda values: sum(values) / len(values),
    "wmean": weighted_mean,
    "min": min,
    "max": max,
    "count": len,
}


class Cell:
    """One cell: what was typed, and what that comes to."""

    def __init__(self, name: str, text: str, sheet: Sheet):
        self.name = name
        self.sheet = sheet
        self.text = Signal(text)
        self.value = memo(self.compute)

    def compute(self) -> Number | str | FormulaError | None:
        self.sheet.computed += 1
        text = self.text().strip()
        if text.startswith("="):
            return self.work_out(text[1:])
        found = MEASURED.fullmatch(text)
        if found is None:
            return text or None
        number, error = found.groups()
        return float(number) if error is None else ufloat(float(number), float(error))

    def work_out(self, formula: str) -> Number | FormulaError:
        source = SPAN.sub(r"span('\1', '\2')", formula.replace("^", "**").replace("×", "*"))
        try:
            return self.evaluate(ast.parse(source.strip(), mode="eval").body)
        except FormulaError as mistake:
            return mistake
        except SyntaxError:
            return FormulaError("not a formula")
        except CycleError:
            return FormulaError("needs itself")
        except ZeroDivisionError:
            return FormulaError("divides by zero")
        except (ArithmeticError, TypeError, ValueError) as error:
            return FormulaError(str(error))

    def evaluate(self, node: ast.expr) -> Number:
        match node:
            case ast.Constant(value=int() | float() as number):
                return number
            case ast.Name(id=name):
                return CONSTANTS[name] if name in CONSTANTS else self.sheet.number(name)
            case ast.BinOp() if type(node.op) in OPERATORS:
                return OPERATORS[type(node.op)](self.evaluate(node.left), self.evaluate(node.right))
            case ast.UnaryOp() if type(node.op) in OPERATORS:
                return OPERATORS[type(node.op)](self.evaluate(node.operand))
            case ast.Call(func=ast.Name(id=name), args=[argument]) if name in FUNCTIONS:
                return FUNCTIONS[name](self.evaluate(argument))
            case ast.Call(func=ast.Name(id=name), args=arguments) if name in OF_MANY:
                values = [value for one in arguments for value in self.evaluate_many(one)]
                if not values:
                    raise FormulaError(f"nothing to {name}")
                return OF_MANY[name](values)
        raise FormulaError("not a formula")

    def evaluate_many(self, node: ast.expr) -> list[Number]:
        match node:
            case ast.Call(
                func=ast.Name(id="span"), args=[ast.Constant(value=a), ast.Constant(value=b)]
            ):
                return self.sheet.span(a, b)
        return [self.evaluate(node)]


class Sheet:
    """All the cells."""

    def __init__(self, texts: dict[str, str]):
        self.computed = 0
        names = [f"{column}{row}" for row in ROWS for column in COLUMNS]
        self.cells = {name: Cell(name, texts.get(name, ""), self) for name in names}

    def number(self, name: str) -> Number:
        """A cell's number; None counts as nothing, anything else as a mistake."""
        if not NAME.fullmatch(name):
            raise FormulaError(f"there is no {name}")
        value = self.cells[name].value()
        if isinstance(value, FormulaError):
            raise FormulaError(
                f"{name} {value}" if not str(value).startswith("needs") else str(value)
            )
        if not is_number(value):
            raise FormulaError(f"{name} is no number")
        return value

    def span(self, first: str, last: str) -> list[Number]:
        """The numbers of a block of cells; its empty ones and texts are left out."""
        columns = sorted((first[0], last[0]))
        rows = sorted((int(first[1:]), int(last[1:])))
        names = [
            f"{column}{row}"
            for row in range(rows[0], rows[1] + 1)
            for column in COLUMNS[COLUMNS.index(columns[0]) : COLUMNS.index(columns[1]) + 1]
        ]
        return [
            self.number(name)
            for name in names
            if is_number(value := self.cells[name].value()) or isinstance(value, FormulaError)
        ]

    def points(self, across: str, up: str) -> list[tuple[Number, Number]]:
        """The rows in which two columns hold numbers."""
        pairs = [
            (self.cells[f"{across}{row}"].value(), self.cells[f"{up}{row}"].value()) for row in ROWS
        ]
        return [(x, y) for x, y in pairs if is_number(x) and is_number(y)]


def is_number(value: object) -> bool:
    return isinstance(value, (int, float, AffineScalarFunc))


def parts(value: Number) -> tuple[float, float]:
    """A number and its error."""
    return (value.n, value.s) if isinstance(value, AffineScalarFunc) else (float(value), 0.0)


def show(value: Number | str | FormulaError | None) -> str:
    """A value as a cell shows it."""
    if isinstance(value, AffineScalarFunc):
        return f"{value:P}" if value.s else f"{value.n:.6g}"
    if isinstance(value, (int, float)):
        return f"{value:.6g}"
    return "" if value is None else str(value)


def fit(points: list[tuple[Number, Number]]) -> tuple[Number, Number] | None:
    """The slope and the start of the line with the least squares; None when there is none."""
    if len(points) < 2:
        return None
    xs = [parts(x)[0] for x, _ in points]
    ys = [y for _, y in points]
    middle = sum(xs) / len(xs)
    spread = sum((x - middle) ** 2 for x in xs)
    if not spread:
        return None
    slope = sum((x - middle) * y for x, y in zip(xs, ys, strict=True)) / spread
    return slope, sum(ys) / len(ys) - slope * middle
