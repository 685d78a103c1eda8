"""The third format: what a reader of a large library keeps beside its articles.

``tagged`` is the working copy of ``mark_tag`` in the order of lists, for articles that stand in
lists (``aside < 2``). An article that has the tag ``a/b`` stands there for ``a`` too, once,
however many tags below ``a`` it has: so each tag is a range of an index and its counts are exact.
``above`` says which tags that concerns. The tag with the number 0 has no name: it is on whatever
has a note.

``hidden`` is what the user hid. It outlasts the text, as marks do; whoever writes it sets bit 2
of ``article.aside``, and ``article_id``, the place of the article while it is in the store.

``tally`` counts the starred and later articles that stand in lists, as ``tag`` does for tags.
"""

from __future__ import annotations

from typing import Final

_COUNTING: Final = """
DROP INDEX article_source;
CREATE INDEX article_source ON article(source_id, aside);
DROP INDEX article_category;
CREATE INDEX article_category ON article(source_id, category_id, aside);
CREATE INDEX article_in_category ON article(category_id, aside);
CREATE INDEX article_edited ON article(aside) WHERE versions > 1;
CREATE INDEX mark_read ON mark(changed_at) WHERE read = 1;

DROP TRIGGER article_counted;
DROP TRIGGER article_uncounted;
DROP TRIGGER article_read;
DROP TRIGGER article_recategorised;

DELETE FROM counter;
INSERT INTO counter
  SELECT source_id, category_id, count(*), sum(unread) FROM article WHERE aside < 2 GROUP BY 1, 2;

CREATE TABLE tally(
  name TEXT PRIMARY KEY,
  total INTEGER NOT NULL,
  unread INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO tally
  SELECT 'starred', count(*), coalesce(sum(unread), 0) FROM article WHERE starred = 1 AND aside < 2
  UNION ALL
  SELECT 'later', count(*), coalesce(sum(unread), 0) FROM article WHERE later = 1 AND aside < 2;

CREATE TRIGGER article_counted AFTER INSERT ON article WHEN new.aside < 2 BEGIN
  INSERT INTO counter VALUES(new.source_id, new.category_id, 1, new.unread)
  ON CONFLICT DO UPDATE SET total = total + 1, unread = unread + excluded.unread;
END;
CREATE TRIGGER article_uncounted AFTER DELETE ON article WHEN old.aside < 2 BEGIN
  UPDATE counter SET total = total - 1, unread = unread - old.unread
  WHERE source_id = old.source_id AND category_id = old.category_id;
END;
CREATE TRIGGER article_read AFTER UPDATE OF unread ON article
WHEN new.unread <> old.unread AND old.aside < 2 BEGIN
  UPDATE counter SET unread = unread + new.unread - old.unread
  WHERE source_id = old.source_id AND category_id = old.category_id;
END;
CREATE TRIGGER article_recategorised AFTER UPDATE OF category_id ON article
WHEN new.category_id <> old.category_id AND old.aside < 2 BEGIN
  UPDATE counter SET total = total - 1, unread = unread - new.unread
  WHERE source_id = old.source_id AND category_id = old.category_id;
  INSERT INTO counter VALUES(new.source_id, new.category_id, 1, new.unread)
  ON CONFLICT DO UPDATE SET total = total + 1, unread = unread + excluded.unread;
END;
CREATE TRIGGER article_put_aside AFTER UPDATE OF aside ON article
WHEN new.aside >= 2 AND old.aside < 2 BEGIN
  INSERT INTO counter VALUES(new.source_id, new.category_id, -1, -new.unread)
  ON CONFLICT DO UPDATE SET total = total - 1, unread = unread + excluded.unread;
END;
CREATE TRIGGER article_put_back AFTER UPDATE OF aside ON article
WHEN new.aside < 2 AND old.aside >= 2 BEGIN
  INSERT INTO counter VALUES(new.source_id, new.category_id, 1, new.unread)
  ON CONFLICT DO UPDATE SET total = total + 1, unread = unread + excluded.unread;
END;

CREATE TRIGGER starred_tallied AFTER UPDATE OF starred ON article
WHEN new.starred <> old.starred AND new.aside < 2 BEGIN
  UPDATE tally SET total = total + new.starred - old.starred,
    unread = unread + (new.starred - old.starred) * new.unread WHERE name = 'starred';
END;
CREATE TRIGGER later_tallied AFTER UPDATE OF later ON article
WHEN new.later <> old.later AND new.aside < 2 BEGIN
  UPDATE tally SET total = total + new.later - old.later,
    unread = unread + (new.later - old.later) * new.unread WHERE name = 'later';
END;
CREATE TRIGGER read_tallied AFTER UPDATE OF unread ON article
WHEN new.unread <> old.unread AND new.aside < 2 AND (new.starred = 1 OR new.later = 1) BEGIN
  UPDATE tally SET unread = unread + new.unread - old.unread
  WHERE name = 'starred' AND new.starred = 1 OR name = 'later' AND new.later = 1;
END;
CREATE TRIGGER aside_tallied AFTER UPDATE OF aside ON article
WHEN (new.aside < 2) <> (old.aside < 2) AND (new.starred = 1 OR new.later = 1) BEGIN
  UPDATE tally SET total = total + iif(new.aside < 2, 1, -1),
    unread = unread + iif(new.aside < 2, new.unread, -new.unread)
  WHERE name = 'starred' AND new.starred = 1 OR name = 'later' AND new.later = 1;
END;
CREATE TRIGGER article_tallied AFTER INSERT ON article
WHEN new.aside < 2 AND (new.starred = 1 OR new.later = 1) BEGIN
  UPDATE tally SET total = total + 1, unread = unread + new.unread
  WHERE name = 'starred' AND new.starred = 1 OR name = 'later' AND new.later = 1;
END;
CREATE TRIGGER article_untallied AFTER DELETE ON article
WHEN old.aside < 2 AND (old.starred = 1 OR old.later = 1) BEGIN
  UPDATE tally SET total = total - 1, unread = unread - old.unread
  WHERE name = 'starred' AND old.starred = 1 OR name = 'later' AND old.later = 1;
END;
"""
"""All articles of a source have its ``aside``, but for bit 2 of those that are hidden: asked for
that value alone, the indexes of a source and of a category are in the order of lists.

The triggers of one change may run in any order: an article that is hidden as it comes may be
taken off its counter before it was put there."""

