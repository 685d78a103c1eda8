"""An article in which letters stand over all that leads somewhere, while one chooses among it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from kaltimtui import text
from kaltimtui.ui.hints import Chosen, Hints, Target
from kaltimtui.ui.widgets.article_view import ArticleView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.style import Style
    from textual import events

    from kaltimtui.models import Article

NUMBERED: Final = 9
"""Links of an article that a digit opens."""
_DIGITS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"


class HintedView(ArticleView, inherit_bindings=False):
    """Shows labels of what is in sight, and tells what was typed out."""

    @dataclass
    class HintChosen(Message):
        """Something was chosen by its label, by its capital letter for the browser."""

        target: Target
        forced: bool

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._hints: Hints | None = None
        self._numbers: dict[str, int] = {}
        self._ended: Callable[[], None] = lambda: None

    @property
    def hinting(self) -> bool:
        """Whether labels are shown, which take the keys."""
        return self._hints is not None

    def numbered(self) -> list[str]:
        """The addresses of the links that digits open."""
        from kaltimtui.ui.links import links_of  # needed where a link is followed

        return [link.url for link in links_of(self._article, NUMBERED)] if self._article else []

    def show_hints(self, ended: Callable[[], None]) -> int:
        """Show labels until a key chooses one, or none; how many. ``ended`` is called then."""
        targets = list(self._targets())
        if targets:
            self._numbers = {url: number for number, url in enumerate(self.numbered(), 1)}
            self._hints, self._ended = Hints(targets), ended
            self.refresh()
        return len(targets)

    def end_hints(self) -> bool:
        """Take the labels away; False where there are none."""
        if self._hints is None:
            return False
        self._hints = None
        self.refresh()
        self._ended()
        return True

    def _targets(self) -> Iterator[Target]:
        """All that is in sight and leads somewhere, from the top."""
        before: str | None = None
        item: int | None = None
        top = self.scroll_offset.y
        for at in range(top, min(top + self._height, len(self._page))):
            line = self._page.lines[at]
            if line.item is not None:
                if line.item != item and self._leads(line.item):
                    yield Target(at, 0, item=line.item)
                item = line.item
                continue
            cell = 0
            for run in line.runs:
                url = text.link(run.look.href)
                if url is not None and url != before:
                    yield Target(at, cell, url=url)
                # A link that goes on in the next line, behind a bar perhaps, is the same.
                if url is not None or run.text.strip(" │▎"):
                    before = url
                cell += text.width(run.text)
            if not line.runs:
                before = None

    def _leads(self, item: int) -> bool:
        related = self._article.related[item] if self._article else None
        return related is not None and bool(related.article or text.address(related.url))

    # --- what ends them -------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Take a letter of a label; any other key ends it."""
        if self._hints is None:
            return
        event.stop()
        event.prevent_default()
        key = event.character or ""
        chosen = self._hints.type(key)
        if chosen is True:
            self.refresh()
            return
        self.end_hints()
        if isinstance(chosen, Chosen):
            self.post_message(self.HintChosen(chosen.target, chosen.forced))
        elif key in map(str, self._numbers.values()):
            url = list(self._numbers)[int(key) - 1]
            self.post_message(self.HintChosen(Target(0, 0, url=url), forced=False))

    def on_blur(self) -> None:
        """Nobody would type a label any more."""
        self.end_hints()

    def set_again(self, before: Article | None = None) -> None:
        """Set the text anew, with labels anew where there were some."""
        with self._labelled_anew():
            super().set_again(before)

    def _lay_out(self, place: int) -> None:
        with self._labelled_anew():
            super()._lay_out(place)

    @contextmanager
    def _labelled_anew(self) -> Iterator[None]:
        """Put the labels where things stand afterwards: one who asked for them waits to choose."""
        hinting, self._hints = self.hinting, None
        yield
        if hinting:
            targets = list(self._targets())
            self._hints = Hints(targets)
            if not targets:
                self.end_hints()

    def show(self, article: Article | None, *given: Any, **named: Any) -> None:
        """Show an article without labels."""
        self.end_hints()
        super().show(article, *given, **named)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Show labels no longer where other things came into sight."""
        super().watch_scroll_y(old_value, new_value)
        if old_value != new_value:
            self.end_hints()

    # --- drawing --------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the widget, with the labels over it."""
        strip = super().render_line(y)
        place = self.scroll_offset.y + y
        if self._hints is None:
            return strip
        style = self._style("body", "hint")
        for cell, label in reversed(self._hints.on(place)):
            strip = self._labelled(
                strip, self._margin + cell, label, self._number(place, cell), style
            )
        return strip

    def _number(self, line: int, cell: int) -> str:
        """The digit that opens the link at a place, small; empty where none does."""
        _line, run = self.at(self._margin + cell, line - self.scroll_offset.y)
        number = self._numbers.get(text.link(run.look.href) or "") if run else None
        return _DIGITS[number] if number else ""

    def _labelled(self, strip: Strip, at: int, label: str, number: str, style: Style) -> Strip:
        """A line with a label laid over it; what it would cut a wide character in two goes too."""
        end = at + len(label) + len(number)
        before, _under, after = strip.extend_cell_length(end).divide([at, end, strip.cell_length])
        over = [Segment(label, style)]
        if number:
            over.append(Segment(number, self._style("meta")))
        return Strip([*before, *over, *after])
