"""What can be asked of the articles of one home; ``library.py`` adds what changes them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from kaltimtui import text
from kaltimtui.article_json import article_json, header_json
from kaltimtui.errors import KaltimtuiError, StoreDamagedError, UsageError
from kaltimtui.i18n import _
from kaltimtui.models import ArticleRow, ViewKind
from kaltimtui.store import held, keys, memory, reading, sources, tags, views
from kaltimtui.store.failures import index_damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from kaltimtui.document import Json
    from kaltimtui.models import Article, Count, FolderCount, Navigation, SavedSearch, TagNode, View
    from kaltimtui.paths import Paths
    from kaltimtui.query.marking import Marker
    from kaltimtui.query.tree import Field
    from kaltimtui.store.connection import Connection, Database

_T = TypeVar("_T")
SHORTEST_PREFIX = 4


class Catalogue:
    """The articles and marks of one home, to look at. It may be asked from many threads at once."""

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
        self.together = False
        """Whether the lists of which ``View.together`` tells hold each story once."""
        self.read_together = False
        """Whether who tells the same is marked read, or unread, with an article."""
        self._database = database
        self._clock = clock

    @property
    def database(self) -> Database:
        """The store itself, for what builds on it; the screen and the commands do without."""
        return self._database

    def now(self) -> datetime:
        """The time it is, by the clock of this library."""
        return self._clock()

    def uid(self, id: str) -> int:  # noqa: A002 - the name other programs know it by
        """The number by which the store knows an article. Raises UsageError where there is none."""
        return self._read(lambda connection: self._uid(connection, id))

    def navigation(self) -> Navigation:
        """The tree: built-in lists, sources and categories, with their counts."""
        now, together = self._clock(), self.together
        return self._read(lambda c: sources.navigation(c, now, together=together))

    def searches(self) -> tuple[SavedSearch, ...]:
        """Every saved search, with its count of what is unread as it was last worked out."""
        from kaltimtui.store import saved  # the first picture does without

        return self._read(saved.all_of)

    def search_folders(self, searches: Sequence[SavedSearch]) -> dict[str, FolderCount]:
        """How much is unread of what the saved searches in each folder find, by its path."""
        from kaltimtui.store import saved  # as above

        return self._read(lambda connection: saved.folders(connection, searches))

    def tags(self) -> tuple[TagNode, ...]:
        """Every tag in use, by name, with the articles that have it or a tag below it."""
        return self._read(tags.shown)

    def count(self, view: View, given_up: Callable[[], bool] | None = None) -> Count:
        """How many articles a list holds, and how many of them are unread.

        Hits of a search are counted up to ``COUNTED``; a list that is not in the order of time
        holds the newest ``SORTED`` of them. That may take seconds: it ends with StoreError once
        ``given_up`` says that nobody waits any more.
        """
        told = self._told(view)
        return self._read(lambda c: views.count(c, told, self._clock()), given_up)

    def found(self, view: View, given_up: Callable[[], bool] | None = None) -> int:
        """How many articles a search finds, ``COUNTED`` at most, whatever its order leaves out.

        ``given_up``: as for ``count``.
        """
        told = self._told(view)
        return self._read(lambda c: views.found(c, told, self._clock()), given_up)

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
        if view.kind in (ViewKind.SEARCH, ViewKind.SAVED):
            memory.free_at_once()
        told = self._told(view)
        return self._read(
            lambda connection: views.rows(
                connection,
                told,
                self._clock(),
                after=after,
                before=before,
                skip=skip,
                limit=limit,
                unread=unread,
            )
        )

    def query(self, view: View) -> str:
        """What a list is searched for, as it is written; of a saved search with its own words."""
        return self._read(lambda connection: held.written(connection, view))

    def position(self, view: View, key: int) -> int | None:
        """How many rows of a list stand above this key; None where it is not in the list."""
        told = self._told(view)
        return self._read(lambda connection: views.position(connection, told, self._clock(), key))

    def values(self, field: Field, beginning: str) -> tuple[str, ...]:
        """Names of a field of the search that begin so, the most frequent first; some at most."""
        from kaltimtui.store import choices  # needed where one searches, not before

        return self._read(lambda connection: choices.values(connection, field, beginning))

    def snippets(self, ids: Sequence[str], marker: Marker) -> dict[str, str]:
        """What stands round the words to be marked in the texts of articles that have them."""
        from kaltimtui.store import snippets  # as above

        uids = [uid for id_ in ids if (uid := keys.uid_of(id_)) is not None]
        found = self._read(lambda connection: snippets.snippets(connection, uids, marker))
        return {keys.public_id(uid): said for uid, said in found.items()}

    def article(self, id: str) -> Article:  # noqa: A002 - the name other programs know it by
        """An article whole. Raises UsageError where there is none of this id."""
        return self._read(lambda connection: self._article(connection, id))

    def find_by_urls(self, urls: Iterable[str]) -> dict[str, str]:
        """The ids of the articles that are here, by those of some safe addresses that lead to them.

        However an address is written that its site has several forms of.
        """
        from kaltimtui.parsing import sites  # needed where a link is followed

        forms = {url: sites.canonical(url) for url in urls}
        wanted = {*forms, *forms.values()}
        found = self._read(lambda connection: reading.by_addresses(connection, wanted))
        uids = ((url, found.get(url) or found.get(form)) for url, form in forms.items())
        return {url: keys.public_id(uid) for url, uid in uids if uid is not None}

    def find_by_url(self, url: str) -> str | None:
        """The id of the article that an address leads to, if it is here."""
        return self.find_by_urls((url,)).get(url)

    def is_whole(self, id: str) -> bool:  # noqa: A002 - the name other programs know it by
        """Whether the text of an article is that of its page, not what a feed gives of it."""
        return self._read(lambda c: sources.give_whole_text(c, self._uid(c, id)))

    def pictures(self, id: str) -> dict[str, Path]:  # noqa: A002 - the name other programs know it by
        """The files of an article's pictures that are kept for offline, by their addresses."""
        from kaltimtui.store import pictures

        found = self._read(lambda c: pictures.of_article(c, self._uid(c, id)))
        files = {url: self.paths.data / "pictures" / name for url, name in found.items()}
        return {url: file for url, file in files.items() if file.is_file()}

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
        uids = self._read(lambda connection: reading.uids_between(connection, bounds, limit=2))
        if not uids:
            raise no_article(prefix)
        if len(uids) > 1:
            raise UsageError(
                _("“{id}” fits more than one article.").format(id=shown),
                hint=_("Give more characters of the id."),
            )
        return keys.public_id(uids[0])

    def _told(self, view: View) -> View:
        """A list as it is to be told."""
        return replace(view, together=True) if self.together else view

    def _now(self) -> int:
        return keys.seconds_of(self._clock())

    def _read(
        self, ask: Callable[[Connection], _T], given_up: Callable[[], bool] | None = None
    ) -> _T:
        """What the store answers; where an index is broken, by the tables alone from then on."""
        try:
            with self._database.reading(given_up) as connection:
                return ask(connection)
        except StoreDamagedError:
            if isinstance(self.trouble, StoreDamagedError):
                raise
        self._database.by_tables(True)
        try:
            with self._database.reading(given_up) as connection:
                answer = ask(connection)
        except StoreDamagedError:
            self._database.by_tables(False)
            raise
        self.trouble = index_damaged(self.paths.store)
        return answer

    def _article(self, connection: Connection, public: str, *, related: bool = True) -> Article:
        uid = keys.uid_of(public)
        found = None if uid is None else reading.article(connection, uid, related=related)
        if found is None:
            raise no_article(public)
        return found

    def _row(self, connection: Connection, public: str) -> ArticleRow:
        uid = keys.uid_of(public)
        found = None if uid is None else views.one_row(connection, uid)
        if found is None:
            raise no_article(public)
        return found

    def _uids(self, connection: Connection, ids: Sequence[str]) -> list[int]:
        """The uids behind public ids. Raises UsageError where one names no article."""
        uids = [keys.uid_of(public) for public in ids]
        said = [uid for uid in uids if uid is not None]
        known = reading.existing(connection, said)
        for uid, public in zip(uids, ids, strict=True):
            if uid not in known:
                raise no_article(public)
        return said

    def outside_changes(self) -> int:
        """A number that is another one whenever another program has changed the store."""
        return self._database.outside_changes()

    def _uid(self, connection: Connection, public: str) -> int:
        uid = keys.uid_of(public)
        if uid is None or not reading.exists(connection, uid):
            raise no_article(public)
        return uid


def no_article(public: str) -> UsageError:
    """What is said where an id names nothing."""
    return UsageError(
        _("There is no article “{id}”.").format(id=text.inline(public)),
        hint=_("“kaltimtui list” shows the ids."),
    )
