"""The fifth format: what marking very many articles at once needs.

While ``bulk`` has a row, whoever marks keeps tags and their counts itself, by sets (``bulk.py``),
and the triggers that do it one by one are still. The row is written and taken away in one
transaction, so that no other program ever sees it.

Whoever takes hits away counts them: ``saved`` is changed once for an article, or for all of many.

The indexes of lists hold only what stands in lists: to hide an article is then to take it out of
them, not to put it elsewhere. Whoever asks them says ``aside & 2 = 0`` in just these words: SQLite
compares them, and does not take them for a range to look in. ``article_source`` holds all, since
what is put aside with its source comes back by it.
"""

from __future__ import annotations

from typing import Final

_LISTING: Final = """
DROP INDEX article_aside;
CREATE INDEX article_aside ON article(aside) WHERE aside & 2 = 0;
DROP INDEX article_unread;
CREATE INDEX article_unread ON article(unread, aside) WHERE aside & 2 = 0;
DROP INDEX article_category;
CREATE INDEX article_category ON article(source_id, category_id, aside) WHERE aside & 2 = 0;
DROP INDEX article_in_category;
CREATE INDEX article_in_category ON article(category_id, aside) WHERE aside & 2 = 0;
"""

_MARKING: Final = """
CREATE TABLE bulk(running INTEGER NOT NULL) STRICT;

DROP TRIGGER hit_uncounted;
DROP TRIGGER hit_read;
CREATE TRIGGER hit_read AFTER UPDATE OF unread ON article
WHEN new.unread < old.unread AND EXISTS(SELECT 1 FROM hit WHERE article_id = new.id) BEGIN
  UPDATE saved SET unread = unread - 1
    WHERE id IN (SELECT saved_id FROM hit WHERE article_id = new.id);
  DELETE FROM hit WHERE article_id = new.id;
END;
DROP TRIGGER hit_aside;
DROP TRIGGER hit_put_aside;
CREATE TRIGGER hit_aside AFTER UPDATE OF aside ON article
WHEN (new.aside > 0 AND old.aside = 0 OR new.aside >= 2 AND old.aside = 1)
  AND EXISTS(SELECT 1 FROM hit WHERE article_id = new.id)
BEGIN
  UPDATE saved SET unread = unread - 1
    WHERE id IN (SELECT saved_id FROM hit WHERE article_id = new.id);
  DELETE FROM hit WHERE article_id = new.id;
END;
DROP TRIGGER hit_went;
CREATE TRIGGER hit_went AFTER DELETE ON article BEGIN
  UPDATE saved SET unread = unread - 1
    WHERE id IN (SELECT saved_id FROM hit WHERE article_id = old.id);
  DELETE FROM hit WHERE article_id = old.id;
END;

DROP TRIGGER tag_counted;
CREATE TRIGGER tag_counted AFTER INSERT ON tagged WHEN NOT EXISTS(SELECT 1 FROM bulk) BEGIN
  UPDATE tag SET total = total + 1,
    unread = unread + coalesce((SELECT unread FROM article WHERE id = new.article_id), 0)
  WHERE id = new.tag_id;
END;
DROP TRIGGER tag_uncounted;
CREATE TRIGGER tag_uncounted AFTER DELETE ON tagged WHEN NOT EXISTS(SELECT 1 FROM bulk) BEGIN
  UPDATE tag SET total = total - 1,
    unread = unread - coalesce((SELECT unread FROM article WHERE id = old.article_id), 0)
  WHERE id = old.tag_id;
END;
DROP TRIGGER mark_tag_set;
CREATE TRIGGER mark_tag_set AFTER INSERT ON mark_tag WHEN NOT EXISTS(SELECT 1 FROM bulk) BEGIN
  INSERT INTO tagged
    SELECT ancestor_id, article.id FROM article CROSS JOIN tag CROSS JOIN above
    WHERE article.uid = new.uid AND aside < 2 AND tag.name = new.tag AND above.tag_id = tag.id
    ON CONFLICT DO NOTHING;
END;
DROP TRIGGER mark_tag_taken;
CREATE TRIGGER mark_tag_taken AFTER DELETE ON mark_tag WHEN NOT EXISTS(SELECT 1 FROM bulk) BEGIN
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
DROP TRIGGER fresh_tagged;
CREATE TRIGGER fresh_tagged AFTER INSERT ON mark_tag
WHEN NOT EXISTS(SELECT 1 FROM bulk)
  AND EXISTS(SELECT 1 FROM article WHERE uid = new.uid AND unread = 1)
BEGIN
  INSERT INTO fresh(uid, marked) VALUES(new.uid, 1);
END;
DROP TRIGGER fresh_untagged;
CREATE TRIGGER fresh_untagged AFTER DELETE ON mark_tag
WHEN NOT EXISTS(SELECT 1 FROM bulk)
  AND EXISTS(SELECT 1 FROM article WHERE uid = old.uid AND unread = 1)
BEGIN
  INSERT INTO fresh(uid, marked) VALUES(old.uid, 1);
END;
"""

SCRIPT: Final = _LISTING + _MARKING
