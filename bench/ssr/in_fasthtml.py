"""The pages in FastHTML."""

from fasthtml.common import (
    H1,
    A,
    B,
    Body,
    FastHTML,
    Footer,
    Head,
    Header,
    Html,
    Li,
    Main,
    Meta,
    Nav,
    P,
    Table,
    Tbody,
    Td,
    Th,
    Thead,
    Title,
    Tr,
    Ul,
)

from bench.ssr.data import LINKS, ORDERS, ROWS, USER

app = FastHTML(secret_key="bench", default_hdrs=False)


def layout(heading: str, *content: object) -> object:
    links = [A(text, href=to) for to, text in LINKS]
    return Html(
        Head(Meta(charset="utf-8"), Title(heading)),
        Body(Header(Nav(*links), H1(heading)), Main(*content), Footer("Tea by post")),
        lang="en",
    )


def row(number: int, name: str, place: str, price: float) -> object:
    link = A(name, href=f"/teas/{number}")
    return Tr(Td(number), Td(link), Td(place), Td(f"{price:.2f}"))


@app.get("/table")
async def table():
    headings = Tr(Th("Number"), Th("Name"), Th("From"), Th("Price"))
    return layout("Teas", Table(Thead(headings), Tbody(*[row(*tea) for tea in ROWS])))


@app.get("/small")
async def small():
    orders = [Li(B(name), f" × {count}") for name, count in ORDERS]
    return layout("Your orders", P("Welcome back, ", USER, cls="greeting"), Ul(*orders))
