"""Feeds side by side, from what a client answers to what is in the store."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import parsing, subscriptions
from kaltimtui.errors import FetchError, StoreError
from kaltimtui.library import Library
from kaltimtui.models import Refreshed, Source, SourceData, Validators, View
from kaltimtui.net.client import Request, Response
from kaltimtui.paths import Paths
from kaltimtui.refresh.feeds import Means, refresh_feeds
from kaltimtui.refresh.run import keeper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kaltimtui.importing import Fetched, Kept
    from kaltimtui.models import Parsed

NOW = datetime(2026, 1, 10, 3, tzinfo=UTC)


def rss(*titles: str, ttl: int | None = None) -> bytes:
    """A feed with one entry a title."""
    entries = "".join(
        f"<item><title>{title}</title><link>https://kabar.example/{title}</link>"
        f"<description>Contoh isi {title}.</description></item>"
        for title in titles
    )
    told = f"<ttl>{ttl}</ttl>" if ttl else ""
    return (
        f'<rss version="2.0"><channel><title>Kabar</title>{told}{entries}</channel></rss>'.encode()
    )


@dataclass
class Web:
    """A client that answers from a table; an exception in it is raised."""

    pages: Mapping[str, Response | Exception]
    asked: list[Request] = field(default_factory=list)
    silent: set[str] = field(default_factory=set)

    async def fetch(self, request: Request) -> Response:
        self.asked.append(request)
        if request.url in self.silent:
            await asyncio.Event().wait()
        answer = self.pages[request.url]
        if isinstance(answer, Exception):
            raise answer
        return answer


def answer(
    url: str,
    body: bytes = b"",
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    validators: Validators = Validators(),  # noqa: B008 - frozen
    permanent: str | None = None,
) -> Response:
    return Response(url, status, headers or {}, body, validators, len(body), permanent)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path)), clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def readers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as executor:
        yield executor


def add(library: Library, *urls: str) -> list[Source]:
    kept = subscriptions.of(library)
    for url in urls:
        kept.add(SourceData(url.rpartition("/")[2], "feed", url))
    return [source for source in kept.all() if source.kind == "feed"]


async def refresh(
    library: Library, web: Web, readers: ThreadPoolExecutor, *, now: datetime = NOW
) -> dict[str, Refreshed]:
    """Ask every feed of a library; what is told, by the name of the source."""
    told: list[Refreshed] = []
    means = Means(web, keeper(library.database, lambda: now), readers, lambda: now, lambda: 0.0)
    feeds = [source for source in subscriptions.of(library).all() if source.kind == "feed"]
    await refresh_feeds(feeds, means, told.append)
    return {one.source: one for one in told}


def titles(library: Library) -> set[str]:
    return {row.title for row in library.rows(View())}


async def test_what_comes_is_kept_and_told(library: Library, readers: ThreadPoolExecutor) -> None:
    add(library, "https://kabar.example/a", "https://kabar.example/b")
    web = Web(
        {
            "https://kabar.example/a": answer("https://kabar.example/a", rss("Satu", "Dua")),
            "https://kabar.example/b": answer("https://kabar.example/b", rss("Tiga")),
        }
    )
    told = await refresh(library, web, readers)
    assert titles(library) == {"Satu", "Dua", "Tiga"}
    assert (told["a"].status, told["a"].new, told["a"].http_status) == ("ok", 2, 200)
    assert told["b"].new == 1
    assert told["a"].bytes == len(rss("Satu", "Dua"))


async def test_the_second_time_only_what_changed_is_told(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    url = "https://kabar.example/a"
    add(library, url)
    await refresh(library, Web({url: answer(url, rss("Satu", "Dua"))}), readers)
    changed = rss("Satu", "Dua").replace(b"Contoh isi Dua.", b"Contoh isi Dua, ditambah lagi.")
    told = await refresh(library, Web({url: answer(url, changed)}), readers)
    assert (told["a"].new, told["a"].changed) == (0, 1)
    told = await refresh(library, Web({url: answer(url, changed)}), readers)
    assert (told["a"].new, told["a"].changed) == (0, 0)


async def test_validators_are_sent_back_and_kept_on_both_answers(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    url = "https://kabar.example/a"
    add(library, url)
    first = Validators('"v1"', "Sat, 10 Jan 2026 02:00:00 GMT")
    await refresh(library, Web({url: answer(url, rss("Satu"), validators=first)}), readers)
    renewed = Validators('"v2"', first.last_modified)
    web = Web({url: answer(url, status=304, validators=renewed)})
    told = await refresh(library, web, readers)
    assert web.asked[0].validators == first
    assert (told["a"].status, told["a"].http_status, told["a"].bytes) == ("not-modified", 304, 0)
    (source,) = [one for one in subscriptions.of(library).all() if one.kind == "feed"]
    assert source.validators == renewed
    assert titles(library) == {"Satu"}


async def test_a_bad_source_is_named_and_harms_no_other(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    good, bad, page = (f"https://kabar.example/{name}" for name in ("good", "bad", "page"))
    add(library, good, bad, page)
    failure = FetchError("kabar.example answers with 500.", reason="status", status=500)
    html = b"<html><title>Masuk</title><body><h1>Masuk</h1><form></form></body></html>"
    web = Web({good: answer(good, rss("Satu")), bad: failure, page: answer(page, html)})
    told = await refresh(library, web, readers)
    assert titles(library) == {"Satu"}
    assert (told["bad"].status, told["bad"].http_status) == ("failed", 500)
    assert told["bad"].error == "kabar.example answers with 500."
    assert told["page"].status == "failed"
    assert "kabar.example" in (told["page"].error or "")
    health = {one.name: one.health for one in subscriptions.of(library).all()}
    assert health["bad"].failures == 1
    assert health["bad"].next_try is not None
    assert health["good"].succeeded == NOW


async def test_a_parser_that_fails_in_its_own_way_harms_no_other(
    library: Library, readers: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = "https://kabar.example/good", "https://kabar.example/bad"
    add(library, good, bad)
    real = parsing.read

    def read(data: bytes, **given: Any) -> Parsed:
        if b"Racun" in data:
            raise KeyError("license")
        return real(data, **given)

    monkeypatch.setattr(parsing, "read", read)
    web = Web({good: answer(good, rss("Satu")), bad: answer(bad, rss("Racun"))})
    told = await refresh(library, web, readers)
    assert titles(library) == {"Satu"}
    assert told["bad"].status == "failed"


async def test_a_source_that_is_gone_keeps_its_articles(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    url = "https://kabar.example/a"
    add(library, url)
    await refresh(library, Web({url: answer(url, rss("Satu"))}), readers)
    gone = FetchError("kabar.example: gone.", reason="gone", status=410)
    await refresh(library, Web({url: gone}), readers)
    (source,) = [one for one in subscriptions.of(library).all() if one.kind == "feed"]
    assert source.health.gone
    assert titles(library) == {"Satu"}


async def test_an_emptied_feed_takes_nothing_away(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    url = "https://kabar.example/a"
    add(library, url)
    await refresh(library, Web({url: answer(url, rss("Satu"))}), readers)
    told = await refresh(library, Web({url: answer(url, rss())}), readers)
    assert told["a"].status == "ok"
    assert titles(library) == {"Satu"}


async def test_an_address_moves_only_when_it_ends_in_a_feed(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    old, new = "https://kabar.example/a", "https://kabar.example/baru"
    add(library, old)

    def address() -> str | None:
        return next(one.url for one in subscriptions.of(library).all() if one.kind == "feed")

    page = answer(new, b"<html><body><p>Pindah.</p></body></html>", permanent=new)
    await refresh(library, Web({old: page}), readers)
    assert address() == old
    await refresh(library, Web({old: answer(new, status=304, permanent=new)}), readers)
    assert address() == old
    await refresh(library, Web({old: answer(new, rss("Satu"))}), readers)
    assert address() == old
    await refresh(library, Web({old: answer(new, rss("Satu"), permanent=new)}), readers)
    assert address() == new


async def test_the_interval_is_what_feed_and_server_say(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    feed, cached = "https://kabar.example/ttl", "https://kabar.example/cached"
    add(library, feed, cached)
    headers = {"cache-control": "max-age=10800"}
    web = Web(
        {
            feed: answer(feed, rss("Satu", ttl=120)),
            cached: answer(cached, rss("Dua"), headers=headers),
        }
    )
    await refresh(library, web, readers)
    waits = {one.name: one.health.next_try for one in subscriptions.of(library).all()}
    assert waits["ttl"] == NOW + timedelta(hours=2)
    assert waits["cached"] == NOW + timedelta(hours=3)


async def test_the_charset_that_the_server_states_counts(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    url = "https://kabar.example/a"
    add(library, url)
    body = rss("Kafe").replace(b"Kafe</title>", "Café</title>".encode("cp1252"))
    headers = {"content-type": 'application/rss+xml; charset="windows-1252"'}
    await refresh(library, Web({url: answer(url, body, headers=headers)}), readers)
    assert titles(library) == {"Café"}


async def test_what_was_kept_stays_when_the_rest_is_cancelled(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    quick, silent = "https://kabar.example/quick", "https://kabar.example/silent"
    add(library, quick, silent)
    web = Web({quick: answer(quick, rss("Satu"))}, silent={silent})
    told = asyncio.Event()
    means = Means(web, keeper(library.database, lambda: NOW), readers, lambda: NOW, lambda: 0.0)
    work = asyncio.create_task(
        refresh_feeds(add(library, quick, silent), means, lambda _one: told.set())
    )
    await told.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert titles(library) == {"Satu"}


async def test_a_store_that_cannot_keep_ends_the_refresh(
    library: Library, readers: ThreadPoolExecutor
) -> None:
    async def keep(batch: Sequence[Fetched]) -> list[Kept]:
        raise StoreError("There is no room left.")

    url = "https://kabar.example/a"
    means = Means(Web({url: answer(url, rss("Satu"))}), keep, readers, lambda: NOW, lambda: 0.0)
    with pytest.raises(ExceptionGroup) as caught:
        await refresh_feeds(add(library, url), means, lambda _one: None)
    assert caught.group_contains(StoreError, match="no room")
