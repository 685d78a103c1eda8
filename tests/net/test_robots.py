from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from kaltimtui.errors import FetchError
from kaltimtui.net import robots as robots_module
from kaltimtui.net.client import Client
from kaltimtui.net.robots import LONGEST_DELAY, SIZE_LIMIT, Robots

if TYPE_CHECKING:
    from collections.abc import Callable

RULES = """
User-agent: *
Disallow: /admin
Disallow: /*.pdf$
Crawl-delay: 2.5

User-agent: kaltimtui
Disallow: /rahasia
Crawl-delay: 600

Sitemap: https://warta.example/sitemap.xml
Sitemap: /berita.xml
Sitemap: javascript:alert(1)
Sitemap: https://warta.example/sitemap.xml
"""
SITE = "https://warta.example"


class Site:
    """Gives its rules, and counts who asks."""

    def __init__(self, reply: Callable[[httpx.Request], httpx.Response]) -> None:
        self.asked: list[str] = []
        self.reply = reply

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        return self.reply(request)

    def client(self) -> Client:
        return Client(transport=httpx.MockTransport(self))


def saying(body: str | bytes, status: int = 200) -> Site:
    return Site(lambda _request: httpx.Response(status, content=body))


async def test_the_rules_for_us_go_before_those_for_all() -> None:
    site = saying(RULES)
    async with site.client() as client:
        robots = Robots(client)
        assert await robots.allowed(f"{SITE}/berita/1")
        assert await robots.allowed(f"{SITE}/admin")
        assert not await robots.allowed(f"{SITE}/rahasia/1")
        assert await robots.delay(SITE) == LONGEST_DELAY
        assert await robots.sitemaps(SITE) == (f"{SITE}/sitemap.xml", f"{SITE}/berita.xml")
    assert site.asked == [f"{SITE}/robots.txt"]


async def test_the_rules_for_all_hold_where_there_are_none_for_us() -> None:
    async with saying(RULES.split("User-agent: kaltimtui")[0]).client() as client:
        robots = Robots(client)
        assert not await robots.allowed(f"{SITE}/admin/1")
        assert not await robots.allowed(f"{SITE}/berkas/a.pdf")
        assert await robots.allowed(f"{SITE}/berkas/a.pdf?unduh")
        assert await robots.delay(SITE) == 2.5


@pytest.mark.parametrize("status", [200, 404])
async def test_rules_are_read_off_the_loop(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    real = robots_module._parsed

    def parsed(said: str) -> object:
        threads.append(threading.get_ident())
        return real(said)

    monkeypatch.setattr(robots_module, "_parsed", parsed)
    async with saying(RULES, status).client() as client:
        await Robots(client).allowed(f"{SITE}/berita/1")
    assert len(threads) == 1
    assert threads != [threading.get_ident()]


async def test_each_origin_is_asked_once_however_many_want_to_know() -> None:
    site = saying("User-agent: *\nDisallow: /")
    async with site.client() as client:
        robots = Robots(client)
        urls = [f"{SITE}/{number}" for number in range(9)] + ["http://warta.example:8080/"]
        assert not any(await asyncio.gather(*map(robots.allowed, urls)))
    assert sorted(site.asked) == ["http://warta.example:8080/robots.txt", f"{SITE}/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_a_site_without_rules_wants_all_of_it_fetched(status: int) -> None:
    async with saying("User-agent: *\nDisallow: /", status).client() as client:
        robots = Robots(client)
        assert await robots.allowed(f"{SITE}/")
        assert await robots.sitemaps(SITE) == ()
        assert await robots.delay(SITE) is None


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_site_that_cannot_say_is_left_alone_for_now(status: int) -> None:
    site = Site(lambda _request: httpx.Response(status, headers={"Retry-After": "60"}))
    async with site.client() as client:
        robots = Robots(client)
        for _again in range(2):
            with pytest.raises(FetchError, match=r"robots\.txt") as caught:
                await robots.allowed(f"{SITE}/")
            assert (caught.value.reason, caught.value.status) == ("status", status)
            assert caught.value.retry_after == (None if status == 500 else 60.0)
    assert len(site.asked) == 1


async def test_a_site_that_is_not_there_is_no_site_that_refuses() -> None:
    def silent(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("none")

    async with Site(silent).client() as client:
        with pytest.raises(FetchError) as caught:
            await Robots(client).allowed(f"{SITE}/")
    assert caught.value.reason == "connect"


async def test_what_the_user_typed_on_his_own_network_may_be_without_rules() -> None:
    for site in (saying("", 500), Site(lambda _request: httpx.Response(302))):
        async with site.client() as client:
            url = "http://127.0.0.1:8080/berita"
            assert await Robots(client).allowed(url, frozenset({"127.0.0.1"}))


async def test_rules_that_lead_in_circles_are_none() -> None:
    async with Site(
        lambda request: httpx.Response(302, headers={"Location": str(request.url)})
    ).client() as client:
        assert await Robots(client).allowed(f"{SITE}/")


async def test_rules_are_read_to_their_limit() -> None:
    rules = b"User-agent: *\nDisallow: /awal\n"
    body = rules + b"#" * (SIZE_LIMIT - len(rules)) + b"\nDisallow: /akhir\n"
    async with saying(body).client() as client:
        robots = Robots(client)
        assert not await robots.allowed(f"{SITE}/awal")
        assert await robots.allowed(f"{SITE}/akhir")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe\x1b[2J",
        b"<html><body>Halaman tidak ditemukan</body></html>",
        b"Crawl-delay: nan\nUser-agent: *\nCrawl-delay: inf\nCrawl-delay: -1",
        "\ufeffUser-agent: *\nDisallow:".encode(),
        b"User-agent: *\nRequest-rate: 1/0s 9999-9999\nVisit-time: x\nDisallow: /[(*",
    ],
)
async def test_rules_that_are_none_forbid_nothing(body: bytes) -> None:
    async with saying(body).client() as client:
        robots = Robots(client)
        assert await robots.allowed(f"{SITE}/berita/\u00e9?a=%zz")
        assert await robots.delay(SITE) is None


async def test_rules_full_of_stars_take_no_time() -> None:
    async with saying(f"User-agent: *\nDisallow: /{'*a' * 2000}b").client() as client:
        assert await Robots(client).allowed(f"{SITE}/{'a' * 8000}")
