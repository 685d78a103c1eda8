"""Take the pictures of the README through the real reader, over the sample edition.

``python scripts/screenshots.py`` writes ``screenshots/*.svg``, and PNG beside them where
Chromium is installed.
"""

from __future__ import annotations

import asyncio
import math
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaltimtui.dates import WITA
from kaltimtui.demo.sample import SOURCE, load
from kaltimtui.document import Document, Paragraph, Span, paragraph
from kaltimtui.fetching import Fetching
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, View
from kaltimtui.paths import Paths
from kaltimtui.ui import themes
from kaltimtui.ui.app import ReaderApp
from kaltimtui.ui.network import Network

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

FOLDER: Final = Path(__file__).resolve().parents[1] / "screenshots"
NOW: Final = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
_WEB_FONT: Final = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_ADDED: Final = "Dinas kesehatan menambah dua posyandu lagi mulai pekan depan."
_TURNS: Final = 40
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, the size of the terminal, the theme, the keys before it."""

    name: str
    size: tuple[int, int]
    theme: str
    keys: tuple[str, ...]
    prepare: Callable[[Library], None] = lambda _library: None


def edit(library: Library) -> None:
    """Have the second article read, and then changed by its source."""
    row = library.rows(View(), limit=2)[1]
    library.mark([row.id], [Marking("read", True)])
    article = library.article(row.id)
    first = article.document.blocks[0]
    assert isinstance(first, Paragraph)
    said = first.spans[0].text.replace("dua belas posyandu", "empat belas posyandu")
    blocks = (Paragraph((Span(said),)), *article.document.blocks[1:], paragraph(_ADDED))
    changed = ArticleData(
        title=article.title,
        url=article.url,
        category=article.category,
        published=article.published,
        document=Document(blocks),
    )
    library.store_articles(SOURCE, [changed])


PICTURES: Final = (
    Picture("three-panes-dark", (120, 40), themes.DARK, ("j", "j", "s", "j")),
    Picture("three-panes-light", (120, 40), themes.LIGHT, ("j", "j", "j")),
    Picture("related", (120, 40), themes.DARK, ("j", "enter", "}", "}")),
    Picture("hints", (120, 40), themes.DARK, ("j", "enter", "f")),
    Picture("changes", (120, 40), themes.LIGHT, ("j", "d"), edit),
    Picture("stacked", (120, 40), themes.DARK, ("V", "j", "enter")),
    Picture("statistics", (120, 40), themes.DARK, ("percent_sign",)),
    Picture("narrow", (80, 24), themes.DARK, ("j", "j")),
    Picture("one-pane", (40, 12), themes.DARK, ()),
    Picture("search", (120, 40), themes.DARK, ("slash", *"sungai")),
    Picture("help", (120, 40), themes.DARK, ("question_mark",)),
    Picture("suggested", (120, 40), themes.DARK, ("S", "s", "j", "space", "j", "j", "space")),
)


def now() -> datetime:
    """The morning on which the pictures are taken."""
    return NOW


async def settle(pilot: Pilot[None]) -> None:
    """Let the reader finish what it is doing."""
    for _turn in range(_TURNS):
        await pilot.pause()
        await asyncio.sleep(0.02)


async def take(picture: Picture) -> Path:
    """Take one picture over a fresh sample edition."""
    with tempfile.TemporaryDirectory() as home:
        library = Library.open(Paths.find(home), clock=now)
        try:
            load(library)
            picture.prepare(library)
            network = Network(lambda: Fetching(library))  # never asked: the edition is all there is
            app = ReaderApp(library, now, network=network)
            app.theme = picture.theme
            async with app.run_test(size=picture.size) as pilot:
                await pilot.press(*picture.keys)
                await settle(pilot)
                svg = app.export_screenshot(title="kaltimtui")
        finally:
            library.close()
    target = FOLDER / f"{picture.name}.svg"
    # The exporter names a font on a public server; the picture must not call anywhere.
    target.write_text(_WEB_FONT.sub("", svg).replace("Fira Code", "DejaVu Sans Mono"))
    return target


def rasterise(browser: str, picture: Path) -> None:
    """Save an SVG as a PNG beside it, as a browser shows it."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture.read_text())
    assert box is not None
    width, height = (math.ceil(float(side)) for side in box.groups())
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                f"--user-data-dir={profile}",
                f"--window-size={width},{height}",
                f"--screenshot={picture.with_suffix('.png')}",
                picture.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Take all of them."""
    FOLDER.mkdir(exist_ok=True)
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    for picture in PICTURES:
        target = asyncio.run(take(picture))
        if browser:
            rasterise(browser, target)
        print(target.name)


if __name__ == "__main__":
    main()
