from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kaltimtui import importing, organising, parsing, subscriptions
from kaltimtui.dates import Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import ParseError
from kaltimtui.importing import Fetched
from kaltimtui.library import Library
from kaltimtui.models import (
    ArticleData,
    Count,
    Imported,
    Marking,
    Outcome,
    Parsed,
    SourceData,
    Validators,
    View,
    ViewKind,
)
from kaltimtui.paths import Paths
from kaltimtui.rule import RuleAction
from kaltimtui.store import incoming, keys, wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 24, 0, 15, tzinfo=UTC)


def _read(data: bytes, *, url: str | None = None, now: datetime) -> Parsed:
    """A parser of a language of our own: the kind, then an article or a source a line."""
    assert now == NOW
    kind, *lines = data.decode().split("\n")
    if kind == "page":
        return Parsed("page", None, (ArticleData(lines[0], url=url),))
    if kind == "feed":
        articles = tuple(ArticleData(line, guid=line) for line in lines)
        return Parsed("feed", SourceData("Warta", "feed", "https://w.example/rss"), articles)
    if kind == "opml":
        sources = tuple(SourceData(line, "feed", f"https://{line}/rss") for line in lines)
        return Parsed("opml", sources=sources)
    if kind == "half":
        return Parsed("feed", None, (ArticleData("Satu", guid="1"),), rejected=("tanpa judul",) * 2)
    raise ParseError("Bukan berita.")


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setattr(parsing, "read", _read)
    library = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: NOW)
    yield library
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "berita"
    folder.mkdir()
    return folder


def _titles(library: Library) -> set[str]:
    return {row.title for row in library.rows(View())}


def test_a_page_becomes_an_article_of_the_portal(library: Library, folder: Path) -> None:
    (folder / "a.txt").write_text("page\nJudul")
    (told,) = library.import_path(folder / "a.txt")
    (row,) = library.rows(View())
    assert told == Imported(str(folder / "a.txt"), "page", (row.id,), new=1, sources=())
    assert row.source == "Portal Kaltim"
    (again,) = library.import_path(folder / "a.txt")
    assert (again.articles, again.new, again.changed, again.sources) == ((row.id,), 0, 0, ())


def test_a_page_with_an_address_is_filed_under_its_host(library: Library, folder: Path) -> None:
    (folder / "a.txt").write_text("page\nJudul")
    (told,) = library.import_path(folder / "a.txt", url="https://www.antara.example/berita/1")
    assert told.sources == ("antara.example",)


def test_a_feed_becomes_a_source(library: Library) -> None:
    told = library.import_bytes(b"feed\nSatu\nDua", path="-")
    assert (told.path, told.kind, told.new, told.sources) == ("-", "feed", 2, ("Warta",))
    assert _titles(library) == {"Satu", "Dua"}


def test_a_source_of_the_users_choice_is_used_under_the_name_it_has(
    library: Library, folder: Path
) -> None:
    (folder / "a.txt").write_text("page\nJudul")
    (told,) = library.import_path(folder, source="Arsip")
    assert told.sources == ("Arsip",)
    (again,) = library.import_path(folder, source="ARSIP")
    assert (again.sources, again.new) == ((), 0)
    library.import_bytes(b"feed\nSatu", path="-")
    (folder / "a.txt").write_text("page\nLain")
    (third,) = library.import_path(folder, source="warta")
    assert (third.sources, third.new) == ((), 1)
    names = {node.name: node.count.total for node in library.navigation().sources}
    assert names == {"Portal Kaltim": 0, "Arsip": 1, "Warta": 2}


def test_a_subscription_list_adds_sources(library: Library) -> None:
    told = library.import_bytes(b"opml\na.example\nb.example", path="langganan.opml")
    assert (told.kind, told.sources, told.articles) == ("opml", ("a.example", "b.example"), ())
    again = library.import_bytes(b"opml\na.example\nc.example", path="langganan.opml")
    assert again.sources == ("c.example",)


