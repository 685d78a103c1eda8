"""What a rule is, and what it has to tell; apart from ``models``, which the first picture loads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from kaltimtui.models import ArticleRow

TITLES: Final = 5
"""Titles that a notice has at most."""
RuleKind: TypeAlias = Literal["read", "star", "later", "tag", "hide", "notify", "full_text"]


class RuleAction(NamedTuple):
    """What a rule does with what it finds."""

    kind: RuleKind
    value: str | None = None
    """The name of the tag, for ``tag``."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A search, and what is done with each new article that it finds."""

    id: int
    name: str
    query: str
    actions: tuple[RuleAction, ...]
    enabled: bool = True
    trouble: str | None = None
    """Why the search cannot be read any more; the rule then does nothing."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would have found in the last days."""

    count: int
    days: int
    samples: tuple[ArticleRow, ...]
    """The newest."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a rule has to tell of new articles."""

    rule: str
    count: int
    titles: tuple[str, ...]
    """Of the newest few."""
