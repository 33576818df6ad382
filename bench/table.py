"""Text in columns."""


def table(rows: list[list[str]]) -> str:
    """Rows under the first as a heading; the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]

    def line(row: list[str]) -> str:
        first, *others = (
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return "  ".join([first, *others])

    heading, *body = map(line, rows)
    return "\n".join([heading, "-" * len(heading), *body])
