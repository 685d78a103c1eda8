"""A web of pages, a shelf and rules, all in memory: what walks and discoveries are tried on."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from kaltimtui.errors import FetchError
from kaltimtui.models import Validators
from kaltimtui.net import guard
from kaltimtui.net.client import Response
from kaltimtui.parsing import sites

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kaltimtui.errors import FetchReason
    from kaltimtui.models import ArticleData
    from kaltimtui.net.client import Request
    from kaltimtui.refresh.ports import Read

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
HOPS = 10


def _bare(url: str) -> str:
    """An address as the fake web knows it: both schemes and both forms of a host are one."""
    parts = urlsplit(url)
    path = parts.path or "/"
    return parts.netloc.removeprefix("www.") + path + (f"?{parts.query}" if parts.query else "")


@dataclass
class Web:
    """Pages by address. What is not there is a 404."""

    pages: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    permanent: set[str] = field(default_factory=set)
    failures: dict[str, FetchError] = field(default_factory=dict)
    validators: dict[str, Validators] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)
    """Hosts that only those who typed them may reach."""
    closed: set[str] = field(default_factory=set)
    """Schemes that nothing answers to."""
    doors: dict[str, Exception] = field(default_factory=dict)
    """Hosts, with their ports, with whom no secure connection can be had, and why."""
    asked: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    most_at_once: int = 0
    silent: str | None = None
    """Addresses with this text in them are never answered."""
    silence: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once such an address was asked for."""
    _at_once: int = 0

    def put(self, url: str, body: str | bytes) -> None:
        self.pages[_bare(url)] = body.encode() if isinstance(body, str) else body

    def lead(self, url: str, onward: str, *, permanent: bool = False) -> None:
        self.redirects[_bare(url)] = onward
        if permanent:
            self.permanent.add(_bare(url))

    def fail(self, url: str, reason: FetchReason, status: int | None = None) -> None:
        said = f"{reason} {status}"
        self.failures[_bare(url)] = FetchError(said, reason=reason, status=status, retry_after=90)

    def asked_for(self, *parts: str) -> list[str]:
        """The addresses that were asked for with one of some texts in them."""
        return [url for url in self.asked if any(part in url for part in parts)]

    async def fetch(self, request: Request) -> Response:
        self.asked.append(request.url)
        self.requests.append(request)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            if self.silent and self.silent in request.url:
                self.silence.set()
                await asyncio.Event().wait()
            await asyncio.sleep(0)
            return self._answer(request)
        finally:
            self._at_once -= 1

    def _answer(self, request: Request) -> Response:
        url, permanent = request.url, None
        for _hop in range(HOPS):
            host = urlsplit(url).hostname or ""
            if urlsplit(url).scheme in self.closed:
                raise FetchError("closed", reason="connect")
            if urlsplit(url).scheme == "https" and (why := self.doors.get(urlsplit(url).netloc)):
                raise FetchError("tls", reason="tls") from why
            if host in self.private and guard.place(url) not in request.private:
                raise FetchError("private", reason="private")
            onward = self.redirects.get(_bare(url))
            if onward is None:
                return self._page(url, permanent, request)
            permanent = onward if _bare(url) in self.permanent else None
            url = onward
        raise FetchError("circles", reason="redirects")

    def _page(self, url: str, permanent: str | None, request: Request) -> Response:
        bare = _bare(url)
        if bare in self.failures:
            raise self.failures[bare]
        given = self.validators.get(bare, Validators())
        if given.etag and request.validators == given:
            return Response(url, 304, {}, b"", given, 0, permanent)
        if bare not in self.pages:
            raise FetchError("404", reason="status", status=404)
        body = self.pages[bare]
        return Response(url, 200, {}, body, given, len(body), permanent)


@dataclass
class Rules:
    """What the sites of the fake web want."""

    forbidden: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    seconds: float | None = None

    async def allowed(self, url: str, private: frozenset[str] = frozenset()) -> bool:
        return not any(part in url for part in self.forbidden)

    async def sitemaps(self, origin: str, private: frozenset[str] = frozenset()) -> tuple[str, ...]:
        return self.maps

    async def delay(self, origin: str, private: frozenset[str] = frozenset()) -> float | None:
        return self.seconds


@dataclass
class Shelf:
    """What the store keeps of a portal."""

    articles: dict[str, ArticleData] = field(default_factory=dict)
    frontier: dict[str, int | None] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    left_over: set[str] = field(default_factory=set)
    """Addresses without a date that a walk found which did not come to its end."""
    batches: list[int] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """In the order they came, each as often as it came."""
    newest_at: int | None = None

    async def known(self, urls: Sequence[str]) -> set[str]:
        return {url for url in urls if url in self.articles or url in self.refused}

    async def newest(self) -> int | None:
        return self.newest_at

    async def keep(self, pages: Sequence[tuple[str, ArticleData]]) -> tuple[int, int]:
        await asyncio.sleep(0)
        self.batches.append(len(pages))
        new = sum(url not in self.articles for url, _article in pages)
        self.articles.update(pages)
        self.kept += [url for url, _article in pages]
        return new, 0

    async def push(self, found: Sequence[tuple[str, int | None]]) -> None:
        for url, seconds in found:
            if url not in self.articles and url not in self.refused:
                self.frontier.setdefault(url, seconds)

    async def pop(self, limit: int) -> list[str]:
        dated = sorted(self.frontier.items(), key=lambda item: -(item[1] or 0))
        return [url for url, _seconds in dated][:limit]

    async def recent(self, newest: int, limit: int) -> list[tuple[str, int | None]]:
        since = self.newest_at or 0
        return [
            (url, seconds)
            for url, seconds in self.frontier.items()
            if (url in self.left_over if seconds is None else seconds > since)
        ][:limit]

    async def done(self, urls: Sequence[str]) -> None:
        for url in urls:
            self.frontier.pop(url, None)
            if url not in self.articles:
                self.refused.add(url)


async def _read(how: Callable[[bytes, str, datetime], Any], data: bytes, url: str) -> Any:
    return how(data, url, NOW)


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def read() -> Read:
    """The real parser, here and now."""
    return _read


@pytest.fixture
def story() -> Callable[[int], tuple[str, str]]:
    """Headline and text of an article, each number another."""

    def tell(number: int) -> tuple[str, str]:
        place = ("hulu", "hilir", "pesisir", "pedalaman")[number % 4]
        title = f"Warga Kampung Nomor {number} Menanam Bibit Pohon di Daerah {place.title()}"
        told = (
            f"<p>SAMARINDA - Warga kampung nomor {number} di daerah {place} menanam bibit pohon"
            " pada lahan kritis di tepi sungai. Kegiatan itu diikuti pelajar, petani, dan pegawai"
            f" dari {number + 3} kantor.</p><p>Kepala kampung mengatakan penanaman akan diteruskan"
            " setiap bulan sampai seluruh tepi sungai kembali hijau. Bibit disediakan pemerintah"
            f" daerah dan dirawat bersama oleh warga selama {number + 1} tahun ke depan.</p>"
        )
        return title, told

    return tell


@pytest.fixture
def no_profiles_left(tmp_path: Path) -> Iterator[None]:
    """No profile of a user outlasts a test."""
    yield
    sites.use_profiles(tmp_path / "nobody's")
