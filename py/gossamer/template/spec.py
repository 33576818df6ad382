"""What HTML, SVG and MathML say about tags and attributes.

The one home of these facts, after the HTML standard's "Parsing HTML documents".
Keys are tag names; an SVG or MathML element is "svg NAME" or "math NAME".
"""

HTML = "html"
SVG = "svg"
MATH = "math"

SPACE = "\t\n\f "

VOID = frozenset(
    ["area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr"]
)  # fmt: skip
RAW_TEXT = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes"))
RCDATA = frozenset(("textarea", "title"))
EATS_FIRST_NEWLINE = frozenset(("pre", "textarea", "listing"))

TABLE_SECTIONS = frozenset(("tbody", "thead", "tfoot"))
TABLE_PARTS = TABLE_SECTIONS | {"caption", "colgroup", "col", "tr", "td", "th"}
_ROW_EXTRAS = frozenset(("script", "style", "template"))
TABLE_CHILDREN = {
    "table": TABLE_SECTIONS | _ROW_EXTRAS | {"caption", "colgroup"},
    "tbody": _ROW_EXTRAS | {"tr"},
    "thead": _ROW_EXTRAS | {"tr"},
    "tfoot": _ROW_EXTRAS | {"tr"},
    "tr": _ROW_EXTRAS | {"td", "th"},
    "colgroup": frozenset(("col", "template")),
}
"""What may stand directly in a part of a table; any other child is moved out of the table."""

NO_TEXT = frozenset(TABLE_CHILDREN)
"""Elements that keep white space only: the browser moves other text out of the table."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What may stand at a root before table parts, and leaves it open whether table parts follow.
# The standard allows <title>, <base> and <noframes> as well; Chromium takes these only, and drops what follows others.
BEFORE_TABLE_PARTS = frozenset(["link", "meta", "script", "style", "template"])
IMPLIED_END = frozenset(["dd", "dt", "li", "option", "optgroup", "p", "rb", "rp", "rt", "rtc"])

_INTEGRATION_POINTS = frozenset(
    (
        "svg foreignObject", "svg desc", "svg title",
        "math mi", "math mo", "math mn", "math ms", "math mtext", "math annotation-xml",
    )
)  # fmt: skip
SCOPE = _INTEGRATION_POINTS | frozenset(
    ["applet", "caption", "html", "table", "td", "th", "marquee", "object", "select", "template"]
)
BUTTON_SCOPE = SCOPE | {"button"}
MARKERS = frozenset(["applet", "caption", "marquee", "object", "td", "template", "th"])

# Without <search>, which the standard names here but Chromium does not: so both agree.
SPECIAL = _INTEGRATION_POINTS | frozenset(
    [
        "address",
        "applet",
        "area",
        "article",
        "aside",
        "base",
        "basefont",
        "bgsound",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "iframe",
        "img",
        "input",
        "keygen",
        "li",
        "link",
        "listing",
        "main",
        "marquee",
        "menu",
        "meta",
        "nav",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "ol",
        "p",
        "param",
        "plaintext",
        "pre",
        "script",
        "section",
        "select",
        "source",
        "style",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "track",
        "ul",
        "wbr",
        "xmp",
    ]
)
ITEM_STOPS = SPECIAL - {"address", "div", "p"}

CLOSES_P = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "ul",
        "xmp",
    ]
)

LEAVES_FOREIGN = frozenset(
    [
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "hr",
        "i",
        "img",
        "li",
        "listing",
        "menu",
        "meta",
        "nobr",
        "ol",
        "p",
        "pre",
        "ruby",
        "s",
        "small",
        "span",
        "strong",
        "strike",
        "sub",
        "sup",
        "table",
        "tt",
        "u",
        "ul",
        "var",
    ]
)
"""HTML tags that end the <svg> or <math> around them."""
FONT_LEAVES_FOREIGN = frozenset(("color", "face", "size"))

HTML_POINTS = frozenset(("foreignObject", "desc", "title"))
MATH_TEXT_POINTS = frozenset(("mi", "mo", "mn", "ms", "mtext"))
MATH_IN_TEXT_POINTS = frozenset(("mglyph", "malignmark"))
ANNOTATION_HTML = frozenset(("text/html", "application/xhtml+xml"))


def _cased(names: str) -> dict[str, str]:
    return {name.lower(): name for name in names.split()}


SVG_TAGS = _cased(
    """altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient
    radialGradient textPath"""
)
SVG_ATTRIBUTES = _cased(
    """attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits diffuseConstant
    edgeMode filterUnits glyphRef gradientTransform gradientUnits kernelMatrix kernelUnitLength
    keyPoints keySplines keyTimes lengthAdjust limitingConeAngle markerHeight markerUnits
    markerWidth maskContentUnits maskUnits numOctaves pathLength patternContentUnits
    patternTransform patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
    primitiveUnits refX refY repeatCount repeatDur requiredExtensions requiredFeatures
    specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles
    surfaceScale systemLanguage tableValues targetX targetY textLength viewBox viewTarget
    xChannelSelector yChannelSelector zoomAndPan"""
)
MATH_ATTRIBUTES = {"definitionurl": "definitionURL"}

_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_XMLNS = "http://www.w3.org/2000/xmlns/"
ATTRIBUTE_NAMESPACES = {
    "xlink:actuate": _XLINK,
    "xlink:arcrole": _XLINK,
    "xlink:href": _XLINK,
    "xlink:role": _XLINK,
    "xlink:show": _XLINK,
    "xlink:title": _XLINK,
    "xlink:type": _XLINK,
    "xml:lang": _XML,
    "xml:space": _XML,
    "xmlns": _XMLNS,
    "xmlns:xlink": _XMLNS,
}
"""Attributes that SVG and MathML elements hold in a namespace."""

SVG_ROOTS = frozenset(SVG_TAGS) | frozenset(
    [
        "animate",
        "circle",
        "defs",
        "desc",
        "ellipse",
        "filter",
        "g",
        "line",
        "marker",
        "mask",
        "metadata",
        "mpath",
        "path",
        "pattern",
        "polygon",
        "polyline",
        "rect",
        "set",
        "stop",
        "switch",
        "symbol",
        "text",
        "tspan",
        "use",
        "view",
    ]
)
SHARED_ROOTS = frozenset(("a", "title"))
"""Tags of HTML and SVG: which one a template means is said by what follows."""
MATH_ROOTS = MATH_TEXT_POINTS | frozenset(
    [
        "annotation",
        "annotation-xml",
        "maction",
        "menclose",
        "merror",
        "mfrac",
        "mmultiscripts",
        "mover",
        "mpadded",
        "mphantom",
        "mprescripts",
        "mroot",
        "mrow",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtr",
        "munder",
        "munderover",
        "semantics",
    ]
)
"""Tags that only SVG or MathML knows: a template that begins with one is of that language."""

ANIMATIONS = frozenset(("animate", "animatecolor", "animatemotion", "animatetransform", "set"))

MAX_DEPTH = 500
"""Chromium flattens what is nested deeper than 512 elements."""

MAX_TEXT = 65_000
"""Some engines split a text of more than 65,536 code units into several nodes."""
