"""A document in plain Python: as much of the DOM as the verbs touch."""

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import Protocol

from gossamer.template.spec import HTML, HTML_POINTS, MATH, SVG, SVG_ATTRIBUTES, SVG_TAGS, VOID

_RAW = frozenset(("script", "style"))


class Node:
    """A node with a parent."""

    name = ""

    def __init__(self) -> None:
        self.parent: Branch | None = None

    @property
    def next(self) -> Node | None:
        """The sibling after this one."""
        if self.parent is None:
            return None
        siblings = self.parent.children
        index = siblings.index(self) + 1
        return siblings[index] if index < len(siblings) else None

    def html(self) -> str:
        """The node as markup."""
        raise NotImplementedError

    def text(self) -> str:
        """The text that a reader sees."""
        return ""

    def detach(self) -> None:
        """Leave the parent."""
        if self.parent is not None:
            self.parent.children.remove(self)
            self.parent = None

    def copy(self) -> Node:
        """The node and all below, made anew."""
        raise NotImplementedError


class Text(Node):
    """A text node."""

    name = "#text"

    def __init__(self, data: str) -> None:
        super().__init__()
        self.data = data

    def html(self) -> str:
        parent = self.parent
        if parent is not None and parent.name in _RAW:
            return self.data
        return escape(self.data, quote=False)

    def text(self) -> str:
        return self.data

    def copy(self) -> Text:
        return Text(self.data)


class Comment(Node):
    """A comment."""

    name = "#comment"

    def __init__(self, data: str) -> None:
        super().__init__()
        self.data = data

    def html(self) -> str:
        return f"<!--{self.data}-->"

    def copy(self) -> Comment:
        return Comment(self.data)


class Visitor(Protocol):
    """Who is in front of a page, as elements need to know."""

    def focus(self, target: Element) -> None: ...

    def blur(self) -> None: ...

    def activate(self, target: Element) -> None: ...


class Branch(Node):
    """A node with children: a fragment, or an element."""

    name = "#fragment"
    visitor: Visitor | None = None
    """Who is in front of the page that this is the root of."""

    def __init__(self) -> None:
        super().__init__()
        self.children: list[Node] = []

    def insert(self, node: Node, before: Node | None) -> None:
        """Put a node before another one, or at the end."""
        node.detach()
        index = len(self.children) if before is None else self.children.index(before)
        self.children.insert(index, node)
        node.parent = self

    def inner_html(self) -> str:
        """The children as markup."""
        return "".join(child.html() for child in self.children)

    def html(self) -> str:
        return self.inner_html()

    def text(self) -> str:
        return "".join(child.text() for child in self.children)

    def walk(self) -> Iterator[Node]:
        """All nodes below, in document order."""
        for child in self.children:
            yield child
            if isinstance(child, Branch):
                yield from child.walk()

    def copy(self) -> Branch:
        return self._fill(Branch())

    def _fill[B: Branch](self, made: B) -> B:
        for child in self.children:
            made.insert(child.copy(), None)
        return made


