"""Everything a user can do by a key, in one table.

Bindings, footer, palette, help, the key table of the docs and ``kaltimtui keys`` come from it.
Nothing here needs Textual, so that a command can print it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from kaltimtui.i18n import N_, _


class Pane(StrEnum):
    """The places a cursor can be in."""

    TREE = "tree"
    LIST = "list"
    READING = "reading"
    SOURCES = "sources"
    """The table of sources, which has the whole screen."""
    STATISTICS = "statistics"
    """The statistics, which have it too."""
    RULES = "rules"
    """The table of rules, which has it as well."""
    VERSIONS = "versions"
    """What changed in an article, which has it too."""


PANES: Final = (Pane.TREE, Pane.LIST, Pane.READING)
"""Those that stand side by side, from the left."""
EVERYWHERE: Final = frozenset(Pane)
_PANES: Final = frozenset(PANES)
_SOURCES: Final = frozenset({Pane.SOURCES})
_STATISTICS: Final = frozenset({Pane.STATISTICS})
_RULES: Final = frozenset({Pane.RULES})
_OF_NEWS: Final = _PANES | _SOURCES
_CHANGING: Final = _OF_NEWS | _RULES
_VERSIONS: Final = frozenset({Pane.VERSIONS})
_TREE: Final = frozenset({Pane.TREE})
_LIST: Final = frozenset({Pane.LIST})
_TREE_LIST: Final = frozenset({Pane.TREE, Pane.LIST})
_LIST_READING: Final = frozenset({Pane.LIST, Pane.READING})
_READING: Final = frozenset({Pane.READING})


class Action(NamedTuple):
    """One thing a user can do. ``name`` is the action's name for Textual and for a key file."""

    name: str
    keys: tuple[str, ...]
    """Keys as Textual names them, the one to show first; none: it is in the palette alone."""
    title: str
    """What it does, as a message id."""
    group: str
    """The heading it stands under in the help, as a message id."""
    footer: str = ""
    """One word for the bottom line, as a message id; empty where it is not shown there."""
    where: frozenset[Pane] = _PANES
    footer_key: str = ""
    """What stands before that word, where it is not the first key."""
    footer_where: frozenset[Pane] = EVERYWHERE
    """Panes in which the bottom line tells of it, of those it works in."""


MOVE: Final = N_("Move")
"""The group that nobody looks up by name, and which therefore stands last where one looks."""
_READ: Final = N_("Read")
_MARK: Final = N_("Mark")
_RULE: Final = N_("Rules")
_FIND: Final = N_("Find")
_NEWS: Final = N_("Sources")
_SCREEN: Final = N_("Screen")
_PROGRAM: Final = N_("Program")

