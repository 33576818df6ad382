"""What a build says of its pages once all are there: a map, broken links, routes without a page."""

import html
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from gossamer.cli.pages import is_python
from gossamer.cli.prerender.crawl import FALLBACKS, Prerendered
from gossamer.cli.prerender.links import links_in
from gossamer.cli.settings import Settings
from gossamer.cli.tags import Markup
from gossamer.errors import CommandError

SITEMAP = "sitemap.xml"


def address_of(file: str, base: str) -> str:
    """The address of a page by its file.

    >>> address_of("tea/index.html", "/shop/"), address_of("tea.html", "/")
    ('/shop/tea/', '/tea.html')
    """
    return base + file.removesuffix("index.html")


def sitemap(settings: Settings, addresses: Iterable[str]) -> bytes:
    """A list of all pages, for those who search: what it names are whole addresses."""
    base = urlsplit(settings.base)
    origin = settings.site.rstrip("/") or f"{base.scheme}://{base.netloc}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<url><loc>{html.escape(origin + each)}</loc></url>" for each in sorted(addresses)),
        "</urlset>\n",
    ]
    return "\n".join(lines).encode()


def broken_links(
    pages: Mapping[str, str], files: Mapping[str, bytes], found: Prerendered, base: str
) -> Iterator[str]:
    """A note for each link to a place of the site where nothing is.

    `pages` are the texts by address.
    """
    left = {unquote(address).rstrip("/") for address in found.left}
    told = set()
    for address, text in pages.items():
        for href, path in links_in(text, address):
            there = unquote(path)
            inside = there.removeprefix(base).strip("/") if there.startswith(base) else None
            if there.rstrip("/") == base.rstrip("/"):
                inside = ""
            if inside is None or there.rstrip("/") in left or (address, href) in told:
                continue
            if not {inside, f"{inside}/index.html".lstrip("/"), f"{inside}.html"} & files.keys():
                told.add((address, href))
                yield f"{address} links to {href}, and nothing is there"


def check_covered(found: Prerendered, files: Mapping[str, bytes]) -> None:
    """Refuse a build in which a route has no page of its own and none that stands in for it."""
    wanted = [*found.patterns, *found.left] if found.has_router else []
    if wanted and not any(_has_python(files.get(path)) for path in FALLBACKS):
        raise CommandError(
            f"Nothing shows {', '.join(wanted)}.",
            why="It is not prerendered, and neither 200.html nor 404.html of the app runs Python.",
            fix="Name its addresses with entries= of its Route, or leave 404.html to the build.",
        )


def _has_python(content: bytes | None) -> bool:
    return content is not None and any(map(is_python, Markup(content.decode()).tags))
