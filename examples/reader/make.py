"""Makes the recorded answers in `recorded/`: the same ones each time, all of them invented."""

import json
import shutil
from pathlib import Path
from random import Random

HERE = Path(__file__).parent / "recorded"
PAGE = 12  # stories of a list that stand on one page

PEOPLE = {
    "ambrel": "Keeps bees, and a list of everything that bees have cost.",
    "bracken": "Mends bicycles in winter and roofs in summer.",
    "cindle": "Bakes at night. Reads while the dough rises.",
    "dovetail": "A joiner who came to programming by way of a broken saw.",
    "eelgrass": "Counts fish for a living; the fish do not help.",
    "fennimore": "Draws maps of places that are too small for maps.",
    "gantry": "Old machines, older manuals.",
    "hobnail": "Walks to work. The work keeps moving farther away.",
    "isinglass": "Bookbinder. Ask me about glue.",
    "juniper_q": "Teaches children to count and grown-ups to stop.",
    "kestrelle": "Watches weather from a roof with a good view.",
    "lamplit": "Night shifts at a signal box, days at a keyboard.",
}

LINKS = [
    ("A clock that is wound by the tide", "tidemill.example"),
    ("How a village mapped its own wind", "smallmaps.example"),
    ("Bread at forty degrees below", "coldkitchen.example"),
    ("The quiet engineering of door hinges", "hingeworks.example"),
    ("We moved a library by handing books along a street", "longshelf.example"),
    ("Seven ways to tie a boat, compared under load", "knotbench.example"),
    ("A spreadsheet that runs a ferry", "crossing.example"),
    ("Why our compiler keeps a diary", "plainlang.example"),
    ("Growing moss on purpose", "dampgarden.example"),
    ("The last typewriter repair shop keeps its parts in jam jars", "ribbonmail.example"),
    ("Measuring rain with a violin", "oddgauge.example"),
    ("An index of the sounds that bridges make", "longspan.example"),
    ("Paper batteries, one year later", "benchnotes.example"),
    ("Nobody knew how the town bell worked, so we drew it", "smallmaps.example"),
    ("A queue that is never longer than the room", "plainlang.example"),
    ("The lighthouse that is run by a single relay", "keeperlog.example"),
    ("Teaching a loom to read music", "warpandweft.example"),
    ("How far can you hear a kettle?", "oddgauge.example"),
    ("The case for slower elevators", "hingeworks.example"),
    ("Sorting a million buttons by hand", "longshelf.example"),
    ("What we learned from a garden with a changelog", "dampgarden.example"),
    ("A radio that only plays the sea", "keeperlog.example"),
    ("Fixing a roof with mathematics and a little tar", "benchnotes.example"),
    ("The oldest error message still in use", "plainlang.example"),
]
ASKS = [
    (
        "Ask: What do you repair that nobody else would?",
        "Mine is a lamp. It has had four new cords and two new shades, and it is still the same lamp.",
    ),
    (
        "Ask: How do you remember where things are?",
        "We have a workshop of nine people and one good memory, which is about to retire.",
    ),
    (
        "Ask: What did you stop measuring?",
        "I have weighed every loaf for six years. I have never used the numbers.",
    ),
    (
        "Ask: Which of your tools is older than you?",
        "A drawknife, here. It came with a handle that fits none of us.",
    ),
    (
        "Ask: How do you end a project?",
        "Ours has been finished since spring, and still there is a meeting about it every week.",
    ),
    ("Ask: Do you keep notes on paper?", "If you do: how do you find anything again?"),
    (
        "Ask: What was your best mistake?",
        "I once ordered a thousand hinges in place of ten. I make boxes now.",
    ),
]
SHOWS = [
    (
        "Show: A calendar for people who bake",
        "It knows when the dough is ready, and keeps that hour free.",
    ),
    (
        "Show: I drew every gate in our valley",
        "There are two hundred and eleven. Three of them lead nowhere.",
    ),
    (
        "Show: A game of chess by way of a clothes line",
        "Moves are pegged. The neighbour is winning.",
    ),
    ("Show: A keyboard made of walnut shells", "Two of the keys are quiet; I do not know why."),
    ("Show: A map of the wind in one street", "Forty paper flags, a camera, and a patient dog."),
    (
        "Show: A program that says when the tide is boring",
        "It has been right eleven times, which is more than I had hoped for.",
    ),
    (
        "Show: Shelves that count what stands on them",
        "A strain gauge below each board. It cannot tell thin books from no books.",
    ),
]

