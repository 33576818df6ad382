"""The graph of sources and observers: track, mark, pull.

Push and pull as in Reactively; the links are those of alien-signals; versions, and memos that
subscribe only while they are observed, are Preact's. What differs: nothing is marked during a
pull, because each link remembers the version that was read.

An observer's links form a list in reading order, reused from run to run:

    observer.deps -> Link(a) -> Link(b) -> Link(c)      tail = Link(b): read so far in this run
                                                        Link(c) is cut when the run ends

A source's links form a doubly linked list in order of subscription:

    source.subs -> Link(x) <-> Link(y) <- source.last_sub
"""

from itertools import count
from typing import TYPE_CHECKING, Any, Final

from gossamer.reactive.scope import (
    CHECK,
    CLEAN,
    DIRTY,
    EFFECT,
    MEMO,
    RUNNING,
    Observer,
    scope,
)

if TYPE_CHECKING:
    from gossamer.reactive.memos import Memo

next_stamp: Final = count(1).__next__
"""Gives a number never given before, to any thread."""


class Clock:
    """The time of the last write anywhere: while it stands still, no memo can be out of date."""

    __slots__ = ("now",)

    def __init__(self) -> None:
        self.now = 0


clock: Final = Clock()

PULL_LIMIT: Final = 100
"""How often what was read is checked again because memos wrote, untracked, while they ran."""


DEEPEST: Final = 50
"""How many memos may compute in each other: each takes room on the stack of C, which a page ends
at about 200 of them, for good."""


class Deep(BaseException):
    """A memo that was asked for too deep inside of others; no error, and no user sees it.

    It unwinds to the read that began it all, which computes this memo first, on a shallow stack,
    and then begins again with what was interrupted.
    """

    def __init__(self, memo: Memo[Any]) -> None:
        self.memo = memo


class Link:
    """One source read by one observer. It has a `sub` only while it is subscribed."""

    __slots__ = ("dep", "next_dep", "next_sub", "prev_sub", "seen", "sub")

    def __init__(self, dep: Source, seen: int, next_dep: Link | None) -> None:
        self.dep = dep
        self.seen = seen
        self.next_dep = next_dep
        self.sub: Any = None  # the observer
        self.prev_sub: Link | None = None
        self.next_sub: Link | None = None


class Source:
    """What can be read and observed. `version` grows with each change.

    >>> from gossamer.reactive import Signal, Source
    >>> count = Signal(1)
    >>> before = count.version
    >>> count.set(1)
    >>> isinstance(count, Source), count.version > before
    (True, True)
    """

    __slots__ = ("__weakref__", "last_sub", "read_in", "subs", "version")

    kind = EFFECT  # that is: nothing to do when the last subscriber goes
    state = CLEAN

    def __init__(self) -> None:
        self.version = 0
        self.subs: Link | None = None
        self.last_sub: Link | None = None
        self.read_in = 0

    @property
    def label(self) -> str:
        """The name that messages use."""
        return type(self).__name__

    def join(self) -> None:
        """Act on the first subscriber; only kinds other than 0 are asked."""

    def forget(self) -> None:
        """Act on the loss of the last subscriber; only kinds other than 0 are asked."""


class Writable(Source):
    """A source whose value is written rather than computed."""

    __slots__ = ("value",)

    value: Any


def track(source: Source, observer: Observer) -> None:
    """Remember that an observer reads a source, in reading order.

    Callers skip the call when `source.read_in == observer.stamp`: already read in this run.
    A second link to one source is harmless, so nothing looks further than that.
    """
    source.read_in = observer.stamp
    tail = observer.tail
    link = observer.deps if tail is None else tail.next_dep
    if link is not None and link.dep is source:
        link.seen = source.version
        observer.tail = link
        return
    link = Link(source, source.version, link)
    if tail is None:
        observer.deps = link
    else:
        tail.next_dep = link
    observer.tail = link
    if observer.live:
        subscribe(link, observer)


def subscribe(link: Link, observer: Observer) -> None:
    """Put a link at the end of its source's subscribers."""
    link.sub = observer
    source = link.dep
    last = source.last_sub
    source.last_sub = link
    if last is None:
        source.subs = link
        if source.kind:
            source.join()
    else:
        link.prev_sub = last
        last.next_sub = link


def unsubscribe(link: Link) -> None:
    """Take a link out of its source's subscribers; the others keep their order."""
    source = link.dep
    before = link.prev_sub
    after = link.next_sub
    if before is None:
        source.subs = after
    else:
        before.next_sub = after
    if after is None:
        source.last_sub = before
    else:
        after.prev_sub = before
    link.sub = link.prev_sub = link.next_sub = None
    if source.subs is None and source.kind:
        source.forget()


def wake_memo(memo: Memo[Any]) -> None:
    """Subscribe a memo that has become observed to its sources, and so on up the chain.

    It was pulled a moment ago, so all of them are up to date.
    """
    pending = [memo]
    for node in pending:
        node.live = True
        if node.state == CHECK:
            node.state = CLEAN
        link = node.deps
        while link is not None:
            source = link.dep
            link.sub = node
            last = source.last_sub
            source.last_sub = link
            if last is None:
                source.subs = link
                if source.kind == MEMO:
                    pending.append(source)  # type: ignore[arg-type] # of the kind that says so
            else:
                link.prev_sub = last
                last.next_sub = link
            link = link.next_dep


