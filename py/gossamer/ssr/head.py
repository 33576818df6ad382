"""What views say of the page around them, as text."""

from gossamer.host import HeadElement, Stacks
from gossamer.ssr.escape import escape_attribute, escape_text
from gossamer.template.spec import RAW_TEXT, VOID


class HeadText(Stacks):
    """The title, the elements of the head and the attributes of <html> and <body>.

    >>> from gossamer.meta import Html, Meta, Title
    >>> from gossamer.ssr import HeadText, render_to_string
    >>> head = HeadText()
    >>> body = render_to_string([Title("Tea"), Meta(name="robots", content="all"), "Hi"], head=head)
    >>> str(head)
    '<title>Tea</title><meta name="robots" content="all">'
    """

    __slots__ = ("_elements", "_is_kept", "_nonce", "_roots", "_title", "_told")

    def __init__(self, nonce: str = "") -> None:
        super().__init__(self._take)
        self._nonce = nonce
        self._told: dict[object, str] = {}
        self._is_kept = False
        self._title: str | None = None
        self._roots: dict[str, dict[str, str]] = {"html": {}, "body": {}}
        self._elements: list[_Element] = []

    def _take(self, root: str, name: str, value: str | None) -> None:
        if self._is_kept:
            return
        if root == "title":
            self._title = value
        elif value is None:
            self._roots[root].pop(name, None)
        else:
            self._roots[root][name] = value

    def keep(self) -> None:
        """Stay as it is, while what has said all this ends."""
        self._is_kept = True
        self._elements = [*self._elements]

    def make(self, tag: str) -> HeadElement:
        """An element that does not stand there yet."""
        made = _Element(tag, self._elements)
        if self._nonce and tag in ("script", "style"):
            made.write("nonce", self._nonce)
        return made

    def news(self) -> str:
        """What is new since this was asked last: at first, all.

        >>> head = HeadText()
        >>> head.say("title", "text", "page", "Tea")
        >>> head.news(), head.news()
        ('<title>Tea</title>', '')
        """
        present: dict[object, str] = {}
        if self._title is not None:
            present["title"] = self._title_markup()
        present.update((element, str(element)) for element in self._elements)
        told, self._told = self._told, present
        return "".join(text for who, text in present.items() if told.get(who) != text)

    def _title_markup(self) -> str:
        return "" if self._title is None else f"<title>{escape_text(self._title)}</title>"

    def attributes(self, root: str) -> str:
        """The attributes of `html` or `body`, each after a blank.

        >>> from gossamer.meta import Html
        >>> from gossamer.ssr import HeadText, render_to_string
        >>> head = HeadText()
        >>> render_to_string(Html(lang="fr", class_="dark"), head=head)
        ''
        >>> head.attributes("html")
        ' lang="fr" class="dark"'
        """
        said = self._roots[root]
        found = {name: text for name, text in said.items() if not name.startswith("class:")}
        worn = [name.removeprefix("class:") for name in said if name.startswith("class:")]
        if worn:
            found["class"] = " ".join([*filter(None, [found.get("class")]), *worn])
        return "".join(attribute_markup(name, text) for name, text in found.items())

    def __str__(self) -> str:
        return self._title_markup() + "".join(map(str, self._elements))


class _Element:
    """An element of the head."""

    __slots__ = ("_around", "_attributes", "_tag", "_text")

    def __init__(self, tag: str, around: list[_Element]) -> None:
        self._tag = tag
        self._around = around
        self._attributes: dict[str, str] = {}
        self._text = ""

    def write(self, name: str, value: str | None) -> None:
        """Write an attribute; None takes it away."""
        if value is None:
            self._attributes.pop(name, None)
        else:
            self._attributes[name] = value

    def fill(self, text: str) -> None:
        """Write all of its text."""
        self._text = text

    def enter(self) -> None:
        """Stand at the end of the head."""
        self._around.append(self)

    def remove(self) -> None:
        """Leave the head."""
        if self in self._around:
            self._around.remove(self)

    def __str__(self) -> str:
        tag = self._tag
        start = f"<{tag}{''.join(attribute_markup(*each) for each in self._attributes.items())}>"
        if tag in VOID:
            return start
        text = raw_text(self._text) if tag in RAW_TEXT else escape_text(self._text)
        return f"{start}{text}</{tag}>"


def attribute_markup(name: str, text: str) -> str:
    """An attribute as it stands in a tag, after a blank."""
    return f' {name}="{escape_attribute(text)}"'


def raw_text(text: str) -> str:
    r"""The text of a <script> or <style>: what could end it gets a backslash.

    Where such text may stand, in strings, a needless backslash says nothing in CSS and JavaScript.

    >>> raw_text("a > b"), raw_text("'</script>'")
    ('a > b', "'<\\/script>'")
    """
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")
