"""Coming over from newsboat: with caches of its schema, and with one that it made itself."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import migrating
from kaltimtui.dates import WITA
from kaltimtui.document import block_text
from kaltimtui.errors import StoreError
from kaltimtui.library import Library
from kaltimtui.models import Marking, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.store import keys, newsboat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kaltimtui.demo.portal import Portal
    from kaltimtui.models import Article, Imported

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
AT = keys.seconds_of(NOW)
FEED = "https://warta.example/rss"
OTHER = "https://kabar.example/atom"
SCHEMA = """
CREATE TABLE rss_feed (  rssurl VARCHAR(1024) PRIMARY KEY NOT NULL,
  url VARCHAR(1024) NOT NULL,  title VARCHAR(1024) NOT NULL ,
  lastmodified INTEGER(11) NOT NULL DEFAULT 0, is_rtl INTEGER(1) NOT NULL DEFAULT 0,
  etag VARCHAR(128) NOT NULL DEFAULT "");
CREATE TABLE rss_item (  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  guid VARCHAR(64) NOT NULL,  title VARCHAR(1024) NOT NULL,  author VARCHAR(1024) NOT NULL,
  url VARCHAR(1024) NOT NULL,  feedurl VARCHAR(1024) NOT NULL,  pubDate INTEGER NOT NULL,
  content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL , enclosure_url VARCHAR(1024),
  enclosure_type VARCHAR(1024), enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52),
  deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT "");
CREATE TABLE google_replay (  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  guid VARCHAR(64) NOT NULL,  state INTEGER NOT NULL,  ts INTEGER NOT NULL );
CREATE TABLE metadata (  db_schema_version_major INTEGER NOT NULL,
  db_schema_version_minor INTEGER NOT NULL );
CREATE INDEX idx_rssurl ON rss_feed(rssurl);
CREATE INDEX idx_guid ON rss_item(guid);
CREATE INDEX idx_feedurl ON rss_item(feedurl);
CREATE INDEX idx_lastmodified ON rss_feed(lastmodified);
CREATE INDEX idx_deleted ON rss_item(deleted);
INSERT INTO metadata VALUES(2, 11);
"""
"""What newsboat 2.21 makes."""


@dataclass
class Home:
    """A folder of newsboat's, made as newsboat makes it."""

    folder: Path
    feeds: list[str] = field(default_factory=list)

    @property
    def files(self) -> newsboat.Files:
        return newsboat.Files(self.folder / "urls", self.folder / "cache.db")

    def list(self, *lines: str) -> None:
        self.files.urls.write_text("".join(f"{line}\n" for line in lines))

    def cache(self) -> sqlite3.Connection:
        made = not self.files.cache.exists()
        connection = sqlite3.connect(self.files.cache, isolation_level=None)
        if made:
            connection.executescript(SCHEMA)
        return connection

    def put(self, *items: dict[str, Any], feed: str = FEED, title: str = "Warta") -> None:
        with closing(self.cache()) as cache:
            cache.execute(
                "INSERT OR IGNORE INTO rss_feed(rssurl, url, title) VALUES(?, ?, ?)",
                (feed, feed, title),
            )
            for number, said in enumerate(items, start=1):
                values = item(number, feed) | said
                marks = ",".join("?" * len(values))
                cache.execute(
                    f"INSERT INTO rss_item({','.join(values)}) VALUES({marks})", (*values.values(),)
                )


def item(number: int, feed: str = FEED) -> dict[str, Any]:
    host = feed.rpartition("/")[0]
    return {
        "guid": f"id-{number}",
        "title": f"Judul {number}",
        "author": "",
        "url": f"{host}/{number}",
        "feedurl": feed,
        "pubDate": AT - number * 3600,
        "content": f"<p>Isi <b>berita</b> {number}.</p>",
        "unread": 1,
    }


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "newsboat").mkdir()
    home = Home(tmp_path / "newsboat")
    home.list(FEED)
    return home


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: NOW)
    yield library
    library.close()


def take(library: Library, home: Home) -> list[Imported]:
    return list(migrating.from_newsboat(library._database, home.files, AT))


def articles(library: Library) -> list[Article]:
    return [library.article(row.id) for row in library.rows(View())]


def sources(library: Library) -> dict[str, str | None]:
    nodes = library.navigation().sources
    return {node.name: node.folder for node in nodes if node.kind == "feed"}


# --- feeds -------------------------------------------------------------------------------------


def test_feeds_come_with_their_names_and_the_first_tag_as_folder(
    library: Library, home: Home
) -> None:
    home.list(f'{FEED} kaltim berita "~Warta Kita"', f'{OTHER} "a/b"', "https://tiga.example/rss")
    home.put(title="Warta")
    home.put(feed=OTHER, title=" Kabar\n Kita ")
    (done,) = take(library, home)
    assert done.kind == "opml"
    assert done.sources == ("Warta Kita", "Kabar Kita", "tiga.example")
    assert not done.refused
    assert sources(library) == {"Warta Kita": "kaltim", "Kabar Kita": "a-b", "tiga.example": None}


