"""What the user set, in ``config.toml``; for what is not set or broken, what is set by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from kaltimtui import text
from kaltimtui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ADDRESS: Final = "{url}"
"""Stands for the address in a command."""
_SIZE_LIMIT: Final = 1024 * 1024
_MOST_REPAIRS: Final = 20
_WEEK: Final = 7 * 24 * 60
_PROXY_SCHEMES: Final = ("http", "https", "socks5", "socks5h")
_AT_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, each as ``SETTINGS`` tells."""

    proxy: str | None = None
    refresh_minutes: int = 30
    refresh_on_start: bool = True
    images_megabytes: int = 200
    open_audio: tuple[str, ...] = ()
    open_video: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: where it stands, and what it takes."""

    table: str
    key: str
    field: str
    """Of ``Config``."""
    what: str
    takes: str
    read: Callable[[Any], Any]
    """From TOML's value to the field's. Raises ValueError or TypeError for what is not taken."""
    example: str


def _proxy(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    if value:
        parts = urlsplit(value)
        if parts.scheme not in _PROXY_SCHEMES or not parts.hostname or not value.isprintable():
            raise ValueError
        _ = parts.port  # raises where it is no port
    return value


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError
        if not least <= value <= most:
            raise ValueError
        return value

    return read


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _command(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise TypeError
    if value and (not value[0] or ADDRESS in value[0] or "\0" in "".join(value)):
        raise ValueError
    if value and ADDRESS not in value:
        raise ValueError
    return tuple(value)


_COMMAND: Final = N_("a list of words: the program, then its arguments, “{url}” as one of them")

SETTINGS: Final = (
    Setting(
        "network",
        "proxy",
        "proxy",
        N_(
            "The proxy to go through, which then also looks names up. Not set: as the environment"
            " says; empty: none."
        ),
        N_("an address: http://…, https://… or socks5://…"),
        _proxy,
        '"http://proxy.example:3128"',
    ),
    Setting(
        "refresh",
        "minutes",
        "refresh_minutes",
        N_("So often the reader looks for news by itself; 0: only when asked."),
        N_("a whole number from 0 to 10080"),
        _whole(0, _WEEK),
        "30",
    ),
    Setting(
        "refresh",
        "on_start",
        "refresh_on_start",
        N_("Whether the reader looks for news when it opens."),
        N_("true or false"),
        _yes_or_no,
        "true",
    ),
    Setting(
        "offline",
        "images_megabytes",
        "images_megabytes",
        N_("So much room the pictures of starred articles may take on disk."),
        N_("a whole number from 0 to 100000"),
        _whole(0, 100_000),
        "200",
    ),
    Setting(
        "open",
        "audio",
        "open_audio",
        N_("What plays a sound file that goes with an article; no shell is involved."),
        _COMMAND,
        _command,
        '["mpv", "--no-video", "--", "{url}"]',
    ),
    Setting(
        "open",
        "video",
        "open_video",
        N_("What plays a video that goes with an article; no shell is involved."),
        _COMMAND,
        _command,
        '["mpv", "--", "{url}"]',
    ),
)


def load(path: Path) -> tuple[Config, tuple[str, ...]]:
    """The settings of a file, and what of it cannot be taken, each with its line.

    Never fails: what is broken is as if it were not there, and so is a file that is missing.
    """
    name = text.inline(path.name)
    try:
        with path.open("rb") as file:
            raw = file.read(_SIZE_LIMIT + 1)
    except FileNotFoundError:
        return Config(), ()
    except OSError as error:
        why = text.inline(error.strerror or str(error))
        return Config(), (_("{file} cannot be read: {why}.").format(file=name, why=why),)
    if len(raw) > _SIZE_LIMIT:
        return Config(), (_("{file} is too large to be read.").format(file=name),)
    source = raw.decode("utf-8-sig", "replace")
    tables, said = _parsed(source, name)
    values: dict[str, Any] = {}
    for complaint in _take(tables, values):
        table, key, message = complaint
        line = _line_of(source, table, key)
        said.append(f"{name}:{line}: {message}" if line else f"{name}: {message}")
    return Config(**values), tuple(said)


def _parsed(source: str, name: str) -> tuple[dict[str, Any], list[str]]:
    """The tables of a file; lines that cannot be read are left out, and told of."""
    import tomllib  # 18 ms, which nobody without a file should pay

    lines = source.splitlines()
    said: list[str] = []
    for _again in range(_MOST_REPAIRS):
        try:
            return tomllib.loads("\n".join(lines)), said
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            number = min(int(found[1]), len(lines)) if found else _last(lines)
        except RecursionError:
            break
        lines[number - 1] = ""
        said.append(f"{name}:{number}: {_('This line cannot be read.')}")
    return {}, [*said[:1], _("{file} cannot be read: it is no TOML.").format(file=name)]


def _last(lines: list[str]) -> int:
    """The number of the last line that says something."""
    return next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 1)


def _take(tables: dict[str, Any], values: dict[str, Any]) -> list[tuple[str, str | None, str]]:
    """Fill in ``values``; tables, keys and messages of what is not taken."""
    known = {(setting.table, setting.key): setting for setting in SETTINGS}
    names = {setting.table for setting in SETTINGS}
    wrong: list[tuple[str, str | None, str]] = []
    for table, held in tables.items():
        if table not in names or not isinstance(held, dict):
            said = _("There is no setting “{name}”.").format(name=text.inline(table))
            wrong.append((table, None, said))
            continue
        for key, value in held.items():
            name = text.inline(f"{table}.{key}")
            setting = known.get((table, key))
            if setting is None:
                wrong.append((table, key, _("There is no setting “{name}”.").format(name=name)))
                continue
            try:
                values[setting.field] = setting.read(value)
            except (TypeError, ValueError):
                said = _("“{name}” takes {what}.").format(name=name, what=_(setting.takes))
                wrong.append((table, key, said))
    return wrong


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
