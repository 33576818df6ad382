"""The links of a page, and where they lead in a site."""

from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from gossamer.cli.tags import Markup, Tag

INNER_NAMES = frozenset("\\\0")
"""What no name of a file may hold, wherever the site is built."""


def links_in(text: str, address: str) -> Iterator[tuple[str, str]]:
    """Each link of a page to its own site: as it stands there, and the path that it means.

    >>> page = "<a href='/a?x#y'>a</a><a href='b'>b</a><a href='//other/c'>c</a><a href='#d'>d</a>"
    >>> list(links_in(page, "/shop/"))
    [('/a?x#y', '/a'), ('b', '/shop/b')]
    """
    for tag in Markup(text).tags:
        if tag.name not in ("a", "area") or not _is_followed(tag):
            continue
        href = tag.get("href").strip()
        parts = urlsplit(urljoin(f"http://here{address}", href))
        if href and not href.startswith("#") and parts.netloc == "here":
            yield href, parts.path or "/"


def _is_followed(tag: Tag) -> bool:
    return "download" not in tag.attributes and "external" not in tag.get("rel").split()


def file_for(path: str, base: str, *, is_folder: bool = True) -> str | None:
    """The file of a path in a build: an index in a folder, or a page by its name.

    None when the path leads out of the site, or has a part that no file can be called by.

    >>> file_for("/shop/tea/", "/shop/"), file_for("/tea", "/", is_folder=False)
    ('tea/index.html', 'tea.html')
    >>> file_for("/%2e%2e/tea", "/"), file_for("/other", "/shop/")
    (None, None)
    """
    if not f"{path.rstrip('/')}/".startswith(base):
        return None
    parts = [unquote(part) for part in path[len(base) :].strip("/").split("/") if part]
    if any(part in (".", "..") or INNER_NAMES & set(part) or "/" in part for part in parts):
        return None
    if not parts or parts == ["index.html"]:
        return "index.html"
    name = "/".join(parts)
    if name.endswith(".html"):
        return name
    return f"{name}/index.html" if is_folder else f"{name}.html"
