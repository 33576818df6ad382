"""The keyed rows of the js-framework-benchmark."""

from itertools import count
from random import random

from gossamer import For, Signal, batch, component, mount, selector

ADJECTIVES = (
    "pretty large big small tall short long handsome plain quaint clean elegant easy angry crazy "
    "helpful mushy odd unsightly adorable important inexpensive cheap expensive fancy"
).split()
COLOURS = "red yellow blue green pink brown purple brown white black orange".split()
NOUNS = ("table chair house bbq desk car pony cookie sandwich burger pizza mouse keyboard").split()


def one_of(words):
    return words[int(random() * len(words))]


ids = count(1)


class Row:
    """A number that stays and a label that changes."""

    __slots__ = ("id", "label")

    def __init__(self):
        self.id = next(ids)
        self.label = Signal(f"{one_of(ADJECTIVES)} {one_of(COLOURS)} {one_of(NOUNS)}")


def make_rows(how_many):
    return [Row() for _ in range(how_many)]


@component
def Action(id, text, run):
    return (
        t'<div class="col-sm-6 smallpad">'
        t'<button type="button" class="btn btn-primary btn-block" id={id} on:click={run}>'
        t"{text}</button></div>"
    )


@component
def App():
    rows = Signal([])
    selected = Signal(None)
    is_selected = selector(selected)

    def run():
        rows.set(make_rows(1_000))

    def run_lots():
        rows.set(make_rows(10_000))

    def add():
        rows.set(rows.peek() + make_rows(1_000))

    def update():
        with batch():
            for row in rows.peek()[::10]:
                row.label.set(row.label.peek() + " !!!")

    def clear():
        rows.set([])

    def swap():
        swapped = rows.peek().copy()
        if len(swapped) > 998:
            swapped[1], swapped[998] = swapped[998], swapped[1]
            rows.set(swapped)

    def show(row):
        def select():
            selected.set(row.id)

        def remove():
            kept = rows.peek().copy()
            kept.remove(row)
            rows.set(kept)

        return (
            t"<tr class:danger={is_selected.of(row.id)}>"
            t'<td class="col-md-1">{row.id}</td>'
            t'<td class="col-md-4"><a on:click={select}>{row.label}</a></td>'
            t'<td class="col-md-1"><a on:click={remove}>'
            t'<span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td>'
            t'<td class="col-md-6"></td></tr>'
        )

    return t"""
        <div class="container">
          <div class="jumbotron">
            <div class="row">
              <div class="col-md-6"><h1>Gossamer-keyed</h1></div>
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
            <tbody><{For} each={rows} key={(lambda row: row.id)}>{show}</{For}></tbody>
          </table>
          <span class="preloadicon glyphicon glyphicon-remove" aria-hidden="true"></span>
        </div>
    """


mount(App(), "#main")
