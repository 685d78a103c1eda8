"""What changed in an article, on the screen."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import i18n, versions
from kaltimtui.comparing import Folded, compare, folded
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Document, ListBlock, Paragraph, Quote, Span, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import Paths
from kaltimtui.ui.actions import Pane
from kaltimtui.ui.screens.versions import Pair, VersionList, VersionsScreen
from kaltimtui.ui.setting.comparison import comparison_lines
from kaltimtui.ui.setting.lines import Role
from kaltimtui.wording import EDITED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

NOW = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
CHANGED = "✎ changed since you read it · d changes"
SIZES = [(120, 40), (80, 24), (40, 12)]
FEED = SourceData("Warta Pesisir", "feed", "https://warta.example/rss")
SAME = (
    "Air mulai naik sejak Senin malam, setelah hujan turun tiga hari tanpa henti di hulu.",
    "Warga menumpang di balai desa dan di rumah ibadah yang letaknya lebih tinggi.",
    "Dapur umum dibuka di tiga tempat oleh Badan Penanggulangan Bencana Daerah.",
    "Sekolah di tepi sungai diliburkan sampai akhir pekan ini.",
    "Jalan ke ibu kota kabupaten masih dapat dilalui kendaraan besar.",
)
_QUOTED = "“Kita harus tetap waspada, hujan belum selesai,” kata Bupati."


def said(*blocks: str, title: str, **more: Any) -> ArticleData:
    return ArticleData(
        title=title,
        url="https://warta.example/banjir",
        published=Stamp(NOW - timedelta(hours=9), "time"),
        document=Document(
            (
                *map(paragraph, blocks),
                Quote((paragraph(_QUOTED),)),
                ListBlock(((paragraph("120 selimut"),), (paragraph("40 tenda"),))),
            )
        ),
        **more,
    )


TEXTS = (
    said("Sebanyak 120 keluarga mengungsi.", *SAME, title="Banjir di Berau"),
    said(
        "Sebanyak 150 keluarga di Kelay mengungsi.",
        *SAME,
        title="Banjir di Berau, Warga Mengungsi",
        byline="jay/hmsprov",
        caption="Warga naik perahu",
    ),
    said(
        "Sebanyak 150 keluarga di Kelay dan Segah mengungsi.",
        *SAME,
        "Bantuan datang pada Selasa pagi.",
        title="Banjir di Berau, Warga Mengungsi",
        byline="jay/hmsprov",
        caption="Warga naik perahu karet",
    ),
)


@pytest.fixture(autouse=True)
def _indonesian_or_english(_indonesian: None) -> None:
    i18n.set_language("en")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = NOW - timedelta(hours=8)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """One article that was read in its first text and had two since, and one that had but one."""
    clock = Clock()
    opened = Library.open(Paths.find(str(tmp_path / "home")), clock=clock)
    for place, one in enumerate(TEXTS):
        opened.store_articles(FEED, [one])
        if not place:
            (row,) = opened.rows(View())
            opened.mark([row.id], (Marking("read", True),))
        clock.now += timedelta(hours=3)
    clock.now = NOW
    opened.store_articles(
        FEED,
        [ArticleData(title="Lain", guid="2", published=Stamp(NOW - timedelta(days=1), "time"))],
    )
    yield opened
    opened.close()


async def opened_versions(reader: Reader) -> VersionsScreen:
    await reader.until(lambda: reader.title() is not None)
    await reader.press("d")
    await reader.until(lambda: isinstance(reader.app.screen, VersionsScreen))
    screen = reader.app.screen
    assert isinstance(screen, VersionsScreen)
    await settled(reader, screen)
    return screen


async def settled(reader: Reader, screen: VersionsScreen) -> None:
    await reader.until(lambda: screen.shown == screen.wanted and not screen.workers)
    await reader.until(lambda: all(work.group != "seen" for work in reader.screen.workers))
    await reader.pilot.pause()


def shown(reader: Reader) -> str:
    return "\n".join(reader.lines())


@pytest.fixture(autouse=True)
def coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal has all the colours, and strikes out."""
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.mark.parametrize("size", SIZES)
async def test_it_looks_like_this(
    reading: Opens,
    library: Library,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
) -> None:
    async with reading(library, size=size) as reader:
        await opened_versions(reader)
        snapshot(f"versions-{size[0]}x{size[1]}", reader.lines())


