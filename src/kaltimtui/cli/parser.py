"""From the words of a command line to a command and its values; argparse does the reading.

argparse says what is wrong in its own English, so its messages are taken apart here and said
again in the user's language, with the word that was likely meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from kaltimtui import i18n
from kaltimtui.cli.command import QUERY
from kaltimtui.cli.commands import BY_NAME, COMMON, GROUP_BY_NAME, inside, top_level
from kaltimtui.errors import UsageError
from kaltimtui.i18n import N_, _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from kaltimtui.cli.command import Argument, Command

_WITH_VALUE: Final = frozenset(argument.name for argument in COMMON if argument.value)
_SEEN_BEFORE: Final = frozenset({"--help", "--version"})
"""Options that end the run; they count even where the rest of the line is wrong."""

_SAID: Final = (
    (r"argument (?P<name>\S+): expected (one|at least one) argument", N_("{name} needs a value.")),
    (
        r"argument (?P<name>\S+): not allowed with argument (?P<what>.+)",
        N_("{name} and {what} exclude each other."),
    ),
    (
        r"argument (?P<name>\S+): ignored explicit argument (?P<what>.+)",
        N_("{name} takes no value."),
    ),
    (r"argument (?P<name>\S+): (?P<what>.+)", "{name}: {what}"),
)


def split(words: Sequence[str]) -> tuple[str, list[str]]:
    """The command's name (empty for none), and all other words in their order.

    The name is the first word that is neither an option nor the value of a common one, so that
    common options may stand on both sides of it; where that is a group's, the next such word too.
    """
    name = ""
    others: list[str] = []
    value_follows = False
    for place, word in enumerate(words):
        if word.startswith("-") and word != "-":
            value_follows = word in _WITH_VALUE
        elif value_follows:
            value_follows = False
        elif word in GROUP_BY_NAME and not name:
            name = word
            continue
        else:
            return f"{name} {word}".lstrip(), [*others, *words[place + 1 :]]
        others.append(word)
    return name, others


def asks_for(words: Sequence[str], *options: str) -> bool:
    """Whether one of these options stands among the words, before a ``--``."""
    options_end = words.index("--") if "--" in words else len(words)
    return any(word in options for word in words[:options_end])


def value_of(words: Sequence[str], option: str) -> str | None:
    """The value that an option was last given, found without knowing the command."""
    found = None
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == option:
            found = value if equals else next(iter(words[place + 1 :]), None)
    return found


def language(words: Sequence[str], otherwise: i18n.Language) -> i18n.Language:
    """The language that ``--lang`` names, wherever it stands; needed before anything is said."""
    chosen = value_of(words, "--lang")
    return next((known for known in i18n.LANGUAGES if known == chosen), otherwise)


def find(name: str) -> Command:
    """The command of this name. Raises UsageError, with the one that was likely meant."""
    if name in BY_NAME:
        return BY_NAME[name]
    first, _space, second = name.partition(" ")
    group = GROUP_BY_NAME.get(first)
    if group is None:
        known = [one.name for one in top_level()]
        raise UsageError(
            _("Unknown command: {name}.").format(name=name) + _meant(name, known),
            hint=_("kaltimtui --help lists the commands."),
        )
    hint = _("{command} --help lists the commands.").format(command=f"kaltimtui {first}")
    if not second:
        raise UsageError(_("Missing: {what}.").format(what=" | ".join(inside(group))), hint=hint)
    meant = _meant(second, inside(group), before=f"{first} ")
    raise UsageError(_("Unknown command: {name}.").format(name=name) + meant, hint=hint)


def parse(command: Command, words: Sequence[str]) -> argparse.Namespace:
    """The values of a command's options and operands. Raises UsageError on wrong use."""
    end = words.index("--") if "--" in words else len(words)
    operands = [argument for argument in command.arguments if not argument.is_option]
    values, left = _parser(command).parse_known_args(_joined(words[:end], command))
    for word in left:
        if word.startswith("-") and word != "-" and not (_denies(word) and _searches(operands)):
            option = word.partition("=")[0]
            known = [argument.name for argument in options(command)]
            said = _("Unknown option: {name}.").format(name=option) + _meant(option, known)
            raise UsageError(said, hint=_see_help(command))
    _take(values, command, operands, [*left, *words[end + 1 :]])
    return values


def _denies(word: str) -> bool:
    """Whether a word begins as ``-samarinda`` in a search does: options have two dashes.

    One letter behind a dash is more likely an option of another program.
    """
    return word.startswith("-") and not word.startswith("--") and len(word) > len("-x")


