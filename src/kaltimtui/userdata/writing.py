"""How what the user made is written down."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kaltimtui import text
from kaltimtui.store import keys, userdata

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kaltimtui.store.connection import Connection, Database
    from kaltimtui.store.userdata import MadeRule, MadeSource

FORMAT: Final = "kaltimtui-userdata"
VERSION: Final = 1
_IDS_A_LINE: Final = 6
Said: TypeAlias = dict[str, Any]


class Export:
    """The file, as it is written; ``counts`` tells of each section how many there were."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.counts: Counter[str] = Counter()

    def __iter__(self) -> Iterator[bytes]:
        """The file in pieces, from the store as it is when the first one is asked for."""
        with self._database.reading() as connection:
            yield f'{{\n  "format": "{FORMAT}",\n  "version": {VERSION}'.encode()
            for name, elements in _sections(connection).items():
                yield f',\n  "{name}": ['.encode()
                yield from self._elements(name, elements)
        yield b"\n}\n"

    def _elements(self, name: str, elements: Iterable[Any]) -> Iterator[bytes]:
        before = "\n    "
        for element in elements:
            said = json.dumps(text.verbatim_json(element), ensure_ascii=False, indent=2)
            yield (before + said.replace("\n", "\n    ")).encode("utf-8", "replace")
            before = ",\n    "
            self.counts[name] += _ids(element["articles"]) if name == "read" else 1
        yield b"\n  ]" if before.startswith(",") else b"]"


def _sections(connection: Connection) -> dict[str, Iterable[Any]]:
    return {
        "sources": map(_source_said, userdata.sources_of(connection)),
        "tags": ({"name": name, "colour": said} for name, said in userdata.tags_of(connection)),
        "searches": (one._asdict() for one in userdata.searches_of(connection)),
        "places_removed": userdata.places_removed(connection),
        "rules": map(_rule_said, userdata.rules_of(connection)),
        "marks": map(_marks_said, userdata.marks_of(connection)),
        "read": map(_read_said, userdata.read_of(connection)),
    }


def _source_said(made: MadeSource) -> Said:
    said = made._asdict()
    for ours, theirs in (
        ("minutes", "interval"),
        ("days", "keep_days"),
        ("articles", "keep_articles"),
    ):
        said[theirs] = said.pop(ours)
    removed = said.pop("removed")
    return said | {"removed": True} if removed else said


def _rule_said(made: MadeRule) -> Said:
    actions = [
        {"do": kind} if value is None else {"do": kind, "value": value}
        for kind, value in made.actions
    ]
    return {"name": made.name, "query": made.query, "actions": actions, "enabled": made.enabled}


def _marks_said(made: userdata.MadeMarks) -> Said:
    said = made._asdict()
    about = {name: said.pop(name) for name in ("title", "url", "source")}
    said.pop("uid")
    said["tags"] = list(made.tags)
    return {
        "article": keys.public_id(made.uid),
        **{name: value for name, value in about.items() if value is not None},
        **{name: value for name, value in said.items() if value},
    }


def _read_said(made: userdata.ReadOn) -> Said:
    ids = [keys.public_id(uid) for uid in made.uids]
    lines = [
        " ".join(ids[start : start + _IDS_A_LINE]) for start in range(0, len(ids), _IDS_A_LINE)
    ]
    return {"day": date.fromordinal(made.day).isoformat(), "articles": lines}


def _ids(lines: Iterable[str]) -> int:
    return sum(line.count(" ") + 1 for line in lines)
