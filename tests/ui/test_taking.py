"""The whole text of an article, and what plays beside it."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.config import Config
from kaltimtui.dates import Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import FetchError, UsageError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Enclosure, SourceData, View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.store import pictures
from kaltimtui.ui import players
from kaltimtui.ui.network import Network
from kaltimtui.ui.screens.choosing import ChoosingScreen
from kaltimtui.ui.widgets.reading_pane import ReadingPane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.ui.conftest import FakeFetching, Opens

    from kaltimtui.models import Article

FEED = SourceData("Kabar Kaltim", "feed", "https://kabar.example/rss")
PAGE = "https://portal.example/utuh"
LATER = "The whole text will be fetched with a later refresh."


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.fixture
def text_of(now: datetime) -> Callable[[int], ArticleData]:
    def make(paragraphs: int) -> ArticleData:
        return ArticleData(
            title="Satu",
            guid="1",
            url="https://kabar.example/1",
            published=Stamp(now, "time"),
            document=Document(
                (*(paragraph(f"Alinea {part} " * 40) for part in range(paragraphs)),)
            ),
            enclosures=(Enclosure("https://kabar.example/1.mp3", "audio/mpeg"),),
        )

    return make


@pytest.fixture
def library(
    tmp_path: Path, now: datetime, text_of: Callable[[int], ArticleData]
) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: now)
    opened.store_articles(FEED, [text_of(12)])
    yield opened
    opened.close()


async def test_the_whole_text_comes_in_where_one_reads(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    text_of: Callable[[int], ArticleData],
) -> None:
    async with reading(library, network=network) as reader:
        await reader.press("enter", "pagedown")
        place, length = reader.screen.reading.place, len(reader.screen.reading._page)
        await reader.press("F")
        await reader.until(lambda: bool(fetching.wanted))
        assert "Fetching the whole text" in reader.screen.bottom.said
        library.store_articles(FEED, [text_of(30)])
        fetching.gate.set()
        await reader.until(lambda: "The whole text is here" in reader.screen.bottom.said)
        assert len(reader.screen.reading._page) > length
        assert reader.screen.reading.place == place > 0


async def test_a_page_that_says_no_more_changes_nothing(
    reading: Opens, library: Library, network: Network, fetching: FakeFetching
) -> None:
    fetching.more = False
    async with reading(library, network=network) as reader:
        page = reader.screen.reading._page
        await reader.press("F")
        await reader.until(lambda: bool(fetching.wanted))
        fetching.gate.set()
        await reader.until(lambda: "no more than this" in reader.screen.bottom.said)
        assert reader.screen.reading._page is page


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (FetchError("There is no host.", reason="resolve"), f"There is no host. {LATER}"),
        (FetchError("It is down.", reason="connect"), f"It is down. {LATER}"),
        (FetchError("It answered 503.", reason="status", status=503), f"It answered 503. {LATER}"),
        (FetchError("No page.", reason="status", status=404), "No page. o opens the page"),
        (FetchError("Private.", reason="private", hint="Add it."), "Private. Add it."),
        (UsageError("This article tells no address."), "tells no address"),
    ],
)
async def test_why_it_cannot_be_had_is_said(
    reading: Opens,
    library: Library,
    network: Network,
    fetching: FakeFetching,
    failure: Exception,
    said: str,
) -> None:
    fetching.failure = failure
    async with reading(library, network=network) as reader:
        await reader.press("F")
        await reader.until(lambda: bool(fetching.wanted))
        fetching.gate.set()
        await reader.until(lambda: said in reader.screen.bottom.said)
        assert not reader.app._notifications


async def test_of_a_whole_text_it_is_said_that_it_is_here(
    reading: Opens, network: Network, fetching: FakeFetching, news: Library
) -> None:
    news.store_articles(SourceData("Portal", "portal"), [ArticleData("Utuh", url=PAGE)])
    fetching.failure = FetchError("It is down.", reason="connect")
    async with reading(news, network=network) as reader:
        await reader.press("F")
        await reader.until(lambda: bool(fetching.wanted))
        fetching.gate.set()
        said = "It is down. The whole text is here already."
        await reader.until(lambda: reader.screen.bottom.said == said)


async def test_offline_it_is_wished_for(
    reading: Opens, library: Library, fetching: FakeFetching
) -> None:
    async with reading(library, network=Network(lambda: fetching, offline=True)) as reader:
        await reader.press("F")
        await reader.until(lambda: fetching.wished == [reader.current().id])
        assert not fetching.wanted
        await reader.until(lambda: "Offline: the whole text" in reader.screen.bottom.said)


async def test_what_plays_is_the_users_command_with_the_address_in_it(
    reading: Opens, library: Library, tmp_path: Path
) -> None:
    heard = tmp_path / "heard"
    code = f"import sys, pathlib; pathlib.Path({str(heard)!r}).write_text(sys.argv[1])"
    config = Config(open_audio=(sys.executable, "-c", code, "{url}"))
    async with reading(library, config=config) as reader:
        await reader.press("P")
        await reader.until(lambda: "plays https://kabar.example/1.mp3" in reader.screen.bottom.said)
        await reader.until(lambda: heard.exists() and bool(heard.read_text()))
    assert heard.read_text() == "https://kabar.example/1.mp3"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ((), "Set [open] audio in config.toml"),
        (("/none/\x1b[31mplayer", "{url}"), "cannot be started: there is no such program"),
    ],
)
async def test_what_is_missing_is_said(
    reading: Opens, library: Library, command: tuple[str, ...], said: str
) -> None:
    async with reading(library, config=Config(open_audio=command)) as reader:
        await reader.press("P")
        await reader.until(lambda: said in reader.screen.bottom.said)
        assert "\x1b" not in reader.screen.bottom.said


@pytest.mark.parametrize(
    ("url", "type_", "kind"),
    [
        ("https://a.example/x", "audio/mpeg", "audio"),
        ("https://a.example/x", "Video/MP4; codecs=avc1", "video"),
        ("https://a.example/x.OGG?y=1", None, "audio"),
        ("https://a.example/x.webm", "application/octet-stream", "video"),
        ("https://a.example/x.pdf", "application/pdf", None),
        ("https://a.example/x.pdf?z=.mp3", None, None),
    ],
)
def test_what_kind_a_file_is_of(url: str, type_: str | None, kind: str | None) -> None:
    assert players.kind_of(Enclosure(url, type_)) == kind


def test_only_web_addresses_are_played_and_only_sound_and_video_each_once(
    article: Callable[..., Article],
) -> None:
    files = (
        Enclosure("file:///etc/passwd.mp3", "audio/mpeg"),
        Enclosure("https://a.example/x.pdf", "application/pdf"),
        Enclosure("https://a.example/x.mp3", "audio/mpeg"),
        Enclosure("https://a.example/x.mp3"),
        Enclosure("https://a.example/y.webm"),
    )
    assert players.playable(article(enclosures=files)) == [
        ("audio", "https://a.example/x.mp3"),
        ("video", "https://a.example/y.webm"),
    ]


def test_an_address_is_one_argument_whatever_is_in_it() -> None:
    command = players.command_for(("mpv", "--", "{url}"), "https://a.example/;rm -rf {url}")
    assert command == ["mpv", "--", "https://a.example/;rm -rf {url}"]


@pytest.mark.parametrize("offline", [True, False])
async def test_a_text_that_is_here_whole_is_not_promised(
    reading: Opens,
    library: Library,
    fetching: FakeFetching,
    text_of: Callable[[int], ArticleData],
    offline: bool,
) -> None:
    portal = SourceData("Portal Lain", "portal", "https://lain.example/")
    library.store_articles(portal, [replace(text_of(3), guid=None, url="https://lain.example/a")])
    fetching.failure = FetchError("There is no host.", reason="resolve")
    async with reading(library, network=Network(lambda: fetching, offline=offline)) as reader:
        (source,) = (s for s in library.navigation().sources if s.name == portal.name)
        view = View(ViewKind.SOURCE, source=source.id)
        reader.screen.open_view(view)
        await reader.until(lambda: reader.screen.list_pane.view == view)
        await reader.press("F")
        fetching.gate.set()
        await reader.until(lambda: "is here already" in reader.screen.bottom.said)
        assert not fetching.wished


def with_picture(data: ArticleData) -> ArticleData:
    assert data.published is not None
    published = Stamp(data.published.moment + timedelta(minutes=1), "time")
    image = "https://kabar.example/1.png"
    return replace(data, guid="2", url=None, published=published, image=image, enclosures=())


def keep_picture(library: Library) -> Path:
    file = library.paths.data / "pictures" / "satu.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    row = library.rows(View())[0]
    with library.database.writing() as connection:
        picture = pictures.Picture("https://kabar.example/1.png", file.name, 8)
        pictures.keep(connection, library.uid(row.id), picture, 0)
    return file


@pytest.mark.parametrize("offline", [True, False])
@pytest.mark.parametrize("kept", [True, False])
async def test_a_picture_is_opened_from_its_file_where_it_is_kept(
    reading: Opens,
    library: Library,
    text_of: Callable[[int], ArticleData],
    browsed: list[str],
    kept: bool,
    offline: bool,
) -> None:
    library.store_articles(FEED, [with_picture(text_of(12))])
    wanted = ["https://kabar.example/1.png"] * (not offline)
    if kept:
        wanted = [keep_picture(library).as_uri()]
    async with reading(library, network=Network(offline=offline)) as reader:
        await reader.press("P")
        await reader.until(lambda: bool(reader.screen.bottom.said))
        assert browsed == wanted
        assert bool(wanted) is not ("is not kept" in reader.screen.bottom.said)


async def test_a_link_to_a_picture_that_is_kept_opens_its_file(
    reading: Opens,
    library: Library,
    text_of: Callable[[int], ArticleData],
    browsed: list[str],
) -> None:
    library.store_articles(FEED, [with_picture(text_of(12))])
    file = keep_picture(library)
    async with reading(library) as reader:
        for url in ("https://kabar.example/1.png", "https://kabar.example/2"):
            before = len(browsed)
            reader.screen.reading.post_message(ReadingPane.LinkSelected(url))
            await reader.until(lambda before=before: len(browsed) > before)  # type: ignore[misc]  # the default binds the loop's value
        assert browsed == [file.as_uri(), "https://kabar.example/2"]


async def test_where_nothing_plays_that_is_said(
    reading: Opens, library: Library, text_of: Callable[[int], ArticleData], now: datetime
) -> None:
    later = Stamp(now + timedelta(minutes=1), "time")
    library.store_articles(FEED, [replace(text_of(2), guid="3", enclosures=(), published=later)])
    async with reading(library) as reader:
        await reader.press("P")
        await reader.until(lambda: "Neither sound nor video" in reader.screen.bottom.said)


async def test_a_player_that_fails_at_once_is_told_of(reading: Opens, library: Library) -> None:
    code = "import sys; print('tanpa suara\\x1b[2J', file=sys.stderr); sys.exit(4)"
    config = Config(open_audio=(sys.executable, "-c", code, "{url}"))
    async with reading(library, config=config) as reader:
        await reader.press("P")
        await reader.until(lambda: "ended with 4: tanpa suara" in reader.screen.bottom.said)


async def test_of_several_files_one_is_chosen(
    reading: Opens,
    library: Library,
    text_of: Callable[[int], ArticleData],
    now: datetime,
    tmp_path: Path,
) -> None:
    heard = tmp_path / "heard"
    code = f"import sys, pathlib; pathlib.Path({str(heard)!r}).write_text(sys.argv[1])"
    command = (sys.executable, "-c", code, "{url}")
    files = (
        Enclosure("https://kabar.example/1.mp3", "audio/mpeg"),
        Enclosure("https://kabar.example/dua.mp4", "video/mp4"),
    )
    later = Stamp(now + timedelta(minutes=1), "time")
    library.store_articles(FEED, [replace(text_of(2), guid="3", enclosures=files, published=later)])
    config = Config(open_audio=command, open_video=command)
    async with reading(library, config=config) as reader:
        await reader.press("P")
        await reader.until(lambda: isinstance(reader.app.screen, ChoosingScreen))
        await reader.pilot.pause()
        assert any("2 dua.mp4 · kabar.example" in line for line in reader.lines())
        await reader.press("escape", "P")
        await reader.until(lambda: isinstance(reader.app.screen, ChoosingScreen))
        await reader.press("j", "enter")
        await reader.until(lambda: heard.exists() and bool(heard.read_text()))
    assert heard.read_text() == "https://kabar.example/dua.mp4"
