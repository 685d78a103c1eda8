"""What a command is: its name, what it takes and what runs it, as data.

Texts are message ids.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Repeat = Literal["one", "maybe", "any", "some"]
Completes = Literal["", "files", "folders"]


QUERY: Final = "QUERY"
"""How an operand, or the value of an option, is called that is a search."""


class Argument(NamedTuple):
    """An option, or an operand where the name has no dashes."""

    name: str
    help: str
    value: str = ""
    """What stands for an option's value in the help; empty for a switch."""
    repeat: Repeat = "one"
    """How many an operand takes; an option takes its value once, or ``any`` number of times."""
    choices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Other names of the choices, one each, that are read as well."""
    default: str | int | None = None
    at_least: int | None = None
    """The least value, for an option that takes a whole number."""
    rivals: str = ""
    """Options of one command with the same word here exclude each other."""
    completes: Completes = ""

    @property
    def is_option(self) -> bool:
        """Whether it is written with dashes."""
        return self.name.startswith("-")

    @property
    def usage(self) -> str:
        """An operand in a line of usage: ``ID``, ``[FILE]``, ``PATH...``, ``[QUERY...]``."""
        forms = {"one": "{}", "maybe": "[{}]", "any": "[{}...]", "some": "{}..."}
        return forms[self.repeat].format(self.name)


class Example(NamedTuple):
    """A command line, and what it is for."""

    line: str
    what: str


class Group(NamedTuple):
    """Commands with a first word in common."""

    name: str
    summary: str


class Command(NamedTuple):
    """Something the program does."""

    name: str
    """One word, or two of which the first is that of a group."""
    summary: str
    runs: str
    """The module below ``kaltimtui.cli`` and the function in it, parted by a colon."""
    arguments: tuple[Argument, ...] = ()
    details: str = ""
    examples: tuple[Example, ...] = ()
