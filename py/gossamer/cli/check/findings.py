"""What a check has found, and the forms in which it is told."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """A mistake at a place of a file: what it is, why, and what to do now."""

    file: str
    line: int
    column: int
    code: str
    message: str
    why: str = ""
    fix: str = ""


def as_text(findings: Iterable[Finding]) -> str:
    """For people: the place, the code and what it is, with the fix below.

    >>> print(as_text([Finding("app.py", 3, 5, "prop", "Card misses it.", fix="Write it.")]))
    app.py:3:5: prop: Card misses it.
        Fix: Write it.
    """
    lines = []
    for each in findings:
        lines.append(f"{each.file}:{each.line}:{each.column}: {each.code}: {each.message}")
        lines.extend(
            f"    {word}: {text}" for word, text in (("Why", each.why), ("Fix", each.fix)) if text
        )
    return "\n".join(lines)


def as_json(findings: Iterable[Finding]) -> str:
    """For programs: a list of objects."""
    return json.dumps([asdict(each) for each in findings], indent=2, ensure_ascii=False)


def as_github(findings: Iterable[Finding]) -> str:
    """For a workflow on GitHub: an annotation each."""
    return "\n".join(
        f"::error file={each.file},line={each.line},col={each.column},title={each.code}::"
        + _escaped(" ".join(part for part in (each.message, each.why, each.fix) if part))
        for each in findings
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS: dict[str, Callable[[Iterable[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
