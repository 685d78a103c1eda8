"""What the screen asks of the library, as plain calls that run in a thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.errors import KaltimtuiError, UsageError
from kaltimtui.library import COUNTED, SORTED
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.rows import CHUNK, RowWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library
    from kaltimtui.models import Article, ArticleRow, FolderCount, Navigation, SavedSearch
    from kaltimtui.ui.rows import Fetch
    from kaltimtui.ui.state import ScreenState


_WITHIN: Final = (
    *(ViewKind.TAG, ViewKind.FOLDER, ViewKind.SOURCE, ViewKind.CATEGORY),
    *(ViewKind.SEARCH, ViewKind.SAVED, ViewKind.STORY),
)
"""Lists that are told by more than their kind."""
_TRIES: Final = 3
"""That a list is read while others write."""


class OpenList(NamedTuple):
    """A list as it is first shown."""

    view: View
    window: RowWindow
    cursor: int
    query: str = ""
    """What it is searched for, with the words of a saved search."""
    trouble: str = ""
    """Why that cannot be read, so that there is nothing to show."""


class Renewed(NamedTuple):
    """A list read anew while one stands in it."""

    listing: OpenList
    shift: int
    """Rows that came above what is in sight."""


class Shelves(NamedTuple):
    """What the tree shows."""

    navigation: Navigation
    searches: tuple[SavedSearch, ...]
    folders: dict[str, FolderCount]
    """What is unread in folders of searches, by their paths."""


class Opening(NamedTuple):
    """All that the first picture of the screen needs."""

    shelves: Shelves
    listing: OpenList
    article: Article | None
    sample: bool
    """Whether the sample edition is to be brought in."""


def searched(view: View) -> bool:
    """Whether a list is of what a search finds, so that its length is not known beforehand."""
    return bool(view.query) or view.kind in (ViewKind.SEARCH, ViewKind.SAVED)


def results(view: View) -> bool:
    """Whether a list is of results, which stay as they were found while news comes in."""
    return bool(view.query) or view.kind is ViewKind.SEARCH


def whole(view: View) -> View:
    """The list that a filter is laid over; any other list is its own."""
    return replace(view, query="") if view.kind is not ViewKind.SEARCH else view


def open_list(
    library: Library, view: View, *, select: str | None = None, otherwise: int = 0
) -> OpenList:
    """The rows of a list round an article that is to be selected, or round a place.

    Raises UsageError where what was typed cannot be searched for.
    """
    if searched(view):
        query = library.query(view)
        try:
            rows = library.rows(view, limit=CHUNK)
        except UsageError as error:
            if view.kind is not ViewKind.SAVED or view.query:
                raise
            return OpenList(view, RowWindow(0), 0, trouble=str(error))
        window = RowWindow(len(rows), exact=len(rows) < CHUNK)
        window.put(0, rows)
        found = window.place_of(select) if select else 0
        place = min(otherwise, len(rows) - 1) if found is None else found
        return OpenList(view, window, place, query)
    window = RowWindow(library.count(view).total)
    found = _find(library, view, select) if select else None
    place = max(0, min(otherwise if found is None else found, window.total - 1))
    chunk = place // CHUNK
    window.put(chunk, fetch_rows(library, view, window.fetch(chunk)))
    return OpenList(view, window, place)


def _find(library: Library, view: View, article: str) -> int | None:
    """The place of an article in a list; None where it is not in it."""
    try:
        key = library.row(article).key
    except KaltimtuiError:
        return None
    return library.position(view, key)


class Stand(NamedTuple):
    """Where one stands in a list: at an article, with some rows in sight."""

    article: str
    """The one under the cursor."""
    anchor: str
    """One in sight, the same where that is."""
    place: int
    """Of the anchor."""
    sight: range
    """The places of the rows in sight."""


def renew_list(
    library: Library, view: View, stand: Stand, given_up: Callable[[], bool]
) -> Renewed | None:
    """The list as it is now, with the rows that will be in sight if nothing moves.

    None where one of the articles that one stands at is in it no more. Counting it may take long:
    it ends with StoreError once ``given_up`` says that nobody waits any more.
    """
    for _try in range(_TRIES):
        cursor = _find(library, view, stand.article)
        anchor = cursor if stand.anchor == stand.article else _find(library, view, stand.anchor)
        if cursor is None or anchor is None:
            return None
        shift = anchor - stand.place
        total = library.count(view, given_up).total
        window = RowWindow(total, exact=not searched(view) or total < COUNTED)
        window.found = found_beyond(library, view, total, given_up)
        sight = window.missing(stand.sight.start + shift, stand.sight.stop + shift)
        for chunk in dict.fromkeys([*window.missing(cursor, cursor), *sight]):
            window.put(chunk, fetch_rows(library, view, window.fetch(chunk)))
        row = window.row(cursor)
        if row is not None and row.id == stand.article:  # else more came in between
            return Renewed(OpenList(view, window, cursor, library.query(view)), shift)
    return None


def found_beyond(library: Library, view: View, total: int, given_up: Callable[[], bool]) -> int:
    """How many articles are found where a list holds the newest of them alone, else none."""
    found = library.found(view, given_up) if searched(view) and total == SORTED else 0
    return found if found > total else 0


def stepped_aside(library: Library, view: View, stand: Stand) -> bool:
    """Whether what one stands at is of the sample edition, which made way for real news."""
    try:
        row = library.row(stand.article)
    except KaltimtuiError:
        return False
    return row.sample and library.position(view, row.key) is None and not row.starred


def fetch_rows(library: Library, view: View, fetch: Fetch) -> list[ArticleRow]:
    """The rows of one chunk."""
    return library.rows(
        view, after=fetch.after, before=fetch.before, skip=fetch.skip, limit=fetch.limit
    )


def shelves(library: Library) -> Shelves:
    """The lines of the tree with their numbers."""
    searches = library.searches()
    return Shelves(library.navigation(), searches, library.search_folders(searches))


def opening(library: Library, state: ScreenState) -> Opening:
    """What to show first: where one stood, if it is still there."""
    tree = shelves(library)
    view = view_of(state, tree)
    left = View(ViewKind.TAG, tag=state.tag)
    if state.view == ViewKind.TAG and beyond_tree(library, left):
        view = left
    listing = open_list(library, view, select=state.article)
    row = listing.window.row(listing.cursor)
    try:
        article = library.article(row.id) if row is not None else None
    except KaltimtuiError:  # its list can still be read; the reader tells of it when it is opened
        article = None
    return Opening(tree, listing, article, library.sample_wanted())


def beyond_tree(library: Library, view: View) -> bool:
    """Whether a tag has articles: the tree holds not more than some hundred tags."""
    return view.kind is ViewKind.TAG and bool(view.tag) and library.count(view).total > 0


def next_unread(library: Library, view: View, key: int, step: int) -> ArticleRow | None:
    """The nearest unread article of a list below a key (1) or above it (-1)."""
    if step > 0:
        rows = library.rows(view, after=key, limit=1, unread=True)
    else:
        rows = library.rows(view, before=key, limit=1, unread=True)
    return rows[0] if rows else None


def view_of(state: ScreenState, tree: Shelves) -> View:
    """The list that was left, or All where it is gone."""
    navigation = tree.navigation
    for source in navigation.sources:
        if state.view == ViewKind.FOLDER and f"{source.folder}/".startswith(f"{state.folder}/"):
            return View(ViewKind.FOLDER, folder=state.folder)
        if source.id != state.source:
            continue
        if state.view == ViewKind.SOURCE:
            return View(ViewKind.SOURCE, source=source.id)
        if any(category.id == state.category for category in source.categories):
            return View(ViewKind.CATEGORY, source=source.id, category=state.category)
    if state.view == ViewKind.TAG and any(tag.name == state.tag for tag in navigation.tags):
        return View(ViewKind.TAG, tag=state.tag)
    if state.view == ViewKind.SAVED and any(one.id == state.saved for one in tree.searches):
        return View(ViewKind.SAVED, saved=state.saved)
    plain = (kind for kind in ViewKind if kind not in _WITHIN)
    return View(next((kind for kind in plain if kind == state.view), ViewKind.ALL))
