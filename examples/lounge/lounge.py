"""A chat behind a door: functions of the server, and the view that both sides show."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from dataclasses import dataclass

import members_server as members
from gossamer import For, Signal, Suspense, component, effect, resource, spawn
from gossamer.router import FieldError
from gossamer.server import (
    ActionForm,
    FieldErrors,
    HttpError,
    ServerAction,
    TransportError,
    UploadFile,
    redirect,
    request,
    response,
    server,
    use_action_form,
)


@dataclass
class Line:
    number: int
    who: str
    text: str
    picture: str = ""


def member() -> str:
    """The name of who calls; nobody else gets further."""
    name = members.sessions.get(request().cookies.get("session", ""))
    if name is None:
        raise HttpError(403, "The door is closed.")
    return name


@server
async def who() -> str | None:
    return members.sessions.get(request().cookies.get("session", ""))


@server
async def enter(name: str, password: str) -> None:
    name = name.strip()[:30]
    if not name:
        raise FieldErrors({"name": "Say who you are."})
    if password != members.WORD:
        raise FieldErrors({"password": "That is not the word."})
    response().set_cookie("session", members.begin(name))
    redirect("/")


@server
async def go() -> None:
    members.end(request().cookies.get("session", ""))
    response().delete_cookie("session")
    redirect("/")


@server(max_body=2_000_000)
async def show(picture: UploadFile) -> None:
    name = member()
    if picture.type not in ("image/png", "image/jpeg", "image/webp"):
        raise FieldErrors({"picture": "That is no picture."})
    data = b64encode(await picture.read()).decode()
    say(name, picture.name, f"data:{picture.type};base64,{data}")


def say(name, text, picture=""):
    number = members.said[-1].number + 1 if members.said else 1
    members.post(Line(number, name, text, picture))


@server
async def talk(messages: AsyncIterator[str]) -> AsyncIterator[Line]:
    name = member()

    async def listen():
        async for message in messages:
            say(name, message[:500])

    with members.listening() as heard:
        listening = asyncio.create_task(listen())
        try:
            while True:
                yield await heard.get()
        finally:
            listening.cancel()


@component
def Door():
    entering = ServerAction(enter)
    form = use_action_form(entering)
    entered = entering.input.peek() if entering.errors() else {}
    return t"""
      <{ActionForm} action={entering} state={form} attr:class="door">
        <label>Your name <input {form.field("name")} value={entered.get("name", "")}></label>
        <{FieldError} state={form} name="name" />
        <label>The word (it is “silk”) <input type="password" {form.field("password")}></label>
        <{FieldError} state={form} name="password" />
        <button>Come in</button>
      </{ActionForm}>"""


@component
def Room(name: str):
    lines = Signal([])
    is_open = Signal(False)
    text = Signal("")
    outgoing = []
    showing, leaving = ServerAction(show), ServerAction(go)
    picture = use_action_form(showing)

    async def messages():
        while True:
            yield await outgoing[0].get()

    async def follow():
        outgoing[:] = [asyncio.Queue()]
        while True:
            lines.set([])
            try:
                async for line in talk(messages()):
                    is_open.set(True)
                    lines.set([*lines.peek(), line])
            except TransportError:
                is_open.set(False)
                await asyncio.sleep(1)

    effect(lambda: spawn(follow()))  # in the page only

    def send(event):
        event.preventDefault()
        if text.peek().strip():
            outgoing[0].put_nowait(text.peek().strip())
            text.set("")

    def row(line):
        shown = t"<img src={line.picture} alt={line.text}>" if line.picture else line.text
        return t"<li class:own={line.who == name}><b>{line.who}</b> {shown}</li>"

    return t"""
      <p class="state" role="status">{(lambda: "" if is_open() else "Connecting…")}</p>
      <ol aria-live="polite"><{For} each={lines} key={(lambda line: line.number)}>{row}</{For}></ol>
      <form class="say" on:submit={send}>
        <input aria-label="Message" placeholder="Say something, {name}" bind:value={text} autocomplete="off">
        <button>Say</button>
      </form>
      <div class="foot">
        <{ActionForm} action={showing} state={picture}>
          <label>A picture <input type="file" {picture.field("picture")} accept="image/*"></label>
          <button>Show</button>
          <{FieldError} state={picture} name="picture" />
        </{ActionForm}>
        <{ActionForm} action={leaving}><button>Leave</button></{ActionForm}>
      </div>"""


@component
def Lounge():
    name = resource(who)
    inside = lambda: Room(name=name()) if name() else Door()
    return t"<h1>Lounge</h1><{Suspense} fallback='Looking…'>{inside}</{Suspense}>"
