"""A kite festival takes forms: typed data, errors, what is under way, files, several buttons."""

import asyncio
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal

from gossamer import For, Show, Signal, component, mount, multi_action, view
from gossamer.meta import Title
from gossamer.router import (
    A,
    FieldError,
    FieldErrors,
    Form,
    Outlet,
    Route,
    Router,
    Routes,
    use_form,
    use_query,
)

flyers = Signal(["Ada", "Grace"])
drafts = Signal({"title": "", "text": ""})
sent = Signal([])
pictures = Signal([])


async def at_the_office():
    """The other side takes its time: there is no server here."""
    await asyncio.sleep(0.8)


class Level(Enum):
    FIRST = "first"
    STEADY = "steady"
    OLD = "old hand"


@dataclass
class Flyer:
    name: str
    email: str
    level: Level
    born: date | None = None
    kites: list[str] = field(default_factory=list)
    letters: bool = False


@component
def SignUp():
    async def enter(flyer):
        await at_the_office()
        name = flyer.name.strip().title()
        if name in flyers.peek():
            raise FieldErrors({"name": f"{name} has signed up already."})
        flyers.update(lambda names: [*names, name])
        return flyer

    form = use_form(enter, Flyer)

    def names():
        under_way = [(form.input().name, True)] if form.pending() else []
        return [(name, False) for name in flyers()] + under_way

    def row(entry):
        name, is_under_way = entry
        return t"<li class={'waits' if is_under_way else None}>{name}</li>"

    levels = [
        t"<label><input type='radio' name='level' value={each.value} checked={each is Level.FIRST}> {each.value.capitalize()}</label>"
        for each in Level
    ]
    kites = [
        t"<label><input type='checkbox' name='kites' value={kite}> {kite.capitalize()}</label>"
        for kite in ("delta", "box", "sled")
    ]
    return view(t"""
        <{Title} text="Sign up" />
        <{Window} title="Sign up" about="The browser looks at what it can look at; the class Flyer at the rest. Try Ada for a name.">
          <{Form} state={form} attr:class="sheet">
            <{Entry} label="Name"><input class="field" required {form.field("name")} autocomplete="off"></{Entry}>
            <{FieldError} state={form} name="name" />
            <{Entry} label="Mail"><input class="field" type="email" required {form.field("email")} autocomplete="off"></{Entry}>
            <{FieldError} state={form} name="email" />
            <{Entry} label="Born"><input class="field" type="date" {form.field("born")}></{Entry}>
            <fieldset><legend>Flies</legend>{levels}</fieldset>
            <fieldset><legend>Kites</legend>{kites}</fieldset>
            <p class="tick"><label><input type="checkbox" name="letters"> Write to me once a month</label></p>
            <p class="actions"><button class="button strong">{(lambda: "Signing up…" if form.pending() else "Sign up")}</button></p>
          </{Form}>
          <{Outcome} title="Who comes">
            <ul class="names"><{For} each={names} key={(lambda entry: entry)}>{row}</{For}></ul>
            <{Held} value={form.value} />
          </{Outcome}>
        </{Window}>""")


@component
def Guestbook():
    @multi_action
    async def post(text):
        await at_the_office()
        if "rain" in text.lower():
            raise ValueError("We do not speak of rain.")
        return text

    def write(event):
        field = event.target.elements.note
        post(field.value)
        event.target.reset()
        field.focus()

    def note(submission):
        def mark():
            return "waits" if submission.pending() else "fails" if submission.error() else None

        text = submission.input
        again = t"<p>{(lambda: str(submission.error()))} <button class='link' on:click={(lambda: post(text))}>Again</button></p>"
        return (
            t"<li class={mark}><q>{text}</q><{Show} when={submission.error}>{again}</{Show}></li>"
        )

    return view(t"""
        <{Title} text="Guest book" />
        <{Window} title="Guest book" about="Write as fast as you like: each note is on its way by itself, and stands here already. None may speak of rain.">
          <form class="sheet" on:submit.prevent={write}>
            <{Entry} label="Note"><input class="field" name="note" required maxlength="80" autocomplete="off"></{Entry}>
            <p class="actions"><button class="button strong">Write</button></p>
          </form>
          <{Outcome} title="Notes">
            <ul class="notes" aria-live="polite"><{For} each={post.submissions} key={id}>{note}</{For}></ul>
          </{Outcome}>
        </{Window}>""")


