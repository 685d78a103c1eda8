"""One article, set in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.geometry import Size as Cells

from kaltimtui.i18n import _
from kaltimtui.pixels.fit import Size
from kaltimtui.ui.setting.article import article_lines, head_lines, heading, notice_lines
from kaltimtui.ui.setting.lines import Role
from kaltimtui.ui.setting.page import Page
from kaltimtui.ui.setting.pictures import top_for, words_at
from kaltimtui.ui.setting.timeline import found_again, ordered
from kaltimtui.ui.widgets.find_view import FindView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kaltimtui.models import Article, Related
    from kaltimtui.query.marking import Marker
    from kaltimtui.ui.setting.pictures import Figure, Figures

_FAR: Final = 4_000
"""Lines from the top from which on words are found again by their place, about, when pictures come:
all above them would have to be laid out at once."""
_LEAST: Final = 3
"""Lines below which a picture shows nothing."""


def _seen(article: Article) -> tuple[object, ...]:
    """What of an article may change while it is shown, and can be seen, but its related items."""
    return article.tags, article.note, article.source, article.versions, article.edited


class ArticleView(FindView, can_focus=True, inherit_bindings=False):
    """Shows an article; the screen tells it where to go, it tells how far one has come."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._article: Article | None = None
        self._marker: Marker | None = None
        self._now: datetime | None = None
        self._set_for = 0
        """The height of the pane when pictures were set into it last."""

    @property
    def article(self) -> Article | None:
        """The article that is shown."""
        return self._article

    @property
    def article_id(self) -> str | None:
        """The id of the article that is shown."""
        return self._article.id if self._article else None

    @property
    def heading(self) -> str:
        """The name of the pane: the article's category, else its source; empty without one."""
        return heading(self._article) if self._article else ""

    def show(
        self, article: Article | None, now: datetime, *, offset: int = 0, seek: bool = False
    ) -> None:
        """Show an article, or the word that none is chosen, from the place ``offset`` on.

        Asked to ``seek`` and given no place, it goes to the first word that is marked, if any is.
        """
        self._article, self._now = article, now
        self._seeking = seek and not offset and self._marker is not None
        self._hit_at = None
        self.set_reactive(ArticleView.cursor, None)
        self._lay_out(offset)

    def mark(self, marker: Marker | None, *, anew: bool = True) -> None:
        """Mark other words from now on; not ``anew``: in what is shown after this article."""
        if marker != self._marker:
            self._marker = marker
            if anew and self._article is not None and self._width:
                self._lay_out(self.place)

    def seek(self) -> None:
        """Go to the first word that is marked, unless one has come further than the top."""
        if self._marker is not None and self.scroll_offset.y == 0 and not self._wanted:
            self._seeking = True
            self._reach_hit(0)

    def update_state(self, article: Article) -> None:
        """Take the same article with other marks; set anew only where they can be seen."""
        before = self._article
        if before and article.related != before.related:
            self.renew(article)
            return
        self._article = article
        if before and _seen(article) != _seen(before):
            self.set_again(before)

    def renew(self, article: Article) -> None:
        """Set the same article anew as it is by now.

        The cursor stays with its item. Where related items are read, the one under the cursor, or
        the first in sight, keeps its line; else the words one reads do.
        """
        before = self._article.related if self._article else ()
        held = self._held(before)
        below = self._page.rows(held).start - self.scroll_offset.y if held is not None else 0
        self._article = article
        self.set_reactive(ArticleView.cursor, found_again(self.cursor, before, article.related))
        self._lay_out(self.place)
        held = found_again(held, before, article.related)
        if held is not None:
            self._hurry()
            if rows := self._page.rows(held):
                self._wanted = None
                self.go_to(rows.start - below)

    def _held(self, related: Sequence[Related]) -> int | None:
        """The item that is to keep its line: that of the cursor, else the first in sight.

        None where the text above the items is in sight and the cursor is not.
        """
        top = self.scroll_offset.y
        sight = self._page.lines[top : top + self._height]
        items = [line.item for line in sight if line.item is not None]
        if self.cursor in items:
            return self.cursor
        above = items and self._page.rows(ordered(related)[0]).start < top
        return items[0] if above else None

    def page_for(self, width: int) -> Page:
        """The article, or the word that none is chosen."""
        if self._now is None or width <= 0:
            return Page()
        if self._article is None:
            return Page(notice_lines(_("Choose an article to read it."), width))
        lines = article_lines(self._article, width, self._now, self.figures)
        if self._marker is None:
            return Page(lines)
        from kaltimtui.ui.setting.hits import marked  # needed where something is searched for

        return Page(marked(lines, self._marker))

    # --- pictures -------------------------------------------------------------------------

    @property
    def figures(self) -> Figures | None:
        """How pictures stand in the text, while they are shown."""
        return self._figure if self.gallery is not None and self.gallery.shown else None

    def _figure(self, url: str, width: int) -> Figure | None:
        """A picture takes half the pane at most, so that words can be seen with it."""
        lines = self._height // 2
        if self.gallery is None or lines < _LEAST:
            return None
        return self.gallery.figure(url, Size(width, 2 * lines))

    def set_again(self, before: Article | None = None) -> None:
        """Set the text anew as pictures come or go; the words one reads keep their line.

        Those are the word one was led to, else the first line in sight. ``before``: the article as
        it was set, where other things are known of it now.
        """
        if not self._width or self._article is None:
            return
        top, led = self.scroll_offset.y, self.at_hit
        if self._wanted is not None or not (0 < top < _FAR or led):
            self._lay_out(self.place)
            return
        at = self._page.first(Role.HIT, top) if led else None
        words = words_at(self._page.lines, top, at)
        if before is not None and words.before >= self._head(before):
            words = words._replace(before=words.before + self._head() - self._head(before))
        self._lay_out(self.place)
        self._wanted, self._seeking = None, False
        line = top_for(self._page, words)
        self.extend(Cells(self._width, len(self._page)))
        self.go_to(line)
        self._hit_at = line if led else None

    def _head(self, article: Article | None = None) -> int:
        """The lines above the text."""
        article = article or self._article
        assert article is not None
        assert self._now is not None
        return sum(1 for _line in head_lines(article, self._width - 2 * self._margin, self._now))

    def on_resize(self) -> None:
        """Let pictures take half of another height; for another width all is set anew besides."""
        same_width = self._width == self.scrollable_content_region.width
        if same_width and self.figures is not None and self._set_for not in (0, self._height):
            self.set_again()
        self._set_for = self._height
