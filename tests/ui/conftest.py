"""What the tests of the reader may ask for: pictures in plain text."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from textual import events

from kaltimtui import i18n
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, paragraph
from kaltimtui.errors import FetchError
from kaltimtui.fetching import Gathered, Refreshing
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, SourceData
from kaltimtui.paths import Paths
from kaltimtui.ui.app import ReaderApp
from kaltimtui.ui.network import Network
from kaltimtui.ui.screens.main import MainScreen

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractAsyncContextManager

    from textual.pilot import Pilot

    from kaltimtui.models import ArticleRow, Progress
    from kaltimtui.ui.actions import Pane

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
ROUNDS = 400
"""Turns of the event loop that a condition may take; each turn waits for the screen."""
PATIENCE = 30.0
"""Seconds that it may take at least: some things the reader does once a second, by the clock."""
_SIGNS = {"slash": "/", "equals_sign": "="}
SNAPSHOTS = Path(__file__).with_name("snapshots")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known where ``tests/ui`` is named on the command line."""
    parser.addoption(
        "--snapshot-update", action="store_true", help="take what is drawn now as right"
    )
    parser.addoption("--long", action="store_true", help="read whole collections to their ends")


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, Iterable[str]], None]:
    """Compares lines with the file of that name, or writes it with ``--snapshot-update``."""
    update: bool = request.config.getoption("--snapshot-update", default=False)

    def compare(name: str, lines: Iterable[str]) -> None:
        file = SNAPSHOTS / f"{name}.txt"
        drawn = "".join(f"{line.rstrip()}\n" for line in lines)
        if update:
            file.write_text(drawn, encoding="utf-8")
        assert file.is_file(), f"no {file.name}; look at it, then use --snapshot-update"
        assert drawn == file.read_text(encoding="utf-8")

    return compare


def now() -> datetime:
    return NOW


