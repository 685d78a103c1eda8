"""Which articles of different sources tell the same story, worked out as they are kept.

A story has at most one article of each source, so that no two articles of one source are ever
taken for one. ``telling.first`` is set for the one that the built-in lists show: of those that
are not ``aside``, the one that was kept first. Triggers choose it anew whenever an article comes
into a story, leaves it, moves, or is put aside; they keep ``unread`` and ``aside`` as the article
has them, and in ``retold`` how many articles the built-in lists leave out.

``shingle`` finds articles that may be alike by the smallest hashes of their sketches. A row of it
stays until the sketch it comes from is pruned, even where the article has moved or is gone.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import sketch
from kaltimtui.store import codec, keys
from kaltimtui.store.failures import sensible
from kaltimtui.store.incoming import SKETCHED
from kaltimtui.store.keys import DAY
from kaltimtui.store.telling import LEFT_OUT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from kaltimtui.store.search import Indexing, IndexTexts

APART: Final = 5 * DAY
"""Seconds between two tellings of one story, at most."""
LOOKED_UP: Final = 8
"""Hashes of a sketch that others are found by; those of texts that are alike share some of them."""
COMMON: Final = 64
"""Articles within those days that have one hash, from which on it tells nothing: boilerplate."""
COMPARED: Final = 16
"""Articles that one is compared with, at most."""
PRUNED: Final = 200
"""Sketches pruned in one step."""
_HAVING: Final = (
    "SELECT hash, article_id FROM shingle WHERE hash = ? AND article_id BETWEEN ? AND ? LIMIT ?"
)
_SHARING: Final = " UNION ALL ".join([f"SELECT * FROM ({_HAVING})"] * LOOKED_UP)


_FIRST_WRONG: Final = """first <> (article_id IS (
  SELECT told.article_id FROM telling AS told WHERE told.story = telling.story AND told.aside = 0
  ORDER BY told.kept, told.article_id LIMIT 1))"""
_ALONE: Final = "SELECT story FROM telling GROUP BY story HAVING count(*) = 1"
_COUNTED: Final = f"SELECT count(*), coalesce(sum(unread), 0) FROM telling WHERE {LEFT_OUT}"
WRONG: Final = f"""
SELECT (SELECT count(*) FROM telling LEFT JOIN article ON id = article_id
    WHERE (telling.unread, telling.aside) IS NOT (article.unread, article.aside))
+ (SELECT count(*) FROM telling WHERE {_FIRST_WRONG})
+ (SELECT count(*) FROM ({_ALONE}))
+ (SELECT count(*) FROM ({_COUNTED} EXCEPT SELECT total, unread FROM retold))
"""
"""How much of ``telling`` and ``retold`` is not as the articles have it."""
MEND: Final = f"""
DELETE FROM telling WHERE NOT EXISTS(SELECT 1 FROM article WHERE id = article_id);
UPDATE telling SET (unread, aside) =
  (SELECT article.unread, article.aside FROM article WHERE id = article_id);
