"""Ways in which a server lets a reader down, for the demo portal to play.

A fault makes of the right answer either another one, or a play: what is done to the connection
instead of answering. Plays that take time wait at the portal's gate, which a test opens.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from kaltimtui.demo.answers import Answer, head_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOVED: Final = "/pindah"
"""What stands before the path of an answer that was moved: ``/pindah/STATUS/HOPS LEFT/PATH``."""
_PIECES: Final = 16
_MEGABYTE: Final = 1024 * 1024
_HEADERS: Final = 500


class Wire(Protocol):
    """A connection, as a play sees it; it is closed when the play is over."""

    def send(self, data: bytes) -> None:
        """Send these bytes at once."""

    def wait(self, *, until_opened: bool = False) -> bool:
        """Wait a moment, or until the gate is opened; whether it is open."""

    def reset(self) -> None:
        """Break the connection off, so that the other side is told of it as an error."""


Play: TypeAlias = "Callable[[Wire], None]"
Fault: TypeAlias = "Callable[[Answer, str], Answer | Play]"
"""Takes the right answer and the path it was asked for at."""


# --- Other answers ----------------------------------------------------------------------------


def instead(other: Answer) -> Fault:
    """The same answer to everything."""
    return lambda _answer, _path: other


def status(code: int, **headers: str) -> Fault:
    """A bare status; ``Retry_After="60"`` becomes a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = b"" if code in (204, 304) else _page(f"Galat {code}", "Layanan sedang terganggu.")
    return instead(Answer(body, status=code, headers=named))


def redirect(code: int = 302, *, hops: int = 1) -> Fault:
    """So many redirects, and then the right answer."""

    def fault(_answer: Answer, path: str) -> Answer:
        return moved(code, hops, path)

    return fault


def moved(code: int, hops: int, path: str) -> Answer:
    """A redirect to where a path was moved, ``hops`` before the right answer."""
    return to(f"{MOVED}/{code}/{hops - 1}{path}", code)


def to(address: str, code: int = 302) -> Answer:
    """A redirect to an address."""
    body = _page("Pindah", "Halaman ini dipindahkan.")
    return Answer(body, status=code, headers={"Location": address})


def redirect_to(address: str, code: int = 302) -> Fault:
    """A redirect to an address of one's choice."""
    return instead(to(address, code))


def _loop(_answer: Answer, path: str) -> Answer:
    return to(path)


def _packed(answer: Answer, _path: str, *, times: int = 1) -> Answer:
    body = answer.body
    for _time in range(times):
        body = _gzip(body)
    return replace(answer, body=body, headers={"Content-Encoding": ", ".join(["gzip"] * times)})


def _gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(data) + packer.flush()


@lru_cache(maxsize=2)
def _bomb_bytes(megabytes: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return b"".join(packer.compress(bytes(_MEGABYTE)) for _ in range(megabytes)) + packer.flush()


def bomb(megabytes: int = 64) -> Fault:
    """A small answer that unpacks to very much."""

    def fault(answer: Answer, _path: str) -> Answer:
        body = _bomb_bytes(megabytes)
        return replace(answer, body=body, headers={"Content-Encoding": "gzip"})

    return fault


def _badly_packed(answer: Answer, _path: str) -> Answer:
    return replace(answer, headers={"Content-Encoding": "gzip"})


def _huge_header(answer: Answer, _path: str) -> Answer:
    return replace(answer, headers={"X-Contoh": "x" * 128 * 1024})


def _many_headers(answer: Answer, _path: str) -> Answer:
    return replace(answer, headers={f"X-Contoh-{number}": "x" for number in range(_HEADERS)})


def _wrong_charset(answer: Answer, _path: str) -> Answer:
    """The right text in another coding than the answer says."""
    body = answer.body.decode().encode("cp1252", "xmlcharrefreplace")
    return replace(answer, body=body, type=f"{answer.type.partition(';')[0]}; charset=utf-8")


def _emptied(answer: Answer, _path: str) -> Answer:
    """A feed without its entries."""
    head, found, _entries = answer.body.partition(b"<item>")
    if not found:
        head, found, _entries = answer.body.partition(b"<entry>")
    end = b"</channel></rss>" if b"<rss" in head else b"</feed>"
    return replace(answer, body=head + end) if found else answer


def _page(title: str, words: str) -> bytes:
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{words}</p></body></html>"
    ).encode()


