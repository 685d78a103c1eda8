"""What stands round the words of a search in the texts of a few articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui import text
from kaltimtui.store import codec
from kaltimtui.store.failures import sensible

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from kaltimtui.document import Json
    from kaltimtui.query.marking import Marker


def snippets(connection: sqlite3.Connection, uids: Iterable[int], marker: Marker) -> dict[int, str]:
    """A snippet of the text of each article that has what is to be marked, by its uid."""
    found: dict[int, str] = {}
    with sensible():
        for uid in uids:
            row = connection.execute(
                "SELECT data FROM article CROSS JOIN body ON article_id = article.id WHERE uid = ?",
                (uid,),
            ).fetchone()
            if row and (said := marker.snippet(_indexed(codec.unpack(row[0])))):
                found[uid] = text.inline(said)
    return found


def _indexed(said: Json) -> str:
    """What of a text the index has for its body, the article's own words first."""
    parts = (codec.document(said).plain(), said.get("kicker"), said.get("caption"))
    return "\n".join(filter(None, parts))