_HIDING: Final = """
CREATE TABLE hidden(uid INTEGER PRIMARY KEY, article_id INTEGER) STRICT;
CREATE INDEX hidden_listed ON hidden(article_id) WHERE article_id IS NOT NULL;
CREATE TRIGGER hidden_came AFTER INSERT ON article
WHEN EXISTS(SELECT 1 FROM hidden WHERE uid = new.uid) BEGIN
  UPDATE article SET aside = aside | 2 WHERE id = new.id AND aside < 2;
  UPDATE hidden SET article_id = new.id WHERE uid = new.uid;
END;
CREATE TRIGGER hidden_moved AFTER UPDATE OF id ON article
WHEN new.id <> old.id AND new.aside >= 2 BEGIN
  UPDATE hidden SET article_id = new.id WHERE uid = new.uid;
END;
CREATE TRIGGER hidden_went AFTER DELETE ON article WHEN old.aside >= 2 BEGIN
  UPDATE hidden SET article_id = NULL WHERE uid = old.uid;
END;
"""

FILL_TAGS: Final = """
INSERT OR IGNORE INTO tag(name)
  WITH RECURSIVE up(name) AS (
    SELECT tag FROM mark_tag
    UNION SELECT rtrim(rtrim(name, replace(name, '/', '')), '/') FROM up WHERE instr(name, '/')
  )
  SELECT name FROM up WHERE name <> '';
INSERT OR IGNORE INTO above
  WITH RECURSIVE up(id, name) AS (
    SELECT id, name FROM tag
    UNION SELECT id, rtrim(rtrim(name, replace(name, '/', '')), '/') FROM up WHERE instr(name, '/')
  )
  SELECT up.id, tag.id FROM up JOIN tag ON tag.name = up.name WHERE up.name <> '';
INSERT OR IGNORE INTO tagged
  SELECT ancestor_id, article.id FROM mark_tag CROSS JOIN article ON article.uid = mark_tag.uid
  JOIN tag ON tag.name = mark_tag.tag JOIN above ON above.tag_id = tag.id WHERE aside < 2;
INSERT OR IGNORE INTO tagged
  SELECT 0, id FROM mark CROSS JOIN article ON article.uid = mark.uid
  WHERE note IS NOT NULL AND aside < 2;
"""
"""Brings what tags need into the tables where only ``mark_tag`` and ``mark`` say it."""

