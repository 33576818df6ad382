"""The example reader, used as a visitor uses it: from list to story to user, and back."""

import json

import pytest

RECORDED = "examples/reader/recorded/"


@pytest.fixture
def recorded(site):
    """`recorded("list/top-1")`: what the reader gets for a name."""
    return lambda name: json.loads(site.read(f"{RECORDED}{name}.json"))


@pytest.fixture
def reader(open_app):
    page = open_app("examples/reader/")
    page.locator(".stories .title").first.wait_for()
    return page


def titles(page) -> list[str]:
    return page.locator(".stories .title").all_inner_texts()


def titles_of(answer) -> list[str]:
    return [one["title"] for one in answer["stories"]]


def address(page) -> str:
    return page.evaluate("location.hash")


def wait_title(page, text: str) -> None:
    page.wait_for_function("(text) => document.title === text", arg=f"{text} · Ropewalk")


def test_from_a_list_to_a_story_to_a_user_and_back(reader, recorded):
    top = recorded("list/top-1")
    assert titles(reader) == titles_of(top)
    wait_title(reader, "Top")

    story = top["stories"][-1]
    link = reader.get_by_role("link", name=story["title"])
    link.scroll_into_view_if_needed()
    scrolled = reader.evaluate("scrollY")
    assert scrolled > 0
    link.click()
    wait_title(reader, story["title"])
    assert address(reader) == f"#/item/{story['id']}"
    assert reader.evaluate("scrollY") == 0
    comments = reader.locator(".comment")
    comments.first.wait_for()
    assert comments.count() == story["comments"]

    name = comments.first.locator("a").first.inner_text()
    comments.first.locator("a").first.click()
    wait_title(reader, name)
    user = recorded(f"user/{name}")
    reader.get_by_text(user["about"]).wait_for()
    assert titles(reader) == titles_of(user)

    reader.go_back()
    wait_title(reader, story["title"])
    assert comments.count() == story["comments"]  # known by their key: there at once
    reader.go_back()
    wait_title(reader, "Top")
    reader.wait_for_function("(y) => scrollY === y", arg=scrolled)
    assert titles(reader) == titles_of(top)
    reader.go_forward()
    wait_title(reader, story["title"])

    reader.reload()  # any page is there on its own, though the server knows none of them
    wait_title(reader, story["title"])
    comments.first.wait_for()
    assert reader.get_by_role("heading", level=1).inner_text() == story["title"]
    for width in (320, 390, 768, 1280):
        reader.set_viewport_size({"width": width, "height": 844})
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def test_lists_pages_keys_and_what_is_not_there(reader, recorded, site, expected_errors):
    for kind in ("new", "best", "ask", "show"):
        reader.get_by_role("link", name=kind.title(), exact=True).click()
        wait_title(reader, kind.title())
        assert titles(reader) == titles_of(recorded(f"list/{kind}-1"))
        assert reader.locator(".lists [aria-current]").inner_text() == kind.title()

    reader.keyboard.press("2")
    wait_title(reader, "New")
    first = recorded("list/new-1")
    pages = first["pages"]
    assert reader.get_by_role("link", name="Newer page").count() == 0
    for number in range(2, pages + 1):
        reader.keyboard.press("n")
        reader.get_by_text(f"Page {number} of {pages}").wait_for()
        assert address(reader) == f"#/new?page={number}"
    last = recorded(f"list/new-{pages}")
    assert titles(reader) == titles_of(last)
    assert reader.locator(".stories").get_attribute("start") == str(last["first"])
    assert reader.get_by_role("link", name="Next page").count() == 0
    reader.go_back()
    reader.get_by_text(f"Page {pages - 1} of {pages}").wait_for()
    reader.get_by_role("link", name="Newer page").click()
    reader.get_by_text(f"Page {pages - 2} of {pages}").wait_for()

    reader.keyboard.press("j")
    reader.keyboard.press("j")
    reader.keyboard.press("k")
    story = recorded(f"list/new-{pages - 2}")["stories"][0]
    assert reader.evaluate("document.activeElement.textContent") == story["title"]
    reader.keyboard.press("Enter")
    wait_title(reader, story["title"])

    expected_errors.append("404")
    for missing in ("#/new?page=99", "#/item/1", "#/user/nobody", "#/item/one", "#/no/such"):
        reader.evaluate("(hash) => { location.hash = hash; }", missing)
        reader.get_by_role("heading", name="Nothing hangs here").wait_for()
        wait_title(reader, "Nothing here")
        reader.keyboard.press("1")
        wait_title(reader, "Top")
    assert b'href="examples/reader/"' in site.read("index.html")  # the gallery leads here


