"""Scripts by which a shell completes commands and options: ``completion``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.cli.commands import COMMANDS, COMMON, Argument, Command
from kaltimtui.cli.parser import options
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    names = " ".join(command.name for command in COMMANDS)
    common = " ".join(argument.name for argument in COMMON)
    with_value = "|".join(sorted({a.name for a in _with_value(COMMON)}))
    cases = "\n".join(
        f"    {command.name}) words='{_bash_words(command)}' ;;" for command in COMMANDS
    )
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
    *) command=${{COMP_WORDS[place]}}; break ;;
    esac
  done
  case $previous in
{values}
  esac
  case $command in
    '') words='{names} {common}' ;;
{cases}
    *) words='{common}' ;;
  esac
  if [[ $command == import && $current != -* ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}}
complete -o filenames -F _kaltimtui kaltimtui
"""


def zsh() -> str:
    """A script for zsh, with descriptions."""
    names = "\n".join(
        f"    {_quoted(f'{command.name}:{_(command.summary)}')}" for command in COMMANDS
    )
    cases = "\n".join(
        f"    {command.name}) _arguments -S {_zsh_arguments(command)} ;;" for command in COMMANDS
    )
    common = " ".join(_zsh_option(argument) for argument in COMMON)
    return f"""\
#compdef kaltimtui
# zsh completion of kaltimtui
_kaltimtui() {{
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
compdef _kaltimtui kaltimtui
"""


def fish() -> str:
    """A script for fish, with descriptions."""
    lines = ["# fish completion of kaltimtui", "complete -c kaltimtui -f"]
    lines += [_fish_option(argument, "") for argument in COMMON]
    for command in COMMANDS:
        lines.append(
            "complete -c kaltimtui -n __fish_use_subcommand"
            f" -a {command.name} -d {_fish_quoted(_(command.summary))}"
        )
        seen = f" -n '__fish_seen_subcommand_from {command.name}'"
        for argument in command.arguments:
            if argument.is_option:
                lines.append(_fish_option(argument, seen))
            elif argument.choices:
                lines.append(f"complete -c kaltimtui{seen} -a '{' '.join(argument.choices)}'")
            elif argument.completes:
                lines.append(f"complete -c kaltimtui{seen} -F")
    return "\n".join(lines) + "\n"


_SHELLS: Final[dict[str, Callable[[], str]]] = {"bash": bash, "zsh": zsh, "fish": fish}


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
    place = "1" if argument.repeat == "one" else "*"
    return _quoted(f"{place}:{argument.name}:{_zsh_action(argument)}")


def _zsh_arguments(command: Command) -> str:
    operands = (argument for argument in command.arguments if not argument.is_option)
    return " ".join([*map(_zsh_option, options(command)), *map(_zsh_operand, operands)])


def _fish_option(argument: Argument, condition: str) -> str:
    said = _fish_quoted(_(argument.help))
    line = f"complete -c kaltimtui{condition} -l {argument.name[2:]} -d {said}"
    if not argument.value:
        return line
    if argument.choices:
        return f"{line} -x -a '{' '.join(argument.choices)}'"
    return f"{line} -r -F" if argument.completes else f"{line} -x"
