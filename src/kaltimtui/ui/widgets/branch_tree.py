"""Lines of the tree: what they look like, not which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.text import Text
from textual.widgets import Tree

from kaltimtui import i18n, text
from kaltimtui.ui import tagcolours
from kaltimtui.ui.branches import Entry
from kaltimtui.ui.rowtext import pad
from kaltimtui.ui.widgets.ground import CURSOR_BAR, DIM_CURSOR_BAR, Grounded
from kaltimtui.wording import TAG

if TYPE_CHECKING:
    from rich.style import Style
    from textual.widgets.tree import TreeNode

_INDENT: Final = 2


class BranchTree(Grounded, Tree[Entry], inherit_bindings=False, inherit_css=False):
    """Draws names with their numbers at the right edge, and tags in their colours."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *Tree.COMPONENT_CLASSES,  # which go with the stylesheet, and that is a quarter of all rules
        *("tree--count", "tree--bar", "tree--unread", "tree--failing"),
    }
    DEFAULT_CSS = """
    BranchTree {
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

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(Text(), id=id)  # a str would be taken for markup
        self.show_root = False
        self.show_guides = False
        self.guide_depth = _INDENT
        self.auto_expand = False
        self.colours: dict[str, str] = {}
        """Of the tags that have one."""

    def paint(self, colours: dict[str, str]) -> None:
        """Draw tags in these colours from now on."""
        if colours != self.colours:
            self.colours = colours
            self._invalidate()
            self.refresh()

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
        at_cursor = node is self.cursor_node
        sign = ("▾ " if node.is_expanded else "▸ ") if node.allow_expand else "  "
        failing, number = _failing(entry), _number(entry)
        name = pad(_name(entry), self._room(node, entry))
        look = style + self._look("unread") if entry.unread else style
        if entry.view.tag:
            look += tagcolours.style(entry.view.tag or "", self.colours, self.rich_style + style)
        bar = self._look("bar")
        return Text.assemble(
            (
                (CURSOR_BAR if self.has_focus else DIM_CURSOR_BAR) if at_cursor else " ",
                style + bar if at_cursor else style,
            ),
            (sign, style),
            (name, look),
            (failing, style + self._look("failing")),
            (number + " ", style + self._look("count")),
        )

    def cut_name(self, node: TreeNode[Entry]) -> str:
        """The name of a line where there is no room for all of it; else nothing."""
        name = _name(node.data) if node.data else ""
        cut = node.data is not None and text.width(name) > self._room(node, node.data)
        return name if cut else ""

    def _room(self, node: TreeNode[Entry], entry: Entry) -> int:
        """The cells there are for the name of a line."""
        inside, above = 0, node.parent
        while above is not None and above is not self.root:
            inside, above = inside + 1, above.parent
        room = max(4, self.scrollable_content_region.width - 1 - _INDENT * inside)
        return max(0, room - 3 - len(_failing(entry)) - len(_number(entry)))

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"tree--{name}", partial=True)


def _name(entry: Entry) -> str:
    return text.inline(f"{TAG if entry.view.tag else ''}{entry.name}")


def _failing(entry: Entry) -> str:
    return " !" if entry.failing else ""


def _number(entry: Entry) -> str:
    more = "+" if entry.more else ""
    return f" {i18n.number(entry.number)}{more}" if entry.number else ""
