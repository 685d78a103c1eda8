from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui.dates import WITA
from kaltimtui.errors import FetchError
from kaltimtui.models import Source, Validators
from kaltimtui.parsing import sites
from kaltimtui.refresh import notes
from kaltimtui.refresh.notes import BATCH, Notes
from kaltimtui.refresh.pool import WINDOW
from kaltimtui.refresh.walk import FIRST, LISTS, WalkResult, walk

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence
    from pathlib import Path

    from tests.refresh.conftest import Rules, Shelf, Web

    from kaltimtui.refresh.ports import Read

    Story = Callable[[int], tuple[str, str]]
    Walk = Callable[..., Awaitable[WalkResult]]
    Template = Callable[["Site", int, Sequence[int]], str]

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
PORTAL = "https://www.kaltimprov.go.id"
NOTHING = Validators()
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"


def moment(number: int) -> datetime:
    """When an article was published: the higher its number, the older it is."""
    return datetime(2026, 11, 24, 7, 0, tzinfo=WITA) - timedelta(hours=number)


def stamp(number: int) -> str:
    at = moment(number)
    return f"{at.day:02} {MONTHS.split()[at.month - 1]} {at.year} Jam {at:%H:%M:%S}"


class Site:
    """A portal of numbered articles in one template, put into the fake web page by page."""

    def __init__(self, web: Web, story: Story, origin: str, path: str, template: Template) -> None:
        self.web = web
        self.story = story
        self.origin = origin
        self.path = path
        self.template = template

    def slug(self, number: int) -> str:
        return f"warga-menanam-bibit-pohon-{number}"

    def url(self, number: int) -> str:
        at = moment(number)
        return self.origin + self.path.format(slug=self.slug(number), at=at)

    def link(self, number: int) -> str:
        return f'<a href="{self.url(number)}">{self.story(number)[0]}</a>'

    def put(self, number: int, *related: int) -> None:
        self.web.put(self.url(number), self.template(self, number, related))

    def chain(self, numbers: Iterable[int]) -> list[str]:
        """Articles of which each names the next two, the last ones the first."""
        order = list(numbers)
        for place, number in enumerate(order):
            following = [order[(place + step) % len(order)] for step in (1, 2)]
            self.put(number, *following)
        return [self.url(number) for number in order]

    def front(self, numbers: Iterable[int], more: str = "") -> None:
        links = "".join(f"<li>{self.link(number)}</li>" for number in numbers)
        page = f"<title>Portal Kabar</title><ul>{links}</ul>{more}"
        self.web.put(self.origin + "/", f"<html><body>{page}</body></html>")


def old(site: Site, number: int, related: Sequence[int]) -> str:
    title, told = site.story(number)
    items = "".join(
        f"<div><h4>{site.link(item)}</h4><small>{stamp(item)}</small><span>Sosial</span></div>"
        for item in related
    )
    return (
        f"<html><head><title>{title} | Portal</title></head><body><h1>{title}</h1>"
        f"<div>{told}<p>(jay/hmsprov)</p></div><aside><h3>Berita Terkait</h3>{items}</aside>"
    )


def new(site: Site, number: int, related: Sequence[int]) -> str:
    title, told = site.story(number)
    items = "".join(f"<a href='{site.url(item)}'><div>Berita lain</div></a>" for item in related)
    return (
        f"<!doctype html><html><head><title>Detail Berita</title></head><body><main>"
        f"<h2 class='text-3xl'>{title}</h2><div class='prose'>{told}</div></main>{items}</body>"
    )


def wordpress(site: Site, number: int, related: Sequence[int]) -> str:
    title, told = site.story(number)
    nav = "".join(f"<div class='nav-previous'>{site.link(item)}</div>" for item in related)
    return (
        f"<html><head><title>{title} &#8211; Dinas</title><meta name='generator'"
        f" content='WordPress 6'></head><body><article><h1 class='entry-title'>{title}</h1>"
        f"<div class='entry-content'>{told}</div></article><nav>{nav}</nav>"
    )


def application(site: Site, number: int, related: Sequence[int]) -> str:
    title, told = site.story(number)
    items = [
        {
            "judul": site.story(item)[0],
            "url": site.url(item),
            "tanggal": moment(item).strftime("%Y-%m-%d %H:%M:%S"),
        }
        for item in related
    ]
    props = {"berita": {"judul": title, "isi": told, "slug": site.slug(number)}, "terkait": items}
    page = escape(json.dumps({"component": "Berita", "props": props}))
    return f"<html><head><title>{title}</title></head><body><div id='app' data-page='{page}'></div>"


