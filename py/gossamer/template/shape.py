"""A parsed template: its markup, its walk and its holes."""

from typing import cast

# Kinds of holes.
CHILD = 0
TEXT = 1
ATTRIBUTE = 2
PROPERTY = 3
EVENT = 4
CLASS = 5
STYLE = 6
BIND = 7
REF = 8
DIRECTIVE = 9
SPREAD = 10
INNER_HTML = 11
COMPONENT = 12

# Steps of a walk; a positive step goes that many siblings on.
DOWN = 0
UP = -1
TAKE = -2
TAKE_TEXT = -3

PLACEHOLDER = "<!>"

type Parts = tuple[str, ...] | None
"""The text around the values of one hole: None when the value stands alone."""

type Entry = tuple[str | None, int, Parts]
"""One class or style hole: the token or property it is for, its first value, its parts."""

type PropValue = str | bool | tuple[str, int, Parts]
"""A prop of a component: text, True, or `("hole", first, parts)`."""

type Children = Shape | tuple[str, int] | None
"""What stands between a component's tags: a shape, `("value", index)`, or nothing."""

type ComponentPayload = tuple[tuple[tuple[str, PropValue], ...], tuple[int, ...], Children, int]
"""Props, the numbers of spread values, children, and the number of the closing value or -1."""

type Payload = tuple[Entry, ...] | ComponentPayload | str | None


class Hole:
    """A place in a shape that a value fills.

    `node` is the number of its node in the walk, `first` the number of its first value.
    `name` and `tag` are as the DOM spells them; `sink` says which values are safe there.
    `payload` depends on the kind: the entries of CLASS and STYLE, the parts of a COMPONENT,
    the namespace of an ATTRIBUTE such as `xlink:href`.
    """

    __slots__ = ("first", "kind", "modifiers", "name", "node", "parts", "payload", "sink", "tag")

    def __init__(
        self,
        kind: int,
        node: int,
        first: int,
        parts: Parts = None,
        *,
        name: str = "",
        tag: str = "",
        sink: int = 0,
        modifiers: frozenset[str] = frozenset(),
        payload: Payload = None,
    ) -> None:
        self.kind = kind
        self.node = node
        self.first = first
        self.parts = parts
        self.name = name
        self.tag = tag
        self.sink = sink
        self.modifiers = modifiers
        self.payload = payload

    def twin(self, strings: tuple[str, ...]) -> Hole:
        """The same hole of the same text at another place."""
        payload = self.payload
        if self.kind == COMPONENT:
            props, spreads, children, closing = cast("ComponentPayload", payload)
            if isinstance(children, Shape):
                payload = (props, spreads, children.twin(strings), closing)
        return Hole(
            self.kind,
            self.node,
            self.first,
            self.parts,
            name=self.name,
            tag=self.tag,
            sink=self.sink,
            modifiers=self.modifiers,
            payload=payload,
        )

    def __repr__(self) -> str:
        return f"<Hole kind={self.kind} {self.tag}@{self.name} node={self.node} first={self.first}>"


class Shape:
    """What all instances of one template share: markup, a walk to its dynamic nodes, holes.

    It holds no value: value number `i` of an instance belongs between `strings[i]` and
    `strings[i + 1]`. `markup` parsed in `namespace` and walked by `steps` gives `node_count`
    nodes; `start` and `end` are the numbers of the first and the last root node.
    `roots` are the root elements, each by a node of the walk, the siblings after it, and its tag.
    The same text at several places of the code has a shape for each: all have one `kin`.
    """

    __slots__ = (
        "end",
        "events",
        "holes",
        "kin",
        "markup",
        "namespace",
        "node_count",
        "roots",
        "start",
        "steps",
        "strings",
        "twins",
    )

    def __init__(
        self,
        strings: tuple[str, ...],
        markup: str,
        namespace: str,
        steps: tuple[int, ...],
        holes: tuple[Hole, ...],
        *,
        node_count: int,
        end: int,
        roots: tuple[tuple[int, int, str], ...],
        kin: Shape | None = None,
    ) -> None:
        self.strings = strings
        self.markup = markup
        self.namespace = namespace
        self.steps = steps
        self.holes = holes
        self.events = tuple(hole for hole in holes if hole.kind == EVENT)
        self.node_count = node_count
        self.start = 0
        self.end = end
        self.roots = roots
        self.kin = kin or self
        self.twins = 0

    def twin(self, strings: tuple[str, ...]) -> Shape:
        """The same shape for the same text at another place."""
        return Shape(
            strings,
            self.markup,
            self.namespace,
            self.steps,
            tuple(hole.twin(strings) for hole in self.holes),
            node_count=self.node_count,
            end=self.end,
            roots=self.roots,
            kin=self.kin,
        )

    def __repr__(self) -> str:
        return f"<Shape {self.markup!r}>"
