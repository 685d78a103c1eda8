"""What is done with sources: add, rename, move, set, remove, carry over from other programs."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kaltimtui import subscriptions, text
from kaltimtui.errors import KaltimtuiError
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import View, ViewKind
from kaltimtui.ui import keptwords
from kaltimtui.ui.controllers.editing import Editing
from kaltimtui.ui.controllers.offering import suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from kaltimtui.models import Source
    from kaltimtui.ui.screens.sources import SourcesScreen

_LIST_NAME = "kaltimtui.opml"


class Subscribing(Editing):
    """The actions of the table of sources."""

    def __init__(self, screen: SourcesScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._there: Path | None = None
        """A file that is there and is written over where its name is entered once more."""

    # Leaving

    def open(self) -> None:
        """To the articles of the source."""
        source = self._screen.current
        if source is not None:
            self.show(View(ViewKind.SOURCE, source=source.id))

    # Fetching

    def refresh(self) -> None:
        """Fetch this source; while fetching: stop."""
        source = self._screen.current
        if source is not None:
            self._screen.reader.refresher.turn((source.id,))

    def refresh_all(self) -> None:
        """Fetch from every source now; while fetching: stop."""
        self._screen.reader.refresher.refresh_all()

    def stop_refresh(self) -> None:
        """Stop fetching."""
        self._screen.reader.refresher.stop_refresh()

    # Asking

    def add_source(self) -> None:
        """Ask for the address of a source to add."""
        self.ask(_("Address of a feed or of a news site:"), self._add)

    def rename_source(self) -> None:
        """Ask for another name."""
        self._ask_of(_("Name:"), lambda source: source.name, self._rename)

    def move_source(self) -> None:
        """Ask for a folder."""
        question = _("Folder, A/B being B within A; empty: none:")
        self._ask_of(question, lambda source: source.folder or "", self._move)

    def set_interval(self) -> None:
        """Ask how often."""
        question = _("Minutes between two tries; empty: as the source says:")
        self._ask_of(question, lambda source: str(source.interval or ""), self._interval)

    def set_keeping(self) -> None:
        """Ask how long, or how many, articles are kept."""
        question = keptwords.question(self._screen.reader.config)
        self._ask_of(question, keptwords.written, self._keep)

    def import_sources(self) -> None:
        """Ask for a list to take sources from."""
        self.ask(_("OPML file to add sources from:"), self._import)

    def export_sources(self) -> None:
        """Ask where to write the sources."""
        value = str(Path("~") / _LIST_NAME)
        self._there = None
        self.ask(_("Write the sources to this OPML file:"), self._export, value)

    def suggest_sources(self) -> None:
        """Show suggested sources."""
        self._screen.begin(partial(suggest, self._screen.reader), group="suggest")

    def _ask_of(
        self,
        question: str,
        now: Callable[[Source], str],
        then: Callable[[int, str], Coroutine[Any, Any, None]],
    ) -> None:
        """Ask about the source that the cursor is on now, wherever it is when the answer comes."""
        source = self._screen.current
        if source is None:
            return

        def answered(answer: str) -> None:
            self.do(partial(then, source.id, answer))

        self.ask(question, answered, now(source))

    # Answers

    def _add(self, answer: str) -> None:
        self.do(partial(self._discover, answer))

    async def _discover(self, answer: str) -> None:
        screen, network = self._screen, self._screen.reader.network
        fetching = await network.fetching()
        if fetching is None or not network.usable:
            raise KaltimtuiError(_("Offline: nothing can be looked up."))
        typed = text.inline(answer)
        if not typed:
            raise subscriptions.not_an_address(typed)
        shown = typed.rpartition("@")[2]  # what stands before may be a password
        screen.say(_("Looking at {address} …").format(address=shown))
        found = await fetching.discover(typed)
        add = partial(screen.subscriptions.add_found, found)
        source, is_new = await asyncio.to_thread(add)
        self.close()
        told = _("Added: {name}.") if is_new else _("{name} is a source already.")
        screen.say(f"{found.said} {told.format(name=source.name)}")
        screen.changed(source.id)
        screen.reader.refresher.start((source.id,), asked=False)

    async def _rename(self, source: int, answer: str) -> None:
        await self.set(partial(self._screen.subscriptions.rename, source, answer))

    async def _move(self, source: int, answer: str) -> None:
        await self.set(partial(self._screen.subscriptions.move, source, answer or None))

    async def _interval(self, source: int, answer: str) -> None:
        typed = text.inline(answer)
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= 6):
            raise KaltimtuiError(_("Give a number of minutes."))
        minutes = int(typed) if typed else None
        await self.set(partial(self._screen.subscriptions.set_interval, source, minutes))

    async def _keep(self, source: int, answer: str) -> None:
        kept = keptwords.read(answer)
        await self.set(partial(self._screen.subscriptions.keep, source, *kept))

    def _import(self, answer: str) -> None:
        self.do(partial(self._read_list, answer))

    async def _read_list(self, answer: str) -> None:
        screen = self._screen
        path = subscriptions.typed_path(text.inline(answer))

        def take() -> subscriptions.OpmlReport:
            return screen.subscriptions.import_opml(subscriptions.read_list(path))

        report = await asyncio.to_thread(take)
        self.close()
        screen.say(report.told())
        screen.changed()
        if report.refused or report.repeated:
            from kaltimtui.ui.screens.report import ReportScreen  # needed for few lists

            parts = {_("Not taken"): report.refused, _("Twice in the list"): report.repeated}
            screen.app.push_screen(ReportScreen(report.told(), parts))
        if report.added:
            screen.reader.refresher.start(asked=False)

    def _export(self, answer: str) -> None:
        self.do(partial(self._write_list, answer))

    async def _write_list(self, answer: str) -> None:
        screen = self._screen
        path = subscriptions.typed_path(text.inline(answer))
        if path != self._there and await asyncio.to_thread(path.is_file):
            self._there = path
            self.ask(_("It is there already; Enter again writes over it:"), self._export, answer)
            return

        def write() -> None:
            data = screen.subscriptions.export_opml()
            subscriptions.write_list(path, data, replace=path == self._there)

        await asyncio.to_thread(write)
        self.close()
        count = sum(1 for source in screen.shown if source.url)
        told = ngettext("{count} source", "{count} sources", count)
        screen.say(_("{path}: {what} written.").format(path=path, what=told))

    # At once

    def toggle_full_text(self) -> None:
        """Fetch the page of each entry, or no longer."""
        source = self._screen.current
        if source is not None:
            call = self._screen.subscriptions.set_full_text
            self.do(partial(self.set, partial(call, source.id, not source.full_text)))

    def remove_source(self) -> None:
        """Remove the source; undo brings it back."""
        source = self._screen.current
        if source is not None:
            said = _("{source} removed; u brings it back").format(source=text.inline(source.name))
            self.step(partial(self._screen.subscriptions.remove, source.id), lambda _what: said)
