"""What rules tell of, and the sources that fail, above the bottom line until they are put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive

from kaltimtui import i18n, text
from kaltimtui.i18n import _, ngettext
from kaltimtui.ui.widgets.lines import ClickLine, Failure, folded, spread
from kaltimtui.wording import UNREAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from kaltimtui.rule import Notice
    from kaltimtui.ui.arrange import Arrangement
    from kaltimtui.ui.widgets.lines import Glance

_WIDE: Final = 60
"""Cells from which the keys have a word each."""
NAMED: Final = 3
"""So many are named at most; of the others it is said how many there are."""
_LINES: Final = NAMED + 1
"""That sources which fail take together, at most."""
_MARK: Final = " ! "


class Notices(ClickLine):
    """A line for what rules tell of, and below it the sources that fail, each with all it needs."""

    DEFAULT_CSS = "Notices { height: auto; background: $line-ground; }"

    told: reactive[tuple[Notice, ...]] = reactive((), layout=True)
    failing: reactive[tuple[Failure, ...]] = reactive((), layout=True)

    def show(self, glance: Glance, shape: Arrangement) -> None:
        """Name what fails where there is room for it; what rules tell of takes one line."""
        self.told, self.failing = glance.told, glance.notices if shape.notices else ()
        self.display = shape.bottom_line and bool(self.told or self.failing)

    def render(self) -> Content:
        """The lines; the last one says how to be rid of them."""
        width = self.size.width
        lines = self._lines(width)
        return Content("\n").join(
            spread([line], self._keys(place, len(lines), width), width)
            for place, line in enumerate(lines)
        )

    def _lines(self, width: int) -> list[Content]:
        """What is told, and of what fails as much as may be said; beside it there is room for keys.

        A reason is never cut at its end, where it says what to do.
        """
        lines = [_told(self.told)] if self.told else []
        room = width - sum(key.cell_length for key in self._keys(-1, 0, width))
        left, named = _LINES, 0
        for one in self.failing[:NAMED]:
            failure = _failure(one, room)
            others = len(self.failing) > named + 1
            if named and len(failure) + others > left:
                break
            lines += failure
            left -= len(failure)
            named += 1
        if more := len(self.failing) - named:
            said = ngettext("and {count} more: S", "and {count} more: S", more)
            lines.append(Content.styled(f"{' ' * len(_MARK)}{said}", "$ink-muted"))
        return lines

    def _keys(self, place: int, count: int, width: int) -> list[Content]:
        """The keys that work on one of so many lines, with a word each where there is room."""
        hints = [("X", _("show"))] if self.told and place == 0 else []
        if place == count - 1:
            hints.append(("x", _("put away")))
        words = width >= _WIDE
        keys = [
            Content.assemble((f"  {key}", "bold $accent-ink"), (f" {word}" * words, "$ink-muted"))
            for key, word in hints
        ]
        return [*keys, Content(" ")]

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """As many lines as there are."""
        return len(self._lines(width))

    def on_click(self, event: events.Click) -> None:
        """What they say is shown at length; at the end of the last line they are put away."""
        width, count = self.size
        away = sum(key.cell_length for key in self._keys(event.y, count, width)[-2:])
        if event.y == count - 1 and event.x >= width - away:
            self.post_message(self.Clicked("dismiss_notices"))
        else:
            self.post_message(self.Clicked("show_told" if self.told and not event.y else "sources"))


def _failure(failing: Failure, width: int) -> list[Content]:
    """A source that fails and why, in some lines."""
    name = f"{text.inline(failing.name)}: "
    said = folded(f"{name}{text.inline(failing.reason)}", width - len(_MARK))
    lines = [Content.styled(f"{' ' * len(_MARK)}{line}", "$ink") for line in said]
    lines[0] = Content.assemble(
        (f"{_MARK}{said[0][: len(name)]}", "bold $error-ink"), (said[0][len(name) :], "$ink")
    )
    return lines


def _told(notices: Sequence[Notice]) -> Content:
    """How many new articles a rule found, and the newest headline; or how many each of some."""
    if len(notices) == 1:
        (one,) = notices
        said = ngettext("{count} new article", "{count} new articles", one.count)
        names = text.inline(one.rule)
        rest = "".join(f" · {text.inline(title)}" for title in one.titles[:1])
    else:
        # One article may be found by several rules: the sum of all would be too high.
        count = len(notices)
        said = ngettext("New articles by {count} rule", "New articles by {count} rules", count)
        newest = reversed(notices)
        names = ", ".join(f"{text.inline(one.rule)} {i18n.number(one.count)}" for one in newest)
        rest = ""
    return Content.assemble(
        (f" {UNREAD} {said}: ", "bold $warm-ink"), (names, "bold $ink-strong"), (rest, "$ink")
    )
