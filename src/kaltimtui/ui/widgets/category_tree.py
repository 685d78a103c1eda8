"""The category tree: the built-in lists, then each source with its categories and unread counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from rich.style import Style
from rich.text import Text
from textual.message import Message
from textual.widgets import Tree

from kaltimtui import i18n, text
from kaltimtui.i18n import N_, _
from kaltimtui.models import Count, View, ViewKind
from kaltimtui.ui.rowtext import pad
from kaltimtui.ui.widgets.ground import CURSOR_BAR, DIM_CURSOR_BAR, Grounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widgets.tree import TreeNode

    from kaltimtui.models import Navigation, SourceNode

_INDENT: Final = 2


class Entry(NamedTuple):
    """One line of the tree: the list it stands for, its name, and the number beside it."""

    view: View
    name: str
    number: int
    unread: bool
    """Whether there is something unread, which makes the name bold."""


BUILT_IN: Final = (
    (ViewKind.ALL, N_("All")),
    (ViewKind.UNREAD, N_("Unread")),
    (ViewKind.TODAY, N_("Today")),
    (ViewKind.STARRED, N_("Starred")),
    (ViewKind.LATER, N_("Later")),
)


def built_in_entries(navigation: Navigation) -> list[Entry]:
    """The lists above the sources. All and Today count what is new, the marked ones everything."""
    counts = {
        ViewKind.ALL: Count(navigation.all.total, navigation.all.unread),
        ViewKind.UNREAD: Count(navigation.all.unread, navigation.all.unread),
        ViewKind.TODAY: navigation.today,
        ViewKind.STARRED: navigation.starred,
        ViewKind.LATER: navigation.later,
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


def source_entry(source: SourceNode) -> Entry:
    """The line of a source."""
    view = View(ViewKind.SOURCE, source=source.id)
    return Entry(view, source.name, source.count.unread, source.count.unread > 0)


def category_entries(source: SourceNode) -> list[Entry]:
    """The lines of a source's categories, in the order the library gives them."""
    return [
        Entry(
            View(ViewKind.CATEGORY, source=source.id, category=category.id),
            category.name,
            category.count.unread,
            category.count.unread > 0,
        )
        for category in source.categories
    ]


def _above(view: View) -> View:
    """The list of the source that a category is of."""
    return View(ViewKind.SOURCE, source=view.source)


class Branch(NamedTuple):
    """A source with what is below it."""

    source: Entry
    categories: list[Entry]
    unfolded: bool
    """Whether it is so when it first appears; a feed is not: there may be a hundred of them."""


