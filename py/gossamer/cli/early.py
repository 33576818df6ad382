"""The scripts of a page that run before its Python: early events, and islands that sleep."""

import re
from collections.abc import Mapping

from gossamer.cli.pages import is_asleep, is_python
from gossamer.cli.prerender.document import head_place
from gossamer.cli.runtime import EARLY, SLEEP
from gossamer.cli.tags import Markup, Tag, written
from gossamer.view.hydration import ON

SCRIPT = re.compile(rf"(?:^|/)gossamer/({re.escape(EARLY)}|{re.escape(SLEEP)})$")


def name_of(tag: Tag) -> str:
    """Which of these scripts a tag means; empty when it is none of them."""
    found = SCRIPT.search(tag.get("src")) if tag.name == "script" else None
    return found[1] if found else ""


def answers(text: str) -> bool:
    """Whether something in a text has a handler, and says so.

    >>> answers('<button data-on="click">'), answers("<p>data-on</p>")
    (True, False)
    """
    return f' {ON}="' in text


def wanted(markup: Markup, *, is_seen: bool) -> set[str]:
    """The scripts that a page needs; `is_seen` says that it can be used before Python is up."""
    scripts = [tag for tag in markup.tags if is_python(tag)]
    found = {name for tag in markup.tags if (name := name_of(tag))}
    if any(map(is_asleep, scripts)):
        found.add(SLEEP)  # it has the early script in it
    elif is_seen and scripts:
        found.add(EARLY)
    return found


def put(
    markup: Markup, name: str, said: Mapping[str, str | None], insertions: dict[int, str]
) -> None:
    """Give a script's tag its attributes; one that is not there is put in, before all else."""
    tag = next((tag for tag in markup.tags if name_of(tag) == name), None)
    if tag is None:
        place = head_place(markup)
        insertions[place] = f"{written('script', said)}</script>\n{insertions.get(place, '')}"
        return
    for key, value in said.items():
        tag.set(key, value)
