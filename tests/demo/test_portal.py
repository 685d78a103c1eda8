from __future__ import annotations

import socket
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias
from urllib.parse import urlsplit

import pytest

from kaltimtui import parsing
from kaltimtui.demo import faults
from kaltimtui.demo.answers import Answer
from kaltimtui.demo.portal import Portal
from kaltimtui.demo.site import FEEDS
from kaltimtui.models import SourceData

if TYPE_CHECKING:
    from collections.abc import Callable

    Start: TypeAlias = Callable[..., Portal]
    Ask: TypeAlias = Callable[[str], "Asking"]


class Got(Protocol):
    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Any: ...
    @property
    def body(self) -> bytes: ...


class Asking(Protocol):
    def __call__(self, path: str, *, method: str = "GET", **headers: str) -> Got: ...


# --- Answers ------------------------------------------------------------------------------------


def test_every_page_and_file_is_answered(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal()
    asked = ask(portal.url)
    kinds = {
        "/": "text/html",
        "/berita": "text/html",
        "/berita?halaman=2": "text/html",
        "/kategori": "text/html",
        "/kategori/kesehatan": "text/html",
        "/arsip-tertutup/": "text/html",
        portal.closed: "text/html",
        "/rss.xml": "application/rss+xml",
        "/atom.xml": "application/atom+xml",
        "/feed/": "application/rss+xml",
        "/sitemap.xml": "application/xml",
        "/robots.txt": "text/plain",
        "/gambar/logo.png": "image/png",
    }
    for article in portal.articles:
        assert article.url is not None
        kinds[article.url.removeprefix(portal.url)] = "text/html"
        if article.image:
            kinds[article.image.removeprefix(portal.url)] = "image/png"
    for path, kind in kinds.items():
        got = asked(path)
        assert (got.status, got.headers["Content-Type"].partition(";")[0]) == (200, kind), path
        assert len(got.body) == int(got.headers["Content-Length"]) > 0
    assert portal.count() == len(kinds)


def test_what_is_not_there_is_404(demo_portal: Start, ask: Ask) -> None:
    asked = ask(demo_portal().url)
    for path in ("/berita/tidak-ada", "/storage/berita/tidak-ada.png", "/berita?halaman=x/"):
        got = asked(path)
        assert got.status == (200 if "?" in path else 404)
    assert asked("/", method="POST").status == 405


def test_a_head_has_no_body(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal()
    got = ask(portal.url)("/rss.xml", method="HEAD")
    assert (got.status, got.body) == (200, b"")
    assert int(got.headers["Content-Length"]) > 1_000
    assert (portal.requests[-1].method, portal.requests[-1].bytes) == ("HEAD", 0)


def test_one_connection_serves_many_requests(demo_portal: Start) -> None:
    portal = demo_portal()
    host, port = urlsplit(portal.url).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        file = connection.makefile("rb")
        for _again in range(3):
            connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: contoh\r\n\r\n")
            assert file.readline() == b"HTTP/1.1 200 OK\r\n"
            length = 0
            while (line := file.readline()) != b"\r\n":
                name, _colon, value = line.partition(b":")
                length = int(value) if name == b"Content-Length" else length
            assert file.read(length).startswith(b"User-agent: *")
        connection.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        assert file.read().endswith(b"</html>")
        file.close()


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", b"\r\n", b""])
def test_what_is_no_request_ends_the_connection(sent: bytes, demo_portal: Start) -> None:
    portal = demo_portal()
    host, port = urlsplit(portal.url).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100) == b""
    assert portal.requests == []


def test_nothing_is_left_open_at_the_end() -> None:
    with Portal(articles=5) as portal:
        host, port = urlsplit(portal.url).netloc.split(":")
        connection = socket.create_connection((host, int(port)), timeout=10)
        connection.sendall(b"GET /tidak-ada HTTP/1.1\r\n\r\n")
        while not connection.recv(1_000).endswith(b"</p>"):
            pass
    with connection:
        assert connection.recv(100) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=10)


def test_many_ask_at_once(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal()
    paths = [(article.url or "").removeprefix(portal.url) for article in portal.articles]
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda path: ask(portal.url)(path).status, paths * 3))
    assert got == [200] * 90
    assert {request.path for request in portal.requests} == set(paths)


# --- Whether anything has changed ---------------------------------------------------------------


