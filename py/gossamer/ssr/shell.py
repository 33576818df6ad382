"""The page around an app: HTML with places for the head's elements and for the app."""

import re
from typing import Final

HEAD_PLACE: Final = "<!--head-->"
APP_PLACE: Final = "<!--app-->"
EMPTY: Final = f"""<!doctype html>
<html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">{HEAD_PLACE}</head>
<body><div id="app">{APP_PLACE}</div></body></html>
"""
_FIRST_BYTES: Final = 1024
"""Where a browser looks for the encoding."""

_APP = re.compile(r"""<[a-z][^>]*\sid=(?:"app"|'app'|app)(?=[\s>])[^>]*>""", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_HEAD_END = re.compile(r"(?=</head\s*>)", re.IGNORECASE)
_BODY_END = re.compile(r"(?=</body\s*>)", re.IGNORECASE)
_SPLIT = re.compile(
    rf"(.*?<html)(\b.*?){HEAD_PLACE}(.*?<body)(\b.*?){APP_PLACE}(.*)(</body.*)",
    re.IGNORECASE | re.DOTALL,
)
_RUNS = re.compile(r"<(script|style)\b(?![^>]*\snonce=)", re.IGNORECASE)


class Shell:
    """HTML around an app, such as the `index.html` that `gossamer build` has written.

    What the views say of the head stands at `<!--head-->`, else at the end of the head; the app at
    `<!--app-->`, else in the element `id="app"`, else at the end of the body.

    >>> from gossamer.ssr import Shell
    >>> page = "<html><head><meta charset=utf-8></head><body><main id=app></main></body></html>"
    >>> shell = Shell(page)
    >>> shell.before("<title>Tea</title>", html=' lang="en"')
    '<html lang="en"><head><meta charset=utf-8><title>Tea</title></head><body><main id=app>'
    >>> shell.between(), shell.end
    ('</main>', '</body></html>')

    Raises:
        ValueError: the HTML has no `<html>`, `</head>`, `<body>` or `</body>`.
    """

    __slots__ = ("_parts", "end", "speaks")

    def __init__(self, html: str = EMPTY) -> None:
        if "charset" not in html[:_FIRST_BYTES]:
            html = _HEAD.sub(lambda match: f'{match[0]}<meta charset="utf-8">', html, count=1)
        if HEAD_PLACE not in html:
            html = _HEAD_END.sub(HEAD_PLACE, html, count=1)
        if APP_PLACE not in html:
            app = _APP.search(html) or _BODY_END.search(html)
            place = app.end() if app is not None else len(html)
            html = f"{html[:place]}{APP_PLACE}{html[place:]}"
        found = _SPLIT.fullmatch(html)
        if found is None:
            raise ValueError("the HTML around an app needs <html>, </head>, <body> and </body>")
        *self._parts, self.end = found.groups()
        self.speaks = "<noscript" in html  # of what is missing without scripts

    def before(self, head: str = "", html: str = "", body: str = "", nonce: str = "") -> str:
        """All that stands before the app, with what the views say of the page."""
        start, to_head, to_body, to_app, _ = self._parts
        to_head, to_body, to_app = (signed(part, nonce) for part in (to_head, to_body, to_app))
        return f"{start}{html}{to_head}{head}{to_body}{body}{to_app}"

    def between(self, nonce: str = "") -> str:
        """What stands between the app and the end of the body."""
        return signed(self._parts[4], nonce)


def signed(markup: str, nonce: str) -> str:
    """Markup whose scripts and styles say that they are the page's own."""
    return _RUNS.sub(rf'<\1 nonce="{nonce}"', markup) if nonce else markup
