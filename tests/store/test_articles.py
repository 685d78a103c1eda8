from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import importing
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, Paragraph, Span, paragraph
from kaltimtui.errors import UsageError
from kaltimtui.models import ArticleData, Marking, RelatedData, SourceData, View, ViewKind
from kaltimtui.store import keys, wishes

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library
    from kaltimtui.paths import Paths

    Make = Callable[..., ArticleData]


def _ids(library: Library, source: SourceData, *articles: ArticleData) -> list[str]:
    stored = library.store_articles(source, articles).stored
    return [keys.public_id(uid) for uid in stored.uids]


def _counts(library: Library, source: SourceData, *articles: ArticleData) -> tuple[int, int]:
    stored = library.store_articles(source, articles).stored
    return stored.new, stored.changed


def _dump(paths: Paths) -> list[str]:
    """Every row of the store."""
    connection = sqlite3.connect(paths.store)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_an_article_comes_back_as_it_was(
    library: Library, portal: SourceData, make: Make, clock: Callable[[], datetime]
) -> None:
    said = make(
        1,
        kicker="Kilas",
        dateline="SAMARINDA",
        byline="jay/hmsprov",
        caption="Gubernur",
        photo_credit="norjaya",
        image="https://a.example/a.jpg",
    )
    (id_,) = _ids(library, portal, said)
    kept = library.article(id_)
    for name in ("title", "url", "kicker", "category", "dateline", "published", "byline"):
        assert getattr(kept, name) == getattr(said, name)
    for name in ("caption", "photo_credit", "image", "document"):
        assert getattr(kept, name) == getattr(said, name)
    assert (kept.source, kept.sample, kept.versions) == ("Portal Kaltim", False, 1)
    assert (kept.read, kept.starred, kept.later, kept.tags, kept.note) == (
        *(False, False, False),
        (),
        None,
    )
    assert kept.first_seen == kept.updated == clock()


def test_ids_come_back_in_the_order_of_the_page(
    library: Library, portal: SourceData, make: Make
) -> None:
    ids = _ids(library, portal, make(2), make(9), make(5))
    assert [library.article(id_).title for id_ in ids] == ["Judul 2", "Judul 9", "Judul 5"]


def test_a_repeated_import_changes_nothing_at_all(
    library: Library, portal: SourceData, make: Make, paths: Paths, clock: Any
) -> None:
    said = [make(number, byline="jay") for number in range(5)]
    ids = _ids(library, portal, *said)
    before = _dump(paths)
    clock.go(days=3)
    assert _counts(library, portal, *said) == (0, 0)
    assert _ids(library, portal, *said) == ids
    assert _dump(paths) == before


def test_both_extractions_of_a_page_are_one_article(
    library: Library, portal: SourceData, make: Make, paths: Paths
) -> None:
    page = make(1, byline="jay", related=(RelatedData("latest", "Lain"),))
    styled = Document((Paragraph((Span("Isi berita "), Span("nomor 1.", strong=True))),))
    page = replace(page, document=styled)
    text = make(1, url=None, category=None, published=None)
    (id_,) = _ids(library, portal, text)
    assert _ids(library, portal, page) == [id_]
    kept = library.article(id_)
    assert (kept.url, kept.byline, kept.document, kept.versions) == (page.url, "jay", styled, 1)
    before = _dump(paths)
    assert _ids(library, portal, text, page, text) == [id_, id_, id_]
    assert _dump(paths) == before


@pytest.mark.parametrize("first", ["http://", "https://www."])
def test_every_address_of_an_article_leads_to_it(
    library: Library, portal: SourceData, make: Make, first: str
) -> None:
    (id_,) = _ids(library, portal, make(1, url=f"{first}kaltimprov.go.id/berita/a"))
    changed = make(1, words="Isi baru", url="https://kaltimprov.go.id/berita/a/")
    assert _ids(library, portal, changed) == [id_]


