"""Who has a birthday when: a page that is fetched when somebody wants to see it."""

from itertools import groupby

from gossamer import For, component, view
from gossamer.meta import Title
from gossamer.router import A, use_data

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@component
def Year():
    people = use_data()

    def months():
        born = sorted(
            (p for p in people() if p.birthday), key=lambda p: p.birthday.timetuple()[1:3]
        )
        return [(n, list(group)) for n, group in groupby(born, key=lambda p: p.birthday.month)]

    def month(entry):
        number, born = entry
        days = [
            t"<li><b>{each.birthday.day}</b> <{A} href={f'/contacts/{each.id}'}>{each.name}</{A}></li>"
            for each in born
        ]
        return t"<section><h3>{MONTHS[number - 1]}</h3><ul>{days}</ul></section>"

    return view(t"""
        <article class="year"><{Title} text="The year" />
          <h2>The year</h2>
          <div class="months"><{For} each={months} key={(lambda entry: entry[0])}>{month}</{For}></div>
        </article>""")