def portal(web: Web, story: Story, template: Template = old, path: str = "/berita/{slug}") -> Site:
    return Site(web, story, PORTAL, path, template)


@pytest.fixture
def go(web: Web, rules: Rules, shelf: Shelf, read: Read) -> Walk:
    """Walk through the fake web."""

    async def start(
        url: str = PORTAL + "/",
        *,
        private: bool = False,
        validators: Validators = NOTHING,
        backfill: int = 0,
        report: Callable[[int, int], None] = lambda _pages, _new: None,
    ) -> WalkResult:
        source = Source(1, "Portal", "portal", url, private=private, validators=validators)
        return await walk(
            source,
            client=web,
            robots=rules,
            shelf=shelf,
            read=read,
            backfill=backfill,
            report=report,
            now=NOW,
        )

    return start


# --- Every article once ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "path", "template"),
    [
        (PORTAL, "/berita/{slug}", old),
        (PORTAL, "/detailberita/{slug}", new),
        ("https://dinas.kaltimprov.go.id", "/{at:%Y/%m/%d}/{slug}/", wordpress),
        (PORTAL, "/detailberita/{slug}", application),
    ],
)
async def test_every_article_of_a_portal_is_found_once(
    web: Web, shelf: Shelf, story: Story, go: Walk, origin: str, path: str, template: Template
) -> None:
    site = Site(web, story, origin, path, template)
    urls = site.chain(range(30))
    site.front(range(3))
    done = await go(origin + "/")
    assert sorted(shelf.kept) == sorted(urls)
    assert [shelf.articles[url].title for url in urls] == [story(number)[0] for number in range(30)]
    assert all(article.url == url for url, article in shelf.articles.items())
    assert (done.new, done.pages, done.failures) == (30, 31, ())
    assert sum("pohon-7" in url for url in web.asked) == 1


