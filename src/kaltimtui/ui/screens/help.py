"""The help: the keys that work where one is, found by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kaltimtui.i18n import N_, _
from kaltimtui.ui.actions import MOVE, Action, Pane, groups, labels
from kaltimtui.ui.setting.lines import cuts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.app import ComposeResult

_NAMES: Final = {
    Pane.TREE: N_("Categories"),
    Pane.LIST: N_("Articles"),
    Pane.READING: N_("Text"),
    Pane.SOURCES: N_("Sources"),
    Pane.STATISTICS: N_("Statistics"),
    Pane.RULES: N_("Rules"),
    Pane.VERSIONS: N_("Versions"),
}
_KEY_COLUMN: Final = 15
_NARROW_COLUMN: Final = 8
_WIDE: Final = 56
"""Cells from which there is room for every key of an action before its name."""
_LOW: Final = 30
"""Rows of the screen below which the keys get all of them."""
_MARGIN: Final = "  "


def keys_of(action: Action) -> str:
    """The keys of an action as a person reads them."""
    return "  ".join(labels(action))


def help_text(at: Pane, words: str, width: int) -> Content:
    """The keys under their headings: those that work in this pane, with all the words typed."""
    wanted = words.casefold().split()
    lines: list[Content] = []
    by_use = sorted(groups().items(), key=lambda entry: entry[0] == MOVE)
    for group, actions in by_use:
        rows = [
            line
            for action in actions
            if action.keys
            and at in action.where
            and all(word in f"{keys_of(action)} {_(action.title)}".casefold() for word in wanted)
            for line in _row(action, width)
        ]
        if rows:
            lines += [Content(""), Content.styled(f" {_(group).upper()}", "bold $ink-muted"), *rows]
    return Content("\n").join(lines[1:] or [Content.styled(_(" No key for this."), "$ink-muted")])


def _row(action: Action, width: int) -> Iterator[Content]:
    """The keys of an action and what it does, which stands in a column of its own."""
    keys, column = keys_of(action), _KEY_COLUMN if width >= _WIDE else _NARROW_COLUMN
    if len(keys) >= column:
        yield Content.styled(f"{_MARGIN}{keys}", "bold $accent-ink")
        keys = ""
    title = _(action.title)
    for start, end in cuts(title, width - len(_MARGIN) - column):
        yield Content.assemble(
            (f"{_MARGIN}{keys:<{column}}", "bold $accent-ink"), (title[start:end], "$ink")
        )
        keys = ""


class HelpScreen(ModalScreen[None]):
    """A sheet of keys over the reader."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $line-ground 60%; }
    HelpScreen #sheet { width: 80; max-width: 100%; height: 90%; padding: 1 2;
        background: $list-ground; }
    HelpScreen #title { height: 1; margin-bottom: 1; }
    HelpScreen #words { height: 1; border: none; padding: 0 1;
        background: $cursor-ground-dim; color: $ink-strong; }
    HelpScreen #words:focus { border: none; background: $cursor-ground; }
    HelpScreen #keys { height: 1fr; margin-top: 1; scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        scrollbar-background: $list-ground; scrollbar-color: $cursor-ground; }
    HelpScreen #keys Static { width: 1fr; }
    HelpScreen.-low #sheet { height: 100%; padding: 0 1; }
    HelpScreen.-low #title, HelpScreen.-low #keys { margin: 0; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,f1", "dismiss_help", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, at: Pane) -> None:
        super().__init__()
        self._at = at
        self._text = Static()

    def compose(self) -> ComposeResult:
        """A heading, a box to type in, the keys."""
        title = Content.assemble(
            (_("Keys"), "bold $ink-strong"),
            (f" · {_(_NAMES[self._at])}", "$ink-muted"),
            (_("   Esc closes"), "$ink-muted"),
        )
        with Vertical(id="sheet"):
            yield Static(title, id="title")
            yield Input(placeholder=_("Type to find a key"), id="words")
            with VerticalScroll(id="keys", can_focus=False):
                yield self._text

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Keep to what is needed where there is little room."""
        self.set_class(event.size.height < _LOW, "-low")
        self.call_after_refresh(self._tell)

    @on(Input.Changed)
    def _tell(self) -> None:
        """Tell of the keys that what is typed leaves."""
        width = self.query_one("#keys").scrollable_content_region.width
        self._text.update(help_text(self._at, self.query_one(Input).value, width))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.dismiss(None)

    def action_dismiss_help(self) -> None:
        """Close the help."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll the keys while the box keeps the focus."""
        self.query_one("#keys").scroll_relative(y=lines, animate=False)
