"""Who may stand where, so that a browser leaves the tree as it is written.

Each rule is one step of the HTML standard's "in body" mode that would close, move or drop
something; here it is an error instead. So the browser's stack of open elements is ours.
"""

from gossamer.errors import NestingError
from gossamer.template import spec
from gossamer.template.spec import HTML, MATH, SVG
from gossamer.template.tokens import Attribute

# How the content of an element is read.
FRESH = 0  # the root of a template, before its first element decides
BODY = 1
TABLE = 2  # a root whose children are parts of a table
SECTION = 3  # a root whose children are rows
ROW = 4  # a root whose children are cells
COLUMNS = 5  # a root whose children are columns

_ROOT_MODES = {
    **dict.fromkeys(("caption", "colgroup", "tbody", "tfoot", "thead"), TABLE),
    "tr": SECTION,
    "td": ROW,
    "th": ROW,
    "col": COLUMNS,
}
_KEEPS_MODE = {TABLE, SECTION, ROW}
ROOT = "#root"


class Frame:
    """An element whose end tag is still to come, or the root of a template.

    `inside` is the language of its content, `count` the number of its children so far,
    `node` its number in the walk or -1; `values_refused` says why it may hold no value,
    `filled_by` names the attribute whose value is all of its content.
    """

    __slots__ = (
        "count",
        "filled_by",
        "inside",
        "is_text_last",
        "key",
        "mode",
        "name",
        "node",
        "offset",
        "tag",
        "values_refused",
    )

    def __init__(self, tag: str, namespace: str, mode: int, offset: int) -> None:
        self.tag = tag
        self.name = tag
        self.key = tag if namespace == HTML else f"{namespace} {tag}"
        self.inside = namespace
        self.mode = mode
        self.offset = offset
        self.count = 0
        self.is_text_last = False
        self.filled_by = ""
        self.node = -1
        self.values_refused = ""


def open_frame(
    parent: Frame, tag: str, namespace: str, attributes: list[Attribute], offset: int
) -> Frame:
    """Make the frame of an element that stands in `parent`."""
    mode = parent.mode
    if namespace == HTML and tag == "template":
        mode = FRESH
    elif namespace == HTML and tag in ("td", "th", "caption"):
        mode = BODY
    frame = Frame(tag, namespace, mode, offset)
    frame.values_refused = parent.values_refused or _VALUES_REFUSED.get(frame.key, "")
    if (namespace == SVG and tag in spec.HTML_POINTS) or (
        frame.key == "math annotation-xml" and _is_html_annotation(attributes)
    ):
        frame.inside = HTML
    return frame


_VALUES_REFUSED = {
    "noscript": "a browser reads what is in <noscript> as text when scripts are on",
    "selectedcontent": "a browser fills <selectedcontent> with the chosen option",
    "svg style": "what is in <style> is run as CSS",
    "svg script": "what is in <script> is run as JavaScript",
}


def _is_html_annotation(attributes: list[Attribute]) -> bool:
    for attribute in attributes:
        if attribute.name.lower() == "encoding":
            if attribute.first >= 0:
                raise NestingError(
                    "The encoding of <annotation-xml> may not come from a value.",
                    why="it decides whether its content is HTML.",
                    fix="Write the encoding out.",
                    offset=attribute.offset,
                )
            return (attribute.value or "").lower() in spec.ANNOTATION_HTML
    return False


def reads_as_html(parent: Frame, tag: str) -> bool:
    """Whether a start tag in `parent` follows the rules of HTML."""
    if parent.inside == HTML:
        return True
    if parent.inside == MATH:
        if parent.tag in spec.MATH_TEXT_POINTS:
            return tag not in spec.MATH_IN_TEXT_POINTS
        return tag == "svg" and parent.tag == "annotation-xml"
    return False


def check_foreign(parent: Frame, tag: str, attributes: list[Attribute], offset: int) -> None:
    """Refuse an HTML tag that ends the `<svg>` or `<math>` around it."""
    leaves = tag in spec.LEAVES_FOREIGN or (
        tag == "font"
        and any(attribute.name.lower() in spec.FONT_LEAVES_FOREIGN for attribute in attributes)
    )
    if leaves:
        outer = "svg" if parent.inside == SVG else "math"
        raise NestingError(
            f"<{tag}> may not stand in <{outer}>.",
            why=f"a browser ends the <{outer}> before it.",
            fix=f"Move it out of the <{outer}>, or put it into a <foreignObject>."
            if outer == SVG
            else "Move it out of the <math>, or put it into an <mtext>.",
            offset=offset,
        )


