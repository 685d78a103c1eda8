"""The fourth format: two more things that a list may be asked for have lists of their own.

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

SCRIPT: Final = (
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
