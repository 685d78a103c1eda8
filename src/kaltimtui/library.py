"""The one facade: everything the commands, the screen and the sample edition do with news.

Reading may be done from any number of threads at once. What changes the store returns when it
is on disk.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from kaltimtui import importing, text
from kaltimtui.article_json import article_json, data_json, header_json
from kaltimtui.errors import KaltimtuiError, StoreDamagedError, StoreError, UsageError
from kaltimtui.i18n import _
from kaltimtui.models import ArticleRow, Change
from kaltimtui.parsing import SIZE_LIMIT
from kaltimtui.store import articles, health, keys, marks, sources, views
from kaltimtui.store.connection import Database
from kaltimtui.store.failures import index_damaged, read_only
from kaltimtui.store.health import Check, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Self

    from kaltimtui.document import Json
    from kaltimtui.models import (
        Article,
        ArticleData,
        Count,
        Imported,
        Marking,
        Navigation,
        SourceData,
        View,
    )
    from kaltimtui.paths import Paths
    from kaltimtui.store.connection import Connection
    from kaltimtui.store.journal import Step

__all__ = [
    "SIZE_LIMIT",
    "Check",
    "Library",
    "Report",
    "article_json",
    "data_json",
    "header_json",
    "utc_now",
]

_T = TypeVar("_T")
SHORTEST_PREFIX = 4
COUNTED = views.COUNTED
"""Hits of a search that are counted at most."""


def utc_now() -> datetime:
    """The time it is."""
    return datetime.now(UTC)


class Library:
    """The articles and marks of one home. Use ``open`` or ``open_anyway`` to get one."""

    def __init__(
        self,
        paths: Paths,
        database: Database,
        *,
        clock: Callable[[], datetime],
        trouble: KaltimtuiError | None = None,
    ) -> None:
        self.paths = paths
        self.trouble = trouble
        """Why nothing can be kept, if so; whoever has a user to tell says it once."""
        self._database = database
        self._clock = clock

    @classmethod
    def open(cls, paths: Paths, *, clock: Callable[[], datetime] = utc_now) -> Self:
        """The library of a home, made where there is none.

        A home that cannot be written to leaves it read-only, or in memory where it has no store:
        ``trouble`` then says so. Raises StoreNewerError, StoreDamagedError, StoreError.
        """
        try:
            database = Database.create(paths.store)
        except OSError:
            return cls(paths, Database.in_memory(), clock=clock, trouble=read_only(paths.data))
        return cls(paths, database, clock=clock, trouble=database.trouble)

    @classmethod
    def open_anyway(cls, paths: Paths, *, clock: Callable[[], datetime] = utc_now) -> Self:
        """As ``open``, but never raises: where the store is of no use, the library is in memory.

        The file stays untouched, and ``trouble`` says what is wrong with it.
        """
        try:
            return cls.open(paths, clock=clock)
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

    def navigation(self) -> Navigation:
        """The tree: built-in lists, sources and categories, with their counts."""
        return self._read(lambda connection: sources.navigation(connection, self._clock()))

    def count(self, view: View) -> Count:
        """How many articles a list holds, and how many of them are unread.

        Hits of a search are counted up to ``COUNTED``.
        """
        return self._read(lambda connection: views.count(connection, view, self._clock()))

    def rows(
        self,
        view: View,
        *,
        after: int | None = None,
        before: int | None = None,
        skip: int = 0,
        limit: int = 200,
        unread: bool = False,
    ) -> list[ArticleRow]:
        """A page of a list, newest first; with ``unread`` of its unread articles alone.

        ``after`` a key: the rows below it (older). ``before`` a key: those above it (newer).
        Neither: from the top. ``skip`` rows next to the anchor are passed over.
        """
        return self._read(
            lambda connection: views.rows(
                connection,
                view,
                self._clock(),
                after=after,
                before=before,
                skip=skip,
                limit=limit,
                unread=unread,
            )
        )

    def position(self, view: View, key: int) -> int | None:
        """How many rows of a list stand above this key; None where it is not in the list."""
        return self._read(lambda connection: views.position(connection, view, self._clock(), key))

    def article(self, id: str) -> Article:  # noqa: A002 - the name other programs know it by
        """An article whole. Raises UsageError where there is none of this id."""
        return self._read(lambda connection: self._article(connection, id))

    def row(self, id: str) -> ArticleRow:  # noqa: A002 - the name other programs know it by
        """An article as a list shows it. Raises UsageError where there is none of this id."""
        return self._read(lambda connection: self._row(connection, id))

    def json(self, shown: Article | ArticleRow) -> Json:
        """An article as other programs get it; a row gives all but the text and its company."""
        if not isinstance(shown, ArticleRow):
            return article_json(shown)
        return header_json(
            self._read(lambda connection: self._article(connection, shown.id, related=False))
        )

    def resolve(self, prefix: str) -> str:
        """The id that begins so; four characters are the least.

        Raises UsageError where none does, or several do.
        """
        shown = text.inline(prefix)
        if len(prefix) < SHORTEST_PREFIX:
            raise UsageError(
                _("“{id}” is too short for an article id.").format(id=shown),
                hint=_("Give at least {count} characters.").format(count=SHORTEST_PREFIX),
            )
        bounds = keys.uid_range(prefix)
        uids = self._read(lambda connection: articles.uids_between(connection, bounds, limit=2))
        if not uids:
            raise no_article(prefix)
        if len(uids) > 1:
            raise UsageError(
                _("“{id}” fits more than one article.").format(id=shown),
                hint=_("Give more characters of the id."),
            )
        return keys.public_id(uids[0])

    def _read(self, ask: Callable[[Connection], _T]) -> _T:
        """What the store answers; where an index is broken, by the tables alone from then on."""
        try:
            with self._database.reading() as connection:
                return ask(connection)
        except StoreDamagedError:
            if isinstance(self.trouble, StoreDamagedError):
                raise
        self._database.by_tables(True)
        try:
            with self._database.reading() as connection:
                answer = ask(connection)
        except StoreDamagedError:
            self._database.by_tables(False)
            raise
        self.trouble = index_damaged(self.paths.store)
        return answer

    def _article(self, connection: Connection, public: str, *, related: bool = True) -> Article:
        uid = keys.uid_of(public)
        found = None if uid is None else articles.article(connection, uid, related=related)
        if found is None:
            raise no_article(public)
        return found

    def _row(self, connection: Connection, public: str) -> ArticleRow:
        uid = keys.uid_of(public)
        found = None if uid is None else views.one_row(connection, uid)
        if found is None:
            raise no_article(public)
        return found

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
        now = self._clock()
        understood = importing.understand_all(path, url=url, now=now)
        if dry_run:
            return map(importing.dry, understood)
        return importing.keep_all(self._database, understood, source=source, now=now)

    def store_articles(self, source: SourceData, said: Iterable[ArticleData]) -> importing.Kept:
        """Keep articles that were read already."""
        return importing.keep(self._database, source, said, self._clock())

    def add_sources(self, said: Sequence[SourceData]) -> tuple[str, ...]:
        """Add sources, all or none; the names of those that are new."""
        with self._database.writing() as connection:
            return importing.add_sources(connection, said, self._now())

    def outside_changes(self) -> int:
        """A number that is another one whenever another program has changed the store."""
        return self._database.outside_changes()

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
            uids = [self._uid(connection, id_) for id_ in ids]
            marks.choose(connection, uids)
            return _change(marks.mark(connection, markings, self._now(), undoable=undoable))

    def mark_view(self, view: View, marking: Marking) -> Change:
        """Mark all of a list, as one step."""
        with self._database.writing() as connection:
            query, parameters = views.uids_query(connection, view, self._clock())
            marks.choose_by(connection, query, parameters)
            return _change(marks.mark(connection, [marking], self._now()))

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
            return _change(marks.remove_source(connection, source, self._now()))

    def doctor(self, *, repair: bool = False) -> Report:
        """Look at the store, which takes as long as reading it; with ``repair`` set it right.

        A damaged store is moved aside and what can be read of it is brought into a new one, which
        this library then uses. Raises StoreError where that cannot be done.
        """
        done = self._repair() if repair else ()
        return health.report(self._database, self.paths.store, self.trouble, done)

    def _repair(self) -> tuple[str, ...]:
        done: tuple[str, ...] = ()
        if isinstance(self.trouble, StoreDamagedError) or health.damaged(self._database):
            self._database.close()
            done = (health.replace_damaged(self.paths.store, self._clock()),)
            self._database = Database.open(self.paths.store)
            self.trouble = None
        return done if self.trouble else (*done, *health.mend(self._database))

    def _uid(self, connection: Connection, public: str) -> int:
        uid = keys.uid_of(public)
        if uid is None or not articles.exists(connection, uid):
            raise no_article(public)
        return uid

    def _now(self) -> int:
        return keys.seconds_of(self._clock())


def no_article(public: str) -> UsageError:
    """What is said where an id names nothing."""
    return UsageError(
        _("There is no article “{id}”.").format(id=text.inline(public)),
        hint=_("“kaltimtui list” shows the ids."),
    )


def _change(step: Step | None) -> Change:
    return Change(0, _("nothing to change"), (), 0) if step is None else step.change()
