"""The rows by hand in Python: the calls of a JavaScript page, through Pyodide's `js`."""

from itertools import count
from random import random

from js import document
from pyodide.ffi import create_proxy

ADJECTIVES = (
    "pretty large big small tall short long handsome plain quaint clean elegant easy angry crazy "
    "helpful mushy odd unsightly adorable important inexpensive cheap expensive fancy"
).split()
COLOURS = "red yellow blue green pink brown purple brown white black orange".split()
NOUNS = "table chair house bbq desk car pony cookie sandwich burger pizza mouse keyboard".split()


def one_of(words):
    return words[int(random() * len(words))]


ACTIONS = {
    "run": "Create 1,000 rows",
    "runlots": "Create 10,000 rows",
    "add": "Append 1,000 rows",
    "update": "Update every 10th row",
    "clear": "Clear",
    "swaprows": "Swap Rows",
}
ids = count(1)


class Row:
    """What a row shows, and the nodes that show it."""

    __slots__ = ("element", "id", "label", "link")

    def __init__(self):
        self.id = next(ids)
        self.label = f"{one_of(ADJECTIVES)} {one_of(COLOURS)} {one_of(NOUNS)}"
        self.element, self.link = self.build()

    def build(self):
        row = document.createElement("tr")
        row.number = self.id
        number = make("td", "col-md-1", row)
        number.textContent = self.id
        link = make("a", "label-of", make("td", "col-md-4", row))
        link.textContent = self.label
        remove = make("a", "remove", make("td", "col-md-1", row))
        icon = make("span", "remove glyphicon glyphicon-remove", remove)
        icon.setAttribute("aria-hidden", "true")
        make("td", "col-md-6", row)
        return row, link


def make(tag, classes, parent):
    element = document.createElement(tag)
    element.className = classes
    parent.appendChild(element)
    return element


class Table:
    """The rows, and what the buttons do to them."""

    def __init__(self, body):
        self.body = body
        self.rows = []
        self.selected = None

    def append(self, how_many):
        for _ in range(how_many):
            row = Row()
            self.rows.append(row)
            self.body.appendChild(row.element)

    def replace(self, how_many):
        self.clear()
        self.append(how_many)

    def run(self):
        self.replace(1_000)

    def runlots(self):
        self.replace(10_000)

    def add(self):
        self.append(1_000)

    def update(self):
        for row in self.rows[::10]:
            row.label += " !!!"
            row.link.textContent = row.label

    def clear(self):
        self.body.textContent = ""
        self.rows = []
        self.selected = None

    def swaprows(self):
        rows = self.rows
        if len(rows) <= 998:
            return
        self.body.insertBefore(rows[998].element, rows[2].element)
        self.body.insertBefore(rows[1].element, rows[999].element)
        rows[1], rows[998] = rows[998], rows[1]

    def select(self, row):
        if self.selected:
            self.selected.element.className = ""
        self.selected = row
        row.element.className = "danger"

    def remove(self, row):
        self.rows.remove(row)
        row.element.remove()
        if self.selected is row:
            self.selected = None

    def click(self, event):
        target = event.target
        if target.id in ACTIONS:
            getattr(self, target.id)()
        elif target.matches(".remove"):
            self.remove(self.row_of(target))
        elif target.matches(".label-of"):
            self.select(self.row_of(target))

    def row_of(self, target):
        number = target.closest("tr").number
        return next(row for row in self.rows if row.id == number)


def show():
    main = document.getElementById("main")
    container = make("div", "container", main)
    row = make("div", "row", make("div", "jumbotron", container))
    make("h1", "", make("div", "col-md-6", row)).textContent = "Plain FFI-keyed"
    buttons = make("div", "row", make("div", "col-md-6", row))
    for id, text in ACTIONS.items():
        button = make(
            "button", "btn btn-primary btn-block", make("div", "col-sm-6 smallpad", buttons)
        )
        button.type = "button"
        button.id = id
        button.textContent = text
    body = make("tbody", "", make("table", "table table-hover table-striped test-data", container))
    icon = make("span", "preloadicon glyphicon glyphicon-remove", container)
    icon.setAttribute("aria-hidden", "true")
    main.addEventListener("click", create_proxy(Table(body).click))


show()