def test_a_list_alone_and_a_cache_alone_are_enough(library: Library, home: Home) -> None:
    (done,) = take(library, home)
    assert done.sources == ("warta.example",)
    home.put({}, feed=OTHER, title="Kabar")
    home.put({}, feed="exec:feed.sh", title="Jahat")
    home.files.urls.unlink()
    done, taken = take(library, home)
    assert done.sources == ("Kabar",)
    assert [line.partition(":")[0] for line in done.refused] == ["exec", str(home.files.cache)]
    assert taken.new == 1


def test_what_cannot_be_taken_is_said(library: Library, home: Home) -> None:
    home.list('"query:Q:unread = \\"yes\\""', "exec:x", FEED)
    home.put({}, {})
    home.put({}, feed="exec:x")
    home.put({}, {}, feed="https://dulu.example/rss")
    done, taken = take(library, home)
    assert [line.split(":")[0] for line in done.refused[:2]] == ["query", "exec"]
    assert done.refused[2].startswith(f"{home.files.cache}: 3")
    assert len(done.refused) == 3
    assert (taken.path, taken.new) == (FEED, 2)


def test_hosts_of_ones_own_network_are_meant(library: Library, home: Home) -> None:
    home.list("http://127.0.0.1:8000/rss")
    (done,) = take(library, home)
    assert done.sources == ("127.0.0.1",)
    with library._database.reading() as connection:
        assert connection.execute("SELECT private FROM fetching").fetchall() == [(1,)]


def test_nothing_is_kept_of_a_dry_run(library: Library, home: Home) -> None:
    home.list(f"{FEED} kaltim", "exec:x")
    home.put({"flags": "aB"}, {"deleted": 1}, {})
    done, articles = migrating.dry_newsboat(home.files)
    assert done.parsed is not None
    assert articles.parsed is not None
    assert [article.title for article in articles.parsed.articles] == ["Judul 3", "Judul 1"]
    assert articles.tags == ("newsboat/a", "newsboat/shift-b")
    assert done.parsed.sources == (SourceData("Warta", "feed", FEED, "kaltim"),)
    assert len(done.refused) == 1
    assert sources(library) == {}


# --- articles ----------------------------------------------------------------------------------


def test_an_article_comes_as_its_feed_would_have_given_it(library: Library, home: Home) -> None:
    home.put(
        {
            "title": "Satu &amp; dua\x1b[31m",
            "author": "warta@warta.example (Rin)",
            "enclosure_url": "https://warta.example/a.mp3",
            "enclosure_type": "audio/mpeg",
            "content": '<p>Isi <script>x</script>kabar.</p><p><a href="/dua">Dua</a></p>',
        }
    )
    take(library, home)
    (article,) = articles(library)
    assert article.title == "Satu & dua[31m"
    assert article.byline == "Rin"
    assert article.url == "https://warta.example/1"
    assert article.source == "Warta"
    assert list(map(block_text, article.document.blocks)) == ["Isi kabar.", "Dua"]
    assert "https://warta.example/dua" in repr(article.document)
    assert [file.url for file in article.enclosures] == ["https://warta.example/a.mp3"]
    assert article.published is not None
    assert article.published.moment == datetime(2026, 11, 24, 7, 15, tzinfo=WITA)
    assert not article.read


def test_read_and_flagged_articles_are_read_and_tagged(library: Library, home: Home) -> None:
    home.put({"unread": 0}, {"flags": "bA"}, {"unread": 0, "flags": "a1;"}, {})
    take(library, home)
    found = {article.title[-1]: (article.read, article.tags) for article in articles(library)}
    assert found == {
        "1": (True, ()),
        "2": (False, ("newsboat/b", "newsboat/shift-a")),
        "3": (True, ("newsboat/a",)),
        "4": (False, ()),
    }


def test_what_was_deleted_is_not_taken(library: Library, home: Home) -> None:
    home.put({"deleted": 1}, {}, {"deleted": 1})
    _feeds, taken = take(library, home)
    assert taken.new == 1
    assert [article.title for article in articles(library)] == ["Judul 2"]


def test_a_second_time_nothing_changes(library: Library, home: Home) -> None:
    home.put({"unread": 0}, {"flags": "a"}, {"guid": f"https://warta.example/3{AT}"})
    take(library, home)
    tables = ("article", "body", "identity", "version", "mark", "mark_tag", "source", "journal")
    with library._database.reading() as connection:
        before = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    done, taken = take(library, home)
    assert (done.sources, taken.new, taken.changed, len(taken.articles)) == ((), 0, 0, 3)
    with library._database.reading() as connection:
        after = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    assert before == after