class CategoryTree(Grounded, Tree[Entry], inherit_bindings=False, inherit_css=False):
    """Lists to stand in. Counts change in place; lines come and go only when sources do.

    A folded source has no lines below it yet: to make them all would be much of the start.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *Tree.COMPONENT_CLASSES,  # which go with the stylesheet, and that is a quarter of all rules
        *("tree--count", "tree--bar", "tree--unread"),
    }
    DEFAULT_CSS = """
    CategoryTree {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-color: $cursor-ground;
        scrollbar-color-hover: $ink-muted;
        scrollbar-color-active: $accent-ink;
        scrollbar-background: $tree-ground;
        scrollbar-background-hover: $tree-ground;
        scrollbar-background-active: $tree-ground;
    }
    """

    class Chosen(Message):
        """The cursor came to rest on another list."""

        def __init__(self, view: View) -> None:
            super().__init__()
            self.view = view

        def can_replace(self, message: Message) -> bool:
            """A newer one makes it stale."""
            return isinstance(message, CategoryTree.Chosen)

    class Entered(Message):
        """The user went into the list under the cursor."""

    def __init__(
        self,
        folded: list[int],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(Text(), id=id)  # a str would be taken for markup
        self._folded = folded
        self.show_root = False
        self.show_guides = False
        self.guide_depth = _INDENT
        self.auto_expand = False
        self._top: list[Entry] = []
        self._branches: dict[View, Branch] = {}

    def show(self, navigation: Navigation) -> None:
        """Show these lists and counts; the cursor stays where it is."""
        before = self.views()
        known = set(self._branches)
        self._top = built_in_entries(navigation)
        self._branches = {
            branch.source.view: branch
            for source in navigation.sources
            for branch in (
                Branch(source_entry(source), category_entries(source), source.kind != "feed"),
            )
        }
        if self.views() == before:
            self._recount()
        else:
            self._rebuild(known)

    def _recount(self) -> None:
        fresh = {entry.view: entry for entry, _above in self.entries()}
        for node in self._made():
            entry = fresh[node.data.view] if node.data else None
            if entry is not None and entry != node.data:
                node.data = entry
                node.set_label(Text(text.inline(entry.name)))

    def _rebuild(self, known: set[View]) -> None:
        at = self.view
        above = self.cursor_line - self.scroll_offset.y
        unfolded = {node.data.view for node in self._made() if node.data and node.is_expanded}
        with self.prevent(Tree.NodeHighlighted):
            self.clear()
            for entry in self._top:
                self.root.add_leaf(Text(text.inline(entry.name)), entry)
            for view, (source, inner, unfold) in self._branches.items():
                node = self.root.add(
                    Text(text.inline(source.name)), source, allow_expand=bool(inner)
                )
                first = unfold and view not in known and view.source not in self._folded
                if view in unfolded or first:
                    self._unfold(node)
            self.root.expand()
        if at is not None and self.select(at):
            self.scroll_to(y=self.cursor_line - above, animate=False, force=True, immediate=True)

    def _unfold(self, node: TreeNode[Entry]) -> None:
        self._fill(node)
        node.expand()

    def _fill(self, node: TreeNode[Entry]) -> None:
        """Make the lines below a source, unless they are there."""
        branch = self._branches.get(node.data.view) if node.data else None
        if branch is not None and not node.children:
            for entry in branch.categories:
                node.add_leaf(Text(text.inline(entry.name)), entry)

    def _made(self) -> Iterator[TreeNode[Entry]]:
        """Every line there is, from the top."""
        for node in self.root.children:
            yield node
            yield from node.children

    def entries(self) -> Iterator[tuple[Entry, Entry | None]]:
        """Every list, from the top, folded ones too, each with the source above it, if any."""
        for entry in self._top:
            yield entry, None
        for branch in self._branches.values():
            yield branch.source, None
            for entry in branch.categories:
                yield entry, branch.source

    @property
    def view(self) -> View | None:
        """The list under the cursor."""
        node = self.cursor_node
        return node.data.view if node is not None and node.data is not None else None

    def entry(self, view: View) -> Entry | None:
        """The line that stands for a list."""
        return next((entry for entry, _above in self.entries() if entry.view == view), None)

    def parent_of(self, view: View) -> Entry | None:
        """The source above a category."""
        return self.entry(_above(view)) if view.category else None

    def select(self, view: View) -> bool:
        """Put the cursor on a list without telling of it; False where there is no such line."""
        if view.category:
            for node in self.root.children:
                if node.data and node.data.view == _above(view):
                    self._unfold(node)
        for node in self._made():
            if node.data and node.data.view == view:
                self._tree_lines  # noqa: B018 - lays the lines out, so that the node knows its own
                with self.prevent(Tree.NodeHighlighted):
                    self.cursor_line = node.line
                self.scroll_to_line(node.line, animate=False)
                return True
        return False

    def views(self) -> list[View]:
        """Every list, from the top, folded ones too."""
        return [entry.view for entry, _above in self.entries()]

    def next_unread(self, view: View | None) -> View | None:
        """The next list below with something unread, from the top again after the last."""
        entries = [
            entry
            for branch in self._branches.values()
            for entry in branch.categories or (branch.source,)
        ]
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
        """Go into the list under the cursor."""
        self.post_message(self.Entered())

    def toggle(self) -> None:
        """Fold or unfold the source under the cursor or above it."""
        node = self.cursor_node
        if node is None:
            return
        branch = node if node.allow_expand else node.parent
        if branch is not None and branch is not self.root:
            self._fill(branch)
            branch.toggle()
            self.move_cursor(branch)

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
        source = node.data.view.source if node.data else None
        if source is not None and (source in self._folded) is not folded:
            (self._folded.append if folded else self._folded.remove)(source)

    def on_tree_node_highlighted(self, event: Tree.NodeHighlighted[Entry]) -> None:
        """Tell which list the cursor is on."""
        event.stop()
        if event.node.data is not None:
            self.post_message(self.Chosen(event.node.data.view))

    def on_tree_node_selected(self, event: Tree.NodeSelected[Entry]) -> None:
        """A click goes into the list."""
        event.stop()
        self.post_message(self.Entered())

    def on_resize(self) -> None:
        """Set the numbers against the new edge."""
        self._invalidate()
        self.refresh()

    def get_label_width(self, node: TreeNode[Entry]) -> int:
        """Nothing scrolls sideways: a name is cut to the room there is."""
        return 1

    def render_label(self, node: TreeNode[Entry], base_style: Style, style: Style) -> Text:
        """A name, and its number at the right edge."""
        entry = node.data
        if entry is None:
            return Text("")
        inner = node.parent is not self.root
        room = max(4, self.scrollable_content_region.width - 1 - (_INDENT if inner else 0))
        at_cursor = node is self.cursor_node
        sign = ("▾ " if node.is_expanded else "▸ ") if node.allow_expand else "  "
        number = f" {i18n.number(entry.number)}" if entry.number else ""
        name = pad(text.inline(entry.name), max(0, room - 3 - len(number)))
        bar = self.get_component_rich_style("tree--bar", partial=True)
        bold = (
            self.get_component_rich_style("tree--unread", partial=True) if entry.unread else Style()
        )
        count = self.get_component_rich_style("tree--count", partial=True)
        return Text.assemble(
            (
                (CURSOR_BAR if self.has_focus else DIM_CURSOR_BAR) if at_cursor else " ",
                style + bar if at_cursor else style,
            ),
            (sign + name, style + bold),
            (number + " ", style + count),
        )
