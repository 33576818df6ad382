"""What a built page says when its loader does not come: nothing else of ours is there then."""

from gossamer.cli.output import Output

MARK = "gossamer-silence"
STYLE = f"""\
.{MARK}[hidden] {{
  display: block !important; visibility: hidden; animation: {MARK} 0s 10s forwards;
  position: fixed; inset: auto 1rem 1rem; z-index: 2147483647; margin: 0; padding: 1em;
  font: 1rem/1.5 system-ui; color: CanvasText; background: Canvas;
  border: solid; border-radius: .5em;
}}
.{MARK} a {{ color: LinkText }}
@keyframes {MARK} {{ to {{ visibility: visible }} }}
:root:has(.gossamer-progress, .gossamer-error, [data-gossamer-progress]:not([hidden]))
  .{MARK}[hidden] {{
  display: none !important;
}}
"""
"""Shown after ten seconds, unless the loader says something; `start.js` takes the words away.

No script and no style stands in the page itself, so the strictest policy allows it.
"""
WORDS = """\
<link rel="stylesheet" href="{address}"><p class="{mark}" role="alert" hidden>\
This page could not start: a program that it needs did not arrive. \
<a href="">Load it again</a></p>
"""


def place(output: Output) -> str:
    """Put the style into a build; its address."""
    return output.put("silence.css", STYLE.encode())


def words(address: str) -> str:
    """What a page holds at the end of its body."""
    return WORDS.format(address=address, mark=MARK)