class Reader:
    """A running reader and the hands on its keys."""

    def __init__(self, app: ReaderApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    async def until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Let the reader work until something is so."""
        turns, begun = 0, time.monotonic()
        while turns < ROUNDS or time.monotonic() < begun + PATIENCE:
            if condition():
                return
            await self.pilot.pause()
            await asyncio.to_thread(lambda: None)
            turns += 1
        pytest.fail(f"never came: {what or condition}")

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def press_at_once(self, *keys: str) -> None:
        """Press keys of which none waits for what the one before does."""
        for key in keys:
            event = events.Key(key, key if len(key) == 1 else _SIGNS.get(key))
            event.set_sender(self.app)
            self.app.post_message(event)
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """What the screen shows, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def at(self) -> Pane:
        return self.screen.at

    def current(self) -> ArticleRow:
        row = self.screen.list_pane.articles.current
        assert row is not None
        return row

    def title(self) -> str | None:
        article = self.screen.reading.article
        return article.title if article else None


class Opens(Protocol):
    """Opens a reader on a library; closing it fails where anything unforeseen happened."""

    def __call__(
        self, library: Library, *, size: tuple[int, int] = ..., **given: Any
    ) -> AbstractAsyncContextManager[Reader]: ...


class FakeFetching:
    """Fetches what a test lets it: every call waits for ``gate``, which lets one through."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.asked: list[tuple[tuple[int, ...], bool]] = []
        """What was to be refreshed: ids, and whether everything."""
        self.stopped = 0
        self.came = Refreshing([], lost=False)
        self.failure: Exception | None = None
        self.found: Any = None
        self.more = True
        self.missing = 0
        """Pictures that cannot be fetched."""
        self.wished: list[str] = []
        self.wanted: list[str] = []
        """Addresses and articles."""
        self.known = "https://portal.example/berita/"
        """How the addresses begin that are those of articles."""
        self.own = self.known
        """How those begin that are of the site of the article that is read."""
        self.named_by = ""
        """The article that named what was fetched last."""
        self.keep: Callable[[str], str] = lambda url: url
        """Keeps the article of an address; its id."""
        self.report: Callable[[Progress], None] = lambda _progress: None

    async def _through(self) -> None:
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        self.gate.clear()
        if self.failure is not None:
            raise self.failure

    async def refresh(
        self,
        ids: Sequence[int] = (),
        *,
        everything: bool = False,
        report: Callable[[Progress], None] = lambda _progress: None,
    ) -> Refreshing:
        self.asked.append((tuple(ids), everything))
        self.report = report
        await self._through()
        return self.came

    async def discover(self, url: str) -> Any:
        self.wanted.append(url)
        await self._through()
        return self.found

    async def full_text(self, article: str) -> bool:
        self.wanted.append(article)
        await self._through()
        return self.more

    async def is_article(self, url: str, beside: str | None = None) -> bool:
        return url.startswith(self.known if beside is None else (self.known, self.own))

    async def article_at(self, url: str, named_by: str) -> str:
        self.wanted.append(url)
        self.named_by = named_by
        await self._through()
        return self.keep(url)

    async def articles_at(
        self,
        urls: Sequence[str],
        named_by: str,
        report: Callable[[int], None] = lambda _done: None,
    ) -> Gathered:
        kept, failed = [], []
        for done, url in enumerate(urls, start=1):
            try:
                kept.append(await self.article_at(url, named_by))
            except FetchError as error:
                failed.append(error)
            report(done)
        return Gathered(kept, failed)

    async def wish_text(self, article: str) -> None:
        self.wished.append(article)

    async def pictures_of(self, article: str, came: Callable[[], object]) -> int:
        self.wanted.append(article)
        await self._through()
        came()
        return self.missing


@pytest.fixture
def english(_indonesian: None) -> None:
    """The reader speaks English."""
    i18n.set_language("en")


@pytest.fixture
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library with 250 articles of one source, an hour apart: "Kabar 0" is the newest."""
    home = Paths.find(str(tmp_path_factory.mktemp("home")))
    opened = Library.open(home, clock=now)
    articles = [
        ArticleData(
            title=f"Kabar {n}",
            guid=f"{n}",
            published=Stamp(NOW - timedelta(hours=n), "time"),
            document=Document((paragraph(f"Isi kabar {n}."),)),
        )
        for n in range(250)
    ]
    opened.store_articles(SourceData("Kabar Kaltim", "feed"), articles)
    yield opened
    opened.close()


@pytest.fixture
def fetching() -> FakeFetching:
    """Fetches nothing until it is let."""
    return FakeFetching()


@pytest.fixture
def network(fetching: FakeFetching) -> Network:
    """A network with that at its end; nothing is fetched by itself."""
    return Network(lambda: fetching)


@pytest.fixture
def browsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the browser was asked to open, which it does."""
    found: list[str] = []

    async def take(_screen: object, address: str) -> str:
        found.append(address)
        return ""

    monkeypatch.setattr("kaltimtui.ui.controllers.browsing._open", take)
    return found


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No article counts as read by itself, however slow the machine is; a test may have it so."""
    monkeypatch.setattr("kaltimtui.ui.controllers.reading.READ_AFTER", 3_600.0)


@pytest.fixture(autouse=True)
def _nobodys_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test copies into the clipboard of who runs it, or tells their desktop of anything."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TMUX", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_TTY", "/dev/pts/0")


@pytest.fixture(autouse=True)
def _plain(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No pictures, whatever terminal the tests run in; a test that wants them asks for ``able``."""
    if "able" not in request.fixturenames:
        monkeypatch.setattr("kaltimtui.ui.controllers.picturing.can_draw", lambda: False)


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal has all the colours, and is that of this machine."""
    for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.fixture
def reading() -> Opens:
    """Opens readers; what is given goes to ``ReaderApp``."""

    @asynccontextmanager
    async def opened(
        library: Library, *, size: tuple[int, int] = (120, 40), **given: Any
    ) -> AsyncIterator[Reader]:
        app = ReaderApp(library, now, **given)
        async with app.run_test(size=size) as pilot:
            reader = Reader(app, pilot)
            await pilot.pause()
            yield reader
            assert not app.unforeseen

    return opened
