"""The markup and the walk of one shape while it is parsed."""

from typing import cast

from gossamer.errors import NestingError, TemplateSyntaxError
from gossamer.template import spec
from gossamer.template.nesting import BODY, FRESH, ROOT, Frame
from gossamer.template.shape import (
    BIND,
    CHILD,
    DOWN,
    INNER_HTML,
    PLACEHOLDER,
    TAKE,
    TAKE_TEXT,
    UP,
    Children,
    ComponentPayload,
    Hole,
    Shape,
)
from gossamer.template.spec import HTML, MATH, SVG


def escape_text(text: str) -> str:
    """Escape a text that stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")


class Builder:
    """A shape that is being built: its open elements, markup, walk and holes.

    `outer` is the builder of the template around a component's children.
    """

    __slots__ = (
        "_holes",
        "_is_language_settled",
        "_is_only_space",
        "_last_root",
        "_node_count",
        "_path",
        "_root_tags",
        "_root_taken",
        "_steps",
        "_text_length",
        "frames",
        "markup",
        "outer",
    )

    def __init__(self, namespace: str, offset: int, outer: Builder | None = None) -> None:
        self.frames = [Frame(ROOT, namespace, FRESH if namespace == HTML else BODY, offset)]
        self.outer = outer
        self.markup: list[str] = []
        self._holes: list[Hole] = []
        self._steps: list[int] = []
        self._path: list[int] = []
        self._node_count = 0
        self._last_root = -1
        self._root_tags: dict[int, str] = {}  # by the index among the roots
        self._root_taken: dict[int, int] = {}  # from that index to the number of the node
        self._text_length = 0
        self._is_language_settled = namespace != HTML
        self._is_only_space = True

    def settle_language(self, tag: str) -> None:
        """Let the first element say whether the roots are SVG or MathML."""
        if self._is_language_settled:
            return
        self._is_language_settled = True
        language = SVG if tag in spec.SVG_ROOTS else MATH if tag in spec.MATH_ROOTS else ""
        if language:
            root = Frame(ROOT, language, BODY, self.frames[0].offset)
            root.count = self.frames[0].count
            root.is_text_last = self.frames[0].is_text_last
            self.frames[0] = root

    def open(self, frame: Frame, attributes: str, holes: list[Hole]) -> None:
        """Begin an element."""
        if len(self.frames) > spec.MAX_DEPTH:
            raise NestingError(
                f"<{frame.name}> stands more than {spec.MAX_DEPTH} elements deep.",
                why="a browser would flatten the tree there.",
                fix="Nest fewer elements, or make components of them.",
                offset=frame.offset,
            )
        self._add_node()
        self._is_only_space = False
        if len(self.frames) == 1:
            self._root_tags[self.frames[0].count - 1] = frame.tag
        self.markup.append(f"<{frame.tag}{attributes}>")
        if holes or len(self.frames) == 1:  # a root takes what a component is given
            frame.node = self._take(TAKE)
        for hole in holes:
            hole.node = frame.node
            if hole.kind == INNER_HTML:
                frame.filled_by = "inner_html"
            elif hole.kind == BIND and hole.name == "text":
                frame.filled_by = "bind:text"
        self._holes.extend(holes)
        self.frames.append(frame)

    def close(self) -> None:
        """End the innermost element."""
        frame = self.frames.pop()
        self.markup.append(f"</{frame.tag}>")
        if frame.filled_by and frame.count:
            raise TemplateSyntaxError(
                f"<{frame.name}> has both {frame.filled_by} and content.",
                why=f"{frame.filled_by} is all of its content.",
                fix="Take one of them out.",
                offset=frame.offset,
            )

    def close_void(self) -> None:
        """End an element that has no end tag."""
        self.frames.pop()

    def add_text(self, text: str, offset: int) -> None:
        """Add text to the innermost element."""
        if not text:
            return
        frame = self.frames[-1]
        if not frame.count and text[0] == "\n" and frame.key in spec.EATS_FIRST_NEWLINE:
            self.markup.append("\n")
        if frame.is_text_last:
            self._text_length += _code_units(text)
        else:
            self._add_node()
            frame.is_text_last = True
            self._text_length = _code_units(text)
            if self._is_first_root():
                self._take(TAKE)
        if self._text_length > spec.MAX_TEXT:
            raise TemplateSyntaxError(
                f"A text is longer than {spec.MAX_TEXT} characters.",
                why="a browser splits it into several nodes.",
                fix="Put it into a value.",
                offset=offset,
            )
        self._is_only_space = self._is_only_space and not text.strip(spec.SPACE)
        self.markup.append(escape_text(text))

    def add_comment(self, text: str) -> None:
        """Add a comment of the user's."""
        self._add_node()
        self._is_only_space = False
        self.markup.append(f"<!--{text}-->")
        if self._is_first_root():
            self._take(TAKE)

    def add_raw(self, text: str) -> None:
        """Add what the innermost element, one of text only, holds."""
        if text.startswith("\n") and self.frames[-1].key in spec.EATS_FIRST_NEWLINE:
            self.markup.append("\n")
        self.markup.append(text)

    def add_hole(self, hole: Hole) -> None:
        """Add a placeholder for a child or a component."""
        if len(self.frames) == 1 and not self.frames[0].count:
            # What this hole shows begins the block: an anchor before it never moves.
            self._add_placeholder()
        hole.node = self._add_placeholder()
        self._holes.append(hole)

    def add_own_hole(self, hole: Hole) -> None:
        """Add a hole that is all the text of the innermost element."""
        frame = self.frames[-1]
        if frame.node < 0:
            frame.node = self._take(TAKE, depth=len(self.frames) - 1)
        hole.node = frame.node
        self._holes.append(hole)

    def set_children(self, children: Children, closing: int) -> None:
        """Give the component that was added last what stands between its tags."""
        hole = self._holes[-1]
        props, spreads, *_ = cast("ComponentPayload", hole.payload)
        hole.payload = (props, spreads, children, closing)

    def finish(self, strings: tuple[str, ...]) -> Shape:
        """Close the walk and make the shape."""
        root = self.frames[0]
        if not root.count:
            self._add_placeholder()
        if self._last_root < 0:
            self._take(TAKE)
        return Shape(
            strings,
            "".join(self.markup),
            root.inside,
            tuple(self._steps),
            tuple(self._holes),
            node_count=self._node_count,
            end=self._last_root,
            roots=tuple(self._root(index, tag) for index, tag in self._root_tags.items()),
        )

    def _root(self, index: int, tag: str) -> tuple[int, int, str]:
        """A root element: a node that is taken, how many siblings on it stands, and its tag.

        What is shown later stands before a node that is taken, so nothing comes in between.
        """
        taken = max(at for at in self._root_taken if at <= index)
        return self._root_taken[taken], index - taken, tag

    def children(self, strings: tuple[str, ...]) -> Children:
        """What a component gets: nothing, one value as it is, or a shape."""
        if self._is_only_space:
            if not self._holes:
                return None
            if len(self._holes) == 1 and self._holes[0].kind == CHILD:
                return ("value", self._holes[0].first)
        return self.finish(strings)

    def _add_node(self) -> None:
        frame = self.frames[-1]
        frame.count += 1
        frame.is_text_last = False
        if len(self.frames) == 1:
            self._last_root = -1

    def _add_placeholder(self) -> int:
        self._add_node()
        self.markup.append(PLACEHOLDER)
        return self._take(TAKE_TEXT)

    def _is_first_root(self) -> bool:
        return not self._node_count

    def _take(self, step: int, depth: int | None = None) -> int:
        """Walk from the node taken last to the innermost element's last child, and take it.

        A path is the index of each node on the way in its parent. Both paths begin alike:
        go up to where they part, then along the siblings, then down.
        """
        path = [frame.count - 1 for frame in self.frames[:depth]]
        before = self._path
        shorter = min(len(before), len(path))
        common = 0
        while common < shorter and before[common] == path[common]:
            common += 1
        steps = self._steps
        if common < shorter:
            steps.extend([UP] * (len(before) - common - 1))
            steps.append(path[common] - before[common])
            common += 1
        else:
            steps.extend([UP] * (len(before) - common))
        for index in path[common:]:
            steps.append(DOWN)
            if index:
                steps.append(index)
        steps.append(step)
        self._path = path
        number = self._node_count
        self._node_count += 1
        if len(path) == 1:
            self._last_root = number
            self._root_taken[path[0]] = number
        return number


def _code_units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
