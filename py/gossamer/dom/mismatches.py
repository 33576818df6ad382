"""What is told when a page is not what its view says."""

from typing import Any

from gossamer.dom.bridge import verbs
from gossamer.dom.plan import plan_numbered
from gossamer.dom.tape import Tape
from gossamer.reactive import path_of
from gossamer.template.location import place_finder

MOST = 5
"""How many differences are told one by one."""


def tell_faults(faults: list[dict[str, Any]], tape: Tape) -> None:
    """Warn of what differed, with its place in the view and in the page, and a guess why."""
    for fault in faults[:MOST]:
        verbs.warn(_told(fault, tape))
    if len(faults) > MOST:
        verbs.warn(f"Hydration met {len(faults) - MOST} more differences.")


def _told(fault: dict[str, Any], tape: Tape) -> str:
    kind, expected, found = fault["kind"], fault["expected"], fault["found"]
    if kind == "comments":
        return (
            "Hydration found no comment in the page, so the view was built anew.\n"
            "Why: comments tell the server's texts apart, and something on the way, such as a"
            " minifier or a proxy, has taken them out.\n"
            "Fix: let it keep comments, `<!---->`, in this page."
        )
    lines = [f"Hydration expected {expected} and found {found}."]
    if kind == "text":
        lines.append("Why: the server and this page have shown different values; this one's holds.")
        lines.append(
            "Fix: show what depends on time, chance or the browser in an effect, or as a"
            " local_resource."
        )
    else:
        lines.append(f"Why: {_guess(fault)}")
        lines.append("Fix: let the view say the same on both sides; what differed was built anew.")
    lines.append(f"At: {fault['path'] or 'the root'}{_line(fault['id'])}")
    entry = tape.entry_at(fault["base"]) if fault["id"] >= 0 else None
    path = path_of(entry.owner) if entry is not None else ""
    if path:
        lines.append(f"In: {path}")
    return "\n".join(lines)


def _line(number: int) -> str:
    """Where a template stands in the user's code."""
    if number < 0:
        return ""
    strings = plan_numbered(number).shape.strings
    places = place_finder(strings, 0, 0)()
    return " ({}, line {})".format(*places[0]) if places else ""


def _guess(fault: dict[str, Any]) -> str:
    """The most likely reason."""
    expected, found = fault["expected"], fault["found"]
    around = fault["path"].rpartition(" > ")[2]
    if found in ("<font>", "<div>", "<span>", "<style>", "<script>", "<link>"):
        return "an extension of the browser may have put it there, or the server said otherwise."
    if expected == "<tr>" and found == "<tbody>":
        return "a parser puts <tbody> around the rows of a <table>."
    if found == "nothing" and around == "p":
        return "a parser ends <p> where a block begins, such as <div>."
    if found == "nothing":
        return "the server has left it out, or a parser has moved it elsewhere."
    return "the server has shown something else here."