@pytest.mark.parametrize("path", ["/rss.xml", "/atom.xml", "/", "/sitemap.xml"])
def test_validators_hold_until_something_is_published(
    path: str, demo_portal: Start, ask: Ask
) -> None:
    moment = datetime(2026, 11, 24, 0, 0, 5, tzinfo=UTC)
    portal = demo_portal(clock=lambda: moment)
    asked = ask(portal.url)
    first = asked(path)
    known = {"If_None_Match": first.headers["ETag"]}
    since = {"If_Modified_Since": first.headers["Last-Modified"]}
    assert first.headers["Last-Modified"] == "Tue, 24 Nov 2026 00:00:05 GMT"
    for headers in (known, since, known | since):
        again = asked(path, **headers)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Content-Length"] is None
    assert portal.requests[-1].if_none_match == first.headers["ETag"]
    assert [request.status for request in portal.requests] == [200, 304, 304, 304]
    moment += timedelta(seconds=1)
    portal.publish()
    for headers in (known, since, known | since):
        changed = asked(path, **headers)
        assert (changed.status, changed.headers["ETag"] != first.headers["ETag"]) == (200, True)


def test_validators_that_make_no_sense_are_none() -> None:
    answer = Answer(b"x", modified=datetime(2026, 11, 24, tzinfo=UTC))
    assert answer.is_known(f'"other", W/{answer.etag}', None)
    assert answer.is_known("*", None)
    assert answer.is_known(None, "Tue, 24 Nov 2026 00:00:00 GMT")
    assert not answer.is_known('"other"', "Tue, 24 Nov 2026 00:00:00 GMT")
    assert not answer.is_known(None, "Mon, 23 Nov 2026 23:59:59 GMT")
    assert not answer.is_known(None, "24 November")
    assert not answer.is_known(None, None)
    assert not Answer(b"x").is_known("*", "Tue, 24 Nov 2026 00:00:00 GMT")


# --- What is published --------------------------------------------------------------------------


def test_what_is_published_appears_everywhere(demo_portal: Start, ask: Ask, now: datetime) -> None:
    portal = demo_portal()
    asked = ask(portal.url)
    other = (portal.articles[-1].url or "").removeprefix(portal.url)
    new = portal.publish(2)
    assert portal.articles[:2] == new
    assert len(portal.articles) == 32
    for article, seconds in zip(new, (0, 1), strict=True):
        assert article.published is not None
        assert article.published.moment == now - timedelta(seconds=seconds)
        assert (article.kicker or "").startswith("Contoh · ")
        slug = (article.url or "").rpartition("/")[2]
        for path in ("/", "/berita", "/rss.xml", "/atom.xml", "/sitemap.xml", other):
            assert slug in asked(path).body.decode(), path
        page = asked((article.url or "").removeprefix(portal.url)).body
        assert parsing.read(page, url=article.url, now=now).articles[0].title == article.title


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_has_articles_of_its_own(
    feed: str, demo_portal: Start, ask: Ask, now: datetime
) -> None:
    portal = demo_portal()
    portal.heal("/rusak/rss.xml")
    asked = ask(portal.url)
    assert len(parsing.read(asked(feed).body, now=now).articles) == 8
    (new,) = portal.publish(feed=feed)
    entries = parsing.read(asked(feed).body, now=now).articles
    assert (len(entries), entries[0].url, entries[0].title) == (9, new.url, new.title)
    tags = [asked(other).headers["ETag"] for other in FEEDS if other != feed]
    portal.publish(feed=feed)
    assert tags == [asked(other).headers["ETag"] for other in FEEDS if other != feed]
    assert not {entry.url for entry in entries} & {article.url for article in portal.articles}
    for entry in entries:
        page = asked((entry.url or "").removeprefix(portal.url))
        assert entry.title == parsing.read(page.body, url=entry.url, now=now).articles[0].title
        assert (entry.url or "") not in asked("/sitemap.xml").body.decode()