def test_what_was_marked_here_since_stays_so(library: Library, home: Home) -> None:
    home.put({"unread": 0, "flags": "a"}, {})
    take(library, home)
    one, two = (article.id for article in articles(library))
    library.mark([one], [Marking("read", False), Marking("tag", "newsboat/a", remove=True)])
    library.mark([two], [Marking("starred", True)])
    with closing(home.cache()) as cache:
        cache.execute("UPDATE rss_item SET unread = 0, flags = 'z'")
    take(library, home)
    assert [(found.read, found.tags) for found in articles(library)] == [(False, ()), (False, ())]


def test_an_article_known_here_keeps_its_text_and_takes_the_marks(
    library: Library, home: Home
) -> None:
    feed = (
        '<rss version="2.0"><channel><title>Warta</title><item><title>Judul baru</title>'
        "<link>https://warta.example/1</link><guid>id-1</guid>"
        "<description>Isi yang baru</description></item></channel></rss>"
    )
    library.import_bytes(
        feed.encode(), path="x", url=FEED, source=SourceData("Warta", "feed", FEED)
    )
    home.put({"unread": 0, "flags": "s"})
    done, taken = take(library, home)
    assert (done.sources, taken.new, taken.changed) == ((), 0, 0)
    (article,) = articles(library)
    assert (article.title, article.read, article.tags) == ("Judul baru", True, ("newsboat/s",))


@pytest.mark.parametrize(
    ("guid", "said"),
    [
        ("id-1", "<guid>id-1</guid>"),
        ("https://warta.example/1", "<guid>https://warta.example/1</guid>"),
        ("https://warta.example/1", ""),
        ("https://warta.example/1Mon, 23 Nov 2026 09:00:00 +0800", ""),
    ],
)
def test_the_feed_itself_then_brings_nothing_new(
    library: Library, home: Home, guid: str, said: str
) -> None:
    home.put({"guid": guid})
    take(library, home)
    feed = (
        '<rss version="2.0"><channel><title>Warta</title><item><title>Judul 1</title>'
        f"<link>https://warta.example/1</link>{said}"
        "<description>Isi berita 1.</description></item></channel></rss>"
    )
    source = SourceData("Warta", "feed", FEED)
    assert library.import_bytes(feed.encode(), path="x", url=FEED, source=source).new == 0


@pytest.mark.parametrize(
    "odd",
    [
        {"pubDate": 0},
        {"pubDate": -(1 << 62)},
        {"pubDate": 1 << 62},
        {"pubDate": "kemarin"},
        {"title": b"\xff\xfe", "content": b"\x00\x01"},
        {"title": "", "content": "", "url": "", "guid": ""},
        {"url": "javascript:alert(1)"},
        {"content": "<p>" + "x" * 3_000_000},
        {"content": "<div>" * 5000},
        {"unread": 7, "deleted": "tidak", "flags": None, "enclosure_url": None},
        {"guid": "x" * 100_000},
    ],
)
def test_an_odd_row_harms_nothing(library: Library, home: Home, odd: dict[str, Any]) -> None:
    home.put(odd, {})
    _feeds, taken = take(library, home)
    assert taken.new == 2
    again = take(library, home)[1]
    assert (again.new, again.changed) == (0, 0)


def test_many_articles_come_in_batches(
    library: Library, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsboat, "BATCH", 7)
    home.put(*({"unread": number % 2, "deleted": 10 < number < 30} for number in range(50)))
    _feeds, taken = take(library, home)
    assert taken.new == 31
    assert sum(article.read for article in articles(library)) == 16


def test_a_batch_ends_where_it_grows_big(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newsboat, "BATCH_SIZE", 1_500)
    home.put(*({"content": "x" * 1_000} for _ in range(5)))
    with newsboat.Cache(home.files.cache) as cache:
        assert [len(batch) for batch in cache.batches(FEED)] == [2, 2, 1]


def test_an_older_cache_lacks_columns(library: Library, home: Home) -> None:
    with closing(sqlite3.connect(home.files.cache)) as cache:
        cache.executescript(
            "CREATE TABLE rss_feed(rssurl, url, title);"
            "CREATE TABLE rss_item(id INTEGER PRIMARY KEY, guid, title, author, url, feedurl,"
            " pubDate INTEGER, content, unread INTEGER);"
            f"INSERT INTO rss_item VALUES(1, 'a', 'Judul', '', '', '{FEED}', 1, 'Isi', 0);"
        )
    assert take(library, home)[1].new == 1


