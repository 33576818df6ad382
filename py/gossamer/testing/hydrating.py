"""Hydration of the page of tests, as `wasm/dom` does it: one walk, then what is to be mended."""

import json
import re
from typing import Any

from gossamer.testing.adopting import PLACE, ROOT, Mismatch, Walk, is_mark, taken_by, up_to
from gossamer.testing.handles import Handles
from gossamer.testing.nodes import Branch, Comment, Element, Node, Text, parse
from gossamer.view.hydration import DATA

COUNTS = {
    "attribute": 2,
    "classes": 2,
    "content": 1,
    "dress": 3,
    "inner_html": 1,
    "listen": 3,
    "no_attribute": 1,
    "sibling": 2,
    "style": 3,
}
"""How many values the writes have, after the number of their node."""

_EATEN = re.compile(r'(<(?:pre|textarea|listing)(?:\s[^\s=>]+="[^"]*")*>)\n')
"""Where a parser takes a newline away."""

OUTSIDE = -1
"""The number of what is made for a moment, so that something can stand before it."""

type Prototype = tuple[Branch, list[int], list[tuple[int, str, int]]]


class Builder:
    """Makes what a plan says."""

    def __init__(self, page: Hydrating, plan: list[int], texts: list[str]) -> None:
        self.page = page
        self.plan = plan
        self.texts = texts
        self.at = self.text = 0
        self.made: set[int] = set()

    def read(self) -> int:
        """The next number."""
        self.at += 1
        return self.plan[self.at - 1]

    def place(self, handle: int) -> None:
        """Make what belongs to an anchor."""
        count = self.read()
        if count:
            self.entries(count, handle)
        else:
            anchor = self.page.nodes[handle]
            assert isinstance(anchor, Text)
            anchor.data = self.texts[self.text]
            self.text += 1

    def entries(self, count: int, before: int) -> None:
        """Make what stands before an anchor."""
        for _ in range(count):
            number, base = self.read(), self.read()
            if number < 0:
                self.page.text_node(base, before, "")
                if number == PLACE:
                    self.place(base)
                continue
            _, numbers, places = self.page.pattern(number)
            self.page.clone(number, base, self.read(), None)
            self.made.update(range(base, base + len(numbers)))
            root = self.page.nodes[base].parent
            assert root is not None
            for node in list(root.children):
                self.page.parent_of(before).insert(node, self.page.nodes[before])
            for place in places:
                self.place(base + place)


