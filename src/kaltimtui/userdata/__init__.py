"""Everything the user made as one readable file, written and read piece by piece.

``docs/userdata.md`` tells what stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.errors import ParseError, unread
from kaltimtui.i18n import _, ngettext
from kaltimtui.store import adopting
from kaltimtui.userdata.reading import Reading
from kaltimtui.userdata.writing import FORMAT, Export

if TYPE_CHECKING:
    from typing import BinaryIO

    from kaltimtui.store.connection import Database

__all__ = ["Export", "Report", "is_userdata", "take"]

_HEAD: Final = 1_000
"""Bytes by which it is known."""


@dataclass
class Report:
    """What became of such a file."""

    sources: tuple[str, ...]
    """Names of those that are new, or back."""
    tags: int
    """Tags that got a colour."""
    searches: int
    rules: int
    articles: int
    """Articles that have other marks than before."""
    refused: tuple[str, ...]
    """What was not taken, or not as it stands, each with the reason."""
    ignored: tuple[str, ...]
    """What is not known, and was passed over."""

    def told(self) -> str:
        """The sum in words."""
        new = len(self.sources)
        parts = (
            (new, ngettext("{count} source added", "{count} sources added", new)),
            (self.tags, ngettext("{count} tag coloured", "{count} tags coloured", self.tags)),
            (
                self.searches,
                ngettext("{count} search saved", "{count} searches saved", self.searches),
            ),
            (self.rules, ngettext("{count} rule added", "{count} rules added", self.rules)),
            (
                self.articles,
                ngettext("{count} article marked", "{count} articles marked", self.articles),
            ),
        )
        return ", ".join(told for count, told in parts if count) or _("nothing new")


def is_userdata(file: Path | bytes) -> bool:
    """Whether a file, or one that begins so, was written by ``Export``; no pipe is looked into."""
    if isinstance(file, Path):
        try:
            if not file.is_file():
                return False
            with file.open("rb") as stream:
                file = stream.read(_HEAD)
        except OSError:
            return False
    start = file[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and f'"{FORMAT}"'.encode() in start


def take(database: Database, file: Path | BinaryIO, now: int, *, dry_run: bool = False) -> Report:
    """Take in what such a file says, as one step that ``undo`` takes back.

    Of a ``dry_run`` nothing is kept. Raises ParseError, before anything is done, for another file
    and one that is broken or cannot be read.
    """
    reading = Reading()
    if isinstance(file, Path):
        try:
            with file.open("rb") as stream:
                reading.read(stream)
        except OSError as error:
            raise ParseError(text.inline(f"{file}: {unread(error)}.")) from None
    else:
        reading.read(file)
    with database.writing() as connection:
        connection.execute("SAVEPOINT userdata")
        taken = adopting.take(connection, reading.made, now)
        if dry_run:
            connection.execute("ROLLBACK TO userdata")
    return Report(
        tuple(taken.sources),
        taken.colours,
        taken.searches,
        taken.rules,
        taken.articles,
        (*reading.refused, *taken.refused),
        tuple(reading.ignored),
    )
