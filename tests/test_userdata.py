"""Everything the user made goes out of one store and into another one, and nothing is lost."""

from __future__ import annotations

import io
import json
import tempfile
import tracemalloc
from array import array
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaltimtui import subscriptions, userdata
from kaltimtui.errors import ParseError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.store import keys, records, steps
from kaltimtui.userdata import Report

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

NOW = datetime(2026, 11, 24, 0, 15, tzinfo=UTC)
FEED = SourceData("Warta", "feed", "https://warta.example/rss")
HEAD: dict[str, Any] = {"format": "kaltimtui-userdata", "version": 1}
ID = "0123456789abc"
OTHER = "0123456789abd"
HOSTILE = "a\x1b]0;x\x07\u202eb\x00\ud800"


def opened(folder: Path, now: datetime = NOW) -> Library:
    return Library.open(Paths.find(str(folder)), clock=lambda: now)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = opened(tmp_path / "home")
    yield library
    library.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    """Another home, a month later, with nothing in it."""
    library = opened(tmp_path / "other", NOW + timedelta(days=30))
    yield library
    library.close()


def exported(library: Library) -> bytes:
    return b"".join(library.export_userdata())


def said(library: Library) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(library))
    return found


def put(library: Library, data: bytes | dict[str, Any], **options: Any) -> Report:
    if isinstance(data, dict):
        data = json.dumps(HEAD | data).encode()
    return library.import_userdata(io.BytesIO(data), **options)


def fill(library: Library, count: int = 4, source: SourceData = FEED) -> list[str]:
    """Articles of a feed; their ids, the newest last."""
    articles = [
        ArticleData(f"Judul {n}", f"https://warta.example/{n}", guid=f"g{n}") for n in range(count)
    ]
    return list(map(keys.public_id, library.store_articles(source, articles).stored.uids))


def without_titles(data: bytes) -> dict[str, Any]:
    """The file but for what it says of articles for people: only a store that has them can."""
    found: dict[str, Any] = json.loads(data)
    about = ("title", "url", "source")
    found["marks"] = [
        {key: value for key, value in one.items() if key not in about} for one in found["marks"]
    ]
    return found


# --- there and back ----------------------------------------------------------------------------


def folded(name: str) -> str:
    return name.casefold()


names = (
    st.text("abcdeABE é/'\"<[", min_size=1, max_size=8)
    .map(lambda name: " ".join(name.split()))
    .filter(bool)
)
queries = st.sampled_from(
    ("banjir", "tag:a or is:unread", "sumber:warta -kota", '"dua kata" sejak:2020')
)
colours = st.sampled_from(("red", "blue", "#aabbcc"))
actions = st.sampled_from(
    ([["read", None]], [["star", None], ["tag", "a/b"]], [["full_text", None]])
)
marks = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(
            (
                *(Marking(field, True) for field in ("read", "starred", "later", "hidden")),
                Marking("tag", "rapat"),
                Marking("tag", "rapat/dprd"),
                Marking("tag", "é"),
                Marking("note", 'Satu\n\ndua "tiga" \\ <b>'),
            )
        ),
        st.integers(0, 3),
    ),
    max_size=12,
)


@dataclass
class Doings:
    """What a user may do in a home."""

    marked: list[tuple[int, Marking, int]]
    searches: list[tuple[str, str, str | None]]
    rules: list[tuple[str, str, list[list[str | None]], bool]]
    colours: dict[str, str]
    settings: dict[str, Any]
    places: set[int]
    """Those that are removed."""
    renamed: str | None
    left: bool
    """Whether the portal is."""
    moved: bool
    """Whether the places stand in another order."""

    def do(self, library: Library) -> None:
        ids = fill(library)
        now = library.now()
        for place, marking, days in self.marked:
            library._clock = partial(datetime.__add__, now, timedelta(days=days))
            library.mark([ids[place]], [marking])
        kept = subscriptions.of(library)
        portal = kept.find("Portal Kaltim").id
        if self.renamed is not None:
            kept.rename(portal, self.renamed)
        if self.left:
            kept.remove(portal)
        used = {node.name for node in library.tags()}
        for tag in self.colours.keys() & used:
            library.colour_tag(tag, self.colours[tag])
        with library.database.writing() as connection:
            (feed,) = connection.execute("SELECT id FROM source WHERE kind = 'feed'").fetchone()
            steps.set_source(connection, feed, self.settings, 0)
            steps.remove_rows(connection, "saved", self.places, 0)
            if self.moved:
                connection.execute("UPDATE saved SET position = 20 - position")
            self._rows(connection)

    def _rows(self, connection: sqlite3.Connection) -> None:
        for number, (name, query, folder) in enumerate(self.searches):
            row = {"name": name, "query": query, "folder": folder_of(folder)}
            steps.add_row(connection, "saved", {**row, "position": number + 30 * self.moved}, 0)
        for number, (name, query, said, enabled) in enumerate(self.rules):
            row = {"name": name, "query": query, "actions": json.dumps(said)}
            placed = {"enabled": int(enabled), "position": number}
            steps.add_row(connection, "rule", row | placed, 0)


