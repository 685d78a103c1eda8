"""The help, from the table of commands, without argparse: it must cost next to nothing."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from kaltimtui.cli import parser
from kaltimtui.cli.command import Argument, Command, Example, Group
from kaltimtui.cli.commands import COMMANDS, COMMON, GROUP_BY_NAME, READER, inside, top_level
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARGIN: Final = "  "
_NARROWEST: Final = 20
"""Cells that a text beside a term has at least, however narrow the terminal is."""


def help_of(name: str, width: int) -> str:
    """The help of a command, of a group, or, where there is no name, of the program.

    For a terminal of ``width`` columns. Raises UsageError for a name that is none.
    """
    if not name:
        return program_help(width)
    if name in GROUP_BY_NAME:
        return group_help(GROUP_BY_NAME[name], width)
    return command_help(parser.find(name), width)


def program_help(width: int) -> str:
    """The help of the program as a whole, for a terminal of ``width`` columns."""
    commands = [("", _(READER.summary))]
    commands += [(usage(command), _(command.summary)) for command in top_level()]
    parts = [
        _("A terminal news reader for East Kalimantan."),
        _("Usage: kaltimtui [COMMAND] [OPTIONS]"),
        _section(_("Commands:"), [(term or _("(none)"), what) for term, what in commands], width),
        _options(_("Options of every command, before it or after it:"), COMMON, width),
        _examples([*READER.examples, *COMMANDS[0].examples[:1], *COMMANDS[1].examples[:1]]),
        _("kaltimtui COMMAND --help tells more of one command."),
    ]
    return "\n\n".join(parts) + "\n"


def group_help(group: Group, width: int) -> str:
    """The help of the commands with one first word."""
    commands = inside(group).values()
    rows = [(usage(command), _(command.summary)) for command in commands]
    parts = [
        _("Usage: kaltimtui {command} [OPTIONS]").format(command=usage(group)),
        _filled(_(group.summary) + ".", width),
        _section(_("Commands:"), rows, width),
        _options(_("Options of every command:"), COMMON, width),
        _examples(example for command in commands for example in command.examples[:1]),
        _("kaltimtui {command} --help tells more of one command.").format(command=usage(group)),
    ]
    return "\n\n".join(parts) + "\n"


def command_help(command: Command, width: int) -> str:
    """The help of one command."""
    operands = [(a.name, _(a.help)) for a in command.arguments if not a.is_option]
    own = [argument for argument in command.arguments if argument.is_option]
    parts = [
        _("Usage: kaltimtui {command} [OPTIONS]").format(command=usage(command)),
        _filled(_(command.summary) + ".", width),
        _filled(_(command.details), width) if command.details else "",
        _section(_("Operands:"), operands, width) if operands else "",
        _options(_("Options:"), own, width) if own else "",
        _options(_("Options of every command:"), COMMON, width),
        _examples(command.examples) if command.examples else "",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def usage(command: Command | Group) -> str:
    """A command with its operands: ``import PATH...``, ``opml COMMAND``."""
    if isinstance(command, Group):
        return f"{command.name} {_('COMMAND')}"
    operands = (argument.usage for argument in command.arguments if not argument.is_option)
    return " ".join((command.name, *operands))


def option_help(argument: Argument) -> str:
    """What an option does, with its choices and default."""
    said = _(argument.help)
    if argument.choices:
        said += f": {', '.join(argument.choices)}"
    if argument.also:
        said += f" ({', '.join(argument.also)})"
    if argument.default is not None:
        said += " " + _("({value} unless told)").format(value=argument.default)
    if argument.is_option and argument.repeat == "any":
        said += " " + _("(may be repeated)")
    return said


def _filled(paragraph: str, width: int) -> str:
    return textwrap.fill(paragraph, width, break_on_hyphens=False)


def _options(title: str, arguments: Iterable[Argument], width: int) -> str:
    terms = [(f"{a.name} {a.value}".rstrip(), option_help(a)) for a in arguments]
    return _section(title, terms, width)


def _section(title: str, terms: list[tuple[str, str]], width: int) -> str:
    column = max(len(term) for term, _what in terms) + len(_MARGIN)
    room = max(width - len(_MARGIN) - column, _NARROWEST)
    lines = [title]
    for term, what in terms:
        lines += _entry(term.ljust(column), textwrap.wrap(what, room, break_on_hyphens=False))
    return "\n".join(lines)


def _entry(term: str, said: list[str]) -> list[str]:
    first, *others = said
    return [_MARGIN + term + first, *(_MARGIN + " " * len(term) + line for line in others)]


def _examples(examples: Iterable[Example]) -> str:
    lines = [_("Examples:")]
    for example in examples:
        lines += [f"{_MARGIN}{example.line}", f"{_MARGIN * 3}{_(example.what)}"]
    return "\n".join(lines)
