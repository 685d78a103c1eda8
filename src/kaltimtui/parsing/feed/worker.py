"""The process in which the lenient reader works: feeds come in, what they say goes out.

On standard input: one byte for the reader, ``L`` for lenient or ``F`` for fast, four bytes of
length (big-endian) and the feed in UTF-8. On standard output: four bytes of length and the feed
as JSON, or nothing where no reader could make anything of it. Ends with its input, when it runs
out of memory or time, or when it is idle.
"""

from __future__ import annotations

import io
import json
import struct
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from kaltimtui.bounds import bound_memory, end_in
from kaltimtui.parsing.feed.fast import read_fast
from kaltimtui.parsing.feed.raw import (
    ENTRY_LIMIT,
    RawEntry,
    RawFeed,
    RawText,
    kind_of_type,
    picture,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADER: Final = struct.Struct(">cI")
LENGTH: Final = struct.Struct(">I")
LENIENT: Final = b"L"
FAST: Final = b"F"
BUSY_LIMIT: Final = 10
"""Seconds after which it ends itself; whoever asks has killed it by then, unless it died."""
IDLE_LIMIT: Final = 30
MEMORY_LIMIT: Final = 640 * 1024 * 1024
"""Bytes of address space."""
_UNKNOWN_TYPE: Final = "application/octet-stream"


def read_lenient(document: bytes) -> RawFeed:
    """A feed in UTF-8 as feedparser reads it. May raise anything."""
    import feedparser

    said = feedparser.parse(
        io.BytesIO(document),  # not bytes: those could be an address to fetch
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed, entries = said.feed, said.entries
    return RawFeed(
        title=_title(feed),
        address=next((ln["href"] for ln in _links(feed) if ln.get("rel") == "self"), None),
        home=feed.get("link"),
        language=feed.get("language"),
        entries=tuple(map(_entry, entries[:ENTRY_LIMIT])),
        total=len(entries),
    )


def _links(said: Any) -> Iterator[Any]:
    return (link for link in said.get("links", ()) if link.get("href"))


def _page(said: Any) -> Any:
    """Its link; feedparser takes that of a file for it where addresses are written as text."""
    link = said.get("link")
    links = {other["href"]: other.get("rel") for other in _links(said)}
    if links.get(link) != "enclosure":
        return link
    return next((address for address, rel in links.items() if rel == "alternate"), link)


def _title(said: Any) -> RawText | None:
    """The title, whatever type it states."""
    title = _text(said.get("title_detail"))
    return title or (RawText(said.title, "guess") if said.get("title") else None)


def _text(detail: Any) -> RawText | None:
    if not detail or not detail.get("value"):
        return None
    value, stated = detail["value"], detail.get("type")
    kind = kind_of_type(stated, unstated="guess")
    if stated == _UNKNOWN_TYPE and "<" in value:
        kind = "guess"  # markup in base64, which feedparser has decoded
    return RawText(value, kind) if kind else None


def _entry(said: Any) -> RawEntry:
    summary = said.get("summary_detail")
    content = said.get("content", [])
    files = [
        (link["href"], link.get("type")) for link in said.get("enclosures", ()) if link.get("href")
    ]
    base = next((part.base for part in (*content, summary) if part and part.get("base")), None)
    return RawEntry(
        title=_title(said),
        link=_page(said),
        id=said.get("id"),
        dates=tuple(_dates(said)),
        author=_authors(said),
        category=next((tag.get("label") or tag.get("term") for tag in said.get("tags", ())), None),
        bodies=tuple(filter(None, map(_text, (*content, summary)))),
        enclosures=tuple(files),
        image=_image(said, files),
        base=base,
        other=bool(said),
    )


def _dates(said: Any) -> Iterator[str]:
    """Each date as written, then as feedparser understood it, which knows forms of its own."""
    for name in ("published", "updated", "created"):
        if dict.get(said, name):
            yield said[name]
        if dict.get(said, f"{name}_parsed"):
            yield "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*said[f"{name}_parsed"])


def _authors(said: Any) -> str | None:
    names = [author.get("name") for author in said.get("authors", ()) if author.get("name")]
    return ", ".join(dict.fromkeys(names)) or said.get("author")


def _image(said: Any, files: list[tuple[str, str | None]]) -> str | None:
    return (
        picture(said.get("media_content", []))
        or picture(said.get("media_thumbnail", []))
        or picture([{"url": address, "type": kind} for address, kind in files if kind])
        or (said.get("image") or {}).get("href")
    )


def _answer(reader: bytes, document: bytes) -> bytes:
    try:
        feed = read_lenient(document) if reader == LENIENT else read_fast(document, None)
    except Exception:  # noqa: BLE001 - feedparser raises a dozen kinds; none may end the process
        feed = read_fast(document, None)
    return json.dumps(feed).encode("ascii") if feed else b""


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the input ends."""
    while True:
        end_in(IDLE_LIMIT)
        header = asked.read(HEADER.size)
        if len(header) < HEADER.size:
            return
        end_in(BUSY_LIMIT)
        reader, length = HEADER.unpack(header)
        answer = _answer(reader, asked.read(length))
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


if __name__ == "__main__":
    bound_memory(MEMORY_LIMIT)
    serve(sys.stdin.buffer, sys.stdout.buffer)
