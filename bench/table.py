"""What was measured, as a table in Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a work, what it took, what stands beside it, and what was wanted."""

    goal: str
    """The goal's name, such as ``P1``; empty for what has none."""
    work: str
    took: str
    beside: str
    """The yardstick of the same run and what it took."""
    ratio: str
    wanted: str
    met: bool | None = None
    """None where nothing is wanted."""


def markdown(rows: Iterable[Row]) -> str:
    """The table."""
    lines = ["| # | work | took | beside | ratio | wanted | |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        met = "" if row.met is None else "yes" if row.met else "**no**"
        cells = (row.goal, row.work, row.took, row.beside, row.ratio, row.wanted, met)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def ms(seconds: float) -> str:
    """Seconds as milliseconds, with as many figures as mean anything."""
    value = seconds * 1000
    digits = 0 if value >= 100 else 1 if value >= 1 else 3
    return f"{value:,.{digits}f} ms"


def times(ratio: float) -> str:
    """A ratio."""
    return f"{ratio:.2f} x" if ratio < 10 else f"{ratio:.1f} x"


def mib(value: float) -> str:
    """An amount of memory."""
    return f"{value:.1f} MiB"
