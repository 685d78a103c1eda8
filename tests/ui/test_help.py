from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n, text
from kaltimtui.i18n import _
from kaltimtui.ui.actions import ACTIONS, Pane
from kaltimtui.ui.screens.help import help_text, keys_of

if TYPE_CHECKING:
    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("pane", Pane)
@pytest.mark.usefixtures("_indonesian")
@pytest.mark.parametrize(("width", "column"), [(75, 17), (57, 17), (37, 10), (18, 10)])
def test_each_line_of_a_name_begins_in_its_column(
    language: i18n.Language, pane: Pane, width: int, column: int
) -> None:
    i18n.set_language(language)
    lines = help_text(pane, "", width).plain.split("\n")
    assert max(map(text.width, lines)) <= width
    rows = [line for line in lines if line.startswith("  ")]
    keys = {keys_of(action) for action in ACTIONS}
    for line in rows:
        assert line.strip() in keys or line[column - 1] == " " != line[column]
    told = "".join("".join(rows).split())
    for action in ACTIONS:
        if action.keys and pane in action.where:
            assert "".join(f"{keys_of(action)}{_(action.title)}".split()) in told


def keys_shown(reader: Reader) -> int:
    return reader.app.screen.query_one("#keys").size.height


@pytest.mark.parametrize(("size", "lines"), [((120, 40), 30), ((80, 24), 22), ((40, 12), 10)])
async def test_the_keys_have_what_room_there_is(
    reading: Opens, news: Library, size: tuple[int, int], lines: int
) -> None:
    async with reading(news, size=size) as reader:
        await reader.press("question_mark")
        await reader.until(lambda: len(reader.app.screen_stack) == 2)
        await reader.until(lambda: keys_shown(reader) == lines)
        await reader.pilot.resize_terminal(80, 24)
        await reader.until(lambda: keys_shown(reader) == 22)
        long = "Tampilkan apa yang berubah dalam artikel sejak dibaca"
        await reader.press(*"berubah")
        await reader.until(lambda: any(long in line for line in reader.lines()))
