"""Arguments of a call, however they were sent."""

from contextlib import ExitStack
from typing import Any, Final
from urllib.parse import parse_qsl

from gossamer.fields import FieldErrors, read_all, tree_of
from gossamer.http import HttpError, Request
from gossamer.server_fn.endpoint.strict import read_json
from gossamer.server_fn.endpoint.uploads import MAX_FIELDS, MAX_UPLOAD, read_parts
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.problems import Problem
from gossamer.server_fn.uploads import UploadFile
from gossamer.server_fn.wire import ARGUMENTS, OURS, RESERVED

URLENCODED: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
JSON: Final = (OURS, "application/json")

type AnyFunction = ServerFunction[..., Any]


class Given:
    """What was sent: as a form's entries or as JSON, and the fields that are for us."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Any]] = {}
        self.ours: dict[str, str] = {}
        self.json: Any = {}
        self.is_form = False
        self._kept = ExitStack()

    def take(self, entries: dict[str, list[Any]]) -> None:
        """Take the entries of a form, or of a query."""
        for name, values in entries.items():
            if name.startswith(RESERVED):
                self.ours[name] = str(values[-1])
            else:
                self.entries[name] = values

    def close(self) -> None:
        """Remove the files."""
        self._kept.close()

    def keep(self, close: Any) -> None:
        """Call this at the end."""
        self._kept.callback(close)


async def read_given(request: Request, function: AnyFunction) -> Given:
    """What a request says.

    Raises:
        HttpError: 400, it cannot be read; 413, it is too much; 415, it is of another type.
    """
    given = Given()
    if function.method == "GET":
        given.take(read_query(request.query))
        given.is_form = True
        return given
    kind, options = _type_of(request)
    limit: int | None = function.options["max_body"]
    if kind == MULTIPART:
        parts = await read_parts(
            request, options.get("boundary", "").encode("latin-1"), limit or MAX_UPLOAD
        )
        given.keep(parts.close)
        given.take(parts.entries)
        given.is_form = ARGUMENTS not in given.ours
    elif kind == URLENCODED:
        body = await request.body(limit)
        given.take(read_query(body.decode("latin-1")))
        given.is_form = True
    elif kind in JSON:
        given.json = read_json(await request.body(limit))
    elif kind or await request.body(limit):
        raise HttpError(415, "A call is sent as a form or as JSON.")
    return given


def _type_of(request: Request) -> tuple[str, dict[str, str]]:
    from email.message import Message  # noqa: PLC0415 - for its parser of parameters

    said = request.headers.get_all("content-type")
    if len(said) > 1:
        raise HttpError(400, "There are two content types.")
    if not said:
        return "", {}
    message = Message()
    message["content-type"] = said[0]
    options = {key.lower(): value for key, value in message.get_params(failobj=[])[1:]}
    charset = options.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise HttpError(415, "Only UTF-8 is read.")
    if "content-encoding" in request.headers:
        raise HttpError(415, "What is compressed is not read.")
    return message.get_content_type() if "/" in said[0] else said[0], options


def read_query(text: str) -> dict[str, list[Any]]:
    """The names and values of a query, or of a form.

    Raises:
        HttpError: 400, it is no UTF-8; 413, there are too many.
    """
    if text.count("&") >= MAX_FIELDS:
        raise HttpError(413, "The form has too many fields.")
    found: dict[str, list[Any]] = {}
    try:
        for name, value in parse_qsl(text, keep_blank_values=True, errors="strict"):
            name.encode(), value.encode()
            found.setdefault(name, []).append(value)
    except ValueError:
        raise HttpError(400, "The form is no UTF-8.") from None
    return found


SINGLE: Final = (bool, float, int, str)


async def arguments_of(given: Given, function: AnyFunction) -> dict[str, Any]:
    """The arguments for the function.

    Raises:
        FieldErrors: with a sentence for each that will not do.
    """
    signature = function.signature
    if not given.is_form:
        sent = given.json
        if ARGUMENTS in given.ours:
            sent = read_json(given.ours[ARGUMENTS].encode())
        try:
            return signature.decode(_with_files(sent, given, function))
        except Problem as problem:
            raise problem.as_fields() from None
    if ARGUMENTS in given.ours:  # a query that says more than texts
        try:
            return signature.decode(read_json(given.ours[ARGUMENTS].encode()))
        except Problem as problem:
            raise problem.as_fields() from None
    if function.options["strict"] and (unknown := _unknown(given, function)):
        raise FieldErrors(dict.fromkeys(unknown, "There is no such field."))
    for name, parameter in signature.parameters.items():
        if parameter.codec.kind is bytes and name in given.entries:
            given.entries[name] = [
                await each.read() if isinstance(each, UploadFile) else each.encode()
                for each in given.entries[name]
            ]
    wanted = {name: (one.annotation, one.is_required) for name, one in signature.parameters.items()}
    return read_all(wanted, tree_of(given.entries))


def _with_files(sent: Any, given: Given, function: AnyFunction) -> Any:
    """What was sent as JSON, with the files that came beside it."""
    if not isinstance(sent, dict) or not given.entries:
        return sent
    files: dict[str, Any] = {}
    for name, values in given.entries.items():
        parameter = function.signature.parameters.get(name)
        is_list = parameter is not None and parameter.codec.what == "list"
        files[name] = values if is_list else values[-1]
    return sent | files


def _unknown(given: Given, function: AnyFunction) -> list[str]:
    """The names of what there is no parameter for; `a[]` is none of a single number."""
    parameters = function.signature.parameters
    single = [f"{name}[]" for name, one in parameters.items() if one.codec.kind in SINGLE]
    lists = [name for name in given.entries if name in single]
    return lists + [name for name in tree_of(given.entries) if name not in parameters]