def test_entries_that_could_not_be_taken_are_told_of(library: Library) -> None:
    told = library.import_bytes(b"half", path="warta.xml")
    assert (told.new, told.sources) == (1, ("warta",))
    assert told.error is not None
    assert "2" in told.error
    assert "tanpa judul" in told.error


def test_a_folder_is_read_whole_and_only_for_files_of_news(library: Library, folder: Path) -> None:
    for number, name in enumerate(("b/2.HTML", "b/c/3.xml", "1.txt", "x.jpg", ".txt")):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"page\nJudul {number}")
    os.mkfifo(folder / "pipa.txt")
    told = list(library.import_path(folder))
    assert [Path(one.path).name for one in told] == ["1.txt", "2.HTML", "3.xml"]
    assert _titles(library) == {"Judul 0", "Judul 1", "Judul 2"}
    assert all(one.error is None for one in told)


def test_a_link_that_leads_round_in_a_circle_is_not_followed(
    library: Library, folder: Path
) -> None:
    (folder / "a.txt").write_text("page\nJudul")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    told = {Path(one.path).name: one for one in library.import_path(folder)}
    assert told.keys() == {"a.txt", "self.txt", "gone.txt"}
    assert told["a.txt"].error is None
    for name in ("self.txt", "gone.txt"):
        assert str(folder / name) in (told[name].error or "")


def test_what_cannot_be_read_is_told_of_and_the_others_are_kept(
    library: Library, folder: Path
) -> None:
    (folder / "a.txt").write_text("page\nSatu")
    (folder / "b.txt").write_text("rubbish")
    (folder / "c.txt").write_text("page\nDua")
    told = list(library.import_path(folder))
    assert _titles(library) == {"Satu", "Dua"}
    assert [one.error for one in told] == [None, f"{folder / 'b.txt'}: Bukan berita.", None]
    (missing,) = library.import_path(folder / "tiada.txt")
    assert (missing.kind, missing.articles) == (None, ())
    assert missing.error is not None
    assert missing.error.startswith(f"{folder / 'tiada.txt'}: ")


def test_a_file_that_is_too_big_is_refused_with_its_size_unread(
    library: Library, folder: Path
) -> None:
    big = folder / "a.txt"
    with big.open("wb") as file:
        file.truncate(50 << 20)
    (told,) = library.import_path(big)
    assert told.error is not None
    assert "50 MiB" in told.error
    assert "16 MiB" in told.error
    told = library.import_bytes(b"x" * (parsing.SIZE_LIMIT + 1), path="-")
    assert told.error is not None
    assert "16 MiB" in told.error
    assert library.import_bytes(b"page\n" + b"x" * 100, path="-").error is None


def test_a_size_is_written_as_the_language_has_it() -> None:
    assert importing._mebibytes(0) == "0 MiB"
    assert importing._mebibytes(50 << 20) == "50 MiB"
    assert importing._mebibytes(int(16.5 * (1 << 20))) == "16,5 MiB"


def test_a_pipe_is_read_within_the_same_bounds(library: Library, folder: Path) -> None:
    pipe = folder / "pipa"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("wb") as file:
            file.write(b"page\nDari pipa")

    writer = threading.Thread(target=write)
    writer.start()
    (told,) = library.import_path(pipe)
    writer.join()
    assert told.new == 1


def test_a_name_that_would_move_the_cursor_is_shown_clean(library: Library, folder: Path) -> None:
    path = folder / "a\x1b[2J\n.txt"
    path.write_text("rubbish")
    (told,) = library.import_path(folder)
    assert told.error is not None
    assert told.path.endswith("a[2J .txt")
    for shown in (told.path, told.error):
        assert shown.isprintable()


def test_a_dry_run_keeps_nothing(library: Library, folder: Path) -> None:
    (folder / "a.txt").write_text("page\nSatu")
    (folder / "b.txt").write_text("rubbish")
    good, bad = library.import_path(folder, dry_run=True)
    assert good.parsed is not None
    assert [article.title for article in good.parsed.articles] == ["Satu"]
    assert (good.kind, good.new, good.articles) == ("page", 0, ())
    assert bad.error is not None
    assert [node.name for node in library.navigation().sources] == ["Portal Kaltim"]


