"""What of an article can be played, and by which command that the user set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from kaltimtui import text
from kaltimtui.config import ADDRESS
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _
from kaltimtui.wording import attached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.config import Config
    from kaltimtui.models import Article, Enclosure

_SOUNDS: Final = (".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac")
_FILMS: Final = (".mp4", ".m4v", ".webm", ".mkv", ".mov", ".avi", ".m3u8")


def kind_of(enclosure: Enclosure) -> str | None:
    """``audio`` or ``video``, by the type that is stated, else by the name; None for neither."""
    stated = (enclosure.type or "").partition("/")[0].strip().lower()
    if stated in ("audio", "video"):
        return stated
    name = urlsplit(enclosure.url).path.lower()
    return "audio" if name.endswith(_SOUNDS) else "video" if name.endswith(_FILMS) else None


def command_for(words: Sequence[str], url: str) -> list[str]:
    """The arguments of a command with the address in its place."""
    return [url if word == ADDRESS else word for word in words]


class Playable(NamedTuple):
    """A sound or video that goes with an article."""

    kind: str
    """``audio`` or ``video``."""
    url: str


def playable(article: Article) -> list[Playable]:
    """The sounds and videos of an article, each once."""
    found = ((kind_of(one), text.address(one.url)) for one in attached(article))
    return list(dict.fromkeys(Playable(kind, url) for kind, url in found if kind and url))


def file_name(file: Playable) -> str:
    """What a file is called, with where it lies."""
    name = urlsplit(file.url).path.rpartition("/")[2]
    return f"{name} · {text.host(file.url)}" if name else text.host(file.url)


def pictures_of(article: Article) -> list[str]:
    """The addresses of the pictures of an article, the lead picture before those in its text."""
    named = (article.image, *(image.url for image in article.document.images()))
    return list(dict.fromkeys(url for url in map(text.address, named) if url))


def player_for(file: Playable, config: Config) -> list[str]:
    """The arguments of the command that plays it. Raises UsageError where none is set."""
    words = config.open_audio if file.kind == "audio" else config.open_video
    if not words:
        said = _("Set {setting} in {file} to the command that plays this.")
        raise UsageError(said.format(setting=f"[open] {file.kind}", file="config.toml"))
    return command_for(words, file.url)
