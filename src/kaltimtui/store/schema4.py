"""The fourth format: more lists to lead a search by, cheaper triggers, counts of saved searches.

``article.pictured`` says whether an article has a lead picture, which its body says as well: who
writes one writes both. It is the last column, so that what wrote or reads fewer is not misled.
``article_unread`` holds what was read, too.
"""

from __future__ import annotations

from typing import Final

FILL_PICTURED: Final = """
UPDATE article SET pictured = 1 - pictured
  WHERE pictured <> is_pictured((SELECT data FROM body WHERE article_id = article.id));
"""
"""Takes a function that looks into a body: ``codec.is_pictured``."""

_LISTING: Final = (
    """
ALTER TABLE article ADD COLUMN pictured INTEGER NOT NULL DEFAULT 0 CHECK(pictured IN (0, 1));
"""
    + FILL_PICTURED
    + """
CREATE INDEX article_pictured ON article(aside) WHERE pictured = 1;
DROP INDEX article_unread;
CREATE INDEX article_unread ON article(unread, aside);
"""
)

_MARKING: Final = """
DROP TRIGGER article_put_aside;
DROP TRIGGER article_put_back;
CREATE TRIGGER article_put AFTER UPDATE OF aside ON article
WHEN (new.aside < 2) <> (old.aside < 2) BEGIN
  INSERT INTO counter VALUES(new.source_id, new.category_id,
    iif(new.aside < 2, 1, -1), iif(new.aside < 2, new.unread, -new.unread))
  ON CONFLICT DO UPDATE SET total = total + excluded.total, unread = unread + excluded.unread;
END;

DROP TRIGGER tagged_aside;
CREATE TRIGGER tagged_aside AFTER UPDATE OF aside ON article
WHEN new.aside >= 2 AND old.aside < 2
  AND EXISTS(SELECT 1 FROM tagged WHERE article_id = new.id)
BEGIN
  DELETE FROM tagged WHERE article_id = new.id;
END;
DROP TRIGGER tagged_back;
CREATE TRIGGER tagged_back AFTER UPDATE OF aside ON article
WHEN new.aside < 2 AND old.aside >= 2 AND (
  EXISTS(SELECT 1 FROM mark_tag WHERE uid = new.uid)
  OR EXISTS(SELECT 1 FROM mark WHERE uid = new.uid AND note IS NOT NULL)
) BEGIN
  INSERT INTO tagged
    SELECT ancestor_id, new.id FROM mark_tag CROSS JOIN tag CROSS JOIN above
    WHERE mark_tag.uid = new.uid AND tag.name = mark_tag.tag AND above.tag_id = tag.id
    ON CONFLICT DO NOTHING;
  INSERT INTO tagged
    SELECT 0, new.id FROM mark WHERE mark.uid = new.uid AND note IS NOT NULL
    ON CONFLICT DO NOTHING;
END;

DROP TRIGGER hit_read;
CREATE TRIGGER hit_read AFTER UPDATE OF unread ON article
WHEN new.unread < old.unread AND EXISTS(SELECT 1 FROM hit WHERE article_id = new.id) BEGIN
  DELETE FROM hit WHERE article_id = new.id;
END;
DROP TRIGGER hit_aside;
CREATE TRIGGER hit_aside AFTER UPDATE OF aside ON article
WHEN new.aside > 0 AND old.aside = 0
  AND EXISTS(SELECT 1 FROM hit WHERE article_id = new.id)
BEGIN
  DELETE FROM hit WHERE article_id = new.id;
END;
DROP TRIGGER article_told_aside;
CREATE TRIGGER article_told_aside AFTER UPDATE OF unread, aside ON article
WHEN (new.unread <> old.unread OR new.aside <> old.aside)
  AND EXISTS(SELECT 1 FROM telling WHERE article_id = new.id)
BEGIN
  UPDATE telling SET unread = new.unread, aside = new.aside WHERE article_id = new.id;
END;
"""
"""A statement that fires triggers itself sets up a table of its own before it looks for rows, which
is most of the time of marking very many articles: it is only come to where there are some."""

_SETTLING: Final = """
ALTER TABLE saved ADD COLUMN settled_at INTEGER;
ALTER TABLE saved ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0 CHECK(unreadable IN (0, 1));

CREATE TABLE fresh(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid INTEGER NOT NULL,
  marked INTEGER NOT NULL CHECK(marked IN (0, 1))
) STRICT;
CREATE TRIGGER fresh_came AFTER INSERT ON article WHEN new.unread = 1 BEGIN
  INSERT INTO fresh(uid, marked) VALUES(new.uid, 0);
END;
CREATE TRIGGER fresh_written AFTER UPDATE OF said_hash ON article WHEN new.unread = 1 BEGIN
  INSERT INTO fresh(uid, marked) VALUES(new.uid, 0);
END;
CREATE TRIGGER fresh_back AFTER UPDATE OF unread, aside ON article
WHEN new.unread = 1 AND (old.unread = 0 OR new.aside <> old.aside) BEGIN
  INSERT INTO fresh(uid, marked) VALUES(new.uid, 0);
END;
CREATE TRIGGER fresh_marked AFTER UPDATE OF starred, later ON article
WHEN new.unread = 1 AND (new.starred <> old.starred OR new.later <> old.later) BEGIN
  INSERT INTO fresh(uid, marked) VALUES(new.uid, 1);
END;
CREATE TRIGGER fresh_tagged AFTER INSERT ON mark_tag
WHEN EXISTS(SELECT 1 FROM article WHERE uid = new.uid AND unread = 1) BEGIN
  INSERT INTO fresh(uid, marked) VALUES(new.uid, 1);
END;
CREATE TRIGGER fresh_untagged AFTER DELETE ON mark_tag
WHEN EXISTS(SELECT 1 FROM article WHERE uid = old.uid AND unread = 1) BEGIN
  INSERT INTO fresh(uid, marked) VALUES(old.uid, 1);
END;
CREATE TRIGGER fresh_noted AFTER INSERT ON mark WHEN new.note IS NOT NULL BEGIN
  INSERT INTO fresh(uid, marked) VALUES(new.uid, 1);
END;
CREATE TRIGGER fresh_noted_anew AFTER UPDATE OF note ON mark WHEN new.note IS NOT old.note BEGIN
  INSERT INTO fresh(uid, marked) VALUES(new.uid, 1);
END;

CREATE TRIGGER hit_put_aside AFTER UPDATE OF aside ON article
WHEN new.aside >= 2 AND old.aside = 1 BEGIN
  DELETE FROM hit WHERE article_id = new.id;
END;
CREATE TRIGGER saved_renamed AFTER UPDATE OF name ON source WHEN new.name <> old.name BEGIN
  UPDATE saved SET stale = 1;
END;
CREATE TRIGGER saved_hidden AFTER UPDATE OF aside ON source
WHEN (new.aside >= 2) <> (old.aside >= 2) BEGIN
  INSERT INTO fresh(uid, marked)
    SELECT hidden.uid, 0 FROM hidden CROSS JOIN article ON article.id = hidden.article_id
    WHERE hidden.article_id IS NOT NULL AND source_id = new.id AND unread = 1;
END;
"""
"""Which articles saved searches are to look for anew.

``fresh`` is written to at its end and emptied from its beginning (``settling.py``). It names
unread articles alone: what is read is no hit. ``marked`` says that only a mark was
changed, which most searches do not ask for. Notes that are deleted with their mark are not heard
of: nothing does that but the repair of a store, which has all searches run anew.

What a saved search says of sources is their names: where one gets another, all are run anew."""

SCRIPT: Final = _LISTING + _MARKING + _SETTLING