@dataclass
class Roll:
    title: str
    files: list[object]


@component
def Pictures():
    async def develop(roll):
        chosen = [file for file in roll.files if file.name]
        if not chosen:
            raise FieldErrors({"files": "Choose a file or two."})
        await at_the_office()
        found = []
        for file in chosen:
            first = (
                (await file.text()).partition("\n")[0][:60] if file.type.startswith("text/") else ""
            )
            found.append((roll.title, file.name, file.size, first))
        pictures.update(lambda before: before + found)

    form = use_form(develop, Roll)

    def row(entry):
        title, name, size, first = entry
        return (
            t"<tr><td>{title}</td><td>{name}<small>{first}</small></td><td>{size:,} bytes</td></tr>"
        )

    table = t"""<table><thead><tr><th>Title</th><th>File</th><th>Size</th></tr></thead>
        <tbody><{For} each={pictures} key={(lambda entry: entry)}>{row}</{For}></tbody></table>"""
    return view(t"""
        <{Title} text="Pictures" />
        <{Window} title="Pictures" about="Files come as the browser has them, to be read where they are: nothing leaves this page.">
          <{Form} state={form} attr:class="sheet">
            <{Entry} label="Title"><input class="field" required {form.field("title")} autocomplete="off"></{Entry}>
            <{Entry} label="Files"><input type="file" multiple {form.field("files")}></{Entry}>
            <{FieldError} state={form} name="files" />
            <p class="actions"><button class="button strong">{(lambda: "Developing…" if form.pending() else "Develop")}</button></p>
          </{Form}>
          <{Outcome} title="The wall">
            <{Show} when={pictures} fallback={t"<p class='none'>Nothing hangs here yet.</p>"}>{table}</{Show}>
          </{Outcome}>
        </{Window}>""")


@dataclass
class Talk:
    then: Literal["keep", "send"]
    title: str = ""
    text: str = ""


@component
def Proposal():
    async def take(talk):
        await at_the_office()
        if talk.then == "keep":
            drafts.set({"title": talk.title, "text": talk.text})
            return "Your draft is kept."
        if len(talk.text.split()) < 3:
            raise FieldErrors({"text": "Say it in three words at least."})
        sent.update(lambda titles: [*titles, talk.title])
        drafts.set({"title": "", "text": ""})
        return f"“{talk.title}” is sent."

    form = use_form(take, Talk)
    draft = drafts.peek()
    said = t"<p class='said' role='status'>{form.value}</p>"
    titles = t"<ul class='names'><{For} each={sent} key={(lambda title: title)}>{(lambda title: t'<li>{title}</li>')}</{For}></ul>"
    return view(t"""
        <{Title} text="Give a talk" />
        <{Window} title="Give a talk" about="Two buttons, one form: a draft may be as thin as it likes, what is sent is looked at.">
          <{Form} state={form} attr:class="sheet" attr:data-noreset>
            <{Entry} label="Title"><input class="field" required {form.field("title")} value={draft["title"]} autocomplete="off"></{Entry}>
            <{FieldError} state={form} name="title" />
            <{Entry} label="About"><textarea class="field" rows="4" required {form.field("text")}>{draft["text"]}</textarea></{Entry}>
            <{FieldError} state={form} name="text" />
            <p class="actions">
              <button class="button strong" name="then" value="send">Send</button>
              <button class="button" name="then" value="keep" formnovalidate>Keep as a draft</button>
            </p>
          </{Form}>
          <{Outcome} title="Sent">
            <{Show} when={form.value}>{said}</{Show}>
            <{Show} when={sent} fallback={t"<p class='none'>No talk has been sent.</p>"}>{titles}</{Show}>
          </{Outcome}>
        </{Window}>""")