_TAGGING: Final = """
CREATE TABLE tag(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  colour TEXT,
  total INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX tag_named ON tag(name COLLATE NOCASE);
INSERT INTO tag(id, name) VALUES(0, '');
CREATE TABLE above(
  tag_id INTEGER NOT NULL,
  ancestor_id INTEGER NOT NULL,
  PRIMARY KEY(tag_id, ancestor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX below ON above(ancestor_id);
CREATE TABLE tagged(
  tag_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  PRIMARY KEY(tag_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tagged_article ON tagged(article_id);
CREATE INDEX mark_tagged ON mark_tag(tag);
CREATE INDEX mark_noted ON mark(uid) WHERE note IS NOT NULL;
CREATE VIRTUAL TABLE note_fts USING fts5(
  note, content='', tokenize='unicode61 remove_diacritics 2'
);

CREATE TRIGGER tag_counted AFTER INSERT ON tagged BEGIN
  UPDATE tag SET total = total + 1,
    unread = unread + coalesce((SELECT unread FROM article WHERE id = new.article_id), 0)
  WHERE id = new.tag_id;
END;
CREATE TRIGGER tag_uncounted AFTER DELETE ON tagged BEGIN
  UPDATE tag SET total = total - 1,
    unread = unread - coalesce((SELECT unread FROM article WHERE id = old.article_id), 0)
  WHERE id = old.tag_id;
END;
CREATE TRIGGER tag_read AFTER UPDATE OF unread ON article
WHEN new.unread <> old.unread AND new.aside < 2
  AND EXISTS(SELECT 1 FROM tagged WHERE article_id = old.id)
BEGIN
  UPDATE tag SET unread = unread + new.unread - old.unread
  WHERE id IN (SELECT tag_id FROM tagged WHERE article_id = old.id);
END;

CREATE TRIGGER mark_tag_set AFTER INSERT ON mark_tag BEGIN
  INSERT INTO tagged
    SELECT ancestor_id, article.id FROM article CROSS JOIN tag CROSS JOIN above
    WHERE article.uid = new.uid AND aside < 2 AND tag.name = new.tag AND above.tag_id = tag.id
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER mark_tag_taken AFTER DELETE ON mark_tag BEGIN
  DELETE FROM tagged
  WHERE tag_id IN (
      SELECT high.id FROM tag AS low
      CROSS JOIN above ON above.tag_id = low.id CROSS JOIN tag AS high ON high.id = ancestor_id
      WHERE low.name = old.tag
        AND NOT EXISTS(SELECT 1 FROM mark_tag WHERE uid = old.uid AND tag = high.name)
        AND NOT EXISTS(SELECT 1 FROM mark_tag
          WHERE uid = old.uid AND tag >= high.name || '/' AND tag < high.name || '0'))
    AND article_id = (SELECT id FROM article WHERE uid = old.uid);
END;
CREATE TRIGGER mark_noted_new AFTER INSERT ON mark WHEN new.note IS NOT NULL BEGIN
  INSERT INTO note_fts(rowid, note) VALUES(new.uid, new.note);
  INSERT INTO tagged SELECT 0, id FROM article WHERE uid = new.uid AND aside < 2
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER mark_noted_anew AFTER UPDATE OF note ON mark WHEN new.note IS NOT old.note BEGIN
  INSERT INTO note_fts(note_fts, rowid, note)
    SELECT 'delete', old.uid, old.note WHERE old.note IS NOT NULL;
  INSERT INTO note_fts(rowid, note) SELECT new.uid, new.note WHERE new.note IS NOT NULL;
  INSERT INTO tagged
    SELECT 0, id FROM article WHERE new.note IS NOT NULL AND uid = new.uid AND aside < 2
    ON CONFLICT DO NOTHING;
  DELETE FROM tagged WHERE new.note IS NULL
    AND tag_id = 0 AND article_id = (SELECT id FROM article WHERE uid = new.uid);
END;
CREATE TRIGGER mark_forgotten AFTER DELETE ON mark WHEN old.note IS NOT NULL BEGIN
  INSERT INTO note_fts(note_fts, rowid, note) VALUES('delete', old.uid, old.note);
  DELETE FROM tagged
  WHERE tag_id = 0 AND article_id = (SELECT id FROM article WHERE uid = old.uid);
END;

CREATE TRIGGER tagged_came AFTER INSERT ON article WHEN new.aside < 2 AND (
  EXISTS(SELECT 1 FROM mark_tag WHERE uid = new.uid)
  OR EXISTS(SELECT 1 FROM mark WHERE uid = new.uid AND note IS NOT NULL)
) BEGIN
  INSERT INTO tagged
    SELECT ancestor_id, article.id FROM article CROSS JOIN mark_tag CROSS JOIN tag CROSS JOIN above
    WHERE article.id = new.id AND article.aside < 2
      AND mark_tag.uid = new.uid AND tag.name = mark_tag.tag AND above.tag_id = tag.id
    ON CONFLICT DO NOTHING;
  INSERT INTO tagged SELECT 0, article.id FROM article CROSS JOIN mark
    WHERE article.id = new.id AND article.aside < 2
      AND mark.uid = new.uid AND note IS NOT NULL
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER tagged_moved AFTER UPDATE OF id ON article WHEN new.id <> old.id BEGIN
  UPDATE tagged SET article_id = new.id WHERE article_id = old.id;
END;
CREATE TRIGGER tagged_aside AFTER UPDATE OF aside ON article
WHEN new.aside >= 2 AND old.aside < 2 BEGIN
  DELETE FROM tagged WHERE article_id = new.id;
END;
CREATE TRIGGER tagged_back AFTER UPDATE OF aside ON article
WHEN new.aside < 2 AND old.aside >= 2 BEGIN
  INSERT INTO tagged
    SELECT ancestor_id, new.id FROM mark_tag CROSS JOIN tag CROSS JOIN above
    WHERE mark_tag.uid = new.uid AND tag.name = mark_tag.tag AND above.tag_id = tag.id
    ON CONFLICT DO NOTHING;
  INSERT INTO tagged
    SELECT 0, new.id FROM mark WHERE mark.uid = new.uid AND note IS NOT NULL
    ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER tagged_went BEFORE DELETE ON article BEGIN
  DELETE FROM tagged WHERE article_id = old.id;
END;
INSERT INTO note_fts(rowid, note) SELECT uid, note FROM mark WHERE note IS NOT NULL ORDER BY uid;
"""
"""The counts of ``tag`` follow ``tagged``: it is emptied of an article before that one goes.

What is tagged below a tag is named in a range: ``0`` is the sign after the slash.
``INSERT OR IGNORE`` would be of no use in a trigger: what the statement says that fires it holds.
"""

