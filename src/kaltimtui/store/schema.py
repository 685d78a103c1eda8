"""The tables, as numbered migrations, and how a store is brought up to date.

``article.id`` is the newest-first order: the second the list shows (since 1970) in the upper
bits, ``keys.ORDER_BITS`` bits that part the articles of one second below it. A page of a list and
a day are therefore ranges of the primary key, and every index ends in that order, the index of
words too. Few bits, and the body as first column, keep that index small: both are paid for once
for every word of every article.
``article.uid`` never changes; marks, versions, identities and the journal refer to it.

``unread``, ``starred`` and ``later`` are working copies of ``mark``, which outlives the text.
``aside`` holds an article back from the built-in lists: bit 1 for the sample edition once there
is real news, bit 2 for a removed source, and for an article that the user hid. But for those that
are hidden it is the same for all articles of one source; where that was removed, those that are
starred have bit 1 in place of bit 2 and so stay in the lists of what is marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.store import schema3, schema4, schema5, schema6

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

APPLICATION_ID: Final = 0x4B544D54
PAGE_SIZE: Final = 16384
ASIDE_SAMPLE: Final = 1
ASIDE_REMOVED: Final = 2

WORDS: Final = """fts5(
  body, title, dateline, byline,
  content='', tokenize='unicode61 remove_diacritics 2'
)"""
"""An index of words."""
VOCABULARY: Final = "CREATE VIRTUAL TABLE temp.word USING fts5vocab('main', 'fts', 'instance')"
"""The words of the index of all articles, a table of each connection's own that holds nothing."""

_FIRST: Final = (
    """
CREATE TABLE source(
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  url TEXT,
  folder TEXT,
  added_at INTEGER NOT NULL,
  aside INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE category(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE article(
  id INTEGER PRIMARY KEY,
  uid INTEGER NOT NULL UNIQUE,
  source_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  url TEXT,
  dateline TEXT,
  published_at INTEGER,
  published_offset INTEGER,
  published_precision INTEGER,
  first_seen INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  versions INTEGER NOT NULL,
  text_hash INTEGER NOT NULL,
  said_hash INTEGER NOT NULL,
  has_guid INTEGER NOT NULL,
  unread INTEGER NOT NULL CHECK(unread IN (0, 1)),
  starred INTEGER NOT NULL CHECK(starred IN (0, 1)),
  later INTEGER NOT NULL CHECK(later IN (0, 1)),
  aside INTEGER NOT NULL CHECK(aside BETWEEN 0 AND 3)
) STRICT;
CREATE INDEX article_aside ON article(aside);
CREATE INDEX article_source ON article(source_id);
CREATE INDEX article_category ON article(source_id, category_id);
CREATE INDEX article_unread ON article(unread, aside) WHERE unread = 1;
CREATE INDEX article_starred ON article(starred) WHERE starred = 1 AND aside < 2;
CREATE INDEX article_later ON article(later) WHERE later = 1 AND aside < 2;

CREATE TABLE body(article_id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;

CREATE TABLE identity(
  hash INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  PRIMARY KEY(hash, source_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE version(
  uid INTEGER NOT NULL,
  text_hash INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY(uid, text_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE mark(
  uid INTEGER PRIMARY KEY,
  read INTEGER NOT NULL DEFAULT 0 CHECK(read IN (0, 1)),
  starred INTEGER NOT NULL DEFAULT 0 CHECK(starred IN (0, 1)),
  later INTEGER NOT NULL DEFAULT 0 CHECK(later IN (0, 1)),
  note TEXT,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE mark_tag(
  uid INTEGER NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY(uid, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  what TEXT NOT NULL,
  count INTEGER NOT NULL,
  changes BLOB NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX journal_undone ON journal(id) WHERE undone_at IS NOT NULL;

CREATE TABLE counter(
  source_id INTEGER NOT NULL,
  category_id INTEGER NOT NULL,
  total INTEGER NOT NULL,
  unread INTEGER NOT NULL,
  PRIMARY KEY(source_id, category_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER article_counted AFTER INSERT ON article BEGIN
  INSERT INTO counter VALUES(new.source_id, new.category_id, 1, new.unread)
  ON CONFLICT DO UPDATE SET total = total + 1, unread = unread + excluded.unread;
END;
CREATE TRIGGER article_uncounted AFTER DELETE ON article BEGIN
  UPDATE counter SET total = total - 1, unread = unread - old.unread
  WHERE source_id = old.source_id AND category_id = old.category_id;
END;
CREATE TRIGGER article_read AFTER UPDATE OF unread ON article
WHEN new.unread <> old.unread BEGIN
  UPDATE counter SET unread = unread + new.unread - old.unread
  WHERE source_id = old.source_id AND category_id = old.category_id;
END;
CREATE TRIGGER article_recategorised AFTER UPDATE OF category_id ON article
WHEN new.category_id <> old.category_id BEGIN
  UPDATE counter SET total = total - 1, unread = unread - new.unread
  WHERE source_id = old.source_id AND category_id = old.category_id;
  INSERT INTO counter VALUES(new.source_id, new.category_id, 1, new.unread)
  ON CONFLICT DO UPDATE SET total = total + 1, unread = unread + excluded.unread;
END;

CREATE VIRTUAL TABLE fts USING """
    + WORDS
    + """;
INSERT INTO fts(fts, rank) VALUES('automerge', 8);
"""
)

