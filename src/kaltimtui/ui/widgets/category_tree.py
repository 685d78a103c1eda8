"""The category tree: built-in lists, saved searches, tags, sources in their folders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from rich.text import Text
from textual.message import Message
from textual.widgets import Tree

from kaltimtui import text
from kaltimtui.models import View, ViewKind
from kaltimtui.ui.branches import (
    PLACES,
    Branch,
    Entry,
    all_below,
    built_in_entries,
    search_branches,
    source_branches,
    tag_branches,
)
from kaltimtui.ui.widgets.branch_tree import BranchTree
from kaltimtui.wording import TAG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from textual.widgets.tree import TreeNode

    from kaltimtui.models import FolderCount, Navigation, SavedSearch

_ROOM_FOR_PLACES: Final = 30
"""Rows of the screen from which the places are unfolded at first: below them stand the sources."""
_SEARCHES: Final = "/"
"""Stands before the path of a folder of searches where it is remembered; no other begins so."""
_T = TypeVar("_T")


class CategoryTree(BranchTree, inherit_bindings=False):
    """Lists to stand in. Counts change in place; lines come and go only when sources do.

    A folded source has no lines below it yet: to make them all would be much of the start.
    """

    class Chosen(Message):
        """The cursor came to rest on another line."""

        def __init__(self, view: View | None, whole_name: str) -> None:
            super().__init__()
            self.view = view
            """The list it stands for, if it does."""
            self.whole_name = whole_name
            """Its name where it is not all in sight, else nothing."""

        def can_replace(self, message: Message) -> bool:
            """A newer one makes it stale."""
            return isinstance(message, CategoryTree.Chosen)

    class Entered(Message):
        """The user went into the list under the cursor."""

    def __init__(
        self,
        folded: list[int | str],
        unfolded: list[str] | None = None,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._folded = folded
        self._unfolded = [] if unfolded is None else unfolded
        self._top: list[Branch] = []
        """The built-in lists, the searches and the tags."""
        self._sources: list[Branch] = []
        self._above: dict[View, View | None] = {}
        """Every list there is, folded ones too, with the one that stands above it."""
        self._branches: dict[View, Branch] = {}
        """Those that have lines below them."""

    def show(
        self,
        navigation: Navigation,
        searches: Sequence[SavedSearch],
        folders: Mapping[str, FolderCount],
    ) -> None:
        """Show these lists and counts; the cursor stays where it is."""
        before, known = list(self._above.items()), set(self._branches)
        self.paint({tag.name: tag.colour for tag in navigation.tags if tag.colour})
        self._top = [Branch(entry, []) for entry in built_in_entries(navigation)]
        self._top += search_branches(searches, folders) + tag_branches(navigation.tags)
        self._sources = source_branches(navigation.sources)
        lines = list(self.entries())
        self._above = {entry.view: above.view if above else None for entry, above in lines}
        self._branches = {
            branch.entry.view: branch
            for branch in all_below((*self._top, *self._sources))
            if branch.inner
        }
        if list(self._above.items()) == before:
            self._recount({entry.view: entry for entry, _above in lines})
        else:
            self._rebuild(known)

    def _recount(self, fresh: dict[View, Entry]) -> None:
        for node in self._made():
            entry = fresh.get(node.data.view) if node.data else None
            if entry is not None and entry != node.data:
                node.data = entry
                node.set_label(Text(text.inline(entry.name)))

    def _rebuild(self, known: set[View]) -> None:
        at = self.view
        above = self.cursor_line - self.scroll_offset.y
        unfolded = {node.data.view for node in self._made() if node.data and node.is_expanded}
        first = {
            view
            for view, branch in self._branches.items()
            if view not in known and self._opens(branch)
        }
        with self.prevent(Tree.NodeHighlighted):
            self.clear()
            for branch in (*self._top, *self._sources):
                self._add(self.root, branch, unfolded | first)
            self.root.expand()
        if at is not None and self.select(at):
            self.scroll_to(y=self.cursor_line - above, animate=False, force=True, immediate=True)

    def _opens(self, branch: Branch) -> bool:
        """Whether a line that is new is unfolded."""
        name = _name(branch.entry.view)
        if name in self._folded or name in self._unfolded:
            return name not in self._folded
        room = branch.entry.view != PLACES or self.app.size.height >= _ROOM_FOR_PLACES
        return branch.unfolded and room

    def _add(self, inside: TreeNode[Entry], branch: Branch, unfolded: AbstractSet[View]) -> None:
        entry = branch.entry
        label = Text(text.inline(entry.name))
        node = inside.add(label, entry, allow_expand=bool(branch.inner))
        if branch.inner and entry.view in unfolded:
            self._unfold(node, unfolded)

    def _unfold(self, node: TreeNode[Entry], unfolded: AbstractSet[View] = frozenset()) -> None:
        self._fill(node, unfolded)
        node.expand()

    def _fill(self, node: TreeNode[Entry], unfolded: AbstractSet[View] = frozenset()) -> None:
        """Make the lines below one, unless they are there."""
        branch = self._branches.get(node.data.view) if node.data else None
        if branch is not None and not node.children:
            for inner in branch.inner:
                self._add(node, inner, unfolded)

    def _made(self, node: TreeNode[Entry] | None = None) -> Iterator[TreeNode[Entry]]:
        """Every line there is below one, or below all, from the top."""
        for inner in (node or self.root).children:
            yield inner
            yield from self._made(inner)

    def entries(self) -> Iterator[tuple[Entry, Entry | None]]:
        """Every list, from the top, folded ones too, each with what stands above it, if any."""
        for branch in (*self._top, *self._sources):
            yield from branch.lines()

    @property
    def view(self) -> View | None:
        """The list under the cursor."""
        node = self.cursor_node
        return node.data.view if node is not None and node.data is not None else None

    @property
    def removable(self) -> bool:
        """Whether the line under the cursor stands for something that can be removed."""
        view = self.view
        return view is not None and (view.saved, view.tag, view.source) != (None, None, None)

    def entry(self, view: View) -> Entry | None:
        """The line that stands for a list."""
        return next((entry for entry, _above in self.entries() if entry.view == view), None)

    def parent_of(self, view: View) -> Entry | None:
        """The source above a category, the folder above a source."""
        above = self._above.get(view)
        return self.entry(above) if above is not None else None

    def sources_in(self, view: View) -> tuple[int, ...]:
        """The sources that a list is of; none for a list of all."""
        if view.source is not None:
            return (view.source,)
        branch = self._branches.get(view)
        inner = (entry.view for entry, _above in branch.lines()) if branch else ()
        return tuple(one.source for one in inner if one.kind is ViewKind.SOURCE and one.source)

    def select(self, view: View) -> bool:
        """Put the cursor on a list without telling of it; False where there is no such line."""
        node = self._node(view)
        if node is None:
            return False
        self._tree_lines  # noqa: B018 - lays the lines out, so that the node knows its own
        with self.prevent(Tree.NodeHighlighted):
            self.cursor_line = node.line
        self.scroll_to_line(node.line, animate=False)
        return True

    def _node(self, view: View) -> TreeNode[Entry] | None:
        """The line of a list; what it is folded into is unfolded for it."""
        if view not in self._above:
            return None
        above = self._above[view]
        inside = self._node(above) if above is not None else self.root
        if inside is None:
            return None
        if inside is not self.root:
            self._unfold(inside)
        return next((n for n in inside.children if n.data and n.data.view == view), None)

    def beside(self, view: View) -> View | None:
        """The list below one among those that stand with it, or else above it."""
        node = self._node(view)
        if node is None:
            return None
        for other in (node.next_sibling, node.previous_sibling):
            if other is not None and other.data is not None and other.data.is_list:
                return other.data.view
        return None

    def views(self) -> list[View]:
        """Every list, from the top, folded ones too."""
        return [entry.view for entry, _above in self.entries() if entry.is_list]

    def next_unread(self, view: View | None) -> View | None:
        """The next list below with something unread, from the top again after the last."""
        entries = [branch.entry for branch in all_below(self._sources) if not branch.inner]
        at = next((i for i, e in enumerate(entries) if e.view == view), -1)
        around = entries[at + 1 :] + entries[: at + 1]
        return next((e.view for e in around if e.unread and e.view != view), None)

    def move(self, rows: int) -> None:
        """Move the cursor by so many lines."""
        last = self.last_line
        self.cursor_line = max(0, min(self.cursor_line + rows, last))
        self.scroll_to_line(self.cursor_line, animate=False)

    def page(self, share: float) -> None:
        """Move the cursor by a share of the screen."""
        rows = max(1, int(self.size.height * abs(share)))
        self.move(rows if share > 0 else -rows)

    def first(self) -> None:
        """To the top."""
        self.move(-self.last_line - 1)

    def last(self) -> None:
        """To the bottom."""
        self.move(self.last_line + 1)

    def activate(self) -> None:
        """Go into the list under the cursor; what is none is folded or unfolded."""
        node = self.cursor_node
        if node is not None and node.data is not None and node.data.is_list:
            self.post_message(self.Entered())
        else:
            self.toggle()

    def toggle(self) -> None:
        """Fold or unfold what is under the cursor, or else what stands above it."""
        node = self.cursor_node
        if node is None:
            return
        branch = node if node.allow_expand else node.parent
        if branch is not None and branch is not self.root:
            self._fill(branch)
            branch.toggle()
            self.move_cursor(branch)
            name = _name(branch.data.view) if branch.data else None
            if isinstance(name, str):
                _keep(self._unfolded, name, there=branch.is_expanded)

    def on_tree_node_expanded(self, event: Tree.NodeExpanded[Entry]) -> None:
        """A click may have unfolded it."""
        event.stop()
        self._fill(event.node)
        self._remember(event.node, folded=False)

    def on_tree_node_collapsed(self, event: Tree.NodeCollapsed[Entry]) -> None:
        """Remember that it is folded."""
        event.stop()
        self._remember(event.node, folded=True)

    def _remember(self, node: TreeNode[Entry], *, folded: bool) -> None:
        name = _name(node.data.view) if node.data else None
        if name is not None:
            _keep(self._folded, name, there=folded)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Entry]) -> None:
        """Tell what the cursor is on."""
        event.stop()
        entry = event.node.data
        if entry is not None:
            view = entry.view if entry.is_list else None
            self.post_message(self.Chosen(view, self.cut_name(event.node)))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Entry]) -> None:
        """A click goes into the list."""
        event.stop()
        self.activate()


def _keep(names: list[_T], name: _T, *, there: bool) -> None:
    """Have a name among others, or not."""
    if (name in names) is not there:
        (names.append if there else names.remove)(name)


def _name(view: View) -> int | str | None:
    """By what it is remembered that a source, a folder, a tag or a heading is folded."""
    if view.kind is ViewKind.TAG:
        return f"{TAG}{view.tag or ''}"
    if view.kind is ViewKind.SAVED:
        return f"{_SEARCHES}{_SEARCHES if view.folder is None else view.folder}"
    return view.folder if view.kind is ViewKind.FOLDER else view.source
