from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from kaltimtui import __version__, i18n
from kaltimtui.errors import FetchError
from kaltimtui.models import Validators
from kaltimtui.net.client import Client, Limits, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.net.conftest import Server

    Typed = Callable[..., Request]

PACKED = gzip.compress(b"a" * 999, mtime=0)  # with a time it would be named otherwise each time
ETAG = Validators('"a1"', "Tue, 24 Nov 2026 00:00:00 GMT")


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", *lines, f"Content-Length: {len(body)}"])
    return f"{head}\r\n\r\n".encode() + body


def onward(where: str, status: int = 302) -> bytes:
    return answer(b"pindah", f"{status} Found", Location=where)


async def failure(client: Client, request: Request) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await client.fetch(request)
    return caught.value


# --- what is asked, and what comes back -------------------------------------------------------


async def test_an_answer_is_taken_with_its_headers(
    server: Server, client: Client, typed: Typed
) -> None:
    server.answers["/"] = answer(
        b"berita",
        Content_Type="text/html",
        ETag='"a1"',
        Last_Modified="Tue, 24 Nov 2026 00:00:00 GMT",
        Set_Cookie="sesi=1",
        Server="warta",
    )
    got = await client.fetch(typed(f"{server.url}/#bagian"))
    assert (got.url, got.status, got.body, got.received) == (f"{server.url}/", 200, b"berita", 6)
    assert got.validators == ETAG
    assert got.permanent is None
    assert set(got.headers) == {"content-type", "content-length", "etag", "last-modified"}


async def test_who_asks_is_said_and_no_cookie_is_kept(
    server: Server, client: Client, typed: Typed
) -> None:
    server.answers["/"] = answer(Set_Cookie="sesi=1")
    for _again in range(2):
        await client.fetch(typed(f"{server.url}/"))
    for _path, headers in server.asked:
        assert headers == {
            "host": f"127.0.0.1:{server.port}",
            "user-agent": f"kaltimtui/{__version__}",
            "accept": "*/*",
            "accept-encoding": "gzip",
        }