doings = st.builds(
    Doings,
    marked=marks,
    searches=st.lists(
        st.tuples(names, queries, st.none() | names),
        max_size=4,
        unique_by=lambda one: folded(one[0]),
    ),
    rules=st.lists(
        st.tuples(names, queries, actions, st.booleans()),
        max_size=3,
        unique_by=lambda one: folded(one[0]),
    ),
    colours=st.dictionaries(st.sampled_from(("rapat", "rapat/dprd", "é")), colours),
    settings=st.fixed_dictionaries(
        {},
        optional={
            "folder": st.sampled_from(("Daerah", "A/B")),
            "minutes": st.integers(5, 600),
            "full_text": st.just(1),
            "days": st.integers(0, 99),
            "articles": st.integers(0, 99),
        },
    ),
    places=st.sets(st.integers(1, 10), max_size=3),
    renamed=st.none() | st.just("Portal kita"),
    left=st.booleans(),
    moved=st.booleans(),
)


def folder_of(said: str | None) -> str | None:
    from kaltimtui.parsing.opml import folder_name

    return folder_name(said or "") or None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=doings)
def test_what_comes_back_is_what_went_out(made: Doings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library, other = opened(Path(folder, "a")), opened(Path(folder, "b"))
        made.do(library)
        data = exported(library)
        report = put(other, data)
        assert (report.refused, report.ignored) == ((), ())
        assert without_titles(exported(other)) == without_titles(data)
        fill(other)
        assert exported(other) == data
        assert put(other, data) == Report((), 0, 0, 0, 0, (), ())
        assert exported(other) == data
        for one in (library, other):
            one.close()


def test_it_is_one_step_that_is_taken_back_and_done_again(library: Library, other: Library) -> None:
    ids = fill(library)
    library.mark(ids[:2], [Marking("read", True), Marking("tag", "rapat")])
    library.mark(ids[2:], [Marking("starred", True), Marking("note", "Catatan")])
    library.colour_tag("rapat", "red")
    data, before = exported(library), exported(other)
    put(other, data)
    after = exported(other)
    assert other.undo() is not None
    assert exported(other) == before
    assert other.undo() is None
    assert other.redo() is not None
    assert {**json.loads(exported(other)), "read": 0} == {**json.loads(after), "read": 0}
    assert len(said(other)["read"]) == 1


def test_marks_wait_for_the_article(library: Library, other: Library) -> None:
    ids = fill(library)
    library.mark([ids[0]], [Marking("starred", True), Marking("tag", "a/b"), Marking("note", "x")])
    library.mark([ids[1]], [Marking("hidden", True), Marking("read", True)])
    put(other, exported(library))
    assert fill(other) == ids
    found = other.article(ids[0])
    assert (found.starred, found.tags, found.note) == (True, ("a/b",), "x")
    assert [row.id for row in other.rows(View(ViewKind.HIDDEN))] == [ids[1]]
    assert [(node.name, node.count.total) for node in other.tags()] == [("a", 1), ("a/b", 1)]


def test_a_feed_that_has_moved_keeps_its_key(library: Library, other: Library) -> None:
    ids = fill(library)
    with library.database.writing() as connection:
        connection.execute("UPDATE source SET url = 'https://baru.example/f' WHERE kind = 'feed'")
    library.mark(ids, [Marking("read", True)])
    put(other, exported(library))
    assert fill(other, source=SourceData("Warta", "feed", "https://baru.example/f")) == ids
    assert other.count(View()).unread == 0


def test_days_of_reading_come_along(library: Library, other: Library) -> None:
    ids = fill(library, 5)
    library.mark(ids[:3], [Marking("read", True)])
    library._clock = lambda: NOW + timedelta(days=2)
    library.mark(ids[3:], [Marking("read", True), Marking("starred", True)])
    put(other, exported(library))
    days = [
        (one["day"], sum(map(len, map(str.split, one["articles"])))) for one in said(other)["read"]
    ]
    assert days == [("2026-11-24", 3), ("2026-11-26", 2)]


# --- what is here already ------------------------------------------------------------------------


def test_what_is_here_stays_and_is_told(library: Library) -> None:
    (one, two) = fill(library, 2)
    library.mark([one], [Marking("note", "punya sini"), Marking("tag", "Rapat")])
    library.colour_tag("Rapat", "red")
    with library.database.writing() as connection:
        values = {"name": "Banjir", "query": "banjir", "position": 11}
        steps.add_row(connection, "saved", values, 0)
        steps.set_source(connection, 2, {"folder": "Sini"}, 0)
    report = put(
        library,
        {
            "sources": [source(folder="Sana", interval=30)],
            "tags": [{"name": "rapat", "colour": "blue"}],
            "searches": [{"name": "BANJIR", "query": "longsor"}, {"name": "Baru", "query": "x"}],
            "marks": [
                {"article": one, "note": "punya sana", "tags": ["rapat", "lain"]},
                {"article": two, "note": "baru"},
            ],
        },
    )
    assert len(report.refused) == 4
    for told, words in zip(report.refused, ("Warta", "longsor", "punya sana", "blue"), strict=True):
        assert words in told
    found = said(library)
    assert [(made["folder"], made["interval"]) for made in found["sources"][1:]] == [("Sini", 30)]
    assert found["tags"] == [{"name": "Rapat", "colour": "red"}]
    assert [made["name"] for made in found["searches"][-2:]] == ["Banjir", "Baru"]
    assert {made["note"] for made in found["marks"]} == {"punya sini", "baru"}
    assert library.article(one).tags == ("Rapat", "lain")
    assert put(library, exported(library)).refused == ()


def test_a_removed_source_comes_back(library: Library) -> None:
    fill(library)
    kept = subscriptions.of(library)
    kept.remove(kept.find("Warta").id)
    assert put(library, {"sources": [source()]}).sources == ("Warta",)
    assert library.count(View()).total == 4
    library.undo()
    assert library.count(View()).total == 0


def test_a_few_searches_leave_the_places_alone(library: Library) -> None:
    put(library, {"searches": [{"name": "Baru", "query": "x"}]})
    found = [made["name"] for made in said(library)["searches"]]
    assert (len(found), found[0], found[-1]) == (11, "Samarinda", "Baru")


def test_a_mended_place_takes_the_place_of_the_one_that_came_along(library: Library) -> None:
    put(
        library,
        {
            "searches": [{"name": "Paser", "query": "tempat:paser", "place": True}],
            "places_removed": ["Berau", "Tiada"],
        },
    )
    found = {made["name"]: made["query"] for made in said(library)["searches"]}
    assert found["Paser"] == "tempat:paser"
    assert "Berau" not in found
    library.undo()
    assert len(said(library)["searches"]) == 10


def test_nothing_is_kept_of_a_dry_run(library: Library, other: Library) -> None:
    library.mark(fill(library), [Marking("read", True)])
    before = exported(other)
    report = put(other, exported(library), dry_run=True)
    assert (report.sources, report.articles) == (("Warta",), 4)
    assert exported(other) == before
    assert other.undo() is None


# --- bad input -----------------------------------------------------------------------------------


def source(**changed: Any) -> dict[str, Any]:
    return {"name": "Warta", "kind": "feed", "url": "https://warta.example/rss", **changed}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"<rss/>",
        b'{"format": "kaltimtui-userdata"}',
        b'{"version": 1}',
        b'{"format": "lain", "version": 1}',
        b'{"format": "kaltimtui-userdata", "version": 2}',
        b'{"format": "kaltimtui-userdata", "version": true}',
        json.dumps({"marks": [{"article": ID, "starred": True}]}).encode(),
        json.dumps(HEAD | {"marks": [{"article": ID, "starred": True}]}).encode()[:-3],
        bytes(range(256)) * 8,
    ],
)
def test_another_file_is_refused_whole(library: Library, data: bytes) -> None:
    before = exported(library)
    with pytest.raises(ParseError):
        put(library, data)
    assert exported(library) == before


