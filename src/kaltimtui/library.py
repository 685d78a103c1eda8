"""The one facade: everything the commands, the screen and the sample edition do with news.

Reading may be done from any number of threads at once. What changes the store returns when it
is on disk.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kaltimtui.article_json import article_json, data_json, header_json
from kaltimtui.catalogue import Catalogue
from kaltimtui.errors import KaltimtuiError, StoreDamagedError, StoreError
from kaltimtui.models import View
from kaltimtui.parsing import SIZE_LIMIT
from kaltimtui.store import marks, sources, tagging, views
from kaltimtui.store.connection import Database
from kaltimtui.store.failures import read_only
from kaltimtui.store.journal import told
from kaltimtui.store.reports import Check, Copy, Limits, Report, Room

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO, Self

    from kaltimtui import importing, userdata
    from kaltimtui.models import ArticleData, Change, Imported, Marking, SourceData
    from kaltimtui.paths import Paths
    from kaltimtui.store.connection import Connection

__all__ = [
    "SIZE_LIMIT",
    "Check",
    "Copy",
    "Library",
    "Limits",
    "Report",
    "Room",
    "article_json",
    "data_json",
    "header_json",
    "utc_now",
]

COUNTED = views.COUNTED
"""Hits of a search that are counted at most."""
SORTED = views.SORTED
"""Articles that a list holds at most which is not in the order of time: the newest."""


def utc_now() -> datetime:
    """The time it is."""
    return datetime.now(UTC)


class Library(Catalogue):
    """The articles and marks of one home. Use ``open`` or ``open_anyway`` to get one."""

    @classmethod
    def open(
        cls,
        paths: Paths,
        *,
        clock: Callable[[], datetime] = utc_now,
        upgrading: Callable[[int], None] = lambda _articles: None,
    ) -> Self:
        """The library of a home, made where there is none.

        ``upgrading`` is told of how many articles a store is that is brought to a newer format.

        A home that cannot be written to leaves it read-only, or in memory where it has no store:
        ``trouble`` then says so. Raises StoreNewerError, StoreDamagedError, StoreError.
        """
        try:
            database = Database.create(paths.store, upgrading)
        except OSError:
            return cls(paths, Database.in_memory(), clock=clock, trouble=read_only(paths.data))
        return cls(paths, database, clock=clock, trouble=database.trouble)

    @classmethod
    def open_anyway(
        cls,
        paths: Paths,
        *,
        clock: Callable[[], datetime] = utc_now,
        upgrading: Callable[[int], None] = lambda _articles: None,
    ) -> Self:
        """As ``open``, but never raises: where the store is of no use, the library is in memory.

        The file stays untouched, and ``trouble`` says what is wrong with it.
        """
        try:
            return cls.open(paths, clock=clock, upgrading=upgrading)
        except StoreError as error:
            return cls.in_memory(paths, error, clock=clock)

    @classmethod
    def in_memory(
        cls, paths: Paths, trouble: KaltimtuiError, *, clock: Callable[[], datetime] = utc_now
    ) -> Self:
        """A library that lasts as long as the program, because of some trouble with the store."""
        return cls(paths, Database.in_memory(), clock=clock, trouble=trouble)

    def close(self) -> None:
        """Close the store; nothing else may be asked afterwards."""
        self._database.close()

    def import_bytes(
        self,
        data: bytes,
        *,
        path: str,
        source: str | SourceData | None = None,
        url: str | None = None,
        dry_run: bool = False,
    ) -> Imported:
        """Keep what some bytes say; ``path`` is what to call them, ``url`` where they stood."""
        from kaltimtui import importing

        if dry_run:
            now = self._clock()
            return importing.dry(importing.understand(data, path=path, url=url, now=now))
        return next(self.import_all([(path, url, data)], source=source))

    def import_all(
        self,
        files: Iterable[tuple[str, str | None, bytes]],
        *,
        source: str | SourceData | None = None,
    ) -> Iterator[Imported]:
        """As ``import_bytes``, for many: each with its path and its address, if that is known."""
        from kaltimtui import importing

        now = self._clock()
        understood = (
            importing.understand(data, path=path, url=url, now=now) for path, url, data in files
        )
        return importing.keep_all(self._database, understood, source=source, now=now)

    def import_path(
        self,
        path: Path,
        *,
        source: str | None = None,
        url: str | None = None,
        dry_run: bool = False,
    ) -> Iterator[Imported]:
        """Keep what a file says, or the files of a folder and those below it, one after the other.

        ``source`` names the source to file them under, ``url`` is where the page stood. What
        cannot be read is told of in ``Imported.error``, and the others go on.
        """
        from kaltimtui import importing

        now = self._clock()
        understood = importing.understand_all(path, url=url, now=now)
        if dry_run:
            return map(importing.dry, understood)
        return importing.keep_all(self._database, understood, source=source, now=now)

    def import_newsboat(self, folder: Path | None, *, dry_run: bool = False) -> Iterator[Imported]:
        """Take over what newsboat keeps in a folder, or where it keeps it by itself.

        First what became of its feeds, then of the articles of each. Raises UsageError where
        there is no newsboat, StoreError where a file of it cannot be read.
        """
        from kaltimtui import migrating  # needed once in a lifetime
        from kaltimtui.store import newsboat

        files = newsboat.find(folder, Path.home(), os.environ)
        if dry_run:
            return migrating.dry_newsboat(files)
        return migrating.from_newsboat(self._database, files, self._now())

    def export_userdata(self) -> userdata.Export:
        """Everything the user made as one file, in pieces; the articles are not in it."""
        from kaltimtui import userdata  # needed seldom

        return userdata.Export(self._database)

    @staticmethod
    def is_userdata(file: Path | bytes) -> bool:
        """Whether a file, or one that begins so, is what ``export_userdata`` gives."""
        from kaltimtui import userdata

        return userdata.is_userdata(file)

    def import_userdata(self, file: Path | BinaryIO, *, dry_run: bool = False) -> userdata.Report:
        """Take in such a file, as one step. Raises ParseError for another one, and a broken one."""
        from kaltimtui import userdata

        return userdata.take(self._database, file, self._now(), dry_run=dry_run)

    def store_articles(self, source: SourceData, said: Iterable[ArticleData]) -> importing.Kept:
        """Keep articles that were read already."""
        from kaltimtui import importing

        return importing.keep(self._database, source, said, self._clock())

    def add_sources(self, said: Sequence[SourceData]) -> tuple[str, ...]:
        """Add sources, all or none; the names of those that are new."""
        from kaltimtui import importing

        with self._database.writing() as connection:
            return importing.add_sources(connection, said, self._now())

    def sample_wanted(self) -> bool:
        """Whether there is no article yet, and the sample edition was not removed."""
        with self._database.reading() as connection:
            return sources.sample_wanted(connection)

    def mark(
        self, ids: Sequence[str], markings: Sequence[Marking], *, undoable: bool = True
    ) -> Change:
        """Mark articles, as one step that ``undo`` takes back where it is ``undoable``.

        Raises UsageError, before anything is done, for an unknown id.
        """
        with self._database.writing() as connection:
            marks.choose(connection, self._uids(connection, ids))
            self._choose_others(connection, markings)
            return told(marks.mark(connection, markings, self._now(), undoable=undoable))

    def mark_view(self, view: View, *markings: Marking) -> Change:
        """Mark all of a list, as one step; what it holds is settled before the first marking."""
        with self._database.writing() as connection:
            query, parameters = views.uids_query(connection, self._told(view), self._clock())
            marks.choose_by(connection, query, parameters)
            self._choose_others(connection, markings)
            return told(marks.mark(connection, markings, self._now()))

    def would_mark(self, wanted: View | Sequence[str], *markings: Marking) -> Change:
        """What marking a list, or the articles of some ids, would change; nothing is marked."""
        with self._database.writing() as connection:
            if isinstance(wanted, View):
                query, parameters = views.uids_query(connection, self._told(wanted), self._clock())
                marks.choose_by(connection, query, parameters)
            else:
                marks.choose(connection, self._uids(connection, wanted))
            self._choose_others(connection, markings)
            return told(marks.would_mark(connection, markings))

    def _choose_others(self, connection: Connection, markings: Sequence[Marking]) -> None:
        if self.read_together and all(marking.field == "read" for marking in markings):
            from kaltimtui.store import stories

            stories.choose_others(connection)

    def undo(self) -> Change | None:
        """Take the last step back; None where there is none."""
        with self._database.writing() as connection:
            step = marks.undo(connection, self._now())
        return None if step is None else step.change()

    def redo(self) -> Change | None:
        """Do the step again that was last taken back; None where there is none."""
        with self._database.writing() as connection:
            step = marks.redo(connection, self._now())
        return None if step is None else step.change()

    def remove_source(self, source: int) -> Change:
        """Take a source and its articles out of every list, as one step; the marks stay.

        Raises UsageError where there is no such source.
        """
        with self._database.writing() as connection:
            return told(marks.remove_source(connection, source, self._now()))

    def rename_tag(self, name: str, new: str) -> Change:
        """Give a tag, with those below it, another name, as one step.

        Where there is such a tag the two become one. Raises UsageError where there is no tag
        ``name``, and for a name that cannot be.
        """
        with self._database.writing() as connection:
            return told(tagging.rename(connection, name, new, self._now()))

    def remove_tag(self, name: str) -> Change:
        """Take a tag, with those below it, from all articles, as one step.

        Raises UsageError where there is no such tag.
        """
        with self._database.writing() as connection:
            return told(tagging.remove(connection, name, self._now()))

    def colour_tag(self, name: str, colour: str | None) -> Change:
        """Give a tag a colour, ``#rrggbb`` or a name, or with None none, as one step.

        Raises UsageError where there is no such tag or colour.
        """
        with self._database.writing() as connection:
            return told(tagging.colour(connection, name, colour, self._now()))

    def tidy(self, limits: Limits) -> Iterator[int]:
        """Remove what is kept no longer by these limits and those of the sources.

        After each small step, how many articles went; it may be left there. Where nothing can be
        written, nothing is done.
        """
        if self.trouble is not None:
            return iter(())
        from kaltimtui.store import keeping

        return keeping.tidy(self._database, limits, self._now())

    def doctor(self, *, repair: bool = False, compact: bool = False) -> Report:
        """Look at the store, which takes as long as reading it; with ``repair`` set it right.

        A damaged store is moved aside and what can be read of it is brought into a new one, which
        this library then uses. To ``compact`` gives unused room back, and that of copies made a
        week ago or more. Raises StoreError where that cannot be done.
        """
        from kaltimtui.store import health

        done = self._repair() if repair else ()
        if compact:
            if self.trouble is not None:
                raise self.trouble
            done += health.give_up_copies(self._database, self._now())
            done += health.compact(self._database)
        return health.report(self._database, self.paths.store, self.trouble, done)

    def _repair(self) -> tuple[str, ...]:
        from kaltimtui.store import health

        done: tuple[str, ...] = ()
        if isinstance(self.trouble, StoreDamagedError) or health.damaged(self._database):
            self._database.close()
            done = (health.replace_damaged(self.paths.store, self._clock()),)
            self._database = Database.open(self.paths.store)
            self.trouble = None
        return done if self.trouble else (*done, *health.mend(self._database))
