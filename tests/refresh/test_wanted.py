"""Whole texts and pictures of single articles."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import parsing, subscriptions
from kaltimtui.errors import FetchError, UsageError
from kaltimtui.library import Library
from kaltimtui.models import Article, Marking, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.refresh import wanted
from kaltimtui.refresh.feeds import Means, refresh_feeds
from kaltimtui.refresh.run import keeper
from kaltimtui.refresh.wanted import Wants
from kaltimtui.store import wishes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
FEED = "https://kabar.example/feed"
PAGE = "https://kabar.example/berita/panen-raya-di-paser"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
BEGINNING = "PASER – Warga sebuah kampung contoh mulai memanen padi pada pekan ini."
REST = (
    "Panen berlangsung selama tiga hari dan diikuti oleh seluruh kelompok tani di kampung itu.",
    "Hasilnya akan dijual ke pasar induk setelah dikeringkan lebih dahulu di balai kampung.",
)


def rss(*links: str) -> str:
    items = "".join(
        f"<item><title>Panen Raya di Paser {link[-1]}</title><link>{link}</link>"
        f"<description>{BEGINNING}</description></item>"
        for link in links
    )
    return f'<rss version="2.0"><channel><title>Kabar</title>{items}</channel></rss>'


def page(title: str = "Panen Raya di Paser r", *, picture: str = "") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in (BEGINNING, *REST))
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{picture}"
        f"{paragraphs}</article></body></html>"
    )


class Desk:
    """A library with one feed, and the means to fetch from a web in memory."""

    def __init__(self, home: Path, web: Any, rules: Any, readers: ThreadPoolExecutor) -> None:
        self.now = NOW
        self.library = Library.open(Paths.find(str(home)), clock=lambda: self.now)
        self.web = web
        self.kept = subscriptions.of(self.library)
        self.source, _new = self.kept.add(SourceData("Kabar", "feed", FEED))
        keep = keeper(self.library.database, lambda: self.now)
        self.means = Means(web, keep, readers, lambda: self.now, lambda: 0.5)
        self.wants = Wants(self.means, rules, self.library.database, {})

    async def refresh(self) -> None:
        feeds = [source for source in self.kept.all() if source.kind == "feed"]
        await refresh_feeds(feeds, self.means, lambda _one: None)

    def article(self) -> Article:
        (row,) = self.library.rows(View())
        return self.library.article(row.id)

    def uid(self) -> int:
        return self.library.uid(self.article().id)

    def waiting(self, kind: wishes.WishKind) -> int:
        with self.library.database.reading() as connection:
            return wishes.waiting(connection, kind)

    def tries(self) -> int:
        with self.library.database.reading() as connection:
            wish = wishes.of_article(connection, self.uid(), "text")
        return -1 if wish is None else wish.tries


@pytest.fixture
def desk(tmp_path: Path, web: Any, rules: Any) -> Iterator[Desk]:
    with ThreadPoolExecutor(2) as readers:
        made = Desk(tmp_path / "home", web, rules, readers)
        yield made
        made.library.close()


class TestWholeTexts:
    async def test_a_source_whose_feed_is_cut_gets_the_text_of_its_pages(self, desk: Desk) -> None:
        desk.kept.set_full_text(desk.source.id, True)
        desk.web.put(FEED, rss(PAGE))
        desk.web.put(PAGE, page())
        await desk.refresh()
        assert desk.waiting("text") == 1
        assert await wanted.fetch_texts(desk.wants) == 1
        assert desk.article().document.plain().endswith(REST[1])
        assert desk.waiting("text") == 0
        assert desk.article().versions == 1

    async def test_the_words_of_the_page_are_found(self, desk: Desk) -> None:
        from kaltimtui.models import ViewKind

        desk.kept.set_full_text(desk.source.id, True)
        desk.web.put(FEED, rss(PAGE))
        desk.web.put(PAGE, page())
        await desk.refresh()
        view = View(ViewKind.SEARCH, query="dikeringkan")
        assert not desk.library.rows(view)
        await wanted.fetch_texts(desk.wants)
        assert len(desk.library.rows(view)) == 1

    async def test_a_source_that_is_not_cut_is_left_alone(self, desk: Desk) -> None:
        desk.web.put(FEED, rss(PAGE))
        await desk.refresh()
        assert desk.waiting("text") == 0
        assert await wanted.fetch_texts(desk.wants) == 0
        assert PAGE not in desk.web.asked

    async def test_the_rules_for_robots_hold(self, desk: Desk, rules: Any) -> None:
        desk.kept.set_full_text(desk.source.id, True)
        desk.web.put(FEED, rss(PAGE))
        desk.web.put(PAGE, page())
        rules.forbidden = ("/berita/",)
        await desk.refresh()
        assert await wanted.fetch_texts(desk.wants) == 0
        assert PAGE not in desk.web.asked
        assert desk.waiting("text") == 0, "another try would be of no use"

    async def test_a_failure_is_tried_again_ever_more_rarely(self, desk: Desk) -> None:
        desk.kept.set_full_text(desk.source.id, True)
        desk.web.put(FEED, rss(PAGE))
        desk.web.fail(PAGE, "timeout")
        await desk.refresh()
        waits = []
        while desk.waiting("text"):
            asked = desk.web.asked.count(PAGE)
            await wanted.fetch_texts(desk.wants)
            waits.append(desk.web.asked.count(PAGE) - asked)
            assert desk.tries() in (len(waits), -1)
            assert await wanted.fetch_texts(desk.wants) == 0
            assert desk.web.asked.count(PAGE) == len(waits), "not before its time"
            desk.now += timedelta(days=2)
        assert len(waits) == 6

    async def test_a_page_that_is_missing_is_not_asked_for_again(self, desk: Desk) -> None:
        desk.kept.set_full_text(desk.source.id, True)
        desk.web.put(FEED, rss(PAGE))
        await desk.refresh()
        await wanted.fetch_texts(desk.wants)
        assert desk.waiting("text") == 0
        assert desk.article().document.plain() == BEGINNING

    async def test_a_login_in_place_of_the_article_is_no_text(self, desk: Desk) -> None:
        desk.kept.set_full_text(desk.source.id, True)
        desk.web.put(FEED, rss(PAGE))
        form = '<form><input name="user"><input type="password" name="p"><button>Masuk</button>'
        desk.web.put(PAGE, f"<html><title>Masuk</title><body><h1>Masuk</h1>{form}</form></body>")
        await desk.refresh()
        assert await wanted.fetch_texts(desk.wants) == 0
        assert desk.article().document.plain() == BEGINNING

    async def test_a_parser_that_fails_in_its_own_way_ends_nothing_else(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = f"{PAGE}-lain"
        desk.kept.set_full_text(desk.source.id, True)
        desk.web.put(FEED, rss(PAGE, other))
        desk.web.put(PAGE, page().replace("tiga hari", "racun"))
        desk.web.put(other, page("Panen Raya di Paser n"))
        await desk.refresh()
        real = parsing.read

        def read(data: bytes, **given: Any) -> Any:
            if b"racun" in data:
                raise RecursionError
            return real(data, **given)

        monkeypatch.setattr(parsing, "read", read)
        assert await wanted.fetch_texts(desk.wants) == 1
        assert desk.waiting("text") == 0

    async def test_a_reader_may_ask_for_one(self, desk: Desk, rules: Any) -> None:
        desk.web.put(FEED, rss(PAGE))
        desk.web.put(PAGE, page())
        rules.forbidden = ("/berita/",)
        await desk.refresh()
        assert await wanted.fetch_text(desk.wants, desk.uid())
        assert desk.article().document.plain().endswith(REST[1])

    async def test_without_a_network_the_wish_waits(self, desk: Desk) -> None:
        desk.web.put(FEED, rss(PAGE))
        desk.web.fail(PAGE, "resolve")
        await desk.refresh()
        with pytest.raises(FetchError, match="resolve"):
            await wanted.fetch_text(desk.wants, desk.uid())
        assert desk.waiting("text") == 1
        desk.web.failures.clear()
        desk.web.put(PAGE, page())
        desk.now += timedelta(hours=1)
        assert wanted.any_due(desk.library.database, ("text",), desk.now)
        assert await wanted.fetch_texts(desk.wants) == 1

    async def test_an_article_without_an_address_has_none(self, desk: Desk) -> None:
        desk.web.put(FEED, rss(PAGE).replace(f"<link>{PAGE}</link>", "<guid>a</guid>"))
        await desk.refresh()
        with pytest.raises(UsageError):
            await wanted.fetch_text(desk.wants, desk.uid())


class TestPictures:
    PICTURE = "https://kabar.example/foto/panen.png"

    async def star(self, desk: Desk, *pictures: str) -> None:
        tags = "".join(f'<p><img src="{url}" alt="Contoh"></p>' for url in pictures)
        body = rss(PAGE).replace(BEGINNING, f"<![CDATA[{tags}<p>{BEGINNING}</p>]]>")
        desk.web.put(FEED, body)
        await desk.refresh()
        desk.library.mark([desk.article().id], [Marking("starred", True)])

    async def test_those_of_a_starred_article_go_into_files(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        desk.web.put(self.PICTURE, PNG)
        await self.star(desk, self.PICTURE)
        assert await wanted.fetch_pictures(desk.wants, tmp_path / "p") == 1
        (file,) = (tmp_path / "p").iterdir()
        assert file.read_bytes() == PNG
        assert file.suffix == ".png"
        assert file.stat().st_mode & 0o777 == 0o600
        assert await wanted.fetch_pictures(desk.wants, tmp_path / "p") == 0
        assert desk.web.asked.count(self.PICTURE) == 1

    async def test_what_is_no_picture_is_not_kept(self, desk: Desk, tmp_path: Path) -> None:
        desk.web.put(self.PICTURE, b"<html>404</html>")
        await self.star(desk, self.PICTURE)
        assert await wanted.fetch_pictures(desk.wants, tmp_path / "p") == 0
        assert not (tmp_path / "p").exists()
        assert desk.waiting("pictures") == 0

    async def test_those_of_what_one_reads_come_one_by_one(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        urls = [f"https://kabar.example/foto/{number}.png" for number in range(4)]
        desk.web.put(urls[0], PNG)
        desk.web.put(urls[1], b"<html>404</html>")
        desk.web.fail(urls[2], "timeout")
        desk.web.put(urls[3], PNG)
        await self.star(desk, *urls)
        folder = tmp_path / "p"
        came: list[int] = []

        async def read() -> int:
            uid = desk.uid()
            return await wanted.fetch_for_reader(
                desk.wants, uid, folder, lambda: came.append(len(list(folder.iterdir())))
            )

        assert await read() == 2
        assert came == [1, 2]
        assert await read() == 2
        assert came == [1, 2]
        assert desk.web.asked.count(urls[0]) == 1

    async def test_without_a_network_one_is_tried_of_what_one_reads(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        urls = [f"https://kabar.example/foto/{number}.png" for number in range(3)]
        for url in urls:
            desk.web.fail(url, "resolve")
        await self.star(desk, *urls)
        uid = desk.uid()
        assert await wanted.fetch_for_reader(desk.wants, uid, tmp_path / "p", bool) == 3
        assert [url for url in desk.web.asked if url in urls] == urls[:1]

    async def test_of_an_article_that_is_gone_nothing_is_fetched(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        assert await wanted.fetch_for_reader(desk.wants, 123, tmp_path / "p", bool) == 0

    async def test_what_does_not_fit_into_the_budget_goes(self, desk: Desk, tmp_path: Path) -> None:
        urls = [f"https://kabar.example/foto/{number}.png" for number in range(3)]
        for url in urls:
            desk.web.put(url, PNG)
        await self.star(desk, *urls)
        folder = tmp_path / "p"
        assert await wanted.fetch_pictures(desk.wants, folder) == 3
        wanted.sweep_pictures(desk.library.database, folder, 2 * len(PNG), NOW)
        assert len(list(folder.iterdir())) == 2

    async def test_without_a_budget_all_go_and_are_wished_for_when_there_is_one(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        desk.web.put(self.PICTURE, PNG)
        await self.star(desk, self.PICTURE)
        await wanted.fetch_pictures(desk.wants, tmp_path / "p")
        wanted.sweep_pictures(desk.library.database, tmp_path / "p", 0, NOW)
        assert not list((tmp_path / "p").iterdir())
        assert await wanted.fetch_pictures(desk.wants, tmp_path / "p") == 1

    async def test_files_that_nothing_is_known_of_are_removed(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        folder = tmp_path / "p"
        wanted.sweep_pictures(desk.library.database, folder, 10_000, NOW)
        desk.web.put(self.PICTURE, PNG)
        await self.star(desk, self.PICTURE)
        await wanted.fetch_pictures(desk.wants, folder)
        (kept,) = folder.iterdir()
        (folder / "sisa.png").write_bytes(PNG)
        (folder / "folder").mkdir()
        wanted.sweep_pictures(desk.library.database, folder, 10_000, NOW)
        assert set(folder.iterdir()) == {kept, folder / "folder"}

    async def test_a_private_address_is_asked_only_where_the_user_typed_it(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        inside = "http://intranet.example/foto.png"
        desk.web.put(inside, PNG)
        desk.web.private.add("intranet.example")
        await self.star(desk, inside)
        assert await wanted.fetch_pictures(desk.wants, tmp_path / "p") == 0
        assert desk.waiting("pictures") == 0

    async def test_a_failure_is_tried_again(self, desk: Desk, tmp_path: Path) -> None:
        desk.web.fail(self.PICTURE, "timeout")
        await self.star(desk, self.PICTURE)
        assert await wanted.fetch_pictures(desk.wants, tmp_path / "p") == 0
        assert desk.waiting("pictures") == 1

    async def test_a_folder_that_cannot_be_written_lets_the_wish_wait(
        self, desk: Desk, tmp_path: Path
    ) -> None:
        desk.web.put(self.PICTURE, PNG)
        (tmp_path / "p").write_text("in the way")
        await self.star(desk, self.PICTURE)
        assert await wanted.fetch_pictures(desk.wants, tmp_path / "p") == 0
        assert desk.waiting("pictures") == 1

    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (PNG, "png"),
            (b"\xff\xd8\xff\xe0", "jpg"),
            (b"GIF89a..", "gif"),
            (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "webp"),
            (b"RIFF\x00\x00\x00\x00WAVE", None),
            (b"<svg onload='x'>", None),
            (b"", None),
        ],
    )
    def test_a_picture_is_told_by_how_it_begins(self, data: bytes, kind: str | None) -> None:
        assert wanted.kind_of(data) == kind


class TestAnArticleByItsAddress:
    async def test_it_is_kept_among_the_pages_one_saved(self, desk: Desk) -> None:
        desk.web.put(PAGE, page())
        found = await wanted.fetch_article(desk.wants, PAGE)
        article = desk.library.article(found)
        assert (article.title, article.url) == ("Panen Raya di Paser r", PAGE)
        assert article.source == "Halaman Tersimpan"
        assert desk.library.find_by_url(PAGE) == found
        assert await wanted.fetch_article(desk.wants, PAGE) == found

    async def test_at_a_portal_that_is_a_source_it_is_of_that(self, desk: Desk) -> None:
        own = "https://www.kaltimprov.go.id/berita/panen-raya"
        other = "https://setda.kaltimprov.go.id/berita/panen-raya"
        sources = [source.name for source in desk.kept.all()]
        filed = []
        for url in (own, other):
            desk.web.put(url, page())
            found = await wanted.fetch_article(desk.wants, url)
            filed.append(desk.library.article(found).source)
        assert filed == ["Portal Kaltim", "Halaman Tersimpan"]
        assert {source.name for source in desk.kept.all()} == {*sources, "Halaman Tersimpan"}

    async def of_the_feed(self, desk: Desk, address: str = PAGE) -> str:
        """The id of an article that the feed brought."""
        desk.web.put(FEED, rss(address))
        await desk.refresh()
        return desk.article().id

    async def test_what_an_article_of_a_source_names_at_its_site_is_of_that_source(
        self, desk: Desk
    ) -> None:
        named_by = await self.of_the_feed(desk)
        filed = {}
        for url in ("https://www.kabar.example/b", "https://lain.example/b"):
            desk.web.put(url, page(f"Panen di {url}"))
            assert wanted.is_neighbour(desk.library.database, url, named_by) is ("kabar" in url)
            found = await wanted.fetch_article(desk.wants, url, named_by)
            filed[url] = desk.library.article(found).source
        assert list(filed.values()) == ["Kabar", "Halaman Tersimpan"]

    async def test_a_feed_may_lie_elsewhere_than_its_articles(self, desk: Desk) -> None:
        named_by = await self.of_the_feed(desk, "https://berita.example/a")
        assert wanted.is_neighbour(desk.library.database, "https://berita.example/b", named_by)

    async def test_where_it_was_led_to_counts(self, desk: Desk) -> None:
        named_by = await self.of_the_feed(desk)
        elsewhere = "https://lain.example/b"
        desk.web.lead("https://kabar.example/b", elsewhere)
        desk.web.put(elsewhere, page("Panen di tempat lain"))
        found = await wanted.fetch_article(desk.wants, "https://kabar.example/b", named_by)
        assert desk.library.article(found).source == "Halaman Tersimpan"

    async def test_a_source_that_was_removed_gets_nothing(self, desk: Desk) -> None:
        named_by = await self.of_the_feed(desk)
        desk.kept.remove(desk.source.id)
        url = "https://kabar.example/b"
        desk.web.put(url, page("Panen di b"))
        assert not wanted.is_neighbour(desk.library.database, url, named_by)
        found = await wanted.fetch_article(desk.wants, url, named_by)
        assert desk.library.article(found).source == "Halaman Tersimpan"
        assert "Kabar" not in {source.name for source in desk.kept.all()}

    async def test_an_article_that_is_gone_names_nothing(self, desk: Desk) -> None:
        assert not wanted.is_neighbour(desk.library.database, PAGE, "0" * 13)

    async def test_the_feed_does_not_cut_it_when_it_tells_of_it_later(self, desk: Desk) -> None:
        named_by = await self.of_the_feed(desk, "https://kabar.example/berita/a")
        desk.web.put(PAGE, page())
        found = await wanted.fetch_article(desk.wants, PAGE, named_by)
        whole = desk.library.article(found).document
        desk.web.put(FEED, rss(PAGE))
        await desk.refresh()
        after = desk.library.article(found)
        assert (after.document, after.versions) == (whole, 1)
        assert desk.library.is_whole(found)

    async def test_a_page_that_is_no_article_is_told(self, desk: Desk) -> None:
        desk.web.put(PAGE, "<html><title>Masuk</title><body></body></html>")
        with pytest.raises(FetchError):
            await wanted.fetch_article(desk.wants, PAGE)
        assert not desk.library.rows(View())
