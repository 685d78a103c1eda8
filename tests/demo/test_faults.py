"""Each bad day of the demo portal, seen from the other side of the wire."""

from __future__ import annotations

import gzip
import http.client
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from kaltimtui.demo import faults
from kaltimtui.demo.faults import FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.demo.portal import Portal

FEED = "/rss.xml"


class Asking(Protocol):
    def __call__(self, path: str, *, method: str = "GET", **headers: str) -> Any: ...


@pytest.fixture
def portal(demo_portal: Callable[..., Portal]) -> Portal:
    return demo_portal()


@pytest.fixture
def asked(portal: Portal, ask: Callable[[str], Asking]) -> Asking:
    return ask(portal.url)


@pytest.fixture
def right(asked: Asking) -> bytes:
    """The answer of a good day."""
    body: bytes = asked(FEED).body
    return body


def follow(asked: Asking, path: str) -> tuple[list[int], bytes]:
    """The statuses on the way, and what stands at its end; at most twenty steps."""
    statuses: list[int] = []
    for _hop in range(20):
        got = asked(path)
        statuses.append(got.status)
        if got.status < 300:
            return statuses, got.body
        path = got.headers["Location"]
    return statuses, b""


# --- Other answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("permanent", [301, 200]),
        ("temporary", [302, 200]),
        ("chain", [302] * 5 + [200]),
        ("long-chain", [302] * 15 + [200]),
    ],
)
def test_a_redirect_leads_to_the_right_answer(
    name: str, statuses: list[int], portal: Portal, asked: Asking, right: bytes
) -> None:
    portal.fault(FEED, name)
    assert follow(asked, FEED) == (statuses, right)


def test_a_feed_that_moved_has_validators_where_it_is_now(portal: Portal, asked: Asking) -> None:
    portal.fault(FEED, "permanent")
    there = asked(FEED).headers["Location"]
    got = asked(there)
    assert asked(there, If_None_Match=got.headers["ETag"]).status == 304


def test_a_loop_has_no_end(portal: Portal, asked: Asking) -> None:
    portal.fault(FEED, "loop")
    assert follow(asked, FEED) == ([302] * 20, b"")
    portal.fault(FEED, faults.redirect_to("http://127.0.0.2:9/", 307))
    got = asked(FEED)
    assert (got.status, got.headers["Location"]) == (307, "http://127.0.0.2:9/")


@pytest.mark.parametrize(
    ("name", "status", "after"),
    [
        ("not-modified", 304, None),
        ("missing", 404, None),
        ("gone", 410, None),
        ("error", 500, None),
        ("too-many", 429, "60"),
        ("busy", 503, "120"),
    ],
)
def test_a_status_alone(
    name: str, status: int, after: str | None, portal: Portal, asked: Asking
) -> None:
    portal.fault(FEED, name)
    got = asked(FEED, If_None_Match="*")
    assert (got.status, got.headers["Retry-After"]) == (status, after)
    assert portal.requests[-1].status == status


@pytest.mark.parametrize("name", ["soft-404", "login", "parked", "empty"])
def test_a_page_that_is_no_feed(name: str, portal: Portal, asked: Asking, right: bytes) -> None:
    portal.fault(FEED, name)
    got = asked(FEED)
    assert (got.status, got.headers["ETag"]) == (200, None)
    assert (got.body == b"") == (name == "empty")
    assert b"<rss" not in got.body


@pytest.mark.parametrize("path", ["/rss.xml", "/atom.xml"])
def test_a_feed_may_lose_its_entries(path: str, portal: Portal, asked: Asking) -> None:
    from kaltimtui import parsing
    from kaltimtui.demo.portal import utc_now

    portal.fault(path, "emptied")
    parsed = parsing.read(asked(path).body, now=utc_now())
    assert (parsed.kind, parsed.articles) == ("feed", ())


def test_packed_answers(portal: Portal, asked: Asking, right: bytes) -> None:
    portal.fault(FEED, "gzip")
    got = asked(FEED)
    assert (got.headers["Content-Encoding"], gzip.decompress(got.body)) == ("gzip", right)
    portal.fault(FEED, "nested")
    got = asked(FEED)
    assert got.headers["Content-Encoding"] == "gzip, gzip"
    assert gzip.decompress(gzip.decompress(got.body)) == right
    portal.fault(FEED, "bad-gzip")
    got = asked(FEED)
    assert (got.headers["Content-Encoding"], got.body) == ("gzip", right)


