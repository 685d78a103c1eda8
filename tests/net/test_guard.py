from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.errors import FetchError
from kaltimtui.net import guard
from kaltimtui.net.client import Client, Limits, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.net.conftest import Server

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808",
          "2002:808:808::1"]  # fmt: skip
PRIVATE = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.4",
    "198.18.0.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::808:808", "2002:7f00:1::1", "2002:a00:1::", "2001::1",
    "2001:db8::1", "fc00::1", "fd12::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_the_open_internet_is_public(address: str) -> None:
    assert guard.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_everything_else_is_not(address: str) -> None:
    assert not guard.is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_an_address_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for wrapped in (
        (0x64FF9B << 96) | number,
        (0x2002 << 112) | (number << 80),
        0xFFFF << 32 | number,
    ):
        assert guard.is_public(ipaddress.IPv6Address(wrapped)) == guard.is_public(address)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0X7F000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::1", "::1"),
        ("warta.example", None),
        ("fa.ce", None),
        ("1.2.3.4.5", None),
        ("", None),
    ],
)
def test_numbers_are_seen_in_any_form(host: str, address: str | None) -> None:
    found = guard.literal(host)
    assert (None if found is None else str(found)) == address


@pytest.mark.parametrize(
    "host",
    ["localhost", "localhost.", "a.localhost", "127.0.0.1", "127.1", "::1", "10.0.0.1", "0x0a.1"],
)
def test_a_private_name_is_told_without_looking_it_up(host: str) -> None:
    with pytest.raises(FetchError) as caught:
        guard.check_name(host)
    assert caught.value.reason == "private"


@pytest.mark.parametrize("host", ["localhost", "a.localhost.", "127.0.0.9", "::1", "0x7f.1"])
def test_ones_own_machine_is_known_by_its_name(host: str) -> None:
    assert guard.own_machine(host)


@pytest.mark.parametrize("host", ["localhost.example", "10.0.0.1", "mylocalhost", "warta.example"])
def test_other_machines_are_not_ones_own(host: str) -> None:
    assert not guard.own_machine(host)