def test_an_article_may_change(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal()
    asked = ask(portal.url)
    before = portal.articles[3]
    path = (before.url or "").removeprefix(portal.url)
    assert b"ditambah sesudah terbit" not in asked(path).body
    after = portal.revise(3)
    assert (after.url, after.title) == (before.url, before.title)
    assert len(after.document.blocks) == len(before.document.blocks) + 1
    assert b"ditambah sesudah terbit" in asked(path).body


def test_nothing_is_published_in_the_future(demo_portal: Start) -> None:
    then = datetime(2020, 6, 2, tzinfo=UTC)
    portal = demo_portal(clock=lambda: then, articles=80)
    assert len(portal.articles) == 80
    moments = [article.published.moment for article in portal.articles if article.published]
    assert moments == sorted(moments, reverse=True)
    assert moments[0] <= then
    assert portal.publish()[0].dateline


def test_two_portals_of_one_seed_are_the_same(demo_portal: Start) -> None:
    origins = ["https://www.kaltimprov.go.id"]
    one, other, third = (demo_portal(origins=origins, seed=seed, articles=90) for seed in (1, 1, 2))
    assert one.articles == other.articles != third.articles
    assert one.publish(3) == other.publish(3)


@pytest.mark.parametrize("count", [1, 20, 51, 90])
def test_a_portal_has_as_many_articles_as_were_asked_for(count: int, demo_portal: Start) -> None:
    assert len(demo_portal(articles=count).articles) == count


# --- What tests ask of it -----------------------------------------------------------------------


def test_requests_are_counted(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal()
    asked = ask(portal.url)
    for path in ("/", "/rss.xml", "/rss.xml", "/berita?halaman=2", "/tidak-ada"):
        asked(path, User_Agent="contoh/1")
    assert (portal.count(), portal.count("/rss.xml"), portal.count("/atom.xml")) == (5, 2, 0)
    assert portal.requests[-1].status == 404
    assert portal.requests[0].headers["user-agent"] == "contoh/1"
    portal.wait_for("/rss.xml", 2)
    portal.forget()
    assert portal.count() == 0


def test_waiting_for_a_request_has_an_end(
    demo_portal: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = demo_portal()
    monkeypatch.setattr("kaltimtui.demo.portal._PATIENCE", 0.01)
    with pytest.raises(TimeoutError, match="0 of 3"):
        portal.wait_for("/rss.xml", 3)


def test_the_profile_describes_the_site(demo_portal: Start) -> None:
    portal = demo_portal()
    said = tomllib.loads(portal.profile)
    assert said["hosts"] == [urlsplit(portal.url).netloc]
    assert said["articles"] == ["/berita/{slug}", "/detailberita/{slug}"]
    assert (said["scheme"], said["delay"]) == ("http", 0)
    wordpress = demo_portal(design="wordpress")
    assert tomllib.loads(wordpress.profile)["articles"] == ["/{year}/{month}/{day}/{slug}/"]


def test_the_sources_are_those_that_are_there(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal()
    front, *feeds = portal.sources
    assert front == SourceData("Portal Contoh", "portal", portal.at("/"))
    assert [feed.name for feed in feeds] == [
        *("Warta Kampung", "Suara Pesisir", "Umpan Lambat", "Umpan Rusak")
    ]
    portal.gate.set()
    answers = [ask(portal.url)((feed.url or "").removeprefix(portal.url)) for feed in feeds]
    assert [got.status for got in answers] == [200, 200, 200, 500]


def test_robots_are_asked_to_leave_something_alone(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal()
    asked = ask(portal.url)
    rules = asked("/robots.txt").body.decode().splitlines()
    assert f"Disallow: {portal.closed}" in rules
    assert "Disallow: /arsip-tertutup/" in rules
    assert f"Sitemap: {portal.url}/sitemap.xml" in rules
    assert portal.at(portal.closed) not in asked("/sitemap.xml").body.decode()
    assert "/arsip-tertutup/" in asked("/").body.decode()
    assert portal.closed in asked("/").body.decode()


def test_the_slow_feed_waits_for_the_gate(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal(pace=60.0)
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(ask(portal.url), "/lambat/rss.xml")
        portal.wait_for("/lambat/rss.xml")
        assert not slow.done()
        portal.gate.set()
        got = slow.result(10)
    assert got.status == 200
    assert got.body.endswith(b"</channel></rss>\n")


def test_a_portal_can_end_while_something_is_held(ask: Ask) -> None:
    ended = Event()
    with ThreadPoolExecutor(1) as pool:
        with Portal(articles=5) as portal:
            portal.fault("/", "silence")
            held = pool.submit(ask(portal.url), "/")
            portal.wait_for("/")
        ended.set()
        assert held.exception(10) is not None
    assert ended.is_set()


def test_what_goes_wrong_in_answering_is_not_hidden(ask: Ask) -> None:
    def broken(_answer: Answer, _path: str) -> Answer:
        raise ZeroDivisionError

    with Portal(articles=5) as portal:
        portal.fault("/", broken)
        with pytest.raises(ConnectionError):
            ask(portal.url)("/")
        with pytest.raises(ConnectionError):
            ask(portal.at("/"))("/")
    assert [type(error) for error in portal.unforeseen] == [ZeroDivisionError] * 2


def test_a_fault_of_ones_own(demo_portal: Start, ask: Ask) -> None:
    portal = demo_portal()
    portal.fault("/rss.xml", faults.instead(Answer(b"teh", "text/plain", 418)), times=1)
    asked = ask(portal.url)
    assert asked("/rss.xml").status == 418
    assert asked("/rss.xml").status == 200
