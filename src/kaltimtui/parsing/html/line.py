"""A paragraph while it is read: its words in their styles, with white space folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.document import Span

if TYPE_CHECKING:
    from kaltimtui.document import Spans


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
        if not words:
            self.gap = self.gap or raw[0].isspace() or raw[-1].isspace()
            return
        if not self.runs:
            self.runs.append((style, [words]))
        else:
            if not self.broken and (self.gap or raw[0].isspace()):
                self._space(style)
            last, parts = self.runs[-1]
            if last is style or (not self.apart and last == style):
                parts.append(words)
            else:
                self.runs.append((style, [words]))
        self.gap = raw[-1].isspace()
        self.broken = False

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
        runs, self.runs = self.runs, []
        self.gap = self.broken = False
        if not runs:
            return ()
        style, last = runs[-1]
        while last[-1].isspace():  # each run has words, and only breaks can stand behind them
            last.pop()
        if len(runs) == 1:
            return (_span(style, last),)
        return tuple([_span(style, parts) for style, parts in runs])


def _span(style: Span, parts: list[str]) -> Span:
    return Span("".join(parts), style.strong, style.emphasis, style.code, style.href)
