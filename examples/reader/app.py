"""A reader for stories and what people say about them: lists, items, users, each at an address."""

from functools import partial

from gossamer import ErrorBoundary, For, Show, Signal, Suspense, component, mount, resource
from gossamer.meta import Meta, Title
from gossamer.router import (
    A,
    Progress,
    Route,
    Router,
    Routes,
    Visit,
    use_data,
    use_params,
    use_pending,
    use_query,
)
from keys import Keys
from recorded import MissingError, ago, fetch, many

LISTS = {"top": "Top", "new": "New", "best": "Best", "ask": "Ask", "show": "Show"}


class Search:
    page: int = 1


class ItemParams:
    id: int


class UserParams:
    name: str


async def load_list(kind: str, visit: Visit) -> dict:
    """One page of a list."""
    return await fetch(f"list/{kind}-{visit.query.get('page', '1')}")


async def load_item(visit: Visit) -> dict:
    """One story; what was said about it comes later."""
    return await fetch(f"item/{visit.params['id']}")


@component
def Stories(kind: str):
    """One page of a list, and the way to the next."""
    page = use_data()
    search = use_query(Search)
    path = "/" if kind == "top" else f"/{kind}"

    def turn(by: int) -> str:
        number = search().page + by
        return path if number == 1 else f"{path}?page={number}"

    return t"""
        <{Title} text={LISTS[kind]} />
        <h1 class="unseen">{LISTS[kind]} stories</h1>
        <ol class="stories" start={(lambda: page()["first"])}
            style:--before={(lambda: page()["first"] - 1)}>
          <{For} each={(lambda: page()["stories"])} key={(lambda one: one["id"])}>{Story}</{For}>
        </ol>
        <nav class="turn" aria-label="Pages">
          <{Show} when={(lambda: search().page > 1)}>
            <{A} href={(lambda: turn(-1))} exact attr:rel="prev">Newer page</{A}>
          </{Show}>
          <span>Page {(lambda: search().page)} of {(lambda: page()["pages"])}</span>
          <{Show} when={(lambda: search().page < page()["pages"])}>
            <{A} href={(lambda: turn(1))} exact attr:rel="next">Next page</{A}>
          </{Show}>
        </nav>
    """


@component
def Story(story: dict):
    """A story as lists show it."""
    return t"""
        <li>
          <{A} href="/item/{story["id"]}" class_="title">{story["title"]}</{A}>
          <p class="facts"><b>{many(story["points"], "point")}</b>
            by <{A} href="/user/{story["by"]}">{story["by"]}</{A}>,
            {ago(story["hours"])} · {many(story["comments"], "comment")}
            {f"· {story['site']}" if story["site"] else ""}</p>
        </li>
    """


@component
def Item():
    """A story, and below it the talk about it as soon as that has come."""
    story = use_data()
    params = use_params(ItemParams)
    talk = resource(
        lambda number: fetch(f"talk/{number}"), lambda: params().id, key="talk", stale=300
    )
    return t"""
        <{Title} text={(lambda: story()["title"])} />
        <{Meta} name="description" content={(lambda: f"What people say: {story()['title']}")} />
        <article class="item">
          <h1>{(lambda: story()["title"])}</h1>
          <p class="facts"><b>{(lambda: many(story()["points"], "point"))}</b>
            by <{A} href={(lambda: f"/user/{story()['by']}")}>{(lambda: story()["by"])}</{A}>,
            {(lambda: ago(story()["hours"]))}{(lambda: f" · {site}" if (site := story()["site"]) else "")}</p>
          <p class="text" hidden={(lambda: not story()["text"])}>{(lambda: story()["text"])}</p>
        </article>
        <section class="talk" aria-label="Comments">
          <h2>{(lambda: many(story()["comments"], "comment"))}</h2>
          <{Retrying} what="The comments" again={talk.refetch}>
            <{Suspense} fallback={Waiting(lines=6)} delay={0.1}>
              <{Replies} each={talk} />
            </{Suspense}>
          </{Retrying}>
        </section>
    """


@component
def Replies(each):
    """Comments of one level."""
    return t"""<ul class="replies"><{For} each={each} key={(lambda one: one["id"])}>{Comment}</{For}></ul>"""


