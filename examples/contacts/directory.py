"""The people, and a server that takes its time: what would be fetched in an app of yours."""

import asyncio
from copy import copy
from datetime import date

from gossamer.router import FieldErrors

LATENCY = 0.2


class Person:
    """What a form about somebody holds."""

    name: str
    role: str = ""
    email: str = ""
    birthday: date | None = None
    notes: str = ""

    id: int = 0
    is_favourite: bool = False


def person(number: int, name: str, role: str, day: str, notes: str = "", **more: object) -> Person:
    found = Person()
    found.id, found.name, found.role, found.notes = number, name, role, notes
    found.email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    found.birthday = date.fromisoformat(day)
    found.is_favourite = bool(more.get("star"))
    return found


_people = {
    each.id: each
    for each in (
        person(
            1, "Ada Lovelace", "Notes on engines", "1815-12-10", "Writes long footnotes.", star=1
        ),
        person(2, "Annie Easley", "Rockets and batteries", "1933-04-23"),
        person(3, "Betty Holberton", "Breakpoints", "1917-03-07", "Solves it in her sleep."),
        person(4, "Edsger Dijkstra", "Shortest paths", "1930-05-11", "Prefers a fountain pen."),
        person(
            5, "Grace Hopper", "Compilers", "1906-12-09", "Carries a nanosecond of wire.", star=1
        ),
        person(6, "Hedy Lamarr", "Hopping frequencies", "1914-11-09"),
        person(7, "Joan Clarke", "Statistics", "1917-06-24", "Knows about the weather."),
        person(8, "Karen Jones", "Weights of words", "1935-08-26"),
        person(9, "Mary Jackson", "Wind tunnels", "1921-04-09"),
        person(10, "Radia Perlman", "Spanning trees", "1951-12-18", "Made it a poem."),
    )
}


async def find(text: str = "") -> list[Person]:
    """Everybody whose name or work has these letters, favourites first."""
    await asyncio.sleep(LATENCY)
    wanted = text.lower()
    found = [
        copy(each) for each in _people.values() if wanted in f"{each.name} {each.role}".lower()
    ]
    return sorted(found, key=lambda each: (not each.is_favourite, each.name))


async def get(number: int) -> Person | None:
    """Somebody by number."""
    await asyncio.sleep(LATENCY)
    return copy(_people.get(number))


async def save(number: int, given: Person) -> Person:
    """Take what a form says, and look at it once more, as a server has to."""
    await asyncio.sleep(LATENCY * 2)
    errors = {}
    if not given.name.strip():
        errors["name"] = "Everybody has a name."
    if given.email and "@" not in given.email:
        errors["email"] = "An address has an @ in it."
    if given.birthday and given.birthday > date.today():  # noqa: DTZ011 - the visitor's day
        errors["birthday"] = "That day is yet to come."
    if errors:
        raise FieldErrors(errors)
    kept = _people.get(number)
    given.id = number or max(_people) + 1
    given.is_favourite = kept.is_favourite if kept else False
    _people[given.id] = given
    return given


async def star(number: int, is_favourite: bool) -> None:
    """Remember who is a favourite."""
    await asyncio.sleep(LATENCY * 2)
    _people[number].is_favourite = is_favourite


async def remove(number: int) -> None:
    """Forget somebody."""
    await asyncio.sleep(LATENCY)
    _people.pop(number, None)