async def test_a_connection_serves_again(server: Server, client: Client, typed: Typed) -> None:
    server.keep = True
    server.answers["/"] = answer(b"a")
    server.answers["/sama"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    server.answers["/pindah"] = answer(b"", "302 Found", Location="/")
    for path in ("/", "/sama", "/pindah", "/"):
        await client.fetch(typed(server.url + path, ETAG))
    assert server.connections == 1
    assert len(server.asked) == 5


async def test_a_connection_that_was_given_up_meanwhile_is_no_failure(
    server: Server, client: Client, typed: Typed
) -> None:
    server.keep = True
    server.answers["/"] = answer(b"a")
    await client.fetch(typed(f"{server.url}/"))
    seen = 0

    async def hang_up_once(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal seen
        seen += 1
        if seen > 1:
            writer.write(answer(b"b"))

    server.answers["/"] = hang_up_once
    assert (await client.fetch(typed(f"{server.url}/"))).body == b"b"
    assert (seen, server.connections) == (2, 2)


# --- conditions -------------------------------------------------------------------------------


async def test_nothing_has_changed(server: Server, client: Client, typed: Typed) -> None:
    server.answers["/"] = b'HTTP/1.1 304 Not Modified\r\nETag: "a2"\r\n\r\n'
    got = await client.fetch(typed(f"{server.url}/", ETAG))
    assert (got.status, got.body, got.received) == (304, b"", 0)
    assert got.validators == Validators('"a2"', ETAG.last_modified)
    asked = server.asked[0][1]
    assert asked["if-none-match"] == '"a1"'
    assert asked["if-modified-since"] == ETAG.last_modified


async def test_nothing_has_changed_though_nobody_asked(
    server: Server, client: Client, typed: Typed
) -> None:
    server.answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    error = await failure(client, typed(f"{server.url}/"))
    assert (error.reason, error.status) == ("status", 304)


@pytest.mark.parametrize("odd", ["a" * 8193, 'W/"é"', '"a\x1b"', '"a\r\nX: y"', ""])
async def test_validators_that_cannot_be_sent_are_not(
    server: Server, client: Client, typed: Typed, odd: str
) -> None:
    server.answers["/"] = answer(b"a")
    await client.fetch(typed(f"{server.url}/", Validators(etag=odd)))
    assert "if-none-match" not in server.asked[0][1]
    assert "x" not in server.asked[0][1]


@pytest.mark.parametrize("odd", ["a" * 8193, 'W/"é"', '"a\x1b[2J"'])
async def test_validators_that_could_not_be_sent_again_are_not_taken(
    server: Server, client: Client, typed: Typed, odd: str
) -> None:
    server.answers["/"] = answer(b"a", ETag=odd)
    assert (await client.fetch(typed(f"{server.url}/"))).validators == Validators()


# --- status -----------------------------------------------------------------------------------


async def test_gone_is_gone(server: Server, client: Client, typed: Typed) -> None:
    server.answers["/"] = answer(b"", "410 Gone")
    server.answers["/tetap"] = onward("/", 308)
    server.answers["/sementara"] = onward("/", 307)
    for path, reason in (("/", "gone"), ("/tetap", "gone"), ("/sementara", "status")):
        error = await failure(client, typed(server.url + path))
        assert (error.reason, error.status) == (reason, 410)


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [(429, "120", 120.0), (503, "999999", 86400.0), (503, "besok", None), (500, "120", None)],
)
async def test_a_server_that_wants_silence_gets_it(
    server: Server, client: Client, typed: Typed, status: int, header: str, seconds: float | None
) -> None:
    server.answers["/"] = answer(b"", f"{status} No", Retry_After=header)
    error = await failure(client, typed(f"{server.url}/"))
    assert (error.reason, error.status, error.retry_after) == ("status", status, seconds)


@pytest.mark.parametrize(
    "status", [204, 206, 300, 305, 400, 401, 403, 404, 418, 500, 502, 599, 999]
)
async def test_any_other_status_is_named_in_words(
    server: Server, client: Client, typed: Typed, status: int
) -> None:
    i18n.set_language("en")
    server.answers["/"] = answer(b"", f"{status} \x1b[31mNo")
    error = await failure(client, typed(f"{server.url}/?kunci=rahasia"))
    assert (error.reason, error.status) == ("status", status)
    assert error.message.startswith(f"127.0.0.1 answered {status}: ")
    assert "\x1b" not in error.message
    assert "rahasia" not in str(error)


async def test_a_proxy_that_wants_a_login_is_no_server() -> None:
    transport = httpx.MockTransport(lambda _request: httpx.Response(407))
    async with Client(transport=transport) as client:
        assert (await failure(client, Request("https://warta.example/"))).reason == "proxy"


# --- redirects --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hops", "end", "permanent"),
    [
        ([301], "/1", "/1"),
        ([308, 301], "/2", "/2"),
        ([301, 302], "/2", "/1"),
        ([301, 302, 301], "/3", "/1"),
        ([302], "/1", None),
        ([303, 301], "/2", None),
        ([307], "/1", None),
    ],
)
async def test_redirects_are_followed_and_the_permanent_ones_told(
    server: Server, client: Client, typed: Typed, hops: list[int], end: str, permanent: str | None
) -> None:
    for place, status in enumerate(hops):
        server.answers[f"/{place}"] = onward(f"/{place + 1}", status)
    server.answers[f"/{len(hops)}"] = answer(b"tujuan")
    got = await client.fetch(typed(f"{server.url}/0", ETAG))
    assert (got.url, got.body) == (server.url + end, b"tujuan")
    assert got.permanent == (permanent and server.url + permanent)
    assert {headers["if-none-match"] for _path, headers in server.asked} == {'"a1"'}


@pytest.mark.parametrize("where", ["/", "/?", "//127.0.0.1:{port}/", "http://127.0.0.1:{port}/#x"])
async def test_a_circle_is_seen(server: Server, client: Client, typed: Typed, where: str) -> None:
    server.answers["/"] = onward(where.format(port=server.port))
    assert (await failure(client, typed(f"{server.url}/"))).reason == "redirects"
    assert len(server.asked) <= 2


@pytest.mark.parametrize(("hops", "taken"), [(10, True), (11, False)])
async def test_ten_steps_are_enough(
    server: Server, client: Client, typed: Typed, hops: int, taken: bool
) -> None:
    for place in range(hops):
        server.answers[f"/{place}"] = onward(f"{place + 1}")
    server.answers[f"/{hops}"] = answer(b"tujuan")
    if taken:
        assert (await client.fetch(typed(f"{server.url}/0"))).body == b"tujuan"
    else:
        assert (await failure(client, typed(f"{server.url}/0"))).reason == "redirects"
        assert len(server.asked) == 11