_SECOND: Final = """
CREATE INDEX source_url ON source(url);
CREATE INDEX source_name ON source(name COLLATE NOCASE);

CREATE TABLE fetching(
  source_id INTEGER PRIMARY KEY,
  minutes INTEGER,
  full_text INTEGER NOT NULL DEFAULT 0 CHECK(full_text IN (0, 1)),
  private INTEGER NOT NULL DEFAULT 0 CHECK(private IN (0, 1)),
  etag TEXT,
  last_modified TEXT,
  tried_at INTEGER,
  ok_at INTEGER,
  next_at INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  http_status INTEGER,
  gone INTEGER NOT NULL DEFAULT 0 CHECK(gone IN (0, 1))
) STRICT;

CREATE TABLE frontier(
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  url TEXT NOT NULL,
  published_at INTEGER,
  found_at INTEGER NOT NULL,
  waiting INTEGER NOT NULL CHECK(waiting IN (0, 1)),
  UNIQUE(source_id, hash)
) STRICT;
CREATE INDEX frontier_newest ON frontier(source_id, published_at DESC) WHERE waiting = 1;
CREATE INDEX frontier_fetched ON frontier(found_at) WHERE waiting = 0;

CREATE TABLE cut(uid INTEGER PRIMARY KEY, text_hash INTEGER NOT NULL) STRICT;

CREATE TABLE wish(
  uid INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('text', 'pictures')),
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  PRIMARY KEY(uid, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX wish_due ON wish(kind, next_at);

CREATE TABLE picture(
  hash INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;
CREATE TABLE picture_use(
  uid INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  PRIMARY KEY(uid, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_used ON picture_use(hash);

CREATE TRIGGER article_starred AFTER UPDATE OF starred ON article
WHEN new.starred > old.starred AND new.url IS NOT NULL BEGIN
  INSERT OR IGNORE INTO wish(kind, uid, next_at) VALUES('pictures', new.uid, 0);
END;
CREATE TRIGGER article_unstarred AFTER UPDATE OF starred ON article
WHEN new.starred < old.starred BEGIN
  DELETE FROM wish WHERE kind = 'pictures' AND uid = new.uid;
END;
INSERT INTO wish(kind, uid, next_at)
  SELECT 'pictures', uid, 0 FROM article WHERE starred = 1 AND url IS NOT NULL;
CREATE TRIGGER article_forgotten AFTER DELETE ON article BEGIN
  DELETE FROM wish WHERE uid = old.uid;
  DELETE FROM cut WHERE uid = old.uid;
  DELETE FROM picture_use WHERE uid = old.uid;
END;

"""
"""What fetching needs.

It stands in tables of its own: those of the first format keep their columns, which is what the
salvage of a damaged store relies on. ``cut`` names the articles whose text is that of their page,
with the hash of what their feed says instead. What was fetched and is no article stays in
``frontier``, no longer waiting, so that it is not asked for again and again.
"""

WITH_PORTAL: Final = """
INSERT OR IGNORE INTO source(key, kind, name, url, added_at)
  SELECT 'portal:portal kaltim', 'portal',
    iif(EXISTS(SELECT 1 FROM source WHERE name = 'Portal Kaltim' COLLATE NOCASE),
      'www.kaltimprov.go.id', 'Portal Kaltim'),
    'https://www.kaltimprov.go.id/', 0;
UPDATE source SET url = 'https://www.kaltimprov.go.id/'
  WHERE key = 'portal:portal kaltim' AND url IS NULL;
"""
"""The portal this reader is made for, unless it is there."""

MIGRATIONS: Final[tuple[str, ...]] = (
    _FIRST,
    _SECOND + WITH_PORTAL,
    schema3.SCRIPT,
    schema4.SCRIPT,
    schema5.SCRIPT,
    schema6.SCRIPT,
)
"""What leads from each version to the next; the first makes an empty file a store."""


def version(connection: sqlite3.Connection) -> int:
    """The number of migrations a store has been through."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Bring a store up to the last version; each step is one transaction, whole or not at all."""
    for number, script in enumerate(migrations, start=1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version(connection) < number:
                for statement in statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def statements(script: str) -> list[str]:
    """The statements of a script, a trigger being one."""
    import sqlite3

    found: list[str] = []
    pending = ""
    for line in script.splitlines():
        pending = f"{pending}\n{line}" if pending else line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
