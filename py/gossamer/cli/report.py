"""What a build weighs: each part as it is, and as a browser fetches it."""

import os
from datetime import datetime

from rich.console import Console
from rich.table import Table

from gossamer.cli.output import Output

type Row = tuple[str, list[int]]


def sizes(output: Output, parts: dict[str, list[str]]) -> list[Row]:
    """For each part: bytes raw, with gzip and with Brotli where those gain."""
    rows = []
    for part, names in parts.items():
        numbers = [0, 0, 0]
        for name in names:
            raw = output.files[name]
            for index, suffix in enumerate(("", ".gz", ".br")):
                numbers[index] += len(output.files.get(name + suffix, raw))
        rows.append((part, numbers))
    return rows


def show(console: Console, rows: list[Row], later: list[Row]) -> None:
    """Print what the first visit of the first page fetches, and what may be asked for later."""
    table = Table("A first visit", box=None, header_style="bold", pad_edge=False)
    for heading in ("raw", "gzip", "brotli"):
        table.add_column(heading, justify="right")
    for part, numbers in rows:
        table.add_row(part, *map(told, numbers))
    table.add_section()
    total = [sum(numbers[index] for _, numbers in rows) for index in range(3)]
    table.add_row("total", *map(told, total), style="bold")
    for part, numbers in later:
        table.add_row(part, *map(told, numbers), style="dim")
    console.print(table)


def told(size: int) -> str:
    """A size as people read it.

    >>> told(9598218), told(512)
    ('9,598.2 kB', '0.5 kB')
    """
    return f"{size / 1000:,.1f} kB"


def inputs(count: int, base: str) -> str:
    """How many pages were prerendered, and what they may depend on beside the app's own files."""
    now = datetime.now().astimezone()
    pages = "1 page" if count == 1 else f"{count} pages"
    words = os.environ.get("LC_ALL") or os.environ.get("LANG") or "C"
    return (
        f"Prerendered {pages}: now is {now:%Y-%m-%d %H:%M %Z}, the locale {words},"
        f" the base {base or 'none'}."
    )
