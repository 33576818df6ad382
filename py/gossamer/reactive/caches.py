"""What keyed resources share: one value and one fetch a key."""

from math import inf
from typing import TYPE_CHECKING, Any

from gossamer.errors import NoOwnerError
from gossamer.reactive.batches import batch
from gossamer.reactive.contexts import use_context
from gossamer.reactive.handover import offered
from gossamer.reactive.loads import Load, is_async
from gossamer.reactive.owners import Owner, captured_owner
from gossamer.reactive.resources import Resource
from gossamer.reactive.tasks import now

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

type Path = tuple[Hashable, ...]


class Entry:
    """What is known under one key, who uses it, and the fetch that is under way."""

    __slots__ = ("cache", "has_value", "key", "left", "load", "read", "users", "value")

    def __init__(self, cache: ResourceCache, key: Path) -> None:
        self.cache = cache
        self.key = key
        self.users: dict[KeyedResource[Any], Callable[[], Any]] = {}  # each with how it fetches
        self.load: Load | None = None
        self.value: Any = None
        self.has_value = False
        self.read = -inf  # when the value came
        self.left = now()  # since when nobody uses it

    @property
    def label(self) -> str:
        """The name that messages use."""
        return next((user.label for user in self.users), repr(self.key))

    def join(self, user: KeyedResource[Any], fetch: Callable[[], Any]) -> None:
        """Give a resource what is known, and fetch what is not, or what is out of date."""
        self.users[user] = fetch
        is_loading = self.load is not None and not self.load.is_over
        if self.has_value:
            user.take(self.value)
        if is_loading:
            user.wait(is_refresh=self.has_value)
        elif not self.has_value or now() - self.read >= user.stale:
            self.begin()

    def leave(self, user: KeyedResource[Any]) -> None:
        """Serve a resource no more; the last one calls off the fetch that is under way."""
        del self.users[user]
        if not self.users:
            self.left = now()
            self.cancel()

    def begin(self) -> None:
        """Fetch as the latest user does, in place of a fetch that is under way."""
        self.cancel()
        self.read = -inf  # out of date until a value comes, also if this fetch is called off
        fetch = next(reversed(self.users.values()))
        try:
            result = self.cache.owner.run(fetch)
        except Exception as error:  # noqa: BLE001 - it is the outcome
            self.fail(error)
            return
        if not is_async(result):
            self.take(result)
            return
        self.load = Load(self, result, self.cache.owner)
        with batch():
            for user in self.users:
                user.wait(is_refresh=self.has_value)

    def cancel(self) -> None:
        """Call off the fetch that is under way."""
        if self.load is not None:
            self.load.cancel()
            self.load = None

    def put(self, value: Any) -> None:
        """Take a value from elsewhere."""
        self.cancel()
        self.take(value)

    def take(self, value: Any) -> None:
        """Take a value, for all who use it."""
        self.value = value
        self.has_value = True
        self.read = now()
        with batch():
            for user in self.users:
                user.take(value)

    def fail(self, error: Exception) -> None:
        """Take what the fetch raised, for all who use it."""
        with batch():
            for user in list(self.users):
                user.fail(error)

    def stop(self) -> None:
        """Take note that no value comes any more."""
        with batch():
            for user in self.users:
                user.stop()


class ResourceCache:
    """The values of keyed resources, by key; every tree of owners has one, or is provided one.

    What nobody uses is forgotten after `keep` seconds.

    >>> from gossamer.reactive import Owner, ResourceCache, provide_context, resource
    >>> with Owner(None) as owner:
    ...     provide_context(ResourceCache(keep=60))
    ...     sizes = [resource(lambda word: print("asked") or len(word), lambda: "tea", key="size",
    ...                       stale=60) for _ in range(2)]
    asked
    >>> [size() for size in sizes]
    [3, 3]
    >>> owner.dispose()
    """

    __slots__ = ("entries", "keep", "owner")

    def __init__(self, keep: float = 300, owner: Owner | None = None) -> None:
        found = owner or captured_owner()
        if found is None:
            raise NoOwnerError("ResourceCache")
        self.keep = keep
        self.owner = found
        self.entries: dict[Path, Entry] = {}

    def entry(self, key: Path) -> Entry:
        """What is known under a key."""
        entry = self.entries.get(key)
        if entry is None:
            self.sweep()
            entry = self.entries[key] = Entry(self, key)
        return entry

    def sweep(self) -> None:
        """Forget what nobody has used for a while."""
        limit = now() - self.keep
        for key, entry in list(self.entries.items()):
            if not entry.users and entry.left <= limit:
                del self.entries[key]

    def invalidate(self, key: Hashable = ()) -> None:
        """Fetch anew what is shown, and forget the rest, of all keys that begin with this one."""
        path = path_of_key(key)
        for known, entry in list(self.entries.items()):
            if known[: len(path)] == path:
                if entry.users:
                    entry.begin()
                else:
                    del self.entries[known]


class KeyedResource[T](Resource[T]):
    """A resource that shares its value, and its fetches, with all of the same key."""

    __slots__ = ("_cache", "_key", "stale")

    def __init__(
        self,
        fetcher: Callable[..., Any],
        source: Callable[[], Any] | None,
        *,
        key: Any,
        stale: float,
        name: str,
    ) -> None:
        self._key = key
        self.stale = stale
        self._cache = cache_here()
        super().__init__(fetcher, source, name=name)

    def _begin(self, *given: Any) -> None:
        key = self._key
        path = path_of_key(key(*given) if callable(key) else (*path_of_key(key), *given))
        entry = self._entry = self._cache.entry(path)
        self._follower.on_cleanup(lambda: self._leave(entry))
        known = None if entry.has_value else offered(self, given)
        if known is not None:
            entry.take(known[0])
        entry.join(self, lambda: self._fetcher(*given))

    def _leave(self, entry: Entry) -> None:
        """Part from what is shared: the key has changed, or the resource has ended."""
        self._entry = None
        entry.leave(self)


def path_of_key(key: Hashable) -> Path:
    """A key as a path: a tuple is one, anything else is one of one step."""
    return key if isinstance(key, tuple) else (key,)


def cache_here() -> ResourceCache:
    """The nearest cache; the outermost owner has one if nobody provides another."""
    found = use_context(ResourceCache)
    if found is not None:
        return found
    owner = captured_owner()
    if owner is None:
        raise NoOwnerError("resource")
    while owner.parent is not None:
        owner = owner.parent
    cache = ResourceCache(owner=owner)
    owner.contexts = {**(owner.contexts or {}), ResourceCache: cache}
    return cache