@pytest.mark.parametrize(
    ("section", "entry", "told"),
    [
        ("sources", 7, "1"),
        ("sources", {}, "name"),
        ("sources", source(kind="sample"), "kind"),
        ("sources", source(kind=["feed"]), "kind"),
        ("sources", source(url="javascript:alert(1)"), "Warta"),
        ("sources", source(url=7), "Warta"),
        ("sources", source(full_text="ya"), "full_text"),
        ("sources", source(name="x" * 1001), "1000"),
        ("tags", {"name": "/"}, "tag 1"),
        ("tags", {"name": "x" * 101, "colour": "red"}, "100"),
        ("tags", {"name": "a", "colour": "Merah!"}, "Merah!"),
        ("searches", {"name": "a"}, "query"),
        ("searches", {"name": "a", "query": "x" * 10_001}, "10000"),
        ("searches", {"name": "x" * 201, "query": "x"}, "200"),
        ("rules", {"name": "a", "query": "x", "actions": []}, "1"),
        ("rules", {"name": "a", "query": "x", "actions": [{"do": "delete"}]}, "delete"),
        ("rules", {"name": "a", "query": "x", "actions": [{"do": "tag"}]}, "1"),
        ("marks", {"article": "x"}, "x"),
        ("marks", {"article": ID, "starred": 1}, "starred"),
        ("marks", {"article": ID, "tags": "a"}, "tags"),
        ("marks", {"article": ID, "tags": ["/"]}, "tag"),
        ("marks", {"article": ID, "note": "x" * 1_000_001}, "1000000"),
        ("marks", {"article": ID, "note": ["x"]}, "note"),
        ("read", {"day": "kemarin", "articles": [ID]}, "day"),
        ("read", {"day": 3, "articles": [ID]}, "day"),
        ("read", {"day": "2026-11-24", "articles": ["x"]}, "x"),
        ("places_removed", 3, "1"),
    ],
)
def test_what_cannot_be_taken_is_told_and_the_rest_goes_on(
    library: Library, section: str, entry: Any, told: str
) -> None:
    good = {"article": OTHER, "later": True}
    report = put(
        library,
        {section: [entry], "marks": [*([entry] if section == "marks" else []), good]},
    )
    assert len(report.refused) == 1, report.refused
    assert told in report.refused[0]
    assert said(library)["marks"] == [good]


