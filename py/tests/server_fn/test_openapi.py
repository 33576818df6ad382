"""What OpenAPI tells of functions."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pytest
from gossamer.server_fn.endpoint.openapi import openapi
from gossamer.server_fn.uploads import UploadFile
from tests.server_fn.loop import Server
from tests.server_fn.test_codec import Color

pytestmark = pytest.mark.cpython("the server's half runs on a server")


class GoneError(Exception):
    status = 410


@dataclass
class Node:
    at: date
    inner: list[Node]
    table: dict[str, tuple[int, ...]]
    pairs: dict[int, set[str]]
    kind: Literal["a", "b"] | Color
    place: tuple[int, str] | None = None


async def save(node: Node, note: str = "") -> Node:
    """Save a node.

    More.
    """
    return node


async def find(q: str) -> AsyncIterator[int]:
    yield 1


async def attach(file: UploadFile) -> None: ...


def test_functions_are_listed_with_what_they_take_and_give() -> None:
    server = Server()
    server.function(save, path="save", errors=[GoneError])
    server.function(find, path="find", method="GET")
    server.function(attach, path="attach")

    told: dict[str, Any] = openapi("Nodes", server.registry)

    post = told["paths"]["/_gossamer/save"]["post"]
    schema = post["requestBody"]["content"]["application/vnd.gossamer+json"]["schema"]
    assert post["summary"] == "Save a node."
    assert schema["properties"] == {
        "node": {"$ref": "#/components/schemas/Node"},
        "note": {"type": "string"},
    }
    assert schema["required"] == ["node"]
    assert post["responses"]["410"] == {"description": "GoneError"}
    assert told["components"]["schemas"]["Node"]["properties"] == {
        "at": {"type": "string", "format": "date"},
        "inner": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
        "table": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "integer"}},
        },
        "pairs": {
            "type": "array",
            "items": {
                "type": "array",
                "prefixItems": [
                    {"type": "integer"},
                    {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
                ],
                "items": False,
            },
        },
        "kind": {"anyOf": [{"enum": ["a", "b"]}, {"enum": ["red", "blue"]}]},
        "place": {
            "anyOf": [
                {
                    "type": "array",
                    "prefixItems": [{"type": "integer"}, {"type": "string"}],
                    "items": False,
                },
                {"type": "null"},
            ]
        },
    }
    get = told["paths"]["/_gossamer/find"]["get"]
    assert get["parameters"][0]["in"] == "query"
    assert "application/x-ndjson" in get["responses"]["200"]["content"]
    sent = told["paths"]["/_gossamer/attach"]["post"]["requestBody"]["content"]
    assert list(sent) == ["multipart/form-data"]