def test_a_bomb_is_small_until_it_is_unpacked(portal: Portal, asked: Asking) -> None:
    portal.fault(FEED, faults.bomb(3))
    body = asked(FEED).body
    assert len(body) < 20_000
    unpacker = zlib.decompressobj(wbits=31)
    assert len(unpacker.decompress(body)) == 3 * 1024 * 1024
    assert unpacker.eof


def test_headers_past_all_bounds(
    portal: Portal, asked: Asking, ask: Callable[[str], Asking]
) -> None:
    portal.fault(FEED, "huge-header")
    with pytest.raises(http.client.LineTooLong):
        asked(FEED)
    portal.fault(FEED, "many-headers")
    with pytest.raises(http.client.HTTPException, match="more than 100 headers"):
        ask(portal.url)(FEED)


def test_a_charset_that_is_not_that_of_the_text(portal: Portal, asked: Asking) -> None:
    portal.fault("/", "wrong-charset")
    got = asked("/")
    assert got.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Portal Contoh" in got.body.decode("cp1252")
    with pytest.raises(UnicodeDecodeError):
        got.body.decode()


# --- Plays --------------------------------------------------------------------------------------


def test_an_answer_is_cut_short(portal: Portal, asked: Asking, right: bytes) -> None:
    portal.fault(FEED, "truncated")
    with pytest.raises(http.client.IncompleteRead) as raised:
        asked(FEED)
    assert raised.value.partial == right[: len(right) // 2]
    assert portal.requests[-1].status == 0


@pytest.mark.parametrize("name", ["reset", "reset-midway"])
def test_a_connection_is_broken_off(name: str, portal: Portal, asked: Asking) -> None:
    portal.fault(FEED, name)
    with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
        asked(FEED)


@pytest.mark.parametrize("name", ["bad-chunk", "no-http"])
def test_what_is_no_http(name: str, portal: Portal, asked: Asking) -> None:
    portal.fault(FEED, name)
    with pytest.raises(http.client.HTTPException):
        asked(FEED)


@pytest.mark.parametrize("name", ["silence", "silent-midway"])
def test_silence_lasts_until_the_gate_is_opened(name: str, portal: Portal, asked: Asking) -> None:
    portal.fault(FEED, name)
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(asked, FEED)
        portal.wait_for(FEED)
        assert not held.done()
        portal.gate.set()
        assert isinstance(held.exception(10), http.client.HTTPException)


def test_bytes_drip_until_the_gate_is_opened(
    demo_portal: Callable[..., Portal], ask: Callable[[str], Asking]
) -> None:
    portal = demo_portal(pace=0.001)
    asked = ask(portal.url)
    right = asked("/atom.xml").body
    portal.fault("/atom.xml", "drip")
    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(asked, "/atom.xml")
        portal.wait_for("/atom.xml", 2)
        assert not held.done()
        portal.gate.set()
        assert held.result(10).body == right


def test_a_slow_answer_comes_whole(portal: Portal, asked: Asking, right: bytes) -> None:
    portal.fault(FEED, "slow")
    assert asked(FEED).body == right


def test_an_endless_answer_goes_on_as_long_as_it_is_taken(portal: Portal) -> None:
    portal.fault(FEED, "endless")
    connection = http.client.HTTPConnection(portal.url.removeprefix("http://"), timeout=10)
    connection.request("GET", FEED)
    answer = connection.getresponse()
    assert len(answer.read(3_000_000)) == 3_000_000
    answer.close()
    connection.close()


# --- When they happen ---------------------------------------------------------------------------


def test_a_fault_may_pass(portal: Portal, asked: Asking, right: bytes) -> None:
    portal.fault(FEED, "busy", times=2)
    assert [asked(FEED).status for _again in range(4)] == [503, 503, 200, 200]


def test_a_fault_is_healed(portal: Portal, asked: Asking) -> None:
    assert asked("/rusak/rss.xml").status == 500
    portal.heal("/rusak/rss.xml")
    portal.heal(FEED)
    assert asked("/rusak/rss.xml").status == 200


def test_a_fault_holds_for_a_path_with_any_query(portal: Portal, asked: Asking) -> None:
    portal.fault("/berita", "error")
    assert asked("/berita?halaman=2").status == 500
    portal.heal("/berita")
    portal.fault("/berita?halaman=2", "error")
    assert [asked(path).status for path in ("/berita?halaman=2", "/berita")] == [500, 200]


def test_other_paths_are_not_touched(portal: Portal, ask: Callable[[str], Asking]) -> None:
    for number, name in enumerate(FAULTS):
        portal.fault(f"/{number}", name)
    assert ask(portal.url)(FEED).status == 200
