"""How articles look in the pane: the sample edition at three sizes, and pages of other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from tests.ui.conftest import now

from kaltimtui.demo.sample import SOURCE, pages
from kaltimtui.library import Library
from kaltimtui.models import View
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

    Compare = Callable[[str, Iterable[str]], None]

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = Library.open(Paths.find(str(tmp_path_factory.mktemp("home"))), clock=now)
    yield opened
    opened.close()


async def each_in(reader: Reader, library: Library) -> list[str]:
    """Opens every article; what the pane shows of each, one below the other."""
    shown: list[str] = []
    rows = sorted(library.rows(View(), limit=1_000), key=lambda row: row.title)
    reader.screen.reading.focus()
    for row in rows:
        reader.screen.opened.show(row.id)
        await reader.until(lambda id_=row.id: reader.screen.reading.article_id == id_)  # type: ignore[misc]  # the default binds the loop's value
        await reader.pilot.pause()
        region = reader.screen.reading.region
        shown.append(f"=== {row.title} ===")
        shown += [
            line[region.x : region.right].rstrip()
            for line in reader.lines()[region.y : region.bottom]
        ]
    return shown


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_edition_looks_as_before(
    size: tuple[int, int], reading: Opens, empty: Library, snapshot: Compare
) -> None:
    assert len(list(empty.import_all(list(pages())[:24], source=SOURCE))) == 24
    async with reading(empty, size=size) as reader:
        await reader.press("enter")
        shown = await each_in(reader, empty)
    assert sum(line.startswith("===") for line in shown) >= 20
    snapshot(f"edition-{size[0]}x{size[1]}", shown)


def _others(corpus: Path) -> Iterator[tuple[str, str, bytes]]:
    for file in sorted(corpus.glob("readability/*/source.html")):
        yield file.parent.name, f"https://halaman.example/{file.parent.name}", file.read_bytes()
    for file in sorted(corpus.glob("indonesia/*[ls]")):
        yield file.name, f"https://umpan.example/{file.name}", file.read_bytes()


async def test_pages_and_feeds_of_other_sites_are_read_to_their_ends(
    reading: Opens, empty: Library, shared: Path, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--long", default=False):
        pytest.skip("reads hundreds of articles: --long")
    found = list(empty.import_all(_others(shared / "corpus")))
    assert len(found) == 39 + 7
    assert all(page.articles and page.error is None for page in found)
    rows = empty.rows(View(), limit=2_000)
    async with reading(empty) as reader:
        await reader.press("enter")
        for row in rows:
            reader.screen.opened.show(row.id)
            await reader.until(lambda id_=row.id: reader.screen.reading.article_id == id_)  # type: ignore[misc]  # the default binds the loop's value
            reader.screen.reading.end()
            await reader.pilot.pause()
            assert reader.screen.reading.at_end
            assert {cell_len(line) for line in reader.lines()} == {120}
