"""The line to type a search in, and below it what may follow, or what is wrong with it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.widget import Widget
from textual.widgets import Input

from kaltimtui import i18n, text
from kaltimtui.ui.background import Background
from kaltimtui.ui.widgets.ground import Room
from kaltimtui.ui.widgets.lines import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from kaltimtui.library import Library
    from kaltimtui.query.completing import Completion

_INDENT: Final = 3
"""Cells before what is typed."""
_ROOM_FOR_OPTIONS: Final = 16
"""Rows of the screen from which one is kept for what may follow."""
_CARET: Final = "^"
_MOST_LINES: Final = 4
"""Lines that say what is wrong, at most: they stand where there are few cells."""
_BLANKS: Final = str.maketrans("\n\t", "  ")


class Clean:
    """A line to type in that takes no sign which a terminal would obey: it may be pasted."""

    def validate_value(self, value: str) -> str:
        """What of it can be read; blanks stay as they are."""
        return text.verbatim(value).translate(_BLANKS)


class SearchBox(Clean, Input, inherit_css=False):
    """A line to type what is searched for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*Input.COMPONENT_CLASSES, "input--wrong"}
    DEFAULT_CSS = """
    SearchBox {
        width: 100%;
        height: 1;
        padding: 0 3;
        scrollbar-size-horizontal: 0;
        background: $cursor-ground-dim;
        color: $ink-strong;
        pointer: text;

        &:focus { background: $cursor-ground; }
        & > .input--cursor { color: $cursor-ground; background: $ink-strong; }
        & > .input--selection { background: $ink-muted; color: $text-ground; }
        & > .input--placeholder, & > .input--suggestion { color: $ink-muted; }
        & > .input--wrong { color: $error-ink; text-style: bold underline; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("up", "recall(1)", show=False),
        Binding("down", "recall(-1)", show=False),
    ]

    class Completed(Message):
        """The user asks for what may follow."""

    class Recalled(Message):
        """The user asks for another of the earlier searches: an older one (1) or a newer (-1)."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    virtual_size = Reactive(Size(0, 0))
    """A letter more is no reason to lay all out anew."""
    wrong: reactive[tuple[int, int] | None] = reactive(None)
    """Where what is typed cannot be read."""

    @property
    def _value(self) -> Text:
        shown = super()._value
        if self.wrong is not None:
            shown.stylize(self.get_component_rich_style("input--wrong", partial=True), *self.wrong)
        return shown

    def action_complete(self) -> None:
        """Ask for what may follow."""
        self.post_message(self.Completed())

    def action_cursor_right(self, select: bool = False) -> None:
        """To the right; at the end, ask for what may follow."""
        if self.cursor_at_end and not select:
            self.action_complete()
        else:
            super().action_cursor_right(select)

    def action_recall(self, step: int) -> None:
        """Ask for another of the earlier searches."""
        self.post_message(self.Recalled(step))

    def write(self, value: str, cursor: int | None = None) -> None:
        """Put other words into the line."""
        self.value = value
        self.cursor_position = len(value) if cursor is None else cursor


class SearchNote(Widget):
    """What may follow what is typed; or where it cannot be read, and why."""

    DEFAULT_CSS = """
    SearchNote { width: 100%; height: auto; max-height: 5; background: $cursor-ground-dim; }
    """

    options: reactive[tuple[str, ...]] = reactive(())
    chosen: reactive[int | None] = reactive(None)
    """Which of the options was taken."""
    message: reactive[str] = reactive("", layout=True)
    """What is wrong, and what to do."""
    carets: reactive[tuple[int, int] | None] = reactive(None)
    """Cells under which what is wrong stands."""

    def __init__(self, indent: int = _INDENT) -> None:
        super().__init__()
        self._indent = indent

    def complain(self, message: str, line: Input, place: tuple[int, int] | None) -> None:
        """Say what is wrong, and point at it below the line where it was typed."""
        self.carets = None
        if place is not None:
            before, wrong = line.value[: place[0]], line.value[slice(*place)]
            start = text.width(before) - line.scroll_offset.x
            end = start + max(1, text.width(wrong))
            self.carets = (max(0, start), end) if end > 0 else None
        self.message = text.inline(message)

    def render(self) -> Content:
        """One line of options, or the carets and some lines of words."""
        if not self.message:
            return self._options()
        room = max(1, self.size.width - self._indent)
        indent = " " * self._indent
        said = folded(self.message, room, _MOST_LINES)
        lines = [Content.styled(f"{indent}{line}", "$error-ink") for line in said]
        if self.carets is not None:
            start, end = self.carets
            place = indent + " " * start + _CARET * max(1, end - start)
            lines.insert(0, Content.styled(place[: self.size.width], "bold $error-ink"))
        return Content("\n").join(lines)

    def _options(self) -> Content:
        room = self.size.width - self._indent
        pieces: list[Content] = []
        first = self.chosen or 0
        for place, option in enumerate(self.options[first:], first):
            said = text.fit(text.inline(option), room)
            taken = place == self.chosen
            piece = Content.styled(said, "bold underline $accent-ink" if taken else "$ink-muted")
            room -= piece.cell_length + 2
            if room < -2:
                break
            pieces.append(piece)
        return Content.assemble(" " * self._indent, Content("  ").join(pieces))


