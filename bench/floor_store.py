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
