from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.errors import FetchError
from kaltimtui.models import SourceData
from kaltimtui.parsing import sites
from kaltimtui.refresh import discover as discovery
from kaltimtui.refresh.discover import Discovered, discover

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from tests.refresh.conftest import Rules, Web

    from kaltimtui.refresh.ports import Read

    Find = Callable[[str], Awaitable[Discovered]]
    Story = Callable[[int], tuple[str, str]]

SITE = "https://kabarhulu.example"


@pytest.fixture
def find(web: Web, rules: Rules, read: Read) -> Find:
    """Look into an address of the fake web."""
    i18n.set_language("en")

    async def look(url: str) -> Discovered:
        return await discover(url, client=web, robots=rules, read=read)

    return look


def feed(title: str = "Kabar Hulu", entries: int = 1) -> str:
    items = "".join(
        f"<item><title>Kabar {number}</title><link>{SITE}/k/{number}</link></item>"
        for number in range(entries)
    )
    channel = f"<channel><title>{title}</title>{items}</channel>"
    return f"<?xml version='1.0'?><rss version='2.0'>{channel}</rss>"


def front(paths: list[str], head: str = "") -> str:
    links = "".join(f'<li><a href="{path}">Warga kampung menanam pohon</a></li>' for path in paths)
    return f"<html><head><title>Kabar Hulu</title>{head}</head><body><ul>{links}</ul></body></html>"


def announced(*hrefs: str) -> str:
    return "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{href}">' for href in hrefs
    )


def site(web: Web, story: Story, *, articles: bool = True, form: str = "/baca/{}") -> None:
    """A site without feeds, whose pages are articles or are not."""
    slugs = [f"warga-menanam-pohon-{number}" for number in range(5)]
    paths = [form.format(slug) for slug in slugs]
    web.put(SITE, front(paths, '<meta property="og:site_name" content="Warta Hulu">'))
    for number, path in enumerate(paths):
        title, told = story(number)
        body = f"<h1>{title}</h1>{told}" if articles else "<h1>Masuk</h1><p>Silakan masuk.</p>"
        web.put(SITE + path, f"<html><head><title>{title}</title></head><body>{body}</body></html>")


# --- Feeds ----------------------------------------------------------------------------------------


async def test_the_address_of_a_feed_is_taken_as_it_is(web: Web, find: Find) -> None:
    web.put(f"{SITE}/rss.xml", feed())
    found = await find(f"{SITE}/rss.xml")
    assert found == Discovered(
        "feed", SourceData("Kabar Hulu", "feed", f"{SITE}/rss.xml"), "The address is a feed."
    )
    assert len(web.asked) == 1


async def test_a_permanent_redirect_is_followed_for_good(web: Web, find: Find) -> None:
    web.put(f"{SITE}/rss.xml", feed())
    web.lead(f"{SITE}/lama", f"{SITE}/rss.xml", permanent=True)
    web.lead(f"{SITE}/kini", f"{SITE}/rss.xml")
    assert (await find(f"{SITE}/lama")).data.url == f"{SITE}/rss.xml"
    assert (await find(f"{SITE}/kini")).data.url == f"{SITE}/kini"


async def test_a_feed_that_the_page_names_is_taken_if_it_is_one(web: Web, find: Find) -> None:
    web.put(SITE, front([], announced("/mati", "/halaman", "/kosong", "/rss.xml")))
    web.put(f"{SITE}/halaman", front([]))
    web.put(f"{SITE}/kosong", feed("Kosong", 0))
    web.put(f"{SITE}/rss.xml", feed())
    found = await find(SITE)
    assert (found.kind, found.data.url) == ("feed", f"{SITE}/rss.xml")
    assert found.said == "The page names a feed, which was taken."
    web.put(f"{SITE}/rss.xml", feed(entries=0))
    assert (await find(SITE)).data.url == f"{SITE}/kosong"


async def test_the_feed_of_wordpress_is_guessed(web: Web, find: Find) -> None:
    web.put(SITE, front([]))
    web.put(f"{SITE}/feed/", feed())
    found = await find(SITE)
    assert (found.kind, found.data.url) == ("wordpress", f"{SITE}/feed/")
    assert "WordPress" in found.said


async def test_the_feed_of_a_category_comes_before_that_of_the_site(web: Web, find: Find) -> None:
    page = front([], '<meta name="generator" content="WordPress 6.5">')
    web.put(f"{SITE}/category/daerah/", page)
    web.put(f"{SITE}/category/daerah/feed/", feed("Daerah"))
    web.put(f"{SITE}/feed/", feed())
    assert (await find(f"{SITE}/category/daerah/")).data.name == "Daerah"


async def test_a_list_of_subscriptions_is_refused(web: Web, find: Find) -> None:
    web.put(
        SITE, '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.b/c"/></body></opml>'
    )
    with pytest.raises(FetchError, match="list of subscriptions") as caught:
        await find(SITE)
    assert caught.value.reason == "content"


# --- Portals --------------------------------------------------------------------------------------


