"""How lists ask which articles tell a story that another one tells; ``stories.py`` finds out."""

from __future__ import annotations

from typing import Final

LEFT_OUT: Final = "telling.first = 0 AND telling.aside = 0"
"""What the built-in lists leave out, as rows of ``telling``."""
NOT_LEFT_OUT: Final = (
    "NOT EXISTS(SELECT 1 FROM telling WHERE telling.article_id = article.id AND telling.first = 0)"
)
"""The same as a condition on ``article``, for a page of a list of articles that are not aside."""
OTHERS: Final = (
    "(SELECT count(*) FROM telling CROSS JOIN telling AS told ON told.story = telling.story"
    " WHERE telling.article_id = article.id"
    " AND told.article_id <> article.id AND told.aside < 2)"
)
"""In how many more sources the story of an ``article`` stands, as a column."""
TELLING: Final = (
    "SELECT coalesce(told.article_id, asked.id) FROM article AS asked"
    " LEFT JOIN telling ON telling.article_id = asked.id"
    " LEFT JOIN telling AS told ON told.story = telling.story AND told.aside < 2"
    " WHERE asked.uid = ?"
)
"""The places of all articles that tell the story of the one with a uid."""
