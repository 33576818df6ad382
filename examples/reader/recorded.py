"""The recorded answers, fetched as those of a server would be."""

from pyodide.http import HttpStatusError, pyfetch


class MissingError(LookupError):
    """Nothing was recorded under this name."""


async def fetch(name: str):
    """The JSON of one file; when nobody waits for it any more, the browser aborts the request."""
    answer = await pyfetch(f"recorded/{name}.json")
    try:
        answer.raise_for_status()
    except HttpStatusError as error:
        if error.status == 404:
            raise MissingError(name) from None
        raise
    return await answer.json()


def ago(hours: int) -> str:
    """How long before the recording something was said."""
    if hours < 1:
        return "just now"
    if hours < 48:
        return many(hours, "hour") + " ago"
    return many(hours // 24, "day") + " ago"


def many(number: int, one: str, more: str = "") -> str:
    """A number of things: `1 hour`, `2 hours`."""
    return f"{number} {one if number == 1 else more or one + 's'}"
