"""Write the pages of ``docs/`` that are made from tables in the program.

Usage: python scripts/make_docs.py [--check]; with --check nothing is written and the exit status
is 1 where a page is stale.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaltimtui import config, i18n, settings
from kaltimtui.cli.commands import COMMANDS, COMMON, READER
from kaltimtui.cli.helptext import option_help, usage
from kaltimtui.ui.actions import Action, Pane, groups, key_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kaltimtui.cli.command import Argument, Command

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"

_INTRODUCTION: Final = """\
# Commands

Made from the program by `scripts/make_docs.py`. The same is told by `kaltimtui --help` and
`kaltimtui COMMAND --help`, in Indonesian or, with `--lang en` or an English locale, in English.

Data goes to standard output, everything else to standard error. Without a terminal, or with
`NO_COLOR` set, nothing is coloured. A pipe that is closed early is no error.

| exit status | means |
|---|---|
| 0 | all done |
| 1 | part of it failed; each failure is named on standard error, and in `--json` |
| 2 | wrong use or configuration |
| 130 | interrupted |
"""


def commands_page() -> str:
    """The text of docs/commands.md."""
    parts = [
        _INTRODUCTION,
        _section(
            "Options of every command", "They may stand before the command or after it.", COMMON
        ),
        *map(_command, (READER, *COMMANDS)),
    ]
    return "\n".join(parts)


_KEYS: Final = """\
# Keys

Made from the program by `scripts/make_docs.py`. The same is told by `?` in the reader, which lists
only what works where you are, and by `kaltimtui keys`.

An article is shown when the cursor has rested on its row for a moment. It counts as read when it
has been shown for four seconds, or at once with Enter.
"""

_PANES: Final = {
    Pane.TREE: "categories",
    Pane.LIST: "articles",
    Pane.READING: "text",
    Pane.SOURCES: "sources",
    Pane.STATISTICS: "statistics",
    Pane.RULES: "rules",
    Pane.VERSIONS: "versions",
}


def keys_page() -> str:
    """The text of docs/keys.md."""
    parts = [_KEYS]
    for group, actions in groups().items():
        parts += [f"## {group}", "", "| key | does | works in |", "|---|---|---|"]
        parts += [_key_row(action) for action in actions]
        parts.append("")
    return "\n".join(parts)


def _key_row(action: Action) -> str:
    keys = " ".join(f"`{key_label(key)}`" for key in action.keys) or "palette"
    everywhere = len(action.where) == len(Pane)
    where = "everywhere" if everywhere else ", ".join(_PANES[p] for p in Pane if p in action.where)
    return f"| {keys} | {action.title} | {where} |"


_SETTINGS: Final = """\
# Settings

Made from the program by `scripts/make_docs.py`. They stand in `config.toml`, in the folder that
`kaltimtui paths` names; there need not be one. What cannot be taken is told with its line, all of
it by `kaltimtui doctor`, and the program goes on as if it were not there.
"""


def settings_page() -> str:
    """The text of docs/settings.md."""
    parts = [_SETTINGS]
    by_table = itertools.groupby(settings.SETTINGS, key=lambda setting: setting.table)
    for table, group in by_table:
        parts += [
            f"## `[{table}]`",
            "",
            "| setting | does | takes | by itself |",
            "|---|---|---|---|",
        ]
        parts += [_setting_row(setting) for setting in group]
        parts.append("")
    parts += ["## All of them", "", "```toml"]
    for table, group in itertools.groupby(settings.SETTINGS, key=lambda setting: setting.table):
        parts += [f"[{table}]", *(f"{s.key} = {s.example}" for s in group), ""]
    return "\n".join([*parts[:-1], "```", ""])


def _setting_row(setting: settings.Setting) -> str:
    held = config.default(setting)
    by_itself = "not set" if held in (None, ()) else f"`{str(held).lower()}`"
    what, takes = i18n._(setting.what), i18n._(setting.takes)
    return f"| `{setting.key}` | {what} | {takes} | {by_itself} |"


PAGES: Final[dict[str, Callable[[], str]]] = {
    "commands.md": commands_page,
    "keys.md": keys_page,
    "settings.md": settings_page,
}


def _command(command: Command) -> str:
    line = f"kaltimtui {usage(command)}".strip()
    lines = [f"## `{line}`", "", command.summary + ".", ""]
    if command.details:
        lines += [command.details, ""]
    lines += _table(command.arguments)
    if command.examples:
        width = max(len(example.line) for example in command.examples)
        lines += ["```sh"]
        lines += [f"{e.line.ljust(width)}  # {e.what}" for e in command.examples]
        lines += ["```", ""]
    return "\n".join(lines)


def _section(title: str, words: str, arguments: Iterable[Argument]) -> str:
    return "\n".join([f"## {title}", "", words, "", *_table(arguments)])


def _table(arguments: Iterable[Argument]) -> list[str]:
    rows = [
        f"| `{f'{argument.name} {argument.value}'.strip()}` | {option_help(argument)} |"
        for argument in arguments
    ]
    return ["| | |", "|---|---|", *rows, ""] if rows else []


def main(words: list[str]) -> int:
    """Write the stale pages, or only name them."""
    i18n.set_language("en")
    stale = []
    for name, page in PAGES.items():
        target = DOCS / name
        if not target.exists() or target.read_text(encoding="utf-8") != page():
            stale.append(name)
            if "--check" not in words:
                DOCS.mkdir(exist_ok=True)
                target.write_text(page(), encoding="utf-8")
    for name in stale:
        print(f"{name}: {'stale' if '--check' in words else 'written'}")
    return 1 if stale and "--check" in words else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
