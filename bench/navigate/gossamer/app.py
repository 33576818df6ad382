"""A list and its items, each at an address."""

from gossamer import For, component, memo, mount
from gossamer.router import A, Route, Router, Routes, use_params

COMMENTS = [f"Comment {number}" for number in range(1, 21)]
STORIES = {number: f"Story {number}" for number in range(1, 31)}


class ItemParams:
    id: int


@component
def Row(entry):
    number, title = entry
    return t'<li><{A} href="/item/{number}">{title}</{A}></li>'


@component
def Stories():
    return t"<h1>Stories</h1><ul><{For} each={list(STORIES.items())}>{Row}</{For}></ul>"


@component
def Comment(text):
    return t"<p>{text}</p>"


@component
def Item():
    params = use_params(ItemParams)
    title = memo(lambda: STORIES[params().id])
    return t"""
        <h1>{title}</h1>
        <{For} each={COMMENTS}>{Comment}</{For}>
        <{A} href="/" class_="up">Stories</{A}>
    """


mount(
    t"""
    <{Router} base="/navigate/gossamer">
      <{Routes}>
        <{Route} path="/" view={Stories} />
        <{Route} path="/item/{{id:int}}" view={Item} />
      </{Routes}>
    </{Router}>
    """,
    "#main",
)