async def test_a_known_site_is_a_portal(web: Web, find: Find) -> None:
    web.put("https://www.kaltimprov.go.id/profil", front(["/berita/a"]))
    found = await find("https://www.kaltimprov.go.id/profil")
    assert found.kind == "portal"
    assert found.data == SourceData("Portal Kaltim", "portal", "https://www.kaltimprov.go.id/")
    assert found.articles == ()
    assert "known" in found.said


async def test_a_known_site_is_read_as_it_is_known_whatever_feeds_it_has(
    web: Web, find: Find
) -> None:
    known = "https://dinas.kaltimprov.go.id"
    web.put(known, front(["/berita/a"], announced("/rss.xml")))
    web.put(f"{known}/robots.txt", "User-agent: *\nDisallow:\n")
    for path in ("/rss.xml", "/feed/"):
        web.put(known + path, feed())
    for address in (known, f"{known}/robots.txt"):
        found = await find(address)
        assert (found.kind, found.data.url) == ("portal", f"{known}/")
        assert "known" in found.said
    assert (await find(f"{known}/rss.xml")).data.url == f"{known}/rss.xml"


async def test_a_file_that_is_no_page_is_not_taken_for_its_site(web: Web, find: Find) -> None:
    web.put(SITE, front([]))
    web.put(f"{SITE}/feed/", feed())
    web.put(f"{SITE}/robots.txt", "User-agent: *\nDisallow:\n")
    web.put(f"{SITE}/sitemap.xml", "<urlset><url><loc>https://a.example/</loc></url></urlset>")
    for path in ("/robots.txt", "/sitemap.xml"):
        with pytest.raises(FetchError, match="neither a page nor a feed") as caught:
            await find(SITE + path)
        assert caught.value.reason == "content"


async def test_an_unknown_site_is_a_portal_by_the_forms_of_its_links(
    web: Web, find: Find, story: Story, tmp_path: Path
) -> None:
    site(web, story)
    found = await find(SITE)
    assert found.kind == "portal"
    assert found.data == SourceData("Warta Hulu", "portal", f"{SITE}/")
    assert found.articles == ("/baca/{slug}",)
    assert found.said.endswith("guessed from its links: /baca/{slug}")
    sites.write_profile(tmp_path, found.data.name, found.hosts, found.articles, scheme=found.scheme)
    assert sites.use_profiles(tmp_path) == ()
    assert sites.source_of("http://www.kabarhulu.example/baca/a") == found.data
    sites.use_profiles(tmp_path / "none")


async def test_links_that_lead_to_no_article_are_no_portal(
    web: Web, find: Find, story: Story
) -> None:
    site(web, story, articles=False)
    with pytest.raises(FetchError, match="do not tell which pages are articles") as caught:
        await find(SITE)
    assert caught.value.reason == "content"


async def test_rules_hold_while_a_guess_is_tried(
    web: Web, rules: Rules, find: Find, story: Story
) -> None:
    site(web, story)
    rules.forbidden = ("/baca/",)
    with pytest.raises(FetchError, match="do not tell"):
        await find(SITE)
    assert not web.asked_for("/baca/")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<title>Masuk</title><form><input type=password></form>", "wants a login"),
        ("<title>404 Not Found</title><h1>Not Found</h1>", "no such page"),
        ("<title>kabarhulu</title><p>This domain is for sale!</p>", "for sale"),
        ("<title>Kabar</title><p>Selamat datang di rumah kami.</p>", "names no feed"),
        ("Hanya teks biasa tanpa tautan apa pun di dalamnya.", "neither a page nor a feed"),
        ("%PDF-1.7", "neither a page nor a feed"),
        ("", "neither a page nor a feed"),
    ],
)
async def test_pages_that_are_no_source_are_not_taken(
    web: Web, find: Find, page: str, said: str
) -> None:
    web.put(SITE, page)
    with pytest.raises(FetchError, match=said) as caught:
        await find(SITE)
    assert caught.value.reason == "content"
    assert "kabarhulu.example" in str(caught.value)


# --- What is typed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("kabarhulu.example/rss.xml", f"{SITE}/rss.xml"),
        ("//kabarhulu.example/rss.xml", f"{SITE}/rss.xml"),
        ("http://kabarhulu.example/rss.xml", "http://kabarhulu.example/rss.xml"),
        ("FEED:kabarhulu.example/rss.xml", f"{SITE}/rss.xml"),
        ("[2001:db8::1]:8443/rss.xml", "https://[2001:db8::1]:8443/rss.xml"),
        ("  https://kabarhulu.example/rss.xml ", f"{SITE}/rss.xml"),
        ("feed://kabarhulu.example/rss.xml", f"{SITE}/rss.xml"),
        ("feed:https://kabarhulu.example/rss.xml", f"{SITE}/rss.xml"),
        (f"{SITE}/rss.xml;jsessionid=A1B2?PHPSESSID=abc&x=1", f"{SITE}/rss.xml?x=1"),
        (f"{SITE}/rss.xml?sid=77", f"{SITE}/rss.xml"),
    ],
)
async def test_addresses_as_people_type_them(web: Web, find: Find, typed: str, asked: str) -> None:
    web.put(asked, feed())
    found = await find(typed)
    assert found.data.url == asked
    assert web.asked == [asked]