def check_html(frames: list[Frame], tag: str, attributes: list[Attribute], offset: int) -> None:
    """Refuse an HTML element that a browser would not leave where it is written."""
    parent = frames[-1]
    reason = _NEVER.get(tag)
    if reason:
        raise NestingError(
            f"<{tag}> may not stand in a template.", why=reason[0], fix=reason[1], offset=offset
        )
    children = spec.TABLE_CHILDREN.get(parent.key)
    if children is not None:
        if tag not in children and not (tag == "input" and _is_hidden_in(parent, attributes)):
            raise _not_in_table(parent, tag, offset)
        return
    _check_mode(parent, tag, offset)
    for ancestors, stops, why, fix in _CLOSERS.get(tag, ()):
        found = nearest(frames, ancestors, stops)
        if found is not None:
            raise NestingError(
                f"<{tag}> may not stand in <{found.tag}>.", why=why, fix=fix, offset=offset
            )
    closed_in = _IMPLIED_IN.get(tag)
    if closed_in and parent.key in closed_in[1] and nearest(frames, closed_in[0], spec.SCOPE):
        raise NestingError(
            f"<{tag}> may not stand in <{parent.tag}> here.",
            why=f"a browser ends the <{parent.tag}> before it.",
            fix=f"Close the <{parent.tag}> before the <{tag}>.",
            offset=offset,
        )


def check_text(parent: Frame, text: str, offset: int) -> None:
    """Refuse text directly in a part of a table."""
    if text.strip(spec.SPACE) and (parent.key in spec.NO_TEXT or parent.mode == COLUMNS):
        where = f"<{parent.tag}>" if parent.key in spec.NO_TEXT else "a template of columns"
        raise NestingError(
            f"Text may not stand directly in {where}.",
            why="a browser moves it out of the table, or drops it.",
            fix="Put it into a cell or the caption.",
            offset=offset,
        )


def nearest(
    frames: list[Frame], keys: frozenset[str], stops: frozenset[str] | None
) -> Frame | None:
    """The innermost frame of one of the keys that no stop is inside of; None: the parent only."""
    if stops is None:
        return frames[-1] if frames[-1].key in keys else None
    for frame in reversed(frames):
        if frame.key in keys:
            return frame
        if frame.key in stops:
            return None
    return None


def _check_mode(parent: Frame, tag: str, offset: int) -> None:
    """Follow the root of a template, whose first element decides what may follow it."""
    mode = parent.mode
    is_root = parent.tag in (ROOT, "template")
    part_mode = _ROOT_MODES.get(tag)
    if is_root and mode == FRESH:
        if tag not in spec.BEFORE_TABLE_PARTS:
            parent.mode = part_mode or BODY
        return
    if part_mode:
        # Rows may not follow cells: without its parent a part is known by its first sibling only.
        if not is_root or mode != part_mode:
            raise _stray_part(parent, tag, offset, is_mixed=is_root)
    elif mode == COLUMNS and tag != "template":
        raise _stray_part(parent, "col", offset, is_mixed=True)
    elif mode in _KEEPS_MODE and tag in ("table", "form"):
        raise NestingError(
            f"<{tag}> may not stand in a template that begins with parts of a table.",
            why="a browser drops it there.",
            fix="Make two templates of it.",
            offset=offset,
        )


def _is_hidden_in(parent: Frame, attributes: list[Attribute]) -> bool:
    return parent.key != "colgroup" and any(
        attribute.name.lower() == "type" and (attribute.value or "").lower() == "hidden"
        for attribute in attributes
    )


def _not_in_table(parent: Frame, tag: str, offset: int) -> NestingError:
    between = {"table": "<tbody>", "colgroup": ""}.get(parent.tag, "<tr>")
    if tag in spec.TABLE_PARTS and between:
        between = "<colgroup>" if tag == "col" else between
        why = f"a browser puts {between} in between, or ends the <{parent.tag}>."
        fix = f"Write the {between} that it belongs to."
    else:
        why = "a browser moves it out of the table."
        fix = "Put it into a cell, or before the table."
    return NestingError(
        f"<{tag}> may not stand directly in <{parent.tag}>.", why=why, fix=fix, offset=offset
    )


