"""Where a note is written: below its article, or over it where there is no room for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.message import Message
from textual.widgets import TextArea

from kaltimtui import text
from kaltimtui.i18n import _
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.lines import Heading

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Paste

_ROOM_FOR_BOTH: Final = 24
"""Rows of the screen from which the article stays in sight."""
LONGEST_LINE: Final = 20_000
"""Characters of a line: each key wraps the whole line anew, a megabyte takes seconds."""


def has_room(written: str) -> bool:
    """Whether every line of a text is short enough to be written in."""
    return all(len(line) <= LONGEST_LINE for line in written.split("\n"))


class NoteText(TextArea):
    """The text of a note: Markdown, as it is typed."""

    DEFAULT_CSS = """
    NoteText {
        &, &:focus {
            width: 100%; height: 1fr; padding: 0 2; border: none;
            background: $cursor-ground-dim; color: $ink-strong; background-tint: $ink 0%;
        }
        scrollbar-size-vertical: 1; scrollbar-color: $cursor-ground;
        scrollbar-background: $cursor-ground-dim;

        & .text-area--cursor { color: $cursor-ground; background: $ink-strong; }
        & .text-area--cursor-line { background: $cursor-ground-dim; }
        & .text-area--selection { background: $ink-muted; color: $text-ground; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", show=False)]

    def action_keep(self) -> None:
        """Ask for what is written to be kept."""
        self.post_message(NotePane.Kept())

    def on_paste(self, event: Paste) -> None:
        """Take what can be read of it; a line without end would hold up every key."""
        event.text = text.verbatim(event.text)
        if not has_room(event.text):
            event.prevent_default()
            event.stop()
            said = _("A line of what was pasted has more than {count} characters.")
            self.notify(said.format(count=LONGEST_LINE), severity="warning", markup=False)


class NotePane(Room):
    """A heading, and the text of one article's note."""

    DEFAULT_CSS = "NotePane { layout: vertical; height: 1fr; background: $cursor-ground-dim; }"

    class Written(Message):
        """Something else is written than before."""

    class Kept(Message):
        """What is written is to be kept now."""

    def __init__(self, article: str, note: str) -> None:
        super().__init__()
        self.article = article
        """The id of the article that the note is on."""
        self.heading = Heading(indent=2)
        self.text = NoteText(note, soft_wrap=True, tab_behavior="indent", compact=True)
        self.kept = note
        """The note as it is in the store."""

    def compose(self) -> ComposeResult:
        """The heading above the text."""
        yield self.heading
        yield self.text

    def on_mount(self) -> None:
        """Begin to write at the end."""
        self.heading.name_shown, self.heading.lit = _("Note"), True
        self.heading.detail = _("Markdown · Ctrl+S keeps it · Esc keeps it and leaves")
        self.text.move_cursor(self.text.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell of what is written."""
        event.stop()
        self.post_message(self.Written())

    @property
    def written(self) -> str:
        """What is written."""
        return self.text.text

    @property
    def over(self) -> bool:
        """Whether there is no room for the article beside it."""
        return self.app.size.height < _ROOM_FOR_BOTH
