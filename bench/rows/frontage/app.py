"""The keyed rows as Frontage's documentation writes an application."""

from random import random

from frontage import For, Signal, batch, component, html, mount, selector

ADJECTIVES = (
    "pretty large big small tall short long handsome plain quaint clean elegant easy angry crazy "
    "helpful mushy odd unsightly adorable important inexpensive cheap expensive fancy"
).split()
COLOURS = "red yellow blue green pink brown purple brown white black orange".split()
NOUNS = "table chair house bbq desk car pony cookie sandwich burger pizza mouse keyboard".split()


def one_of(words):
    return words[int(random() * len(words))]


class Row:
    last = 0

    def __init__(self):
        Row.last += 1
        self.id = Row.last
        self.label = Signal(f"{one_of(ADJECTIVES)} {one_of(COLOURS)} {one_of(NOUNS)}")


def make_rows(how_many):
    return [Row() for _ in range(how_many)]


@component
def action(id, text, run):
    return html(
        t'<div class="col-sm-6 smallpad">'
        t'<button type="button" class="btn btn-primary btn-block" id={id} on:click={run}>'
        t"{text}</button></div>"
    )


@component
def app():
    rows = Signal([])
    selected = Signal(None)
    is_selected = selector(selected)

    def run(event):
        rows.set(make_rows(1_000))

    def run_lots(event):
        rows.set(make_rows(10_000))

    def add(event):
        rows.set(rows.peek() + make_rows(1_000))

    def update(event):
        with batch():
            for row in rows.peek()[::10]:
                row.label.set(row.label.peek() + " !!!")

    def clear(event):
        rows.set([])

    def swap(event):
        swapped = list(rows.peek())
        if len(swapped) > 998:
            swapped[1], swapped[998] = swapped[998], swapped[1]
            rows.set(swapped)

    def show(row, index):
        id = row.id

        def danger():
            return is_selected(id)

        def select(event):
            selected.set(id)

        def remove(event):
            kept = list(rows.peek())
            kept.remove(row)
            rows.set(kept)

        return html(
            t"<tr class:danger={danger}>"
            t'<td class="col-md-1">{id}</td>'
            t'<td class="col-md-4"><a on:click={select}>{row.label}</a></td>'
            t'<td class="col-md-1"><a on:click={remove}>'
            t'<span class="glyphicon glyphicon-remove" aria-hidden="true"></span></a></td>'
            t'<td class="col-md-6"></td></tr>'
        )

    def key(row):
        return row.id

    return html(t"""
        <div class="container">
          <div class="jumbotron">
            <div class="row">
              <div class="col-md-6"><h1>Frontage-keyed</h1></div>
              <div class="col-md-6">
                <div class="row">
                  {action(id="run", text="Create 1,000 rows", run=run)}
                  {action(id="runlots", text="Create 10,000 rows", run=run_lots)}
                  {action(id="add", text="Append 1,000 rows", run=add)}
                  {action(id="update", text="Update every 10th row", run=update)}
                  {action(id="clear", text="Clear", run=clear)}
                  {action(id="swaprows", text="Swap Rows", run=swap)}
                </div>
              </div>
            </div>
          </div>
          <table class="table table-hover table-striped test-data">
            <tbody>{For(rows, show, key=key)}</tbody>
          </table>
          <span class="preloadicon glyphicon glyphicon-remove" aria-hidden="true"></span>
        </div>
    """)


mount(app, "#main")