def _searches(operands: Iterable[Argument]) -> bool:
    return any(operand.name == QUERY for operand in operands)


def _joined(words: Sequence[str], command: Command) -> list[str]:
    """The words with what denies in a search joined to the option it is the value of.

    argparse would take it for an option.
    """
    names = {argument.name for argument in command.arguments if argument.value == QUERY}
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in names and _denies(word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def options(command: Command) -> tuple[Argument, ...]:
    """Every option of a command, the common ones last."""
    return (*(argument for argument in command.arguments if argument.is_option), *COMMON)


def _see_help(command: Command) -> str:
    name = " ".join(filter(None, ("kaltimtui", command.name)))
    return _("{command} --help tells how it is used.").format(command=name)


def _meant(word: str, known: Iterable[str], before: str = "") -> str:
    """The nearest known word as a question, with a space before it; empty where none is near."""
    from difflib import get_close_matches  # needed only when something is wrong

    near = get_close_matches(word, list(known), n=1)
    return " " + _("Did you mean {word}?").format(word=before + near[0]) if near else ""


def _take(
    values: argparse.Namespace, command: Command, operands: Sequence[Argument], words: list[str]
) -> None:
    """Set the values of a command's operands; the last one takes all that is left."""
    for operand in operands:
        several = operand.repeat in ("any", "some")
        taken = words if several else words[:1]
        words = words[len(taken) :]
        if not taken and operand.repeat not in ("any", "maybe"):
            missing = _("Missing: {what}.").format(what=operand.name)
            raise UsageError(missing, hint=_see_help(command))
        said = [_value(operand, word, command) for word in taken]
        value = said if several else next(iter(said), None)
        setattr(values, operand.name.lower(), value)
    if words:
        raise UsageError(
            _("Too much: {words}.").format(words=" ".join(words)), hint=_see_help(command)
        )


def _value(operand: Argument, word: str, command: Command) -> object:
    from argparse import ArgumentTypeError

    try:
        return _kind(operand)(word)
    except ArgumentTypeError as error:
        raise UsageError(f"{operand.name}: {error}", hint=_see_help(command)) from None


def _readable(message: str) -> str:
    for pattern, ours in _SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return _(ours).format(**found.groupdict())
    return message


def _kind(argument: Argument) -> Callable[[str], object]:
    """What turns the word of a command line into a value."""
    if argument.choices:
        also = dict(zip(argument.also, argument.choices, strict=False))
        return lambda word: also.get(word) or _one_of(word, argument.choices)
    if argument.at_least is not None:
        least = argument.at_least
        return lambda word: _whole_number(word, least)
    return str


def _one_of(word: str, choices: Sequence[str]) -> str:
    from argparse import ArgumentTypeError

    if word not in choices:
        raise ArgumentTypeError(
            _("{word} is none of {choices}.").format(word=word, choices=", ".join(choices))
            + _meant(word, choices)
        )
    return word


def _whole_number(word: str, least: int) -> int:
    from argparse import ArgumentTypeError

    if not (word.isascii() and word.isdigit() and len(word) <= 18 and int(word) >= least):
        raise ArgumentTypeError(
            _("{word} is no whole number from {least}.").format(word=word, least=least)
        )
    return int(word)


def _parser(command: Command) -> argparse.ArgumentParser:
    import argparse  # twice the cost of a bare interpreter; the help does without it

    class Parser(argparse.ArgumentParser):
        """Raises where argparse would print and exit."""

        def error(self, message: str) -> NoReturn:
            raise UsageError(_readable(message), hint=_see_help(command))

    def formatter(prog: str) -> argparse.HelpFormatter:
        # Told a width, it does not load shutil to ask for one; nothing is printed with it.
        return argparse.HelpFormatter(prog, width=80)

    parser = Parser(add_help=False, allow_abbrev=False, formatter_class=formatter)
    rivals: dict[str, argparse._MutuallyExclusiveGroup] = {}
    for argument in options(command):
        if argument.name in _SEEN_BEFORE:
            continue
        place: argparse._ActionsContainer = parser
        if argument.rivals:
            if argument.rivals not in rivals:
                rivals[argument.rivals] = parser.add_mutually_exclusive_group()
            place = rivals[argument.rivals]
        _add(place, argument)
    return parser


def _add(place: argparse._ActionsContainer, argument: Argument) -> None:
    if not argument.value:
        place.add_argument(argument.name, action="store_true")
    else:
        place.add_argument(
            argument.name,
            action="append" if argument.repeat == "any" else "store",
            type=_kind(argument),
            default=[] if argument.repeat == "any" else argument.default,
        )
