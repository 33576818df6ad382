"""The functions of an app as OpenAPI tells of them: what anybody can call."""

from typing import Any

from gossamer.server_fn.endpoint.arguments import MULTIPART, URLENCODED
from gossamer.server_fn.function import ServerFunction
from gossamer.server_fn.kinds import FILE, Codec
from gossamer.server_fn.registry import REGISTRY, Registry
from gossamer.server_fn.wire import NDJSON, OURS, SSE

type Schema = dict[str, Any]

_PLAIN: dict[str, Schema] = {
    "null": {"type": "null"},
    "bool": {"type": "boolean"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "str": {"type": "string"},
    "bytes": {"type": "string", "contentEncoding": "base64"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "time": {"type": "string", "format": "time"},
    "timedelta": {"type": "integer", "description": "microseconds"},
    "Decimal": {"type": "string", "format": "decimal"},
    "UUID": {"type": "string", "format": "uuid"},
    "flags": {"type": "integer"},
    FILE: {"type": "string", "format": "binary"},
}


def openapi(title: str = "Server functions", registry: Registry | None = None) -> Schema:
    """What an app's functions take and give, as a document of OpenAPI 3.1.

    Each of them is a public address: this says what anybody who reaches the server can send.

    >>> from gossamer.server import openapi
    >>> openapi("Shop")["info"]["title"]
    'Shop'
    """
    schemas: dict[str, Schema] = {}
    functions = sorted(REGISTRY if registry is None else registry, key=lambda one: one.path)
    paths = {one.path: {one.method.lower(): _operation(one, schemas)} for one in functions}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation(function: ServerFunction[..., Any], schemas: dict[str, Schema]) -> Schema:
    signature = function.signature
    taken = {name: schema_of(one.codec, schemas) for name, one in signature.parameters.items()}
    needed = [name for name, one in signature.parameters.items() if one.is_required]
    kind = OURS
    if signature.is_stream:
        kind = SSE if function.transport == "sse" else NDJSON
    answers: dict[str, Schema] = {
        "200": {
            "description": "What it gives",
            "content": {kind: {"schema": schema_of(signature.result, schemas)}},
        },
        "422": {"description": "Arguments that will not do, with a sentence for each"},
        "500": {"description": "An error, with its number in the server's log"},
    }
    for error in function.errors.values():
        status = str(getattr(error, "status", 400))
        answers[status] = {"description": error.__name__}
    told: Schema = {
        "operationId": function.name,
        "summary": (function.__doc__ or function.__name__).strip().partition("\n")[0],
        "responses": answers,
    }
    if function.method == "GET":
        told["parameters"] = [
            {"name": name, "in": "query", "required": name in needed, "schema": schema}
            for name, schema in taken.items()
        ]
        return told
    schema = {"type": "object", "properties": taken, "required": needed}
    has_file = any(one.is_upload for one in signature.parameters.values())
    kinds = [MULTIPART] if has_file else [OURS, URLENCODED]
    told["requestBody"] = {"content": {each: {"schema": schema} for each in kinds}}
    return told


def schema_of(codec: Codec, schemas: dict[str, Schema]) -> Schema:
    """What JSON has for a type; records stand among the `schemas`, under their names."""
    if codec.what in _PLAIN:
        return _PLAIN[codec.what]
    inner = [schema_of(part, schemas) for part in codec.parts]
    match codec.what:
        case "choice":
            return {"enum": list(codec.words)}
        case "list":
            return {"type": "array", "items": inner[0]}
        case "set" | "frozenset":
            return {"type": "array", "items": inner[0], "uniqueItems": True}
        case "tuple" if codec.tag == "tuple":
            return {"type": "array", "prefixItems": inner, "items": False}
        case "tuple":
            return {"type": "array", "items": inner[0]}
        case "dict":
            return {"type": "object", "additionalProperties": inner[1]}
        case "pairs":
            pair = {"type": "array", "prefixItems": inner, "items": False}
            return {"type": "array", "items": pair}
        case "union":
            return {"anyOf": inner}
    return _record(codec, schemas)


def _record(codec: Codec, schemas: dict[str, Schema]) -> Schema:
    name = codec.tag
    if name not in schemas:
        schemas[name] = {}  # what holds itself finds this
        schemas[name] = {
            "type": "object",
            "properties": {
                key: schema_of(field.codec, schemas) for key, field in codec.fields.items()
            },
            "required": [key for key, field in codec.fields.items() if field.is_required],
            "additionalProperties": False,
        }
    return {"$ref": f"#/components/schemas/{name}"}