@pytest.mark.parametrize(
    "where",
    [
        "file:///etc/passwd",
        "data:text/html,halo",
        "javascript:alert(1)",
        "ftp://warta.example/",
        "http://127.0.0.1:99999/",
        "http://rahasia:kunci@127.0.0.1/",
        "http://[::1",
        "http://warta.example/" + "a" * 9000,
        "http://a\\@127.0.0.1/",
    ],
)
async def test_a_redirect_leads_only_to_the_web(
    server: Server, client: Client, typed: Typed, where: str
) -> None:
    server.answers["/"] = onward(where)
    error = await failure(client, typed(f"{server.url}/"))
    assert error.reason == "address"
    assert "127.0.0.1" in error.message
    assert "rahasia" not in str(error)


async def test_a_redirect_names_its_address(server: Server, client: Client, typed: Typed) -> None:
    server.answers["/"] = answer(b"", "302 Found")
    assert (await failure(client, typed(f"{server.url}/"))).reason == "redirects"


@pytest.mark.parametrize(
    "where", ["http://10.0.0.1/", "http://[::1]/", "http://0x7f.1/", "http://169.254.169.254/"]
)
async def test_what_was_typed_opens_no_other_door(
    server: Server, client: Client, typed: Typed, where: str
) -> None:
    server.answers["/"] = onward(where)
    assert (await failure(client, typed(f"{server.url}/"))).reason == "private"


async def test_redirects_of_the_same_name_in_other_letters_are_still_that_host(
    server: Server, client: Client, typed: Typed
) -> None:
    server.answers["/"] = onward(f"HTTP://LOCALHOST:{server.port}/lain")
    server.answers["/lain"] = answer(b"a")
    assert (
        await client.fetch(typed(f"{server.url}/"))
    ).url == f"http://localhost:{server.port}/lain"


