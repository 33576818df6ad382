"""The list in SQLite; no page gets this file."""

import os
import sqlite3
from asyncio import to_thread

FILE = os.environ.get("ERRANDS", "errands.sqlite")
TABLE = "create table if not exists errands (id integer primary key, title text, done integer)"


def _run(statement, *values):
    connection = sqlite3.connect(FILE)
    try:
        with connection:
            connection.execute(TABLE)
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


async def every():
    return await to_thread(_run, "select id, title, done from errands order by done, id desc")


async def insert(title):
    await to_thread(_run, "insert into errands (title, done) values (?, 0)", title)


async def mark(number, done):
    await to_thread(_run, "update errands set done = ? where id = ?", int(done), number)


async def delete(number):
    await to_thread(_run, "delete from errands where id = ?", number)
