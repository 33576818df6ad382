"""Errands: functions of the server, and the view that both sides show."""

from dataclasses import dataclass

import store_server
from gossamer import For, Suspense, component, resource
from gossamer.router import FieldError
from gossamer.server import ActionForm, FieldErrors, ServerAction, server, use_action_form


@dataclass
class Errand:
    id: int
    title: str
    done: bool


@server
async def errands() -> list[Errand]:
    return [Errand(id, title, bool(done)) for id, title, done in await store_server.every()]


@server
async def add(title: str) -> None:
    title = title.strip()
    if not title:
        raise FieldErrors({"title": "Say what there is to do."})
    if len(title) > 200:
        raise FieldErrors({"title": "That is too long for an errand."})
    await store_server.insert(title)


@server
async def mark(id: int, done: bool) -> None:
    await store_server.mark(id, done)


@server
async def remove(id: int) -> None:
    await store_server.delete(id)


@component
def Errands():
    adding, marking, removing = ServerAction(add), ServerAction(mark), ServerAction(remove)
    form = use_action_form(adding)
    entered = adding.input.peek() if adding.errors() else {}
    changes = lambda: (adding.version(), marking.version(), removing.version())
    found = resource(lambda _: errands(), changes)
    left = lambda: sum(not errand.done for errand in found() or [])

    def row(errand):
        return t"""
          <li class:done={errand.done}>
            <{ActionForm} action={marking}>
              <input type="hidden" name="id" value={errand.id}>
              <input type="hidden" name="done" value={"off" if errand.done else "on"}>
              <button class="mark" aria-pressed={str(errand.done).lower()}
                aria-label="Done: {errand.title}"></button>
            </{ActionForm}>
            <span>{errand.title}</span>
            <{ActionForm} action={removing}>
              <input type="hidden" name="id" value={errand.id}>
              <button class="remove" aria-label="Remove {errand.title}">×</button>
            </{ActionForm}>
          </li>"""

    return t"""
      <h1>Errands</h1>
      <{ActionForm} action={adding} state={form} attr:class="add">
        <label for="title">What is there to do?</label>
        <div>
          <input id="title" {form.field("title")} value={entered.get("title", "")} autocomplete="off">
          <button>Add</button>
        </div>
        <{FieldError} state={form} name="title" />
      </{ActionForm}>
      <{Suspense} fallback="Looking…">
        <ul><{For} each={found} key={(lambda errand: errand.id)}>{row}</{For}></ul>
        <p class="left">{(lambda: f"{left()} left")}</p>
      </{Suspense}>"""