def test_a_setting_that_cannot_be_is_left_out(library: Library) -> None:
    entry = source(interval=1, keep_days=-1, keep_articles=True, folder=HOSTILE)
    report = put(library, {"sources": [entry]})
    assert [one for one in ("interval", "keep_days", "keep_articles") if one in str(report.refused)]
    assert len(report.refused) == 3
    made = said(library)["sources"][-1]
    assert (made["name"], made["interval"], made["keep_days"]) == ("Warta", None, None)


def test_a_search_that_cannot_be_read_is_kept_and_told(library: Library, other: Library) -> None:
    broken = {"name": "Rusak", "query": 'tag:("'}
    rule = {**broken, "actions": [{"do": "read"}], "enabled": False}
    report = put(library, {"searches": [broken], "rules": [rule]})
    assert len(report.refused) == 2
    found = said(library)
    assert (found["searches"][-1]["query"], found["rules"]) == (broken["query"], [rule])
    assert len(put(other, exported(library)).refused) == 2
    assert exported(other) == exported(library)


def test_what_is_not_known_is_passed_over_and_told_once(library: Library) -> None:
    mark = {"article": ID, "starred": True, "mood": "baik", "\x1b[31m": 1}
    report = put(library, {"marks": [mark, mark], "future": [1], "later": {"a": 1}})
    assert report.refused == ()
    assert sorted(report.ignored) == ["future", "later", "marks.[31m", "marks.mood"]


def test_a_section_that_is_no_list_is_told(library: Library) -> None:
    assert len(put(library, {"marks": {"a": 1}, "read": 3}).refused) == 2


def test_hostile_signs_are_cleaned_out_of_every_text(library: Library) -> None:
    put(
        library,
        {
            "sources": [source(name=HOSTILE, folder=HOSTILE, key="feed:" + HOSTILE)],
            "tags": [{"name": HOSTILE, "colour": "red"}],
            "searches": [{"name": HOSTILE, "query": "x " + HOSTILE, "folder": HOSTILE}],
            "rules": [
                {"name": HOSTILE, "query": HOSTILE, "actions": [{"do": "tag", "value": HOSTILE}]}
            ],
            "marks": [{"article": ID, "tags": [HOSTILE], "note": HOSTILE}],
        },
    )
    found = exported(library).decode()
    assert found.count("a]0;xb\ufffd") == 12
    assert not set(found) & set("\x1b\x07\u202e\x00")
    assert "\\u00" not in found