def test_an_article_met_at_a_second_address_is_known_at_both(
    library: Library, portal: SourceData, make: Make
) -> None:
    (id_,) = _ids(library, portal, make(1, url="https://a.example/berita/a"))
    assert _ids(library, portal, make(1, url="https://a.example/detailberita/a")) == [id_]
    for path in ("berita", "detailberita"):
        changed = make(1, words=f"Isi {path}", url=f"https://a.example/{path}/a")
        assert _ids(library, portal, changed) == [id_]


def test_an_address_is_an_article_of_one_source_only(
    library: Library, portal: SourceData, feed: SourceData, make: Make
) -> None:
    assert _ids(library, portal, make(1)) != _ids(library, feed, make(1))
    assert library.count(View()).total == 2


def test_a_new_text_is_a_version_and_an_old_one_that_comes_back_is_not(
    library: Library, portal: SourceData, make: Make, clock: Any
) -> None:
    (id_,) = _ids(library, portal, make(1))
    first = library.article(id_)
    for words, versions in (("Isi lain", 2), ("Isi ketiga", 3), ("Isi lain", 3)):
        clock.go(hours=1)
        assert _counts(library, portal, make(1, words=words)) == (0, 1)
        kept = library.article(id_)
        assert (kept.versions, kept.document.plain()) == (versions, words)
        assert (kept.first_seen, kept.updated) == (first.first_seen, clock())


def test_a_changed_header_is_a_change_but_no_version(
    library: Library, portal: SourceData, make: Make, clock: Any
) -> None:
    (id_,) = _ids(library, portal, make(1))
    clock.go(hours=1)
    assert _counts(library, portal, make(1, dateline="BERAU")) == (0, 1)
    kept = library.article(id_)
    assert (kept.dateline, kept.versions, kept.updated) == ("BERAU", 1, clock())


def test_related_items_that_change_are_kept_and_are_no_change_of_the_article(
    library: Library, portal: SourceData, make: Make, clock: Any
) -> None:
    (id_,) = _ids(library, portal, make(1, related=(RelatedData("latest", "Lain"),)))
    updated = library.article(id_).updated
    clock.go(hours=1)
    changed = make(1, related=(RelatedData("latest", "Baru"),))
    assert _counts(library, portal, changed) == (0, 0)
    kept = library.article(id_)
    assert ([item.title for item in kept.related], kept.updated) == (["Baru"], updated)


def test_the_index_follows_the_text(library: Library, portal: SourceData, make: Make) -> None:
    def found(word: str) -> int:
        return library.count(View(ViewKind.SEARCH, query=word)).total

    _ids(library, portal, make(1, words="banjir mahakam"), make(2, words="banjir"))
    assert (found("mahakam"), found("banjir")) == (1, 2)
    _ids(library, portal, make(1, words="jalan", title="Baru"))
    assert (found("mahakam"), found("banjir"), found("jalan"), found("baru")) == (0, 1, 1, 1)
    assert found('"judul 1"') == 0


def test_an_article_moves_when_its_date_becomes_known(
    library: Library, portal: SourceData, make: Make, clock: Any
) -> None:
    _ids(library, portal, make(1), make(2))
    _ids(library, portal, make(0, published=None))
    assert [row.title for row in library.rows(View())] == ["Judul 0", "Judul 2", "Judul 1"]
    (row, *_others) = library.rows(View())
    assert (row.published, row.listed) == (None, clock())
    library.mark([row.id], [Marking("starred", True)])
    assert _counts(library, portal, make(0)) == (0, 1)
    assert [row.title for row in library.rows(View())] == ["Judul 2", "Judul 1", "Judul 0"]
    moved = library.row(row.id)
    assert (moved.published, moved.listed, moved.starred) == (
        make(0).published,
        datetime(2020, 1, 1, tzinfo=WITA),
        True,
    )
    assert library.rows(View(ViewKind.SEARCH, query="judul"))[-1] == moved
    assert library.article(row.id).document == make(0).document


def test_a_date_in_the_future_does_not_pin_an_article_to_the_top(
    library: Library, portal: SourceData, make: Make, clock: Any
) -> None:
    far = Stamp(clock() + timedelta(days=400), "time")
    soon = Stamp(clock() + timedelta(hours=20), "time")
    ids = _ids(library, portal, make(1, published=far), make(2, published=soon))
    assert [row.id for row in library.rows(View())] == [ids[1], ids[0]]
    assert [row.listed for row in library.rows(View())] == [soon.moment, clock()]
    assert library.article(ids[0]).published == far