Resolve = "Callable[[dict[str, list[str]]], list[str]]"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Gives names their addresses; what was looked up is noted."""

    def put(**known: list[str]) -> list[str]:
        asked: list[str] = []

        def look_up(host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
            asked.append(host)
            if host not in known:
                raise socket.gaierror(socket.EAI_NONAME, "none")
            return [(0, 0, 0, "", (address, port)) for address in known[host]]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return asked

    return put


async def test_each_address_of_a_name_is_checked(names: Callable[..., list[str]]) -> None:
    names(mixed=["93.184.216.34", "10.0.0.1"], open=["93.184.216.34", "2606:4700::1111"])
    assert await guard.addresses("open", 80, anywhere=False) == ["93.184.216.34", "2606:4700::1111"]
    assert await guard.addresses("mixed", 80, anywhere=True) == ["93.184.216.34", "10.0.0.1"]
    with pytest.raises(FetchError) as caught:
        await guard.addresses("mixed", 80, anywhere=False)
    assert caught.value.reason == "private"


async def test_both_kinds_of_address_are_tried_by_turns(names: Callable[..., list[str]]) -> None:
    six = [f"2606:4700::{n}" for n in range(1, 6)]
    names(a=[*six, "8.8.8.8", "8.8.4.4"], b=["8.8.8.8", *six], none=[])
    mixed = [six[0], "8.8.8.8", six[1], "8.8.4.4", *six[2:]]
    assert await guard.addresses("a", 80, anywhere=False) == mixed
    assert await guard.addresses("b", 80, anywhere=False) == ["8.8.8.8", *six]
    with pytest.raises(FetchError):
        await guard.addresses("none", 80, anywhere=False)


async def test_a_name_server_that_is_silent_holds_up_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, release = threading.Event(), threading.Event()

    def silent(*_asked: object, **_more: object) -> list[object]:
        asked.set()
        release.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    async with Client(Limits(connect=0.1), proxy="") as client:
        with pytest.raises(FetchError) as caught:
            await client.fetch(Request("http://warta.example/"))
    assert caught.value.reason == "timeout"
    assert asked.is_set()
    release.set()


@pytest.mark.parametrize("number", [socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL])
async def test_a_name_that_is_not_found_is_one_failure(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def none(*_asked: object, **_more: object) -> list[object]:
        raise socket.gaierror(number, "rahasia")

    monkeypatch.setattr(socket, "getaddrinfo", none)
    async with Client(proxy="") as client:
        with pytest.raises(FetchError, match=r"warta\.example") as caught:
            await client.fetch(Request("http://warta.example/?kunci=1"))
    assert caught.value.reason == "resolve"
    assert "kunci" not in str(caught.value)


# --- the way of a request ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://127.1:{port}/",
     "http://2130706433:{port}/", "http://0x7f.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
     "http://0.0.0.0:{port}/", "http://１２７.0.0.1:{port}/"],
)  # fmt: skip
async def test_nobody_gets_to_loopback_who_did_not_type_it(
    server: Server, client: Client, url: str
) -> None:
    with pytest.raises(FetchError) as caught:
        await client.fetch(Request(url.format(port=server.port)))
    assert caught.value.reason == "private"
    assert server.connections == 0


async def test_a_name_that_means_loopback_is_refused_unless_it_was_typed(
    server: Server, client: Client, names: Callable[..., list[str]]
) -> None:
    names(**{"warta.example": ["127.0.0.1"]})
    server.keep = True
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
    url = f"http://warta.example:{server.port}/"
    typed = Request(url, private=guard.places(url))
    assert (await client.fetch(typed)).body == b"a"
    # The connection that is kept for whoever typed it is nobody else's.
    with pytest.raises(FetchError) as caught:
        await client.fetch(Request(url))
    assert caught.value.reason == "private"
    assert (server.connections, len(server.asked)) == (1, 1)


async def test_another_port_of_a_host_that_was_typed_is_refused(
    server: Server, client: Client
) -> None:
    onward = f"http://127.0.0.1:{server.port + 1}/"
    server.answers["/"] = (
        f"HTTP/1.1 302 Found\r\nLocation: {onward}\r\nContent-Length: 0\r\n\r\n".encode()
    )
    with pytest.raises(FetchError, match=r"127\.0\.0\.1") as caught:
        await client.fetch(Request(f"{server.url}/", private=guard.places(server.url)))
    assert caught.value.reason == "private"


@pytest.mark.parametrize(
    ("url", "places"),
    [
        ("http://nas.example:8080/a", {"nas.example:8080"}),
        ("http://nas.example/", {"nas.example:80", "nas.example:443"}),
        ("https://nas.example:443/", {"nas.example:80", "nas.example:443"}),
        ("https://[::1]:8443/", {"::1:8443"}),
    ],
)
def test_an_address_that_was_typed_opens_its_port_alone(url: str, places: set[str]) -> None:
    assert guard.places(url) == places
    assert guard.place(url) in places


async def test_a_name_that_changes_its_meaning_gains_nothing(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanings = iter([["93.184.216.34"], ["127.0.0.1"]])
    dialled: list[str] = []

    def look_up(_host: str, port: int, **_more: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (address, port)) for address in next(meanings)]

    async def dial(_made: object, address: str, _port: int) -> None:
        dialled.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", dial)
    url = f"http://warta.example:{server.port}/"
    reasons = []
    for _again in range(2):
        with pytest.raises(FetchError) as caught:
            await client.fetch(Request(url))
        reasons.append(caught.value.reason)
    assert reasons == ["connect", "private"]
    assert dialled == ["93.184.216.34"]


async def test_a_redirect_to_a_name_that_is_private_is_refused(
    server: Server, client: Client, names: Callable[..., list[str]]
) -> None:
    asked = names(**{"dalam.example": ["10.0.0.1"]})
    server.answers["/"] = (
        b"HTTP/1.1 302 Found\r\nLocation: http://dalam.example/\r\nContent-Length: 0\r\n\r\n"
    )
    with pytest.raises(FetchError, match=r"dalam\.example") as caught:
        await client.fetch(Request(f"{server.url}/", private=guard.places(server.url)))
    assert caught.value.reason == "private"
    assert asked == ["dalam.example"]
