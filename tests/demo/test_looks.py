"""What the program reads on the pages of the demo portal is what stands on them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, get_args

import pytest

from kaltimtui import parsing
from kaltimtui.demo.looks import DESIGNS, DesignName
from kaltimtui.demo.portal import Portal
from kaltimtui.demo.stories import NEW_DESIGN, edition
from kaltimtui.document import Document, block_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kaltimtui.models import ArticleData

HOME = "https://www.kaltimprov.go.id"
HOMES: dict[str, str] = {"wordpress": "https://dinas.kaltimprov.go.id"}
ARTICLES = 100

Pages = list[tuple["ArticleData", "ArticleData"]]


@lru_cache(maxsize=5)
def read_pages(design: DesignName, now: datetime) -> Pages:
    home = HOMES.get(design, HOME)
    origins = (home, "", home.replace("https", "http"))
    with Portal(clock=lambda: now, articles=ARTICLES, design=design, origins=origins) as portal:
        return [(article, page_of(portal, article, home, now)) for article in portal.articles]


def page_of(portal: Portal, article: ArticleData, home: str, now: datetime) -> ArticleData:
    assert article.url is not None
    answer, _validated = portal.reply(article.url.removeprefix(home))
    assert not callable(answer)
    parsed = parsing.read(answer.body, url=article.url, now=now)
    assert parsed.kind == "page"
    (read,) = parsed.articles
    return read


@pytest.fixture
def pages(now: datetime) -> Callable[[DesignName], Pages]:
    """Of a portal in a design: each article as it is, and as it is read."""
    return lambda design: read_pages(design, now)


def blocks(article: ArticleData) -> list[tuple[str, str]]:
    return [(type(block).__name__, block_text(block)) for block in article.document.blocks]


def facts(article: ArticleData) -> ArticleData:
    """An article without its text, which is compared by itself."""
    return replace(article, document=Document())


def made_up(article: ArticleData) -> bool:
    """Whether an article is none of the sample edition: the date in its text is its own."""
    return article.title not in {story.article.title for story in edition()}


def is_illustrated(article: ArticleData) -> bool:
    """Whether there are pictures within the text, of which any might be the article's."""
    return any(article.document.images())


def test_every_design_has_a_test() -> None:
    assert set(get_args(DesignName)) == set(DESIGNS)
    assert set(DESIGNS) == {"kaltimprov", "old", "new", "wordpress", "inertia"}


@pytest.mark.parametrize("design", ["new", "wordpress"])
def test_a_page_that_tells_all_is_read_as_it_is(
    design: DesignName, pages: Callable[[DesignName], Pages]
) -> None:
    assert len(pages(design)) == ARTICLES
    for article, read in pages(design):
        assert facts(read) == facts(article)
        assert blocks(read) == blocks(article)
        assert len(read.related) >= 15


def test_an_old_page_tells_neither_its_date_nor_its_category(
    pages: Callable[[DesignName], Pages],
) -> None:
    compared = 0
    for article, read in pages("old"):
        if is_illustrated(article):
            continue
        kin = [item for item in read.related if item.group == "related"]
        worked_out = replace(
            article, published=read.published, category=article.category if kin else None
        )
        assert facts(read) == facts(worked_out)
        assert blocks(read) == blocks(article)
        assert read.published is None or read.published.precision == "estimated"
        if made_up(article):
            assert read.published is not None
            assert article.published is not None
            assert read.published.moment.date() == article.published.moment.date()
            compared += 1
    assert compared > 40


def test_an_application_carries_its_article_as_json(pages: Callable[[DesignName], Pages]) -> None:
    for article, read in pages("inertia"):
        if not is_illustrated(article):
            assert facts(read) == replace(facts(article), kicker=None)
            assert blocks(read) == blocks(article)


def test_the_portal_shows_each_article_in_the_design_of_its_time(
    pages: Callable[[DesignName], Pages],
) -> None:
    seen = set()
    for article, read in pages("kaltimprov"):
        assert article.published is not None
        assert article.url is not None
        is_new = article.published.moment >= NEW_DESIGN
        assert article.url.startswith(f"{HOME}/{'detailberita' if is_new else 'berita'}/")
        assert blocks(read) == blocks(article)
        assert read.related == article.related
        assert is_new == (read.published == article.published)
        seen.add(is_new)
    assert seen == {True, False}


@pytest.mark.parametrize("design", DESIGNS)
def test_every_article_is_marked_as_a_sample(
    design: DesignName, pages: Callable[[DesignName], Pages]
) -> None:
    for article, _read in pages(design):
        assert (article.kicker or "").split(" · ")[0] == "Contoh"


@pytest.mark.parametrize("design", DESIGNS)
def test_every_article_is_found_from_the_front_page_without_lists(
    design: DesignName, now: datetime
) -> None:
    """As a walk finds them that knows nothing of a site but its articles."""
    with Portal(clock=lambda: now, articles=ARTICLES, design=design, origins=[HOME]) as portal:
        front, _validated = portal.reply("/")
        assert not callable(front)
        page = front.body.decode().replace("\\/", "/")
        by_url = {article.url: article for article in portal.articles}
        queue = [url for url in by_url if f"{url}&quot;" in page or f'{url}"' in page]
        found = set(queue)
        while queue:
            named = {item.url for item in by_url[queue.pop()].related} - found
            found |= named
            queue += [url for url in named if url]
        assert found == set(by_url)


def test_links_lead_to_every_form_of_the_host(now: datetime) -> None:
    forms = [
        f"{scheme}://{host}kaltimprov.go.id"
        for scheme in ("https", "http")
        for host in ("www.", "")
    ]
    with Portal(clock=lambda: now, articles=20, origins=forms) as portal:
        front, _validated = portal.reply("/")
        assert not callable(front)
        for form in forms:
            assert f'href="{form}/detailberita/' in front.body.decode()
        assert all((article.url or "").startswith(forms[0]) for article in portal.articles)


def test_pages_hold_what_stands_beside_an_article(now: datetime) -> None:
    with Portal(clock=lambda: now, articles=ARTICLES, origins=[HOME]) as portal:
        bodies = [
            answer.body.decode()
            for article in portal.articles
            for answer in [portal.reply((article.url or "").removeprefix(HOME))[0]]
            if not callable(answer)
        ]
    old = [body for body in bodies if "XHTML 1.0" in body]
    new = [body for body in bodies if "XHTML 1.0" not in body]
    assert old
    assert new
    for body in chain(old, new):
        assert "Bagikan" in body
        assert "<script" in body
        assert " Jam " in body
    assert all("BERITA TERBARU" in body for body in old)
    assert all("Berita Terbaru" in body for body in new)
    assert any("//// Foto : " in body for body in old)
    assert any("<figcaption>" in body for body in new)