@pytest.mark.parametrize(
    "typed",
    [
        *('"https://kabarhulu.example/rss.xml', "javascript:alert(1)", "file:///etc/passwd", ""),
        *("kabar hulu", "https://user:rahasia@a.example/", "gopher://a.example", "'http://a.b"),
    ],
)
async def test_what_is_no_address_is_refused(web: Web, find: Find, typed: str) -> None:
    with pytest.raises(FetchError) as caught:
        await find(typed)
    assert caught.value.reason == "address"
    assert not web.asked


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "https://user:rahasia@a.example/rss",
            "user:rahasia@a.example",
            "feed:u:rahasia@a.example",
        ),
        *("https://rahasia@a.example", "http:user:rahasia@a.example", "https://a:rahasia@[::1/"),
    ],
)
async def test_a_password_is_refused_and_never_repeated(web: Web, find: Find, typed: str) -> None:
    with pytest.raises(FetchError, match="user name or password") as caught:
        await find(typed)
    assert caught.value.reason == "address"
    assert "rahasia" not in str(caught.value)
    assert not web.asked


async def test_a_certificate_that_is_not_trusted_is_told_of(web: Web, find: Find) -> None:
    web.put("http://kabarhulu.example/rss.xml", feed())
    web.doors = {
        "kabarhulu.example": ssl.SSLCertVerificationError("expired"),
        "kabarhulu.example:8443": ssl.SSLCertVerificationError("expired"),
    }
    for typed in ("kabarhulu.example/rss.xml", "kabarhulu.example:8443/rss.xml"):
        with pytest.raises(FetchError) as caught:
            await find(typed)
        assert caught.value.reason == "tls"
    assert not [url for url in web.asked if url.startswith("http:")]


async def test_what_speaks_plainly_at_a_port_that_was_typed_is_asked_plainly(
    web: Web, find: Find
) -> None:
    web.put("http://kabarhulu.example:8000/rss.xml", feed())
    web.doors = {"kabarhulu.example:8000": ssl.SSLError("no such thing")}
    found = await find("kabarhulu.example:8000/rss.xml")
    assert found.data.url == "http://kabarhulu.example:8000/rss.xml"


async def test_a_site_without_a_secure_door_is_found_where_no_scheme_was_typed(
    web: Web, find: Find
) -> None:
    web.put(f"{SITE}/rss.xml", feed())
    web.closed = {"https"}
    found = await find("kabarhulu.example/rss.xml")
    assert found.data.url == "http://kabarhulu.example/rss.xml"
    with pytest.raises(FetchError, match="closed"):
        await find(f"{SITE}/rss.xml")


async def test_a_private_host_is_reached_where_it_was_typed_alone(web: Web, find: Find) -> None:
    web.private = {"localhost", "10.0.0.9"}
    web.put("http://localhost:8000/", front([], announced("http://10.0.0.9/rss", "/rss.xml")))
    web.put("http://10.0.0.9/rss", feed("Dalam"))
    web.put("http://localhost:8000/rss.xml", feed())
    found = await find("http://localhost:8000/")
    assert found.data.url == "http://localhost:8000/rss.xml"
    assert found.private
    web.put(SITE, front([], announced("http://localhost:8000/rss.xml")))
    with pytest.raises(FetchError, match="names no feed"):
        await find(SITE)
    web.put(f"{SITE}/feed/", feed())
    assert not (await find(SITE)).private


async def test_a_host_that_leads_into_a_private_network_is_not_private_itself(
    web: Web, find: Find
) -> None:
    web.private = {"10.0.0.9"}
    web.put("http://kabarhulu.example/", front([], announced("http://10.0.0.9/rss")))
    web.put("http://10.0.0.9/rss", feed("Dalam"))
    web.lead(f"{SITE}/ke-dalam", "http://10.0.0.9/rss")
    with pytest.raises(FetchError, match="private"):
        await find(f"{SITE}/ke-dalam")
    web.private.add("localhost")
    web.put("http://localhost:8000/", front([], announced("http://localhost:9000/rss")))
    web.put("http://localhost:9000/rss", feed("Sebelah"))
    with pytest.raises(FetchError, match="names no feed"):
        await find("http://localhost:8000/")


async def test_a_page_that_breaks_a_parser_is_told_of(
    web: Web, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_page: object) -> None:
        raise RecursionError

    web.put(SITE, front(["/baca/a"]))
    monkeypatch.setattr(discovery, "links", breaks)
    with pytest.raises(FetchError, match=r"kabarhulu\.example sends cannot be read") as caught:
        await find(SITE)
    assert caught.value.reason == "content"


async def test_a_failure_of_the_address_is_its_own(web: Web, find: Find) -> None:
    web.fail(SITE, "timeout")
    with pytest.raises(FetchError, match="timeout"):
        await find(SITE)
    with pytest.raises(FetchError) as caught:
        await find(f"{SITE}/tidak-ada")
    assert caught.value.status == 404