class Element(Branch):
    """An element; properties that a test or a user sets are kept beside the attributes."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.attributes: dict[str, str] = {}
        self.properties: dict[str, object] = {}
        self.handlers: dict[str, list[int]] = {}
        self.claims: dict[str, int] = {}
        self.styles: dict[str, dict[int, str]] = {}

    def html(self) -> str:
        attributes = "".join(
            f' {name}="{escape(value)}"' for name, value in self.attributes.items()
        )
        if self.name in VOID:
            return f"<{self.name}{attributes}>"
        return f"<{self.name}{attributes}>{self.inner_html()}</{self.name}>"

    def copy(self) -> Element:
        made = Element(self.name)
        made.attributes = dict(self.attributes)
        return self._fill(made)

    def dress(self, removed: list[str], added: list[str]) -> None:
        """Put class names on and take others away, except those that something else wants."""
        names = dict.fromkeys(self.attributes.get("class", "").split())
        for name in removed:
            if self.claims.get(name):
                self.claims[name] -= 1
            else:
                names.pop(name, None)
        for name in added:
            if name in names:
                self.claims[name] = self.claims.get(name, 0) + 1
            names[name] = None
        self._write("class", " ".join(names))

    def declared(self) -> dict[str, str]:
        """The declarations in the style attribute."""
        pairs = (d.partition(":") for d in self.attributes.get("style", "").split(";"))
        return {key.strip(): text.strip() for key, _, text in pairs if text}

    def say_style(self, source: int, name: str, value: str) -> None:
        """Take what one source says of a style property: the latest that says anything wins."""
        found = self.declared()
        said = self.styles.setdefault(name, {0: found.get(name, "")})
        said[source] = value
        found.pop(name, None)
        for number in sorted(said):
            if said[number]:
                found[name] = said[number]
        self._write("style", " ".join(f"{key}: {text};" for key, text in found.items()))

    def _write(self, name: str, text: str) -> None:
        if text:
            self.attributes[name] = text
        else:
            self.attributes.pop(name, None)

    def set_text(self, text: str) -> None:
        """Hold a text, and nothing else."""
        for child in list(self.children):
            child.detach()
        self.insert(Text(text), None)

    @property
    def value(self) -> str:
        """What a control shows: what was entered, else its attribute, else its text."""
        if self.name == "select":
            options = self.options
            if "value" in self.properties:
                wanted = str(self.properties["value"])
                return wanted if any(option.value == wanted for option in options) else ""
            chosen = [option for option in options if option.selected] or options[:1]
            return chosen[0].value if chosen else ""
        if "value" in self.properties:
            return str(self.properties["value"])
        if self.name in ("textarea", "option") and "value" not in self.attributes:
            return self.text()
        is_box = self.attributes.get("type") in ("checkbox", "radio")
        return self.attributes.get("value", "on" if is_box else "")

    @value.setter
    def value(self, value: object) -> None:
        self.properties["value"] = value

    @property
    def options(self) -> list[Element]:
        """The options of a select."""
        return [n for n in self.walk() if isinstance(n, Element) and n.name == "option"]

    @property
    def selected(self) -> bool:
        """Whether an option is chosen: by a user, by its select, or from the start."""
        if "selected" in self.properties:
            return bool(self.properties["selected"])
        outer = self.parent
        while isinstance(outer, Element) and outer.name != "select":
            outer = outer.parent
        wanted = outer.properties.get("wanted") if isinstance(outer, Element) else None
        return self.value in wanted if isinstance(wanted, list) else "selected" in self.attributes

    @property
    def checked(self) -> bool:
        """Whether a box or radio is on."""
        return bool(self.properties.get("checked", "checked" in self.attributes))

    @checked.setter
    def checked(self, value: object) -> None:
        self.properties["checked"] = bool(value)

    def focus(self) -> None:
        """Take the focus, as when a handler asks for it."""
        if visitor := self._visitor():
            visitor.focus(self)

    def blur(self) -> None:
        """Let go of the focus."""
        if visitor := self._visitor():
            visitor.blur()

    def click(self) -> None:
        """Be clicked by a script."""
        if visitor := self._visitor():
            visitor.activate(self)

    def _visitor(self) -> Visitor | None:
        root: Branch = self
        while root.parent is not None:
            root = root.parent
        return root.visitor


class _Builder(HTMLParser):
    """Builds nodes from the canonical markup of a shape, which is well formed."""

    def __init__(self, namespace: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Branch()
        self.open: list[Branch] = [self.root]
        self.languages = [namespace]  # of what the open elements hold

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = tag if tag in (SVG, MATH) else self.languages[-1]
        cased = SVG_ATTRIBUTES if language == SVG else {}
        made = Element(SVG_TAGS.get(tag, tag) if language == SVG else tag)
        made.attributes = {cased.get(name, name): value or "" for name, value in attrs}
        self.open[-1].insert(made, None)
        if language != HTML or tag not in VOID:
            self.open.append(made)
            self.languages.append(HTML if made.name in HTML_POINTS else language)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].name.lower() == tag:
            self.open.pop()
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].insert(Text(data), None)

    def handle_comment(self, data: str) -> None:
        self.open[-1].insert(Comment(data), None)


def parse(markup: str, namespace: str = HTML) -> Branch:
    """The nodes of well formed markup; `<!>` is a comment without text.

    >>> parse("<p>a<!>b</p>").html()
    '<p>a<!---->b</p>'
    """
    builder = _Builder(namespace)
    builder.feed(markup.replace("<!>", "<!---->"))
    builder.close()
    return builder.root
