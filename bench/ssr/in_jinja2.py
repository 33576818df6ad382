"""The pages in Jinja2, as Starlette's own templates."""

from jinja2 import DictLoader, Environment
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bench.ssr.data import LINKS, ORDERS, ROWS, USER

LAYOUT = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ title }}</title></head><body>
<header><nav>{% for to, text in links %}<a href="{{ to }}">{{ text }}</a>{% endfor %}</nav>
<h1>{{ title }}</h1></header><main>{% block content %}{% endblock %}</main>
<footer>Tea by post</footer></body></html>"""
TABLE = """{% extends "layout.html" %}{% block content %}<table>
<thead><tr><th>Number</th><th>Name</th><th>From</th><th>Price</th></tr></thead>
<tbody>{% for number, name, place, price in rows -%}
<tr><td>{{ number }}</td><td><a href="/teas/{{ number }}">{{ name }}</a></td>
<td>{{ place }}</td><td>{{ "%.2f"|format(price) }}</td></tr>
{%- endfor %}</tbody>
</table>{% endblock %}"""
SMALL = """{% extends "layout.html" %}{% block content %}
<p class="greeting">Welcome back, {{ user }}</p>
<ul>{% for name, count in orders %}<li><b>{{ name }}</b> × {{ count }}</li>{% endfor %}</ul>
{% endblock %}"""

loader = DictLoader({"layout.html": LAYOUT, "table.html": TABLE, "small.html": SMALL})
templates = Jinja2Templates(env=Environment(loader=loader, autoescape=True))


async def table(request):
    context = {"title": "Teas", "links": LINKS, "rows": ROWS}
    return templates.TemplateResponse(request, "table.html", context)


async def small(request):
    context = {"title": "Your orders", "links": LINKS, "user": USER, "orders": ORDERS}
    return templates.TemplateResponse(request, "small.html", context)


app = Starlette(routes=[Route("/table", table), Route("/small", small)])
