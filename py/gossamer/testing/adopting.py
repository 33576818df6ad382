"""One walk finds the nodes of a view in a server's text, as `wasm/dom/adopting.js` does it."""

import json
from collections.abc import Iterator
from typing import Any, Protocol

from gossamer.testing.nodes import Branch, Comment, Element, Node, Text

BOUND = -1
PLACE = -2
ROOT = 0
OPAQUE = frozenset(
    ("iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp")
)


class Mismatch(Exception):  # noqa: N818 - no error: it is mended
    """The page is not what the view says."""

    def __init__(self, fault: dict[str, Any], places: list[tuple[int, Node | None]]) -> None:
        super().__init__(fault)
        self.fault = fault
        self.places = places


class Patterns(Protocol):
    """Knows templates."""

    def pattern(self, number: int) -> tuple[Branch, dict[Node, int], list[int]]:
        """A template, the numbers of its nodes, and which of them are places."""


class Walk:
    """One walk through the page; nothing is touched before it has come to the end."""

    def __init__(
        self, page: Patterns, plan: list[int], texts: list[str], forced: dict[int, Comment | None]
    ) -> None:
        self.page = page
        self.plan = plan
        self.texts = texts
        self.forced = forced
        self.at = 0
        self.text = 0
        self.is_after_text = False
        self.id = self.base = -1
        self.found: list[tuple[int, Node, Node | None]] = []
        self.instances: list[tuple[int, int, int]] = []
        self.edits: list[Any] = []
        self.anew: list[tuple[int, int, int, Branch, Node | None, Node | None]] = []
        self.faults: list[dict[str, Any]] = []
        self.places: list[tuple[int, Node | None]] = []

    def read(self) -> int:
        """The next number."""
        self.at += 1
        return self.plan[self.at - 1]

    def fault(self, kind: str, expected: str, node: Node | None, parent: Branch) -> dict[str, Any]:
        """A difference, as the page tells of it."""
        found = "nothing" if node is None else f"<{node.name}>"
        if isinstance(node, Text):
            found = f"the text {json.dumps(node.data)}"
        elif isinstance(node, Comment):
            found = "a mark"
        names = []
        each: Branch | None = parent
        while isinstance(each, Element):
            names.append(each.name)
            each = each.parent
        path = " > ".join(reversed(names))
        return {
            "kind": kind,
            "expected": expected,
            "found": found,
            "path": path,
            "id": self.id,
            "base": self.base,
        }

    def refuse(self, expected: str, node: Node | None, parent: Branch) -> Mismatch:
        """What to raise."""
        return Mismatch(self.fault("node", expected, node, parent), [*self.places])

    def root(self, target: Branch, anchor: int) -> None:
        """Walk through all that an element holds."""
        first = target.children[0] if target.children else None
        if ROOT in self.forced:
            self.rebuild(anchor, target, first, None)
        elif not self.plan[0]:
            self.place(anchor, first, target)
        else:
            self.places.append((ROOT, first))
            after = self.entries(self.read(), first, target)
            self.places.pop()
            self.fresh(anchor, target, after)
            if after is not None and is_mark(after) and target.name == "gs-island":
                self.edits.append(after.detach)

    def entries(self, count: int, node: Node | None, parent: Branch) -> Node | None:
        """Walk through what stands before an anchor."""
        for _ in range(count):
            node = self.entry(node, parent)
        return node

    def entry(self, node: Node | None, parent: Branch) -> Node | None:
        """Walk through an instance, or up to an anchor."""
        number, base = self.read(), self.read()
        if number == BOUND:
            self.fresh(base, parent, node)
            return node
        if number == PLACE:
            return self.place(base, node, parent)
        self.instances.append((number, base, self.read()))
        outer = self.id, self.base
        self.id, self.base = number, base
        fragment, numbers, places = self.page.pattern(number)
        after = self.all(fragment.children, numbers, places, base, node, parent)
        self.id, self.base = outer
        return after

    def place(self, handle: int, node: Node | None, parent: Branch) -> Node | None:
        """Walk through a place, up to its anchor."""
        start = self.at
        count = self.read()
        if count < 0:
            self.fresh(handle, parent, node)
            return node
        if not count:
            self.text += 1
            return self.one_text(handle, self.texts[self.text - 1], node, parent)
        if start in self.forced:
            self.at = start
            end = self.forced[start]
            self.rebuild(handle, parent, node, end)
            self.is_after_text = False
            return end.next if end is not None else None
        self.places.append((start, node))
        mark = self.entries(count, node, parent)
        if not is_mark(mark):
            raise self.refuse("the end of a place", mark, parent)
        self.places.pop()
        self.is_after_text = False
        assert mark is not None
        after = mark.next
        self.fresh(handle, parent, mark)
        self.edits.append(mark.detach)
        return after

    def fresh(self, handle: int, parent: Branch, before: Node | None, text: str = "") -> None:
        """An anchor that the page has not."""
        made = Text(text)
        self.found.append((handle, made, None))
        self.edits.append(lambda: parent.insert(made, before))

    def one_text(self, handle: int, text: str, node: Node | None, parent: Branch) -> Node | None:
        """Find a text."""
        if self.is_after_text:
            if not is_mark(node):
                raise self.refuse("a mark between two texts", node, parent)
            assert node is not None
            self.edits.append(node.detach)
            node = node.next
        self.is_after_text = True
        if not isinstance(node, Text):
            if text:
                if handle < 0:
                    raise self.refuse(f"the text {json.dumps(text)}", node, parent)
                self.faults.append(self.fault("text", json.dumps(text), node, parent))
            self.fresh(handle, parent, node, text)
            return node
        found, data, after = node, node.data, node.next
        while isinstance(after, Text):
            self.edits.append(after.detach)
            data += after.data
            after = after.next
        if data != text:
            self.faults.append(self.fault("text", json.dumps(text), found, parent))
        self.edits.append(lambda: setattr(found, "data", text))
        if handle >= 0:
            self.found.append((handle, found, None))
        return after

    def all(
        self,
        patterns: list[Node],
        numbers: dict[Node, int],
        places: list[int],
        base: int,
        node: Node | None,
        parent: Branch,
    ) -> Node | None:
        """Walk through siblings of a template."""
        for pattern in patterns:
            number = numbers.get(pattern, -1)
            if number in places:
                node = self.place(base + number, node, parent)
                continue
            if isinstance(pattern, Text):
                handle = number if number < 0 else base + number
                node = self.one_text(handle, pattern.data, node, parent)
                continue
            if node is None or node.name != pattern.name:
                raise self.refuse(f"<{pattern.name}>", node, parent)
            if number >= 0:
                self.found.append((base + number, node, pattern))
            if isinstance(pattern, Element) and isinstance(node, Element):
                is_own = not pattern.children and (number >= 0 or "-" in pattern.name)
                if pattern.name not in OPAQUE and not is_own:
                    first = node.children[0] if node.children else None
                    self.is_after_text = False
                    rest = self.all(pattern.children, numbers, places, base, first, node)
                    if rest is not None:
                        raise self.refuse("nothing more", rest, node)
            self.is_after_text = False
            node = node.next
        return node

    def rebuild(self, handle: int, parent: Branch, first: Node | None, end: Node | None) -> None:
        """Leave a place to be built anew."""
        self.anew.append((handle, self.at, self.text, parent, first, end))
        self.skip()

    def skip(self) -> None:
        """Pass over a place in the plan."""
        count = self.read()
        if not count:
            self.text += 1
        for _ in range(count):
            number = self.read()
            self.at += 1
            if number == PLACE:
                self.skip()
            if number >= 0:
                self.at += 1
                for _ in self.page.pattern(number)[2]:
                    self.skip()


def is_mark(node: Node | None) -> bool:
    """Whether a node is a comment without text."""
    return isinstance(node, Comment) and not node.data


def up_to(first: Node | None, end: Node | None) -> Iterator[Node]:
    """A node and its siblings, up to another one."""
    while first is not None and first is not end:
        after = first.next
        yield first
        first = after


def taken_by(root: Branch, steps: list[int]) -> list[tuple[Node, bool]]:
    """The nodes that steps take, each with whether it is a text's place."""
    taken: list[tuple[Node, bool]] = []
    parents: list[Node] = []
    current: Node = root
    for step in steps:
        if step == 0:
            assert isinstance(current, Branch)
            parents.append(current)
            current = current.children[0]
        elif step == -1:
            current = parents.pop()
        elif step < 0:
            taken.append((current, step == -3))
        else:
            for _ in range(step):
                after = current.next
                assert after is not None
                current = after
    return taken
