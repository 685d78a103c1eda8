"""Opening addresses: in which browser, and what is said where that fails."""

from __future__ import annotations

import sys
import webbrowser
from typing import TYPE_CHECKING

import pytest

from kaltimtui.models import ArticleData, SourceData
from kaltimtui.ui.browsers import Browser, browser_for

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Opens

    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")
URL = "https://kabar.example/?a=1&b='2'"


class Other(webbrowser.BaseBrowser):
    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        return bool(url) and bool(new) and autoraise


@pytest.mark.parametrize(
    ("found", "browser"),
    [
        (webbrowser.BackgroundBrowser("xdg-open"), Browser(["xdg-open", URL])),
        (webbrowser.GenericBrowser(["firefox", "--new-tab=%s"]),
         Browser(["firefox", f"--new-tab={URL}"])),
        (webbrowser.GenericBrowser("/usr/bin/w3m"), Browser(["/usr/bin/w3m", URL], True)),
        (webbrowser.Mozilla("firefox"), Browser(["firefox", URL])),
        (Other("lain"), Browser([])),
    ],
)  # fmt: skip
def test_a_browser_is_an_argument_vector(
    monkeypatch: pytest.MonkeyPatch, found: webbrowser.BaseBrowser, browser: Browser
) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: found)
    assert browser_for(URL) == browser


def test_there_may_be_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    assert browser_for(URL) is None


@pytest.fixture
def library(news: Library) -> Library:
    data = [ArticleData(title="Beralamat", guid="x", url="https://kabar.example/x")]
    news.store_articles(SourceData("Surat", "feed"), data)
    return news


@pytest.mark.parametrize(
    ("browser", "said"),
    [
        (None, "No browser was found; y copies the address."),
        (Browser(["/none/firefox", URL]), "firefox cannot be started: there is no such program"),
        (Browser([sys.executable, "-c", "import sys; sys.exit('tanpa layar')"]),
         "ended with 1: tanpa layar"),
        (Browser(["w3m", URL], True), "w3m needs a terminal; y copies the address."),
    ],
)  # fmt: skip
async def test_a_browser_that_fails_is_told_of_in_one_line(
    reading: Opens,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    browser: Browser | None,
    said: str,
) -> None:
    monkeypatch.setattr("kaltimtui.ui.controllers.browsing.browser_for", lambda _url: browser)
    async with reading(library) as reader:
        await reader.press("g")
        while reader.current().title != "Beralamat":
            await reader.press("j")
            await reader.pilot.pause()
        await reader.press("o")
        await reader.until(lambda: said in reader.screen.bottom.said)
        assert not reader.app._notifications


async def test_a_browser_is_given_the_address(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened = tmp_path / "opened"
    code = f"import sys, pathlib; pathlib.Path({str(opened)!r}).write_text(sys.argv[1])"
    command = webbrowser.BackgroundBrowser([sys.executable, "-c", code, "%s"])
    monkeypatch.setattr(webbrowser, "get", lambda: command)
    async with reading(library) as reader:
        reader.app.open_url("https://kabar.example/x")
        await reader.until(lambda: opened.exists() and bool(opened.read_text()))
    assert opened.read_text() == "https://kabar.example/x"
