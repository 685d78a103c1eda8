"""The floor of storing: SQLite with compressed texts and an index of words, and nothing else."""

from __future__ import annotations

import sqlite3
import time
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kaltimtui.models import ArticleData


def seconds(file: Path, feeds: Sequence[Sequence[ArticleData]]) -> float:
    """What it takes to store these articles in a new file, one transaction a feed."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE article(id INTEGER PRIMARY KEY, title, body)")
        connection.execute(
            "CREATE VIRTUAL TABLE words USING fts5(title, body, content='',"
            " tokenize='unicode61 remove_diacritics 2')"
        )
        started = time.perf_counter()
        stored = 0
        for articles in feeds:
            rows = [
                (stored + number, article.title, article.document.plain())
                for number, article in enumerate(articles)
            ]
            stored += len(rows)
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO article VALUES(?, ?, ?)",
                [(id_, title, zlib.compress(body.encode(), 6)) for id_, title, body in rows],
            )
            connection.executemany("INSERT INTO words(rowid, title, body) VALUES(?, ?, ?)", rows)
            connection.execute("COMMIT")
        return time.perf_counter() - started


def marking(file: Path, articles: int, marked: int) -> tuple[float, float]:
    """What it takes, in all and computing, to set a mark of so many of the articles of a new file.

    The mark has an index of its own, and nothing else is kept of it.
    """
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 16384")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE article(id INTEGER PRIMARY KEY, title, unread)")
        connection.execute("CREATE INDEX unread ON article(unread) WHERE unread = 1")
        connection.execute("BEGIN")
        rows = ((number, f"{number:0100}") for number in range(articles))
        connection.executemany("INSERT INTO article VALUES(?, ?, 1)", rows)
        connection.execute("COMMIT")
        every = max(1, articles // marked)
        started, computed = time.perf_counter(), time.thread_time()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "UPDATE article SET unread = 0 WHERE id = ?",
            ((number,) for number in range(0, every * marked, every)),
        )
        connection.execute("COMMIT")
        return time.perf_counter() - started, time.thread_time() - computed
