"""Forms: typed data, errors, how they go, and what a server may say."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from gossamer import ErrorBoundary, component, watch
from gossamer.errors import TransportError
from gossamer.router import (
    FieldError,
    FieldErrors,
    Form,
    FormState,
    Redirect,
    Route,
    Router,
    Routes,
    Visit,
    use_data,
    use_form,
    use_query,
)
from gossamer.testing.nodes import Element
from gossamer.testing.page import FakePage

type Show = Callable[[object], FakePage]
OURS = "application/vnd.gossamer+json"


class Contact:
    name: str
    age: int


def element(page: FakePage, name: str) -> Element:
    return next(e for e in page.elements() if e.name == name)


def run(body: Coroutine[Any, Any, None]) -> None:
    asyncio.run(body)


class Portrait:
    name: object
    age: int


def sent_to(
    action: Callable[..., object] | None, kind: type = Contact, **options: Any
) -> tuple[Any, dict[str, Any]]:
    """A form with a name and an age, and where its state will be."""
    kept: dict[str, Any] = {}

    @component
    def Contacts() -> Any:
        state = kept["state"] = use_form(action, kind, **options)
        return t"""<{Form} state={state} action="/contacts" method="post" attr:id="f">
            <input {state.field("name")} value="Ada"><input {state.field("age")} value="x">
            <{FieldError} state={state} name="age" /><button name="go" value="1">Save</button>
          </{Form}>"""

    return Contacts(), kept


def fill(page: FakePage, **texts: str) -> Element:
    for each in page.elements():
        if each.attributes.get("name") in texts:
            each.properties["value"] = texts[each.attributes["name"]]
    return element(page, "form")


def test_a_form_that_asks_leads_to_a_route(show: Show) -> None:
    """F1"""

    @component
    def Search() -> Any:
        query = use_query()
        return t"""<form action="/search?old=1#top"><input name="q"></form>
          <p>{(lambda: query().get("q", ""))}</p>"""

    page = show(Router(Routes([Route("/search", Search), Route("/", "home")])))
    page.visit_address("/search")

    page.submit(fill(page, q="a b&c"))
    assert page.history.address == "/search?q=a+b%26c#top"
    assert element(page, "p").text() == "a b&c"
    page.history.travel(-1)
    assert element(page, "p").text() == ""


def test_data_that_will_not_do_never_reach_the_action(show: Show) -> None:
    """F11"""
    calls: list[Contact] = []
    view, _ = sent_to(calls.append)
    page = show(view)
    form = element(page, "form")

    page.submit(form)
    field = page.invalid[0]

    assert calls == []
    assert field.attributes["name"] == "age"
    message = element(page, "p")
    assert field.attributes["aria-describedby"] == message.attributes["id"]
    assert message.text() == "This is not a whole number."

    page.submit(fill(page, name="Grace", age="85"))
    assert [(one.name, one.age) for one in calls] == [("Grace", 85)]
    assert "aria-invalid" not in field.attributes
    assert "value" not in field.properties  # as fresh as it came


def test_an_action_may_refuse_fields_itself(show: Show) -> None:
    """F11"""

    def save(contact: Contact) -> None:
        raise FieldErrors({"name": f"{contact.name} is taken."})

    view, kept = sent_to(save)
    page = show(view)

    page.submit(fill(page, age="3"))

    assert kept["state"].errors() == {"name": "Ada is taken."}
    assert page.invalid[0].attributes["name"] == "name"
    assert page.elements()[2].properties["value"] == "3"


def test_a_form_may_send_the_visitor_on(show: Show) -> None:
    view, _ = sent_to(lambda: Redirect("/done", replace=False))
    page = show(Router(Routes([Route("/", view), Route("/done", "done")])))

    page.submit(fill(page, age="3"))

    assert (page.body.text(), page.history.entries) == ("done", [("/", ""), ("/done", "")])


def test_what_was_loaded_is_loaded_anew_after_a_change(show: Show) -> None:
    names = ["Ada"]
    view, _ = sent_to(lambda contact: names.append(contact.name))

    @component
    def Page() -> Any:
        return t"{view}<i>{use_data()}</i>"

    page = show(Router(Routes([Route("/", Page, load=lambda: ", ".join(names))])))
    page.submit(fill(page, name="Grace", age="3"))

    assert element(page, "i").text() == "Ada, Grace"


def test_a_form_shows_that_it_is_being_sent(show: Show) -> None:
    """F10"""

    async def body() -> None:
        gate: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        async def save() -> str:
            return await gate

        view, kept = sent_to(save)
        page = show(view)
        form, button = element(page, "form"), element(page, "button")
        page.submit(fill(page, age="3"), button)
        state: FormState = kept["state"]

        assert state.pending()
        assert state.input().age == 3
        assert form.attributes["aria-busy"] == "true"
        assert button.attributes["aria-disabled"] == "true"
        gate.set_result("saved")
        await asyncio.sleep(0.01)
        assert (state.pending(), state.value()) == (False, "saved")
        assert "aria-busy" not in form.attributes
        assert "aria-disabled" not in button.attributes

    run(body())


@pytest.mark.parametrize(
    ("policy", "done"), [("drop", ["1"]), ("latest", ["2"]), ("queue", ["1", "2"])]
)
def test_a_second_sending_is_dropped_wins_or_waits(
    show: Show, policy: str, done: list[str]
) -> None:
    """F10"""

    async def body() -> None:
        finished: list[str] = []

        async def save(contact: Contact) -> None:
            await asyncio.sleep(0)
            finished.append(contact.name)

        view, _ = sent_to(save, policy=policy)
        page = show(view)
        page.submit(fill(page, name="1", age="3"))
        page.submit(fill(page, name="2", age="3"))
        for _ in range(10):
            await asyncio.sleep(0)

        assert finished == done

    run(body())


def test_an_error_is_the_forms_if_it_shows_it(show: Show) -> None:
    def save() -> None:
        raise OSError("disk full")

    view, kept = sent_to(save)
    page = show(ErrorBoundary(lambda error: str(error), view))
    page.submit(fill(page, age="3"))
    assert page.body.text() == "disk full"

    @component
    def Shown() -> Any:
        state = kept["state"] = use_form(save)
        return t"<{Form} state={state}></{Form}><i>{(lambda: str(state.error() or ''))}</i>"

    page = show(Shown())
    page.submit(element(page, "form"))
    assert element(page, "i").text() == "disk full"


def test_what_a_class_says_to_its_values_is_the_forms_error(show: Show) -> None:
    class Even(Contact):
        def __init__(self, name: str, age: int) -> None:
            if age % 2:
                raise ValueError(f"{name} is odd.")

    kept: dict[str, FormState] = {}

    @component
    def Shown() -> Any:
        state = kept["state"] = use_form(lambda given: "kept", Even)
        return t"""<{Form} state={state}><input name="name" value="Ada"><input name="age"></{Form}>
            <i>{(lambda: str(state.error() or ""))}</i>"""

    page = show(Shown())
    page.submit(fill(page, age="x"))
    assert kept["state"].errors() == {"age": "This is not a whole number."}
    page.submit(fill(page, age="3"))

    assert (element(page, "i").text(), kept["state"].errors()) == ("Ada is odd.", {})
    page.submit(fill(page, age="4"))
    assert (element(page, "i").text(), kept["state"].value()) == ("", "kept")


def test_a_dict_is_as_good_as_no_class(show: Show) -> None:
    got: list[object] = []

    @component
    def Plain() -> Any:
        state = use_form(got.append, dict)
        return t"<{Form} state={state}><input name='a' value='1'></{Form}>"

    page = show(Plain())
    page.submit(element(page, "form"))

    assert got == [{"a": "1"}]


def test_a_form_that_goes_is_called_off(page: FakePage) -> None:
    from gossamer import mount

    async def body() -> None:
        log: list[str] = []

        async def save() -> None:
            try:
                await asyncio.sleep(3600)
            except asyncio.CancelledError:
                log.append("cancelled")
                raise

        view, _ = sent_to(save)
        shown = mount(view)
        page.submit(fill(page, age="3"))
        await asyncio.sleep(0)
        shown.unmount()
        await asyncio.sleep(0.01)

        assert log == ["cancelled"]

    run(body())


ANSWERS: list[tuple[str, list[Any] | Exception, dict[str, Any]]] = [
    ("ours", [200, OURS, "", "", "", '{"id": 7}'], {"value": {"id": 7}, "reset": True}),
    ("nothing", [204, "", "", "", "", ""], {"value": None, "reset": True}),
    ("redirect", [200, OURS, "/app/done?x=1#y", "", "", ""], {"address": "/app/done?x=1#y"}),
    ("redirect away", [200, OURS, "https://e.org/", "", "", ""], {"left": ["https://e.org/"]}),
    ("redirect out", [200, OURS, "/other", "", "", ""], {"left": ["/other"]}),
    ("led away", [200, "text/html", "", "", "http://x/login", "<p>"], {"left": ["http://x/login"]}),
    ("fields", [422, OURS, "", "", "", '{"errors": {"age": "Too old."}}'], {"errors": "Too old."}),
    ("refused", [403, OURS, "", "", "", '"no"'], {"status": 403}),
    ("old version", [409, OURS, "", "2", "", ""], {"left": ["/app/contacts"]}),
    ("a page", [200, "text/html", "", "", "", "<h1>Log in</h1>"], {"status": 200}),
    ("a proxy", [502, "text/html", "", "", "", "<h1>Bad gateway</h1>"], {"status": 502}),
    ("no network", OSError("connection reset"), {"status": 0}),
]


@pytest.mark.parametrize(
    ("answer", "said"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)
def test_what_a_server_may_say(
    page: FakePage, show: Show, answer: list[Any] | Exception, said: dict[str, Any]
) -> None:
    """F12"""
    page.history.entries[0] = ("/app/", "")

    async def body() -> None:
        loads: list[Visit] = []
        view, kept = sent_to(None)
        routes = [Route("/", view, load=loads.append), Route("/done", "done")]
        show(Router(Routes(routes), base="/app"))
        page.answers.append(answer)
        state: FormState = kept["state"]
        errors: list[object] = []
        from gossamer.reactive import effect

        state._owner.run(effect, lambda: errors.append(state.error()))

        page.submit(fill(page, name="Ada", age="3"), element(page, "button"))
        await asyncio.sleep(0.01)

        assert page.sent == [["name", "Ada", "age", "3", "go", "1"]]
        assert page.history.left == said.get("left", [])
        assert page.history.address == said.get("address", "/app/")
        error = errors[-1]
        assert getattr(error, "status", None) == said.get("status")
        assert isinstance(error, TransportError) is ("status" in said)
        assert state.value() == said.get("value")
        assert state.errors().get("age") == said.get("errors")
        assert len(loads) == (2 if said.get("reset") else 1)

    run(body())


def test_what_has_gone_of_a_file_is_told_while_it_goes(page: FakePage, show: Show) -> None:
    """F9"""

    async def body() -> None:
        view, kept = sent_to(None, Portrait)
        show(view)
        parts: list[float | None] = []
        state: FormState = kept["state"]
        state._owner.run(watch, state.progress, lambda: parts.append(state.progress()))
        element(page, "input").properties["file"] = object()
        page.answers.append([200, OURS, "", "", "", '"stored"'])

        page.submit(fill(page, age="3"))
        await asyncio.sleep(0.01)

        assert state.value() == "stored"
        assert parts == [1.0, None]

    run(body())


def test_a_route_may_take_what_is_sent_to_it(show: Show) -> None:
    taken: list[Contact] = []

    def add(contact: Contact) -> object:
        taken.append(contact)
        return Redirect("/done")

    form = t"<form method='post' action='/add'><input name='name'><input name='age'></form>"
    page = show(
        Router(Routes([Route("/", form), Route("/add", "", action=add), Route("/done", "done")]))
    )

    page.submit(fill(page, name="Ada", age="36"))

    assert [(one.name, one.age) for one in taken] == [("Ada", 36)]
    assert page.history.address == "/done"


def test_a_form_for_the_server_is_left_to_the_browser(show: Show) -> None:
    """F13"""
    page = show(Router(Routes(Route("/", t"<form method='post' action='/api'></form>"))))

    page.submit(element(page, "form"))

    assert page.history.left == ["/api"]


def test_a_form_that_is_enhanced_is_sent_from_here(show: Show) -> None:
    """F12"""

    async def body() -> None:
        form = t"<form method='post' action='/api' data-enhance><input name='a' value='1'></form>"
        page = show(Router(Routes(Route("/", form))))
        page.answers.append([200, OURS, "", "", "", json.dumps("ok")])

        page.submit(element(page, "form"))
        await asyncio.sleep(0.01)

        assert page.sent == [["a", "1"]]
        assert page.history.left == []

    run(body())


def test_a_form_without_a_router_has_a_state_all_the_same(show: Show) -> None:
    got: list[object] = []

    @component
    def Plain() -> Any:
        state = use_form(got.append)
        return t"<{Form} state={state} action='/x'><input name='a' value='1'></{Form}>"

    page = show(Plain())
    page.submit(element(page, "form"))

    assert got == [{"a": "1"}]
    assert element(page, "form").attributes["action"] == "/x"
