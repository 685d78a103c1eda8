"""What nobody should do to a reader, and what then happens: nothing is lost, nothing hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ui.conftest import now
from textual.events import Paste

from kaltimtui import organising
from kaltimtui.library import Library
from kaltimtui.models import Marking, View, ViewKind
from kaltimtui.store import tags
from kaltimtui.ui.widgets.note_pane import NoteText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.conftest import Opens, Reader

pytestmark = pytest.mark.usefixtures("english")


def mark(library: Library, place: int, *marks: Marking) -> None:
    library.mark([library.rows(View())[place].id], marks)


def shown(reader: Reader) -> str:
    return "\n".join(reader.lines())


@pytest.fixture
def other(news: Library) -> Iterator[Library]:
    """The same store, as another program has it open."""
    opened = Library.open(news.paths, clock=now)
    yield opened
    opened.close()


async def test_500_searches_and_10_000_tags(reading: Opens, news: Library) -> None:
    mark(news, 1, *(Marking("tag", f"t{n // 100}/{n}") for n in range(10_000)))
    searches = organising.of(news)
    for number in range(500):
        searches.add_search(f"Cari {number}", f"kata{number}", f"Map {number % 30}/Dalam")
    async with reading(news) as reader:
        assert "▸ Searches" in shown(reader)
        assert "▸ Tags" in shown(reader)
        assert "#t0/0 +9999" in shown(reader)
        views = [entry.view for entry, _above in reader.screen.categories.entries()]
        assert sum(view.tag is not None for view in views) == tags.SHOWN
        assert sum(view.kind is ViewKind.SAVED and bool(view.saved) for view in views) == 510
        await reader.press("slash", *"tag:t99")
        box = reader.screen.list_pane.search
        await reader.until(lambda: "t99/9900" in box.note.options)
        await reader.press("escape", "escape", "t", *"t77/7")
        await reader.until(lambda: len(reader.screen.tagging._known) > 10_000)
        await reader.press("7", "tab", "enter")
        await reader.until(lambda: reader.current().tags == ("t77/7700",))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("kata " * 1_999, "more than 500 terms"),
        ("x" * 10_001, "longer than 10000"),
        ("x" * 10_000, ""),
        ("(" * 10_000, "nest"),
        ("\u202e\x1b[31m" * 1_000 + '"', ""),
    ],
    ids=range(5),
)
async def test_a_search_of_10_000_characters_on_the_smallest_screen(
    reading: Opens, news: Library, typed: str, told: str
) -> None:
    async with reading(news, size=(40, 12)) as reader:
        await reader.press("slash")
        bar = reader.screen.list_pane.search
        bar.write(typed)
        await reader.until(lambda: told in bar.note.message)
        await reader.press("a", "left", "backspace", "home", "end", "tab", "enter")
        assert "\x1b" not in shown(reader)
        assert "\u202e" not in shown(reader)
        await reader.press("escape", "escape", "escape")
        await reader.until(lambda: reader.screen.list_pane.view == View())
        assert reader.current().title == "Kabar 0"


async def test_the_list_of_a_tag_whose_last_article_loses_it_makes_way_for_all(
    reading: Opens, news: Library
) -> None:
    mark(news, 2, Marking("tag", "air"))
    view = View(ViewKind.TAG, tag="air")
    async with reading(news) as reader:
        reader.screen.open_view(view)
        await reader.until(lambda: reader.current().title == "Kabar 2")
        await reader.press("t", *"-air", "enter")
        await reader.until(lambda: reader.screen.list_pane.view == View())
        assert reader.screen.categories.entry(view) is None
        await reader.press("u")
        await reader.until(lambda: reader.screen.categories.entry(view) is not None)


async def test_the_list_of_an_emptied_tag_with_a_colour_stays(
    reading: Opens, news: Library
) -> None:
    mark(news, 2, Marking("tag", "air"))
    news.colour_tag("air", "red")
    view = View(ViewKind.TAG, tag="air")
    async with reading(news) as reader:
        reader.screen.open_view(view)
        await reader.until(lambda: reader.current().title == "Kabar 2")
        await reader.press("t", *"-air", "enter")
        await reader.until(lambda: news.count(view).total == 0)
        await reader.until(lambda: reader.screen.categories.entry(view) is not None)
        assert reader.screen.list_pane.view == view
        assert reader.screen.categories.colours == {"air": "red"}


async def test_what_another_program_marks_and_takes_back_is_followed(
    reading: Opens, news: Library, other: Library
) -> None:
    async with reading(news) as reader:
        await reader.press("s")
        await reader.until(lambda: reader.current().starred)
        mark(other, 0, Marking("tag", "air"))
        mark(other, 3, Marking("starred", True))
        reader.screen.tick()
        await reader.until(lambda: reader.current().tags == ("air",))
        await reader.press("u")
        await reader.until(lambda: other.count(View(ViewKind.STARRED)).total == 1)
        assert reader.current().starred
        assert [row.title for row in other.rows(View(ViewKind.STARRED))] == ["Kabar 0"]
        other.undo()
        other.undo()
        reader.screen.tick()
        await reader.until(lambda: reader.current().tags == ())
        await reader.until(lambda: not reader.current().starred)
        await reader.until(lambda: news.navigation().starred.total == 0)


# --- notes ----------------------------------------------------------------------------------------


async def test_a_note_of_a_megabyte_is_written_in(reading: Opens, news: Library) -> None:
    note = ("kata " * 200 + "\n\n") * 900
    mark(news, 0, Marking("note", note))
    kept = news.article(news.rows(View())[0].id).note
    assert kept is not None
    async with reading(news) as reader:
        await reader.press("E")
        await reader.until(lambda: reader.screen.typing and reader.screen.noting.box is not None)
        await reader.until(lambda: isinstance(reader.app.focused, NoteText))
        await reader.press("enter", "a", "escape")
        await reader.until(lambda: reader.screen.noting.box is None)
        assert news.article(news.rows(View())[0].id).note == f"{kept}\na"


async def test_a_note_with_a_line_without_end_is_shown_and_not_opened(
    reading: Opens, news: Library
) -> None:
    note = "kata" * 200_000
    mark(news, 0, Marking("note", note))
    async with reading(news) as reader:
        await reader.press("E")
        await reader.until(lambda: "more than 20000 characters" in reader.screen.bottom.said)
        assert reader.screen.noting.box is None
        await reader.press("j")
        await reader.until(lambda: reader.title() == "Kabar 1")
    assert news.article(news.rows(View())[0].id).note == note


async def test_what_is_pasted_into_a_note_is_cleaned_or_refused(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await reader.press("E")
        await reader.until(lambda: isinstance(reader.app.focused, NoteText))
        box = reader.app.focused
        assert isinstance(box, NoteText)
        reader.app.post_message(Paste("a\x1b[31m\u202eb\nc"))
        await reader.until(lambda: bool(box.text))
        assert box.text == "a[31mb\nc"
        reader.app.post_message(Paste("x" * 20_001))
        await reader.until(lambda: len(reader.app._notifications) > 0)
        assert box.text == "a[31mb\nc"
