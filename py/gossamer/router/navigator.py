"""The router itself: one way at a time from address to address."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from gossamer.errors import NavigationError
from gossamer.host import (
    AGAIN,
    FORM,
    HOST,
    KEEP_FOCUS,
    LEAVE,
    NO_SCROLL,
    REFUSE,
    REPLACE,
    TRAVERSE,
    Host,
    Reply,
    distance_of,
)
from gossamer.reactive import Owner, Signal, batch, expect_context, report, spawn, use_context
from gossamer.router.addresses import is_elsewhere, resolve, split_address, tidy
from gossamer.router.built import Built
from gossamer.router.edits import Edits
from gossamer.router.forms import FormState, has_not_begun, kind_of
from gossamer.router.layers import Layer, write
from gossamer.router.loading import Plan, Steps, elsewhere, levels_of, prepare, show
from gossamer.router.location import Location
from gossamer.router.matching import Match, RouteNode, Table
from gossamer.router.outcomes import Outcome
from gossamer.router.preloads import Preloads
from gossamer.router.replies import Server
from gossamer.router.visits import Navigation, Visit
from gossamer.view.lazy import is_lazy

MOST_HOPS = 20
"""How often one way may be sent elsewhere."""


class Navigator:
    """Follows a history, and shows the route of its address.

    Everything of a way happens under its number: a newer wish drops the older one, whose tasks are
    cancelled and whose results find nobody.
    """

    def __init__(
        self, host: Host, owner: Owner, base: str, *, is_hash: bool, has_transitions: bool
    ) -> None:
        self.history = history = host.history()
        self.owner = owner
        self.base = "" if is_hash else "/" + base.strip("/") if base.strip("/") else ""
        self.is_hash = is_hash
        self.claims_not_found = False
        self.table = Table(())
        self.top = Layer(RouteNode(""), "/", {})
        self.not_found = RouteNode("{*rest}")
        self.on_error: object = None
        self.location = Location()
        self.pending: Signal[Visit | None] = Signal(None)
        self.stands: Signal[bool] = Signal(value=False)  # whether anything is shown yet
        self.preloads = Preloads(Built(host.data, self.full).call)
        self.edits = Edits(self)
        self.blockers: list[Callable[[Visit, Callable[[], None]], bool]] = []
        self._way: Navigation | None = None
        self._count = 0
        self._hops = 0
        self._is_free = False
        self._passes: str | None = None  # where a visitor may travel to who was stopped before
        self._holders: frozenset[object] = frozenset()
        self._forms: dict[str, FormState] = {}
        self._later: list[Callable[[], None]] | None = None
        reply = use_context(Reply)
        self.server = None if reply is None else Server(reply)
        self.first = history.start(
            self, self.base, is_hash=is_hash, has_transitions=has_transitions
        )
        owner.on_cleanup(self._end)

    def open(self, table: Table) -> None:
        """Take the routes and show that of the present address, without touching the history."""
        self.table = table
        address = self._below_base(self.first)
        way = self._make(address if address is not None else "/", REPLACE, "")
        routes = [route for route, *_ in levels_of(self, way)]
        if self.server is None or self.server.takes(routes, self.stands):
            self._way = way
            self._run(way)

    def _end(self) -> None:
        self._stop_way()
        self.preloads.clear()
        self.history.stop()

    # What the history tells

    def wish(self, flags: int, address: str, state: str) -> int:
        """Answer whether a way begins here: its number, `LEAVE` or `REFUSE`."""
        inner = self._below_base(address)
        if inner is None:
            return LEAVE
        way = self._make(inner, flags, state)
        if not flags & TRAVERSE:
            if not self.claims(way.match):
                return LEAVE
            current = self._way
            if current is not None and current.address == inner and not flags & FORM:
                return REFUSE
        if self._is_blocked(way):
            return REFUSE
        self._enter(way)
        return way.number

    def begin(self, number: int) -> None:
        """Get ready for a way that is still wanted."""
        way = self._way
        if way is not None and way.number == number:
            self._run(way)

    def arrive(self, number: int) -> None:
        """Show what was made ready: the address is there."""
        way = self._way
        if way is not None and way.number == number:
            self._show(way)

    def give_up(self, number: int) -> None:
        """Let go of a way that the platform has stopped."""
        way = self._way
        if way is not None and way.number == number:
            self._stop_way()
            self.pending.set(None)

    def note_hash(self, address: str) -> None:
        """Follow a move within the page."""
        inner = self._below_base(address)
        if inner is not None:
            write(self.location.hash, split_address(inner)[2])

    def preload(self, address: str) -> None:
        """Fetch code and data for an address that somebody rests on."""
        inner = self._below_base(address)
        under_way = self._way.address if self._way is not None else None
        if inner is None or inner in (self.location.address(), under_way):
            return
        way = self._make(inner, 0, "")
        if not self.claims(way.match):
            return
        for level, (route, _, params) in enumerate(levels_of(self, way)):
            content = route.content
            visit = Visit(way, params, level)
            if is_lazy(content.view):
                self.owner.run(self.preloads.begin, content.view.load, visit)
            if content.load is not None:
                self.owner.run(self.preloads.begin, content.load, visit)

    def submit(self, address: str, event: Any, *, is_enhanced: bool) -> bool:
        """Take a form that is sent to a route with an action, or that wants to be sent by us."""
        inner = self._below_base(address)
        match = self.table.match(split_address(inner)[0]) if inner is not None else None
        content = match.branch.leaf.content if match is not None else None
        action = content.action if content is not None else None
        if action is None and not is_enhanced:
            return False
        state = self._forms.get(address)
        if state is None:
            state = self._forms[address] = self.owner.run(FormState, action, kind_of(action))
        state.take(self.owner.run(lambda: expect_context(HOST).form(event)))
        return True

    # What the app asks for

    def go(
        self,
        to: str,
        path: str = "/",
        *,
        replace: bool = False,
        scroll: bool = True,
        state: object = None,
        keep_focus: bool = False,
        is_redirect: bool = False,
        again: bool = False,
    ) -> None:
        """Go to an address as seen from a path below the base."""
        inner = resolve(to, path)
        if is_elsewhere(inner):
            raise elsewhere(inner)
        flags = (REPLACE if replace else 0) | (0 if scroll else NO_SCROLL)
        flags |= KEEP_FOCUS if keep_focus else 0
        if self._later is None:
            self._go(inner, flags, state, is_redirect=is_redirect, again=again)
        else:
            self._later.append(
                lambda: self._go(inner, flags, state, is_redirect=is_redirect, again=again)
            )

    def _go(self, inner: str, flags: int, state: object, *, is_redirect: bool, again: bool) -> None:
        if inner == self.location.address():
            flags |= REPLACE | AGAIN
        elif again:
            flags |= AGAIN
        way = self._make(inner, flags, _as_text(state))
        if not self.claims(way.match):
            self.history.leave(self.full(inner))
            return
        if self._is_blocked(way):
            return
        if is_redirect:
            way.hops = self._hops + 1
        self._set_out(way)

    def go_to(self, url: str) -> None:
        """Go to an address as a server writes it: with the base, or on another site."""
        is_ours = url.startswith("/") and not is_elsewhere(url)
        inner = self._below_base(url) if is_ours else None
        if inner is None:
            self.history.leave(url)
        else:
            self.go(inner, again=True)

    def retry(self) -> None:
        """Load the present address again: what failed, and all that stands."""
        self.go(self.location.address(), replace=True, scroll=False, keep_focus=True, again=True)

    def full(self, inner: str) -> str:
        """An address below the base as the page has to write it."""
        if is_elsewhere(inner):
            return inner
        return ("#" + inner) if self.is_hash else self.base + inner

    def claims(self, match: Match | None) -> bool:
        """Whether a link with this match is ours: one to the not-found page is the server's."""
        if self.claims_not_found:
            return True
        return match is not None and not match.branch.is_rest_only

    def hold(self, holder: object, *, on: bool) -> None:
        """Have the browser ask before the page is left, as long as anyone wants it to."""
        holders = self._holders | {holder} if on else self._holders - {holder}
        if bool(holders) != bool(self._holders):
            self.history.hold(on=bool(holders))
        self._holders = holders

    def without_blockers(self, function: Callable[[], None]) -> None:
        """Call a function that goes on whatever the blockers say."""
        self._is_free = True
        try:
            function()
        finally:
            self._is_free = False

    # The way itself

    def _below_base(self, address: str) -> str | None:
        path, search, fragment = split_address(address)
        base = self.base
        if base and path != base and not path.startswith(base + "/"):
            return None
        return (path[len(base) :] or "/") + search + fragment

    def _make(self, inner: str, flags: int, state: str) -> Navigation:
        self._count += 1
        inner = tidy(inner)
        match = self.table.match(split_address(inner)[0])
        return Navigation(self._count, inner, flags, json.loads(state) if state else None, match)

    def _is_blocked(self, way: Navigation) -> bool:
        if self._is_free or (way.flags & TRAVERSE and way.address == self._passes):
            return False
        visit = _visit_of(way)
        return any(
            block(visit, lambda: self.without_blockers(lambda: self._repeat(way)))
            for block in list(self.blockers)
        )

    def _repeat(self, way: Navigation) -> None:
        """Set out once more on a way that a blocker had stopped."""
        if way.flags & TRAVERSE:
            self._passes = way.address
            self.history.travel(distance_of(way.flags))
        else:
            self._set_out(self._make(way.address, way.flags, _as_text(way.state)))

    def _set_out(self, way: Navigation) -> None:
        """Begin a way that no visitor's link began."""
        self._enter(way)
        self.history.visit(way.number, self.full(way.address), way.flags, _as_text(way.state))

    def _enter(self, way: Navigation) -> None:
        self._stop_way()
        self._way = way
        self._passes = None
        self.pending.set(_visit_of(way))

    def _stop_way(self) -> None:
        way, self._way = self._way, None
        if way is not None:
            if way.task is not None:
                way.task.cancel()
                for one in filter(has_not_begun, way.waiting):
                    one.close()  # type: ignore[attr-defined] # it is a coroutine
            self.history.drop(way.number)

    def _run(self, way: Navigation) -> None:
        """Get ready; at once where nothing has to be waited for."""
        if way.hops > MOST_HOPS:
            self._ready(way, Plan.of_one(self._give_up_on(way)))
            return
        steps = prepare(self, way)
        try:
            way.waiting = self.owner.run(next, steps)
        except StopIteration as stop:
            plan = stop.value
        else:
            way.task = spawn(self._wait(way, steps), self.owner)
            return
        self._ready(way, plan)  # out of the handler: what fails from here on has another cause

    def _give_up_on(self, way: Navigation) -> Layer:
        """What stands for a way that goes round in circles."""
        layer = Layer(self.not_found, way.path, {})
        layer.on_error = self.on_error
        layer.error = NavigationError(
            f"{way.address} was the {way.hops}st address in a row that a visitor was sent on to.",
            why="Routes redirect to each other in a circle, so none of them is ever shown.",
            fix="Look at the Redirect that their view, load or guard returns.",
        )
        return layer

    async def _wait(self, way: Navigation, steps: Steps) -> None:
        from asyncio import gather  # noqa: PLC0415 - dear where no loop runs

        plan: Plan | None = None
        while plan is None:
            outcomes = await gather(*(self._settle(way, one) for one in way.waiting))
            try:
                way.waiting = self.owner.run(steps.send, list(outcomes))
            except StopIteration as stop:
                plan = stop.value
        way.task = None
        self._ready(way, plan)

    async def _settle(self, way: Navigation, waiting: Awaitable[Any]) -> Outcome:
        try:
            return Outcome(await waiting)
        except Exception as error:  # noqa: BLE001 - shown where the route would be
            if self._way is not way:
                report(error, self.owner)  # too late to be shown anywhere
            return Outcome(error=error)

    def _ready(self, way: Navigation, plan: Plan) -> None:
        if self._way is not way:
            return
        if plan.redirect is not None:
            self._redirect(way, plan.redirect.props)
            return
        way.plan = plan
        if way.number == 1:
            self._show(way)
        else:
            self.history.commit(way.number)

    def _redirect(self, way: Navigation, props: dict[str, Any]) -> None:
        state = _as_text(props.get("state"))
        flags = way.flags & (REPLACE | NO_SCROLL) | (REPLACE if way.flags & TRAVERSE else 0)
        onward = self._make(resolve(props["to"], way.path), flags, state)
        onward.hops = way.hops + 1
        if way.number == 1:
            onward.flags |= REPLACE
        self._set_out(onward)

    def _show(self, way: Navigation) -> None:
        """Put new views in the place of old ones, with all that reads the address, as one."""
        self._way = None
        self._hops = way.hops
        server = self.server
        if server is not None:
            is_found = way.match is not None and self.claims(way.match)
            self.owner.run(lambda: server.note(way.plan.parts, is_found=is_found))
        later: list[Callable[[], None]] = []
        self._later = later
        try:
            with batch():
                show(self.top, way.plan.parts)
                self.location.move(way)
                write(self.pending, None)
                write(self.stands, value=True)
        finally:
            self._later = None
        for call in later:
            call()


def _visit_of(way: Navigation) -> Visit:
    return Visit(way, way.match.params if way.match is not None else {})


def _as_text(state: object) -> str:
    return json.dumps(state) if state is not None else ""
