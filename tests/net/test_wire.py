from __future__ import annotations

import asyncio
import contextlib
import socketserver
import ssl
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaltimtui.errors import FetchError
from kaltimtui.net import guard, trust, wire
from kaltimtui.net.client import Client, Limits, Request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.net.conftest import Listen, Server


def typed(url: str) -> Request:
    """A request for what the user typed himself, so that loopback may be asked."""
    return Request(url, private=guard.places(url))


# --- which address ----------------------------------------------------------------------------


async def test_the_first_address_that_answers_is_taken(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    real = loop.create_connection
    tried: list[str] = []
    cancelled: list[str] = []

    async def dial(made: type[asyncio.Protocol], address: str, port: int) -> object:
        tried.append(address)
        if address == "192.0.2.1":
            raise ConnectionRefusedError
        if address == "192.0.2.2":
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(address)
                raise
        return await real(made, address, port)

    monkeypatch.setattr(loop, "create_connection", dial)
    monkeypatch.setattr(wire, "_HEAD_START", 0.01)
    found = ["192.0.2.1", "192.0.2.2", "127.0.0.1", "192.0.2.9"]
    line = await wire._first_of(found, server.port)
    assert line.transport is not None
    assert line.transport.get_extra_info("peername")[0] == "127.0.0.1"
    assert tried == found[:3]
    line.transport.abort()
    await asyncio.sleep(0)
    assert cancelled == ["192.0.2.2"]


async def test_where_no_address_answers_the_first_reason_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def dial(_made: object, address: str, _port: int) -> object:
        raise OSError(address)

    monkeypatch.setattr(asyncio.get_running_loop(), "create_connection", dial)
    with pytest.raises(OSError, match=r"^a$"):
        await wire._first_of(["a", "b"], 80)


async def test_what_connects_too_late_is_closed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    real = loop.create_connection
    lines: list[wire._Line] = []
    both = asyncio.Barrier(2)

    async def dial(made: type[asyncio.Protocol], _address: str, port: int) -> object:
        await both.wait()
        transport, line = await real(made, "127.0.0.1", port)
        assert isinstance(line, wire._Line)
        lines.append(line)
        return transport, line

    monkeypatch.setattr(loop, "create_connection", dial)
    monkeypatch.setattr(wire, "_HEAD_START", 0.0)
    taken = await wire._first_of(["a", "b"], server.port)
    for _round in range(10):
        await asyncio.sleep(0)
    for line in lines:
        assert line.transport is not None
        assert line.transport.is_closing() == (line is not taken)
    assert taken.transport is not None
    taken.transport.abort()
    await asyncio.sleep(0)


async def test_what_is_not_read_makes_the_server_wait(server: Server) -> None:
    waits = asyncio.Event()

    async def flood(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.set_write_buffer_limits(0)
        for _piece in range(512):
            writer.write(bytes(64 * 1024))
            if writer.transport.get_write_buffer_size():
                waits.set()
            await writer.drain()

    server.answers["/"] = flood
    stream = await wire.Backend(anywhere=True).connect_tcp("127.0.0.1", server.port)
    await stream.write(b"GET / HTTP/1.1\r\na: b\r\n\r\n")
    await asyncio.wait_for(waits.wait(), 10)
    assert stream.get_extra_info("is_readable")
    assert len(stream._line.waiting) < 1 << 20
    stream.begin_body()
    received = 0
    while data := await stream.read(1 << 20):
        received += len(data)
    assert received == 512 * 64 * 1024
    await stream.aclose()


# --- secured ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost and its key, signed by itself."""
    made = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=DNS:localhost", "-keyout", made, "-out", f"{made}.crt"],
        check=True, capture_output=True,
    )  # fmt: skip
    with made.open("ab") as file:
        file.write(made.with_name("both.pem.crt").read_bytes())
    return made


@pytest.fixture
async def secure(server: Server, listen: Listen, certificate: Path) -> int:
    """The port of the same server, secured."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return await listen(server.serve, context)


@pytest.fixture
def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system trusts the certificate of the test."""
    monkeypatch.setattr(
        trust, "context", lambda: ssl.create_default_context(cafile=str(certificate))
    )


@pytest.mark.usefixtures("trusting")
async def test_a_secure_connection_serves_again(
    server: Server, secure: int, client: Client
) -> None:
    server.keep = True
    server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + b"a" * 200_000
    request = typed(f"https://localhost:{secure}/")
    for _again in range(3):
        assert len((await client.fetch(request)).body) == 200_000
    assert server.connections == 1


async def test_a_certificate_of_nobodys_is_refused(
    server: Server, secure: int, client: Client
) -> None:
    with pytest.raises(FetchError, match="localhost") as caught:
        await client.fetch(typed(f"https://localhost:{secure}/"))
    assert caught.value.reason == "tls"
    assert server.asked == []


@pytest.mark.usefixtures("trusting")
async def test_a_certificate_for_another_host_is_refused(
    server: Server, secure: int, client: Client
) -> None:
    with pytest.raises(FetchError) as caught:
        await client.fetch(typed(f"https://127.0.0.1:{secure}/"))
    assert caught.value.reason == "tls"
    assert server.asked == []


@pytest.mark.parametrize("said", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""])
async def test_what_speaks_plainly_is_not_secure(
    client: Client, listen: Listen, said: bytes
) -> None:
    async def plainly(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    port = await listen(plainly)
    with pytest.raises(FetchError) as caught:
        await client.fetch(typed(f"https://127.0.0.1:{port}/"))
    assert caught.value.reason == "tls"


async def test_a_handshake_has_a_limit(listen: Listen) -> None:
    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    port = await listen(silent)
    async with Client(Limits(connect=0.1), proxy="") as client:
        with pytest.raises(FetchError) as caught:
            await client.fetch(typed(f"https://127.0.0.1:{port}/"))
    assert caught.value.reason == "timeout"


def test_the_system_is_trusted_and_checks_names() -> None:
    context = trust.context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_where_the_system_has_no_list_truststore_looks_for_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        ssl, "create_default_context", lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )
    assert type(trust.context()).__module__.startswith("truststore")


# --- anything at all --------------------------------------------------------------------------

HEAD = st.sampled_from(
    [
        b"",
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
    ]
)


class Parrot(socketserver.ThreadingTCPServer):
    """Says the same to everybody, and hangs up."""

    allow_reuse_address = True
    said = b""


class Talk(socketserver.StreamRequestHandler):
    """Hears a request out and answers."""

    def handle(self) -> None:
        assert isinstance(self.server, Parrot)
        with contextlib.suppress(OSError):
            while self.rfile.readline().strip():
                pass
            self.wfile.write(self.server.said)


@pytest.fixture(scope="module")
def parrot() -> Iterator[Parrot]:
    """A server in threads of its own."""
    with Parrot(("127.0.0.1", 0), Talk) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@settings(max_examples=150, deadline=None)
@given(head=HEAD, rest=st.binary(max_size=400))
def test_whatever_a_server_says_there_is_one_kind_of_failure(
    parrot: Parrot, head: bytes, rest: bytes
) -> None:
    async def nowhere(host: str, *_rest: object, **_more: object) -> list[object]:
        raise OSError(host)

    async def one() -> None:
        url = f"http://127.0.0.1:{parrot.server_address[1]}/"
        async with Client(Limits(total=5.0), proxy="") as client:
            with contextlib.suppress(FetchError):
                await client.fetch(typed(url))

    parrot.said = head + rest
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "_in_thread", nowhere)
        asyncio.run(one())
