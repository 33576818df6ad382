"""Contacts: routes in routes, with search, a star, typed forms and a page for members."""

import directory
from gossamer import For, Show, Signal, component, mount, view
from gossamer.meta import Title
from gossamer.router import (
    A,
    FieldError,
    Form,
    Outlet,
    Progress,
    ProtectedRoute,
    Redirect,
    Route,
    Router,
    Routes,
    lazy,
    query_signal,
    use_blocker,
    use_data,
    use_form,
    use_location,
    use_query,
)

member = Signal("")


async def load_people(visit):
    return await directory.find(visit.query.get("q", ""))


async def load_person(visit):
    return await directory.get(visit.params["id"])


def members_only(visit):
    """Who is not known logs in first, and comes back."""
    return None if member.peek() else Redirect(f"/login?to={visit.path}")


@component
def Layout():
    people = use_data()
    location = use_location()
    text, set_text = query_signal("q", default="")

    def row(person):
        return t"""<li><{A} href={(lambda: f"/contacts/{person.id}{location.search()}")} scroll={False}>
            <span class="star" aria-hidden="true">{"★" if person.is_favourite else ""}</span>
            {person.name}</{A}></li>"""

    return view(t"""
        <div class="contacts">
          <aside>
            <search><input class="field" type="search" placeholder="Search" aria-label="Search people"
                prop:value={text} on:input={(lambda event: set_text(event.target.value))}></search>
            <nav aria-label="People">
              <{Show} when={people} fallback={t"<p class='none'>Nobody by that name.</p>"}>
                <ul><{For} each={people} key={(lambda each: each.id)}>{row}</{For}></ul>
              </{Show}>
            </nav>
            <p class="more"><{A} href="/new">New contact</{A}> <{A} href="/year">The year</{A}></p>
            <p class="more"><{Session} /></p>
          </aside>
          <section class="sheet"><{Progress} delay={0.3} /><{Outlet} /></section>
        </div>""")


@component
def Session():
    def out():
        member.set("")

    known = t"<span>{member}</span> <button class='link' on:click={out}>Log out</button>"
    return Show(when=member, children=known, fallback=t"<{A} href='/login'>Log in</{A}>")


@component
def Welcome():
    return t"<{Title} text='All' /><p class='none'>Choose somebody, and their card comes here.</p>"


@component
def Card():
    person = use_data()
    number = person.peek().id if person.peek() else 0
    star = use_form(lambda given: directory.star(person().id, given["star"] == "yes"))

    def is_favourite():
        return star.input()["star"] == "yes" if star.pending() else person().is_favourite

    def card():
        if person() is None:
            return t"<p class='none' role='alert'>There is nobody by that number.</p>"
        return t"""
            <article class="card"><{Title} text={(lambda: person().name)} />
              <header>
                <h2>{(lambda: person().name)}</h2>
                <{Form} state={star}>
                  <input type="hidden" name="star" value={(lambda: "no" if is_favourite() else "yes")}>
                  <button class="favourite" aria-pressed={(lambda: str(is_favourite()).lower())}
                    aria-label="Favourite">{(lambda: "★" if is_favourite() else "☆")}</button>
                </{Form}>
              </header>
              <p class="role">{(lambda: person().role)}</p>
              <dl>
                <dt>Mail</dt><dd>{(lambda: person().email or "—")}</dd>
                <dt>Born</dt><dd>{(lambda: f"{person().birthday:%-d %B %Y}" if person().birthday else "—")}</dd>
                <dt>Notes</dt><dd>{(lambda: person().notes or "—")}</dd>
              </dl>
              <{A} class="button" href="edit">Edit</{A}>
            </article>"""

    return card if number else card()


@component
def Edit():
    found = use_data().peek() or directory.Person()
    is_dirty = Signal(False)

    async def save(given):
        kept = await directory.save(getattr(found, "id", 0), given)
        is_dirty.set(False)
        return Redirect(f"/contacts/{kept.id}")

    form = use_form(save, directory.Person)
    blocker = use_blocker(is_dirty)

    async def remove():
        await directory.remove(found.id)
        is_dirty.set(False)
        return Redirect("/", replace=True)

    removal = use_form(remove)

    def entry(label, name, kind="text"):
        value = getattr(found, name, None) or ""
        return t"""<label><span>{label}</span>
            <input class="field" type={kind} value={str(value)} {form.field(name)}></label>
          <{FieldError} state={form} name={name} />"""

    question = t"""<p class="question" role="alert">Leave without saving?
        <button class="button" on:click={blocker.proceed}>Leave</button>
        <button class="button" on:click={blocker.stay}>Stay</button></p>"""
    name = getattr(found, "name", "")
    return view(t"""
        <{Title} text={f"Edit {name}" if name else "New contact"} />
        <h2>{name or "New contact"}</h2>
        <{Show} when={blocker.visit}>{question}</{Show}>
        <{Form} state={form} attr:class="editor" attr:novalidate>
          <div on:input={(lambda: is_dirty.set(True))}>
            {entry("Name", "name")}{entry("Work", "role")}{entry("Mail", "email", "email")}
            {entry("Born", "birthday", "date")}
            <label><span>Notes</span>
              <textarea class="field" rows="3" {form.field("notes")}>{found.notes}</textarea></label>
          </div>
          <p class="actions">
            <button class="button strong">{(lambda: "Saving…" if form.pending() else "Save")}</button>
            <{Show} when={found.id}><button class="button" form="removal">Delete</button></{Show}>
          </p>
        </{Form}>
        <{Form} state={removal} attr:id="removal" />""")


class Login:
    name: str


@component
def LogIn():
    query = use_query()

    def enter(given):
        member.set(given.name.strip() or "A guest")
        return Redirect(query().get("to", "/"), replace=True)

    form = use_form(enter, Login)
    return view(t"""
        <{Title} text="Log in" /><h2>Log in</h2>
        <p class="role">Members may change the cards. Any name will do.</p>
        <{Form} state={form} attr:class="editor">
          <label><span>Name</span><input class="field" required {form.field("name")}></label>
          <p class="actions"><button class="button strong">Log in</button></p>
        </{Form}>""")


@component
def NotFound():
    return t"<p class='none'>There is no such page. <{A} href='/'>All contacts</{A}></p>"


def sorry(error, retry):
    return t"""<p class="none" role="alert">{str(error)}
        <button class="button" on:click={retry}>Try again</button></p>"""


routes = Route("/", Layout, load=load_people, children=[
    Route("", Welcome),
    Route("contacts/{id:int}", Card, load=load_person, name="card", key=lambda params: params["id"]),
    Route("contacts/{id:int}/edit", Edit, load=load_person, guard=members_only),
    ProtectedRoute("new", Edit, condition=member, redirect="/login?to=/new"),
    Route("login", LogIn),
    Route("year", lazy("year:Year"), load=directory.find),
])  # fmt: skip


@component
def App():
    return view(t"""
        <{Title} formatter={(lambda text: f"{text} · Contacts · Gossamer")} />
        <{Router} mode="hash" transition={True}>
          <{Routes} fallback={NotFound} error={sorry} claims_not_found={True}>{routes}</{Routes}>
        </{Router}>""")


mount(App(), "#app")
