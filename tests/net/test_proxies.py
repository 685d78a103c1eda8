from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
from typing import TYPE_CHECKING

import pytest

from kaltimtui.errors import FetchError
from kaltimtui.net import trust
from kaltimtui.net.client import Client, Limits, Request
from kaltimtui.net.proxies import Proxies

if TYPE_CHECKING:
    from pathlib import Path

    from tests.net.conftest import Listen, Server

PROXY = "http://proxy.example:3128"
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_a_word_nothing_stands_between() -> None:
    assert Proxies(None).of("http", "warta.example") is None


def test_the_environment_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    monkeypatch.setenv("ALL_PROXY", "other.example:1")
    monkeypatch.setenv("NO_PROXY", "dalam.example")
    found = Proxies(None)
    assert found.of("https", "warta.example") == PROXY
    assert found.of("http", "warta.example") == "http://other.example:1"
    assert found.of("http", "www.dalam.example") is None


def test_what_was_set_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://other.example:1")
    monkeypatch.setenv("NO_PROXY", "dalam.example")
    assert Proxies(PROXY).of("https", "warta.example") == PROXY
    assert Proxies(PROXY).of("https", "dalam.example") is None
    assert Proxies("").of("https", "warta.example") is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "a.localhost"])
def test_ones_own_machine_is_asked_directly(host: str) -> None:
    assert Proxies(PROXY).of("http", host) is None


# --- through one ------------------------------------------------------------------------------


async def test_a_proxy_is_given_the_whole_address_and_its_login(server: Server) -> None:
    server.answers["http://warta.example/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
    proxy = f"http://saya:kunci%40@127.0.0.1:{server.port}"
    async with Client(proxy=proxy) as client:
        got = await client.fetch(Request("http://warta.example/a"))
    assert (got.url, got.body) == ("http://warta.example/a", b"a")
    headers = server.asked[0][1]
    assert headers["host"] == "warta.example"
    assert headers["proxy-authorization"] == "Basic c2F5YTprdW5jaUA="


@pytest.mark.parametrize("url", ["http://warta.example/", "https://warta.example/"])
async def test_a_proxy_that_refuses_is_named_as_the_reason(server: Server, url: str) -> None:
    refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    server.answers = {"http://warta.example/": refusal, "warta.example:443": refusal}
    async with Client(proxy=f"http://saya:rahasia@127.0.0.1:{server.port}") as client:
        with pytest.raises(FetchError) as caught:
            await client.fetch(Request(url))
    assert caught.value.reason == "proxy"
    assert "rahasia" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "0x7f.1", "[::1]", "localhost"])
async def test_a_proxy_opens_no_door_to_private_numbers(server: Server, host: str) -> None:
    async with Client(proxy=f"http://127.0.0.1:{server.port}") as client:
        with pytest.raises(FetchError) as caught:
            await client.fetch(Request(f"http://{host}:1/"))
    assert caught.value.reason == "private"
    assert server.connections == 0


async def test_a_proxy_that_is_not_there_is_one_failure(listen: Listen) -> None:
    async def nothing(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        return

    port = await listen(nothing)
    async with Client(Limits(connect=0.1), proxy=f"https://127.0.0.1:{port}") as client:
        with pytest.raises(FetchError):
            await client.fetch(Request("http://warta.example/"))
    async with Client(proxy="http://127.0.0.1:1") as client:
        with pytest.raises(FetchError, match=r"127\.0\.0\.1") as caught:
            await client.fetch(Request("http://warta.example/"))
    assert caught.value.reason == "proxy"


@pytest.mark.parametrize(
    "proxy", ["gopher://proxy.example", "http://", "http://[::1", "http://a:99999", "socks9://a"]
)
async def test_a_proxy_that_is_not_understood_is_one_failure(proxy: str) -> None:
    async with Client(proxy=proxy) as client:
        with pytest.raises(FetchError) as caught:
            await client.fetch(Request("http://warta.example/"))
    assert caught.value.reason == "proxy"


async def test_socks_needs_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    async with Client(proxy="socks5://proxy.example:1080") as client:
        with pytest.raises(FetchError, match="socksio") as caught:
            await client.fetch(Request("http://warta.example/"))
    assert caught.value.reason == "proxy"


async def test_a_secure_site_is_reached_through_a_tunnel(
    server: Server, listen: Listen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=warta.example", "-addext",
         "subjectAltName=DNS:warta.example", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = await listen(server.serve, context)
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
    asked: list[bytes] = []

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                writer.write(data)
        writer.close()

    async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")[0])
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", secure)
        await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))

    port = await listen(tunnel)
    monkeypatch.setattr(
        trust, "context", lambda: ssl.create_default_context(cafile=str(certificate))
    )
    async with Client(proxy=f"http://127.0.0.1:{port}") as client:
        got = await client.fetch(Request("https://warta.example/"))
    assert got.body == b"a"
    assert asked == [b"CONNECT warta.example:443 HTTP/1.1"]
