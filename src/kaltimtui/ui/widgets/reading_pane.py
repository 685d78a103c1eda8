"""The reading pane: one article, and what can be chosen in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from kaltimtui import text
from kaltimtui.ui.setting.timeline import ordered
from kaltimtui.ui.widgets.hinted_view import HintedView

if TYPE_CHECKING:
    from textual import events

    from kaltimtui.models import Related


class ReadingPane(HintedView, inherit_bindings=False):
    """Shows an article; the screen tells it where to go, it tells the screen what was chosen.

    ``cursor`` is the place in ``article.related`` of the item the cursor is on.
    """

    @dataclass
    class RelatedSelected(Message):
        """A related item was chosen whose article is in the store."""

        article_id: str

    @dataclass
    class LinkSelected(Message):
        """A safe address was chosen, of a page or to write to."""

        url: str
        forced: bool = False
        """Whether it is to be opened in the browser, wherever it leads."""
        related: bool = False
        """Whether it is that of a related item."""

    @property
    def related_in_sight(self) -> bool:
        """Whether the first related item is on the screen."""
        order = ordered(self._article.related) if self._article else []
        rows = self._page.rows(order[0] if order else None)
        top = self.scroll_offset.y
        return bool(rows) and top <= rows.start < top + self._height

    def related_next(self) -> bool:
        """Put the cursor on the next related item; False where there is none."""
        return self._move_cursor(1)

    def related_previous(self) -> bool:
        """Put the cursor on the related item before; False where there is none."""
        return self._move_cursor(-1)

    def activate(self) -> bool:
        """Choose the item under the cursor; False where it leads nowhere."""
        if self.cursor is None or self._article is None:
            return False
        return self._choose(self._article.related[self.cursor])

    def _move_cursor(self, step: int) -> bool:
        self._hurry()
        order = ordered(self._article.related) if self._article else []
        if not order:
            return False
        at = order.index(self.cursor) + step if self.cursor is not None else 0
        if not 0 <= at < len(order):
            return False
        self.cursor = order[at]
        if not self._page.rows(self.cursor):  # it is still to be laid out, near the end
            self._seek_end()
        return True

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        """Show the cursor where it is now."""
        for rows in map(self._page.rows, (old, new)):
            if rows:
                self.refresh_lines(rows.start, len(rows))
        rows = self._page.rows(new)
        top = self.scroll_offset.y
        if rows and not top <= rows.start < rows.stop <= top + self._height:
            self.go_to(rows.start - self._height // 3)

    def on_hinted_view_hint_chosen(self, message: HintedView.HintChosen) -> None:
        """Follow what was chosen by its label."""
        message.stop()
        target = message.target
        if target.item is None:
            self._follow(target.url, forced=message.forced)
        elif self._article is not None:
            self.cursor = target.item
            self._choose(self._article.related[target.item], forced=message.forced)

    def _choose(self, item: Related, *, forced: bool = False) -> bool:
        if item.article is not None and not (forced and text.address(item.url)):
            self.post_message(self.RelatedSelected(item.article))
            return True
        return self._follow(item.url, forced=forced, related=True)

    def _follow(self, href: str | None, *, forced: bool = False, related: bool = False) -> bool:
        url = text.link(href)
        if url:
            self.post_message(self.LinkSelected(url, forced, related))
        return url is not None

    def on_click(self, event: events.Click) -> None:
        """Follow what was clicked on; a click that ends a selection selects only."""
        self.end_hints()
        offset = event.get_content_offset(self)
        if offset is None or self.text_selection is not None:
            return
        line, run = self.at(offset.x, offset.y)
        if line and line.item is not None:
            self.cursor = line.item
            self.activate()
        elif run:
            self._follow(run.look.href)
