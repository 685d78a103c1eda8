"""Where pages put JSON: attributes, scripts, and the forms of the common frameworks.

Inertia and its like write it into an attribute, Next.js into a script (``__NEXT_DATA__``) or, in
pieces, into a stream of calls, Nuxt 3 into an array of references, others assign it to a variable,
some of them as a string within ``JSON.parse("…")``. Nuxt 2 and SvelteKit write literals of
JavaScript (``jsliteral.py``), SvelteKit also the answers it fetched, as JSON in a string of JSON.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from kaltimtui.parsing.page import jsliteral, jsontext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kaltimtui.parsing.html.elements import Element
    from kaltimtui.parsing.page.jsontext import Value

_ATTRIBUTE_LEAST: Final = 200
_ASSIGNED = re.compile(r"\s*(?:(?:window|self|var|let|const)\b[.\s]*)?[\w.$\[\]'\"]{1,80}\s*=\s*")
_STREAMED = re.compile(r"\s*self\.__next_f\.push\(")
_PARSED = re.compile(r"\bJSON\.parse\(\s*")
_KIT: Final = "kit.start("
_KIT_DATA = re.compile(r"(?:\bconst\s+data\s*=|\bdata\s*:)\s*(?=[\[(])")
LITERALS_LIMIT: Final = 2_000_000
"""Characters of a page's scripts that are read as literals, which takes longer than JSON."""
_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_TEXTS_MOST: Final = 50


def values_of(root: Element) -> Iterator[Value]:
    """Every value of JSON that a page carries."""
    for node in root.iter():
        for value in node.attrib.values():
            if len(value) >= _ATTRIBUTE_LEAST:
                yield jsontext.load(value)
    streamed: list[str] = []
    letters = 0
    for script in root.iter("script"):
        source = script.text or ""
        pushed = _STREAMED.match(source)
        if pushed:
            values = jsontext.load(source[pushed.end() :])
            streamed += [value for value in values or () if isinstance(value, str)]
        elif script.get("id") == "__NUXT_DATA__":
            yield _from_references(jsontext.load(source))
        else:
            letters += len(source)
            yield from _in_script(source, literals=letters <= LITERALS_LIMIT)
    yield from _from_stream("".join(streamed))


def _in_script(source: str, *, literals: bool) -> Iterator[Value]:
    """What a script begins with, or assigns first; else what it parses, and the literals in it."""
    assigned = _ASSIGNED.match(source)
    start = assigned.end() if assigned else 0
    value = jsontext.load(source[start:])
    if value is not None:
        yield value
        yield from _in_strings(value)
        return
    for parsed in islice(_PARSED.finditer(source), _TEXTS_MOST):
        yield jsontext.load(jsliteral.string(source, parsed.end()))
    if literals and assigned:
        yield jsliteral.read(source, start)
    if literals and _KIT in source:
        found = islice(_KIT_DATA.finditer(source), _TEXTS_MOST)
        yield next(filter(None, (jsliteral.read(source, begun.end()) for begun in found)), None)


def _in_strings(value: Value) -> Iterator[Value]:
    """JSON in the strings of an object, such as the body of an answer."""
    if isinstance(value, dict):
        for said in value.values():
            if isinstance(said, str) and len(said) >= _ATTRIBUTE_LEAST:
                yield jsontext.load(said)


def _from_references(values: Value) -> Value:
    """The value that Nuxt 3 writes as an array in which each part refers to others by place.

    It may hold itself.
    """
    if not isinstance(values, list) or not values:
        return None
    made: list[Value] = [_empty(value) for value in values]

    def at(place: Value) -> Value:
        known = isinstance(place, int) and 0 <= place < len(made)
        return made[place] if known else None

    for value, whole in zip(values, made, strict=True):
        if isinstance(value, dict):
            whole.update((key, at(place)) for key, place in value.items())
        elif isinstance(value, list) and isinstance(whole, list):
            whole.extend(at(place) for place in value if isinstance(place, int))
    return made[0]


def _empty(value: Value) -> Value:
    """What stands for a value until its parts are filled in; a date stands for itself."""
    if isinstance(value, list) and value[:1] == ["Date"] and len(value) == 2:
        return value[1]
    if isinstance(value, dict | list):
        return type(value)()
    return value


def _from_stream(stream: str) -> Iterator[Value]:
    """The rows of the stream of Next.js: values, and long texts that they refer to by number."""
    data = stream.encode("utf-8", "replace")
    texts: dict[str, str] = {}
    rows: list[str] = []
    at = 0
    while at < len(data):
        row = _ROW.match(data, at)
        if row and row[2]:
            at = row.end() + int(row[2], 16)
            texts[row[1].decode()] = data[row.end() : at].decode("utf-8", "replace")
            continue
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        rows.append(data[row.end() if row else at : end].decode("utf-8", "replace"))
        at = end + 1
    for source in rows:
        yield jsontext.load(_filled_in(source, texts))


def _filled_in(source: str, texts: dict[str, str]) -> str:
    if '"$' not in source:
        return source
    names: Sequence[str] = list(texts)[:_TEXTS_MOST]
    for name in names:
        source = source.replace(f'"${name}"', json.dumps(texts[name]))
    return source