DELETE FROM telling WHERE story IN ({_ALONE});
UPDATE telling SET first = 1 - first WHERE {_FIRST_WRONG};
DELETE FROM retold;
INSERT INTO retold {_COUNTED};
"""
"""Sets that right: which article stands in which story stays as it is."""


class _Teller(NamedTuple):
    """An article that others may be compared with."""

    id: int
    source_id: int
    title: str
    body: str
    sketch: bytes


def finish(connection: sqlite3.Connection, indexing: Indexing, now: int) -> None:
    """Bring articles that were just kept or changed into their stories and into the index.

    Last of all in the caller's transaction.
    """
    join(connection, indexing.gathered(), now)
    indexing.write(connection)


def join(
    connection: sqlite3.Connection,
    fresh: Iterable[tuple[int, IndexTexts, bytes | None]],
    now: int,
) -> int:
    """Find the stories of articles that were just kept or changed, within the caller's transaction.

    Each is given with what the index holds of it, and its sketch. How many came to stand in a
    story.
    """
    floor = keys.order_floor(now - SKETCHED)
    joined = 0
    for id_, (body, title, *_others), made in fresh:
        if id_ < floor:
            continue
        if _keep_sketch(connection, id_, made) and made is not None:
            joined += _join(connection, id_, title, body, made)
    return joined


def told_with(connection: sqlite3.Connection, uid: int) -> list[int]:
    """The uids of the articles that tell the same story as another, in the order they were kept."""
    found = connection.execute(
        "SELECT other.uid FROM article"
        " CROSS JOIN telling ON telling.article_id = article.id"
        " CROSS JOIN telling AS told ON told.story = telling.story AND told.aside < 2"
        " CROSS JOIN article AS other ON other.id = told.article_id"
        " WHERE article.uid = ? AND other.uid <> article.uid ORDER BY told.kept, told.article_id",
        (uid,),
    )
    return [uid for (uid,) in found]


def choose_others(connection: sqlite3.Connection) -> None:
    """Let the next marking (``marks.choose``) be for all that tell the stories of the chosen."""
    connection.execute(
        "INSERT OR IGNORE INTO chosen SELECT other.uid FROM chosen"
        " CROSS JOIN article ON article.uid = chosen.uid"
        " CROSS JOIN telling ON telling.article_id = article.id"
        " CROSS JOIN telling AS told ON told.story = telling.story AND told.aside < 2"
        " CROSS JOIN article AS other ON other.id = told.article_id"
    )


def prunable(connection: sqlite3.Connection, now: int) -> bool:
    """Whether there are sketches that are too old to find anything by."""
    query = "SELECT 1 FROM sketch WHERE article_id < ? LIMIT 1"
    return connection.execute(query, (keys.order_floor(now - SKETCHED),)).fetchone() is not None


def prune(connection: sqlite3.Connection, now: int) -> None:
    """Drop some of the sketches that are too old to find anything by; stories stay.

    One step, within the caller's transaction.
    """
    old = connection.execute(
        "SELECT article_id, data FROM sketch WHERE article_id < ? LIMIT ?",
        (keys.order_floor(now - SKETCHED), PRUNED),
    ).fetchall()
    for id_, data in old:
        _drop_sketch(connection, id_, data)


# --- sketches --------------------------------------------------------------------------------


def _keep_sketch(connection: sqlite3.Connection, id_: int, made: bytes | None) -> bool:
    """Keep the sketch of an article; whether it is another one than was kept."""
    found = connection.execute("SELECT data FROM sketch WHERE article_id = ?", (id_,)).fetchone()
    kept = found[0] if found else None
    if kept == made:
        return False
    if kept is not None:
        _drop_sketch(connection, id_, kept)
    if made is not None:
        connection.execute("INSERT INTO sketch VALUES(?, ?)", (id_, made))
        connection.executemany(
            "INSERT OR IGNORE INTO shingle VALUES(?, ?)",
            [(hash_, id_) for hash_ in _found_by(made)],
        )
    return True


def _drop_sketch(connection: sqlite3.Connection, id_: int, data: bytes) -> None:
    connection.execute("DELETE FROM sketch WHERE article_id = ?", (id_,))
    connection.executemany(
        "DELETE FROM shingle WHERE hash = ? AND article_id = ?",
        [(hash_, id_) for hash_ in _found_by(data)],
    )


def _found_by(data: bytes) -> Sequence[int]:
    return sketch.hashes(data)[:LOOKED_UP]


# --- stories ---------------------------------------------------------------------------------


def _join(connection: sqlite3.Connection, id_: int, title: str, body: str, made: bytes) -> bool:
    """Unite the story of an article with those of the articles that tell the same."""
    found = connection.execute("SELECT source_id FROM article WHERE id = ?", (id_,)).fetchone()
    if found is None:  # it has moved on within the same transaction
        return False
    tellers = [
        teller
        for other in _candidates(connection, id_, made)
        if (teller := _teller(connection, other, found[0], made)) is not None
        and sketch.same_story(title, body, teller.title, teller.body)
    ]
    tellers.sort(key=lambda teller: (-sketch.resemblance(made, teller.sketch), teller.id))
    united = [_unite(connection, teller.id, id_) for teller in tellers]
    return any(united)


def _candidates(connection: sqlite3.Connection, id_: int, made: bytes) -> list[int]:
    """The articles of those days that share most of the hashes one is found by."""
    reach = APART << keys.ORDER_BITS
    places = (id_ - reach, id_ + reach, COMMON)
    values = [value for hash_ in _found_by(made) for value in (hash_, *places)]
    found = connection.execute(_SHARING, values).fetchall()
    having = Counter(hash_ for hash_, _other in found)
    shared = Counter(other for hash_, other in found if other != id_ and having[hash_] < COMMON)
    return [other for other, _count in shared.most_common(COMPARED)]


def _teller(connection: sqlite3.Connection, id_: int, source: int, made: bytes) -> _Teller | None:
    """An article of another source whose sketch is alike, with its text."""
    found = connection.execute(
        "SELECT article.source_id, title, sketch.data FROM sketch"
        " JOIN article ON article.id = sketch.article_id"
        " WHERE sketch.article_id = ? AND article.source_id <> ?",
        (id_, source),
    ).fetchone()
    if found is None or not sketch.alike(made, found[2]):
        return None
    (packed,) = connection.execute("SELECT data FROM body WHERE article_id = ?", (id_,)).fetchone()
    with sensible():
        body = codec.document(codec.unpack(packed)).plain()
    return _Teller(id_, found[0], found[1], body, found[2])


def _unite(connection: sqlite3.Connection, one: int, other: int) -> bool:
    """Make one story of those of two articles, unless a source would have two articles in it."""
    ours, theirs = _members(connection, one), _members(connection, other)
    if ours.keys() & theirs.keys():
        return False
    story = _story(connection, one)
    if story is None:
        (story,) = connection.execute("SELECT coalesce(max(story), 0) + 1 FROM telling").fetchone()
        _tell(connection, one, story)
    absorbed = _story(connection, other)
    if absorbed is None:
        _tell(connection, other, story)
    else:
        connection.execute("UPDATE telling SET story = ? WHERE story = ?", (story, absorbed))
    return True


def _story(connection: sqlite3.Connection, id_: int) -> int | None:
    found = connection.execute("SELECT story FROM telling WHERE article_id = ?", (id_,)).fetchone()
    return found[0] if found else None


def _members(connection: sqlite3.Connection, id_: int) -> dict[int, int]:
    """The articles of a story by their sources; of one that stands in none, itself alone."""
    return dict(
        connection.execute(
            "SELECT source_id, id FROM article WHERE id = ?1 UNION ALL"
            " SELECT source_id, article.id FROM telling"
            " CROSS JOIN telling AS told ON told.story = telling.story"
            " CROSS JOIN article ON article.id = told.article_id WHERE telling.article_id = ?1",
            (id_,),
        )
    )


def _tell(connection: sqlite3.Connection, id_: int, story: int) -> None:
    connection.execute(
        "INSERT INTO telling(article_id, story, kept, first, unread, aside)"
        " SELECT id, ?, first_seen, 0, unread, aside FROM article WHERE id = ?",
        (story, id_),
    )
