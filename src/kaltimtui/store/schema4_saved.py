"""The fourth format, of saved searches: which articles are to be looked for anew.

``fresh`` is written to at its end and emptied from its beginning (``settling.py``). It names
unread articles alone: what is read is no hit. ``marked`` says that only a mark was
changed, which most searches do not ask for. Notes that are deleted with their mark are not heard
of: nothing does that but the repair of a store, which has all searches run anew.
"""

from __future__ import annotations

from typing import Final

SCRIPT: Final = """
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
"""What a saved search says of sources is their names: where one gets another, all are run anew."""