_SAVING: Final = """
CREATE TABLE saved(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  folder TEXT,
  position INTEGER NOT NULL,
  place INTEGER NOT NULL DEFAULT 0 CHECK(place IN (0, 1)),
  unread INTEGER NOT NULL DEFAULT 0,
  stale INTEGER NOT NULL DEFAULT 1 CHECK(stale IN (0, 1))
) STRICT;
CREATE TABLE hit(
  saved_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  PRIMARY KEY(saved_id, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX hit_article ON hit(article_id);
CREATE TRIGGER hit_counted AFTER INSERT ON hit BEGIN
  UPDATE saved SET unread = unread + 1 WHERE id = new.saved_id;
END;
CREATE TRIGGER hit_uncounted AFTER DELETE ON hit BEGIN
  UPDATE saved SET unread = unread - 1 WHERE id = old.saved_id;
END;
CREATE TRIGGER hit_read AFTER UPDATE OF unread ON article
WHEN new.unread < old.unread BEGIN
  DELETE FROM hit WHERE article_id = old.id;
END;
CREATE TRIGGER hit_aside AFTER UPDATE OF aside ON article
WHEN new.aside > 0 AND old.aside = 0 BEGIN
  DELETE FROM hit WHERE article_id = new.id;
END;
CREATE TRIGGER hit_moved AFTER UPDATE OF id ON article WHEN new.id <> old.id BEGIN
  UPDATE hit SET article_id = new.id WHERE article_id = old.id;
END;
CREATE TRIGGER hit_went AFTER DELETE ON article BEGIN
  DELETE FROM hit WHERE article_id = old.id;
END;
CREATE TRIGGER saved_anew AFTER UPDATE OF query ON saved WHEN new.query <> old.query BEGIN
  UPDATE saved SET stale = 1 WHERE id = new.id;
END;
CREATE TRIGGER saved_removed BEFORE DELETE ON saved BEGIN
  DELETE FROM hit WHERE saved_id = old.id;
END;

CREATE TABLE rule(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  actions TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK(enabled IN (0, 1)),
  position INTEGER NOT NULL
) STRICT;
CREATE TABLE keeping(source_id INTEGER PRIMARY KEY, days INTEGER, articles INTEGER) STRICT;
CREATE TABLE gone(uid INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE INDEX gone_at ON gone(at);
"""
"""``hit`` holds the unread articles that a saved search finds; ``saved.unread`` counts them."""

