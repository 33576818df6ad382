"""Programs: a shape as pieces of text, and what to do between them."""

import re
from collections.abc import Callable, Iterator
from copy import copy
from functools import lru_cache
from html import unescape
from typing import Any

from gossamer.ssr import signs
from gossamer.template import spec
from gossamer.template.parser import parse
from gossamer.template.shape import (
    ATTRIBUTE,
    BIND,
    CHILD,
    DIRECTIVE,
    DOWN,
    EVENT,
    INNER_HTML,
    PLACEHOLDER,
    PROPERTY,
    REF,
    TAKE,
    TAKE_TEXT,
    TEXT,
    UP,
    Hole,
    Shape,
)
from gossamer.view.hydration import early_attributes
from gossamer.view.places import remember

type Run = Callable[[Any, tuple[object, ...], list[Any], dict[str, object] | None], None]
"""Does a step: what it is about, the values, where the text goes, attributes for root elements."""

type Step = tuple[str, int, Run, Any]
"""A text, the number of a value that may simply be text (or -1), what to do, and with what."""

_TOKEN = re.compile(
    r'<!>|<!--.*?-->|</[^\s>]+>|<([^\s/>!]+)((?:\s[^\s=>]+="[^"]*")*)>|[^<]+', re.DOTALL
)
_ATTRIBUTE = re.compile(r'\s([^\s=>]+)="([^"]*)"')
_CONTROLS = frozenset((PROPERTY, BIND))
_UNSEEN = frozenset((EVENT, REF, DIRECTIVE))
"""What text has no counterpart for."""
_INSIDE = frozenset((TEXT, INNER_HTML))
"""What is all of an element's content."""
_NO_ATTRIBUTE = _UNSEEN | _INSIDE


class Node:
    """A node of a shape's markup: an element, or what is written as it stands."""

    __slots__ = ("attributes", "children", "end", "holes", "is_root", "tag", "text")

    def __init__(self, tag: str = "", attributes: str = "", text: str = "", end: str = "") -> None:
        self.tag = tag
        self.attributes = attributes
        self.text = text
        self.end = end
        self.children: list[Node] = []
        self.holes: list[Hole] = []
        self.is_root = False


class Tag:
    """A start tag whose attributes depend on values."""

    __slots__ = (
        "attributes",
        "content",
        "eats_newline",
        "firsts",
        "holes",
        "inner",
        "is_root",
        "name",
    )

    def __init__(self, node: Node, inner: Program | None) -> None:
        self.name = node.tag
        self.attributes = {
            name: unescape(text) for name, text in _ATTRIBUTE.findall(node.attributes)
        }
        seen = [hole for hole in node.holes if hole.kind not in _NO_ATTRIBUTE]
        # Controls last: a value may depend on other attributes, such as `type` or `max`.
        self.holes = tuple(sorted(seen, key=lambda hole: hole.kind in _CONTROLS))
        self.firsts = tuple(number for hole in self.holes for number in _numbers(hole))
        self.is_root = node.is_root
        self.inner = inner
        self.content = "".join(child.text for child in node.children) if is_text_only(node) else ""
        self.eats_newline = node.tag in spec.EATS_FIRST_NEWLINE


def _numbers(hole: Hole) -> Iterator[int]:
    """The numbers of a hole's values."""
    payload: Any = hole.payload
    entries = payload if isinstance(payload, tuple) else ((None, hole.first, hole.parts),)
    for _, first, parts in entries:
        yield from range(first, first + (1 if parts is None else len(parts) - 1))


def is_text_only(node: Node) -> bool:
    """Whether an element holds nothing but text."""
    return node.tag in spec.RCDATA


def is_raw(node: Node) -> bool:
    """Whether what an element holds is no markup."""
    is_named_so = node.tag in spec.RCDATA or node.tag in spec.RAW_TEXT
    return is_named_so and not any(child.tag or child.holes for child in node.children)


class Program:
    """How a shape becomes text."""

    __slots__ = ("steps", "tail")

    def __init__(self, steps: tuple[Step, ...], tail: str) -> None:
        self.steps = steps
        self.tail = tail


class _Writer:
    """A program that is being written; with `marks` it has the signs that `marks` reads."""

    def __init__(self, runs: dict[int, Run], *, is_dressed: bool, has_marks: bool) -> None:
        self.runs = runs
        self.is_dressed = is_dressed
        self.has_marks = has_marks
        self.text = ""
        self.steps: list[Step] = []

    def step(self, run: Run, about: object, first: int = -1) -> None:
        self.steps.append((self.text, first, run, about))
        self.text = ""

    def write(self, nodes: list[Node], *, at_root: bool) -> Program:
        self.write_all(nodes, at_root=at_root)
        return Program(tuple(self.steps), self.text)

    def write_all(self, nodes: list[Node], *, at_root: bool = False) -> None:
        """Write siblings; at the root nobody knows what stands before and after."""
        seen = [node for node in nodes if node.tag or node.text or node.holes]
        may_follow = at_root
        for i, node in enumerate(seen):
            is_text = not node.tag and not node.text.startswith("<!--")
            if self.has_marks and is_text and may_follow:
                self.text += signs.TEXT
            self.write_node(node)
            may_follow = is_text
            is_last = i + 1 == len(seen)
            if self.has_marks and is_text and node.holes and (at_root or not is_last):
                self.text += signs.TEXT_END
        if self.has_marks and at_root and not seen:
            self.text += signs.NOTHING

    def write_node(self, node: Node) -> None:
        if not node.tag:
            for hole in node.holes:
                first = hole.first if hole.kind == CHILD else -1
                self.step(self.runs[hole.kind], hole, first)
            text = node.text
            self.text += (
                text if not self.has_marks or text.startswith("<!--") else text.replace(">", "&gt;")
            )
            return
        if self.has_marks:
            node = _with_early(node)
        dresses = self.is_dressed and node.is_root
        holes = [hole for hole in node.holes if hole.kind not in _NO_ATTRIBUTE]
        inside = [hole for hole in node.holes if hole.kind in _INSIDE]
        if dresses or not _is_simple(holes, node):
            inner = None
            if node.tag == "select":
                writer = _Writer(self.runs, is_dressed=False, has_marks=self.has_marks)
                inner = writer.write(node.children, at_root=False)
            self.step(self.runs[TAG], Tag(node, inner))
            is_done = inner is not None or is_text_only(node)
        else:
            self.text += f"<{node.tag}{node.attributes}"
            for hole in holes:
                self.step(self.runs[ATTRIBUTE], hole)
            self.text += ">"
            is_done = False
        for hole in inside:
            self.step(self.runs[hole.kind], hole)
        if not is_done:
            if node.tag in spec.EATS_FIRST_NEWLINE and node.children and not node.children[0].text:
                # It is eaten in place of one that a value begins with.
                self.text += signs.NEWLINE if self.has_marks else "\n"
            if is_raw(node):
                self.text += "".join(child.text for child in node.children)
            else:
                self.write_all(node.children)
        self.text += node.end


