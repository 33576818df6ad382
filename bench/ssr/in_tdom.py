"""The pages in tdom, in Starlette."""

from string.templatelib import Template

from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from tdom import html

from bench.ssr.data import LINKS, ORDERS, ROWS, USER


def Layout(title: str, children: Template) -> Template:
    links = [t"<a href={to}>{text}</a>" for to, text in LINKS]
    return t"""<!doctype html><html lang="en"><head><meta charset="utf-8">
      <title>{title}</title></head><body>
      <header><nav>{links}</nav><h1>{title}</h1></header><main>{children}</main>
      <footer>Tea by post</footer></body></html>"""


def row(number: int, name: str, place: str, price: float) -> Template:
    return t"""<tr><td>{number}</td><td><a href="/teas/{number}">{name}</a></td>
      <td>{place}</td><td>{price:.2f}</td></tr>"""


async def table(request):
    rows = [row(*tea) for tea in ROWS]
    page = t"""<{Layout} title="Teas"><table>
        <thead><tr><th>Number</th><th>Name</th><th>From</th><th>Price</th></tr></thead>
        <tbody>{rows}</tbody>
      </table></{Layout}>"""
    return HTMLResponse(html(page))


async def small(request):
    orders = [t"<li><b>{name}</b> × {count}</li>" for name, count in ORDERS]
    page = t"""<{Layout} title="Your orders">
        <p class="greeting">Welcome back, {USER}</p><ul>{orders}</ul>
      </{Layout}>"""
    return HTMLResponse(html(page))


app = Starlette(routes=[Route("/table", table), Route("/small", small)])
