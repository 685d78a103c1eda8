"""A paragraph while it is read: its words in their styles, with white space folded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaltimtui.document import Span, Spans


class RunningLine:
    """The paragraph under way: runs of text in one style, white space folded.

    With ``apart`` the text of each styled element is a run of its own.
    """

    def __init__(self, *, apart: bool) -> None:
        self.apart = apart
        self.runs: list[tuple[Span, list[str]]] = []
        self.gap = False
        self.broken = False

    def add(self, raw: str, words: str, style: Span) -> None:
        """Add text; ``words`` is what is left of ``raw`` without its outer white space."""
        self.gap = self.gap or raw[0].isspace()
        if words:
            if self.gap and self.runs and not self.broken:
                self._space(style)
            if not self.runs or not self._same(self.runs[-1][0], style):
                self.runs.append((style, []))
            self.runs[-1][1].append(words)
            self.gap = self.broken = False
        self.gap = self.gap or raw[-1].isspace()

    def _same(self, last: Span, style: Span) -> bool:
        return last is style if self.apart else last == style

    def _space(self, style: Span) -> None:
        """A space between two runs belongs to the one that is no link."""
        if self.runs[-1][0].href and not style.href:
            self.runs.append((style, []))
        self.runs[-1][1].append(" ")

    def break_here(self) -> None:
        """Break the line within the paragraph."""
        if self.runs:
            self.runs[-1][1].append("\n")
            self.broken = True

    def end(self) -> Spans:
        """The spans of the paragraph; the next one begins."""
        spans = [replace(style, text="".join(parts)) for style, parts in self.runs]
        self.runs = []
        self.gap = self.broken = False
        while spans and not spans[-1].text.rstrip():
            spans.pop()
        if spans:
            spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
        return tuple(spans)