class SearchBar(Room, Background):
    """The search line with what stands below it."""

    DEFAULT_CSS = "SearchBar { height: auto; }"

    class Changed(Message):
        """Another thing is searched for."""

        def __init__(self, typed: str) -> None:
            super().__init__()
            self.typed = typed

    class Kept(Message):
        """The user has done typing and wants the results."""

    def __init__(self, library: Library, history: Sequence[str] = ()) -> None:
        super().__init__()
        self.history = history
        """Earlier searches, the newest last."""
        self.box = SearchBox(id="search", select_on_focus=False)
        self.note = SearchNote()
        self._library = library
        self._awaiting = False
        """Whether what stands below the line stays until there are results."""
        self._recalled = 0
        """How many searches back one is in the history; 0: at what one typed oneself."""
        self._draft = ""
        self._offered: tuple[str, int, Completion] | None = None
        """What was typed up to where, and what may follow."""

    def compose(self) -> ComposeResult:
        """The line, and the words below it."""
        yield self.box
        yield self.note

    # --- coming and going ------------------------------------------------------------------

    def open(self, placeholder: str, typed: str) -> None:
        """Take the cursor into the line, with something typed already."""
        self.box.placeholder = placeholder
        self.display = True
        if typed != self.box.value:
            with self.prevent(Input.Changed):
                self.box.write(typed)
            self._fresh()
        # Not focus(), which waits its turn: what is typed after the key belongs in the box.
        self.screen.set_focus(self.box)
        self._offer()

    def close(self) -> None:
        """Go out of sight, empty."""
        self.display = False
        with self.prevent(Input.Changed):
            self.box.value = ""
        self._fresh()

    def write(self, typed: str) -> None:
        """Put another search into the line, and tell of it."""
        self.box.write(typed)

    def complain(self, message: str, place: tuple[int, int] | None = None) -> None:
        """Say why what is typed cannot be searched for, and the place where it goes wrong."""
        self.box.wrong = place if place is not None and self.box.value[slice(*place)] else None
        self.note.complain(message, self.box, place)
        self.settle()

    def await_results(self) -> None:
        """Keep what stands below the line until ``settle``, so that the list moves only once."""
        self._awaiting = True

    def settle(self) -> None:
        """The results are here: what stands below the line is for who types alone."""
        self._awaiting = False
        self._show_note()

    # --- what is typed ---------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.note.message, self.note.carets, self.box.wrong = "", None, None
        self._offer()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep()

    def _keep(self) -> None:
        self._recalled = 0
        self.post_message(self.Kept())

    def on_descendant_focus(self) -> None:
        """Show what may follow."""
        self._show_note()

    def on_descendant_blur(self) -> None:
        """Options are for who types; what is wrong stays."""
        self._show_note()

    def on_resize(self) -> None:
        """There may be room for the options now."""
        self._show_note()

    def _fresh(self) -> None:
        self._recalled, self._draft, self._offered = 0, "", None
        self.note.options, self.note.chosen = (), None
        self.note.message, self.note.carets, self.box.wrong = "", None, None
        self.settle()

    def _show_note(self) -> None:
        typing = self.box.has_focus or self._awaiting
        room = self.app.size.height >= _ROOM_FOR_OPTIONS
        self.note.display = bool(self.note.message) or (typing and room)

    # --- what may follow -------------------------------------------------------------------

    def _offer(self) -> None:
        typed, cursor = self.box.value, self.box.cursor_position
        if self._offered is not None and self._taken() == (typed, cursor):
            return  # one of the options was taken: the others stay in sight
        self.note.chosen = None
        self.begin(partial(self._complete, typed, cursor, take=False), group="complete")

    async def _complete(self, typed: str, cursor: int, *, take: bool) -> None:
        from kaltimtui.query.completing import complete  # needed where one searches, not before

        values = self._library.values
        call = partial(complete, typed, cursor, values, i18n.language())
        found = await asyncio.to_thread(call)
        if (typed, cursor) != (self.box.value, self.box.cursor_position):
            return
        self._offered = (typed, cursor, found)
        self.note.options, self.note.chosen = found.options, None
        if take:
            self._take(0)

    @on(SearchBox.Completed)
    def _completed(self, event: SearchBox.Completed) -> None:
        event.stop()
        typed, cursor = self.box.value, self.box.cursor_position
        chosen = self.note.chosen
        if self._offered is None:
            self.begin(partial(self._complete, typed, cursor, take=True), group="complete")
        elif chosen is not None and self._taken() == (typed, cursor):
            self._take(chosen + 1)
        elif self._offered[:2] == (typed, cursor):
            self._take(0)
        else:
            self.begin(partial(self._complete, typed, cursor, take=True), group="complete")

    def _take(self, place: int) -> None:
        if self._offered is None or not self._offered[2].options:
            return
        self.note.chosen = place % len(self._offered[2].options)
        taken = self._taken()
        if taken is not None:
            self.box.write(*taken)

    def _taken(self) -> tuple[str, int] | None:
        """What the line says with the chosen option in it, and where its cursor then is."""
        if self._offered is None or self.note.chosen is None:
            return None
        typed, _cursor, found = self._offered
        option = found.options[self.note.chosen]
        kept = typed[: found.start] + option
        return kept + typed[found.end :], len(kept)

    # --- earlier searches ------------------------------------------------------------------

    @on(SearchBox.Recalled)
    def _recall(self, event: SearchBox.Recalled) -> None:
        event.stop()
        if event.step < 0 and self._recalled == 0:
            self._keep()  # what stands below the line are the results
            return
        wanted = self._recalled + event.step
        if wanted > len(self.history):
            return
        if self._recalled == 0:
            self._draft = self.box.value
        self._recalled = wanted
        self.box.write(self.history[-wanted] if wanted else self._draft)
