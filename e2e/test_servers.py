"""S14, P6, P7: a new app on its server, with scripts, without, and under its policy."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GOSSAMER = [sys.executable, "-m", "gossamer.cli"]
VIOLATIONS = """addEventListener("securitypolicyviolation", (event) =>
  console.error("policy:", event.violatedDirective, event.blockedURI));"""
REFUSED = r"status of 422"
"""What Chromium says of a form that was refused."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Iterator[str]:
    """The address of an app from the template `starlette`, built and served by its own server."""
    folder = tmp_path_factory.mktemp("starter") / "shop"
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "py"),
        "PYTHONUNBUFFERED": "1",
        "GOSSAMER_SECRET": "only for this test",
    }
    subprocess.run(
        [*GOSSAMER, "new", folder, "--template", "starlette"], env=environment, check=True
    )
    subprocess.run([*GOSSAMER, "build"], cwd=folder, env=environment, check=True)
    with subprocess.Popen(
        [*GOSSAMER, "serve", "--port", "0"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdout is not None
        found = re.search(r"http://localhost:\d+/", server.stdout.readline())
        assert found is not None
        yield found[0]
        server.send_signal(signal.SIGINT)


def notes(page) -> list[str]:
    return [text.splitlines()[0] for text in page.locator(".notes li").all_inner_texts()]


def sign_up(page, name: str) -> None:
    """Fill the second form: it is refused once."""
    form = page.locator("form").nth(1)
    form.get_by_label("Name").fill(name)
    form.get_by_label("Password").fill("short")
    form.get_by_role("button").click()
    page.get_by_text("It takes at least eight characters.").wait_for()
    assert form.get_by_label("Name").input_value() == name
    form.get_by_label("Password").fill("correct horse")
    form.get_by_role("button").click()
    page.get_by_text(f"Signed in as {name}").wait_for()


def test_a_new_app_is_taken_over_in_the_page_and_breaks_no_rule_of_its_policy(
    page, shop: str, wait_ready, expected_errors: list[str]
) -> None:
    """S14, P6, P12"""
    expected_errors.append(REFUSED)
    warnings: list[str] = []
    page.on("console", lambda said: said.type == "warning" and warnings.append(said.text))
    page.add_init_script(VIOLATIONS)

    answer = page.goto(shop)
    assert "wasm-unsafe-eval" in answer.headers["content-security-policy"]
    wait_ready(page)
    sign_up(page, "ada")
    wait_ready(page)
    main = page.locator("#app").element_handle()
    for text in ("Buy tea", "Buy <milk>"):
        page.get_by_label("A new note").fill(text)
        page.get_by_role("button", name="Add").click()
        page.get_by_role("listitem").filter(has_text=text).wait_for()
    page.get_by_role("button", name="Remove Buy tea").click()
    page.get_by_text("Buy tea").wait_for(state="detached")

    assert notes(page) == ["Buy <milk>"]
    assert main.is_visible()  # the page is the one that it was
    assert warnings == []
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Or begin here").wait_for()


def test_the_same_app_works_without_scripts(browser, shop: str) -> None:
    """P7, P8, P12"""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(shop)
    sign_up(page, "bob")
    page.get_by_label("A new note").fill("Buy tea")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("listitem").wait_for()
    page.reload()

    assert notes(page) == ["Buy tea"]
    page.get_by_role("button", name="Remove Buy tea").click()
    page.get_by_role("listitem").wait_for(state="detached")
    context.close()
