"""Character references, decoded as a browser does.

Not `html.unescape`: that drops noncharacters and does not know the rule for attributes.
"""

import re

_REFERENCE = re.compile(r"&(?:#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));?|([0-9A-Za-z]+)(;?))")

_COMMON = {
    "amp": "&",
    "apos": "'",
    "bull": "•",
    "copy": "©",
    "gt": ">",
    "hellip": "…",
    "laquo": "«",
    "larr": "←",
    "ldquo": "“",
    "lsquo": "‘",
    "lt": "<",
    "mdash": "—",
    "middot": "·",
    "nbsp": "\u00a0",
    "ndash": "–",
    "quot": '"',
    "raquo": "»",
    "rarr": "→",
    "rdquo": "”",
    "reg": "®",
    "rsquo": "’",
    "shy": "\u00ad",
    "times": "×",
    "trade": "™",
}
"""The names that pages use; the full table of 2,231 costs a browser time and memory."""

_LONGEST_NAME = 32

_WINDOWS_1252 = (
    "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f"
    "\x90‘’“”•–—˜™š›œ\x9džŸ"
)  # fmt: skip


def decode(text: str, *, in_attribute: bool = False) -> str:
    """Replace the character references in a text, or in an attribute's value.

    >>> decode("1 &lt; 2 &amp &#x1F600; &unknown;")
    '1 < 2 & 😀 &unknown;'
    >>> decode("?a=1&copy=2", in_attribute=True)
    '?a=1&copy=2'
    """
    if "&" not in text:
        return text
    pieces = []
    position = 0
    for match in _REFERENCE.finditer(text):
        hexadecimal, decimal, name, semicolon = match.groups()
        if name is None:
            number = int(hexadecimal, 16) if hexadecimal else _small_int(decimal)
            value = _character(number)
        elif semicolon and name in _COMMON:
            value = _COMMON[name]
        else:
            following = text[match.end() : match.end() + 1]
            value = _from_full_table(name + semicolon, following, in_attribute=in_attribute)
        pieces.append(text[position : match.start()])
        pieces.append(value)
        position = match.end()
    pieces.append(text[position:])
    return "".join(pieces)


def needs_table(text: str) -> bool:
    """Whether a text has a reference that only the full table knows, or proves to be none.

    >>> needs_table("one&nbsp;two"), needs_table("one &check; two"), needs_table("?a=1&b=2")
    (False, True, True)
    """
    return any(
        name is not None and not (semicolon and name in _COMMON)
        for _, _, name, semicolon in (match.groups() for match in _REFERENCE.finditer(text))
    )


def _small_int(digits: str) -> int:
    # Python refuses to read numbers of thousands of digits; all above the last code point are one.
    digits = digits.lstrip("0")
    return int(digits) if digits and len(digits) < 8 else 0x110000 if digits else 0


def _character(number: int) -> str:
    if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    if 0x80 <= number <= 0x9F:
        return _WINDOWS_1252[number - 0x80]
    return chr(number)


def _from_full_table(name: str, following: str, *, in_attribute: bool) -> str:
    """The longest known beginning of a name wins; some names need no semicolon."""
    from html.entities import html5  # noqa: PLC0415 - dear in the browser, and rarely needed

    for length in range(min(len(name), _LONGEST_NAME), 0, -1):
        value = html5.get(name[:length])
        if value is None:
            continue
        rest = name[length:]
        if in_attribute and name[length - 1] != ";":
            after = rest[:1] or following
            if after == "=" or (after.isascii() and after.isalnum()):
                break
        return value + rest
    return "&" + name