ACTIONS: Final[tuple[Action, ...]] = (
    Action("down", ("j", "down"), N_("Down one row or line"), MOVE, N_("choose"), EVERYWHERE,
           footer_key="j/k", footer_where=_TREE_LIST | _STATISTICS),
    Action("up", ("k", "up"), N_("Up one row or line"), MOVE, where=EVERYWHERE),
    Action("first", ("g", "home"), N_("To the first row or the top"), MOVE, where=EVERYWHERE),
    Action("last", ("G", "end"), N_("To the last row or the end"), MOVE, where=EVERYWHERE),
    Action("half_down", ("ctrl+d",), N_("Down half a page"), MOVE, where=EVERYWHERE),
    Action("half_up", ("ctrl+u",), N_("Up half a page"), MOVE, where=EVERYWHERE),
    Action("page_down", ("pagedown",), N_("Down a page"), MOVE, where=EVERYWHERE),
    Action("page_up", ("pageup",), N_("Up a page"), MOVE, where=EVERYWHERE),
    Action("enter", ("enter",), N_("Open what the cursor is on"), MOVE, N_("read"), _CHANGING,
           footer_where=_TREE_LIST),
    Action("right", ("l", "right"), N_("To the pane on the right"), MOVE),
    Action("left", ("h", "left"), N_("To the pane on the left"), MOVE),
    Action("next_pane", ("tab",), N_("To the next pane"), MOVE),
    Action("previous_pane", ("shift+tab",), N_("To the previous pane"), MOVE),
    Action("back", ("escape",), N_("Back to where one came from"), MOVE, N_("back"), EVERYWHERE,
           footer_where=EVERYWHERE - _TREE_LIST),
    Action("next_part", ("tab",), N_("To the next part"), MOVE, N_("part"), _STATISTICS),
    Action("previous_part", ("shift+tab",), N_("To the part before"), MOVE, where=_STATISTICS),
    Action("later_bar", ("l", "right"), N_("To the next bar of the chart"), MOVE, N_("bar"),
           _STATISTICS, footer_key="h/l"),
    Action("earlier_bar", ("h", "left"), N_("To the bar before"), MOVE, where=_STATISTICS),
    Action("toggle_branch", ("space",), N_("Fold or unfold a source"), MOVE,
           where=_TREE),
    Action("next_unread", ("n",), N_("Next unread article"), _READ, N_("next unread")),
    Action("previous_unread", ("p",), N_("Previous unread article"), _READ),
    Action("next_unread_list", ("N",), N_("Next list with something unread"), _READ),
    Action("newest", ("0",), N_("To the newest article of all"), _READ),
    Action("next_category", ("]",), N_("Next category"), _READ),
    Action("previous_category", ("[",), N_("Previous category"), _READ),
    Action("next_article", (".",), N_("Next article"), _READ, where=_LIST_READING),
    Action("previous_article", ("comma",), N_("Previous article"), _READ, where=_LIST_READING),
    Action("page_or_next", ("space",),
           N_("Down a page; at the end, to the next unread article"), _READ,
           N_("on"), where=_READING),
    Action("scroll_text_down", ("J",), N_("Scroll the text down"), _READ, where=_TREE_LIST),
    Action("scroll_text_up", ("K",), N_("Scroll the text up"), _READ, where=_TREE_LIST),
    Action("related_next", ("}",), N_("Next related item"), _READ, where=_LIST_READING),
    Action("related_previous", ("{",), N_("Previous related item"), _READ, where=_LIST_READING),
    Action("fetch_related", ("U",), N_("Fetch the related items that are not here"), _READ,
           where=_LIST_READING),
    Action("article_back", ("(",), N_("Back to the article opened before"), _READ,
           where=_LIST_READING),
    Action("article_ahead", (")",), N_("Ahead to the article one came back from"), _READ,
           where=_LIST_READING),
    Action("same_story", ("M",), N_("Show which sources tell the same story"), _READ,
           where=_LIST_READING),
    Action("show_hints", ("f",), N_("Choose a link or a related item by letters"), _READ,
           N_("links"), where=_LIST_READING, footer_where=_READING),
    Action("open_link", tuple("123456789"), N_("Open one of the first nine links"), _READ,
           where=_READING),
    Action("links", ("i",), N_("List the links of the article"), _READ, where=_LIST_READING),
    Action("step_back", ("backspace",), N_("Back to the article one came from"), _READ,
           where=_READING),
    Action("changes", ("d",), N_("Show what changed in the article since one read it"), _READ,
           where=_LIST_READING | _VERSIONS),
    Action("older_version", ("h", "left", "comma"), N_("The version before"), _READ,
           N_("version"), _VERSIONS, footer_key="h/l"),
    Action("newer_version", ("l", "right", "."), N_("The next version"), _READ, where=_VERSIONS),
    Action("choose_versions", ("v",), N_("All versions; compare any two of them"), _READ,
           N_("versions"), _VERSIONS),
    Action("unfold", ("space", "enter"), N_("Show what is the same too, or fold it again"), _READ,
           N_("unfold"), _VERSIONS),
    Action("full_text", ("F",), N_("Fetch the whole text of the article from its page"), _READ,
           where=_LIST_READING),
    Action("play", ("P",), N_("Play the sound or video of the article, or show its picture"), _READ,
           where=_LIST_READING),
    Action("pictures", ("I",), N_("Show pictures in the text, or no longer"), _READ,
           where=_LIST_READING),
    Action("select", ("space",), N_("Select or unselect the article; down one row"), _MARK,
           where=_LIST),
    Action("select_range", ("v",), N_("Begin selecting a range, or end it"), _MARK, where=_LIST),
    Action("toggle_read", ("m",), N_("Mark read or unread"), _MARK, where=_LIST_READING),
    Action("toggle_star", ("s",), N_("Star or unstar"), _MARK, N_("star"), where=_LIST_READING),
    Action("toggle_later", ("L",), N_("Read later, or no longer"), _MARK, where=_LIST_READING),
    Action("tag", ("t",), N_("Add tags, or remove them"), _MARK, where=_LIST_READING),
    Action("note", ("E",), N_("Write a note"), _MARK, where=_LIST_READING),
    Action("hide", ("H",), N_("Hide from every list, or no longer"), _MARK, where=_LIST_READING),
    Action("mark_all_read", ("A",), N_("Mark everything in this list read"), _MARK),
    Action("star_all", (), N_("Star everything in this list"), _MARK),
    Action("later_all", (), N_("Keep everything in this list for later"), _MARK),
    Action("tag_all", (), N_("Tag everything in this list"), _MARK),
    Action("hide_all", (), N_("Hide everything in this list"), _MARK),
    Action("rename_node", ("e",), N_("Rename this saved search or this tag"), _MARK, where=_TREE),
    Action("colour_tag", ("c",), N_("Give this tag a colour"), _MARK, where=_TREE),
    Action("undo", ("u",), N_("Undo"), _MARK, N_("undo"), _CHANGING),
    Action("redo", ("ctrl+r",), N_("Redo"), _MARK, where=_CHANGING),
    Action("rules", ("exclamation_mark",), N_("Show the rules: what is done with news by itself"),
           _RULE),
    Action("make_rule", ("B",), N_("Make a rule of this search"), _RULE),
    Action("show_told", ("X",), N_("Show what rules told of"), _RULE),
    Action("add_rule", ("a",), N_("Add a rule"), _RULE, N_("add"), _RULES),
    Action("edit_rule", ("e",), N_("Change this rule"), _RULE, N_("change"), _RULES),
    Action("turn_rule", ("space",), N_("Turn this rule off, or on again"), _RULE, N_("on/off"),
           _RULES),
    Action("rename_rule", ("n",), N_("Rename this rule"), _RULE, N_("rename"), _RULES),
    Action("lower_rule", ("J",), N_("Move this rule down; they act in this order"), _RULE,
           N_("move"), _RULES, footer_key="J/K"),
    Action("raise_rule", ("K",), N_("Move this rule up"), _RULE, where=_RULES),
    Action("apply_rule", ("p",), N_("Apply this rule to what is here already"), _RULE,
           N_("to the past"), _RULES),
    Action("show_found", ("o",), N_("Show what this rule finds"), _RULE, N_("show"), _RULES),
    Action("remove_rule", ("D",), N_("Remove this rule; what it did stays"), _RULE, N_("remove"),
           _RULES),
    Action("search", ("slash",), N_("Search all articles"), _FIND, N_("search")),
    Action("filter", ("equals_sign",), N_("Search within this list"), _FIND),
    Action("find_in_text", ("ctrl+f",), N_("Find in the article; n and p go from hit to hit"),
           _FIND, where=_LIST_READING),
    Action("sort_results", ("ctrl+o",), N_("What fits best first, or the newest"), _FIND),
    Action("clear_search", ("backslash",), N_("Leave the search or the filter"), _FIND),
    Action("save_search", ("W",), N_("Save what is searched for, as a line of the tree"), _FIND),
    Action("change_search", ("E",), N_("Change what this saved search looks for"), _FIND,
           where=_TREE),
    Action("move_search", ("m",), N_("Move this saved search to a folder"), _FIND, where=_TREE),
    Action("search_up", ("{",), N_("Put this saved search higher"), _FIND, where=_TREE),
    Action("search_down", ("}",), N_("Put this saved search lower"), _FIND, where=_TREE),
    Action("sort_searches", ("O",), N_("Sort the saved searches here by name"), _FIND,
           where=_TREE),
    Action("period_month", ("1",), N_("The last 30 days"), _FIND, N_("period"), _STATISTICS,
           footer_key="1-4"),
    Action("period_year", ("2",), N_("The last 12 months"), _FIND, where=_STATISTICS),
    Action("period_decade", ("3",), N_("The last 10 years"), _FIND, where=_STATISTICS),
    Action("period_all", ("4",), N_("All the time there is"), _FIND, where=_STATISTICS),
    Action("compare", ("enter",), N_("Compare with this, or no longer"), _FIND, N_("compare"),
           _STATISTICS),
    Action("show_all", ("1",), N_("All articles"), _FIND, where=_TREE_LIST),
    Action("show_unread", ("2",), N_("Unread articles"), _FIND, where=_TREE_LIST),
    Action("show_starred", ("3",), N_("Starred articles"), _FIND, where=_TREE_LIST),
    Action("show_hidden", (), N_("Hidden articles"), _FIND),
    Action("refresh", ("r",), N_("Fetch what is new here; while fetching: stop"), _NEWS,
           N_("refresh"), _OF_NEWS, footer_where=_TREE_LIST | _SOURCES),
    Action("refresh_all", ("R",), N_("Fetch from every source now; while fetching: stop"), _NEWS,
           where=_OF_NEWS),
    Action("stop_refresh", ("ctrl+x",), N_("Stop fetching"), _NEWS, where=_OF_NEWS),
    Action("dismiss_notices", ("x",), N_("Put away what is told above the keys"), _NEWS),
    Action("sources", ("S",), N_("Show the sources and how they fare"), _NEWS, N_("sources"),
           footer_where=_TREE_LIST),
    Action("add_source", ("a",), N_("Add a source by its address"), _NEWS, N_("add"), _OF_NEWS,
           footer_where=_SOURCES),
    Action("suggest_sources", ("s",), N_("Choose among suggested sources"), _NEWS, N_("suggested"),
           where=_SOURCES),
    Action("rename_source", ("e", "n"), N_("Rename this source"), _NEWS, N_("rename"),
           where=_SOURCES),
    Action("move_source", ("m",), N_("Move this source to a folder"), _NEWS, N_("folder"),
           where=_SOURCES),
    Action("set_interval", ("i",), N_("Set how often this source is asked"), _NEWS, N_("interval"),
           where=_SOURCES),
    Action("set_keeping", ("K",), N_("Set how long articles of this source are kept"), _NEWS,
           N_("kept for"), where=_SOURCES),
    Action("toggle_full_text", ("f",), N_("Fetch the page of each entry, or no longer"), _NEWS,
           N_("full text"), where=_SOURCES),
    Action("remove_source", ("D",), N_("Remove this source; its marks are kept"), _NEWS,
           N_("remove"), where=_SOURCES),
    Action("remove_node", ("D",), N_("Remove this source, saved search or tag"), _NEWS,
           N_("remove"), _TREE),
    Action("import_sources", ("o",), N_("Add the sources of an OPML file"), _NEWS,
           N_("import"), where=_SOURCES),
    Action("export_sources", ("x",), N_("Write the sources to an OPML file"), _NEWS,
           N_("export"), where=_SOURCES),
    Action("open_browser", ("o",), N_("Open the article in the browser"), _PROGRAM,
           where=_LIST_READING),
    Action("browser_next", ("O",), N_("Open the article in the browser; on to the next one"),
           _PROGRAM, where=_LIST_READING),
    Action("copy_address", ("y",), N_("Copy the address of the article"), _PROGRAM,
           where=_LIST_READING),
    Action("cite", ("Y",), N_("Copy a citation of the article"), _PROGRAM, where=_LIST_READING),
    Action("share", ("w",), N_("Share the article by a command of the settings"), _PROGRAM,
           where=_LIST_READING),
    Action("pipe", ("vertical_line",), N_("Hand the article to a command"), _PROGRAM,
           where=_LIST_READING),
    Action("statistics", ("percent_sign",), N_("Show the statistics of the news"), _PROGRAM),
    Action("zoom", ("Z",), N_("Only this pane, or all of them"), _SCREEN),
    Action("next_layout", ("V",), N_("The list beside the text, above it, or alone"), _SCREEN),
    Action("wider_text", ("greater_than_sign",), N_("Set the text wider"), _SCREEN),
    Action("narrower_text", ("less_than_sign",), N_("Set the text narrower"), _SCREEN),
    Action("wider_list", ("plus",), N_("Give the list more room"), _SCREEN),
    Action("narrower_list", ("minus",), N_("Give the text more room"), _SCREEN),
    Action("toggle_theme", ("T",), N_("Dark or light theme"), _SCREEN, where=EVERYWHERE),
    Action("toggle_rows", ("z",), N_("Rows of one line or of two"), _SCREEN),
    Action("palette", ("colon", "ctrl+p"), N_("Find an action by its name"), _PROGRAM,
           where=EVERYWHERE),
    Action("help", ("question_mark", "f1"), N_("Keys that work here"), _PROGRAM, N_("help"),
           EVERYWHERE),
    Action("quit", ("q",), N_("Quit; from the text or the sources, back to the list"), _PROGRAM,
           where=EVERYWHERE),
    Action("quit_now", ("ctrl+q",), N_("Quit at once"), _PROGRAM, where=EVERYWHERE),
    Action("quit_hint", ("ctrl+c",), N_("Say how to quit"), _PROGRAM, where=EVERYWHERE),
    Action("suspend", ("ctrl+z",), N_("Go to the background; fg comes back"), _PROGRAM,
           where=EVERYWHERE),
)  # fmt: skip

