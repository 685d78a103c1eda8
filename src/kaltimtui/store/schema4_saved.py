"""The fourth format, of saved searches: which articles are to be asked anew whether they are found.

``fresh`` is written to at its end and emptied from its beginning (``settling.py``). It names
unread articles alone: what is read is no hit.
"""

from __future__ import annotations

from typing import Final

SCRIPT: Final = """
ALTER TABLE saved ADD COLUMN settled_at INTEGER;
ALTER TABLE saved ADD COLUMN unreadable INTEGER NOT NULL DEFAULT 0 CHECK(unreadable IN (0, 1));

CREATE TABLE fresh(id INTEGER PRIMARY KEY AUTOINCREMENT, uid INTEGER NOT NULL) STRICT;
CREATE TRIGGER fresh_came AFTER INSERT ON article WHEN new.unread = 1 BEGIN
  INSERT INTO fresh(uid) VALUES(new.uid);
END;
CREATE TRIGGER fresh_written AFTER UPDATE OF said_hash ON article WHEN new.unread = 1 BEGIN
  INSERT INTO fresh(uid) VALUES(new.uid);
END;
CREATE TRIGGER fresh_marked AFTER UPDATE OF unread, starred, later, aside ON article
WHEN new.unread = 1 AND (new.unread <> old.unread OR new.starred <> old.starred
  OR new.later <> old.later OR new.aside <> old.aside) BEGIN
  INSERT INTO fresh(uid) VALUES(new.uid);
END;
CREATE TRIGGER fresh_tagged AFTER INSERT ON mark_tag
WHEN EXISTS(SELECT 1 FROM article WHERE uid = new.uid AND unread = 1) BEGIN
  INSERT INTO fresh(uid) VALUES(new.uid);
END;
CREATE TRIGGER fresh_untagged AFTER DELETE ON mark_tag
WHEN EXISTS(SELECT 1 FROM article WHERE uid = old.uid AND unread = 1) BEGIN
  INSERT INTO fresh(uid) VALUES(old.uid);
END;
CREATE TRIGGER fresh_noted AFTER INSERT ON mark WHEN new.note IS NOT NULL BEGIN
  INSERT INTO fresh(uid) VALUES(new.uid);
END;
CREATE TRIGGER fresh_noted_anew AFTER UPDATE OF note ON mark WHEN new.note IS NOT old.note BEGIN
  INSERT INTO fresh(uid) VALUES(new.uid);
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
  INSERT INTO fresh(uid)
    SELECT hidden.uid FROM hidden CROSS JOIN article ON article.id = hidden.article_id
    WHERE hidden.article_id IS NOT NULL AND source_id = new.id AND unread = 1;
END;
"""
"""What a saved search says of sources is their names: where one gets another, all are run anew."""