@pytest.mark.parametrize("year", [1, 1907, 9998])
def test_any_year_can_be_kept(library: Library, portal: SourceData, make: Make, year: int) -> None:
    stamp = Stamp(datetime(year, 1, 1, 0, 0, 1, tzinfo=WITA), "day")
    (id_,) = _ids(library, portal, make(1, published=stamp))
    assert library.article(id_).published == stamp
    assert library.row(id_).published == stamp


def test_entries_without_a_date_stand_in_the_order_of_their_feed(
    library: Library, feed: SourceData, make: Make
) -> None:
    _ids(library, feed, *(make(number, published=None) for number in range(40)))
    titles = [row.title for row in library.rows(View())]
    assert titles == [f"Judul {number}" for number in range(40)]


def test_any_number_of_articles_may_share_a_second(
    library: Library, portal: SourceData, make: Make
) -> None:
    day = Stamp(datetime(2015, 3, 5, tzinfo=WITA), "day")
    for number in range(60):
        _ids(library, portal, make(number, published=day))
    rows = library.rows(View())
    assert len({row.key for row in rows}) == len(rows) == 60
    assert {row.listed for row in rows} == {day.moment}


# --- entries of a feed ---------------------------------------------------------------------------


def test_entries_with_ids_of_their_own_are_two_whatever_their_link(
    library: Library, feed: SourceData, make: Make
) -> None:
    front = "https://warta.example/"
    first = [make(number, guid=str(number), url=front) for number in (1, 2)]
    assert len(set(_ids(library, feed, *first))) == 2
    assert _counts(library, feed, *first) == (0, 0)
    assert _counts(library, feed, make(3, guid="3", url=front)) == (1, 0)


def test_an_entry_whose_id_alone_is_new_is_the_old_one(
    library: Library, feed: SourceData, make: Make
) -> None:
    (id_,) = _ids(library, feed, make(1, guid="lama"))
    library.mark([id_], [Marking("read", True)])
    assert _ids(library, feed, make(1, guid="baru")) == [id_]
    assert _ids(library, feed, make(1, guid="baru", words="Isi lain")) == [id_]
    assert library.article(id_).read


def test_an_id_that_a_feed_gives_to_all_its_entries_names_none(
    library: Library, feed: SourceData, make: Make
) -> None:
    said = [make(number, guid="0") for number in range(3)]
    assert _counts(library, feed, *said) == (3, 0)
    assert _counts(library, feed, *said) == (0, 0)


def test_an_id_that_comes_twice_in_a_feed_is_one_article_with_its_newest_text(
    library: Library, feed: SourceData, make: Make
) -> None:
    later = Stamp(datetime(2020, 5, 5, tzinfo=WITA), "time")
    old, new = make(1, guid="1"), make(1, guid="1", words="Isi baru", published=later)
    ids = _ids(library, feed, new, old)
    assert len(set(ids)) == 1
    kept = library.article(ids[0])
    assert (kept.versions, kept.document.plain()) == (2, "Isi baru")
    assert library.count(View(ViewKind.SEARCH, query="nomor")).total == 0


def test_a_page_that_was_kept_becomes_the_entry_with_its_address(
    library: Library, feed: SourceData, make: Make
) -> None:
    (id_,) = _ids(library, feed, make(1))
    assert _ids(library, feed, make(1, guid="1", words="Isi lain")) == [id_]
    assert _ids(library, feed, make(1, guid="2", words="Isi lain lagi")) != [id_]


def test_entries_with_neither_id_nor_link_are_told_apart_by_their_text(
    library: Library, feed: SourceData, make: Make
) -> None:
    said = [make(number, url=None) for number in range(3)]
    assert _counts(library, feed, *said) == (3, 0)
    assert _counts(library, feed, *said) == (0, 0)