OPENINGS = [
    "We tried this for a winter.",
    "I am not so sure.",
    "This is how my grandmother did it, only faster.",
    "The drawings alone are worth the read.",
    "Careful with this one.",
    "I have run something like it for three years.",
    "It is simpler than it looks.",
    "A small correction.",
    "That was my first thought as well.",
    "It depends on the weather, as everything here does.",
    *[""] * 8,
]
MIDDLES = [
    "The hard part is not the building but the Tuesday after it.",
    "You need half as much material as you think, and twice as much string.",
    "What is missing is a word about who sweeps up.",
    "Ours broke at the joint, never at the board.",
    "If you write down the settings, the next one takes an hour.",
    "The numbers hold up; we measured them again with a borrowed scale.",
    "Nobody notices it when it works, which is the best that can be said of anything.",
    "Salt gets into all of it in the end.",
    "There is a cheaper way with two rulers and a friend.",
    "It only ever fails when somebody is watching.",
    "I would leave out the second half and do the first half twice.",
    "Left alone it drifts by a minute in a month.",
]
CLOSINGS = [
    "I would do it again.",
    "Ask me in spring.",
    "Has anyone tried it with wool?",
    "Pictures follow when the rain stops.",
    "Keep the off-cuts.",
    "And then there is the noise.",
    "",
    "",
    "",
]


def make() -> None:
    """Write all that the reader asks for, in place of what was there."""
    random = Random(24)
    stories = make_stories(random)
    for story in stories:
        story["talk"] = make_talk(random, story)
    shutil.rmtree(HERE, ignore_errors=True)
    by_points = sorted(stories, key=lambda one: -one["points"])
    write_list("top", sorted(stories, key=lambda one: -one["points"] / (one["hours"] + 6)))
    write_list("new", sorted(stories, key=lambda one: one["hours"]))
    write_list("best", [one for one in by_points if one["points"] >= 120])
    write_list("ask", [one for one in by_points if one["title"].startswith("Ask")])
    write_list("show", [one for one in by_points if one["title"].startswith("Show")])
    for story in stories:
        write(f"item/{story['id']}", without(story, "talk"))
        write(f"talk/{story['id']}", story["talk"])
    for number, (name, about) in enumerate(PEOPLE.items()):
        own = [brief(one) for one in stories if one["by"] == name]
        karma = sum(one["points"] for one in own) + 17 * number
        write(f"user/{name}", {"name": name, "about": about, "days": 211 + 97 * number,
                               "karma": karma, "stories": own})  # fmt: skip


def make_stories(random: Random) -> list[dict]:
    """The stories, the newest with the highest number."""
    told = [(title, site, "") for title, site in LINKS]
    told += [(title, "", text) for title, text in (*ASKS, *SHOWS)]
    random.shuffle(told)
    names = list(PEOPLE)
    return [
        {
            "id": 140 - index,
            "title": title,
            "site": site,
            "text": text,
            "by": names[index % len(names)],
            "hours": 1 + index * index // 18 + index,
            "points": random.randint(9, 60) + random.randint(0, 8) * index,
        }
        for index, (title, site, text) in enumerate(told)
    ]


def make_talk(random: Random, story: dict) -> list[dict]:
    """What was said about a story: a tree."""
    made = 0

    def reply(hours: int, depth: int) -> dict:
        nonlocal made
        made += 1
        number = made
        hours = max(0, hours - random.randint(0, 1 + hours // 4))
        chance = (0, 1, 1, 2) if depth < 4 else (0,)
        replies = [reply(hours, depth + 1) for _ in range(random.choice(chance))]
        words = (random.choice(OPENINGS), random.choice(MIDDLES), random.choice(CLOSINGS))
        return {
            "id": story["id"] * 100 + number,
            "by": random.choice(list(PEOPLE)),
            "hours": hours,
            "text": " ".join(filter(None, words)),
            "replies": replies,
        }

    talk = [reply(story["hours"], 0) for _ in range(random.randint(1, 6))]
    story["comments"] = made
    return talk


def write_list(name: str, stories: list[dict]) -> None:
    """Write a list, page by page."""
    pages = -(-len(stories) // PAGE)
    for number in range(1, pages + 1):
        shown = stories[(number - 1) * PAGE : number * PAGE]
        write(f"list/{name}-{number}", {"pages": pages, "first": (number - 1) * PAGE + 1,
                                        "stories": [brief(one) for one in shown]})  # fmt: skip


def brief(story: dict) -> dict:
    """A story as lists have it."""
    return without(story, "talk", "text")


def without(story: dict, *names: str) -> dict:
    return {key: value for key, value in story.items() if key not in names}


def write(name: str, content: object) -> None:
    path = HERE / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