BUILT_IN: Final = (
    ("Samarinda", 'tempat:samarinda or judul:samarinda or "kota samarinda"'),
    ("Balikpapan", 'tempat:balikpapan or judul:balikpapan or "kota balikpapan"'),
    ("Bontang", 'tempat:bontang or judul:bontang or "kota bontang"'),
    (
        "Kutai Kartanegara",
        'tempat:tenggarong or tempat:kukar or "kutai kartanegara" or judul:kukar',
    ),
    (
        "Kutai Timur",
        'tempat:sangatta or tempat:sengata or tempat:kutim or "kutai timur" or judul:kutim',
    ),
    (
        "Kutai Barat",
        'tempat:sendawar or tempat:melak or tempat:kubar or "kutai barat" or judul:kubar',
    ),
    (
        "Paser",
        (
            'tempat:paser -tempat:penajam or tempat:grogot or "kabupaten paser" or "tana paser"'
            ' or "tanah grogot"'
        ),
    ),
    (
        "Penajam Paser Utara",
        'tempat:penajam or tempat:ppu or "penajam paser utara" or judul:penajam or judul:ppu',
    ),
    (
        "Berau",
        'tempat:berau or tempat:redeb or "kabupaten berau" or "tanjung redeb" or judul:berau',
    ),
    ("Mahakam Ulu", 'tempat:mahulu or "mahakam ulu" or "ujoh bilang" or judul:mahulu'),
)
"""The regencies and cities of Kalimantan Timur, each with its capital and what it is called for
short in headlines. A user may mend them."""
PLACES: Final = (
    "INSERT INTO saved(name, query, position, place) VALUES\n"
    + ",\n".join(
        f"  ('{name}', '{query}', {position}, 1)"
        for position, (name, query) in enumerate(BUILT_IN, start=1)
    )
    + ";\n"
)

