"""Scripts by which a shell completes commands and options: ``completion``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.cli.command import Argument, Command, Group
from kaltimtui.cli.commands import COMMANDS, COMMON, GROUPS, inside, top_level
from kaltimtui.cli.parser import options
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kaltimtui.cli.context import Context


def run(context: Context) -> int:
    """Print the script for one shell."""
    shell: str = context.values.shell
    script = _SHELLS[shell]()
    if context.out.json:
        context.out.data({"shell": shell, "script": script})
    else:
        context.out.own(script)
    return 0


def bash() -> str:
    """A script for bash; it names no descriptions, bash shows none."""
    names = " ".join(command.name for command in top_level())
    common = " ".join(argument.name for argument in COMMON)
    with_value = "|".join(sorted({a.name for a in _with_value(COMMON)}))
    cases = "\n".join(
        f"    '{command.name}') words='{_bash_words(command)}' ;;" for command in COMMANDS
    )
    groups = "\n".join(
        f"    {group.name}) words='{' '.join(inside(group))} {common}' ;;" for group in GROUPS
    )
    first_words = "|".join(group.name for group in GROUPS)
    files = "|".join(f"'{command.name}'" for command in COMMANDS if _takes_files(command))
    values = "\n".join(
        f"    {argument.name}) {_bash_value(argument)}; return ;;"
        for argument in _unique(_with_value(_every_argument()))
    )
    return f"""\
# bash completion of kaltimtui
_kaltimtui() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}
  local command='' words place
  COMPREPLY=()
  for ((place = 1; place < COMP_CWORD; place++)); do
    case ${{COMP_WORDS[place]}} in
    {with_value}) ((place++)) ;;
    -*) ;;
    *)
      command=${{command:+$command }}${{COMP_WORDS[place]}}
      case $command in
      {first_words}) ;;
      *) break ;;
      esac ;;
    esac
  done
  case $previous in
{values}
  esac
  case $command in
    '') words='{names} {common}' ;;
{groups}
{cases}
    *) words='{common}' ;;
  esac
  if [[ $current != -* ]]; then
    case $command in
    {files})
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return ;;
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}}
complete -o filenames -F _kaltimtui kaltimtui
"""


def zsh() -> str:
    """A script for zsh, with descriptions."""
    functions = [
        _zsh_function(
            f"_kaltimtui_{group.name}",
            [
                (word, command.summary, _zsh_command(command))
                for word, command in inside(group).items()
            ],
        )
        for group in GROUPS
    ]
    entries = [(entry.name, entry.summary, _zsh_command(entry)) for entry in top_level()]
    functions.append(_zsh_function("_kaltimtui", entries))
    return f"""\
#compdef kaltimtui
# zsh completion of kaltimtui
{"".join(functions)}compdef _kaltimtui kaltimtui
"""


def _zsh_command(entry: Command | Group) -> str:
    """What completes the words behind a command or the name of a group."""
    if isinstance(entry, Group):
        return f"_kaltimtui_{entry.name}"
    return f"_arguments -S {_zsh_arguments(entry)}"


def _zsh_function(name: str, entries: Sequence[tuple[str, str, str]]) -> str:
    """A function that completes one of several words and then what comes behind it.

    ``entries``: the word, what it does, and what completes the rest.
    """
    names = "\n".join(f"    {_quoted(f'{word}:{_(summary)}')}" for word, summary, _rest in entries)
    cases = "\n".join(f"    {word}) {rest} ;;" for word, _summary, rest in entries)
    common = " ".join(_zsh_option(argument) for argument in COMMON)
    return f"""\
{name}() {{
  local -a commands
  commands=(
{names}
  )
  local line state
  _arguments -C -S {common} '1: :->command' '*:: :->rest'
  case $state in
  command) _describe -t commands {_quoted(_("command"))} commands ;;
  rest)
    case $line[1] in
{cases}
    esac ;;
  esac
}}
"""


def fish() -> str:
    """A script for fish, with descriptions."""
    with_value = " ".join(argument.name for argument in _with_value(COMMON))
    lines = [_FISH_BEGINS.replace("{with_value}", with_value), "complete -c kaltimtui -f"]
    lines += [_fish_option(argument, "") for argument in COMMON]
    lines += [_fish_word("", entry.name, entry.summary) for entry in top_level()]
    for group in GROUPS:
        lines += [_fish_word(group.name, word, c.summary) for word, c in inside(group).items()]
    for command in COMMANDS:
        seen = f" -n '__kaltimtui_begins {command.name}'"
        for argument in command.arguments:
            if argument.is_option:
                lines.append(_fish_option(argument, seen))
            elif argument.choices:
                lines.append(f"complete -c kaltimtui{seen} -a '{' '.join(argument.choices)}'")
            elif argument.completes:
                lines.append(f"complete -c kaltimtui{seen} -F")
    return "\n".join(lines) + "\n"


_FISH_BEGINS: Final = """\
# fish completion of kaltimtui
function __kaltimtui_command --description 'The words that are no options nor values of common ones'
  set -l value_follows no
  for word in (commandline -opc)[2..-1]
    if test $value_follows = yes
      set value_follows no
    else if contains -- $word {with_value}
      set value_follows yes
    else if not string match -q -- '-*' $word
      echo $word
    end
  end