# --- while newsboat is at it -------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_nothing_of_newsboats_is_written_to(library: Library, home: Home) -> None:
    home.put({}, {})
    before = contents(home.folder)
    take(library, home)
    assert contents(home.folder) == before


def test_a_cache_being_written_to_is_waited_for_and_then_named(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsboat, "BUSY_SECONDS", 0.05)
    home.put({})
    with closing(home.cache()) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match=str(home.files.cache)) as raised:
            newsboat.Cache(home.files.cache)
    assert raised.value.hint


def test_newsboat_may_write_between_two_batches(
    library: Library, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsboat, "BATCH", 2)
    home.put({}, {}, {})
    with newsboat.Cache(home.files.cache) as cache, closing(home.cache()) as writer:
        batches = cache.batches(FEED)
        next(batches)
        writer.execute("PRAGMA busy_timeout = 0")
        writer.execute(
            "INSERT INTO rss_item SELECT 9, 'id-9', title, author, url, feedurl, pubDate,"
            " content, 1, '', '', 0, '', 0, '' FROM rss_item WHERE id = 1"
        )
        assert [found.id for batch in batches for found in batch] == [9, 3]


def test_a_cache_with_a_log_is_read_too(library: Library, home: Home) -> None:
    home.put({})
    with closing(home.cache()) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("UPDATE rss_item SET title = 'Dari log'")
        take(library, home)
    assert [article.title for article in articles(library)] == ["Dari log"]


def test_what_was_read_of_a_damaged_cache_is_kept(
    library: Library, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newsboat, "BATCH", 20)
    home.put(*({"content": "x" * 2_000} for _ in range(400)))
    data = bytearray(home.files.cache.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096 * 20] = b"\xaa" * 4096 * 20
    home.files.cache.write_bytes(data)
    with pytest.raises(StoreError, match=str(home.files.cache)):
        take(library, home)
    assert articles(library)


# --- newsboat itself ---------------------------------------------------------------------------

PROGRAM = shutil.which("newsboat")


def run(home: Home, *words: str) -> None:
    (home.folder / "config").touch()
    named = (("-u", "urls"), ("-c", "cache.db"), ("-C", "config"))
    files = [word for flag, name in named for word in (flag, str(home.folder / name))]
    assert PROGRAM is not None
    subprocess.run(
        [PROGRAM, *files, "-x", *words],
        check=True,
        capture_output=True,
        timeout=60,
        env={"PATH": os.environ["PATH"], "HOME": str(home.folder), "LC_ALL": "C.UTF-8"},
    )


@pytest.mark.skipif(PROGRAM is None, reason="needs newsboat")
def test_the_schema_of_these_tests_is_that_of_newsboat(tmp_path: Path, home: Home) -> None:
    run(home, "print-unread")
    (tmp_path / "ours").mkdir()
    ours = Home(tmp_path / "ours")
    ours.put()

    def columns(made: Home) -> dict[str, list[tuple[Any, ...]]]:
        with closing(made.cache()) as cache:
            return {
                table: cache.execute(f"PRAGMA table_info({table})").fetchall()
                for table in ("rss_feed", "rss_item", "metadata")
            }

    assert columns(ours) == columns(home)


@pytest.mark.skipif(PROGRAM is None, reason="needs newsboat")
def test_a_cache_that_newsboat_made_comes_over_whole(
    library: Library, home: Home, demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    rss, atom = portal.at("/rss.xml"), portal.at("/atom.xml")
    home.list(f'{rss} kaltim "~Portal contoh"', atom, "exec:true")
    run(home, "reload")
    with closing(home.cache()) as cache:
        counted = dict(
            cache.execute("SELECT feedurl, count(*) FROM rss_item GROUP BY 1").fetchall()
        )
        read = "WHERE id IN (SELECT id FROM rss_item WHERE feedurl = ? ORDER BY id LIMIT 3)"
        cache.execute(f"UPDATE rss_item SET unread = 0, flags = 'sx' {read}", (rss,))
        cache.execute(f"UPDATE rss_item SET deleted = 1 {read}", (atom,))
    assert min(counted.values()) > 3
    before = contents(home.folder)
    done, first, second = take(library, home)
    assert contents(home.folder) == before
    assert done.sources[0] == "Portal contoh"
    assert len(done.sources) == 2
    assert len(done.refused) == 1
    assert (first.new, second.new) == (counted[rss], counted[atom] - 3)
    taken = articles(library)
    marked = [found for found in taken if found.read]
    assert [found.tags for found in marked] == [("newsboat/s", "newsboat/x")] * 3
    titles = {article.title: article for article in portal.articles}
    for found in taken:
        told = titles[found.title]
        assert found.published is not None
        assert told.published is not None
        assert found.published.moment.astimezone(UTC) == told.published.moment.astimezone(UTC)
    assert [found.new for found in take(library, home)[1:]] == [0, 0]