@pytest.mark.parametrize("size", SIZES)
async def test_without_colours_signs_tell_the_same(
    reading: Opens,
    library: Library,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(library, size=size) as reader:
        await opened_versions(reader)
        snapshot(f"versions-colourless-{size[0]}x{size[1]}", reader.lines())


async def test_where_a_terminal_may_not_strike_out_signs_do(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "")
    monkeypatch.setenv("TERM", "xterm-256color")
    async with reading(library) as reader:
        await opened_versions(reader)
        assert "[-1 word removed-]" in shown(reader)


@pytest.mark.parametrize("size", SIZES)
async def test_the_list_of_versions_looks_like_this(
    reading: Opens,
    library: Library,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
) -> None:
    async with reading(library, size=size) as reader:
        await opened_versions(reader)
        await reader.press("v")
        await reader.until(lambda: isinstance(reader.app.screen, VersionList))
        await reader.press("space", "j")
        await reader.pilot.pause()
        snapshot(f"versions-list-{size[0]}x{size[1]}", reader.lines())


async def test_the_mark_in_the_list_goes_once_one_has_looked(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.until(lambda: reader.title() is not None)
        assert EDITED in reader.lines()[2]
        screen = await opened_versions(reader)
        assert screen.shown == Pair(0, 2)
        assert "Nothing has changed" not in shown(reader)
        await reader.until(lambda: screen.history.read == 2 and not reader.current().edited)
        await reader.press("d")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.pilot.pause()
        assert EDITED not in shown(reader)
        assert reader.current().read
        assert not library.row(reader.current().id).edited


async def test_the_article_says_that_it_changed_until_one_has_looked(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.until(lambda: reader.title() is not None)
        assert CHANGED in shown(reader)
        assert "1 minute read · 3 versions" in shown(reader)
        await opened_versions(reader)
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.until(lambda: CHANGED not in shown(reader))
        assert "1 minute read · 3 versions" in shown(reader)


async def test_one_who_looked_is_told_that_nothing_changed_since(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await opened_versions(reader)
        await reader.until(lambda: not reader.current().edited)
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen)
        screen = await opened_versions(reader)
        assert screen.shown == Pair(1, 2)
        assert "Nothing has changed since you read it: v shows all versions." in shown(reader)
        await reader.press("v")
        await reader.until(lambda: isinstance(reader.app.screen, VersionList))
        assert "Version 3 of 3 · the one you know" in shown(reader)
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is screen)
        await reader.press("h")
        await settled(reader, screen)
        assert screen.shown == Pair(0, 1)
        assert "Nothing has changed" not in shown(reader)


async def test_a_change_while_one_reads_is_told_and_moves_nothing(
    reading: Opens, library: Library
) -> None:
    id_ = next(row.id for row in library.rows(View()) if row.edited)
    kept = versions.of(library)
    kept.set_seen(id_, kept.history(id_).versions[-1])
    async with reading(library, size=(80, 16)) as reader:
        await reader.until(lambda: reader.title() is not None)
        pane = reader.screen.reading
        await reader.press("enter", "j", "j", "j", "j", "j", "j", "j", "j")
        await reader.until(lambda: pane.scroll_offset.y == 8)
        first = pane._page.lines[8]
        library.store_articles(FEED, [said("Semua pulang.", *SAME, title="Banjir surut")])
        reader.screen.show_news()
        await reader.until(lambda: bool(pane.article and pane.article.edited))
        assert pane._page.lines[pane.scroll_offset.y] == first
        assert reader.title() == "Banjir di Berau, Warga Mengungsi"
        assert EDITED in pane._page.text()
        await opened_versions(reader)
        await reader.press("escape")
        await reader.until(lambda: reader.title() == "Banjir surut")
        assert EDITED not in pane._page.text()


async def test_an_article_that_changed_in_the_pane_is_opened_as_it_is_now(
    reading: Opens, library: Library
) -> None:
    async with reading(library) as reader:
        await reader.until(lambda: reader.title() is not None)
        library.store_articles(FEED, [said("Semua pulang.", *SAME, title="Banjir surut")])
        reader.screen.show_news()
        await reader.until(lambda: reader.current().title == "Banjir surut")
        assert reader.title() == "Banjir di Berau, Warga Mengungsi"
        await reader.press("enter")
        await reader.until(lambda: reader.title() == "Banjir surut")
        assert CHANGED in shown(reader)


async def test_one_comes_back_to_the_article_at_its_place(reading: Opens, library: Library) -> None:
    async with reading(library, size=(80, 24)) as reader:
        await reader.until(lambda: reader.title() is not None)
        await reader.press("enter", "j", "j")
        await reader.until(lambda: reader.screen.reading.scroll_offset.y == 2)
        for key in ("d", "escape", "q"):
            await opened_versions(reader)
            await reader.press(key)
            await reader.until(lambda: reader.app.screen is reader.screen)
            assert (reader.at(), reader.screen.reading.scroll_offset.y) == (Pane.READING, 2)


async def test_keys_step_through_all_versions(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened_versions(reader)
        assert "VERSION 3 OF 3 · 24 Nov 2026 06:15 WITA, 2 hours ago" in shown(reader)
        assert "Compared with version 1: 24 Nov 2026 00:15 WITA, 8 hours ago" in shown(reader)
        await reader.press("h")
        await settled(reader, screen)
        assert screen.shown == (0, 1)
        assert "VERSION 2 OF 3 · 24 Nov 2026 03:15 WITA, 5 hours ago" in shown(reader)
        await reader.press("comma", "left")
        await settled(reader, screen)
        assert screen.shown == (0, 0)
        assert "This is the first text that is known." in shown(reader)
        assert "There is no version before." in shown(reader)
        await reader.press(".", "l")
        await settled(reader, screen)
        assert screen.shown == (1, 2)
        await reader.press("right")
        await reader.pilot.pause()
        assert screen.shown == (1, 2)
        assert "There is no newer one." in shown(reader)


async def test_any_two_can_be_compared(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened_versions(reader)

        async def chosen(*keys: str) -> Pair | None:
            await reader.press("v")
            await reader.until(lambda: isinstance(reader.app.screen, VersionList))
            await reader.press(*keys)
            await reader.until(lambda: reader.app.screen is screen)
            await settled(reader, screen)
            return screen.shown

        assert await chosen("enter") == (1, 2)
        assert await chosen("G", "space", "g", "enter") == (0, 2)
        assert await chosen("space", "j", "space", "j", "space", "enter") == (0, 1)
        assert await chosen("space", "space", "G", "enter") == (0, 0)
        assert await chosen("escape") == (0, 0)


async def test_what_is_the_same_unfolds_and_folds(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await opened_versions(reader)
        assert "… 5 paragraphs the same …" not in shown(reader)
        assert "… 3 paragraphs the same …" in shown(reader)
        assert SAME[2][:30] not in shown(reader)
        await reader.press("space")
        await reader.pilot.pause()
        assert SAME[2][:30] in shown(reader)
        await reader.press("enter")
        await reader.pilot.pause()
        assert SAME[2][:30] not in shown(reader)


async def test_a_click_unfolds_what_it_is_on(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        screen = await opened_versions(reader)
        row = next(at for at, line in enumerate(reader.lines()) if "the same …" in line)
        column = reader.lines()[row].index("paragraphs")
        await reader.pilot.click(offset=(column, row))
        await reader.pilot.pause()
        assert SAME[2][:30] in shown(reader)
        assert not screen.view.unfolded


async def test_an_article_of_one_text_says_so(reading: Opens, library: Library) -> None:
    async with reading(library) as reader:
        await reader.until(lambda: reader.title() is not None)
        await reader.press("j", "d")
        await reader.until(lambda: "No other text" in shown(reader))
        assert reader.app.screen is reader.screen


async def test_what_was_never_read_is_compared_with_its_first_text(
    reading: Opens, tmp_path: Path
) -> None:
    clock = Clock()
    opened = Library.open(Paths.find(str(tmp_path / "other")), clock=clock)
    for one in TEXTS:
        opened.store_articles(FEED, [one])
        clock.now += timedelta(hours=1)
    async with reading(opened) as reader:
        await reader.until(lambda: reader.title() is not None)
        assert EDITED not in shown(reader)
        screen = await opened_versions(reader)
        assert (screen.shown, screen.history.read) == (Pair(0, 2), None)
        assert not reader.current().read
    opened.close()


async def test_a_comparison_nobody_waits_for_is_given_up(
    reading: Opens, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = threading.Event(), threading.Event()

    def slow(old: ArticleData, new: ArticleData, check: Callable[[], None]) -> object:
        begun.set()
        try:
            while True:
                check()
        finally:
            ended.set()

    monkeypatch.setattr("kaltimtui.ui.screens.versions.compare", slow)
    async with reading(library) as reader:
        await reader.until(lambda: reader.title() is not None)
        await reader.press("d")
        await reader.until(begun.is_set)
        assert "Comparing …" in shown(reader)
        await reader.press("escape")
        await reader.until(lambda: ended.is_set() and reader.app.screen is reader.screen)
        assert reader.current().edited


# --- the lines ---------------------------------------------------------------------------------


def test_what_changed_has_a_look_of_its_own() -> None:
    passages = compare(TEXTS[0], TEXTS[1])
    lines = list(comparison_lines(passages, folded(passages), 60, signs=False))
    by_role = {
        role: [run.text for line in lines for run in line.runs if role in run.look.roles]
        for role in (Role.REMOVED, Role.ADDED)
    }
    assert by_role[Role.REMOVED] == ["120"]
    assert by_role[Role.ADDED] == [
        *(", Warga Mengungsi", "jay/hmsprov", "150", "di Kelay", "Warga naik perahu"),
    ]
    assert all(line.item is not None for line in lines if line.runs)


def test_bold_words_stay_bold_whatever_became_of_them() -> None:
    old, new = (
        ArticleData(title="Judul", document=Document((Paragraph(spans),)))
        for spans in (
            (Span("Ada "), Span("120 orang", strong=True), Span(" di balai.")),
            (Span("Ada "), Span("150 orang", strong=True), Span(" di "), Span("desa.", href="x:")),
        )
    )
    passages = compare(old, new)

    def drawn(*, signs: bool) -> list[tuple[str, tuple[Role, ...]]]:
        line = list(comparison_lines(passages, folded(passages), 60, signs=signs))[-1]
        return [(said, run.look.roles[1:]) for run in line.runs if (said := run.text.strip())]

    bold, gone, come = (Role.STRONG,), (Role.REMOVED,), (Role.ADDED,)
    assert drawn(signs=False) == [
        *(("Ada", ()), ("120", bold + gone), ("150", bold + come), ("orang", bold)),
        *(("di", ()), ("balai", gone), ("desa", come), (".", ())),
    ]
    assert drawn(signs=True) == [
        *(("Ada", ()), ("[-", gone), ("120", bold + gone), ("-]", gone)),
        *(("{+", come), ("150", bold + come), ("+}", come), ("orang", bold)),
        *(("di", ()), ("[-", gone), ("balai", gone), ("-]", gone)),
        *(("{+", come), ("desa", come), ("+}", come), (".", ())),
    ]


def test_a_link_does_not_look_like_what_came() -> None:
    linked = Document((Paragraph((Span("tautan", href="https://a.example/"),)),))
    one = ArticleData(title="Judul", document=linked)
    passages = compare(one, one)
    lines = list(comparison_lines(passages, folded(passages), 60, signs=False))
    assert all(run.look.roles == (Role.BODY,) for run in lines[-1].runs)


@pytest.mark.parametrize(
    ("changed", "entries"),
    [
        ("", [0, Folded(1, 9)]),
        ("1", [0, 1, 2, Folded(3, 7)]),
        ("5", [0, Folded(1, 3), 4, 5, 6, Folded(7, 3)]),
        ("4", [0, 1, 2, 3, 4, 5, Folded(6, 4)]),
        ("9", [0, Folded(1, 7), 8, 9]),
    ],
)
def test_long_stretches_that_are_the_same_are_folded(
    changed: str, entries: list[int | Folded]
) -> None:
    old = [f"Alinea {word}." for word in "abcdefghi"]
    new = [f"{one} Lagi." if str(at) == changed else one for at, one in enumerate(old, 1)]
    before, after = (
        ArticleData(title="Judul", document=Document(tuple(map(paragraph, one))))
        for one in (old, new)
    )
    assert folded(compare(before, after)) == entries


async def test_two_megabytes_are_shown_without_holding_up_a_key(
    reading: Opens, tmp_path: Path
) -> None:
    words = [f"kata{at * at % 5_003}" for at in range(200_000)]
    opened = Library.open(Paths.find(str(tmp_path / "big")), clock=lambda: NOW)
    for put in ("satu", "dua"):
        words[100::5_000] = [put] * len(words[100::5_000])
        one = ArticleData(
            title="Besar",
            guid="1",
            published=Stamp(NOW, "time"),
            document=Document((paragraph(" ".join(words)),)),
        )
        opened.store_articles(FEED, [one])
    async with reading(opened) as reader:
        screen = await opened_versions(reader)
        assert "40 words removed · 40 words added" in shown(reader)
        await reader.press("G")
        await reader.until(lambda: screen.view.scroll_offset.y == screen.view.max_scroll_y > 1_000)
    opened.close()