_HINTED: Final = (
    "down", "enter", "back", "older_version", "unfold", "choose_versions",
    "next_part", "period_month", "later_bar", "compare",
    "page_or_next", "show_hints", "add_source", "rename_source", "move_source",
    "set_interval", "toggle_full_text", "remove_source", "set_keeping", "remove_node",
    "add_rule", "edit_rule", "turn_rule", "remove_rule", "search",
    "refresh", "help", "toggle_star", "next_unread", "undo", "suggest_sources", "import_sources",
    "export_sources", "sources", "lower_rule", "apply_rule", "show_found", "rename_rule",
)  # fmt: skip
"""Actions that the bottom line tells of, the most useful first: it shows what there is room for."""

BY_NAME: Final[dict[str, Action]] = {action.name: action for action in ACTIONS}

_SHOWN: Final = {
    "slash": "/",
    "equals_sign": "=",
    "comma": ",",
    "exclamation_mark": "!",
    "percent_sign": "%",
    "backslash": "\\",
    "vertical_line": "|",
    "colon": ":",
    "question_mark": "?",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "plus": "+",
    "minus": "-",
    "escape": "Esc",
    "enter": "Enter",
    "space": N_("Space"),
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "backspace": "Backspace",
    "f1": "F1",
}


_EACH_NAMED: Final = 3
"""Keys of an action that are shown one by one; more of them are a range."""


def key_label(key: str) -> str:
    """A key as a person reads it: ``ctrl+d`` is Ctrl+D, ``slash`` is /. A message id for some."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key


def labels(action: Action) -> tuple[str, ...]:
    """The keys of an action as a person reads them, in the language spoken now."""
    if len(action.keys) > _EACH_NAMED:
        return (f"{key_label(action.keys[0])}-{key_label(action.keys[-1])}",)
    return tuple(_(key_label(key)) for key in action.keys)


class Hint(NamedTuple):
    """One thing that the bottom line tells of: keys and a word, as message ids."""

    key: str
    word: str
    action: str = ""
    """The name of what a click on it does."""


def hints(pane: Pane) -> list[Hint]:
    """What the bottom line tells in a pane."""
    actions = map(BY_NAME.__getitem__, _HINTED)
    return [
        Hint(action.footer_key or key_label(action.keys[0]), action.footer, action.name)
        for action in actions
        if pane in action.where & action.footer_where
    ]


def groups() -> dict[str, list[Action]]:
    """The actions under their headings, in the order of the table."""
    found: dict[str, list[Action]] = {}
    for action in ACTIONS:
        found.setdefault(action.group, []).append(action)
    return found
