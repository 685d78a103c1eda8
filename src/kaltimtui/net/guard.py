"""Which addresses may be connected to.

Content must not lead the reader into the network it stands in. A name is looked up once, every
address found is checked, and the connection goes to an address that was checked: a name that
means something else a moment later gains nothing. What a user typed as a source may be anywhere:
that host at that port alone, as other ports of a machine have other masters.

Through a proxy it is the proxy that looks names up, so there only addresses written as numbers
and the names of one's own machine are checked here; where a name may lead is the proxy's to say.
One's own machine is never asked for through a proxy.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import re
import socket
import threading
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

from kaltimtui import text
from kaltimtui.net import failures

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

_LIKE_A_NUMBER: Final = re.compile(r"[0-9a-fx.]+", re.IGNORECASE)
_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_TEREDO: Final = ipaddress.IPv6Network("2001::/32")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_MOST_ADDRESSES: Final = 8
_PORTS: Final = {"http": 80, "https": 443}


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, whatever it is wrapped in."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast
    if address in _NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    within = address.ipv4_mapped or address.sixtofour
    if within is not None:
        return is_public(within)
    return address in _UNICAST and address not in _TEREDO and address.is_global


def literal(host: str) -> Address | None:
    """The address that a host is written as, in any form a system takes: ``0x7f.1`` too."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        if not _LIKE_A_NUMBER.fullmatch(host):
            return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except OSError:
        return None


def own_machine(host: str) -> bool:
    """Whether a host, by its name or number alone, is the machine that this runs on."""
    name = host.removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = literal(name)
    return address is not None and address.is_loopback


def place(url: str) -> str:
    """Host and port of a safe address."""
    parts = urlsplit(url)
    return f"{text.host(url)}:{parts.port or _PORTS[parts.scheme]}"


def places(url: str) -> frozenset[str]:
    """Where an address that was typed may lead to: its host and port.

    The usual ports of both schemes are one, so that a site may lead on to its secure door.
    """
    port = urlsplit(url).port
    if port not in (None, *_PORTS.values()):
        return frozenset({place(url)})
    return frozenset(f"{text.host(url)}:{usual}" for usual in _PORTS.values())


def check_name(host: str) -> None:
    """Refuse a host that is private by its name or number alone."""
    address = literal(host)
    if own_machine(host) or (address is not None and not is_public(address)):
        raise failures.private(host)


async def addresses(host: str, port: int, *, anywhere: bool) -> list[str]:
    """The addresses to try for a host, in order, each of them checked unless ``anywhere``.

    Raises FetchError, also where only one of them is private.
    """
    written = literal(host)
    found = [written] if written is not None else await _look_up(host, port)
    if not anywhere and not all(map(is_public, found)):
        raise failures.private(host)
    return [str(address) for address in _alternating(found)[:_MOST_ADDRESSES]]


def _alternating(found: list[Address]) -> list[Address]:
    """Both kinds by turns, the system's first choice first."""
    first = [address for address in found if address.version == found[0].version]
    other = [address for address in found if address.version != found[0].version]
    mixed = [address for pair in zip(first, other, strict=False) for address in pair]
    both = len(mixed) // 2
    return mixed + first[both:] + other[both:]


async def _look_up(host: str, port: int) -> list[Address]:
    try:
        entries = await _in_thread(host, port)
        found = dict.fromkeys(ipaddress.ip_address(entry[4][0]) for entry in entries)
    except (OSError, UnicodeError, ValueError) as error:
        raise failures.no_host(host, error) from error
    if not found:
        raise failures.no_host(host)
    return list(found)


async def _in_thread(host: str, port: int) -> list[Any]:
    """Ask the system in a thread of its own.

    The pool that asyncio would take is small, shared with whatever else runs in threads, and
    waited for at the end; a name server that is silent would hold up all of that.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Any]] = loop.create_future()

    def settle(found: list[Any] | None, error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found or [])

    def ask() -> None:
        found, failure = None, None
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, ValueError) as error:
            failure = error
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, found, failure)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    return await answer
