"""The pages in htpy, in Starlette."""

import htpy as h
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bench.ssr.data import LINKS, ORDERS, ROWS, USER


def layout(heading: str, *content: h.Node) -> h.Element:
    links = [h.a(href=to)[text] for to, text in LINKS]
    return h.html(lang="en")[
        h.head[h.meta(charset="utf-8"), h.title[heading]],
        h.body[h.header[h.nav[links], h.h1[heading]], h.main[content], h.footer["Tea by post"]],
    ]


def row(number: int, name: str, place: str, price: float) -> h.Element:
    return h.tr[
        h.td[number], h.td[h.a(href=f"/teas/{number}")[name]], h.td[place], h.td[f"{price:.2f}"]
    ]


async def table(request):
    headings = (h.th["Number"], h.th["Name"], h.th["From"], h.th["Price"])
    body = h.tbody[(row(*tea) for tea in ROWS)]
    return HTMLResponse(str(layout("Teas", h.table[h.thead[h.tr[headings]], body])))


async def small(request):
    orders = [h.li[h.b[name], f" × {count}"] for name, count in ORDERS]
    greeting = h.p(class_="greeting")["Welcome back, ", USER]
    return HTMLResponse(str(layout("Your orders", greeting, h.ul[orders])))


app = Starlette(routes=[Route("/table", table), Route("/small", small)])
