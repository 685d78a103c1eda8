"""What the user set, in ``config.toml``; for what is not set or broken, what is set by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kaltimtui import text
from kaltimtui.errors import unread
from kaltimtui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kaltimtui.settings import Setting

ADDRESS: Final = "{url}"
"""Stands for the address in a command."""
TITLE: Final = "{title}"
"""Stands for the title in a command that shares an article."""
CITATION_STYLES: Final = ("pustaka", "apa", "chicago", "bibtex", "csl-json", "chat")
"""What ``citing.py`` knows, which need not be loaded to know their names."""
PIPE_FORMS: Final = ("markdown", "text", "json")
"""The forms in which an article is handed to another program."""
_SIZE_LIMIT: Final = 1024 * 1024
_MOST_TOLD: Final = 20
_OPENS_OR_SETS: Final = re.compile(r"\s*(?:\[|[\w\"'][\w\"'. -]*=)")
_NO_SETTING: Final = N_(
    "This line cannot be read and is left out. Mend it, text within quotes, or delete it."
)
_NO_TABLE: Final = N_(
    "This line cannot be read, so all up to the next line in square brackets is left out. Mend it."
)

_Wrong: TypeAlias = tuple[int | None, str]
"""The number of a line, and what is said of it."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, each as ``settings.SETTINGS`` tells."""

    proxy: str | None = None
    refresh_minutes: int = 30
    refresh_on_start: bool = True
    images_megabytes: int = 200
    images_show: str = "auto"
    images_over_ssh: bool = False
    images_fetch: bool = True
    keep_days: int = 0
    keep_articles: int = 0
    keep_megabytes: int = 0
    list_lines: int = 2
    stories_together: bool = True
    stories_read_together: bool = True
    open_audio: tuple[str, ...] = ()
    open_video: tuple[str, ...] = ()
    citation_style: str = "pustaka"
    pipe_form: str = "markdown"
    notify_desktop: bool = False
    notify_bell: bool = False
    share: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Commands by their names, in their order in the file."""


def load(path: Path) -> tuple[Config, tuple[str, ...]]:
    """The settings of a file, and what of it cannot be taken, each with its line.

    Never fails: what is broken is as if it were not there, and so is a file that is missing.
    """
    name = text.inline(path.name)
    try:
        with path.open("rb") as file:
            raw = file.read(_SIZE_LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Config(), ()
    except OSError as error:
        return Config(), (f"{name}: {text.inline(unread(error))}.",)
    if len(raw) > _SIZE_LIMIT:
        return Config(), (_("{file} is too large to be read.").format(file=name),)
    source = raw.decode("utf-8-sig", "replace")
    tables, wrong = _parsed(source)
    values: dict[str, Any] = {}
    wrong += [(_line_of(source, table, key), said) for table, key, said in _take(tables, values)]
    located = ((f"{name}:{line}: {said}" if line else f"{name}: {said}") for line, said in wrong)
    return Config(**values), tuple(located)


def _parsed(source: str) -> tuple[dict[str, Any], list[_Wrong]]:
    """The tables of a file, and the lines that are left out because they cannot be read.

    A file that is no TOML as a whole is read setting by setting.
    """
    whole = _loaded(source)
    if whole is not None:
        return whole, []
    tables: dict[str, Any] = {}
    wrong: list[_Wrong] = []
    header: str | None = ""
    for number, lines in _statements(source):
        opens = lines[0].lstrip().startswith("[")
        if opens:
            header = ""
        elif header is None:  # whose these are cannot be told
            continue
        found = _loaded(header, *lines)
        if found is None:
            found = _loaded(header, lines[0])
            at = number if found is None else _first_said(lines, number)
            wrong.append((at, _(_NO_TABLE if opens and found is None else _NO_SETTING)))
        if opens:
            header = lines[0] if found is not None else None
        wrong += [(number, said) for said in _added(tables, found or {})]
    return tables, wrong[:_MOST_TOLD]


def _loaded(*lines: str) -> dict[str, Any] | None:
    """The tables of some lines, if they are TOML."""
    import tomllib  # 18 ms, which nobody without a file should pay

    try:
        return tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return None


def _statements(source: str) -> Iterator[tuple[int, list[str]]]:
    """Each line that opens a table or sets something, with its number and the lines after it."""
    begun, lines = 1, [""]
    for number, line in enumerate(source.split("\n"), 1):
        if _OPENS_OR_SETS.match(line):
            yield begun, lines
            begun, lines = number, []
        lines.append(line)
    yield begun, lines


def _first_said(lines: list[str], number: int) -> int:
    """The number of the first line below the first one, ``number``, that says something."""
    below = enumerate(lines[1:], number + 1)
    return next((at for at, line in below if line.strip() and line.lstrip()[0] != "#"), number)


def _added(tables: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    """Take over what is found; what is said of a setting that is there already."""
    for table, held in found.items():
        known = tables.setdefault(table, {} if isinstance(held, dict) else held)
        for key in held if isinstance(held, dict) and isinstance(known, dict) else ():
            if key in known:
                name = text.inline(f"{table}.{key}")
                yield _("“{name}” is set twice; what comes first holds.").format(name=name)
            known.setdefault(key, held[key])


def _take(tables: dict[str, Any], values: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    """Fill in ``values``; tables, keys and messages of what is not taken."""
    from kaltimtui.settings import SETTINGS  # nobody without a file needs them

    known = {(setting.table, setting.key): setting for setting in SETTINGS}
    many = {setting.table: setting for setting in SETTINGS if setting.many}
    names = {setting.table for setting in SETTINGS}
    wrong: list[tuple[str, str | None, str]] = []
    for table, held in tables.items():
        if table not in names or not isinstance(held, dict):
            wrong.append((table, None, _unknown(table, names)))
            continue
        for key, value in held.items():
            name = text.inline(f"{table}.{key}")
            setting = known.get((table, key)) or many.get(table)
            if setting is None:
                wrong.append((table, key, _unknown(name, map(".".join, known))))
                continue
            try:
                values[setting.field] = _read(setting, key, value, values)
            except (TypeError, ValueError):
                said = _("“{name}” takes {what}.").format(name=name, what=_(setting.takes))
                wrong.append((table, key, said))
    return wrong


def _read(setting: Setting, key: str, value: Any, before: dict[str, Any]) -> Any:
    """The field of a setting; where it is one of many, with those read before."""
    read = setting.read(value)
    if not setting.many:
        return read
    name = text.inline(key)
    if not name:
        raise ValueError
    return (*before.get(setting.field, ()), (name, read))


def _unknown(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # needed only when something is wrong

    near = get_close_matches(name, sorted(known), n=1)
    said = _("There is no setting “{name}”.").format(name=text.inline(name))
    todo = _("Did you mean {word}?").format(word=near[0]) if near else _("Delete it.")
    return f"{said} {todo}"


def _line_of(source: str, table: str, key: str | None) -> int | None:
    """The number of the line where a key, or else its table, is set, in plain ways of writing."""
    within, first = False, None
    for number, line in enumerate(source.splitlines(), 1):
        bare = re.sub(r"[\s\"']", "", line)
        if bare.startswith("["):
            within = bare.lstrip("[").startswith((f"{table}]", f"{table}."))
            here = within
        else:
            here = bare.startswith((f"{table}.", f"{table}="))
        if here and first is None:
            first = number
        if key and bare.startswith((f"{table}.{key}=", *([f"{key}="] if within else []))):
            return number
    return first


def default(setting: Setting) -> Any:
    """What holds where a setting is not set."""
    return next(field.default for field in fields(Config) if field.name == setting.field)
