"""The sources that fail, each with its reason, above the bottom line until they are put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive

from kaltimtui import text
from kaltimtui.i18n import _, ngettext
from kaltimtui.ui.widgets.lines import ClickLine, Failure, spread

if TYPE_CHECKING:
    from textual import events

NAMED: Final = 3
"""So many are named; of the others it is said how many there are."""


class Notices(ClickLine):
    """A line for each source that fails; out of sight where there is none."""

    DEFAULT_CSS = "Notices { height: auto; background: $line-ground; }"

    failing: reactive[tuple[Failure, ...]] = reactive((), layout=True)

    def render(self) -> Content:
        """The lines, each cut to the width; the last one says how to be rid of them."""
        width = self.size.width
        lines = [
            Content.assemble(
                (f" ! {text.inline(one.name)}: ", "bold $error-ink"),
                (text.inline(one.reason), "$ink"),
            )
            for one in self.failing[:NAMED]
        ]
        more = len(self.failing) - NAMED
        if more > 0:
            said = ngettext("and {count} more: S", "and {count} more: S", more)
            lines.append(Content.styled(f"   {said}", "$ink-muted"))
        away = Content.assemble(("  x", "bold $accent-ink"), (f" {_('put away')} ", "$ink-muted"))
        *above, last = lines or [Content("")]
        fitted = [line.truncate(width, ellipsis=True) for line in above]
        return Content("\n").join([*fitted, spread([last], [away], width)])

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """One line for each that is named, and one for the others."""
        return min(len(self.failing), NAMED + 1)

    def on_click(self, event: events.Click) -> None:
        """What they say is shown at length; at the end of the last line they are put away."""
        last = event.y == self.size.height - 1
        away = last and event.x >= self.size.width - text.width(_("put away")) - 4
        self.post_message(self.Clicked("dismiss_notices" if away else "sources"))
