"""Forms that call the server, with scripts and without."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from gossamer import component, hydrate, mount
from gossamer.errors import TransportError
from gossamer.fields import FieldErrors
from gossamer.http import Headers, Request, Response, answering
from gossamer.router import FieldError, Route, Router, Routes
from gossamer.server import (
    ActionForm,
    MultiActionForm,
    ServerAction,
    ServerMultiAction,
    UploadFile,
    actions,
    use_action_form,
)
from gossamer.server_fn.declare import declare
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.registry import Registry
from gossamer.ssr import render_to_string
from gossamer.testing.page import FakePage
from tests.server_fn.loop import Server, form

cpython = pytest.mark.cpython("the server's half runs on a server")
type Run = Callable[[Coroutine[Any, Any, None]], None]
OURS = "application/vnd.gossamer+json"


async def rename(name: str, password: str = "") -> str:
    if not name:
        raise FieldErrors({"name": "Give a name."})
    if name.startswith("!"):
        raise FieldErrors({"name": f"{name} will not do."})
    if name == "bug":
        raise RuntimeError("secret")
    return f"<b>{name.title()}</b>"


async def attach(file: UploadFile) -> int:
    return file.size


def remote(fn: Callable[..., Any], **options: Any) -> ServerFunction[..., Any]:
    return declare(fn, options, lambda: None, registry=Registry(), is_server=False)  # type: ignore[arg-type,return-value] # the form sends itself


def answers(page: FakePage, *told: list[Any] | Exception) -> None:
    page.answers.extend(told)


def answer(
    text: str,
    status: int = 200,
    kind: str = OURS,
    redirect: str = "",
    version: str = "",
    url: str = "",
) -> list[Any]:
    return [status, kind, redirect, version, url, text]


# --- with scripts ---


def test_a_form_shows_what_the_function_gave(page: FakePage, run_timed: Run) -> None:
    """P6"""
    renaming = ServerAction(remote(rename))
    inner = t"<input name='name' value='ada'><p>{renaming.value}{renaming.version}</p>"

    async def main() -> None:
        shown = mount(ActionForm(renaming, inner))
        answers(page, answer('"Ada"'))
        page.submit(page.elements()[0])
        assert renaming.pending()
        assert page.elements()[0].attributes["aria-busy"] == "true"
        await asyncio.sleep(0.1)
        assert page.sent[0][:2] == ["_gs_sig", renaming.function.signature.hash]
        assert page.sent[0][-2:] == ["name", "ada"]
        assert page.body.text() == "Ada1"
        assert (renaming.input(), renaming.pending()) == ({"name": "ada"}, False)
        assert "aria-busy" not in page.elements()[0].attributes
        shown.unmount()

    run_timed(main())


def test_errors_of_fields_are_shown_and_the_first_one_has_the_focus(
    page: FakePage, run_timed: Run
) -> None:
    """P6"""

    @component
    def Rename() -> object:
        renaming = ServerAction(remote(rename))
        state = use_action_form(renaming)
        return t"""<{ActionForm} action={renaming} state={state}>
            <input {state.field("name")}><{FieldError} state={state} name="name" />
            </{ActionForm}>{renaming.errors}"""

    async def main() -> None:
        shown = mount(Rename())
        answers(page, answer('{"errors": {"name": "Give a name."}}', 422))
        page.submit(page.elements()[0])
        await asyncio.sleep(0.1)
        assert "Give a name." in page.body.text()
        assert page.invalid[0].attributes["name"] == "name"
        shown.unmount()

    run_timed(main())


def test_what_goes_wrong_is_in_the_action_where_it_is_shown(page: FakePage, run_timed: Run) -> None:
    renaming = ServerAction(remote(rename))

    async def main() -> None:
        shown = mount(ActionForm(renaming, t"<p>{(lambda: type(renaming.error()).__name__)}</p>"))
        for told, name in (
            (answer('{"id": "12ab"}', 500), "ServerError"),
            (answer("<h1>Bad gateway</h1>", 502, "text/html"), "TransportError"),
            (OSError("offline"), "TransportError"),
        ):
            answers(page, told)
            page.submit(page.elements()[0])
            await asyncio.sleep(0.1)
            assert page.body.text() == name
        shown.unmount()

    run_timed(main())


def test_an_error_that_nobody_shows_goes_up(page: FakePage, run_timed: Run) -> None:
    renaming = ServerAction(remote(rename))

    async def main() -> None:
        shown = mount(ActionForm(renaming))
        answers(page, OSError("offline"))
        page.submit(page.elements()[0])
        await asyncio.sleep(0.1)
        assert isinstance(renaming.error(), TransportError)
        assert "did not answer" in page.reports[0]
        page.reports.clear()
        shown.unmount()

    run_timed(main())


def test_other_answers_lead_on(page: FakePage, run_timed: Run) -> None:
    """P9, P10, P19"""
    renaming = ServerAction(remote(rename))

    async def main() -> None:
        shown = mount(Router(Routes([Route("/", ActionForm(renaming)), Route("/x", "There")])))
        sent = page.elements()[0]
        for told, left in (
            (
                answer("", 200, "text/html", url="http://shop.example/login"),
                "http://shop.example/login",
            ),
            (answer("{}", 409, version="7"), "/_gossamer/"),
        ):
            answers(page, told)
            page.submit(sent)
            await asyncio.sleep(0.1)
            assert page.history.left[-1].startswith(left)
        answers(page, answer("null", redirect="/x?y=1#z"))
        page.submit(sent)
        await asyncio.sleep(0.2)
        assert page.history.address == "/x?y=1#z"
        assert page.body.text() == "There"
        shown.unmount()

    run_timed(main())


def test_a_form_can_be_sent_again_before_the_answer(page: FakePage, run_timed: Run) -> None:
    """P23"""
    adding = ServerMultiAction(remote(rename))

    async def main() -> None:
        shown = mount(MultiActionForm(adding, t"<input name='name' value='a'>"))
        answers(page, answer('"A"'), answer('{"id": "1"}', 500))
        page.submit(page.elements()[0])
        page.submit(page.elements()[0])
        assert [one.pending() for one in adding.submissions()] == [True, True]
        await asyncio.sleep(0.1)
        first, second = adding.submissions()
        assert first.value() == "A"
        assert type(second.error()).__name__ == "ServerError"
        assert first.input == {"name": "a"}
        shown.unmount()

    run_timed(main())


def test_the_newest_form_has_the_last_word(page: FakePage, run_timed: Run) -> None:
    """P23"""
    renaming = ServerAction(remote(rename))

    async def main() -> None:
        shown = mount(ActionForm(renaming, t"<input name='name'>", policy="latest"))
        answers(page, answer('"second"'))
        page.submit(page.elements()[0])
        page.submit(page.elements()[0])
        await asyncio.sleep(0.1)
        assert (renaming.value(), renaming.version(), len(page.sent)) == ("second", 1, 1)
        shown.unmount()

    run_timed(main())


def test_a_function_that_runs_here_is_called_with_the_fields(
    page: FakePage, run_timed: Run
) -> None:
    renaming = ServerAction(Server().function(rename))
    inner = t"<input name='name' value='ada'>{renaming.value}"

    async def main() -> None:
        shown = mount(ActionForm(renaming, inner))
        page.submit(page.elements()[0])
        await asyncio.sleep(0.1)
        assert page.body.text() == "<b>Ada</b>"
        shown.unmount()

    run_timed(main())


def test_a_form_with_a_file_goes_in_parts(page: FakePage) -> None:
    shown = mount(ActionForm(ServerAction(remote(attach, path="attach")), attrs={"id": "f"}))

    element = page.elements()[0]
    assert element.attributes["enctype"] == "multipart/form-data"
    assert element.attributes["id"] == "f"
    shown.unmount()


def test_a_form_below_a_base_is_sent_there(page: FakePage) -> None:
    """S15"""
    view = ActionForm(ServerAction(remote(rename, path="rename")))
    shown = mount(Router(Routes(Route("/", view)), base="/shop"))
    page.visit_address("/shop/")

    assert page.elements()[0].attributes["action"] == "/shop/_gossamer/rename"
    shown.unmount()


# --- without scripts ---


class Browser:
    """A browser without scripts: it asks for pages, sends forms and keeps cookies."""

    def __init__(self, view: Callable[[Server], object], root_path: str = "") -> None:
        self.server = Server()
        self.view = view(self.server)
        self.root_path = root_path
        self.cookies: dict[str, str] = {}

    def keep(self, response: Response) -> None:
        for cookie in response.headers.get_all("set-cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in cookie:
                del self.cookies[name]

    def page(self, path: str = "/list", query: str = "page=2") -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = Headers.of([("Host", "shop.example"), ("Cookie", cookies)])
        asked = Request(
            "GET", raw_path=path.encode(), query=query, headers=headers, root_path=self.root_path
        )
        with answering(asked) as response:
            text = render_to_string(self.view, url=asked.address)
        self.keep(response)
        return text

    def submit(self, entries: dict[str, str], function: str = "rename") -> Any:
        path = next(one.path for one in self.server.registry if one.path.endswith(function))
        sent = asyncio.run(self.server.send(path, root_path=self.root_path, **form(entries)))
        self.keep(sent.response)
        return sent


def renamer(server: Server) -> object:
    function = server.function(rename, path="rename")

    @component
    def Rename() -> object:
        renaming = ServerAction(function, key="top")
        state = use_action_form(renaming)
        entered = renaming.input.peek() or {}
        return t"""<{ActionForm} action={renaming} state={state}>
            <input {state.field("name")} value={entered.get("name")}>
            <input type="password" name="password" value={entered.get("password")}>
            <{FieldError} state={state} name="name" /></{ActionForm}>
            <p>{renaming.value}|{renaming.version}|{(lambda: str(renaming.error() or ""))}</p>"""

    return Rename


@cpython
def test_the_page_after_a_form_shows_what_became_of_it_once() -> None:
    """P7"""
    browser = Browser(renamer)
    before = browser.page()

    sent = browser.submit({"name": "ada", "_gs_back": "/list?page=2", "_gs_form": "top"})
    after, again = browser.page(), browser.page()

    assert '<form method="post" action="/_gossamer/rename">' in before
    assert 'name="_gs_back" value="/list?page=2"' in before
    assert (sent.status, sent.headers.get("location")) == (303, "/list?page=2")
    assert "<p>&lt;b>Ada&lt;/b>|1|" in after.replace("&gt;", ">")
    assert "<p>|0|" in again


@cpython
def test_errors_and_what_was_entered_are_shown_but_no_password() -> None:
    """P8"""
    browser = Browser(renamer)

    sent = browser.submit(
        {"name": "", "password": "hunter2", "_gs_back": "/list", "_gs_form": "top"}
    )
    after = browser.page()

    assert sent.headers.get("location") == "/list"
    assert "Give a name." in after
    assert "hunter2" not in after
    assert "hunter2" not in str(browser.cookies)


@cpython
def test_an_error_of_the_server_is_shown_without_its_text() -> None:
    browser = Browser(renamer)

    browser.submit({"name": "bug", "_gs_back": "/list", "_gs_form": "top"})

    assert "The server could not do this." in browser.page()


@cpython
def test_hostile_values_come_out_as_text() -> None:
    """P14"""
    browser = Browser(renamer)

    pages = []
    for name in ('"><script>x()</script>', '!"><script>x()</script>'):
        browser.submit({"name": name, "_gs_form": "top"})
        pages.append(browser.page().lower())

    assert "script>x()" in pages[0]
    assert "script>x()" in pages[1]
    assert "will not do." in pages[1]
    assert not any("<script" in page for page in pages)


@cpython
@pytest.mark.parametrize("back", ["//evil.test", "https://evil.test", "javascript:x", ""])
def test_a_form_leads_back_within_the_site_only(back: str) -> None:
    browser = Browser(renamer, root_path="/shop")

    sent = browser.submit({"name": "a", "_gs_back": back})

    assert sent.headers.get("location") == "/shop/"


@cpython
def test_a_flash_is_for_its_own_form_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    from gossamer.server_fn.endpoint import flash

    browser = Browser(renamer)
    browser.submit({"name": "ada", "_gs_form": "other"})
    other = browser.page()
    browser.submit({"name": "ada", "_gs_form": "top"})
    kept = dict(browser.cookies)
    other_letter = "B" if kept["gossamer_flash"].startswith("A") else "A"
    browser.cookies["gossamer_flash"] = other_letter + kept["gossamer_flash"][1:]
    forged = browser.page()
    browser.cookies["gossamer_flash"] = "é"
    browser.cookies = kept
    monkeypatch.setattr(flash, "SECONDS", -1)
    late = browser.page()

    assert [text.count("|0|") for text in (other, forged, late)] == [1, 1, 1]


@cpython
def test_what_is_too_long_for_a_cookie_is_left_out() -> None:
    browser = Browser(renamer)

    browser.submit({"name": "x" * 5_000, "_gs_form": "top"})

    assert "|1|" in browser.page()


@cpython
def test_many_forms_of_one_action_keep_what_became_of_the_last() -> None:
    def adder(server: Server) -> object:
        function = server.function(rename, path="rename")

        @component
        def Add() -> object:
            adding = ServerMultiAction(function)
            return t"<{MultiActionForm} action={adding} />{len(adding.submissions())}"

        return Add

    browser = Browser(adder)
    browser.submit({"name": "ada"})

    assert browser.page().endswith("1")


def test_a_page_can_import_what_only_a_server_has(monkeypatch: pytest.MonkeyPatch) -> None:
    import gossamer.server
    from gossamer.errors import HostError

    monkeypatch.setattr(gossamer.server, "SERVER", False)

    with pytest.raises(HostError, match="redirect is the server's"):
        gossamer.server.redirect("/")
    assert issubclass(gossamer.server.HttpError, Exception)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        gossamer.server.nothing  # type: ignore[attr-defined] # noqa: B018 - the case


@cpython
def test_a_page_that_takes_over_knows_what_became_of_a_form(
    page: FakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P7"""
    browser = Browser(renamer)
    browser.submit({"name": "ada", "_gs_form": "top"})
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = Headers.of([("Host", "shop.example"), ("Cookie", cookies)])
    with answering(Request("GET", raw_path=b"/", headers=headers)):
        page.serve(render_to_string(browser.view, hydratable=True))
    before = page.body.text()

    monkeypatch.setattr(actions, "SERVER", False)
    shown = hydrate(browser.view)

    assert "|1|" in page.body.text()
    assert before.startswith(page.body.text())  # what follows was for the page's Python
    assert page.warnings == []
    shown.unmount()
