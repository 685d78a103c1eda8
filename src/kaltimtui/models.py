"""What an article, a source and a related item are, at each stage of their way.

``…Data`` is what a page or feed said; ``Article`` and ``Source`` are what is kept;
``ArticleRow`` and ``Navigation`` are what the screen shows of them.
Texts are clean (``text.py``); what is not known is ``None``, never an empty string.
Named tuples load in a tenth of the time of dataclasses, which every start pays for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from kaltimtui.document import Document

if TYPE_CHECKING:
    from datetime import datetime

    from kaltimtui.dates import Stamp

RelatedGroup: TypeAlias = Literal["related", "latest", "popular"]
SourceKind: TypeAlias = Literal["portal", "feed", "sample"]

BELOW_ALL: Final = -(1 << 63)
"""A key below that of every article: ``before`` it are the oldest."""


class Enclosure(NamedTuple):
    """A file that goes with an entry."""

    url: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class RelatedData:
    """An item that a page names beside its article."""

    group: RelatedGroup
    title: str | None = None
    url: str | None = None
    category: str | None = None
    published: Stamp | None = None


@dataclass(frozen=True, slots=True)
class ArticleData:
    """What one page or one entry said."""

    title: str
    url: str | None = None
    """The canonical address, ``https`` where a site has both."""
    guid: str | None = None
    """The id a feed gives its entry; one feed's only."""
    kicker: str | None = None
    category: str | None = None
    dateline: str | None = None
    published: Stamp | None = None
    byline: str | None = None
    caption: str | None = None
    photo_credit: str | None = None
    image: str | None = None
    """Address of the lead picture."""
    document: Document = field(default_factory=Document)
    related: tuple[RelatedData, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceData:
    """What is known of where articles came from."""

    name: str
    kind: SourceKind
    url: str | None = None
    """The feed's own address, or the portal's front page."""
    folder: str | None = None


class Validators(NamedTuple):
    """What a server gave to ask by whether anything has changed."""

    etag: str | None = None
    last_modified: str | None = None


class Health(NamedTuple):
    """How fetching a source has gone."""

    tried: datetime | None = None
    succeeded: datetime | None = None
    next_try: datetime | None = None
    """None: at the next refresh."""
    failures: int = 0
    """In a row; none since the last success."""
    error: str | None = None
    """Why the last try failed."""
    http_status: int | None = None
    gone: bool = False
    """The server said that the source is gone for good: it is asked no more."""
    per_week: float = 0.0
    """Articles a week, over the last four."""


class Source(NamedTuple):
    """A source as kept: what the user set, and how fetching it has gone."""

    id: int
    name: str
    kind: SourceKind
    url: str | None
    folder: str | None = None
    interval: int | None = None
    """Minutes between two tries; None: as the source itself says."""
    full_text: bool = False
    """Whether the page of each entry is fetched for its whole text."""
    private: bool = False
    """Whether its host may be in a private network: the user typed it."""
    validators: Validators = Validators()
    health: Health = Health()
    keep_days: int | None = None
    """Its articles are removed at this age; 0: never; None: as is set for all."""
    keep_articles: int | None = None
    """So many are kept; 0 or None: any number."""


class Outcome(NamedTuple):
    """What one try to fetch a source came to, as it is kept."""

    source: int
    at: datetime
    next_try: datetime | None
    error: str | None = None
    http_status: int | None = None
    validators: Validators | None = None
    """None: those known stay."""
    moved_to: str | None = None
    gone: bool = False


RefreshStatus: TypeAlias = Literal["ok", "not-modified", "failed", "skipped"]


class Refreshed(NamedTuple):
    """What a refresh did for one source."""

    source: str
    status: RefreshStatus
    new: int = 0
    changed: int = 0
    http_status: int | None = None
    bytes: int = 0
    """Received, as packed."""
    seconds: float = 0.0
    error: str | None = None
    missed: tuple[str, ...] = ()
    """Pages of a portal that failed, each with the reason; the first few."""


class Progress(NamedTuple):
    """How far a refresh has come."""

    done: int
    total: int
    """Sources."""
    new: int
    """Articles, so far."""
    last: Refreshed | None = None
    """The source that was finished just now."""
    pages: int = 0
    """Pages of portals fetched so far."""
    under_way: str | None = None
    """The name of a source that is waited for."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one file held. Pages and feeds have articles, subscription lists have sources."""

    kind: Literal["page", "feed", "opml"]
    source: SourceData | None = None
    """The feed itself, or the portal a page belongs to where that can be told."""
    articles: tuple[ArticleData, ...] = ()
    sources: tuple[SourceData, ...] = ()
    rejected: tuple[str, ...] = ()
    """Entries that could not be taken, each with its reason, fit for a user."""
    repeated: tuple[str, ...] = ()
    """What is said of entries of a list whose address stands in it before."""
    minutes: int | None = None
    """How long a feed says that it may be left alone."""


class Related(NamedTuple):
    """A related item as kept, with the article in the store that it names, if any."""

    group: RelatedGroup
    title: str | None
    url: str | None
    category: str | None
    published: Stamp | None
    article: str | None = None
    read: bool = False
    source: str | None = None
    """Where that article came from; None without one."""


class ArticleRow(NamedTuple):
    """What a row of a list shows."""

    key: int
    """Place in the newest-first order; unique, higher is newer."""
    id: str
    title: str
    source: str
    category: str | None
    dateline: str | None
    published: Stamp | None
    listed: datetime
    """The time the list is ordered by: published, else first seen."""
    read: bool
    starred: bool
    later: bool
    versions: int = 1
    sample: bool = False
    tags: tuple[str, ...] = ()
    others: int = 0
    """How many more sources tell the same story."""
    edited: bool = False
    """Whether its text has changed since the user read it, and was not looked at since."""


class Article(NamedTuple):
    """An article as kept, whole."""

    key: int
    id: str
    title: str
    url: str | None
    source: str
    sample: bool
    kicker: str | None
    category: str | None
    dateline: str | None
    published: Stamp | None
    byline: str | None
    caption: str | None
    photo_credit: str | None
    image: str | None
    document: Document
    related: tuple[Related, ...]
    enclosures: tuple[Enclosure, ...]
    read: bool
    starred: bool
    later: bool
    tags: tuple[str, ...]
    note: str | None
    first_seen: datetime
    updated: datetime
    versions: int
    others: int = 0
    """How many more sources tell the same story."""
    edited: bool = False
    """Whether its text has changed since the user read it, and was not looked at since."""


class ViewKind(StrEnum):
    """The lists one can stand in."""

    ALL = "all"
    UNREAD = "unread"
    TODAY = "today"
    WEEK = "week"
    STARRED = "starred"
    LATER = "later"
    NOTES = "notes"
    HIDDEN = "hidden"
    TAG = "tag"
    FOLDER = "folder"
    SOURCE = "source"
    CATEGORY = "category"
    SEARCH = "search"
    SAVED = "saved"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class View:
    """Which articles a list holds, newest first."""

    kind: ViewKind = ViewKind.ALL
    source: int | None = None
    """Id of a source, for SOURCE and CATEGORY."""
    category: int | None = None
    """Id of a category, for CATEGORY."""
    query: str = ""
    """What is searched for (``query/``): in all articles for SEARCH, else within the list."""
    folder: str | None = None
    """Path of a folder, for FOLDER: of all sources in it and in the folders below it."""
    tag: str | None = None
    """Name of a tag, for TAG: with those below it, as ``a`` holds what is tagged ``a/b``."""
    saved: int | None = None
    """Number of a saved search, for SAVED."""
    sort: str | None = None
    """An order (``query.tree.Sort``) that counts instead of the one the search asks for."""
    story: str | None = None
    """Id of an article, for STORY: of those that tell the same, and itself."""
    together: bool = False
    """Whether ALL, UNREAD, TODAY and WEEK hold a story that several sources tell but once."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles there are and how many of them are unread."""

    total: int = 0
    unread: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.total + other.total, self.unread + other.unread)

    def __sub__(self, other: Count) -> Count:
        return Count(self.total - other.total, self.unread - other.unread)


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A category of one source, as the tree shows it."""

    id: int
    name: str
    count: Count


@dataclass(frozen=True, slots=True)
class SourceNode:
    """A source, as the tree shows it."""

    id: int
    name: str
    kind: SourceKind
    count: Count
    categories: tuple[CategoryNode, ...]
    folder: str | None = None
    failing: bool = False
    """Whether it cannot be fetched, or is gone."""


@dataclass(frozen=True, slots=True)
class TagNode:
    """A tag, as the tree shows it."""

    name: str
    """With all that it is below: ``a/b``."""
    colour: str | None
    count: Count
    """Of the articles that have it or a tag below it."""


class Navigation(NamedTuple):
    """What the tree shows: the built-in lists with their counts, then the sources.

    The built-in lists leave the sample edition out once a real article is in the store.
    """

    all: Count
    today: Count
    starred: Count
    later: Count
    sources: tuple[SourceNode, ...]
    week: Count = Count()
    """Of the last seven days."""
    notes: Count = Count()
    """Of the articles that have a note."""
    tags: tuple[TagNode, ...] = ()
    """By name, a parent before those below it; at most the first few hundred."""


class SavedSearch(NamedTuple):
    """A search that the user keeps, as the tree shows it."""

    id: int
    name: str
    query: str
    folder: str | None = None
    """Path of the folder it stands in."""
    place: bool = False
    """Whether it came with the program: a regency or city."""
    unread: int = 0
    """Of the articles it finds."""
    stale: bool = False
    """Whether ``unread`` has not been worked out since the search was made or changed."""
    trouble: str | None = None
    """Why the search cannot be read any more."""


class FolderCount(NamedTuple):
    """The unread articles that the saved searches of a folder find, each counted once."""

    unread: int
    more: bool = False
    """Whether there are more than that: beyond some thousands they are not counted."""


MarkField: TypeAlias = Literal["read", "starred", "later", "hidden", "note", "tag"]


class Marking(NamedTuple):
    """One change of state: ``("starred", True)``, ``("note", "text")``, ``("note", None)``.

    For ``tag`` the value is the tag's name, and ``remove`` takes it away.
    """

    field: MarkField
    value: bool | str | None
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What one step of the journal did, for undo, redo and the line that tells of it."""

    id: int
    """Number of the step; 0 where there is none to undo."""
    description: str
    """In the user's language: ``"3 articles starred"``."""
    articles: tuple[str, ...]
    """Ids of the articles whose state differs now; at most the first 1,000."""
    count: int
    what: str = ""
    """The kind of step, as the journal names it: ``"starred"``, ``"tag-renamed"``."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    path: str
    kind: Literal["page", "feed", "opml", "userdata"] | None
    articles: tuple[str, ...] = ()
    """Ids of the articles it holds, whether new or not."""
    new: int = 0
    changed: int = 0
    sources: tuple[str, ...] = ()
    """Names of the sources it added."""
    error: str | None = None
    refused: tuple[str, ...] = ()
    """Entries that could not be taken, each with its reason, fit for a user."""
    repeated: tuple[str, ...] = ()
    """What is said of entries of a list whose address stands in it before."""
    parsed: Parsed | None = None
    """What the file said, for a dry run."""
    tags: tuple[str, ...] = ()
    """Tags that were put on its articles, as another reader had them."""