async def test_the_four_forms_of_a_host_are_one(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    forms = [
        f"{scheme}://{www}kaltimprov.go.id" for scheme in ("http", "https") for www in ("", "www.")
    ]
    for number in range(8):
        site.put(number)
    links = "".join(
        f'<a href="{form}/berita/{site.slug(number)}{end}">Kabar</a>'
        for number in range(8)
        for form, end in zip(forms, ("", "/", "?utm_source=wa", "#isi"), strict=True)
    )
    web.put(PORTAL, f"<html><body>{links}</body></html>")
    await go("http://kaltimprov.go.id/")
    assert sorted(shelf.kept) == sorted(site.url(number) for number in range(8))
    # Asked for where the front page answered, whatever the address they are kept under.
    assert all(url.startswith("http://kaltimprov.go.id/") for url in web.asked)


async def test_a_front_page_drawn_from_json_is_read(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story, application, "/detailberita/{slug}")
    urls = site.chain(range(6))
    items = [{"judul": story(number)[0], "slug": site.slug(number)} for number in range(2)]
    page = json.dumps({"props": {"pageProps": {"berita": items}}})
    web.put(PORTAL, f"<div id=app></div><script id=__NEXT_DATA__ type=x>{page}</script>")
    await go()
    assert sorted(shelf.kept) == sorted(urls)


async def test_a_site_without_a_profile_is_walked_by_the_forms_of_its_links(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = Site(web, story, "http://www.kabarhulu.example", "/baca/{slug}.html", wordpress)
    urls = site.chain(range(9))
    site.front(range(4), '<a href="http://kabarhulu.example/tentang">Tentang</a>')
    await go("http://kabarhulu.example/")
    bare = [url.replace("www.", "") for url in urls]
    assert sorted(shelf.kept) == sorted(bare)


async def test_links_in_circles_end(web: Web, shelf: Shelf, story: Story, go: Walk) -> None:
    site = portal(web, story)
    for number in range(3):
        site.put(number, 0, 1, 2)
    site.front([0, 1])
    assert (await go()).new == 3
    assert len(web.asked) == 4


# --- What an ordinary walk reads ------------------------------------------------------------------


async def test_known_articles_are_not_fetched_again(
    web: Web, rules: Rules, shelf: Shelf, story: Story, go: Walk
) -> None:
    rules.maps = (f"{PORTAL}/sitemap-news.xml",)
    site = portal(web, story)
    site.chain(range(1, 6))
    site.front(range(1, 6), '<a href="/kategori/sosial">Sosial</a>')
    await go()
    shelf.newest_at = int(moment(1).timestamp())
    web.asked.clear()
    assert (await go()).new == 0
    assert web.asked == [PORTAL + "/"]
    site.put(0, 1, 2)
    site.front(range(6))
    web.asked.clear()
    assert (await go()).new == 1
    assert web.asked_for("pohon") == [site.url(0)]


async def test_the_first_walk_reads_the_newest_and_the_rest_waits(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.chain(range(60))
    site.put(0, *reversed(range(20, 60)))
    site.front(range(20))
    await go()
    # Several are under way at once, so that a few were asked for before all were named.
    assert set(shelf.kept) >= {site.url(number) for number in range(FIRST - WINDOW)}
    assert len(shelf.kept) == FIRST
    assert len(shelf.kept) + len(shelf.frontier) == 60


async def test_later_walks_follow_what_is_newer_and_leave_the_old(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    shelf.newest_at = int(moment(5).timestamp())
    site = portal(web, story)
    for number in range(12):
        site.put(number)
    site.put(2, 0, 1, 8, 9)
    site.front([2, 7])
    await go()
    assert sorted(shelf.kept) == sorted(site.url(number) for number in (0, 1, 2, 7))
    assert shelf.frontier == {site.url(n): int(moment(n).timestamp()) for n in (8, 9)}


async def test_news_from_the_future_is_taken_as_undated(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    shelf.newest_at = int(moment(5).timestamp())
    site = portal(web, story)
    site.put(0, -100)
    site.put(-100)
    site.front([0])
    await go()
    assert shelf.kept == [site.url(0)]
    assert shelf.frontier == {site.url(-100): None}


async def test_an_address_waits_with_its_date_as_soon_as_one_is_known(shelf: Shelf) -> None:
    taken = Notes(shelf)
    taken.find([("a", None), ("b", 7)])
    taken.find([("a", 5), ("b", None)])
    await taken.settle()
    assert shelf.frontier == {"a": 5, "b": 7}


async def test_an_unchanged_front_page_ends_the_walk(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.chain(range(3))
    site.front(range(3))
    web.validators["kaltimprov.go.id/"] = Validators('"a"')
    first = await go()
    assert first.validators == Validators('"a"')
    again = await go(validators=first.validators)
    assert (again.http_status, again.pages, again.validators) == (304, 0, None)


async def test_a_front_page_is_read_again_where_something_failed(
    web: Web, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.chain(range(3))
    site.front(range(3))
    web.validators["kaltimprov.go.id/"] = Validators('"a"')
    web.fail(site.url(1), "timeout")
    assert (await go()).validators == Validators()


async def test_lists_are_read_where_the_front_page_brought_news(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    for number in range(14):
        site.put(number)
    site.front(range(2), '<a href="/kategori/sosial">Sosial</a><a href="/?page=2">2</a>')
    second = "".join(site.link(number) for number in range(2, 6))
    web.put(f"{PORTAL}/?page=2", f'{second}<a href="/?page=1">1</a><a href="/?page=3">3</a>')
    third = "".join(site.link(number) for number in range(6, 10))
    web.put(f"{PORTAL}/?page=3", f'{third}<a href="/?page=2">2</a>')
    web.put(f"{PORTAL}/kategori/sosial", "".join(site.link(number) for number in range(10, 14)))
    await go()
    assert len(shelf.kept) == 14
    assert len(web.asked_for("page=")) == 2


async def test_lists_of_what_is_known_lead_no_further(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    for number in range(30):
        site.put(number)
    shelf.newest_at = int(moment(5).timestamp())
    for number in range(4, 20):
        shelf.articles[site.url(number)] = None  # type: ignore[assignment]  # whatever it is
    site.front(range(3), '<a href="/?page=2">2</a>')
    second = "".join(site.link(number) for number in range(3, 8))
    web.put(f"{PORTAL}/?page=2", f'{second}<a href="/?page=3">3</a>')
    await go()
    assert sorted(shelf.kept) == sorted(site.url(number) for number in range(4))
    assert len(web.asked_for("page=")) == 1


async def test_a_calendar_without_end_is_left(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.chain(range(6))
    site.front(range(6), '<a href="/agenda?bulan=1" rel="next">Berikutnya</a>')
    for month in range(1, 500):
        web.put(
            f"{PORTAL}/agenda?bulan={month}",
            f'<a href="/agenda?bulan={month + 1}">Berikutnya</a>{site.link(1)}',
        )
    await go(backfill=100)
    assert 0 < len(web.asked_for("agenda")) <= 5
    assert len(shelf.kept) == 6


async def test_pages_of_lists_without_end_are_bounded(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    shelf.newest_at = int(moment(5).timestamp())
    site = portal(web, story)
    site.put(0)
    site.front([0], '<a href="/?page=2">2</a>')
    for page in range(2, 100):
        numbers = range(page * 2, page * 2 + 2)
        links = "".join(site.link(number) for number in numbers)
        web.put(f"{PORTAL}/?page={page}", f'{links}<a href="/?page={page + 1}">{page + 1}</a>')
    await go()
    assert len(web.asked_for("page=")) == LISTS


async def test_announced_feeds_and_news_sitemaps_name_articles(
    web: Web, rules: Rules, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    for number in range(5):
        site.put(number)
    site.front(
        [0], '<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="Kabar">'
    )
    item = f"<item><title>Kabar</title><link>{site.url(1)}</link></item>"
    web.put(f"{PORTAL}/rss.xml", f"<rss version='2.0'><channel>{item}</channel></rss>")
    rules.maps = (f"{PORTAL}/sitemap-news.xml", f"{PORTAL}/sitemap.xml")
    named = "".join(f"<url><loc>{site.url(number)}</loc></url>" for number in (2, 3))
    web.put(f"{PORTAL}/sitemap-news.xml", f"<urlset>{named}</urlset>")
    await go()
    assert sorted(shelf.kept) == sorted(site.url(number) for number in range(4))
    assert not web.asked_for("/sitemap.xml")


async def test_a_front_page_that_names_nothing_is_made_up_for_by_the_sitemap(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    urls = site.chain(range(4))
    web.put(PORTAL, "<html><body><div id=app>Memuat</div></body></html>")
    named = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    web.put(f"{PORTAL}/sitemap.xml", f"<urlset>{named}</urlset>")
    await go()
    assert sorted(shelf.kept) == sorted(urls)


@pytest.mark.usefixtures("no_profiles_left")
async def test_the_profile_of_a_user_says_where_to_begin(
    web: Web, shelf: Shelf, story: Story, go: Walk, tmp_path: Path
) -> None:
    (tmp_path / "hulu.toml").write_text(
        'name = "Hulu"\nhosts = ["kabarhulu.example"]\narticles = ["/k/{slug}"]\n'
        'starts = ["/", "/indeks"]\nfeeds = ["/umpan"]\nscheme = "http"\ndelay = 3\n'
    )
    assert not sites.use_profiles(tmp_path)
    site = Site(web, story, "http://kabarhulu.example", "/k/{slug}", wordpress)
    for number in range(3):
        site.put(number)
    site.front([0])
    web.put(f"{site.origin}/indeks", site.link(1))
    item = f"<item><title>Kabar</title><link>{site.url(2)}</link></item>"
    web.put(f"{site.origin}/umpan", f"<rss version='2.0'><channel>{item}</channel></rss>")
    await go("http://kabarhulu.example/")
    assert len(shelf.kept) == 3
    assert {request.gap for request in web.requests[1:]} == {3.0}


# --- What goes wrong ------------------------------------------------------------------------------


async def test_a_redirect_counts_under_where_it_ends(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.put(0)
    site.front([0])
    web.lead(f"{PORTAL}/berita/nama-lama", f"http://kaltimprov.go.id/berita/{site.slug(0)}/")
    web.lead(f"{PORTAL}/berita/hilang", f"{PORTAL}/")
    web.lead(f"{PORTAL}/berita/keluar", "https://lain.example/berita/a")
    web.put("https://lain.example/berita/a", old(site, 3, ()))
    names = ("nama-lama", "hilang", "keluar", site.slug(0))
    links = "".join(f'<a href="/berita/{name}">Kabar</a>' for name in names)
    web.put(PORTAL, f"<html><body>{links}</body></html>")
    done = await go()
    assert shelf.kept == [site.url(0)]
    assert not shelf.frontier
    assert not done.failures


async def test_an_article_of_two_addresses_is_read_once(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    for number in range(12):
        site.put(number)
    site.put(30)
    shelf.articles[site.url(30)] = None  # type: ignore[assignment]  # whatever it is
    web.lead(f"{PORTAL}/berita/lama", site.url(11))
    web.lead(f"{PORTAL}/berita/dulu", site.url(30))
    old_names = '<a href="/berita/lama">Lama</a><a href="/berita/dulu">Dulu</a>'
    links = "".join(site.link(number) for number in range(12))
    web.put(PORTAL, f"<html><body>{old_names}{links}</body></html>")
    await go()
    assert sorted(shelf.kept) == sorted(site.url(number) for number in range(12))
    assert web.asked_for("/berita/lama") == [f"{PORTAL}/berita/lama"]
    assert not web.asked_for(site.slug(11))
    assert not shelf.frontier


LOGIN = (
    "<title>Masuk</title><h1>Masuk</h1><form><input name=u><input type=password name=p></form>"
    "<p>Silakan masuk dengan akun pegawai untuk membaca halaman ini. Hubungi admin bila lupa.</p>"
)
NO_ARTICLES = {
    "login": LOGIN,
    "pintu": LOGIN + "<p>SAMARINDA - Pintu ini dijaga oleh petugas yang ramah setiap hari.</p>",
    "hilang": "<title>404 Not Found</title><h1>Halaman tidak ditemukan</h1><p>Maaf.</p>",
    "dijual": "<title>contoh.example</title><p>This domain is for sale. Buy this domain now.</p>",
    "kosong": "<html><body></body></html>",
    "dokumen": "%PDF-1.4 bukan halaman",
}


async def test_pages_that_are_no_article_are_not_kept_and_not_asked_again(
    web: Web, rules: Rules, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.put(0)
    for name, page in NO_ARTICLES.items():
        web.put(f"{PORTAL}/berita/{name}", page)
    rules.forbidden = ("/berita/rahasia",)
    names = (*NO_ARTICLES, "tidak-ada", "rahasia", site.slug(0))
    links = "".join(f'<a href="/berita/{name}">Kabar</a>' for name in names)
    web.put(PORTAL, f"<html><body>{links}</body></html>")
    done = await go()
    assert shelf.kept == [site.url(0)]
    assert not shelf.frontier
    assert done.failures == ()
    web.asked.clear()
    await go()
    assert web.asked == [PORTAL + "/"]


async def test_a_page_that_fails_stops_nothing_and_waits(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.chain(range(6))
    site.front(range(6))
    web.fail(site.url(2), "timeout")
    done = await go()
    assert done.new == 5
    assert list(shelf.frontier) == [site.url(2)]
    assert done.failures == ("/berita/warga-menanam-bibit-pohon-2: timeout None",)
    del web.failures["kaltimprov.go.id/berita/warga-menanam-bibit-pohon-2"]
    assert (await go()).new == 1
    assert not shelf.frontier


async def test_a_reader_that_breaks_on_one_page_stops_nothing(
    web: Web, rules: Rules, shelf: Shelf, story: Story, read: Read
) -> None:
    site = portal(web, story)
    site.chain(range(4))
    site.front(range(4))

    async def breaks(how: Callable[..., Any], data: bytes, url: str) -> Any:
        if url.endswith("-2"):
            raise RecursionError
        return await read(how, data, url)

    source = Source(1, "Portal", "portal", PORTAL + "/")
    done = await walk(source, client=web, robots=rules, shelf=shelf, read=breaks, now=NOW)
    assert (done.new, len(done.failures)) == (3, 1)


async def test_a_server_that_asks_for_silence_gets_it(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.front(range(30))
    for number in range(30):
        web.fail(site.url(number), "status", 429)
    done = await go(backfill=100)
    assert done.retry_after == 90
    assert len(web.asked) <= 1 + WINDOW
    assert len(shelf.frontier) == 30


async def test_a_server_that_fails_again_and_again_is_left_alone(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.front(range(40))
    for number in range(40):
        web.fail(site.url(number), "connect")
    done = await go(backfill=100)
    assert len(web.asked) < 20
    assert done.failures


async def test_the_front_page_fails_for_all_where_nothing_else_is_there(web: Web, go: Walk) -> None:
    web.fail(PORTAL, "status", 500)
    with pytest.raises(FetchError) as caught:
        await go()
    assert caught.value.status == 500
    web.fail(PORTAL, "resolve")
    web.asked.clear()
    with pytest.raises(FetchError, match="resolve"):
        await go()
    assert len(web.asked) == 1


async def test_a_failed_front_page_is_made_up_for_by_the_sitemap(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    urls = site.chain(range(3))
    web.fail(PORTAL, "status", 500)
    named = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    web.put(f"{PORTAL}/sitemap.xml", f"<urlset>{named}</urlset>")
    done = await go()
    assert (done.new, done.http_status, len(done.failures)) == (3, 500, 1)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (LOGIN, "meminta masuk"),
        ("<p>Selamat datang di situs ini, yang masih kosong.</p>", "www.kaltimprov.go.id"),
    ],
)
async def test_a_front_page_without_articles_is_said(
    web: Web, go: Walk, page: str, said: str
) -> None:
    web.put(PORTAL, page)
    with pytest.raises(FetchError, match=said) as caught:
        await go()
    assert caught.value.reason == "content"


async def test_what_the_site_does_not_want_is_not_fetched(web: Web, rules: Rules, go: Walk) -> None:
    rules.forbidden = (PORTAL,)
    with pytest.raises(FetchError) as caught:
        await go()
    assert caught.value.reason == "robots"
    assert not web.asked


async def test_only_the_typed_host_may_be_private(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    web.private = {"127.0.0.1", "10.0.0.9"}
    site = Site(web, story, "http://127.0.0.1:8000", "/berita/{slug}", old)
    urls = site.chain(range(4))
    site.front(range(4), '<link rel=alternate type="application/rss+xml" href="http://10.0.0.9/f">')
    await go("http://127.0.0.1:8000/", private=True)
    assert sorted(shelf.kept) == sorted(urls)
    assert {request.private for request in web.requests} == {frozenset({"127.0.0.1:8000"})}
    with pytest.raises(FetchError, match="private"):
        await go("http://127.0.0.1:8000/")


# --- Backfill -------------------------------------------------------------------------------------


def archive(web: Web, story: Story, articles: int) -> Site:
    """A portal of which the front page shows five articles and lists of ten show the rest."""
    site = portal(web, story, new, "/detailberita/{slug}")
    for number in range(articles):
        site.put(number)
    site.front(range(5), '<a href="/berita">Berita</a>')
    for page in range(articles // 10):
        numbers = range(page * 10, page * 10 + 10)
        links = "".join(site.link(number) for number in numbers)
        name = "" if page == 0 else f"?page={page + 1}"
        web.put(f"{PORTAL}/berita{name}", f'{links}<a href="/berita?page={page + 2}">»</a>')
    return site


async def test_a_backfill_reads_as_many_as_it_is_told(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    archive(web, story, 150)
    await go()
    before = len(shelf.kept)
    await go(backfill=30)
    assert len(shelf.kept) == before + 30
    assert len(set(shelf.kept)) == len(shelf.kept)
    assert max(shelf.batches) <= BATCH


async def test_what_comes_up_by_the_way_counts_for_a_backfill(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    shelf.newest_at = int(moment(5).timestamp())
    site = portal(web, story)
    for number in range(60):
        site.put(number)
    # In front stand two that are new, known by the dates beside them, and many that are old.
    site.put(3, 0, 1)
    site.front([3, *range(20, 40)])
    named = "".join(f"<url><loc>{site.url(number)}</loc></url>" for number in range(40, 60))
    web.put(f"{PORTAL}/sitemap.xml", f"<urlset>{named}</urlset>")
    done = await go(backfill=8)
    news = {site.url(number) for number in (0, 1)}
    assert news <= set(shelf.kept)
    assert (len(shelf.kept), done.new) == (2 + 8, 10)
    assert not set(shelf.kept) & shelf.frontier.keys()
    assert not shelf.refused, "what was read in vain waits"


async def test_pages_without_an_article_are_made_up_for_in_a_backfill(
    web: Web, rules: Rules, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = archive(web, story, 150)
    rules.forbidden = (f"{site.slug(45)}", f"{site.slug(47)}")
    del web.pages[f"kaltimprov.go.id/detailberita/{site.slug(50)}"]
    await go(backfill=60)
    assert len(shelf.kept) == 60


async def test_the_first_walk_with_a_backfill_brings_no_more_than_that(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    archive(web, story, 150)
    await go(backfill=60)
    assert len(shelf.kept) == 60
    await go(backfill=7)
    assert len(shelf.kept) == 67


async def test_an_ordinary_walk_takes_up_what_a_stopped_one_left(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    for number in range(9):
        site.put(number)
    site.front([5])
    web.validators["kaltimprov.go.id/"] = Validators('"a"')
    shelf.newest_at = int(moment(5).timestamp())
    shelf.articles[site.url(5)] = None  # type: ignore[assignment]  # whatever it is
    shelf.frontier = {site.url(n): int(moment(n).timestamp()) for n in (2, 3, 7)}
    shelf.frontier |= {site.url(4): None, site.url(8): None, f"{PORTAL}/kategori/sosial": None}
    shelf.left_over = {site.url(4), f"{PORTAL}/kategori/sosial"}
    done = await go(validators=Validators('"a"'))
    assert (done.http_status, done.new) == (304, 3)
    assert sorted(shelf.kept) == sorted(site.url(number) for number in (2, 3, 4))
    assert shelf.frontier.keys() == {site.url(7), site.url(8), f"{PORTAL}/kategori/sosial"}


async def test_articles_are_told_of_while_a_walk_goes_on(
    web: Web, shelf: Shelf, story: Story, go: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "PATIENCE", -1.0)
    site = portal(web, story)
    site.chain(range(30))
    site.front(range(3))
    told: list[tuple[int, int]] = []
    await go(report=lambda pages, new: told.append((pages, new)))
    assert [pages for pages, _new in told] == list(range(1, 32))
    assert 0 < told[15][1] < told[-1][1] < 31


async def test_a_backfill_goes_on_where_it_ended_until_nothing_is_left(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = archive(web, story, 150)
    for _time in range(6):
        await go(backfill=30)
    assert sorted(shelf.kept) == sorted(site.url(number) for number in range(150))
    web.asked.clear()
    await go(backfill=30)
    assert not web.asked_for("pohon")


async def test_a_backfill_reads_sitemaps_newest_first(
    web: Web, rules: Rules, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    for number in range(90):
        site.put(number)
    site.front([0])
    rules.maps = (f"{PORTAL}/indeks.xml",)
    web.put(
        f"{PORTAL}/indeks.xml",
        f"<sitemapindex><sitemap><loc>{PORTAL}/isi.xml</loc></sitemap></sitemapindex>",
    )
    named = "".join(
        f"<url><loc>{site.url(number)}</loc><lastmod>{moment(number).isoformat()}</lastmod></url>"
        for number in reversed(range(1, 90))
    )
    web.put(f"{PORTAL}/isi.xml", f"<urlset>{named}</urlset>")
    await go()
    await go(backfill=20)
    assert set(shelf.kept) == {site.url(number) for number in range(21)}


async def test_a_walk_can_be_cancelled_and_keeps_what_was_read(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    urls = site.chain(range(30))
    site.front(range(30))
    seen: list[int] = []
    walking: list[asyncio.Task[WalkResult]] = []

    def report(pages: int, _new: int) -> None:
        seen.append(pages)
        if pages == 12:
            walking[0].cancel()

    walking.append(asyncio.create_task(go(report=report)))  # type: ignore[arg-type]  # a coroutine
    with pytest.raises(asyncio.CancelledError):
        await walking[0]
    assert seen == list(range(1, len(seen) + 1))
    assert 9 <= len(shelf.kept) < 30
    assert set(shelf.kept) | set(shelf.frontier) == set(urls)
    await go()
    assert sorted(shelf.kept) == sorted(urls)


async def test_a_silent_server_does_not_hold_up_the_end(
    web: Web, shelf: Shelf, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.chain(range(9))
    site.front(range(9))
    web.silent = "pohon"
    walking = asyncio.ensure_future(go())
    await web.silence.wait()
    walking.cancel()
    async with asyncio.timeout(5):
        with pytest.raises(asyncio.CancelledError):
            await walking
    assert len(shelf.frontier) == 9


async def test_several_pages_are_under_way_at_once(web: Web, story: Story, go: Walk) -> None:
    site = portal(web, story)
    site.chain(range(30))
    site.front(range(30))
    await go()
    assert web.most_at_once == WINDOW


async def test_the_site_may_ask_for_longer_pauses(
    web: Web, rules: Rules, story: Story, go: Walk
) -> None:
    site = portal(web, story)
    site.chain(range(3))
    site.front(range(3))
    rules.seconds = 5.0
    await go()
    assert {request.gap for request in web.requests[1:]} == {5.0}
    web.requests.clear()
    rules.seconds = None
    site.put(9)
    site.front([9])
    await go()
    assert {request.gap for request in web.requests[1:]} == {1.0}
