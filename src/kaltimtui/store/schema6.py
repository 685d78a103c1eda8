"""The sixth format: which text of an article the user has read, where it has another by now.

Written where the text of a read article changes, never where one reads: that stays as quick as it
was. ``seen`` says that the user has looked at what changed.
"""

from __future__ import annotations

from typing import Final

SCRIPT: Final = """
CREATE TABLE text_read(
  uid INTEGER PRIMARY KEY,
  text_hash INTEGER NOT NULL,
  seen INTEGER NOT NULL DEFAULT 0 CHECK(seen IN (0, 1))
) STRICT;
INSERT INTO text_read(uid, text_hash)
  SELECT uid, text_hash FROM (
    SELECT article.uid, (
      SELECT version.text_hash FROM version
      WHERE version.uid = article.uid AND version.seen_at > mark.changed_at
      ORDER BY version.seen_at LIMIT 1
    ) AS text_hash
    FROM article INDEXED BY article_edited CROSS JOIN mark ON mark.uid = article.uid
    WHERE article.versions > 1 AND mark.read = 1
  ) WHERE text_hash IS NOT NULL;
"""
"""Of what was read before there was this table, the version read is the one that stood when the
article was marked last."""
