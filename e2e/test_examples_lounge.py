"""The example behind a door: a session, a WebSocket, an upload."""

from base64 import b64decode
from collections.abc import Iterator

import pytest

from .full_stack import served

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> Iterator[str]:
    """The address of the example."""
    with served("lounge", tmp_path_factory.mktemp("lounge")) as url:
        yield url


def come_in(page, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("The word").fill("silk")
    page.get_by_role("button", name="Come in").click()
    page.get_by_placeholder(f"Say something, {name}").wait_for()


def test_members_chat_and_show_pictures(page, app_browser, url, wait_ready, expected_errors):
    expected_errors.append(r"Failed to load resource.*status of 422")
    page.goto(url)
    wait_ready(page)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Come in").click()
    page.get_by_text("That is not the word.").wait_for()
    come_in(page, "Ada")
    (cookie,) = [each for each in page.context.cookies() if each["name"] == "session"]

    context = app_browser.new_context()
    other = context.new_page()
    other.goto(url)
    wait_ready(other)
    come_in(other, "Bob")
    for each, text in ((page, "Hello Bob"), (other, "<b>Hello</b> Ada")):
        each.get_by_label("Message").fill(text)
        each.get_by_role("button", name="Say").click()
        for who in (page, other):
            who.locator("li", has_text=text).wait_for()
    file = {"name": "dot.png", "mimeType": "image/png", "buffer": PIXEL}
    other.get_by_label("A picture").set_input_files(file)
    other.get_by_role("button", name="Show").click()
    page.get_by_role("img", name="dot.png").wait_for()
    page.wait_for_function("document.querySelector('li img').naturalWidth === 1")
    wrong = {"name": "a.html", "mimeType": "text/html", "buffer": b"<script>"}
    page.get_by_label("A picture").set_input_files(wrong)
    page.get_by_role("button", name="Show").click()
    page.get_by_text("That is no picture.").wait_for()
    page.get_by_role("button", name="Leave").click()
    page.get_by_role("button", name="Come in").wait_for()
    context.close()

    assert cookie["httpOnly"]
    assert "session" not in {each["name"] for each in page.context.cookies()}