# --- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["", "warta", "file:///etc/passwd", "http://", "http://u:rahasia@warta.example/?kunci=1", "//a",
     "http://warta.example:0x50/", "http://[::1", "\x00", "http://a b.example/x\ny"],
)  # fmt: skip
async def test_what_is_no_address_is_refused_unasked(url: str) -> None:
    async with Client(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        error = await failure(client, Request(url))
    assert error.reason == "address"
    assert "rahasia" not in str(error)
    assert "kunci" not in str(error)


@pytest.mark.parametrize("url", ["http://a..b/", f"http://{'a' * 70}.example/", "http://xn--a/"])
async def test_names_that_no_name_may_be_are_one_failure(
    client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(host: str, *_rest: object, **_more: object) -> list[object]:
        host.encode("idna")  # what the system's own begins with
        raise socket.gaierror(socket.EAI_NONAME, "rahasia")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert (await failure(client, Request(url))).reason in ("address", "resolve")


async def test_a_host_in_other_scripts_is_asked_for_by_its_real_name() -> None:
    hosts: list[str] = []

    def reply(request: httpx.Request) -> httpx.Response:
        hosts.append(f"{request.headers['host']} {request.url.raw_path.decode()}")
        return httpx.Response(200)

    async with Client(transport=httpx.MockTransport(reply)) as client:
        got = await client.fetch(Request("https://bücher.example/é?q=ü"))
    assert hosts == ["xn--bcher-kva.example /%C3%A9?q=%C3%BC"]
    assert got.url == "https://xn--bcher-kva.example/%C3%A9?q=%C3%BC"


# --- bodies -----------------------------------------------------------------------------------


async def test_a_packed_body_is_unpacked(server: Server, client: Client, typed: Typed) -> None:
    packed = gzip.compress(b"berita " * 1000)
    server.answers["/"] = answer(packed, Content_Encoding="GZip")
    got = await client.fetch(typed(f"{server.url}/"))
    assert (got.body, got.received) == (b"berita " * 1000, len(packed))


async def test_a_bomb_does_not_go_off(server: Server, client: Client, typed: Typed) -> None:
    server.answers["/"] = answer(gzip.compress(bytes(300 << 20), 9), Content_Encoding="gzip")
    assert (await failure(client, typed(f"{server.url}/"))).reason == "size"


@pytest.mark.parametrize(
    "coding", ["gzip, gzip", "gzip\r\nContent-Encoding: gzip", "br", "zstd", "gzip, br", "\x1b[2J"]
)
async def test_one_known_coding_is_taken(
    server: Server, client: Client, typed: Typed, coding: str
) -> None:
    body = gzip.compress(gzip.compress(b"a"))
    server.answers["/"] = answer(body, Content_Encoding=coding)
    assert (await failure(client, typed(f"{server.url}/"))).reason == "coding"


async def test_what_says_that_it_is_packed_has_to_be(
    server: Server, client: Client, typed: Typed
) -> None:
    server.answers["/"] = answer(b"<rss>bukan gzip</rss>", Content_Encoding="gzip")
    assert (await failure(client, typed(f"{server.url}/"))).reason == "coding"


async def test_nothing_packed_is_nothing(server: Server, client: Client, typed: Typed) -> None:
    server.answers["/"] = answer(b"", Content_Encoding="gzip")
    assert (await client.fetch(typed(f"{server.url}/"))).body == b""


@pytest.mark.parametrize("packed", [False, True])
async def test_a_body_may_not_be_larger_than_was_asked(
    server: Server, client: Client, typed: Typed, packed: bool
) -> None:
    body = b"a" * 1001
    server.answers["/"] = (
        answer(gzip.compress(body), Content_Encoding="gzip") if packed else answer(body)
    )
    assert (await failure(client, typed(f"{server.url}/", limit=1000))).reason == "size"
    assert (await client.fetch(typed(f"{server.url}/", limit=1001))).body == body
    assert (await client.fetch(typed(f"{server.url}/", limit=1000, cut=True))).body == body[:1000]


async def test_a_body_without_end_is_left(server: Server, client: Client, typed: Typed) -> None:
    async def endless(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"1000\r\n" + b"a" * 4096 + b"\r\n")
            await writer.drain()

    server.answers["/"] = endless
    error = await failure(client, typed(f"{server.url}/", limit=1 << 20))
    assert error.reason == "size"


async def test_many_small_chunks_leave_others_their_turn(
    server: Server, client: Client, typed: Typed
) -> None:
    async def crumbs(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        writer.write(b"1\r\na\r\n" * 5000 + b"0\r\n\r\n")
        await writer.drain()

    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    server.answers["/"] = crumbs
    other = asyncio.create_task(count())
    assert (await client.fetch(typed(f"{server.url}/"))).body == b"a" * 5000
    other.cancel()
    assert turns > 5000 // 64


# --- servers that misbehave -------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nkurang",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nkur",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nrusak\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nrusak\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + PACKED[:-9],
        b"HTTP/1.1 200 OK\r\nContent-Length: banyak\r\n\r\na",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 dua ratus\r\n\r\n",
        b"halo, ini bukan http\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
        b"HTTP/1.1 200 OK\r\nrusak\r\n\r\n",
        b"",
        b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
    ],
)  # fmt: skip
async def test_what_is_no_whole_answer_is_one_failure(
    server: Server, client: Client, typed: Typed, said: bytes
) -> None:
    server.answers["/"] = said
    error = await failure(client, typed(f"{server.url}/"))
    assert error.reason == "protocol"
    assert "127.0.0.1" in error.message


async def test_what_is_more_than_was_promised_is_not_looked_at(
    server: Server, client: Client, typed: Typed
) -> None:
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwarta dan lainnya"
    assert (await client.fetch(typed(f"{server.url}/"))).body == b"warta"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ([b"X-%d: a" % number for number in range(99)], None),
        ([b"X-%d: a" % number for number in range(101)], "size"),
        ([b"X: " + b"a" * 60_000], None),
        ([b"X: " + b"a" * 66_000], "size"),
        ([b"X: " + b"a" * 500_000], "protocol"),
    ],
)
async def test_headers_have_bounds(
    server: Server, client: Client, typed: Typed, headers: list[bytes], reason: str | None
) -> None:
    server.answers["/"] = b"\r\n".join([b"HTTP/1.1 200 OK", *headers, b"", b"a"])
    if reason is None:
        assert (await client.fetch(typed(f"{server.url}/"))).body == b"a"
    else:
        assert (await failure(client, typed(f"{server.url}/"))).reason == reason


@pytest.mark.parametrize(("times", "taken"), [(10, True), (10_000, False)])
async def test_preliminary_answers_have_an_end(
    server: Server, client: Client, typed: Typed, times: int, taken: bool
) -> None:
    server.answers["/"] = b"HTTP/1.1 100 Continue\r\n\r\n" * times + answer(b"a")
    if taken:
        assert (await client.fetch(typed(f"{server.url}/"))).body == b"a"
    else:
        assert (await failure(client, typed(f"{server.url}/"))).reason == "protocol"


async def test_headers_are_cleaned(server: Server, client: Client, typed: Typed) -> None:
    said = "Content-Type: text/html; a=\u202e\x9b31m\xff".encode("latin-1", "ignore")
    server.answers["/"] = b"HTTP/1.1 200 OK\r\n" + said + b"\r\nAge: \xe2\x80\xae1\r\n\r\na"
    got = await client.fetch(typed(f"{server.url}/"))
    assert got.headers["content-type"] == "text/html; a=31mÿ"
    assert got.headers["age"] == "1"


