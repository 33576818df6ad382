"""The pages in Gossamer."""

from gossamer import For, component
from gossamer.meta import Html, Title
from gossamer.ssr import Document, Shell
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bench.ssr.data import LINKS, ORDERS, ROWS, USER

SHELL = Shell("<!doctype html><html><head><!--head--></head><body><!--app--></body></html>")


@component
def Layout(title: str, children: object = None):
    links = [t"<a href={to}>{text}</a>" for to, text in LINKS]
    return t"""<{Html} lang="en" /><{Title} text={title} />
      <header><nav>{links}</nav><h1>{title}</h1></header><main>{children}</main>
      <footer>Tea by post</footer>"""


def row(tea: tuple[int, str, str, float]):
    number, name, place, price = tea
    return t"""<tr><td>{number}</td><td><a href="/teas/{number}">{name}</a></td>
      <td>{place}</td><td>{price:.2f}</td></tr>"""


@component
def Table():
    return t"""<{Layout} title="Teas"><table>
        <thead><tr><th>Number</th><th>Name</th><th>From</th><th>Price</th></tr></thead>
        <tbody>{For(ROWS, children=row)}</tbody>
      </table></{Layout}>"""


@component
def Small(user: str):
    orders = [t"<li><b>{name}</b> × {count}</li>" for name, count in ORDERS]
    return t"""<{Layout} title="Your orders">
        <p class="greeting">Welcome back, {user}</p><ul>{orders}</ul>
      </{Layout}>"""


async def respond(view: object):
    async with Document(view, shell=SHELL) as document:
        return HTMLResponse("".join([part async for part in document]), document.reply.status)


async def table(request):
    return await respond(Table)


async def small(request):
    return await respond(Small(USER))


app = Starlette(routes=[Route("/table", table), Route("/small", small)])