end
function __kaltimtui_begins --description 'Whether the command begins with these words'
  set -l words (__kaltimtui_command)
  test (count $words) -ge (count $argv); and test "$words[1..$(count $argv)]" = "$argv"
end
function __kaltimtui_is --description 'Whether the command so far is these words'
  set -l words (__kaltimtui_command)
  test "$words" = "$argv"
end"""

_SHELLS: Final[dict[str, Callable[[], str]]] = {"bash": bash, "zsh": zsh, "fish": fish}


def _takes_files(command: Command) -> bool:
    return any(a.completes == "files" for a in command.arguments if not a.is_option)


def _every_argument() -> list[Argument]:
    return [*COMMON, *(argument for command in COMMANDS for argument in command.arguments)]


def _with_value(arguments: Iterable[Argument]) -> list[Argument]:
    return [argument for argument in arguments if argument.is_option and argument.value]


def _unique(arguments: Iterable[Argument]) -> list[Argument]:
    return list({argument.name: argument for argument in arguments}.values())


def _quoted(words: str) -> str:
    """Words in single quotes, for bash and zsh."""
    return "'" + words.replace("'", "'\\''") + "'"


def _fish_quoted(words: str) -> str:
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _bash_words(command: Command) -> str:
    choices = [choice for a in command.arguments if not a.is_option for choice in a.choices]
    return " ".join([*choices, *(argument.name for argument in options(command))])


def _bash_value(argument: Argument) -> str:
    if argument.choices:
        words = " ".join(argument.choices)
        return f"mapfile -t COMPREPLY < <(compgen -W '{words}' -- \"$current\")"
    if argument.completes == "folders":
        return 'mapfile -t COMPREPLY < <(compgen -d -- "$current")'
    return "COMPREPLY=()"


def _zsh_action(argument: Argument) -> str:
    if argument.choices:
        return f"({' '.join(argument.choices)})"
    return {"": " ", "files": "_files", "folders": "_files -/"}[argument.completes]


def _zsh_option(argument: Argument) -> str:
    said = _(argument.help).replace("[", r"\[").replace("]", r"\]")
    several = "*" if argument.repeat == "any" else ""
    value = f":{argument.value}:{_zsh_action(argument)}" if argument.value else ""
    return _quoted(f"{several}{argument.name}[{said}]{value}")


def _zsh_operand(argument: Argument) -> str:
    place = {"one": "1:", "maybe": "1::"}.get(argument.repeat, "*:")
    return _quoted(f"{place}{argument.name}:{_zsh_action(argument)}")


def _zsh_arguments(command: Command) -> str:
    operands = (argument for argument in command.arguments if not argument.is_option)
    return " ".join([*map(_zsh_option, options(command)), *map(_zsh_operand, operands)])


def _fish_word(before: str, word: str, summary: str) -> str:
    """A word that may follow those ``before`` it."""
    condition = f"__kaltimtui_is {before}".rstrip()
    return f"complete -c kaltimtui -n '{condition}' -a {word} -d {_fish_quoted(_(summary))}"


def _fish_option(argument: Argument, condition: str) -> str:
    said = _fish_quoted(_(argument.help))
    line = f"complete -c kaltimtui{condition} -l {argument.name[2:]} -d {said}"
    if not argument.value:
        return line
    if argument.choices:
        return f"{line} -x -a '{' '.join(argument.choices)}'"
    return f"{line} -r -F" if argument.completes else f"{line} -x"