def _with_early(node: Node) -> Node:
    """An element that says which events it answers, if it does."""
    events = [hole for hole in node.holes if hole.kind == EVENT]
    if not events:
        return node
    prevented = {hole.name for hole in events if "prevent" in hole.modifiers}
    has_action = any(hole.name == "action" for hole in node.holes)
    if node.tag == "form" and not has_action and " action=" not in node.attributes:
        prevented.add("submit")  # sent to this page, it would lose what the page holds
    made = copy(node)
    names = {hole.name for hole in events}
    for name, text in early_attributes(names, prevented & names).items():
        made.attributes += f' {name}="{text}"'
    return made


TAG = -1
"""The kind of a step that writes a whole start tag."""


def _is_simple(holes: list[Hole], node: Node) -> bool:
    return all(
        hole.kind == ATTRIBUTE and f' {hole.name}="' not in node.attributes for hole in holes
    )


_runs: dict[int, Run] = {}


def set_runs(table: dict[int, Run]) -> None:
    """Take what to do by kind of hole."""
    _runs.update(table)


type Programs = tuple[Program, Program]
"""For a shape as it is, and for when its root elements take a component's attributes."""

_programs: dict[tuple[Shape, bool], Programs] = {}


def programs_of(shape: Shape, *, has_marks: bool = False) -> Programs:
    """The programs of a shape."""
    found = _programs.get((shape, has_marks))
    if found is None:
        found = _programs[shape, has_marks] = _compile(shape, has_marks=has_marks)
        remember(shape)
    return found


@lru_cache(maxsize=500)
def programs_of_made(strings: tuple[str, ...], *, has_marks: bool = False) -> Programs:
    """The programs of strings that were made while the app runs, such as an element's."""
    return _compile(parse(strings), has_marks=has_marks)


def _compile(shape: Shape, *, has_marks: bool) -> Programs:
    root = read_markup(shape.markup, shape.namespace)
    taken = list(_walk(root, shape.steps))
    for hole in shape.holes:
        taken[hole.node].holes.append(hole)
    for node in root.children:
        node.is_root = bool(node.tag)
    plain, dressed = (
        _Writer(_runs, is_dressed=is_dressed, has_marks=has_marks).write(
            root.children, at_root=True
        )
        for is_dressed in (False, True)
    )
    return plain, dressed


def _walk(root: Node, steps: tuple[int, ...]) -> Iterator[Node]:
    """The nodes that a walk takes."""
    path = [root]
    places = [0]
    for step in steps:
        if step == DOWN:
            path.append(path[-1].children[0])
            places.append(0)
        elif step == UP:
            path.pop()
            places.pop()
        elif step in (TAKE, TAKE_TEXT):
            yield path[-1]
        else:
            places[-1] += step
            path[-1] = path[-2].children[places[-1]]


def read_markup(markup: str, namespace: str) -> Node:
    """The tree of a shape's markup, which is well formed.

    >>> [node.tag for node in read_markup("<p>a</p><br>", "html").children]
    ['p', 'br']
    """
    root = Node()
    path = [root]
    languages = [namespace]
    position = 0
    while position < len(markup):
        match = _TOKEN.match(markup, position)
        assert match is not None  # noqa: S101 - the parser wrote it
        text = match[0]
        position = match.end()
        if match[1]:
            tag = match[1]
            language = tag if tag in (spec.SVG, spec.MATH) else languages[-1]
            node = Node(tag, match[2], end=f"</{tag}>")
            path[-1].children.append(node)
            if language == spec.HTML and tag in spec.VOID:
                node.end = ""
            elif language == spec.HTML and (tag in spec.RAW_TEXT or tag in spec.RCDATA):
                end = markup.index(node.end, position)
                if end > position:
                    node.children.append(Node(text=markup[position:end]))
                position = end + len(node.end)
            else:
                path.append(node)
                languages.append(spec.HTML if tag in spec.HTML_POINTS else language)
        elif text.startswith("</"):
            path.pop()
            languages.pop()
        elif text == PLACEHOLDER:
            path[-1].children.append(Node())
        else:
            path[-1].children.append(Node(text=text))
    return root
