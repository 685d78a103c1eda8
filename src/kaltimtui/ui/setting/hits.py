"""The words of a search marked in laid out lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui.query.tree import Field
from kaltimtui.ui.setting.lines import Line, Role, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kaltimtui.query.marking import Marker, Place
    from kaltimtui.ui.setting.lines import Runs

_AT_ONCE: Final = 200
"""Lines of a paragraph that are looked through at once: words that stand across are found."""


def marked(lines: Iterable[Line], marker: Marker) -> Iterator[Line]:
    """Lines with the words of a search marked, those of other articles and addresses not."""
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and (_apart(line) or _of(line) != _of(paragraph[-1])):
            yield from _marked(paragraph, marker)
            paragraph.clear()
        if _apart(line):
            yield line
            continue
        paragraph.append(line)
        if len(paragraph) == _AT_ONCE:
            yield from _marked(paragraph, marker)
            paragraph.clear()
    yield from _marked(paragraph, marker)


def _apart(line: Line) -> bool:
    return not line.runs or line.item is not None or line.runs[0].look.roles[0] is Role.ADDRESS


def _of(line: Line) -> Field:
    return Field.TITLE if line.runs[0].look.roles[0] is Role.TITLE else Field.BODY


def _marked(lines: Sequence[Line], marker: Marker) -> Iterator[Line]:
    if not lines:
        return
    places = marker.places("\n".join(line.text for line in lines), _of(lines[0]))
    start = 0
    for line in lines:
        end = start + len(line.text)
        here = [(max(a, start) - start, b - start) for a, b in places if a < end and b > start]
        yield line._replace(runs=split(line.runs, here, Role.HIT)) if here else line
        start = end + 1


def split(runs: Runs, places: Sequence[Place], role: Role) -> Runs:
    """Runs with another role laid over what stands at some places, which come in order."""
    found: list[Run] = []
    offset = 0
    for run in runs:
        at, length = 0, len(run.text)
        look = run.look._replace(roles=(*run.look.roles, role))
        for start, end in places:
            first, last = max(start - offset, at), min(end - offset, length)
            if first < last:
                found += [Run(run.text[at:first], run.look), Run(run.text[first:last], look)]
                at = last
        found.append(Run(run.text[at:], run.look))
        offset += length
    return tuple(run for run in found if run.text)