class Wish:
    q: str = ""
    day: Literal["", "Saturday", "Sunday"] = ""


PROGRAMME = [
    ("Saturday", "10:00", "Opening on the dune"),
    ("Saturday", "11:30", "Knots that hold"),
    ("Saturday", "14:00", "Box kites, a history"),
    ("Saturday", "16:00", "Night lines, by day"),
    ("Sunday", "10:00", "Sewing a delta"),
    ("Sunday", "12:00", "Wind from the west"),
    ("Sunday", "15:00", "Everybody flies"),
]


@component
def Programme():
    wish = use_query(Wish)

    def found():
        return [
            entry
            for entry in PROGRAMME
            if wish().day in ("", entry[0]) and wish().q.lower() in entry[2].lower()
        ]

    def row(entry):
        day, hour, title = entry
        return t"<tr><td>{day}</td><td>{hour}</td><td>{title}</td></tr>"

    days = [
        t"<option value={day} selected={(lambda day=day: wish().day == day)}>{day or 'Both days'}</option>"
        for day in ("", "Saturday", "Sunday")
    ]
    table = t"<table><tbody><{For} each={found} key={(lambda entry: entry)}>{row}</{For}></tbody></table>"
    return view(t"""
        <{Title} text="Programme" />
        <{Window} title="Programme" about="A form that asks is a link with fields: what you look for stands in the address, and back goes back.">
          <search><{Form} action="/programme" scroll={False} attr:class="sheet">
            <{Entry} label="Word"><input class="field" type="search" name="q" prop:value={(lambda: wish().q)}></{Entry}>
            <{Entry} label="Day"><select class="field" name="day">{days}</select></{Entry}>
            <p class="actions"><button class="button strong">Search</button></p>
          </{Form}></search>
          <{Outcome} title="Hours">
            <{Show} when={found} fallback={t"<p class='none'>Nothing of that kind.</p>"}>{table}</{Show}>
          </{Outcome}>
        </{Window}>""")


@component
def Window(title, about, children=None):
    return t"<h2>{title}</h2><p class='about'>{about}</p><div class='window'>{children}</div>"


@component
def Entry(label, children=None):
    return t"<label class='entry'><span>{label}</span>{children}</label>"


@component
def Outcome(title, children=None):
    return t"<section class='outcome' aria-label={title}><h3>{title}</h3>{children}</section>"


@component
def Held(value):
    """What the action got, as Python writes it."""
    fields = lambda: vars(value()).items() if value() else []
    row = lambda entry: t"<dt>{entry[0]}</dt><dd>{entry[1]!r}</dd>"
    return (
        t"<dl class='held'><{For} each={fields} key={(lambda entry: entry[0])}>{row}</{For}></dl>"
    )


WINDOWS = {
    "/": ("Sign up", SignUp),
    "/guestbook": ("Guest book", Guestbook),
    "/pictures": ("Pictures", Pictures),
    "/talk": ("Give a talk", Proposal),
    "/programme": ("Programme", Programme),
}  # fmt: skip


@component
def App():
    links = [t"<li><{A} href={to} exact>{name}</{A}></li>" for to, (name, _) in WINDOWS.items()]
    layout = t"<nav class='windows' aria-label='Windows'><ul>{links}</ul></nav><{Outlet} />"
    routes = [Route(to, window) for to, (_, window) in WINDOWS.items()]
    return view(t"""
        <{Title} formatter={(lambda text: f"{text} · Festival · Gossamer")} />
        <{Router} mode="hash">
          <{Routes} fallback="There is no such window." claims_not_found={True}>
            {Route("", layout, children=routes)}
          </{Routes}>
        </{Router}>""")


mount(App(), "#app")
