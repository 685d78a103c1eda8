from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from kaltimtui import subscriptions
from kaltimtui.document import Block, Document, Image, Quote, paragraph
from kaltimtui.errors import StoreReadOnlyError, UsageError
from kaltimtui.library import Library, article_json, utc_now
from kaltimtui.models import ArticleData, Marking, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.store import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 24, 0, 15, tzinfo=UTC)
WARTA = SourceData("Warta", "feed", "https://warta.example/rss")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.find(str(tmp_path / "home"))


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    library = Library.open(paths, clock=lambda: NOW)
    yield library
    library.close()


def test_the_facade_loads_nothing_that_draws_fetches_or_parses() -> None:
    code = """
import sys
before = set(sys.modules)
import kaltimtui.library
heavy = ("textual", "rich", "httpx", "lxml", "feedparser", "fastfeedparser", "readability",
         "platformdirs", "asyncio", "kaltimtui.parsing.page", "kaltimtui.parsing.feed")
print([name for name in heavy if name in set(sys.modules) - before])
"""
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True
    )
    assert run.stdout.strip() == "[]"


def test_the_clock_of_every_day_is_aware() -> None:
    assert utc_now().tzinfo is UTC


def test_a_library_is_made_once_and_opened_again(paths: Paths) -> None:
    first = Library.open(paths, clock=lambda: NOW)
    first.store_articles(WARTA, [ArticleData("Judul", guid="1")])
    assert first.trouble is None
    first.close()
    again = Library.open(paths, clock=lambda: NOW)
    assert [row.title for row in again.rows(View())] == ["Judul"]
    again.close()


def test_quotes_within_quotes_without_end_are_kept_and_come_back(library: Library) -> None:
    block: Block = paragraph("dalam")
    for number in range(10_000):
        block = Quote((paragraph(f"kata {number}"), block))
    library.store_articles(WARTA, [ArticleData("Judul", guid="1", document=Document((block,)))])
    (row,) = library.rows(View())
    said = library.article(row.id).document.plain().split("\n\n")
    assert said == [*(f"kata {number}" for number in reversed(range(10_000))), "dalam"]
    (found,) = library.rows(View(ViewKind.SEARCH, query="dalam"))
    assert found.id == row.id


