"""The docs in the built site: every page is there, and every link leads somewhere."""

import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
SITE = "https://site.test/some/where/"  # relative links work below any base path
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"


class Page(HTMLParser):
    """What a built page has: its title, its anchors, its links, and what a strict policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = ""
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.forbidden: list[str] = []
        self._tag = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._tag = tag
        self.anchors += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.forbidden.append(tag)
        self.forbidden += [name for name in given if name == "style" or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self._tag == "title":
            self.title += data.strip()


@pytest.fixture(scope="module")
def pages(built) -> dict[str, Page]:
    """The home page and every page of the docs, by their paths in the site."""
    files = [built / "index.html", *(built / "docs").rglob("*.html")]
    return {
        file.relative_to(built).as_posix(): Page(file.read_text(encoding="utf-8")) for file in files
    }


def file_of(path: str) -> str:
    """The file that a static host answers a path with."""
    return path + "index.html" if not path or path.endswith("/") else path


def test_every_markdown_file_has_its_page(pages):
    docs = ROOT / "docs"
    names = [file.relative_to(docs).with_suffix(".html") for file in docs.rglob("*.md")]

    wanted = {f"docs/{name.as_posix()}".replace("README.html", "index.html") for name in names}

    made = {"docs/index.html", "docs/errors/index.html"}
    assert pages.keys() == wanted | made | {"index.html"}


def test_every_link_leads_to_a_file_and_an_anchor_that_exist(built, pages):
    lost, followed = [], 0

    for path, page in pages.items():
        for link in page.links:
            url = urljoin(SITE + path, link)
            if not link.startswith("https:"):
                target = file_of(unquote(urlsplit(url).path).removeprefix(urlsplit(SITE).path))
                anchor = unquote(urlsplit(url).fragment)
                known = not anchor or (target in pages and anchor in pages[target].anchors)
                followed += 1
                if not url.startswith(SITE) or not (built / target).is_file() or not known:
                    lost.append(f"{path}: {link}")

    assert lost == []
    assert followed > len(pages) ** 2 / 2  # the side navigation of each page names the others


def test_pages_have_titles_and_anchors_of_their_own(pages):
    titles = [page.title for page in pages.values()]

    assert all("Gossamer" in title and title != "Gossamer" for title in titles)
    for path, page in pages.items():
        assert len(set(page.anchors)) == len(page.anchors), path


def test_links_out_of_the_docs_lead_into_the_site_or_are_text(pages):
    links = [link for path, page in pages.items() if path != "index.html" for link in page.links]

    assert "../../examples/web-component/" in links
    assert not any(link.split("#")[0].endswith(".md") for link in links)


def test_the_docs_show_under_a_strict_policy_without_scripts(page, pages, site):
    site.headers["content-security-policy"] = POLICY
    assert {path: each.forbidden for path, each in pages.items() if each.forbidden} == {}

    page.goto(f"{site.url}docs/")
    assert page.get_by_role("heading", level=1).inner_text() == "The docs"
    page.get_by_role("link", name="3 Templates").click()

    assert page.url == f"{site.url}docs/book/03-templates.html"
    contents = page.get_by_role("navigation", name="Docs")
    assert contents.locator("[aria-current]").inner_text() == "3. Templates"
    assert not contents.get_by_role("link", name="cycle", exact=True).is_visible()
    contents.locator("summary", has_text="Errors").click()
    assert contents.get_by_role("link", name="cycle", exact=True).is_visible()
    hole = page.locator("pre .hljs-subst").first
    colours = [
        part.evaluate("(node) => getComputedStyle(node).color")
        for part in (hole, hole.locator(".."))
    ]
    assert colours[0] != colours[1]
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    page.get_by_role("link", name="Next 4. Control flow").wait_for()


def test_the_runtime_and_the_package_carry_no_docs(built):
    files = [file.relative_to(built).as_posix() for file in (built / "gossamer").rglob("*")]
    with zipfile.ZipFile(built / "gossamer" / "gossamer.zip") as package:
        files += package.namelist()

    assert "gossamer/gossamer.js" in files
    assert [
        name for name in files if name.endswith((".html", ".md", ".css")) or "docs" in name
    ] == []