def _stray_part(parent: Frame, tag: str, offset: int, *, is_mixed: bool) -> NestingError:
    if is_mixed:
        what = f"<{tag}> may not stand beside what the template begins with."
        fix = "Make two templates of it, or write the table around it."
    else:
        what = f"<{tag}> may not stand in <{parent.tag}>."
        fix = "Put it into a table; only a template's own roots may be parts of one."
    return NestingError(
        what, why="a browser drops parts of a table elsewhere.", fix=fix, offset=offset
    )


_PAGE_PART = (
    "a page has one already, and a browser drops any other.",
    "Leave it out; gossamer's Html, Body and Title reach it from anywhere.",
)
_NEVER = {
    "html": _PAGE_PART,
    "head": _PAGE_PART,
    "body": _PAGE_PART,
    "frame": ("frames belong to a page of frames.", "Use <iframe>."),
    "frameset": ("frames belong to a page of frames.", "Use <iframe>."),
    "image": (
        "a browser makes an <img> of it.",
        "Write <img>; in SVG, put it into a <g>.",
    ),
    "plaintext": ("it can never be closed.", "Use <pre>."),
}

type _Closer = tuple[frozenset[str], frozenset[str] | None, str, str]

_P = frozenset(("p",))
_P_CLOSER = (
    _P,
    spec.BUTTON_SCOPE,
    "a browser ends the <p> before it.",
    "Use <div> for the outer one, or a <span> inside.",
)
_SELECT = frozenset(("select",))


def _inside(tag: str, stops: frozenset[str] | None, why: str, fix: str) -> _Closer:
    return (frozenset((tag,)), stops, why, fix)


_END_OUTER = "a browser ends the outer one before it."
_FLAT = "Close the outer one first, or put a list between them."
_CLOSERS: dict[str, tuple[_Closer, ...]] = dict.fromkeys(spec.CLOSES_P, (_P_CLOSER,)) | {
    **dict.fromkeys(
        spec.HEADINGS,
        (_P_CLOSER, (spec.HEADINGS, None, _END_OUTER, "Close the outer heading first.")),
    ),
    "li": (_inside("li", spec.ITEM_STOPS, _END_OUTER, _FLAT), _P_CLOSER),
    **dict.fromkeys(
        ("dd", "dt"),
        ((frozenset(("dd", "dt")), spec.ITEM_STOPS, _END_OUTER, _FLAT), _P_CLOSER),
    ),
    "a": (_inside("a", spec.MARKERS, _END_OUTER, "Put the two links side by side."),),
    "nobr": (_inside("nobr", spec.SCOPE, _END_OUTER, "Use one <nobr>."),),
    "button": (_inside("button", spec.SCOPE, _END_OUTER, "Put the two buttons side by side."),),
    "form": (
        _inside("form", frozenset(("template",)), "a browser drops the inner one.",
                "Put them side by side; a control can name its form with form=."),
        _P_CLOSER,
    ),
    "select": (_inside("select", spec.SCOPE, _END_OUTER, "Put the two side by side."),),
    "input": (_inside("select", spec.SCOPE, "a browser ends the <select> before it.",
                      "Put it beside the <select>."),),
    "option": (),
    "optgroup": (),
}  # fmt: skip

_IMPLIED_IN: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "option": (_SELECT, spec.IMPLIED_END - {"optgroup"}),
    "optgroup": (_SELECT, spec.IMPLIED_END),
    "hr": (_SELECT, spec.IMPLIED_END),
    **dict.fromkeys(("rb", "rtc"), (frozenset(("ruby",)), spec.IMPLIED_END)),
    **dict.fromkeys(("rp", "rt"), (frozenset(("ruby",)), spec.IMPLIED_END - {"rtc"})),
}
"""In the scope of these, such a tag ends such a parent."""
for _tag in ("option", "optgroup"):
    _CLOSERS[_tag] = (_inside("option", None, _END_OUTER, "Close the outer option first."),)
