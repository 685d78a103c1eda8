"""Writing a note on an article. What is written is kept when it is left, and never lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, cast

from textual.events import Key

from kaltimtui import text
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _
from kaltimtui.models import Marking as Mark
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.controllers.choice import Choice
from kaltimtui.ui.throttle import Throttle

if TYPE_CHECKING:
    from textual.widget import Widget

    from kaltimtui.models import Article
    from kaltimtui.ui.screens.main import MainScreen
    from kaltimtui.ui.widgets.note_pane import NotePane


_DRAFTED_EVERY: Final = 2.0
"""Seconds between two drafts of one note, of which each is a file written anew."""


class _Rememberer(Protocol):
    """Who can write down what the screen should remember."""

    async def remember(self) -> None:
        """Write it down now."""


class Noting:
    """The note pane: open for one article at most."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._pane: NotePane | None = None
        self._opening = False
        self._ahead: list[Key] = []
        """What was typed while the note opens."""
        self._put_by = Throttle(self._put_draft_by, _DRAFTED_EVERY, screen.set_timer)

    @property
    def box(self) -> Widget | None:
        """Where a note is written, if it is."""
        return None if self._pane is None else self._pane.text

    @property
    def instead(self) -> Widget | None:
        """What has the place of the article where there is no room for both."""
        return self.box if self._pane is not None and self._pane.over else None

    @property
    def typing(self) -> bool:
        """Whether one is writing, or will be at once: what is typed must not act."""
        return self._opening or (self.box is not None and self.box is self._screen.focused)

    def note(self) -> None:
        """Write a note on the article."""
        screen = self._screen
        if self._pane is not None:
            screen.go(Pane.READING)
            self.resume()
            return
        choice = Choice(screen)
        if choice.is_none:
            screen.say(_("No article is selected."))
            return
        self._opening = True
        screen.begin(partial(self._open, choice), group="note", replacing=False)

    async def _open(self, choice: Choice) -> None:
        screen = self._screen
        try:
            article = await choice.article()
            if article is None:
                screen.say(_("No article is selected."))
            else:
                await self._write(await screen.opened.bring(article))
        finally:
            self._opening = False
            ahead, self._ahead = self._ahead, []
        if self.box is not None:
            for typed in ahead:
                self.box.post_message(Key(typed.key, typed.character))

    def hold(self, typed: Key) -> None:
        """Keep a key for the note that is about to open, if one is."""
        if self._opening:
            typed.stop()
            self._ahead.append(typed)

    async def _write(self, article: Article) -> None:
        from kaltimtui.ui.widgets import note_pane  # loaded for who writes notes

        screen = self._screen
        note = article.note or ""
        if not note_pane.has_room(note):
            said = _("The note has a line of more than {count} characters: too long to write here.")
            screen.say(said.format(count=note_pane.LONGEST_LINE))
            return
        self._pane = pane = note_pane.NotePane(article.id, note)
        await screen.text_pane.mount(pane)
        draft = screen.state.drafts.get(article.id)
        if draft is not None and draft != note:
            pane.text.load_text(draft)
            screen.say(_("This note was not kept yet; Ctrl+S keeps it."))
        screen.go(Pane.READING)
        self.resume()

    def resume(self) -> None:
        """Take the cursor into the note that is open."""
        if self._pane is not None:
            self.arrange()
            self._screen.set_focus(self._pane.text)
            self._screen.status.hint()

    def arrange(self) -> None:
        """Show the article beside the note where there is room for both."""
        pane = self._pane
        self._screen.reading.display = pane is None or not pane.over

    def keep(self) -> None:
        """Keep what is written, and go on writing."""
        if self._pane is not None:
            self._save(self._pane)

    def close(self) -> bool:
        """Keep what is written and leave it; False where no note is open."""
        pane = self._pane
        if pane is None:
            return False
        self._save(pane, leave=True)
        return True

    def elsewhere(self, article: str | None) -> None:
        """Another article is shown: a note on the one before is kept and left."""
        if self._pane is not None and self._pane.article != article:
            self.close()

    def changed(self) -> None:
        """Put by what is written, though not at every letter: the reader may be killed."""
        self._put_by()

    def draft(self) -> None:
        """Remember what is written and not kept, for the next day."""
        pane = self._pane
        if pane is None:
            return
        drafts = self._screen.state.drafts
        if pane.written.strip() != pane.kept.strip():
            drafts[pane.article] = pane.written
        else:
            drafts.pop(pane.article, None)

    def _put_draft_by(self) -> None:
        before = dict(self._screen.state.drafts)
        self.draft()
        if self._screen.state.drafts != before:
            self._screen.begin(self._remember, group="draft", replacing=False)

    async def _remember(self) -> None:
        await cast("_Rememberer", self._screen.app).remember()

    def _save(self, pane: NotePane, *, leave: bool = False) -> None:
        self.draft()
        self._screen.marking.begin(partial(self._store, pane, pane.written, leave=leave))

    async def _store(self, pane: NotePane, written: str, *, leave: bool) -> None:
        screen = self._screen
        if written.strip() != pane.kept.strip():
            call = partial(screen.library.mark, (pane.article,), (Mark("note", written),))
            try:
                await screen.marking.carry_out(call)
            except KaltimtuiError as error:
                screen.say(text.inline(str(error)))
                return
            pane.kept = written
            screen.state.drafts.pop(pane.article, None)
            await self._remember()
        if leave and self._pane is pane and pane.written.strip() == pane.kept.strip():
            await self._take_away(pane)

    async def _take_away(self, pane: NotePane) -> None:
        had_focus = pane.text.has_focus
        self._pane = None
        self.arrange()
        # Laid out before anything is painted again: what is being removed has no styles any more.
        pane.display = False
        self._screen.refresh(layout=True)
        await pane.remove()
        if had_focus:
            self._screen.go(self._screen.at)

    async def recover(self) -> None:
        """Keep the notes that could not be kept when the reader was left."""
        drafts = self._screen.state.drafts
        for article, written in list(drafts.items()):
            call = partial(self._screen.library.mark, (article,), (Mark("note", written),))
            try:
                await self._screen.marking.carry_out(call)
            except KaltimtuiError as error:
                self._screen.say(text.inline(str(error)))
            else:
                drafts.pop(article, None)
        await self._remember()