def rest_memo(memo: Memo[Any]) -> None:
    """Unsubscribe a memo that is no longer observed, and so on up the chain; caches stay."""
    pending = [memo]
    for node in pending:
        node.live = False
        if node.state == CLEAN:
            node.state = CHECK
            node.epoch = clock.now
        link = node.deps
        while link is not None:
            if link.sub is not None:
                source = link.dep
                if source.subs is link and source.last_sub is link and source.kind == MEMO:
                    source.subs = source.last_sub = link.sub = None
                    pending.append(source)  # type: ignore[arg-type] # of the kind that says so
                else:
                    unsubscribe(link)
            link = link.next_dep


def cut(observer: Observer) -> None:
    """Drop the links that a finished run did not reach."""
    tail = observer.tail
    if tail is None:
        link, observer.deps = observer.deps, None
    else:
        link, tail.next_dep = tail.next_dep, None
    while link is not None:
        if link.sub is not None:
            unsubscribe(link)
        following, link.next_dep = link.next_dep, None  # a long list must not be freed recursively
        link = following


def has_changed(observer: Observer) -> bool:
    """Pull an observer's sources in order, and say at the first whether one changed."""
    writes = scope.writes
    link = observer.deps
    while link is not None:
        source: Any = link.dep
        if source.version != link.seen:
            return True
        if source.state:
            pull(source)
            if source.version != link.seen:
                return True
        link = link.next_dep
    # If a memo wrote, untracked, while it was asked, what was asked before it may be stale.
    return scope.writes != writes and has_changed(observer)


def pull(memo: Memo[Any]) -> None:
    """Bring a memo up to date: the pull half."""
    writes = scope.writes
    try:
        if memo.state == DIRTY:
            memo.recompute()
        else:
            pull_chain(memo, writes)
        rounds = 0
        while scope.writes != writes:
            # A memo wrote, untracked, while it ran: what it had read before may be stale.
            rounds += 1
            if rounds > PULL_LIMIT:
                memo.refuse_writes()
            writes = scope.writes
            pull_chain(memo, writes)
    except Deep as deep:
        if scope.depth or (scope.suspended and scope.suspended[-1] is memo):
            raise
        scope.deep = None
        pull_deep(memo, deep.memo)


def pull_deep(memo: Memo[Any], below: Memo[Any]) -> None:
    """Bring a memo up to date whose sources are computed too deep inside of each other.

    What was interrupted waits on a list instead of the stack, and counts as running, so that a
    circle is found. No effect runs meanwhile: it could read one of them.

        suspended = [memo, below, what is below that]      the last one is computed first
    """
    from gossamer.reactive.flushing import release  # noqa: PLC0415 - it uses this module

    suspended = scope.suspended
    first = len(suspended)
    states = [suspend(memo), suspend(below)]
    scope.held += 1
    try:
        while states:
            node = suspended[-1]
            wake_up(node, states[-1])
            try:
                pull(node)
            except Deep as deep:
                scope.deep = None
                states[-1] = node.state
                node.state = RUNNING
                states.append(suspend(deep.memo))
            else:
                del suspended[-1], states[-1]
    finally:
        for node, state in zip(suspended[first:], states, strict=True):
            wake_up(node, state)
        del suspended[first:]
        release()


def suspend(memo: Memo[Any]) -> int:
    """Let a memo wait; gives the state to go on with."""
    state = memo.state
    memo.state = RUNNING
    scope.suspended.append(memo)
    return state


def wake_up(memo: Memo[Any], state: int) -> None:
    """Let a memo go on, unless it was disposed of while it waited."""
    if memo.state == RUNNING:
        memo.state = state


def pull_chain(memo: Memo[Any], writes: int) -> None:
    """Go through what a memo depends on, without recursion along a chain of memos.

    A node is suspended, at the link whose source has to be brought up to date first:

        stack = [node, link, node, link]      node = link.dep, from its first link on
    """
    if memo.state == RUNNING:
        memo.refuse_cycle()
    epoch = clock.now
    stack: list[Any] = []
    node = memo
    link = node.deps
    while True:
        if node.state == DIRTY:
            node.recompute()
        elif node.state == CHECK and node.epoch != epoch:
            below = None
            while link is not None:
                source: Any = link.dep
                if source.version != link.seen or source.state == RUNNING:
                    node.recompute()
                    break
                if source.state == DIRTY or (source.state == CHECK and source.epoch != epoch):
                    below = source
                    break
                link = link.next_dep
            else:
                node.settle(epoch, writes)
            if below is not None:
                stack += (node, link)
                node = below
                link = below.deps
                continue
        while stack:
            link = stack.pop()
            node = stack.pop()
            if link.dep.version == link.seen:
                link = link.next_dep
                break
            node.recompute()
        else:
            return
