"""Links: by letters, by digits and from a list; here, over the network, or in the browser."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.ui.conftest import NOW, now

from kaltimtui.dates import Stamp
from kaltimtui.document import Document, Paragraph, Span, paragraph
from kaltimtui.errors import FetchError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, RelatedData, SourceData
from kaltimtui.paths import Paths
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.network import Network
from kaltimtui.ui.screens.links import LinksScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.ui.conftest import FakeFetching, Opens, Reader

    Compare = Callable[[str, Iterable[str]], None]

FEED = SourceData("Kabar Kaltim", "feed", "https://kabar.example/rss")
THERE = "https://kabar.example/panen"
"""An article that is here."""
ABSENT = "https://portal.example/berita/banjir"
ELSEWHERE = "https://evil.example/a"
pytestmark = pytest.mark.usefixtures("english")


def said(title: str, path: str, hours: int, *spans: Span, **more: object) -> ArticleData:
    body = Document((Paragraph(spans),)) if spans else Document((paragraph(f"Isi {title}."),))
    return ArticleData(
        title=title,
        guid=path,
        url=f"https://kabar.example/{path}",
        published=Stamp(NOW - timedelta(hours=hours), "time"),
        document=body,
        **more,  # type: ignore[arg-type]
    )


BODY = (
    Span("Baca "),
    Span("Panen Raya di Paser", href=THERE),
    Span(", lalu "),
    Span("banjir di hulu Mahakam yang belum surut sampai pekan ini", href=ABSENT),
    Span(" dan "),
    Span("kaltimprov.go.id", href=ELSEWHERE),
    Span("; jangan "),
    Span("tekan ini", href="javascript:alert(1)"),
    Span("."),
)
RELATED = (
    RelatedData("related", "Panen Raya di Paser", THERE, "Pertanian", None),
    RelatedData("related", None, None, "Sosial", None),
)


@pytest.fixture
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path_factory.mktemp("home"))), clock=now)
    first = said("Kabar Hari Ini", "kabar", 1, *BODY, related=RELATED)
    opened.store_articles(FEED, [first, said("Panen Raya di Paser", "panen", 2)])
    yield opened
    opened.close()


async def told(reader: Reader, what: str) -> None:
    await reader.until(lambda: what in reader.screen.bottom.said, what)


# --- letters --------------------------------------------------------------------------------------


async def test_letters_stand_over_all_that_leads_somewhere(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "f")
        await reader.until(lambda: reader.screen.reading.hinting)
        labelled = "\n".join(reader.lines())
        assert "s²njir di hulu" in labelled
        assert "d³ltimprov.go.id → evil.example; jangan tekan" in labelled
        await reader.press("escape")
        await reader.until(lambda: not reader.screen.reading.hinting)
        assert reader.at() is Pane.READING
        plain = "\n".join(reader.lines())
        assert "banjir di hulu" in plain


@pytest.mark.parametrize("key", ["escape", "z", "down", "f12"])
async def test_any_other_key_ends_them_and_does_nothing_else(
    reading: Opens, library: Library, key: str
) -> None:
    async with reading(library) as reader:
        await reader.press("f")
        assert (reader.at(), reader.screen.reading.hinting) == (Pane.READING, True)
        await reader.press(key)
        await reader.until(lambda: not reader.screen.reading.hinting)
        assert reader.at() is Pane.LIST
        assert reader.title() == "Kabar Hari Ini"


async def test_a_letter_follows_a_link_into_the_store_and_esc_comes_back(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "f", "a")
        await reader.until(lambda: reader.title() == "Panen Raya di Paser")
        assert (reader.at(), browsed) == (Pane.READING, [])
        await reader.press("backspace")
        await reader.until(lambda: reader.title() == "Kabar Hari Ini")


async def test_a_related_item_has_a_letter_too(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "f", "f")
        await reader.until(lambda: reader.title() == "Panen Raya di Paser")
        assert browsed == []


@pytest.mark.parametrize(("key", "url"), [("A", THERE), ("S", ABSENT), ("D", ELSEWHERE)])
async def test_a_capital_letter_asks_for_the_browser(
    reading: Opens, library: Library, browsed: list[str], network: Network, key: str, url: str
) -> None:
    async with reading(library, network=network) as reader:
        await reader.press("enter", "f", key)
        await told(reader, f"Opened {url}")
        assert (browsed, reader.title()) == ([url], "Kabar Hari Ini")


async def test_where_only_the_list_is_shown_the_text_comes_first(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library, size=(40, 12)) as reader:
        await reader.press("f")
        await reader.until(lambda: reader.screen.reading.hinting)
        await reader.press("a")
        await reader.until(lambda: reader.title() == "Panen Raya di Paser")


async def test_they_stay_where_the_text_is_set_anew(reading: Opens, library: Library) -> None:
    async with reading(library, size=(40, 12)) as reader:
        await reader.press("f")
        pane = reader.screen.reading
        await reader.until(lambda: pane.hinting)
        pane.set_again()
        pane.measure = 30
        await reader.pilot.pause()
        assert (reader.at(), pane.hinting) == (Pane.READING, True)


async def test_scrolling_takes_them_away(reading: Opens, library: Library) -> None:
    async with reading(library, size=(40, 12)) as reader:
        await reader.press("enter", "f")
        assert reader.screen.reading.hinting
        reader.screen.reading.scroll_lines(2)
        await reader.until(lambda: not reader.screen.reading.hinting)


async def test_where_nothing_is_in_sight_that_is_said(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("f")
        await told(reader, "No link is in sight.")
        assert reader.at() is Pane.LIST


# --- digits and the list --------------------------------------------------------------------------


async def test_a_digit_opens_a_link_where_one_reads(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "3")
        await told(reader, f"Opened {ELSEWHERE}")
        await reader.press("9")
        await told(reader, "There is no link 9 here.")
        await reader.press("1")
        await reader.until(lambda: reader.title() == "Panen Raya di Paser")
        assert browsed == [ELSEWHERE]


async def test_a_digit_in_the_list_is_what_it_was(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.press("3")
        await reader.until(lambda: not len(reader.screen.list_pane.articles.window))


async def test_the_list_tells_what_is_here_and_opens_it(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library) as reader:
        await reader.press("i")
        await reader.until(lambda: isinstance(reader.app.screen, LinksScreen))
        await reader.until(lambda: any("Panen Raya di Paser" in line for line in reader.lines()))
        shown = "\n".join(reader.lines())
        assert "4 links" in shown
        assert "evil.example" in shown
        await reader.press("enter")
        await reader.until(lambda: reader.title() == "Panen Raya di Paser")
        assert browsed == []


async def test_from_the_list_one_copies_and_asks_for_the_browser(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library) as reader:
        for key, what in (("y", "Copied"), ("o", "Opened")):
            await reader.press("i")
            await reader.until(lambda: isinstance(reader.app.screen, LinksScreen))
            await reader.press(key)
            await told(reader, f"{what} {THERE}")
        assert browsed == [THERE]


async def test_ten_thousand_links_freeze_nothing(
    reading: Opens, tmp_path_factory: pytest.TempPathFactory
) -> None:
    library = Library.open(Paths.find(str(tmp_path_factory.mktemp("home"))), clock=now)
    spans = tuple(Span(f"Kabar {n} ", href=f"https://kabar.example/{n}") for n in range(10_000))
    library.store_articles(FEED, [said("Banyak", "banyak", 1, *spans)])
    async with reading(library) as reader:
        await reader.press("enter", "i")
        await reader.until(lambda: isinstance(reader.app.screen, LinksScreen))
        screen = reader.app.screen
        assert isinstance(screen, LinksScreen)
        screen.rows(90)
        await reader.press("G")
        await reader.until(lambda: any("10001" in line for line in reader.lines()))
    library.close()


async def test_a_mail_address_is_copied_and_o_hands_it_to_the_browser(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    href = "mailto:redaksi@kabar.example"
    library.store_articles(FEED, [said("Surel", "surel", 0, Span("Tulislah", href=href))])
    async with reading(library) as reader:
        await reader.press("enter", "f", "a")
        copied = "The mail address redaksi@kabar.example is copied. o opens it in the browser."
        await reader.until(lambda: reader.screen.bottom.said == copied)
        assert (reader.app.clipboard, browsed) == ("redaksi@kabar.example", [])
        await reader.press("o")
        await told(reader, f"Opened {href}")
        assert browsed == [href]
        await reader.press("i")
        await reader.until(lambda: isinstance(reader.app.screen, LinksScreen))
        await reader.until(lambda: any("redaksi@kabar.example" in line for line in reader.lines()))
        await reader.press("y")
        await told(reader, "Copied redaksi@kabar.example")


# --- over the network -----------------------------------------------------------------------------


async def test_an_article_of_a_known_portal_is_fetched_and_opened(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching, browsed: list[str]
) -> None:
    def keep(url: str) -> str:
        library.store_articles(FEED, [said("Banjir di Hulu", "banjir", 9)])
        found = library.find_by_url("https://kabar.example/banjir")
        assert found is not None
        return found

    fetching.keep = keep
    async with reading(library, network=network) as reader:
        await reader.press("enter", "2")
        await told(reader, "Fetching from portal.example")
        fetching.gate.set()
        await reader.until(lambda: reader.title() == "Banjir di Hulu")
        assert (fetching.wanted, browsed) == ([ABSENT], [])
        await told(reader, "The article is here.")


async def test_a_related_item_of_the_same_site_is_fetched_but_no_other_link_to_it(
    reading: Opens, network: Network, fetching: FakeFetching, library: Library, browsed: list[str]
) -> None:
    beside, below = "https://kabar.example/lain", "https://kabar.example/berkas"
    related = (RelatedData("latest", "Lain", beside, None, None),)
    article = said("Terbaru", "terbaru", 0, Span("Berkas", href=below), related=related)
    library.store_articles(FEED, [article])
    fetching.own = "https://kabar.example/"

    def keep(url: str) -> str:
        library.store_articles(FEED, [said("Lain", "lain", 9)])
        return library.find_by_url(url) or ""

    fetching.keep = keep
    async with reading(library, network=network) as reader:
        await reader.press("enter", "1")
        await told(reader, f"Opened {below}")
        here = reader.screen.reading.article_id
        await reader.press("right_curly_bracket", "enter")
        await told(reader, "Fetching from kabar.example")
        fetching.gate.set()
        await reader.until(lambda: reader.title() == "Lain")
        assert (fetching.wanted, fetching.named_by) == ([beside], here)
        assert browsed == [below]


async def test_who_went_elsewhere_meanwhile_stays_there(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    fetching.keep = lambda _url: library.find_by_url("https://kabar.example/kabar") or ""
    async with reading(library, network=network) as reader:
        await reader.press("enter", "2")
        await reader.until(lambda: bool(fetching.wanted))
        await reader.press("1")
        await reader.until(lambda: reader.title() == "Panen Raya di Paser")
        fetching.gate.set()
        await told(reader, "The article is here.")
        assert reader.title() == "Panen Raya di Paser"


async def test_what_cannot_be_fetched_is_said_and_o_opens_it(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching, browsed: list[str]
) -> None:
    fetching.failure = FetchError("portal.example answered 404.", reason="status")
    async with reading(library, network=network) as reader:
        await reader.press("enter", "2")
        await reader.until(lambda: bool(fetching.wanted))
        fetching.gate.set()
        await told(reader, "portal.example answered 404. o opens it in the browser.")
        await reader.press("o")
        await told(reader, f"Opened {ABSENT}")
        await reader.press("o")
        await told(reader, "Opened https://kabar.example/kabar")
        assert browsed == [ABSENT, "https://kabar.example/kabar"]


async def test_offline_says_so(
    reading: Opens, library: Library, fetching: FakeFetching, browsed: list[str]
) -> None:
    async with reading(library, network=Network(lambda: fetching, offline=True)) as reader:
        await reader.press("enter", "2")
        await told(reader, "Offline: nothing is fetched.")
        assert (fetching.wanted, browsed) == ([], [])


# --- the browser ----------------------------------------------------------------------------------


async def test_the_address_of_the_article_itself_goes_to_the_browser(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library) as reader:
        await reader.press("enter", "4")
        await told(reader, "Opened https://kabar.example/kabar")
        assert browsed == ["https://kabar.example/kabar"]


async def test_without_a_browser_one_line_says_so_and_nothing_is_read(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.ui.controllers.browsing.browser_for", lambda _url: None)
    async with reading(library) as reader:
        for key in ("o", "O"):
            reader.screen.say("")
            await reader.press(key)
            await told(reader, "No browser was found; y copies the address.")
        assert not reader.app._notifications
        assert not library.article(reader.current().id).read


async def test_the_browser_and_on_to_the_next(
    reading: Opens, library: Library, browsed: list[str]
) -> None:
    async with reading(library) as reader:
        first = reader.current().id
        await reader.press("O")
        await reader.until(lambda: library.article(first).read)
        await reader.until(lambda: reader.current().title == "Panen Raya di Paser")
        assert browsed == ["https://kabar.example/kabar"]


# --- what it looks like ---------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_hints_and_the_list_at_every_size(
    reading: Opens, library: Library, snapshot: Compare, size: tuple[int, int]
) -> None:
    named = "x".join(map(str, size))
    async with reading(library, size=size) as reader:
        await reader.press("enter", "f")
        await reader.pilot.pause()
        snapshot(f"hints-{named}", reader.lines())
        await reader.press("escape", "i")
        await reader.until(lambda: isinstance(reader.app.screen, LinksScreen))
        await reader.until(lambda: any("Panen Raya di Paser" in line for line in reader.lines()))
        snapshot(f"links-{named}", reader.lines())
