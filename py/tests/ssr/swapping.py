"""What `stream.js` makes of the parts of a page, in plain Python."""

import re

_CHUNK = re.compile(
    r"<template id=t:(\d+)>((?:(?!<template id=t:).)*?)</template><gs-s i=\1( inner)?></gs-s>"
    r"|<gs-s i=(\d+) keep></gs-s>",
    re.DOTALL,
)
_INNER = re.compile(r"<(svg|math)>(.*)</\1>", re.DOTALL)


def swap(parts: list[str]) -> str:
    """Put each part where it belongs; what is left of regions stays to be seen."""
    text = ""
    for part in parts:
        text += part
        while (chunk := _CHUNK.search(text)) is not None:
            text = text[: chunk.start()] + text[chunk.end() :]
            number, content, is_inner, kept = chunk.groups()
            place = rf"<template id=s:{kept or number}></template>(.*?)<!--/s:{kept or number}-->"
            found = re.search(place, text, re.DOTALL)
            if found is not None:
                inner = _INNER.fullmatch(content) if is_inner else None
                shown = found[1] if kept else inner[2] if inner is not None else content
                text = text[: found.start()] + shown + text[found.end() :]
    return text
