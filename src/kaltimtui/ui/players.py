"""Playing what goes with an article, by the command that the user set."""

from __future__ import annotations

import subprocess
import threading
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kaltimtui import text
from kaltimtui.config import ADDRESS
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


def playable(article: Article) -> tuple[str, str] | None:
    """The first sound or video of an article: its kind, and its address."""
    for enclosure in attached(article):
        kind, url = kind_of(enclosure), text.address(enclosure.url)
        if kind is not None and url is not None:
            return kind, url
    return None


def pictures_of(article: Article) -> list[str]:
    """The addresses of the pictures of an article, the lead picture before those in its text."""
    named = (article.image, *(image.url for image in article.document.images()))
    return list(dict.fromkeys(url for url in map(text.address, named) if url))


def play(article: Article, config: Config) -> str:
    """Start the player for the first sound or video of an article; what came of it, in words."""
    if found := playable(article):
        kind, url = found
        words = config.open_audio if kind == "audio" else config.open_video
        if not words:
            said = _("Set {setting} in {file} to the command that plays this.")
            return said.format(setting=f"[open] {kind}", file="config.toml")
        return _start(command_for(words, url), url)
    return _("Neither sound nor video goes with this article.")


def _start(command: list[str], url: str) -> str:
    name = text.inline(command[0])
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own command, without a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return _("{program} cannot be started: {why}.").format(program=name, why=text.inline(why))
    # Waited for so that nothing is left of it; it lives on when the reader is left before.
    threading.Thread(target=process.wait, name="player", daemon=True).start()
    return _("{program} plays {address}").format(program=name, address=url)