_RETELLING: Final = """
CREATE TABLE sketch(article_id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE shingle(
  hash INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  PRIMARY KEY(hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE telling(
  article_id INTEGER PRIMARY KEY,
  story INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  first INTEGER NOT NULL CHECK(first IN (0, 1)),
  unread INTEGER NOT NULL CHECK(unread IN (0, 1)),
  aside INTEGER NOT NULL
) STRICT;
CREATE INDEX telling_story ON telling(story);
CREATE INDEX telling_again ON telling(unread) WHERE first = 0 AND aside = 0;
CREATE TABLE retold(total INTEGER NOT NULL, unread INTEGER NOT NULL) STRICT;
INSERT INTO retold VALUES(0, 0);

CREATE TRIGGER telling_came AFTER INSERT ON telling BEGIN
  UPDATE retold SET total = total + 1, unread = unread + new.unread
  WHERE new.first = 0 AND new.aside = 0;
  UPDATE telling SET first = 1 - first WHERE story = new.story AND first <> (article_id IS (
    SELECT told.article_id FROM telling AS told WHERE told.story = new.story AND told.aside = 0
    ORDER BY told.kept, told.article_id LIMIT 1));
END;
CREATE TRIGGER telling_changed AFTER UPDATE OF article_id, story, aside ON telling
WHEN new.article_id <> old.article_id OR new.story <> old.story OR new.aside <> old.aside BEGIN
  UPDATE telling SET first = 1 - first WHERE story = new.story AND first <> (article_id IS (
    SELECT told.article_id FROM telling AS told WHERE told.story = new.story AND told.aside = 0
    ORDER BY told.kept, told.article_id LIMIT 1));
END;
CREATE TRIGGER telling_left AFTER DELETE ON telling BEGIN
  UPDATE retold SET total = total - 1, unread = unread - old.unread
  WHERE old.first = 0 AND old.aside = 0;
  UPDATE telling SET first = 1 - first WHERE story = old.story AND first <> (article_id IS (
    SELECT told.article_id FROM telling AS told WHERE told.story = old.story AND told.aside = 0
    ORDER BY told.kept, told.article_id LIMIT 1));
  DELETE FROM telling WHERE story = old.story
    AND (SELECT count(*) FROM telling AS told WHERE told.story = old.story) = 1;
END;
CREATE TRIGGER telling_counted AFTER UPDATE OF first, unread, aside ON telling BEGIN
  UPDATE retold SET
    total = total + (new.first = 0 AND new.aside = 0) - (old.first = 0 AND old.aside = 0),
    unread = unread + (new.unread AND new.first = 0 AND new.aside = 0)
      - (old.unread AND old.first = 0 AND old.aside = 0);
END;
CREATE TRIGGER article_told_no_more AFTER DELETE ON article BEGIN
  DELETE FROM telling WHERE article_id = old.id;
END;
CREATE TRIGGER article_told_elsewhere AFTER UPDATE OF id ON article WHEN new.id <> old.id BEGIN
  UPDATE telling SET article_id = new.id WHERE article_id = old.id;
END;
CREATE TRIGGER article_told_aside AFTER UPDATE OF unread, aside ON article
WHEN new.unread <> old.unread OR new.aside <> old.aside BEGIN
  UPDATE telling SET unread = new.unread, aside = new.aside WHERE article_id = new.id;
END;
"""
"""What ``stories.py`` works out."""

_FETCHING: Final = """
DROP TRIGGER article_starred;
CREATE TRIGGER article_starred AFTER UPDATE OF starred ON article
WHEN new.starred > old.starred AND new.url IS NOT NULL BEGIN
  INSERT INTO wish(kind, uid, next_at) VALUES('pictures', new.uid, 0) ON CONFLICT DO NOTHING;
  INSERT INTO wish(kind, uid, next_at)
    SELECT 'text', new.uid, 0 FROM source
    WHERE id = new.source_id AND kind = 'feed'
      AND NOT EXISTS(SELECT 1 FROM cut WHERE uid = new.uid)
    ON CONFLICT DO NOTHING;
END;
INSERT OR IGNORE INTO wish(kind, uid, next_at)
  SELECT 'text', uid, 0 FROM article JOIN source ON source.id = source_id
  WHERE starred = 1 AND article.url IS NOT NULL AND kind = 'feed'
    AND NOT EXISTS(SELECT 1 FROM cut WHERE cut.uid = article.uid);
"""
"""What is starred is kept for offline: with its pictures, and with the text of its page where its
feed may have cut it."""

SCRIPT: Final = (
    _COUNTING + _HIDING + _TAGGING + FILL_TAGS + _SAVING + PLACES + _RETELLING + _FETCHING
)
