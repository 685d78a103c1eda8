"""The settings there are, for ``config.toml``: where each stands, what it takes and means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from kaltimtui.config import ADDRESS, CITATION_STYLES, PIPE_FORMS, TITLE
from kaltimtui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

_WEEK: Final = 7 * 24 * 60
_PROXY_SCHEMES: Final = ("http", "https", "socks5", "socks5h")


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
    many: bool = False
    """Whether the table holds any number of such, under names that the user gives them."""


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


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError
        if value not in words:
            raise ValueError
        return value

    return read


def _command(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise TypeError
    if value and (not value[0] or ADDRESS in value[0] or "\0" in "".join(value)):
        raise ValueError
    if value and ADDRESS not in value:
        raise ValueError
    return tuple(value)


def _sharing(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise TypeError
    placed = [word for word in value if ADDRESS in word or TITLE in word]
    if not value or not value[0] or not placed or value[0] in placed or "\0" in "".join(value):
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
        N_(
            "So much room pictures may take on disk; those of starred articles are given up last."
            " 0: none are kept."
        ),
        N_("a whole number from 0 to 100000"),
        _whole(0, 100_000),
        "200",
    ),
    Setting(
        "images",
        "show",
        "images_show",
        N_(
            "How pictures are shown in the text: as the terminal does it best, in half blocks, or"
            " not at all. They need the extra “images”: pip install 'kaltimtui[images]'."
        ),
        N_("“auto”, “blocks” or “off”"),
        _one_of("auto", "blocks", "off"),
        '"auto"',
    ),
    Setting(
        "images",
        "over_ssh",
        "images_over_ssh",
        N_("Whether pictures are shown over SSH too, in half blocks."),
        N_("true or false"),
        _yes_or_no,
        "false",
    ),
    Setting(
        "images",
        "fetch",
        "images_fetch",
        N_("Whether the pictures of an article are fetched while one reads it."),
        N_("true or false"),
        _yes_or_no,
        "true",
    ),
    Setting(
        "retention",
        "days",
        "keep_days",
        N_(
            "Articles older than so many days are removed, which undo does not take back; a source"
            " may have its own age. 0: none. What is starred, kept for later, tagged or has a note"
            " is never removed."
        ),
        N_("a whole number from 0 to 100000"),
        _whole(0, 100_000),
        "365",
    ),
    Setting(
        "retention",
        "articles",
        "keep_articles",
        N_("So many articles are kept in all, the newest; 0: any number."),
        N_("a whole number from 0 to 100000000"),
        _whole(0, 100_000_000),
        "100000",
    ),
    Setting(
        "retention",
        "megabytes",
        "keep_megabytes",
        N_(
            "So much room the articles may take, as estimated; then the oldest are removed. 0: any."
        ),
        N_("a whole number from 0 to 10000000"),
        _whole(0, 10_000_000),
        "1000",
    ),
    Setting(
        "list",
        "lines",
        "list_lines",
        N_("Lines that an article takes in the list, until “z” in the reader says otherwise."),
        N_("1 or 2"),
        _whole(1, 2),
        "1",
    ),
    Setting(
        "stories",
        "together",
        "stories_together",
        N_(
            "Whether the reader shows a story that several sources tell once, in the lists of all"
            " articles, of the unread, of today and of this week."
        ),
        N_("true or false"),
        _yes_or_no,
        "true",
    ),
    Setting(
        "stories",
        "read_together",
        "stories_read_together",
        N_(
            "Whether what the reader marks read, or unread, is marked so in every source that tells"
            " the same. A rule marks only what its search finds."
        ),
        N_("true or false"),
        _yes_or_no,
        "true",
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
    Setting(
        "citation",
        "style",
        "citation_style",
        N_("In which style the reader copies a citation, and “kaltimtui cite” prints one."),
        N_("“pustaka”, “apa”, “chicago”, “bibtex”, “csl-json” or “chat”"),
        _one_of(*CITATION_STYLES),
        '"apa"',
    ),
    Setting(
        "pipe",
        "form",
        "pipe_form",
        N_("In which form the reader hands an article to a command."),
        N_("“markdown”, “text” or “json”"),
        _one_of(*PIPE_FORMS),
        '"markdown"',
    ),
    Setting(
        "notify",
        "desktop",
        "notify_desktop",
        N_(
            "Whether the desktop tells of new articles when the reader has looked for news by"
            " itself, and of what rules tell of."
        ),
        N_("true or false"),
        _yes_or_no,
        "true",
    ),
    Setting(
        "notify",
        "bell",
        "notify_bell",
        N_("Whether the terminal rings its bell for the same."),
        N_("true or false"),
        _yes_or_no,
        "true",
    ),
    Setting(
        "share",
        "NAME",
        "share",
        N_(
            "A command that shares an article, under any name; no shell is involved. “{url}” and"
            " “{title}” stand for its address and title, within words too."
        ),
        N_("a list of words: the program, then its arguments, “{url}” or “{title}” in one of them"),
        _sharing,
        '["xdg-email", "--subject", "{title}", "--body", "{url}"]',
        many=True,
    ),
)
