"""The keyed rows as Wybthon's documentation writes an application."""

from collections.abc import Callable
from itertools import count
from random import random

from wybthon import For, Props, component, create_projection, create_signal, html

ADJECTIVES = (
    "pretty large big small tall short long handsome plain quaint clean elegant easy angry crazy "
    "helpful mushy odd unsightly adorable important inexpensive cheap expensive fancy"
).split()
COLOURS = "red yellow blue green pink brown purple brown white black orange".split()
NOUNS = "table chair house bbq desk car pony cookie sandwich burger pizza mouse keyboard".split()


def one_of(words):
    return words[int(random() * len(words))]


ids = count(1)


class Row:
    __slots__ = ("id", "label", "set_label")

    def __init__(self):
        self.id = next(ids)
        self.label, self.set_label = create_signal(
            f"{one_of(ADJECTIVES)} {one_of(COLOURS)} {one_of(NOUNS)}"
        )


def make_rows(how_many):
    return [Row() for _ in range(how_many)]


class ActionProps(Props):
    id: str
    text: str
    run: Callable[[], None]


@component
def Action(props: ActionProps):
    return html(
        t'<div class="col-sm-6 smallpad">'
        t'<button type="button" class="btn btn-primary btn-block" id={props.id} '
        t"onclick={props.run}>{props.text}</button></div>"
    )


@component
def App():
    rows, set_rows = create_signal([])
    selected, set_selected = create_signal(None)

    def mark(chosen):
        chosen.clear()
        chosen[selected()] = True

    chosen = create_projection(mark)

    def run():
        set_rows(make_rows(1_000))

    def run_lots():
        set_rows(make_rows(10_000))

    def add():
        set_rows(rows() + make_rows(1_000))

    def update():
        for row in rows()[::10]:
            row.set_label(lambda label: label + " !!!")

    def clear():
        set_rows([])

    def swap():
        swapped = rows().copy()
        if len(swapped) > 998:
            swapped[1], swapped[998] = swapped[998], swapped[1]
            set_rows(swapped)

    def show(row, index):
        id = row.id
        label = row.label

        def select():
            set_selected(id)

        def remove():
            kept = rows().copy()
            kept.remove(row)
            set_rows(kept)

        return html(
            t"<tr class={'danger' if chosen.get(id) else ''}>"
            t'<td class="col-md-1">{id}</td>'
            t'<td class="col-md-4"><a onclick={select}>{label()}</a></td>'
            t'<td class="col-md-1"><a onclick={remove}>'
            t'<span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td>'
            t'<td class="col-md-6"></td></tr>'
        )

    return html(t"""
        <div class="container">
          <div class="jumbotron">
            <div class="row">
              <div class="col-md-6"><h1>Wybthon-keyed</h1></div>
              <div class="col-md-6">
                <div class="row">
                  <{Action} id="run" text="Create 1,000 rows" run={run} />
                  <{Action} id="runlots" text="Create 10,000 rows" run={run_lots} />
                  <{Action} id="add" text="Append 1,000 rows" run={add} />
                  <{Action} id="update" text="Update every 10th row" run={update} />
                  <{Action} id="clear" text="Clear" run={clear} />
                  <{Action} id="swaprows" text="Swap Rows" run={swap} />
                </div>
              </div>
            </div>
          </div>
          <table class="table table-hover table-striped test-data">
            <tbody>{For(rows, show)}</tbody>
          </table>
          <span class="preloadicon glyphicon glyphicon-remove" aria-hidden="true"></span>
        </div>
    """)


def app():
    return App()