@component
def Comment(comment: dict):
    """A comment with all that hangs below it; folded, one line is left."""
    is_folded = Signal(False)
    below = count(comment["replies"])

    def label() -> str:
        return f"{'Unfold' if is_folded() else 'Fold'} the comment by {comment['by']}"

    return t"""
        <li class="comment" class:folded={is_folded}>
          <p class="facts">
            <button class="fold" aria-expanded={(lambda: str(not is_folded()).lower())}
                aria-label={label} on:click={(lambda: is_folded.update(lambda old: not old))}></button>
            <{A} href="/user/{comment["by"]}">{comment["by"]}</{A}> {ago(comment["hours"])}
            <span class="below" hidden={(lambda: not is_folded())}>
              {f"{many(below, 'reply', 'replies')} folded" if below else "folded"}</span>
          </p>
          <div hidden={is_folded}>
            <p class="text">{comment["text"]}</p>
            {Replies(comment["replies"]) if comment["replies"] else None}
          </div>
        </li>
    """


def count(comments: list[dict]) -> int:
    """How many comments there are, at any depth."""
    return sum(1 + count(one["replies"]) for one in comments)


@component
def User():
    """Who somebody is, and the stories that they brought."""
    params = use_params(UserParams)
    user = resource(
        lambda name: fetch(f"user/{name}"), lambda: params().name, key="user", stale=300
    )
    return t"""
        <{Title} text={(lambda: params().name)} />
        <h1>{(lambda: params().name)}</h1>
        <{Retrying} what="The page of this user" again={user.refetch}>
          <{Suspense} fallback={Waiting(lines=4)} delay={0.1}>
            <p class="text about">{(lambda: user()["about"])}</p>
            <p class="facts"><b>{(lambda: many(user()["karma"], "point"))}</b>
              in {(lambda: many(user()["days"], "day"))}</p>
            <h2>{(lambda: many(len(user()["stories"]), "story", "stories"))}</h2>
            <ol class="stories plain">
              <{For} each={(lambda: user()["stories"])} key={(lambda one: one["id"])}>{Story}</{For}>
            </ol>
          </{Suspense}>
        </{Retrying}>
    """


@component
def Waiting(lines: int):
    """Where text will stand."""
    bars = [t"<i></i>" for _ in range(lines)]
    return t'<div class="waiting" role="status"><span class="unseen">Loading …</span>{bars}</div>'


@component
def Retrying(what: str, again, children=None):
    """The children, or what went wrong with the way to try again."""

    def failed(error: Exception, reset):
        def retry():
            again()
            reset()

        return Trouble(error, retry, what)

    return ErrorBoundary(failed, children)


@component
def Trouble(error: Exception, retry, what="This page"):
    """What stands in the place of something that did not come."""
    if isinstance(error, MissingError):
        return NotFound()
    return t"""
        <div class="trouble" role="alert">
          <h2>{what} did not come</h2>
          <p>The line may be down. Nothing is lost: this stays the address of what you asked for.</p>
          <button class="button" on:click={retry}>Try again</button>
        </div>
    """


@component
def PageTrouble(error: Exception, retry):
    """The same for a whole page."""
    return t"<{Title} text='Nothing came' /><{Trouble} error={error} retry={retry} />"


@component
def NotFound():
    """For addresses without anything."""
    return t"""
        <{Title} text="Nothing here" />
        <div class="trouble">
          <h1>Nothing hangs here</h1>
          <p>Maybe the thread was cut, maybe it was never spun.
            <{A} href="/" exact>Back to the stories</{A}></p>
        </div>
    """


@component
def Reader():
    """What stands around every page: the lists, and whether something is on its way."""
    pending = use_pending()
    tab = lambda kind: (
        t"""
        <{A} href={"/" if kind == "top" else f"/{kind}"} exact>{LISTS[kind]}</{A}>"""
    )
    lists = [
        Route("/" if kind == "top" else f"/{kind}", Stories(kind), load=partial(load_list, kind))
        for kind in LISTS
    ]
    return t"""
        <{Title} formatter={(lambda text: f"{text} · Ropewalk")} />
        <{Progress}><progress class="way" aria-label="Loading"></progress></{Progress}>
        <header class="head">
          <p class="name"><{A} href="/" exact>Ropewalk</{A}></p>
          <nav class="lists" aria-label="Lists">{[tab(kind) for kind in LISTS]}</nav>
        </header>
        <main class="page" aria-busy={(lambda: str(pending() is not None).lower())}>
          <{Routes} fallback={NotFound} error={PageTrouble} claims_not_found>
            {lists}
            <{Route} path="/item/{{id:int}}" view={Item} load={load_item} />
            <{Route} path="/user/{{name}}" view={User} />
          </{Routes}>
        </main>
        <footer class="keys"><kbd>j</kbd> <kbd>k</kbd> along the links, <kbd>n</kbd> <kbd>p</kbd>
          through the pages, <kbd>f</kbd> folds a comment, <kbd>1</kbd>–<kbd>5</kbd> lists</footer>
        <{Keys} />
    """


mount(t"<{Router} mode='hash'><{Reader} /></{Router}>", "#app")
