"""The fast reader of feeds, for those that the survey found plain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kaltimtui.parsing.feed.raw import (
    ENTRY_LIMIT,
    RawEntry,
    RawFeed,
    RawText,
    kind_of_type,
    picture,
)

if TYPE_CHECKING:
    from kaltimtui.parsing.feed.raw import Kind
    from kaltimtui.parsing.feed.survey import Survey, Surveyed


def read_fast(document: bytes, survey: Survey | None) -> RawFeed | None:
    """A feed in UTF-8, or None where the reader fails or finds other than the survey did.

    Without a survey it is read as well as may be: a last resort.
    """
    import fastfeedparser

    try:
        end = survey.end if survey else None
        said = fastfeedparser.parse(document[:end])  # bytes: a str that is an address is fetched
    except Exception:  # noqa: BLE001 - whatever fails in it, another reader takes over
        return None
    entries = said["entries"]
    if survey and not _agree(entries, survey.entries):
        return None
    seen = survey.entries if survey else [None] * len(entries)
    unstated: Kind = "text" if survey and survey.atom else "guess"
    read = tuple(
        _entry(entry, surveyed, unstated)
        for entry, surveyed in zip(entries[:ENTRY_LIMIT], seen, strict=False)
    )
    total = survey.total if survey else len(entries)
    return _feed(said["feed"], survey, unstated, read, total)


def _agree(entries: list[dict[str, Any]], surveyed: list[Surveyed]) -> bool:
    """Whether both found the same entries, and in each the same title, link and id."""
    return len(entries) == len(surveyed) and all(
        (entry.get("title") or "") == (seen.texts.get("title") or "")
        and (entry.get("link") or "") == seen.texts["link"]
        and (entry.get("id") or "") == (seen.texts.get("id") or seen.texts["link"])
        for entry, seen in zip(entries, surveyed, strict=True)
    )


def _feed(
    said: dict[str, Any],
    survey: Survey | None,
    unstated: Kind,
    entries: tuple[RawEntry, ...],
    total: int,
) -> RawFeed:
    texts = survey.feed.texts if survey else {}
    types = survey.feed.types if survey else {}
    title = texts.get("title") or said.get("title")
    kind = kind_of_type(types.get("title"), unstated=unstated)
    return RawFeed(
        title=RawText(title, kind) if title and kind else None,
        address=texts.get("address"),
        home=texts.get("home") or texts.get("link") or said.get("link"),
        language=texts.get("language") or said.get("language"),
        entries=entries,
        total=total,
    )


def _entry(said: dict[str, Any], seen: Surveyed | None, unstated: Kind) -> RawEntry:
    types = seen.types if seen else {}
    dates = _written_dates(seen) if seen else _given_dates(said)
    title, title_kind = said.get("title"), kind_of_type(types.get("title"), unstated=unstated)
    media = said.get("media_content") or []
    files = [file for file in said.get("enclosures") or [] if file.get("url")]
    linked = [
        {"url": link.get("href"), "type": link.get("type")}
        for link in said.get("links") or []
        if link.get("rel") == "enclosure"
    ]
    files = files or linked
    tags = said.get("tags") or [{}]
    return RawEntry(
        title=RawText(title, title_kind) if title and title_kind else None,
        link=said.get("link"),
        id=seen.texts.get("id") if seen else said.get("id"),
        dates=dates,
        author=said.get("author"),
        category=tags[0].get("label") or tags[0].get("term"),
        bodies=tuple(_bodies(said, seen, unstated)),
        enclosures=tuple((file["url"], file.get("type")) for file in files),
        image=picture(media)
        or picture([file for file in files if file.get("type")])
        or (seen.texts.get("image") if seen else None),
    )


def _bodies(said: dict[str, Any], seen: Surveyed | None, unstated: Kind) -> list[RawText]:
    types = seen.types if seen else {}
    bodies = []
    for content in said.get("content") or []:
        kind = kind_of_type(types.get("content"), unstated=unstated)
        if content.get("value") and kind:
            bodies.append(RawText(content["value"], kind))
    if said.get("description") and (seen is None or "summary" in seen.texts):
        kind = kind_of_type(types.get("summary"), unstated=unstated)
        if kind:
            bodies.append(RawText(said["description"], kind))
    return bodies


def _written_dates(seen: Surveyed) -> tuple[str, ...]:
    return tuple(filter(None, (seen.texts.get("published"), seen.texts.get("updated"))))


def _given_dates(said: dict[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (said.get("published"), said.get("updated"))))