async def test_a_silent_server_is_left(server: Server, hasty: Client, typed: Typed) -> None:
    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until the client gives up

    server.answers["/"] = silent
    async with hasty:
        assert (await failure(hasty, typed(f"{server.url}/"))).reason == "timeout"


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: "])
async def test_a_dripping_server_is_left(
    server: Server, hasty: Client, typed: Typed, head: bytes
) -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(b"a")
            await writer.drain()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.Event().wait(), 0.02)

    server.answers["/"] = drip
    async with hasty:
        assert (await failure(hasty, typed(f"{server.url}/"))).reason == "timeout"


async def test_the_limit_is_for_all_steps_together(
    server: Server, hasty: Client, typed: Typed
) -> None:
    served = 0

    async def slowly_on(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal served
        served += 1
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 0.08)
        writer.write(onward(f"/{served}"))

    for place in range(10):
        server.answers[f"/{place}"] = slowly_on
    async with hasty:
        assert (await failure(hasty, typed(f"{server.url}/0"))).reason == "timeout"
    assert served <= 3


async def test_a_reset_is_one_failure(server: Server, client: Client, typed: Typed) -> None:
    async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab")
        await writer.drain()
        writer.transport.abort()

    server.answers["/"] = reset
    assert (await failure(client, typed(f"{server.url}/"))).reason == "protocol"


async def test_nobody_there_is_one_failure(client: Client, typed: Typed) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # but it does not listen
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        assert (await failure(client, typed(url))).reason == "connect"


# --- together ---------------------------------------------------------------------------------


async def test_waiting_for_a_turn_does_not_count(server: Server, typed: Typed) -> None:
    gate = asyncio.Event()

    async def gated(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gate.wait()
        writer.write(answer(b"a"))

    server.answers["/"] = gated
    async with Client(Limits(total=0.3, at_once=1), proxy="") as client:
        first = asyncio.create_task(client.fetch(typed(f"{server.url}/")))
        second = asyncio.create_task(client.fetch(typed(f"{server.url}/?dua")))
        with pytest.raises(FetchError) as caught:
            await first
        assert caught.value.reason == "timeout"
        gate.set()
        assert (await second).body == b"a"


async def test_so_many_at_once(server: Server, typed: Typed) -> None:
    server.answers["/"] = answer(b"a")
    async with Client(Limits(total=10.0, at_once=4), proxy="") as client:
        got = await asyncio.gather(*(client.fetch(typed(f"{server.url}/?{n}")) for n in range(40)))
    assert {response.body for response in got} == {b"a"}
    assert server.most_at_once <= 4


async def test_stopping_is_no_failure_and_frees_the_place(server: Server, typed: Typed) -> None:
    reached = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        reached.set()
        await reader.read()

    server.answers["/"] = silent
    server.answers["/lain"] = answer(b"a")
    async with Client(Limits(total=10.0, at_once=1), proxy="") as client:
        task = asyncio.create_task(client.fetch(typed(f"{server.url}/")))
        await reached.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await client.fetch(typed(f"{server.url}/lain"))).body == b"a"


@pytest.mark.parametrize(
    "raised",
    [
        httpx.InvalidURL("\x1b rahasia"),
        httpx.ConnectError("rahasia"),
        httpx.ReadTimeout("rahasia"),
        httpx.ProxyError("rahasia"),
        httpx.RemoteProtocolError("rahasia"),
        httpx.LocalProtocolError("rahasia"),
        httpx.UnsupportedProtocol("rahasia"),
        httpx.DecodingError("rahasia"),
        httpx.ReadError("rahasia"),
        ExceptionGroup("rahasia", [OSError("rahasia")]),
        OSError("rahasia"),
        ValueError("rahasia"),
        RuntimeError("rahasia"),
        UnicodeError("rahasia"),
    ],
)
async def test_whatever_is_raised_below_is_one_failure(raised: Exception) -> None:
    def reply(_request: httpx.Request) -> httpx.Response:
        raise raised

    async with Client(transport=httpx.MockTransport(reply)) as client:
        error = await failure(client, Request("https://warta.example/?kunci=1"))
    assert "warta.example" in error.message
    assert "rahasia" not in str(error)
    assert "kunci" not in str(error)


def test_httpx_is_loaded_without_its_program() -> None:
    script = "import sys, kaltimtui.net.transport; print({'click', 'rich'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_importing_loads_no_httpx() -> None:
    script = (
        "import sys, kaltimtui.net.client, kaltimtui.net.robots, kaltimtui.config;"
        "print({'httpx', 'httpcore', 'protego', 'truststore', 'tomllib'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