def test_what_is_told_is_on_disk(library: Library, folder: Path) -> None:
    for number in range(250):
        (folder / f"{number:03}.txt").write_text(f"page\nJudul {number}")
    kept = 0
    for kept, _told in enumerate(library.import_path(folder), start=1):
        assert library.navigation().all.total >= kept
    assert kept == library.navigation().all.total == 250


def test_many_pages_with_their_addresses_are_kept_at_once(library: Library) -> None:
    sample = SourceData("Edisi Contoh", "sample")
    pages = [
        (f"{number}.txt", f"https://contoh.example/{number}", f"page\nJudul {number}".encode())
        for number in range(3)
    ]
    told = list(library.import_all(pages, source=sample))
    assert [one.new for one in told] == [1, 1, 1]
    assert all(row.sample for row in library.rows(View()))
    (first, *_others) = told
    assert library.article(first.articles[0]).url == "https://contoh.example/0"
    assert library.count(View(ViewKind.SEARCH, query="judul")).total == 3


def test_a_folder_that_cannot_be_read_is_told_of(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text("page\nSatu")
    (folder / "tertutup").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("tertutup"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    told = list(library.import_path(folder))
    assert [one.new for one in told] == [1, 0]
    assert str(folder / "tertutup") in (told[1].error or "")


def test_bytes_can_be_tried_without_being_kept(library: Library) -> None:
    told = library.import_bytes(b"feed\nSatu", path="-", dry_run=True)
    assert told.parsed is not None
    assert (told.parsed.source, told.new) == (
        SourceData("Warta", "feed", "https://w.example/rss"),
        0,
    )
    assert [node.name for node in library.navigation().sources] == ["Portal Kaltim"]


# --- what was fetched ----------------------------------------------------------------------------


def _fetched(source: int, *articles: ArticleData, outcome: Outcome | None = None) -> Fetched:
    return Fetched(source, incoming.ready(articles, keys.seconds_of(NOW)), outcome)


def _outcome(source: int, **said: object) -> Outcome:
    return Outcome(**({"source": source, "at": NOW, "next_try": None} | said))  # type: ignore[arg-type] # what is given fits


@pytest.fixture
def feeds(library: Library) -> list[int]:
    """Two feeds."""
    library.add_sources(
        [SourceData(name, "feed", f"https://{name}.example/rss") for name in ("satu", "dua")]
    )
    return [subscriptions.of(library).find(name).id for name in ("satu", "dua")]


def test_a_batch_of_several_sources_is_kept_with_how_it_went(
    library: Library, feeds: list[int]
) -> None:
    one, two = feeds
    given = Validators("e")
    batch = [
        _fetched(one, ArticleData("A", guid="1"), ArticleData("B", guid="2")),
        _fetched(two, outcome=_outcome(two, error="Tidak menjawab.")),
        _fetched(one, ArticleData("C", guid="3"), outcome=_outcome(one, validators=given)),
    ]
    kept = importing.keep_fetched(library.database, batch, NOW)
    assert [(k.stored.new, k.stored.changed, len(k.stored.fresh)) for k in kept] == [
        (2, 0, 2),
        (0, 0, 0),
        (1, 0, 1),
    ]
    assert _titles(library) == {"A", "B", "C"}
    assert library.count(View(ViewKind.SEARCH, query="c")).total == 1
    known = {source.name: source for source in subscriptions.of(library).all()}
    assert known["satu"].validators == given
    assert (known["dua"].health.error, known["dua"].health.failures) == ("Tidak menjawab.", 1)
    again = importing.keep_fetched(library.database, batch, NOW)
    assert [k.stored.new for k in again] == [0, 0, 0]
    assert [k.stored.uids for k in again] == [k.stored.uids for k in kept]
    assert [k.stored.fresh for k in again] == [(), (), ()]
    assert library.doctor().ok


def test_a_batch_is_kept_whole_or_not_at_all(library: Library, feeds: list[int]) -> None:
    broken = Fetched(feeds[1], [None])  # type: ignore[list-item] # what no parser gives
    with pytest.raises(AttributeError):
        importing.keep_fetched(
            library.database, [_fetched(feeds[0], ArticleData("A", guid="1")), broken], NOW
        )
    assert _titles(library) == set()
    assert library.doctor().ok


def test_marks_outlive_what_is_fetched(library: Library, feeds: list[int]) -> None:
    batch = [_fetched(feeds[0], ArticleData("A", guid="1"))]
    importing.keep_fetched(library.database, batch, NOW)
    (row,) = library.rows(View())
    library.mark([row.id], [Marking("read", True), Marking("note", "x")])
    edited = [_fetched(feeds[0], ArticleData("A baru", guid="1"))]
    (kept,) = importing.keep_fetched(library.database, edited, NOW)
    article = library.article(row.id)
    assert (kept.stored.new, kept.stored.changed) == (0, 1)
    assert (article.title, article.read, article.note) == ("A baru", True, "x")
    assert article.versions == 2
    assert library.undo() is not None


def test_one_feed_never_touches_the_articles_of_another(library: Library, feeds: list[int]) -> None:
    said = ArticleData("A", guid="1", url="https://situs.example/1")
    batch = [_fetched(source, said) for source in feeds]
    kept = importing.keep_fetched(library.database, batch, NOW)
    assert [k.stored.new for k in kept] == [1, 1]
    assert len({uid for k in kept for uid in k.stored.uids}) == 2


def test_of_a_source_that_was_removed_meanwhile_nothing_is_kept(
    library: Library, feeds: list[int]
) -> None:
    library.remove_source(feeds[0])
    batch = [
        _fetched(source, ArticleData("A", guid="1"), outcome=_outcome(source))
        for source in (feeds[0], 999, feeds[1])
    ]
    kept = importing.keep_fetched(library.database, batch, NOW)
    assert [k.stored.new for k in kept] == [0, 0, 1]
    with library.database.reading() as connection:
        found = connection.execute("SELECT source_id FROM fetching").fetchall()
    assert found == [(feeds[1],)]


def test_new_articles_of_a_source_in_full_wait_for_their_pages(
    library: Library, feeds: list[int]
) -> None:
    subscriptions.of(library).set_full_text(feeds[0], True)
    batch = [
        _fetched(source, ArticleData("A", guid="1", url=f"https://situs.example/{source}"))
        for source in feeds
    ]
    waiting = []
    for _time in range(2):
        importing.keep_fetched(library.database, batch, NOW)
        with library.database.writing() as connection:
            due = wishes.due(connection, "text", keys.seconds_of(NOW), 9)
            wishes.done(connection, [wish.uid for wish in due], "text")
        waiting.append([(wish.source, wish.url) for wish in due])
    assert waiting == [[(feeds[0], f"https://situs.example/{feeds[0]}")], []]


def test_real_news_lets_the_sample_edition_step_aside(library: Library, feeds: list[int]) -> None:
    library.store_articles(SourceData("Contoh", "sample"), [ArticleData("Contoh", guid="1")])
    importing.keep_fetched(library.database, [_fetched(feeds[0], outcome=_outcome(feeds[0]))], NOW)
    assert _titles(library) == {"Contoh"}
    importing.keep_fetched(library.database, [_fetched(feeds[0], ArticleData("A", guid="1"))], NOW)
    assert _titles(library) == {"A"}


# --- lists ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "10.0.0.8:8080", "[::1]", "0x7f.1", "2130706433", "a.localhost"],
)
def test_an_imported_list_subscribes_to_no_private_host(library: Library, host: str) -> None:
    told = library.import_bytes(f"opml\na.example\n{host}".encode(), path="langganan.opml")
    assert told.sources == ("a.example",)
    assert host.split(":")[0].strip("[]") in (told.error or "")
    dry = library.import_bytes(f"opml\n{host}".encode(), path="-", dry_run=True)
    assert dry.parsed is not None
    assert (dry.parsed.sources, dry.error) == ((), told.error)


# --- the same story once -------------------------------------------------------------------------

WIRE = (
    "Pemerintah provinsi menyalurkan bantuan pangan bagi dua belas ribu keluarga pesisir mulai"
    " Senin pekan depan. Kepala dinas mengatakan bantuan itu berupa beras sepuluh kilogram, minyak"
    " goreng dua liter dan ikan kaleng. Penyaluran dilakukan bertahap melalui kantor kelurahan"
    " dengan menunjukkan kartu keluarga. Warga yang sakit atau lanjut usia akan didatangi petugas"
    " di rumah masing-masing. Anggaran program ini bersumber dari dana tak terduga yang disetujui"
    " dewan bulan lalu. Tahun lalu program serupa menjangkau sembilan ribu keluarga di tujuh"
    " kabupaten. Gubernur meminta bupati dan wali kota mengawasi agar bantuan tepat sasaran dan"
    " tidak diperjualbelikan. Laporan penyaluran wajib diserahkan paling lambat akhir bulan."
)
OWN = (
    "Ratusan nelayan menggelar lomba perahu hias di muara sungai pada akhir pekan. Pemenang"
    " pertama membawa pulang mesin tempel dari panitia. Acara tahunan ini sempat berhenti tiga"
    " tahun karena pandemi. Anak-anak ikut lomba menangkap bebek, ibu-ibu memasak sup ikan dalam"
    " kuali raksasa. Camat berharap perayaan itu menarik pelancong dari kota. Penjual makanan"
    " mengaku dagangan mereka habis sebelum sore. Panitia membersihkan sampah bersama komunitas"
    " pencinta laut setelah acara berakhir. Tahun depan lomba akan dipindahkan ke pantai timur"
    " supaya penonton mendapat tempat yang lebih luas dan lebih teduh."
)
PRINTED = (
    ("Bantuan Pangan untuk 12.000 Keluarga", WIRE),
    ("12.000 Keluarga Pesisir Terima Bantuan", f"KABAR.ID - {WIRE}"),
    ("Bantuan Pangan Mulai Senin", WIRE.replace("mengatakan", "menyebutkan")),
    ("Pemprov Salurkan Bantuan Pangan", WIRE.rsplit(". ", 1)[0] + "."),
    ("Beras 10 Kilogram bagi Keluarga Pesisir", f"{WIRE} Baca juga berita lainnya di laman kami."),
    ("Lomba Perahu Hias di Muara", OWN),
)


def _printed(number: int, **said: object) -> ArticleData:
    title, words = PRINTED[number]
    made = ArticleData(title, guid=str(number), document=Document((paragraph(words),)))
    return replace(made, **said)  # type: ignore[arg-type] # fields of an article


def _others(library: Library) -> dict[str, int]:
    return {row.title: row.others for row in library.rows(View())}


EXPECTED = {title: 4 if words != OWN else 0 for title, words in PRINTED}


def test_five_papers_that_print_the_same_release_tell_one_story(library: Library) -> None:
    for number in range(len(PRINTED)):
        library.store_articles(SourceData(f"Koran {number}", "feed"), [_printed(number)])
    assert _others(library) == EXPECTED
    library.together = True
    assert {row.title for row in library.rows(View())} == {PRINTED[0][0], PRINTED[5][0]}
    assert library.count(View()) == library.navigation().all == Count(2, 2)
    assert len(library.rows(View(ViewKind.SEARCH, query="pemerintah"))) == 5


def test_what_comes_in_one_batch_of_several_sources_is_compared_too(library: Library) -> None:
    names = [f"koran-{number}" for number in range(len(PRINTED))]
    library.add_sources([SourceData(name, "feed", f"https://{name}.example/rss") for name in names])
    found = [subscriptions.of(library).find(name).id for name in names]
    batch = [_fetched(source, _printed(number)) for number, source in enumerate(found)]
    importing.keep_fetched(library.database, batch, NOW)
    assert _others(library) == EXPECTED
    importing.keep_fetched(library.database, batch, NOW)
    assert _others(library) == EXPECTED


def test_a_text_that_is_another_now_is_compared_anew(library: Library) -> None:
    papers = [SourceData(f"Koran {number}", "feed") for number in range(2)]
    library.store_articles(papers[0], [_printed(0)])
    library.store_articles(papers[1], [replace(_printed(5), guid="1")])
    assert set(_others(library).values()) == {0}
    library.store_articles(papers[1], [_printed(1)])
    assert set(_others(library).values()) == {1}


def test_the_whole_text_of_a_page_is_compared(library: Library) -> None:
    papers = [SourceData(f"Koran {number}", "feed") for number in range(2)]
    library.store_articles(papers[0], [_printed(0)])
    cut = Document((paragraph(WIRE[:200] + " …"),))
    library.store_articles(papers[1], [_printed(1, document=cut)])
    assert set(_others(library).values()) == {0}
    uid = next(library.uid(row.id) for row in library.rows(View()) if row.source == "Koran 1")
    assert importing.keep_text(library.database, uid, _printed(1), NOW)
    assert set(_others(library).values()) == {1}


def test_what_one_paper_prints_twice_and_what_is_old_is_no_story(library: Library) -> None:
    paper, other = (SourceData(f"Koran {number}", "feed") for number in range(2))
    library.store_articles(paper, [_printed(number) for number in range(5)])
    assert set(_others(library).values()) == {0}
    old = Stamp(NOW - timedelta(seconds=incoming.SKETCHED + 1), "time")
    for source in (paper, other):
        library.store_articles(source, [_printed(0, guid="9", published=old)])
    assert set(_others(library).values()) == {0}


@pytest.fixture
def told(library: Library) -> Library:
    for number in range(len(PRINTED)):
        library.store_articles(SourceData(f"Koran {number}", "feed"), [_printed(number)])
    library.together = library.read_together = True
    return library


def _read_ones(library: Library) -> int:
    return sum(row.read for row in library.rows(View(ViewKind.SEARCH, query="pangan")))


def test_what_tells_the_same_is_read_together_as_one_step(told: Library) -> None:
    story = next(row.id for row in told.rows(View()) if row.others)
    change = told.mark([story], [Marking("read", True)])
    assert (change.count, _read_ones(told)) == (5, 5)
    assert told.count(View()) == Count(2, 1)
    told.undo()
    assert (_read_ones(told), told.count(View())) == (0, Count(2, 2))
    told.mark([story], [Marking("read", True)], undoable=False)
    assert _read_ones(told) == 5
    told.mark([story], [Marking("read", False)])
    assert _read_ones(told) == 0


@pytest.mark.parametrize(
    "view", [View(), View(ViewKind.UNREAD), View(ViewKind.SEARCH, query="kilogram -kabar")]
)
def test_a_list_is_read_with_all_that_tells_the_same(told: Library, view: View) -> None:
    told.mark_view(view, Marking("read", True))
    assert _read_ones(told) == 5
    told.undo()
    assert _read_ones(told) == 0


def test_a_rule_marks_what_it_finds_and_leaves_who_tells_the_same(told: Library) -> None:
    organised = organising.of(told)
    rule, _change = organised.add_rule("Satu", 'sumber:"Koran 1"', (RuleAction("read"),))
    assert organised.apply_to_past(rule).count == _read_ones(told) == 1
    (story,) = (row for row in told.rows(View()) if row.others)
    assert not story.read


def test_other_marks_are_for_the_one_alone(told: Library) -> None:
    story = next(row.id for row in told.rows(View()) if row.others)
    assert told.mark([story], [Marking("starred", True)]).count == 1
    assert told.mark([story], [Marking("read", True), Marking("later", True)]).count == 1
    told.undo()
    told.read_together = False
    assert told.mark([story], [Marking("read", True)]).count == 1
    assert (_read_ones(told), told.count(View())) == (1, Count(2, 1))
