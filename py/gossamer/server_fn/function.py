"""A function of the server, as both sides know it."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final

from gossamer.errors import ServerFunctionError
from gossamer.server_fn.network import Network
from gossamer.server_fn.signature import Signature, check_shape
from gossamer.server_fn.wire import FOLDER

METHODS: Final = ("GET", "POST")
TRANSPORTS: Final = ("ndjson", "sse")

OPTIONS: Final[Mapping[str, Any]] = {
    "path": "",
    "method": "POST",
    "errors": (),
    "timeout": None,
    "transport": "ndjson",
    "aliases": (),
    "max_age": None,
    "max_body": None,
    "strict": False,
    "dedupe": False,
    "shield": False,
    "hash": False,
    "local": False,
    "prerender": False,
    "module": "",
}
"""What `@server` takes, and what holds otherwise; `module` is written by the build."""


class ServerFunction[**P, T]:
    """A function that is called on both sides, and runs on the server.

    It is what `@server` makes of a function. `path` is its address; `signature` says what travels.
    """

    def __init__(
        self,
        fn: Callable[P, T],
        options: Mapping[str, Any],
        network: Callable[[], Network] | None = None,
    ) -> None:
        self.__wrapped__: Any = fn
        self.options = {**OPTIONS, **options}
        unknown = [name for name in options if name not in OPTIONS]
        if unknown:
            raise ServerFunctionError(
                f"@server does not take {unknown[0]!r}.",
                why=f"It takes {', '.join(name for name in OPTIONS if name != 'module')}.",
                fix="Take it out, or mend its name.",
            ).about(fn)
        self._network = None if self.options["local"] else network
        check_shape(self.__wrapped__, is_split=self._network is not None)
        self.__name__: str = self.__wrapped__.__name__
        self.__qualname__: str = self.__wrapped__.__qualname__
        self.__module__ = self.__wrapped__.__module__
        self.__doc__ = fn.__doc__
        self.method: str = self._one_of("method", METHODS)
        self.transport: str = self._one_of("transport", TRANSPORTS)
        self.name = name_of(self.__wrapped__, self.options["module"])
        self.path = FOLDER + (self.options["path"].strip("/") or self._own_path())
        self.paths = (self.path, *(FOLDER + alias.strip("/") for alias in self.options["aliases"]))
        self.errors: dict[str, type[Exception]] = {
            kind.__name__: kind for kind in self.options["errors"]
        }
        self._signature: Signature | None = None

    def _one_of(self, name: str, words: tuple[str, ...]) -> str:
        said: str = self.options[name]
        if said in words:
            return said
        raise ServerFunctionError(
            f"@server({name}={said!r}) means nothing.",
            why=f"{name} is one of {', '.join(words)}.",
            fix="Write one of those, or leave it out.",
        ).about(self.__wrapped__)

    def _own_path(self) -> str:
        if not self.options["hash"]:
            return self.name
        from binascii import crc32  # noqa: PLC0415 - for who asks for it

        return f"{crc32(self.name.encode()):08x}"[:6]

    @property
    def signature(self) -> Signature:
        """Its parameters and its result.

        Raises:
            WireTypeError: a type of them cannot travel.
        """
        if self._signature is None:
            self._signature = Signature(self.__wrapped__, f"{self.method} {self.transport}")
        return self._signature

    @property
    def is_remote(self) -> bool:
        """Whether it runs on the other side."""
        return self._network is not None

    def __call__(self, *args: P.args, **options: P.kwargs) -> T:
        """Run it: here on the server, over the network in a page."""
        if self._network is None:
            run = roundtrip[0]
            if run is None:
                return self.__wrapped__(*args, **options)  # type: ignore[no-any-return] # what it gives
            return run(self, self.bind(args, options))  # type: ignore[return-value] # likewise
        from gossamer.server_fn.client import call  # noqa: PLC0415 - for a page only

        return call(self, self.bind(args, options), self._network())  # type: ignore[return-value] # likewise

    def bind(self, args: tuple[Any, ...], options: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments by their names; without those that were left out.

        Raises:
            TypeError: they do not fit, in Python's own words.
        """
        begun = self.__wrapped__(*args, **options)
        if hasattr(begun, "close"):  # an async generator has nothing to close before its start
            begun.close()
        names = self.__wrapped__.__code__.co_varnames
        return {**dict(zip(names, args, strict=False)), **options}

    def __repr__(self) -> str:
        return f"<server function {self.name}>"


def name_of(fn: Any, module: str) -> str:
    """The name of a function that both sides have for it.

    >>> name_of(name_of, ""), name_of(name_of, "shop")
    ('gossamer.server_fn.function.name_of', 'shop.name_of')
    """
    module = module or fn.__module__
    if module == "__main__":
        module = fn.__code__.co_filename.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    return f"{module}.{fn.__qualname__}"


type Run = Callable[[ServerFunction[..., Any], dict[str, Any]], object]
roundtrip: list[Run | None] = [None]


def set_roundtrip(*, on: bool) -> None:
    """Let what is given to server functions, and what they give, be encoded on the server too.

    Then a value of another type than annotated is an error where it is made, and not only once a
    page calls.
    """
    roundtrip[0] = _run_encoded if on else None


def _run_encoded(function: ServerFunction[..., Any], given: dict[str, Any]) -> object:
    signature = function.signature
    incoming = {name: given.pop(name) for name in list(given) if name == signature.incoming}
    read = signature.decode(signature.encode(given)) | incoming
    begun = function.__wrapped__(**read)
    result = signature.result

    async def once() -> Any:
        return result.decode(result.encode(await begun))

    async def each() -> AsyncIterator[Any]:
        async for item in begun:
            yield result.decode(result.encode(item))

    return each() if signature.is_stream else once()