def test_a_home_that_is_a_file_makes_a_library_in_memory(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("berkas")
    library = Library.open(Paths.find(str(home)), clock=lambda: NOW)
    assert isinstance(library.trouble, StoreReadOnlyError)
    assert str(home) in str(library.trouble)
    assert library.sample_wanted()
    library.store_articles(WARTA, [ArticleData("Judul", guid="1")])
    (row,) = library.rows(View())
    library.mark([row.id], [Marking("read", True)])
    assert library.article(row.id).read
    assert library.undo() is not None
    library.close()
    assert home.read_text() == "berkas"


# --- ids -----------------------------------------------------------------------------------------


def test_an_id_is_known_by_its_beginning(library: Library) -> None:
    said = [ArticleData(f"Judul {number}", guid=str(number)) for number in range(30)]
    library.store_articles(WARTA, said)
    for row in library.rows(View()):
        assert library.resolve(row.id) == row.id
        assert library.resolve(row.id[:8].upper()) == row.id


@pytest.mark.parametrize("prefix", ["", "abc", "zzzzz", "!!!!", "0000000000000", "\x1b[31m"])
def test_what_no_id_begins_with_is_said_so(library: Library, prefix: str) -> None:
    with pytest.raises(UsageError) as caught:
        library.resolve(prefix)
    assert "\x1b" not in str(caught.value)


def test_a_beginning_of_two_ids_is_not_enough(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [ArticleData(f"Judul {number}", guid=str(number)) for number in range(100)]
    library.store_articles(WARTA, said)
    firsts = [row.id[0] for row in library.rows(View())]
    common = next(first for first in firsts if firsts.count(first) > 1)
    monkeypatch.setattr("kaltimtui.catalogue.SHORTEST_PREFIX", 1)
    with pytest.raises(UsageError) as ambiguous:
        library.resolve(common)
    with pytest.raises(UsageError) as missing:
        library.resolve("zzzz")
    assert ambiguous.value.message.replace(common, "") != missing.value.message.replace("zzzz", "")


# --- JSON ----------------------------------------------------------------------------------------

HEADERS = (
    *("id", "url", "title", "kicker", "category", "dateline", "published"),
    *("published_precision", "byline", "caption", "photo_credit", "source", "enclosures"),
    *("read", "starred", "later", "tags", "note", "first_seen", "updated", "versions"),
    "other_sources",
)
TEXT = ("text", "blocks", "related", "links", "images")


def test_json_has_every_key_and_null_for_what_is_unknown(library: Library) -> None:
    library.store_articles(WARTA, [ArticleData("Judul", guid="1")])
    (row,) = library.rows(View())
    head, whole = library.json(row), library.json(library.article(row.id))
    assert set(head) == set(HEADERS)
    assert set(whole) == {*HEADERS, *TEXT}
    assert {name: whole[name] for name in HEADERS} == head
    unknown = ("url", "kicker", "category", "dateline", "published", "published_precision")
    for name in (*unknown, "byline", "caption", "photo_credit", "note", "text"):
        assert whole[name] is None
    for name in ("blocks", "related", "links", "images", "enclosures", "tags"):
        assert whole[name] == []
    assert (head["id"], head["source"], head["versions"]) == (row.id, "Warta", 1)
    assert head["first_seen"] == "2026-11-24T08:15:00+08:00"


def test_json_tells_of_marks(library: Library) -> None:
    library.store_articles(WARTA, [ArticleData("Judul", guid="1")])
    (row,) = library.rows(View())
    markings = [Marking("read", True), Marking("tag", "b"), Marking("tag", "a")]
    library.mark([row.id], [*markings, Marking("note", "Cek")])
    said = library.json(library.row(row.id))
    assert (said["read"], said["starred"], said["tags"], said["note"]) == (
        *(True, False),
        ["a", "b"],
        "Cek",
    )
    assert article_json(library.article(row.id))["tags"] == ["a", "b"]


def test_sources_are_added_all_or_none(library: Library) -> None:
    other = SourceData("Lain", "feed", "https://lain.example/rss")
    assert library.add_sources([WARTA, other]) == ("Warta", "Lain")
    assert library.add_sources([other, SourceData("Ketiga", "feed")]) == ("Ketiga",)
    names = [node.name for node in library.navigation().sources]
    assert names == ["Portal Kaltim", "Ketiga", "Lain", "Warta"]


def test_a_list_can_be_searched_marked_and_taken_back(library: Library) -> None:
    said = [ArticleData(f"Judul {number}", guid=str(number)) for number in range(3)]
    library.store_articles(WARTA, said)
    view = View(ViewKind.SEARCH, query="judul")
    assert library.mark_view(view, Marking("later", True)).count == 3
    assert library.navigation().later.total == 3
    assert library.position(view, library.rows(view)[2].key) == 2
    library.undo()
    assert library.navigation().later.total == 0


def test_json_gives_null_for_what_a_picture_does_not_say(library: Library) -> None:
    picture = Image("https://warta.example/1.jpg", caption="Sungai")
    blocks = (picture, Quote((picture,)))
    library.store_articles(WARTA, [ArticleData("Judul", guid="1", document=Document(blocks))])
    kept = library.article(library.rows(View())[0].id)
    assert kept.document.blocks == blocks
    said = {"kind": "image", "url": picture.url, "alt": None, "caption": "Sungai", "credit": None}
    assert article_json(kept)["blocks"] == [said, {"kind": "quote", "blocks": [said]}]


def test_changes_of_another_program_are_seen_and_ones_own_are_not(
    library: Library, paths: Paths
) -> None:
    before = library.outside_changes()
    library.store_articles(WARTA, [ArticleData("Judul", guid="1")])
    assert library.outside_changes() == before
    with closing(sqlite3.connect(paths.store)) as other:
        other.execute("UPDATE source SET folder = 'Lain'")
        other.commit()
    assert library.outside_changes() != before


def test_a_library_that_is_only_read_waits_for_no_change(library: Library) -> None:
    library._database.writable = False
    assert library.outside_changes() == 0


def test_a_mark_that_is_not_undoable_leaves_the_last_step(library: Library) -> None:
    library.store_articles(WARTA, [ArticleData("Judul", guid="1")])
    (row,) = library.rows(View())
    library.mark([row.id], [Marking("starred", True)])
    assert library.mark([row.id], [Marking("read", True)], undoable=False).count == 1
    assert library.article(row.id).read
    library.undo()
    article = library.article(row.id)
    assert (article.read, article.starred) == (True, False)
    assert library.undo() is None


def test_a_home_that_may_not_be_looked_into_is_told_plainly(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(paths.store), "stat", refuse)
    library = Library.open_anyway(paths, clock=lambda: NOW)
    report = library.doctor()
    assert (report.ok, report.bytes) == (False, 0)
    assert isinstance(library.trouble, StoreReadOnlyError)
    library.close()


class TestFindingByAddress:
    """Which articles are here that links lead to."""

    PLACE = SourceData("Portal", "portal", "https://www.kaltimprov.go.id/")

    @pytest.fixture
    def portal(self, tmp_path: Path) -> Iterator[Library]:
        opened = Library.open(Paths.find(str(tmp_path / "home")))
        said = [
            ArticleData(title=f"Berita {n}", url=f"https://www.kaltimprov.go.id/berita/b-{n}")
            for n in range(1_200)
        ]
        opened.store_articles(self.PLACE, said)
        yield opened
        opened.close()

    def test_however_the_address_is_written(self, portal: Library) -> None:
        forms = [
            "https://www.kaltimprov.go.id/berita/b-7",
            "http://kaltimprov.go.id/berita/b-7/?utm_source=x#isi",
        ]
        found = portal.find_by_urls([*forms, "https://kabar.example/berita/b-7"])
        assert list(found) == forms
        assert {portal.article(id_).title for id_ in found.values()} == {"Berita 7"}
        assert portal.find_by_url("https://kaltimprov.go.id/berita/none") is None

    def test_many_at_once(self, portal: Library) -> None:
        urls = [f"https://www.kaltimprov.go.id/berita/b-{n}" for n in range(10_000)]
        assert len(portal.find_by_urls(urls)) == 1_200

    def test_what_was_removed_is_not_here(self, portal: Library) -> None:
        (source,) = [one.id for one in subscriptions.of(portal).all() if one.kind == "portal"]
        portal.remove_source(source)
        assert portal.find_by_urls(["https://www.kaltimprov.go.id/berita/b-7"]) == {}

    def test_addresses_are_looked_up_by_an_index(self, portal: Library) -> None:
        with portal.database.reading() as connection:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {reading.BY_ADDRESS}", ("[1]",))
            steps = [row[-1] for row in plan]
        assert any("SEARCH identity USING PRIMARY KEY (hash=?)" in step for step in steps), steps
        assert not [step for step in steps if step.startswith(("SCAN identity", "SCAN article"))]