def test_what_stands_twice_counts_once(library: Library) -> None:
    report = put(
        library,
        {
            "sources": [source(), source(name="Lain")],
            "searches": [{"name": "A", "query": "x"}, {"name": "a", "query": "x"}],
            "tags": [{"name": "a", "colour": "red"}, {"name": "a", "colour": "red"}],
            "marks": [
                {"article": ID, "note": "x"},
                {"article": ID.upper(), "note": "y", "tags": ["a", "a"]},
            ],
            "read": [{"day": "2026-11-24", "articles": [f"{ID} {ID}"]}] * 2,
        },
    )
    assert report.sources == ("Warta",)
    assert report.articles == 1
    (told,) = report.refused
    assert "y" in told
    (mark,) = said(library)["marks"]
    assert mark == {"article": ID, "tags": ["a"], "note": "x"}
    assert said(library)["read"] == [{"day": "2026-11-24", "articles": [ID]}]


def test_many_tags_searches_and_a_long_note(library: Library, other: Library) -> None:
    note = "x" * 1_000_000
    put(
        library,
        {
            "searches": [{"name": f"s{n}", "query": f"kata{n}"} for n in range(500)],
            "tags": [{"name": f"t{n}", "colour": "red"} for n in range(10_000)],
            "marks": [{"article": ID, "tags": [f"t{n}" for n in range(100)], "note": note}],
        },
    )
    data = exported(library)
    found = json.loads(data)
    assert (len(found["searches"]), len(found["tags"])) == (510, 10_000)
    assert found["marks"][0]["note"] == note
    put(other, data)
    assert exported(other) == data


def test_reading_and_writing_hold_little_at_once(library: Library) -> None:
    uids = array("q", range(1 << 40, (1 << 40) + 40_000))
    with library.database.writing() as connection:
        connection.executemany(
            "INSERT INTO mark(uid, read, changed_at) VALUES(?, 1, 0)", ((uid,) for uid in uids)
        )
    next(iter(library.export_userdata()))  # loads what it takes
    tracemalloc.start()
    try:
        size = sum(map(len, library.export_userdata()))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 14 * len(uids)
    assert peak < size  # nor the whole of the file at once


def test_the_file_that_the_documents_show_is_one(library: Library, root: Path) -> None:
    page = (root / "docs" / "userdata.md").read_text()
    shown = page.partition("```json\n")[2].partition("```")[0]
    report = put(library, shown.encode())
    assert (report.refused, report.ignored, report.articles) == ((), (), 2)
    found, told = said(library), without_titles(shown.encode())
    assert list(found) == list(told)
    for section in ("tags", "places_removed", "rules", "marks", "read"):
        assert found[section] == told[section]
    assert (found["sources"][1:], found["searches"][-1:]) == (told["sources"], told["searches"])


def test_it_is_known_by_how_it_begins(library: Library, tmp_path: Path) -> None:
    data = exported(library)
    assert userdata.is_userdata(data)
    assert userdata.is_userdata(b"\xef\xbb\xbf\n " + data)
    assert not userdata.is_userdata(b'[{"format": "kaltimtui-userdata"}]')
    assert not userdata.is_userdata(b'{"version": "https://jsonfeed.org/version/1"}')
    assert not userdata.is_userdata(tmp_path)
    assert not userdata.is_userdata(tmp_path / "tiada")


def test_a_row_that_cannot_be_read_harms_nothing(library: Library) -> None:
    with library.database.writing() as connection:
        values = {"name": "a", "query": "x", "actions": "rusak", "position": 1}
        records.add(connection, "rule", values)
        connection.execute("INSERT INTO mark(uid, read, changed_at) VALUES(1, 1, ?)", (1 << 60,))
        connection.execute("INSERT INTO mark(uid, read, changed_at) VALUES(2, 1, ?)", (-(1 << 60),))
    found = said(library)
    assert found["rules"][0]["actions"] == []
    assert [one["day"] for one in found["read"]] == ["0001-01-01", "9999-12-31"]