class Hydrating(Handles):
    """The part of a page that finds the nodes of a view in a server's text."""

    body: Element
    _prototypes: dict[int, Prototype]

    def __init__(self) -> None:
        super().__init__()
        self._awake: set[Node] = set()

    def text_node(self, handle: int, before: int, text: str) -> None:
        """Make a text node before another node."""
        raise NotImplementedError

    def clone(self, number: int, base: int, events: int, texts: str | None) -> None:
        """Make an instance of a template."""
        raise NotImplementedError

    def listen(self, handle: int, name: str, number: int, flags: int) -> None:
        """Let a handler answer."""
        raise NotImplementedError

    def serve(self, markup: str) -> None:
        """Hold what a server has sent, as a parser leaves it."""
        for child in list(self.body.children):
            child.detach()
        for child in list(parse(_EATEN.sub(r"\1", markup)).children):
            self.body.insert(child, None)

    def pattern(self, number: int) -> tuple[Branch, dict[Node, int], list[int]]:
        """A template, the numbers of its nodes, and which of them are places."""
        fragment, walk, _ = self._prototypes[number]
        taken = taken_by(fragment, walk)
        places = [i for i, (_, is_text) in enumerate(taken) if is_text]
        return fragment, {node: i for i, (node, _) in enumerate(taken)}, places

    def hear_all(self, number: int, base: int, events: int) -> None:
        """Set the listeners of an instance."""
        for offset, (index, name, flags) in enumerate(self._prototypes[number][2]):
            self.listen(base + index, name, events + offset, flags)

    def parent_of(self, handle: int) -> Branch:
        """What a node stands in."""
        return self._parent(handle)

    def replay(self, handle: int) -> None:
        """Answer what happened early: nothing does here."""

    def on_island(self, number: int) -> bool:
        """Whether there are islands: a test has all of them woken at once."""
        return any(
            isinstance(node, Element) and node.name == "gs-island" for node in self.body.walk()
        )

    def take_island(self, handle: int) -> str | None:
        """The next island that is not awake and stands in no other that sleeps."""
        for node in self.body.walk():
            if isinstance(node, Element) and node.name == "gs-island" and node not in self._awake:
                inner = [each for each in node.walk() if each.name == "gs-island"]
                self._awake.update({node, *(each for each in inner if not _is_in_slot(each, node))})
                self.nodes[handle] = node
                return f"{node.attributes['name']}\x1f{node.attributes['props']}"
        return None

    def is_touched(self, handle: int) -> bool:
        """Whether a user has been at a control."""
        control = self._element(handle)
        options = [each for each in control.options if "selected" in each.properties]
        return bool(options) or not {"value", "checked"}.isdisjoint(control.properties)

    def handed(self) -> str | None:
        """What a server has fetched, as scripts of the page hold it."""
        scripts = [
            node
            for node in self.body.walk()
            if isinstance(node, Element) and node.name == "script" and DATA in node.attributes
        ]
        for script in scripts:
            script.detach()
        parts = [part for each in scripts for part in (each.attributes[DATA], each.text())]
        return "\x1f".join(parts) or None

    def hydrate(
        self,
        handle: int,
        anchor: int,
        plan: str,
        texts: str,
        writes: str,
        joint: str,
        is_strict: bool,
    ) -> str | None:
        """Let a view take over what an element holds."""
        target = self.nodes[handle]
        assert isinstance(target, Branch)
        numbers, parts = [*map(int, plan.split(","))], texts.split(joint)
        walk, faults = self._adopt(target, anchor, numbers, parts)
        sources = {node: source for _, node, source in walk.found if source is not None}
        for number, node, _ in walk.found:
            self.nodes[number] = node
        for instance in walk.instances:
            self.hear_all(*instance)
        for edit in walk.edits:
            edit()
        builder = Builder(self, numbers, parts)
        for place, at, text, parent, first, end in walk.anew:
            made = self.nodes[place] = Text("")
            parent.insert(made, first)
            for node in list(up_to(first, end)):
                node.detach()
            if end is not None:
                end.detach()
            builder.at, builder.text = at, text
            builder.place(place)
        builder.at, builder.text = walk.at, walk.text
        while builder.at < len(numbers):
            self.nodes[OUTSIDE] = Text("")
            Branch().insert(self.nodes[OUTSIDE], None)
            builder.entries(builder.read(), OUTSIDE)
            self.nodes.pop(OUTSIDE).detach()
        self._retell(writes.split(joint) if writes else [], builder.made, sources)
        told = [fault for fault in faults if is_strict or fault["kind"] != "text"]
        if not told and not builder.made:
            return None
        return json.dumps({"faults": told, "made": [*builder.made]})

    def _adopt(
        self, target: Branch, anchor: int, plan: list[int], texts: list[str]
    ) -> tuple[Walk, list[dict[str, Any]]]:
        forced: dict[int, Comment | None] = {}
        faults: list[dict[str, Any]] = []
        if not target.children:
            forced[ROOT] = None
        while True:
            walk = Walk(self, plan, texts, forced)
            try:
                walk.root(target, anchor)
            except Mismatch as mismatch:
                faults.append(mismatch.fault)
                for start, first in reversed(mismatch.places):
                    mark = next(filter(is_mark, up_to(first, None)), None)
                    if start == ROOT or mark is not None:
                        assert mark is None or isinstance(mark, Comment)
                        forced[start] = None if start == ROOT else mark
                        break
            else:
                return walk, [*faults, *walk.faults]

    def _retell(self, writes: list[str], made: set[int], sources: dict[Node, Node]) -> None:
        """Do what was to be written, to a server's nodes only what they lack."""
        worn: dict[Element, dict[str, int]] = {}
        at = 0
        while at < len(writes):
            verb, handle = writes[at], int(writes[at + 1])
            count = COUNTS[verb]
            values: list[Any] = [
                int(v) if v.isdigit() else v for v in writes[at + 2 : at + 2 + count]
            ]
            at += 2 + count
            if verb == "sibling":
                self._write(verb, handle, values)
                if values[0] in made:
                    made.add(handle)
            elif verb in ("listen", "no_attribute") or handle in made:
                if handle in self.nodes:
                    self._write(verb, handle, values)
            elif isinstance(node := self.nodes.get(handle), Element):
                source = sources.get(node, node)
                assert isinstance(source, Element)
                if verb in ("classes", "dress"):
                    own = dict.fromkeys(source.attributes.get("class", "").split(), 1)
                    _count(worn.setdefault(node, own), values[-2], values[-1])
                elif verb != "inner_html":
                    _bring_in_step(node, source, verb, values)
        for element, counts in worn.items():
            has = element.attributes.get("class", "").split()
            element.dress([], [name for name, n in counts.items() if n > 0 and name not in has])
            element.claims = {name: count - 1 for name, count in counts.items() if count > 1}

    def _write(self, verb: str, handle: int, values: list[Any]) -> None:
        getattr(self, verb)(handle, *values)


def _is_in_slot(inner: Node, outer: Node) -> bool:
    around = inner.parent
    while around is not None and around is not outer:
        if around.name == "gs-slot":
            return True
        around = around.parent
    return False


def _count(counts: dict[str, int], removed: str, added: str) -> None:
    for names, step in ((removed, -1), (added, 1)):
        for name in names.split():
            counts[name] = counts.get(name, 0) + step


def _bring_in_step(element: Element, source: Element, verb: str, values: list[Any]) -> None:
    if verb == "attribute":
        element.attributes[values[0]] = str(values[1])
    elif verb == "style":
        element.styles.setdefault(values[1], {0: source.declared().get(values[1], "")})
        element.say_style(*values)
    elif element.text() != str(values[0]):
        element.set_text(str(values[0]))
