"""N3: nothing of a request stays behind."""

import asyncio
import gc
import weakref
from typing import Any

import pytest
from gossamer import Owner, Suspense, component, on_cleanup, resource
from gossamer.asgi import App
from gossamer.http import redirect, request
from gossamer.serving import failures

pytestmark = pytest.mark.cpython("a server's lifetime is measured on a server")
OWNERS: weakref.WeakSet[Owner] = weakref.WeakSet()


@component
def Page() -> object:
    from gossamer.reactive import current_owner

    owner = current_owner()
    assert owner is not None
    OWNERS.add(owner)
    on_cleanup(lambda: None)
    if request().path == "/away":
        redirect("/")
    if request().path == "/broken":
        raise RuntimeError("broken")
    late = resource(lambda: asyncio.sleep(0, request().path))
    rows = [t"<li>{i}</li>" for i in range(20)]
    return t"<ul>{rows}</ul><{Suspense} fallback='…'><p>{late}</p></{Suspense}>"


async def ask(app: App, path: str, *, leaves: bool) -> None:
    """One request, without a server; who leaves does so after the first part."""
    gone = asyncio.Event()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if leaves and message["type"] == "http.response.body":
            gone.set()

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "headers": [(b"host", b"shop.example")],
    }
    await app(scope, receive, send)


def test_n3_a_thousand_requests_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures.log, "disabled", True)  # pytest keeps what is logged
    app = App(Page, mode="in_order")
    paths = ["/", "/away", "/broken", "/", "/x%2Fy"]

    async def run(count: int) -> int:
        for index in range(count):
            await ask(app, paths[index % len(paths)], leaves=index % 4 == 3)
        gc.collect()
        assert len(asyncio.all_tasks()) == 1
        return len(gc.get_objects())

    async def main() -> tuple[int, int]:
        return await run(1000), await run(1000)

    before, after = asyncio.run(main())

    assert len(OWNERS) == 0
    assert after <= before * 1.005
