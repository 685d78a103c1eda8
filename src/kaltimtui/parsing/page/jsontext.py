"""JSON as pages carry it: read without trust in its size, depth or form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Value: TypeAlias = Any
"""What the json module reads."""

VALUES_LIMIT: Final = 200_000
"""Objects and lists of one value that are looked at."""


def load(source: str | None) -> Value | None:
    """The value that a text begins with, whatever follows it; None where it is no JSON."""
    start = (source or "").lstrip()
    if not start or start[0] not in "{[":
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(start)[0]
    except (ValueError, RecursionError):
        return None


def objects(value: Value) -> Iterator[tuple[str, dict[str, Value]]]:
    """Every object within a value, in its order, with the last key on the way to it.

    A part that the value holds in several places, or in itself, comes once.
    """
    waiting: list[tuple[str, Value]] = [("", value)]
    seen: set[int] = set()
    while waiting and len(seen) < VALUES_LIMIT:
        key, inner = waiting.pop()
        if not isinstance(inner, dict | list) or id(inner) in seen:
            continue
        seen.add(id(inner))
        if isinstance(inner, dict):
            yield key, inner
            waiting += [(str(name), inner[name]) for name in reversed(inner)]
        else:
            waiting += [(key, item) for item in reversed(inner)]


def name_in(value: Value) -> str | None:
    """A name that stands as a text, in an object with a name, or first in a list of either."""
    for _step in range(4):
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            keys = ("name", "nama", "title", "judul", "label", "rendered", "url", "src", "@id")
            value = next((value[key] for key in keys if value.get(key)), None)
        else:
            return None
    return None
