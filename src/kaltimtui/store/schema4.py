"""The fourth format: more lists by which a search may be led, and triggers that cost less.

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

SCRIPT: Final = _LISTING + _MARKING
