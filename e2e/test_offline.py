"""With `data-offline` a page that was here once comes again without the server."""

import pytest

PAGE = """<!doctype html><html lang="en"><title>t</title><link rel="icon" href="data:,">
<script type="module" src="../gossamer/gossamer.js" data-offline{version}></script>
<body><p id="out"></p><script type="py" src="app.py" target="out"></script></body></html>"""
LISTEN = "addEventListener('gossamer:offline-ready', () => { window.kept = true; });"


@pytest.fixture
def put_version(site, built):
    """`put_version(word)`: the page says another word, and its worker has another version."""
    site.put("t/offline.js", (built / "offline.js").read_bytes())

    def put(word: str, version: str) -> None:
        site.put("t/index.html", PAGE.format(version=version))
        site.put("t/app.py", f"import wave\nprint('{word}', wave.__name__)")

    return put


@pytest.mark.parametrize("versions", [("", ""), ('="offline.js?v=1"', '="offline.js?v=2"')])
def test_a_page_comes_again_without_its_server(page, site, put_version, expected_errors, versions):
    expected_errors += ["Failed to load resource"]
    page.add_init_script(LISTEN)

    def visit(word: str) -> None:
        page.goto(site.url + "t/")
        page.get_by_text(f"{word} wave").wait_for()

    put_version("first", versions[0])
    visit("first")
    page.wait_for_function("window.kept")
    site.is_down = True
    visit("first")
    site.is_down = False
    put_version("second", versions[1])
    if versions[1]:
        page.goto(site.url + "t/")  # the new worker comes with this visit
        page.wait_for_function("window.kept")
    visit("second")
    page.wait_for_function("window.kept")
    site.is_down = True
    visit("second")

    assert len(page.evaluate("caches.keys()")) == 1
    for name in ("gossamer.zip", "worker.js"):  # nothing has asked for them yet
        assert page.evaluate(
            "(url) => caches.match(url).then(Boolean)", f"{site.url}gossamer/{name}"
        )