def test_headlines_alone_are_told_apart_by_their_day(
    library: Library, feed: SourceData, make: Make
) -> None:
    bare = {"title": "Jadwal", "url": None, "words": ""}
    days = [make(number, **bare) for number in (0, 24, 48)]
    assert _counts(library, feed, *days) == (3, 0)
    assert _counts(library, feed, *days) == (0, 0)


# --- marks and related items ---------------------------------------------------------------------


def test_marks_survive_a_change_of_the_text(
    library: Library, portal: SourceData, make: Make
) -> None:
    (id_,) = _ids(library, portal, make(1))
    library.mark([id_], [Marking("starred", True), Marking("tag", "kaji"), Marking("note", "Cek")])
    _ids(library, portal, make(1, words="Isi lain", title="Judul lain"))
    kept = library.article(id_)
    assert (kept.starred, kept.tags, kept.note) == (True, ("kaji",), "Cek")


def test_a_related_item_leads_to_the_article_with_its_address(
    library: Library, portal: SourceData, make: Make
) -> None:
    other = "http://kaltimprov.go.id/berita/judul-2"
    (id_,) = _ids(library, portal, make(1, related=(RelatedData("related", url=other),)))
    (item,) = library.article(id_).related
    assert (item.article, item.read) == (None, False)
    (found,) = _ids(library, portal, make(2))
    library.mark([found], [Marking("read", True)])
    (item,) = library.article(id_).related
    assert (item.article, item.read, item.source) == (found, True, portal.name)


@pytest.mark.parametrize(
    ("precision", "category", "leads"),
    [("time", "Sosial", True), ("day", "Sosial", False), ("time", "Agama", False)],
)
def test_a_related_item_without_address_leads_to_the_one_of_its_second_and_category(
    library: Library, portal: SourceData, make: Make, precision: Any, category: str, leads: bool
) -> None:
    moment = Stamp(datetime(2020, 1, 1, 2, tzinfo=WITA), precision)
    item = RelatedData("related", category=category, published=moment)
    (id_,) = _ids(library, portal, make(1, related=(item,)))
    (found,) = _ids(library, portal, make(2))
    assert library.article(id_).related[0].article == (found if leads else None)


def test_a_related_item_that_fits_two_articles_leads_to_neither(
    library: Library, portal: SourceData, make: Make
) -> None:
    moment = make(2).published
    item = RelatedData("related", category="Sosial", published=moment)
    (id_,) = _ids(library, portal, make(1, related=(item,)))
    _ids(library, portal, make(2), make(3, published=moment))
    assert library.article(id_).related[0].article is None


def test_an_id_that_names_nothing_is_said_so(library: Library) -> None:
    for id_ in ("", "zzz", "0123456789abc", "[/]\x1b"):
        with pytest.raises(UsageError) as caught:
            library.article(id_)
        assert "\x1b" not in str(caught.value)
        with pytest.raises(UsageError):
            library.row(id_)
        with pytest.raises(UsageError):
            library.mark([id_], [Marking("read", True)])


def test_an_article_without_a_body_is_kept(library: Library, feed: SourceData) -> None:
    (id_,) = _ids(library, feed, ArticleData("Judul", guid="1"))
    kept = library.article(id_)
    assert (kept.document, kept.url, kept.published) == (Document(), None, None)
    full = ArticleData("Judul", guid="1", document=Document((paragraph("Isi"),)))
    assert _counts(library, feed, full) == (0, 1)


def test_an_id_is_never_given_twice(library: Library, portal: SourceData, make: Make) -> None:
    (first,) = _ids(library, portal, make(1))
    with library._database.writing() as connection:
        connection.execute("DELETE FROM identity")
    (second,) = _ids(library, portal, make(1))
    assert first != second
    assert library.article(first).title == library.article(second).title


# --- the whole text of an article whose feed cuts it -------------------------------------------

CUT = "Gubernur meresmikan pasar …"
WHOLE = "Gubernur meresmikan pasar di tepi sungai. Pedagang menempati kios sejak pagi."


def _put(library: Library, id_: str, page: ArticleData) -> bool:
    uid = keys.uid_of(id_)
    assert uid is not None
    return importing.keep_text(library.database, uid, page, library.now())


