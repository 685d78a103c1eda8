"""Newsboat's list of feeds, where it lies, and files that are none of newsboat's."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui import i18n
from kaltimtui.errors import StoreError, UsageError
from kaltimtui.store import newsboat
from kaltimtui.store.newsboat import Feed

COLUMNS = "1 id, 2 guid, 3 title, 4 url, 5 feedurl, 6 pubDate, 7 content, 8 unread"
URL = "https://warta.example/rss"


@pytest.mark.parametrize(
    ("line", "feed"),
    [
        (URL, Feed(URL)),
        (f"{URL}\r", Feed(URL)),
        (f"  {URL}\tkaltim  berita ", Feed(URL, ("kaltim", "berita"))),
        (f'{URL} "Kalimantan Timur" x', Feed(URL, ("Kalimantan Timur", "x"))),
        (f'{URL} "~Warta Kita" x', Feed(URL, ("x",), "Warta Kita")),
        (f"{URL} ~Warta ~Lain", Feed(URL, (), "Warta")),
        (f"{URL} ! x", Feed(URL, ("x",))),
        (f'{URL} "~Si \\"Anu\\"\\tdan \\\\"', Feed(URL, (), 'Si "Anu"\tdan \\')),
        (f'"{URL}" x', Feed(URL, ("x",))),
        (f'{URL} "tak ditutup', Feed(URL, ("tak ditutup",))),
        (f'{URL} "" ~', Feed(URL)),
        (f"{URL}#bagian", Feed(f"{URL}#bagian")),
    ],
)
def test_a_line_is_a_feed_with_tags(line: str, feed: Feed) -> None:
    assert newsboat.parse_feeds(line) == ((feed,), ())


def test_comments_and_blank_lines_say_nothing() -> None:
    assert newsboat.parse_feeds(f"# {URL}\n\n  \n\r\n#\n") == ((), ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('"query:Belum dibaca:unread = \\"yes\\"" x', "a search"),
        ("exec:~/bin/feed.sh", "runs a program"),
        ('"filter:~/bin/f:https://warta.example/rss"', "runs a program"),
        ("file:///home/aku/feed.xml", "a file"),
        ("gopher://warta.example/", "no web address"),
        ("https://", "no web address"),
        ("https://aku:rahasia@warta.example/rss", "no web address"),
        ("kata", "no web address"),
        ('""', "no web address"),
    ],
)
def test_a_line_that_is_no_feed_is_named_with_its_reason(line: str, reason: str) -> None:
    i18n.set_language("en")
    feeds, refused = newsboat.parse_feeds(f"{line}\n{URL}\n")
    assert feeds == (Feed(URL),)
    (told,) = refused
    assert told.startswith(f"{newsboat._tokens(line)[0]}: ")
    assert reason in told


def test_a_feed_that_stands_twice_is_one() -> None:
    feeds, _refused = newsboat.parse_feeds(f"{URL} a\n{URL} b\n")
    assert feeds == (Feed(URL, ("a",)),)


@given(st.text(), st.text('"\\ ~!#\nah:/.', max_size=80))
def test_any_list_is_read(first: str, second: str) -> None:
    for listed in (first, second, f"https://a.example/ {second}"):
        feeds, refused = newsboat.parse_feeds(listed)
        assert len(feeds) + len(refused) <= listed.count("\n") + 1


@given(st.lists(st.text('"\\ ~ab', min_size=1, max_size=9).filter(str.strip)))
def test_quoted_words_come_back_as_they_were(words: list[str]) -> None:
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    line = " ".join(f'"{word}"' for word in quoted)
    assert newsboat._tokens(line) == words


# --- where it lies -----------------------------------------------------------------------------


def test_a_folder_has_both_files(tmp_path: Path) -> None:
    (tmp_path / "urls").touch()
    found = newsboat.find(tmp_path, Path("/nowhere"), {})
    assert found == (tmp_path / "urls", tmp_path / "cache.db")


def test_newsboat_has_them_in_its_old_folder_or_in_two_of_the_desktop(tmp_path: Path) -> None:
    (tmp_path / ".newsboat").mkdir()
    (tmp_path / ".newsboat" / "urls").touch()
    assert newsboat.find(None, tmp_path, {}).urls == tmp_path / ".newsboat" / "urls"
    config = tmp_path / ".config" / "newsboat"
    config.mkdir(parents=True)
    (config / "urls").touch()
    data = tmp_path / ".local" / "share" / "newsboat"
    assert newsboat.find(None, tmp_path, {}) == (config / "urls", data / "cache.db")
    elsewhere = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": str(tmp_path / "d")}
    (tmp_path / "c" / "newsboat").mkdir(parents=True)
    (tmp_path / "c" / "newsboat" / "urls").touch()
    found = newsboat.find(None, tmp_path, elsewhere)
    assert found == (tmp_path / "c/newsboat/urls", tmp_path / "d/newsboat/cache.db")
    relative = {"XDG_CONFIG_HOME": "c"}
    assert newsboat.find(None, tmp_path, relative).urls == config / "urls"


def test_where_there_is_none_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=str(tmp_path)) as raised:
        newsboat.find(tmp_path, tmp_path, {})
    assert "cache.db" in raised.value.hint


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="urls"):
        newsboat.read_feeds(tmp_path / "urls")
    (tmp_path / "urls").mkdir()
    with pytest.raises(StoreError, match="urls"):
        newsboat.read_feeds(tmp_path / "urls")


def test_a_list_in_no_encoding_is_read_as_well_as_may_be(tmp_path: Path) -> None:
    (tmp_path / "urls").write_bytes(b"\xef\xbb\xbfhttps://warta.example/rss \xff\n")
    assert newsboat.read_feeds(tmp_path / "urls").feeds == (Feed(URL, ("\ufffd",)),)


# --- what is no cache --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b"SQLite", b"SQLite format 3\0" + b"x" * 5000, b"<html>" * 900]
)
def test_a_file_of_something_else_is_no_cache(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(data)
    i18n.set_language("en")
    with pytest.raises(StoreError, match=r"cache of newsboat|is damaged"):
        newsboat.Cache(path)
    assert path.read_bytes() == data
    assert [found.name for found in tmp_path.iterdir()] == ["cache.db"]


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE article(id)",
        "CREATE TABLE rss_item(id INTEGER PRIMARY KEY, guid, title); CREATE TABLE rss_feed(rssurl)",
        f"CREATE TABLE rss_feed(rssurl); CREATE VIEW rss_item AS SELECT {COLUMNS}",
    ],
)
def test_a_database_of_something_else_is_no_cache(tmp_path: Path, script: str) -> None:
    with closing(sqlite3.connect(tmp_path / "cache.db")) as made:
        made.executescript(script)
    with pytest.raises(StoreError, match="newsboat"):
        newsboat.Cache(tmp_path / "cache.db")


def test_a_folder_and_nothing_are_no_cache(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "cache.db"):
        with pytest.raises(StoreError, match=str(path)):
            newsboat.Cache(path)