_SOFT_404: Final = Answer(
    _page("Halaman Tidak Ditemukan", "Maaf, halaman yang Anda cari tidak tersedia.")
)
_LOGIN: Final = Answer(
    b'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>Masuk</title></head><body>'
    b'<form method="post" action="/masuk"><h1>Masuk</h1><p>Silakan masuk untuk melanjutkan.</p>'
    b'<input name="email" type="email"><input name="kata_sandi" type="password">'
    b'<button type="submit">Masuk</button><a href="/lupa">Lupa kata sandi?</a></form></body></html>'
)
_PARKED: Final = Answer(
    _page("contoh.example is for sale", "This domain may be for sale. Buy this domain.")
)


# --- Plays ------------------------------------------------------------------------------------


def _play(play: Callable[[Answer, Wire], None]) -> Fault:
    """A fault that does something to the connection, knowing the right answer."""
    return lambda answer, _path: partial(play, answer)


def _last(answer: Answer) -> bytes:
    """The head of an answer after which the connection ends."""
    return replace(answer, headers={**answer.headers, "Connection": "close"}).head


def _truncated(answer: Answer, wire: Wire) -> None:
    wire.send(answer.head + answer.body[: len(answer.body) // 2])


def _silence(_answer: Answer, wire: Wire) -> None:
    wire.wait(until_opened=True)


def _silent_midway(answer: Answer, wire: Wire) -> None:
    _truncated(answer, wire)
    wire.wait(until_opened=True)


def _drip(answer: Answer, wire: Wire) -> None:
    """One byte after the other, and all that is left once the gate is open."""
    wire.send(_last(answer))
    for place in range(len(answer.body)):
        if wire.wait():
            wire.send(answer.body[place:])
            return
        wire.send(answer.body[place : place + 1])


def _slow(answer: Answer, wire: Wire) -> None:
    """Some pieces, each after a moment."""
    wire.send(_last(answer))
    size = -(-len(answer.body) // _PIECES)
    for start in range(0, len(answer.body), size):
        wire.wait()
        wire.send(answer.body[start : start + size])


def _reset(_answer: Answer, wire: Wire) -> None:
    wire.reset()


def _reset_midway(answer: Answer, wire: Wire) -> None:
    _truncated(answer, wire)
    wire.reset()


def _chunked(answer: Answer) -> bytes:
    return head_of(200, {"Content-Type": answer.type, "Transfer-Encoding": "chunked"})


def _bad_chunk(answer: Answer, wire: Wire) -> None:
    wire.send(_chunked(answer) + b"5\r\nhello\r\nzz\r\nnonsense\r\n")


def _endless(answer: Answer, wire: Wire) -> None:
    """Pieces of 64 KiB without end, as fast as they are taken."""
    wire.send(_chunked(answer))
    while True:
        wire.send(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


def _no_http(_answer: Answer, wire: Wire) -> None:
    wire.send(b"SSH-2.0-contoh\r\n")


FAULTS: Final[Mapping[str, Fault]] = {
    "permanent": redirect(301),
    "temporary": redirect(302),
    "chain": redirect(302, hops=5),
    "long-chain": redirect(302, hops=15),
    "loop": _loop,
    "not-modified": status(304),
    "missing": status(404),
    "gone": status(410),
    "error": status(500),
    "too-many": status(429, Retry_After="60"),
    "busy": status(503, Retry_After="120"),
    "soft-404": instead(_SOFT_404),
    "login": instead(_LOGIN),
    "parked": instead(_PARKED),
    "empty": instead(Answer()),
    "emptied": _emptied,
    "gzip": _packed,
    "nested": partial(_packed, times=2),
    "bad-gzip": _badly_packed,
    "bomb": bomb(),
    "huge-header": _huge_header,
    "many-headers": _many_headers,
    "wrong-charset": _wrong_charset,
    "truncated": _play(_truncated),
    "silence": _play(_silence),
    "silent-midway": _play(_silent_midway),
    "drip": _play(_drip),
    "slow": _play(_slow),
    "reset": _play(_reset),
    "reset-midway": _play(_reset_midway),
    "bad-chunk": _play(_bad_chunk),
    "endless": _play(_endless),
    "no-http": _play(_no_http),
}
"""Those that need nothing to be told, by name."""
