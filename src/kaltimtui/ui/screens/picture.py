"""The pictures of an article, one at a time and as large as the terminal allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.pixels.fit import Size, rows
from kaltimtui.ui.actions import Hint
from kaltimtui.ui.players import pictures_of
from kaltimtui.ui.setting.lines import Spot
from kaltimtui.ui.widgets.ground import Grounded, ground_of
from kaltimtui.ui.widgets.lines import BottomLine, ClickLine
from kaltimtui.wording import alt_line, caption_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from kaltimtui.models import Article
    from kaltimtui.ui.gallery import Gallery


class PictureView(Grounded, Widget):
    """One picture in the middle, or a word in its place."""

    DEFAULT_CSS = """
    PictureView { height: 1fr; background: $text-ground; color: $ink-muted; }
    """

    def __init__(self, gallery: Gallery) -> None:
        super().__init__()
        self._gallery = gallery
        self.url = ""
        self.word = _("This picture is not here yet.")

    def show(self, url: str) -> None:
        """Show the picture of another address."""
        self.url = url
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the picture, or of what is said instead."""
        width, height = self.size
        plain = self.rich_style
        figure = self._gallery.figure(self.url, Size(width, 2 * height))
        if figure is None or figure.trouble:
            said = figure.trouble if figure else self.word
            shown = text.fit(said, width) if y == height // 2 else ""
            return Strip([Segment(shown.center(width), plain)]).adjust_cell_length(width, plain)
        line = y - (height - rows(figure.size)) // 2
        if not 0 <= line < rows(figure.size):
            return Strip.blank(width, plain)
        spot = Spot(self.url, *figure.size, line)
        picture = self._gallery.line(spot, ground_of(plain)) or ()
        before = Segment(" " * ((width - figure.size.width) // 2), plain)
        return Strip([before, *picture]).adjust_cell_length(width, plain)


class PictureScreen(Screen[str | None]):
    """Goes from picture to picture; what it gives back is an address to open elsewhere."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = """
    PictureScreen { layout: vertical; background: $text-ground; }
    PictureScreen #said { height: auto; max-height: 3; padding: 0 2; color: $ink;
        background: $text-ground; }
    PictureScreen BottomLine { dock: none; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,q,P", "leave", show=False),
        Binding("ctrl+q", "app.quit", show=False),
        Binding("right,l,space,n,j,down", "go(1)", show=False),
        Binding("left,h,p,k,up", "go(-1)", show=False),
        Binding("o", "open", show=False),
    ]

    def __init__(self, article: Article, gallery: Gallery, address: str | None) -> None:
        """``address``: the picture to begin with; None: the first."""
        super().__init__()
        self._article = article
        self._gallery = gallery
        self._urls = pictures_of(article)
        self._at = self._urls.index(address) if address in self._urls else 0
        self._picture = PictureView(gallery)
        self._said = Static(id="said")
        self._keys = BottomLine()

    def compose(self) -> ComposeResult:
        """The picture, what is said of it, and what can be done."""
        yield self._picture
        yield self._said
        yield self._keys

    def on_mount(self) -> None:
        """Show the first."""
        self._show()

    def renew(self, why_not: str = "") -> None:
        """Draw it anew: it came, or was drawn, or will not come."""
        self._picture.word = why_not or self._picture.word
        self._picture.refresh()

    def _show(self) -> None:
        self._picture.show(self._urls[self._at])
        said = self._caption(self._urls[self._at])
        self._said.update(Content(said))
        self._said.display = bool(said)
        several = len(self._urls) > 1
        self._keys.place = f"{self._at + 1}/{len(self._urls)}" if several else ""
        through = (Hint("←/→", _("next picture"), "go(1)"),) if several else ()
        self._keys.keys = (
            *through,
            Hint("o", _("open outside"), "open"),
            Hint("Esc", _("back"), "leave"),
        )

    def _caption(self, url: str) -> str:
        """What is said of a picture."""
        article = self._article
        for image in article.document.images():
            if text.address(image.url) == url and (image.caption or image.alt):
                alt = "" if image.caption else alt_line(image.alt)
                return caption_line(image.caption or alt, image.credit)
        if url == text.address(article.image):
            return caption_line(article.caption, article.photo_credit)
        return ""

    @on(ClickLine.Clicked)
    async def _line_clicked(self, event: ClickLine.Clicked) -> None:
        await self.run_action(event.action)

    def action_go(self, step: int) -> None:
        """To the next picture, or the one before; from the last to the first."""
        self._at = (self._at + step) % len(self._urls)
        self._show()

    def action_open(self) -> None:
        """Open the picture with what the system shows pictures with."""
        shot = self._gallery.shot(self._urls[self._at])
        self.dismiss(shot.file.as_uri() if shot else self._urls[self._at])

    def action_leave(self) -> None:
        """Back to the text."""
        self.dismiss(None)