def test_comments_fold_with_all_that_hangs_below(reader, recorded):
    story = next(one for one in recorded("list/top-1")["stories"] if one["comments"] > 20)
    reader.get_by_role("link", name=story["title"]).click()
    reader.locator(".comment").first.wait_for()
    talk = recorded(f"talk/{story['id']}")
    index, parent = next((i, one) for i, one in enumerate(talk) if one["replies"])
    comment = reader.locator(".talk > .replies > .comment").nth(index)
    reply = comment.get_by_text(parent["replies"][0]["text"]).first
    fold = comment.locator(".fold").first
    assert reply.is_visible()

    fold.click()
    assert fold.get_attribute("aria-expanded") == "false"
    assert not reply.is_visible()
    assert comment.get_by_text("folded").first.is_visible()
    reader.keyboard.press("f")  # the button has the focus
    assert reply.is_visible()


def test_what_is_on_its_way_is_told_and_resting_on_a_link_fetches(reader, recorded, site):
    asked = []
    reader.on("request", lambda request: asked.append(request.url.rpartition("/recorded/")[2]))
    first, second = recorded("list/top-1")["stories"][:2]
    with reader.expect_response(f"**/item/{first['id']}.json"):
        reader.get_by_role("link", name=first["title"]).hover()
    reader.get_by_role("link", name=first["title"]).click()
    wait_title(reader, first["title"])
    assert asked.count(f"item/{first['id']}.json") == 1
    reader.go_back()
    wait_title(reader, "Top")

    site.faults[f"{RECORDED}item/{second['id']}.json"] = "slow"
    reader.get_by_role("link", name=second["title"]).click()
    reader.locator("main[aria-busy=true]").wait_for()
    reader.get_by_role("progressbar", name="Loading").wait_for()
    assert titles(reader) == titles_of(recorded("list/top-1"))  # the old page stays
    site.release()
    wait_title(reader, second["title"])
    reader.locator("main[aria-busy=false]").wait_for()
    assert reader.get_by_role("progressbar").count() == 0


def test_offline_is_told_in_its_place_and_can_be_tried_again(
    reader, recorded, context, expected_errors
):
    expected_errors += ["net::ERR_INTERNET_DISCONNECTED", "Failed to fetch"]
    first, second = recorded("list/top-1")["stories"][:2]
    context.set_offline(True)
    reader.get_by_role("link", name=first["title"]).click()
    retry = reader.get_by_role("button", name="Try again")
    retry.wait_for()
    assert address(reader) == f"#/item/{first['id']}"
    assert reader.get_by_role("heading", name="This page did not come").is_visible()
    assert reader.get_by_role("link", name="New", exact=True).is_visible()  # what is around lives
    context.set_offline(False)
    retry.click()
    wait_title(reader, first["title"])
    reader.locator(".comment").first.wait_for()

    reader.go_back()
    wait_title(reader, "Top")
    context.set_offline(True)  # a user's page comes at once, what is known of them later
    reader.locator(".stories .facts a").filter(has_text=second["by"]).first.click()
    wait_title(reader, second["by"])
    reader.get_by_role("heading", name="The page of this user did not come").wait_for()
    context.set_offline(False)
    retry.click()
    reader.get_by_text(recorded(f"user/{second['by']}")["about"]).wait_for()
