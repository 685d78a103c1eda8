"""From a server on one's own machine into the store, through the one facade."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from kaltimtui import organising, parsing, subscriptions
from kaltimtui.config import Config
from kaltimtui.dates import WITA
from kaltimtui.demo.looks import SITE
from kaltimtui.demo.site import BROKEN, SLOW
from kaltimtui.errors import FetchError, UsageError
from kaltimtui.fetching import Fetching, by_rule
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, Progress, Refreshed, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.rule import Notice, RuleAction
from kaltimtui.store.keys import public_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kaltimtui.demo.portal import Portal

BEGINNING = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)


class Office:
    """A home with its library, whose clock stands still until it is told."""

    def __init__(self, home: Path) -> None:
        self.now = BEGINNING
        self.paths = Paths.find(str(home))
        self.library = Library.open(self.paths, clock=lambda: self.now)
        self.kept = subscriptions.of(self.library)
        for source in self.kept.all():
            self.kept.remove(source.id)
        self.fetching = Fetching(self.library, Config(), random=lambda: 0.0)

    def know(self, portal: Portal) -> None:
        folder = self.paths.config / "sites"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "demo.toml").write_text(portal.profile)

    def add(self, *sources: SourceData) -> list[int]:
        return [self.kept.add(source, private=True)[0].id for source in sources]

    async def refresh(self, **wanted: Any) -> dict[str, Refreshed]:
        found = await self.fetching.refresh(**wanted)
        return {one.source: one for one in found.sources}

    def titles(self) -> list[str]:
        return [row.title for row in self.library.rows(View(), limit=1000)]

    def addresses(self) -> list[str]:
        rows = self.library.rows(View(), limit=1000)
        return [self.library.article(row.id).url or "" for row in rows]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "home")
    yield made
    made.library.close()


def feed(portal: Portal, path: str = "/rss.xml", name: str = "Umpan") -> SourceData:
    return SourceData(name, "feed", portal.at(path))


class TestFeeds:
    async def test_the_second_time_nothing_has_changed(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal), feed(portal, "/atom.xml", "Atom"))
        first = await office.refresh()
        assert {one.status for one in first.values()} == {"ok"}
        assert first["Umpan"].new > 0
        count = len(office.titles())
        portal.forget()
        office.now += timedelta(hours=1)
        second = await office.refresh()
        assert {one.status for one in second.values()} == {"not-modified"}
        assert [request.status for request in portal.requests] == [304, 304]
        assert len(office.titles()) == count

    async def test_what_is_new_comes_in(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal))
        await office.refresh()
        office.now += timedelta(hours=1)
        (published,) = portal.publish(1)
        told = await office.refresh()
        assert told["Umpan"].new == 1
        assert published.title in office.titles()

    async def test_rules_tell_of_what_came(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal), feed(portal, "/atom.xml", "Atom"))
        organised = organising.of(office.library)
        organised.add_rule("Semua", "umur:<9000hari", [RuleAction("notify"), RuleAction("later")])
        organised.add_rule("Nihil", "tidakada", [RuleAction("notify")])
        found = await office.fetching.refresh()
        (notice,) = found.notices
        assert (notice.rule, notice.count) == ("Semua", len(office.titles()))
        assert len(notice.titles) == 5
        assert set(notice.titles) <= set(office.titles())
        assert office.library.navigation().later.total == notice.count
        office.now += timedelta(hours=1)
        assert (await office.fetching.refresh()).notices == ()

    async def test_an_edited_article_is_a_new_version_of_the_old_one(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal, "/feed/"))
        await office.refresh()
        count = len(office.titles())
        office.now += timedelta(hours=1)
        revised = portal.revise()
        told = await office.refresh()
        assert (told["Umpan"].new, told["Umpan"].changed) == (0, 1)
        (row,) = [row for row in office.library.rows(View(), limit=99) if row.versions > 1]
        assert row.title == revised.title
        assert len(office.titles()) == count

    async def test_only_what_is_due_is_asked(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        first, second = office.add(feed(portal), feed(portal, "/atom.xml", "Atom"))
        office.kept.set_interval(first, 5)
        await office.refresh()
        office.now += timedelta(minutes=6)
        assert set(await office.refresh()) == {"Umpan"}
        assert set(await office.refresh()) == set()
        assert set(await office.refresh(ids=[second])) == {"Atom"}
        assert set(await office.refresh(everything=True)) == {"Umpan", "Atom"}

    @pytest.mark.parametrize(
        ("fault", "status"),
        [
            ("error", 500),
            ("missing", 404),
            ("truncated", None),
            ("reset", None),
            ("loop", None),
            ("login", 200),
            ("bomb", None),
            ("bad-chunk", None),
        ],
    )
    async def test_a_bad_server_is_named_and_harms_no_other(
        self, office: Office, demo_portal: Callable[..., Portal], fault: str, status: int | None
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal), feed(portal, "/atom.xml", "Atom"))
        portal.fault("/rss.xml", fault)
        told = await office.refresh()
        assert told["Atom"].new > 0
        assert told["Umpan"].status == "failed"
        assert told["Umpan"].error
        assert "127.0.0.1" in told["Umpan"].error
        if status is not None:
            assert told["Umpan"].http_status == status
        bad = office.kept.find("Umpan")
        assert bad.health.error == told["Umpan"].error
        assert bad.health.next_try is not None
        assert bad.health.next_try > office.now

    async def test_a_gone_feed_is_asked_no_more_and_nothing_is_lost(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal))
        await office.refresh()
        titles = office.titles()
        portal.fault("/rss.xml", "gone")
        office.now += timedelta(hours=1)
        assert (await office.refresh())["Umpan"].http_status == 410
        office.now += timedelta(days=30)
        assert await office.refresh(everything=True) == {}
        assert office.titles() == titles

    async def test_a_server_that_asks_for_silence_gets_it(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        from kaltimtui.demo import faults

        portal = demo_portal()
        office.add(feed(portal))
        portal.fault("/rss.xml", faults.status(503, Retry_After="7200"))
        await office.refresh()
        assert office.kept.find("Umpan").health.next_try == office.now + timedelta(hours=2)

    async def test_a_permanent_redirect_moves_the_address(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        from kaltimtui.demo import faults

        portal = demo_portal()
        office.add(feed(portal, "/lama.xml"))
        portal.fault("/lama.xml", faults.redirect_to(portal.at("/rss.xml"), 301))
        await office.refresh()
        assert office.kept.find("Umpan").url == portal.at("/rss.xml")

    async def test_progress_is_told(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal), feed(portal, "/atom.xml", "Atom"))
        told: list[Progress] = []
        await office.refresh(report=told.append)
        assert [(progress.done, progress.total) for progress in told] == [(0, 2), (1, 2), (2, 2)]
        assert told[-1].new == len(office.titles())


class TestWhatStandsBesideAnArticle:
    async def test_of_a_feeds_own_site_it_is_had_with_its_pictures(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal))
        await office.refresh()
        library, fetching = office.library, office.fetching
        read = library.rows(View())[0].id
        assert await fetching.full_text(read)
        urls = [one.url for one in library.article(read).related if one.url and not one.article]
        assert urls
        assert await fetching.is_article(urls[0], read)
        assert not await fetching.is_article(urls[0])
        came = await fetching.articles_at(urls, read)
        articles = [library.article(article) for article in came.articles]
        assert len(articles) == len(set(urls))
        assert {article.source for article in articles} == {"Umpan"}
        pictured = next(article for article in articles if article.image)
        assert await fetching.pictures_of(pictured.id) == 0
        assert pictured.image in library.pictures(pictured.id)

    async def test_a_picture_of_another_private_place_is_left_alone(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal, other = demo_portal(), demo_portal()
        data = feed(portal)
        office.add(data)
        picture = next(one.image for one in other.articles if one.image)
        article = ArticleData("Satu", url=portal.at("/satu"), image=picture)
        (uid,) = office.library.store_articles(data, [article]).stored.uids
        assert await office.fetching.pictures_of(public_id(uid)) == 1
        assert not other.requests

    async def test_a_host_where_nobody_is_reached_is_asked_once(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from kaltimtui.refresh import wanted

        asked: list[str] = []

        async def refuse(_wants: object, url: str, _named_by: str) -> str:
            asked.append(url)
            raise FetchError("down", reason="connect" if "mati" in url else "timeout")

        monkeypatch.setattr(wanted, "fetch_article", refuse)
        urls = [f"https://{host}.example/{at}" for at in range(3) for host in ("mati", "lambat")]
        came = await office.fetching.articles_at(urls, "")
        assert len(came.failed) == 6
        assert [url for url in asked if "mati" in url] == urls[:1]
        assert len(asked) == 4


class TestPortals:
    async def test_every_article_comes_once(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.know(portal)
        office.add(portal.sources[0])
        told = await office.refresh(backfill=500)
        wanted = {article.title for article in portal.articles}
        assert told[SITE].new == len(wanted)
        assert set(office.titles()) == wanted
        assert len(set(office.addresses())) == len(wanted)
        assert portal.count(portal.closed) == 0

    async def test_afterwards_only_what_is_new(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.know(portal)
        office.add(portal.sources[0])
        await office.refresh(backfill=500)
        portal.forget()
        office.now += timedelta(hours=1)
        published = portal.publish(2)
        told = await office.refresh()
        assert told[SITE].new == 2
        assert {article.title for article in published} <= set(office.titles())
        pages = [request for request in portal.requests if "berita/" in request.path]
        assert len(pages) <= 4, "what is kept is not fetched again"

    async def test_articles_are_had_by_their_addresses(
        self, office: Office, demo_portal: Callable[..., Portal], tmp_path: Path
    ) -> None:
        portal = demo_portal()
        office.know(portal)
        office.add(portal.sources[0])
        await office.refresh(backfill=500)
        wanted = office.addresses()[:2]
        other = Office(tmp_path / "other")
        other.know(portal)
        other.add(portal.sources[0])
        told: list[int] = []
        found = await other.fetching.articles_at([*wanted, portal.at("/nowhere")], "", told.append)
        articles = [other.library.article(id_) for id_ in found.articles]
        assert [(article.url, article.source) for article in articles] == [
            (url, SITE) for url in wanted
        ]
        assert [type(error) for error in found.failed] == [FetchError]
        assert told == [1, 2, 3]
        other.library.close()

    async def test_a_backfill_goes_on_where_it_was(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal(articles=90)
        office.know(portal)
        office.add(portal.sources[0])
        counts = []
        for _again in range(12):
            await office.refresh(everything=True, backfill=15)
            counts.append(len(office.titles()))
        assert counts[0] < counts[1] < 90
        assert counts[-1] == 90

    async def test_a_backfill_brings_no_more_than_it_is_told(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal(articles=200)
        office.know(portal)
        office.add(portal.sources[0])
        for brought in (60, 60, 25):
            told = await office.refresh(everything=True, backfill=brought)
            assert told[SITE].new == brought

    async def test_an_unchanged_front_page_does_not_hide_what_came(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal(articles=200)
        office.know(portal)
        office.add(portal.sources[0])
        unchanged = {"http_status": 304, "status": "not-modified"}
        while (told := (await office.refresh(everything=True))[SITE]).status != "not-modified":
            assert len(office.titles()) < 200
        assert {key: getattr(told, key) for key in unchanged} == unchanged
        told = (await office.refresh(everything=True, backfill=5))[SITE]
        assert (told.http_status, told.status, told.new) == (304, "ok", 5)

    async def test_progress_tells_articles_and_who_is_waited_for(
        self, office: Office, demo_portal: Callable[..., Portal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from kaltimtui.refresh import notes

        monkeypatch.setattr(notes, "PATIENCE", -1.0)
        portal = demo_portal(articles=90)
        office.know(portal)
        office.add(portal.sources[0], feed(portal))
        told: list[Progress] = []
        await office.refresh(backfill=90, report=told.append)
        assert [one.new for one in told] == sorted(one.new for one in told)
        assert len({one.new for one in told if one.done < 2}) > 2
        for one in told:
            assert one.last is None or one.last.source != one.under_way
        assert {one.under_way for one in told if one.done < 2} <= {SITE, "Umpan"}
        assert told[-1].under_way is None

    async def test_nothing_new_is_lost_where_a_walk_is_stopped(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal(articles=60)
        office.know(portal)
        office.add(portal.sources[0])
        await office.refresh()
        office.now += timedelta(hours=1)
        news = {article.title for article in portal.publish(12)}

        def report(progress: Progress) -> None:
            if progress.pages == 4:
                work.cancel()

        work = asyncio.create_task(office.fetching.refresh(report=report))
        with pytest.raises(asyncio.CancelledError):
            await work
        assert news - set(office.titles())
        office.now += timedelta(hours=1)
        portal.publish(60)  # no page of news names the others any more
        await office.refresh()
        assert not news - set(office.titles())

    async def test_a_page_that_breaks_a_parser_fails_its_source_alone(
        self, office: Office, demo_portal: Callable[..., Portal], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from kaltimtui.parsing.page import links

        def breaks(*_page: object, **_more: object) -> None:
            raise RecursionError

        monkeypatch.setattr(links, "links", breaks)
        portal = demo_portal()
        office.know(portal)
        office.add(portal.sources[0], feed(portal))
        told = await office.refresh()
        assert told["Umpan"].new > 0
        assert told[SITE].status == "failed"
        assert told[SITE].error is not None
        assert "127.0.0.1" in told[SITE].error
        assert office.kept.find(SITE).health.failures == 1

    async def test_what_failed_in_a_walk_is_told(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.know(portal)
        office.add(portal.sources[0])
        path = urlsplit(portal.articles[0].url or "").path
        portal.fault(path, "error")
        told = (await office.refresh())[SITE]
        assert told.status == "ok"
        assert [line.partition(":")[0] for line in told.missed] == [path]

    async def test_a_portal_known_by_one_saved_page_is_left_alone(self, office: Office) -> None:
        office.add(SourceData("lain.example", "portal", "https://lain.example/"))
        assert office.fetching.due() == []
        assert office.fetching.due(everything=True) == []
        assert [one.name for one in office.fetching.due([office.kept.find("lain").id])]


class TestOthers:
    async def test_without_a_network_no_source_is_blamed(self, office: Office) -> None:
        nowhere = [
            SourceData(f"Kabar {port}", "feed", f"http://127.0.0.1:{port}/") for port in (1, 2)
        ]
        office.add(*nowhere)
        found = await office.fetching.refresh()
        assert found.lost
        assert {one.status for one in found.sources} == {"failed"}
        assert [source.health.error for source in office.kept.all()] == [None, None]
        assert len(office.fetching.due()) == 2, "they are asked again as soon as may be"

    async def test_who_cannot_be_reached_while_others_can_is_to_blame(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        office.add(SourceData("Jauh", "feed", "http://127.0.0.1:1/"), feed(demo_portal()))
        found = await office.fetching.refresh()
        assert not found.lost
        assert office.kept.find("Jauh").health.failures == 1

    async def test_a_refresh_may_be_cancelled(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.add(feed(portal), feed(portal, SLOW, "Lambat"))
        told = asyncio.Event()

        def report(progress: Progress) -> None:
            if progress.done:
                told.set()

        work = asyncio.create_task(office.fetching.refresh(report=report))
        await told.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert office.titles()

    async def test_a_private_host_that_nobody_typed_is_never_asked(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.kept.add(feed(portal))
        told = await office.refresh()
        assert told["Umpan"].status == "failed"
        assert portal.count() == 0

    async def test_the_whole_text_of_an_article(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        (source,) = office.add(feed(portal))
        office.kept.set_full_text(source, True)
        await office.refresh()
        (row, *_rest) = office.library.rows(View(ViewKind.SOURCE, source=source))
        kept = office.library.article(row.id)
        (said,) = [article for article in portal.articles if article.title == kept.title]
        assert kept.document.plain() == said.document.plain()

    async def test_a_reader_asks_for_the_whole_text_of_one(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        (source,) = office.add(feed(portal))
        await office.refresh()
        rows = office.library.rows(View(ViewKind.SOURCE, source=source))
        cut = next(row for row in rows if len(office.library.article(row.id).document.blocks) == 1)
        assert await office.fetching.full_text(cut.id)
        assert len(office.library.article(cut.id).document.blocks) > 1

    async def test_the_pictures_of_a_starred_article(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.know(portal)
        office.add(portal.sources[0])
        await office.refresh()
        rows = office.library.rows(View(), limit=99)
        pictured = next(row for row in rows if office.library.article(row.id).image)
        office.library.mark([pictured.id], [Marking("starred", True)])
        assert not office.fetching.pictures.exists()
        office.now += timedelta(hours=1)
        await office.refresh()
        (file,) = office.fetching.pictures.iterdir()
        assert file.read_bytes().startswith(b"\x89PNG")

        office.fetching = Fetching(office.library, Config(images_megabytes=0), random=lambda: 0.0)
        office.now += timedelta(hours=1)
        await office.refresh()
        assert not list(office.fetching.pictures.iterdir())

    async def test_what_reads_feeds_is_ended_by_the_last_that_fetches(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ended: list[int] = []
        monkeypatch.setattr(parsing, "close_workers", lambda: ended.append(1))
        async with office.fetching._tools():
            async with office.fetching._tools():
                pass
            assert not ended
        assert len(ended) == 1

    async def test_an_article_that_is_not_there(self, office: Office) -> None:
        with pytest.raises(UsageError):
            await office.fetching.full_text("a1b2c3d4")


class TestDiscovery:
    async def test_a_feed_is_taken_as_it_is(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        found = await office.fetching.discover(demo_portal().at("/rss.xml"))
        assert (found.kind, found.data.kind, found.private) == ("feed", "feed", True)

    async def test_a_machine_of_ones_own_may_be_typed_without_a_scheme(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        url = demo_portal().at("/rss.xml")
        found = await office.fetching.discover(url.removeprefix("http://"))
        assert (found.data.url, found.private) == (url, True)

    async def test_a_site_that_is_known_is_read_as_that(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        office.know(portal)
        for path in ("/", "/robots.txt"):
            found = await office.fetching.discover(portal.at(path))
            assert (found.kind, found.data.url) == ("portal", portal.at("/"))

    async def test_a_page_leads_to_its_feed(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        portal = demo_portal()
        found = await office.fetching.discover(portal.at("/"))
        assert found.data.kind == "feed"
        source, is_new = office.kept.add_found(found)
        assert is_new
        assert (await office.refresh())[source.name].new > 0

    async def test_what_is_broken_is_told(
        self, office: Office, demo_portal: Callable[..., Portal]
    ) -> None:
        with pytest.raises(FetchError, match="127"):
            await office.fetching.discover(demo_portal().at(BROKEN))


def test_what_a_rule_tells_of_several_batches_is_one_notice_with_the_newest_first() -> None:
    old = [Notice("Satu", 4, ("a", "b", "c", "d")), Notice("Dua", 1, ("x",))]
    assert by_rule([*old, Notice("Satu", 2, ("e", "f"))]) == (
        Notice("Dua", 1, ("x",)),
        Notice("Satu", 6, ("e", "f", "a", "b", "c")),
    )
