"""Hydration: a view takes over the nodes that a server's text has become."""

import json
from collections.abc import Iterable

from gossamer.dom.bridge import verbs
from gossamer.dom.data import Handed
from gossamer.dom.mismatches import tell_faults
from gossamer.dom.mount import Mounted, enter
from gossamer.dom.plan import plan_numbered
from gossamer.dom.portal import Target
from gossamer.dom.tape import ANCHOR, Entry, Tape
from gossamer.reactive import Owner, provide_context
from gossamer.reactive.debug import is_debug
from gossamer.reactive.effects import flush_views
from gossamer.reactive.handover import Handover
from gossamer.view.reflected import is_told

BOUND = -1
"""In a plan: an empty text node that a server has not written."""
PLACE = -2
"""Likewise an anchor among others; its number and what stands before it follow."""


def hydrate(view: object, target: object = None) -> Mounted:
    """Take over what `gossamer.ssr` has written into an element, as if it had been mounted there.

    The view is built once more, and the nodes of the page become its nodes: none is made, what a
    user has typed, chosen or focused stays. An element without content is filled as by `mount`.

    >>> from gossamer import Signal, hydrate
    >>> from gossamer.ssr import render_to_string
    >>> count = Signal(1)
    >>> view = t"<p>Count: {count}</p>"
    >>> page.serve(render_to_string(view, hydratable=True))
    >>> before = page.elements()
    >>> shown = hydrate(view)
    >>> count.set(2)
    >>> page.body.inner_html(), page.elements() == before
    ('<p>Count: 2</p>', True)

    Events that the early script of a page has kept are answered at the end, in order; an event
    knows then that it is `replayed`.

    Where page and view differ, the smallest place around is built anew, and the console says
    what differs; no difference stops the page.

    Args:
        view: what was given to the server's renderer, usually a component, `App()`.
        target: the element whose whole content the text is, as for `mount`.

    Raises:
        TargetError: nothing in the page matches the target.
    """
    shown = enter(view, target, _adopt, is_served=True)
    verbs.replay(shown.handle)
    return shown


def _adopt(owner: Owner, place: Target, view: object) -> None:
    """Build a view on a tape, and find its nodes in the page by one walk."""
    tape = Tape()
    handed = Handed()
    owner.run(provide_context, Handover, handed)
    with tape:
        owner.run(place.slot.fill, view)
        flush_views()
    handed.close()
    script = Script(tape)
    script.write_root(place.anchor)
    told = verbs.hydrate(place.handle, place.anchor, *script.texts_of_all(), is_debug())
    made: set[int] = set()
    if told:
        report = json.loads(told)
        made.update(report["made"])
        tell_faults(report["faults"], tape)
    _set_properties(tape, made)
    tape.settle()


def _set_properties(tape: Tape, made: set[int]) -> None:
    """Set the properties that no text can say; and those of nodes that were made, all."""
    for handle, properties in tape.properties.items():
        for name, value in properties.items():
            if handle in made or not is_told(name):
                verbs.property(handle, name, value)


class Script:
    """What stands on a tape, as the browser's side reads it: numbers, texts and writes.

    A place is 0 for a text or the number of entries before the anchor, each of which is the
    number of a template with its first node, its first listener and its places, or an anchor.
    """

    __slots__ = ("_numbers", "_tape", "_texts")

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self._numbers: list[int] = []
        self._texts: list[str] = []

    def write_root(self, anchor: int) -> None:
        """Write all of it: what stands before an anchor, then what is out of the page."""
        self._write_place(anchor, "")
        for entries in self._tape.parked.values():
            self._numbers.append(len(entries))
            for entry in entries:
                self._write_entry(entry)

    def _write_place(self, anchor: int, text: str) -> None:
        entries = self._tape.content.get(anchor)
        if not entries:
            self._numbers.append(0)
            self._texts.append(self._tape.texts.get(anchor, text))
            return
        self._numbers.append(len(entries))
        for entry in entries:
            self._write_entry(entry)

    def _write_entry(self, entry: Entry) -> None:
        numbers = self._numbers
        if entry.number == ANCHOR:
            if entry.base in self._tape.bounds:
                numbers += (BOUND, entry.base)
            else:
                numbers += (PLACE, entry.base)
                self._write_place(entry.base, "")
            return
        base, parts, tape, texts = entry.base, entry.texts, self._tape, self._texts
        numbers += (entry.number, base, entry.listener)
        for i, (node, is_filled) in enumerate(plan_numbered(entry.number).places):
            anchor = base + node
            if not is_filled:
                numbers.append(BOUND)
            elif anchor in tape.content:
                self._write_place(anchor, "")
            else:  # a text, as most are
                numbers.append(0)
                texts.append(tape.texts.get(anchor, parts[i] if parts is not None else ""))

    def texts_of_all(self) -> tuple[str, str, str, str]:
        """The numbers, the texts, the writes, and what the texts of the last two are joined by."""
        writes = [
            str(part) for each in self._tape.writes.values() for write in each for part in write
        ]
        joint = _joint([self._texts, writes])
        return (
            ",".join(map(str, self._numbers)),
            joint.join(self._texts),
            joint.join(writes),
            joint,
        )


def _joint(groups: Iterable[list[str]]) -> str:
    """A text that is in none of others."""
    whole = "\n".join(text for texts in groups for text in texts)
    joint, number = "\x1f", 0
    while joint in whole:
        number += 1
        joint = f"\x1f{number}\x1e"
    return joint
