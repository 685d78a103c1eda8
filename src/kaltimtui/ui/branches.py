"""What the category tree holds: built-in lists, searches, tags, sources, categories."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui.i18n import N_, _
from kaltimtui.models import Count, FolderCount, View, ViewKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kaltimtui.models import Navigation, SavedSearch, SourceNode, TagNode


class Entry(NamedTuple):
    """One line of the tree: the list it stands for, its name, and the number beside it."""

    view: View
    name: str
    number: int
    unread: bool
    """Whether there is something unread, which makes the name bold."""
    failing: bool = False
    """Whether it, or what is in it, cannot be fetched or searched for."""
    more: bool = False
    """Whether the number is more than that."""

    @property
    def is_list(self) -> bool:
        """Whether it stands for a list: headings and the folders of searches do not."""
        view = self.view
        return view != TAGS and (view.kind is not ViewKind.SAVED or view.saved is not None)


TAGS: Final = View(ViewKind.TAG)
"""The line above the tags."""
SEARCHES: Final = View(ViewKind.SAVED, folder="")
"""The line above the saved searches; a folder of them has its path."""
PLACES: Final = View(ViewKind.SAVED)
"""The line above the searches for places."""
_FOLDERS: Final = View(ViewKind.FOLDER)
"""A folder of sources has its path."""
_UNCOUNTED: Final[Mapping[str, FolderCount]] = MappingProxyType({})
_UNFOLDED: Final = 40
"""So many tags or searches are shown at first, more are folded away."""
BUILT_IN: Final = (
    (ViewKind.ALL, N_("All")),
    (ViewKind.UNREAD, N_("Unread")),
    (ViewKind.TODAY, N_("Today")),
    (ViewKind.WEEK, N_("This week")),
    (ViewKind.STARRED, N_("Starred")),
    (ViewKind.LATER, N_("Later")),
    (ViewKind.NOTES, N_("With notes")),
)


def built_in_entries(navigation: Navigation) -> list[Entry]:
    """The lists above the sources. All and Today count what is new, the marked ones everything."""
    counts = {
        ViewKind.ALL: Count(navigation.all.total, navigation.all.unread),
        ViewKind.UNREAD: Count(navigation.all.unread, navigation.all.unread),
        ViewKind.TODAY: navigation.today,
        ViewKind.WEEK: navigation.week,
        ViewKind.STARRED: navigation.starred,
        ViewKind.LATER: navigation.later,
        ViewKind.NOTES: navigation.notes,
    }
    return [
        Entry(
            View(kind),
            _(name),
            counts[kind].total,
            kind is ViewKind.UNREAD and counts[kind].unread > 0,
        )
        for kind, name in BUILT_IN
    ]


class Branch(NamedTuple):
    """A line with what is below it: a folder, a source, a category."""

    entry: Entry
    inner: list[Branch]
    unfolded: bool = False
    """Whether it is so when it first appears; a feed is not: there may be a hundred of them."""

    def lines(self, above: Entry | None = None) -> Iterator[tuple[Entry, Entry | None]]:
        """It and all that is below it, from the top, each with what stands above it, if any."""
        yield self.entry, above
        for branch in self.inner:
            yield from branch.lines(self.entry)


def tag_branches(tags: Sequence[TagNode]) -> list[Branch]:
    """The tags below their heading, each below the one it belongs to; nothing without any."""
    if not tags:
        return []
    top: list[Branch] = []
    made: dict[str, list[Branch]] = {}
    for tag in tags:
        above, _slash, name = tag.name.rpartition("/")
        made[tag.name] = []
        inside = made.get(above, top)
        shown = name if above in made else tag.name
        unread = tag.count.unread
        entry = Entry(View(ViewKind.TAG, tag=tag.name), shown, unread, unread > 0)
        inside.append(Branch(entry, made[tag.name]))
    return [Branch(Entry(TAGS, _("Tags"), 0, unread=False), top, len(tags) <= _UNFOLDED)]


def search_branches(
    searches: Sequence[SavedSearch], unread: Mapping[str, FolderCount]
) -> list[Branch]:
    """The saved searches in their folders, and the places; neither heading without any.

    ``unread`` says of folders, by their paths, how many articles in them are. A place that
    was put into a folder stands there.
    """
    unfolded = len(searches) <= _UNFOLDED
    top: list[Branch] = []
    folders = {"": top}
    places: list[Branch] = []
    for one in searches:
        view = View(ViewKind.SAVED, saved=one.id)
        failing = one.trouble is not None
        branch = Branch(Entry(view, one.name, one.unread, one.unread > 0, failing), [])
        if one.place and not one.folder:
            places.append(branch)
        else:
            _inside(one.folder or "", folders, SEARCHES, unfolded=unfolded).append(branch)
    headings = ((SEARCHES, _("Searches"), _all_summed(top, unread)), (PLACES, _("Places"), places))
    return [
        Branch(Entry(view, name, 0, unread=False), inner, unfolded)
        for view, name, inner in headings
        if inner
    ]


def source_branch(source: SourceNode) -> Branch:
    """A source with its categories, in the order the library gives them."""
    view = View(ViewKind.SOURCE, source=source.id)
    unread = source.count.unread
    categories = [
        Branch(
            Entry(
                View(ViewKind.CATEGORY, source=source.id, category=category.id),
                category.name,
                category.count.unread,
                category.count.unread > 0,
            ),
            [],
        )
        for category in source.categories
    ]
    entry = Entry(view, source.name, unread, unread > 0, source.failing)
    return Branch(entry, categories, source.kind != "feed")


def source_branches(sources: Iterable[SourceNode]) -> list[Branch]:
    """The sources, those of a folder below it, at the place where the first of them stands."""
    top: list[Branch] = []
    folders = {"": top}
    for source in sources:
        _inside(source.folder or "", folders, _FOLDERS).append(source_branch(source))
    return _all_summed(top)


def _inside(
    path: str, folders: dict[str, list[Branch]], kind: View, *, unfolded: bool = True
) -> list[Branch]:
    """What is in a folder so far; it and those it is in are made where they are new."""
    if path not in folders:
        outer, _slash, name = path.rpartition("/")
        folders[path] = []
        entry = Entry(replace(kind, folder=path), name, 0, unread=False)
        branch = Branch(entry, folders[path], unfolded)
        _inside(outer, folders, kind, unfolded=unfolded).append(branch)
    return folders[path]


def _all_summed(
    branches: Iterable[Branch], unread: Mapping[str, FolderCount] = _UNCOUNTED
) -> list[Branch]:
    """Folders with the numbers of what is in them; anything else as it is.

    Those of searches were counted: two searches may find one article.
    """
    return [_summed(branch, unread) if branch.entry.view.folder else branch for branch in branches]


def _summed(branch: Branch, unread: Mapping[str, FolderCount]) -> Branch:
    inner = _all_summed(branch.inner, unread)
    summed = FolderCount(sum(one.entry.number for one in inner))
    number, more = unread.get(branch.entry.view.folder or "", summed)
    failing = any(one.entry.failing for one in inner)
    entry = branch.entry._replace(number=number, unread=number > 0, failing=failing, more=more)
    return Branch(entry, inner, branch.unfolded)


def all_below(branches: Iterable[Branch]) -> Iterator[Branch]:
    """These branches and all that are below them, from the top."""
    for branch in branches:
        yield branch
        yield from all_below(branch.inner)
