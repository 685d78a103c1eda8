"""What is told of a store that was looked at, and how much may be kept in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class Limits(NamedTuple):
    """How much is kept in all; 0: all of it."""

    days: int = 0
    articles: int = 0
    megabytes: int = 0


class Room(NamedTuple):
    """What the articles of a source take up, about."""

    source: str
    removed: bool
    """Whether the source was removed; undo brings it back."""
    articles: int
    bytes: int


class Copy(NamedTuple):
    """The store as it was before it was brought to a newer format."""

    file: Path
    format: int
    bytes: int
    kept: datetime
    """Until when nothing removes it."""
    until: datetime
    """When it goes by itself; before that, where room is asked for."""


class Check(NamedTuple):
    """One thing that was looked at."""

    name: str
    """Fit for a program: ``integrity``, ``counters`` …"""
    ok: bool
    detail: str
    """Fit for a user."""


class Report(NamedTuple):
    """How a store is."""

    store: str
    """Where it is, or would be."""
    bytes: int
    version: int
    """Number of its format; 0 where it cannot be told."""
    sqlite: str
    articles: int
    unread: int
    sources: int
    checks: tuple[Check, ...]
    repairs: tuple[str, ...] = ()
    """What was done, fit for a user."""
    free: int = 0
    """Bytes of the file that are unused."""
    room: tuple[Room, ...] = ()
    """What the articles of each source take up, as estimated; none where that cannot be told."""
    copies: tuple[Copy, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return all(check.ok for check in self.checks)