def _page(words: str = WHOLE, **said: Any) -> ArticleData:
    return ArticleData("Judul di Halaman", document=Document((paragraph(words),)), **said)


def _found(library: Library, words: str) -> int:
    return library.count(View(ViewKind.SEARCH, query=words)).total


def _wished(library: Library) -> list[int]:
    with library.database.reading() as connection:
        found = wishes.due(connection, "text", keys.seconds_of(library.now()), 9)
    return [wish.uid for wish in found]


@pytest.fixture
def cut(library: Library, feed: SourceData, make: Make) -> str:
    """An entry of a feed that only begins its article, starred and read."""
    (id_,) = _ids(library, feed, make(1, words=CUT, guid="1", byline="ani"))
    library.mark([id_], [Marking("starred", True), Marking("read", True)])
    return id_


def test_the_page_gives_an_article_its_whole_text(library: Library, cut: str) -> None:
    before = library.article(cut)
    assert _put(library, cut, _page(byline="budi", caption="Pasar"))
    after = library.article(cut)
    assert after.document.plain() == WHOLE
    assert (after.title, after.byline, after.caption) == ("Judul 1", "ani", "Pasar")
    assert (after.key, after.url, after.published) == (before.key, before.url, before.published)
    assert (after.starred, after.read, after.versions) == (True, True, 1)
    assert (_found(library, "pedagang"), _found(library, '"pasar …"')) == (1, 1)
    assert _found(library, "halaman") == 0
    assert library.doctor().ok


def test_the_whole_text_stays_while_the_feed_says_the_same(
    library: Library, cut: str, feed: SourceData, make: Make, paths: Paths
) -> None:
    _put(library, cut, _page())
    before = _dump(paths)
    assert _counts(library, feed, make(1, words=CUT, guid="1", byline="ani")) == (0, 0)
    assert _dump(paths) == before


def test_a_new_headline_keeps_the_whole_text_and_asks_for_the_page_again(
    library: Library, cut: str, feed: SourceData, make: Make
) -> None:
    _put(library, cut, _page())
    assert _wished(library) == []
    said = make(1, words=CUT, guid="1", byline="ani", title="Judul Baru")
    assert _counts(library, feed, said) == (0, 1)
    kept = library.article(cut)
    assert (kept.title, kept.document.plain(), kept.versions) == ("Judul Baru", WHOLE, 2)
    assert _wished(library) == [keys.uid_of(cut)]
    assert _put(library, cut, _page())
    assert _wished(library) == []
    assert _counts(library, feed, said) == (0, 0)
    assert library.article(cut).versions == 2
    assert library.doctor().ok


def test_a_page_that_was_edited_is_a_new_version(library: Library, cut: str) -> None:
    _put(library, cut, _page())
    assert _put(library, cut, _page("Pasar itu batal diresmikan."))
    kept = library.article(cut)
    assert (kept.document.plain(), kept.versions) == ("Pasar itu batal diresmikan.", 2)
    assert (_found(library, "pedagang"), _found(library, "batal")) == (0, 1)


@pytest.mark.parametrize("words", ["Masuk dahulu.", ""])
def test_a_page_that_says_less_than_the_feed_is_not_taken(
    library: Library, cut: str, words: str, paths: Paths
) -> None:
    with library.database.writing() as connection:
        connection.execute("DELETE FROM wish")  # what was wished is done with, taken or not
    before = _dump(paths)
    page = replace(_page(), document=Document((paragraph(words),) if words else ()))
    assert not _put(library, cut, page)
    assert _dump(paths) == before


def test_the_page_of_an_article_that_is_gone_is_not_taken(library: Library) -> None:
    assert not _put(library, keys.public_id(7), _page())


def test_a_new_id_of_an_entry_finds_the_article_with_its_whole_text(
    library: Library, cut: str, feed: SourceData, make: Make
) -> None:
    _put(library, cut, _page())
    assert _ids(library, feed, make(1, words=CUT, guid="lain", byline="ani")) == [cut]
    assert library.article(cut).document.plain() == WHOLE
