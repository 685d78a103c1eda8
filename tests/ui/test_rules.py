"""The table of rules, and the form in which one is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import organising
from kaltimtui.models import Marking, View, ViewKind
from kaltimtui.rule import RuleAction
from kaltimtui.ui.actions import ACTIONS, Pane
from kaltimtui.ui.screens.rule_form import RuleForm
from kaltimtui.ui.screens.rules import RulesScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library
    from kaltimtui.organising import Organising
    from kaltimtui.rule import Rule

pytestmark = pytest.mark.usefixtures("english")

NOTIFY, STAR, HIDE = RuleAction("notify"), RuleAction("star"), RuleAction("hide")


@pytest.fixture
def known(news: Library) -> Organising:
    """The rules of a library: three, the second of them off."""
    known = organising.of(news)
    known.add_rule("Satu", '"kabar 1"', (NOTIFY, RuleAction("tag", "satu")))
    second, _change = known.add_rule("Dua", '"kabar 2" or "kabar 22"', (STAR,))
    known.change_rule(second, enabled=False)
    known.add_rule("Semua", "kabar", (HIDE,))
    return known


def table_of(reader: Reader) -> RulesScreen:
    assert isinstance(reader.app.screen, RulesScreen)
    return reader.app.screen


def form_of(reader: Reader) -> RuleForm:
    assert isinstance(reader.app.screen, RuleForm)
    return reader.app.screen


def names(known: Organising) -> list[str]:
    return [rule.name for rule in known.rules()]


def named(known: Organising, name: str) -> Rule:
    return next(rule for rule in known.rules() if rule.name == name)


async def opened_table(reader: Reader) -> RulesScreen:
    await reader.press("exclamation_mark")
    await reader.until(lambda: isinstance(reader.app.screen, RulesScreen))
    table = table_of(reader)
    await reader.until(lambda: len(table.table) == len(table.shown) > 0)
    return table


async def opened_form(reader: Reader, key: str = "a") -> RuleForm:
    await reader.press(key)
    await reader.until(lambda: isinstance(reader.app.screen, RuleForm))
    form = form_of(reader)
    await reader.until(lambda: form.lines.search.box.has_focus)
    return form


async def shown(reader: Reader, *words: str) -> None:
    await reader.until(lambda: all(word in "\n".join(reader.lines()) for word in words), str(words))


# --- the table -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_a_table_without_rules_says_what_to_do(
    reading: Opens, news: Library, size: tuple[int, int]
) -> None:
    async with reading(news, size=size) as reader:
        await reader.press("exclamation_mark")
        await shown(reader, "No rule yet.")
        assert "Esc back" in "\n".join(reader.lines()[-4:])


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_table_looks_like_this(
    reading: Opens,
    news: Library,
    known: Organising,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
) -> None:
    async with reading(news, size=size) as reader:
        table = await opened_table(reader)
        await reader.until(lambda: len(table.found) == 3)
        await reader.press("j")
        await shown(reader, "2 of 3", "250")
        snapshot(f"rules-{size[0]}x{size[1]}", reader.lines())


async def test_a_rule_is_turned_off_and_on_and_renamed(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        table = await opened_table(reader)
        await reader.press("space")
        await reader.until(lambda: not named(known, "Satu").enabled)
        await shown(reader, "“Satu” is off")
        await reader.until(lambda: table.current is not None and not table.current.enabled)
        await reader.press("space")
        await reader.until(lambda: named(known, "Satu").enabled)
        await reader.press("n")
        assert table.prompt.line.value == "Satu"
        table.prompt.line.value = "dua"
        await reader.press("enter")
        await shown(reader, "“Dua” already")
        assert table.prompt.display
        table.prompt.line.value = "Pertama\x1b[31m\n"
        await reader.press("enter")
        await reader.until(lambda: not table.prompt.display)
        assert "\x1b" not in names(known)[0]
        assert names(known)[0].startswith("Pertama")


async def test_rules_are_put_in_order_and_the_cursor_goes_along(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        table = await opened_table(reader)
        await reader.press("J")
        await reader.until(lambda: names(known) == ["Dua", "Satu", "Semua"])
        await reader.until(lambda: table.table.cursor == 1)
        assert table.current is not None
        assert table.current.name == "Satu"
        await reader.press("K")
        await reader.until(lambda: names(known) == ["Satu", "Dua", "Semua"])
        await reader.until(lambda: table.table.cursor == 0)
        await reader.press("K")
        await reader.press("G", "J")
        await reader.press("u")
        await reader.until(lambda: names(known) == ["Dua", "Satu", "Semua"])


async def test_a_rule_is_removed_and_brought_back(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        table = await opened_table(reader)
        await reader.press("D")
        await reader.until(lambda: names(known) == ["Dua", "Semua"])
        await shown(reader, "Satu removed; u brings it back")
        await reader.press("u")
        await reader.until(lambda: names(known) == ["Satu", "Dua", "Semua"])
        await reader.press("ctrl+r")
        await reader.until(lambda: len(table.shown) == 2)
        await reader.press("D")
        await reader.until(lambda: len(table.shown) == 1)
        await reader.press("D")
        await shown(reader, "No rule yet. Press a to write one.")
        await reader.press("D", "e", "space", "J", "p", "o", "n")
        assert reader.app.screen is table


async def test_a_rule_is_applied_to_what_is_here_as_one_step(
    reading: Opens, news: Library, known: Organising
) -> None:
    starred = View(ViewKind.STARRED)
    async with reading(news) as reader:
        await opened_table(reader)
        await reader.press("j", "p")
        await reader.until(lambda: news.count(starred).total == 2)
        await shown(reader, "u takes it back")
        await reader.press("u")
        await reader.until(lambda: news.count(starred).total == 0)
        await reader.press("ctrl+r")
        await reader.until(lambda: news.count(starred).total == 2)
        await reader.press("p")
        await shown(reader, "nothing to change")
        assert "takes it back" not in "\n".join(reader.lines())


async def test_a_name_with_braces_is_told_letter_for_letter(
    reading: Opens, news: Library, known: Organising
) -> None:
    known.change_rule(named(known, "Satu").id, name="{x} {what} {")
    async with reading(news) as reader:
        await opened_table(reader)
        await reader.press("space")
        await shown(reader, "“{x} {what} {” is off")
        await reader.press("D")
        await shown(reader, "{x} {what} { removed")


async def test_what_a_rule_finds_is_shown_in_the_reader(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        await opened_table(reader)
        await reader.press("j", "o")
        await reader.until(lambda: reader.app.screen is reader.screen)
        await reader.until(lambda: reader.screen.list_pane.view.query == '"kabar 2" or "kabar 22"')
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) == 2)


async def test_a_rule_that_cannot_be_read_is_marked_with_its_trouble(
    reading: Opens, news: Library, known: Organising
) -> None:
    with news.database.writing() as connection:
        connection.execute("UPDATE rule SET query = '(kabar' WHERE name = 'Satu'")
    async with reading(news) as reader:
        table = await opened_table(reader)
        assert table.shown[0].trouble
        await shown(reader, "[!] Satu", "(kabar", table.shown[0].trouble)
        form = await opened_form(reader, "e")
        await reader.until(lambda: bool(form.lines.search.note.message))


async def test_two_hundred_rules_are_drawn_where_they_are_looked_at(
    reading: Opens, news: Library, known: Organising
) -> None:
    for n in range(200):
        known.add_rule(f"Aturan {n}", f"kabar{n}", (NOTIFY,))
    async with reading(news, size=(40, 12)) as reader:
        table = await opened_table(reader)
        await reader.press("G")
        assert table.table.cursor == 202
        await shown(reader, "203 of 203", "Aturan 199")
        await reader.press("escape")
        assert reader.app.screen is reader.screen


async def test_the_mouse_reaches_everything_that_the_bottom_line_tells_of(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news, size=(180, 40)) as reader:
        table = await opened_table(reader)
        told = {hint.action for hint in table.bottom.keys}
        assert told >= {a.name for a in ACTIONS if a.where == {Pane.RULES} if a.footer}
        assert {spot.action for spot in table.bottom.spots} == told
        (spot,) = (spot for spot in table.bottom.spots if spot.action == "add_rule")
        await reader.pilot.click(table.bottom, offset=(spot.cells.start, 0))
        await reader.until(lambda: isinstance(reader.app.screen, RuleForm))


async def test_the_palette_finds_the_rules(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        await reader.press("colon", *"rules")
        await shown(reader, "Show the rules")
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, RulesScreen))
        await reader.press("question_mark")
        await shown(reader, "Turn this rule off, or on again")


# --- writing one ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_form_looks_like_this(
    reading: Opens,
    news: Library,
    known: Organising,
    size: tuple[int, int],
    snapshot: Callable[[str, Iterable[str]], None],
) -> None:
    async with reading(news, size=size) as reader:
        await opened_table(reader)
        form = await opened_form(reader, "e")
        await reader.press("down")
        await reader.until(lambda: len(form.samples) == 1)
        await reader.press("up")
        form.lines.search.box.value = "kabar "
        await reader.until(lambda: len(form.samples) == 20)
        await shown(reader, "250 articles")
        samples, bar = form.samples, form.samples.vertical_scrollbar
        await reader.until(
            lambda: (
                (bar.window_size, bar.window_virtual_size)
                == (samples.size.height, samples.virtual_size.height)
                or not samples.show_vertical_scrollbar
            )
        )
        await reader.pilot.pause()
        snapshot(f"rule-{size[0]}x{size[1]}", reader.lines())


async def test_what_would_have_been_found_is_shown_as_one_types(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        await opened_table(reader)
        form = await opened_form(reader)
        assert form.heading.detail == ""
        await reader.press(*'"kabar 3"')
        await shown(reader, "1 article", "Kabar 3")
        form.lines.search.box.value = "kabar"
        await shown(reader, "250 articles", "Kabar 19")
        form.lines.search.box.value = "tidak-ada-kata-ini"
        await reader.until(lambda: form.heading.detail == "nothing")
        assert len(form.samples) == 0
        form.lines.search.box.value = "(kabar"
        await reader.until(lambda: bool(form.lines.search.note.message))
        assert form.lines.search.note.carets is not None
        assert form.heading.detail == ""
        form.lines.search.box.value = "x" * 10_001
        await shown(reader, "longer than 10000")
        many = " or ".join(f"kata-yang-panjang-{n:03}" for n in range(397))
        assert 9_900 < len(many) < 10_000
        form.lines.search.box.value = f'{many} or "kabar 4"'
        await reader.until(lambda: form.heading.detail == "1 article")
        assert not form.lines.search.note.message


async def test_a_rule_is_written_by_keys_alone(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        table = await opened_table(reader)
        form = await opened_form(reader)
        await reader.press("enter")
        await shown(reader, "Type what the rule looks for.")
        await reader.press(*'"kabar 7"', "enter")
        await shown(reader, "Choose what the rule does.")
        assert form.lines.does.has_focus
        await reader.press("space", "right", "space", "down", *"tuj", "comma", *" x/y")
        await reader.press("up", "up", "up", *"Tujuh", "enter")
        await reader.until(lambda: reader.app.screen is table)
        await reader.until(lambda: names(known)[-1] == "Tujuh")
        rule = named(known, "Tujuh")
        assert rule.query == '"kabar 7"'
        tags = RuleAction("tag", "tuj"), RuleAction("tag", "x/y")
        assert set(rule.actions) == {NOTIFY, STAR, *tags}
        await reader.until(lambda: table.current is not None and table.current.name == "Tujuh")
        await reader.press("u")
        await reader.until(lambda: "Tujuh" not in names(known))


async def test_a_rule_without_a_name_is_called_as_its_search(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        table = await opened_table(reader)
        form = await opened_form(reader)
        await reader.press(*"kabar", "down", "space", "enter")
        await reader.until(lambda: not isinstance(reader.app.screen, RuleForm))
        await reader.until(lambda: names(known)[-1] == "kabar")
        form = await opened_form(reader)
        await reader.press(*"kabar", "down", "space", "enter")
        await shown(reader, "already")
        assert form_of(reader) is form
        await reader.press("escape")
        assert table_of(reader) is table


async def test_a_rule_is_changed_where_it_stands(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        table = await opened_table(reader)
        form = await opened_form(reader, "enter")
        assert form.draft.name == "Satu"
        assert set(form.draft.actions) == {NOTIFY, RuleAction("tag", "satu")}
        form.lines.search.box.value = '"kabar 8"'
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is table)
        await reader.until(lambda: named(known, "Satu").query == '"kabar 8"')
        assert names(known) == ["Satu", "Dua", "Semua"]


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_it_is_done_to_what_is_here_where_that_is_chosen_and_said_how_much_that_is(
    reading: Opens, news: Library, known: Organising, size: tuple[int, int]
) -> None:
    starred = View(ViewKind.STARRED)
    first = news.rows(View(), limit=1)[0]
    async with reading(news, size=size) as reader:
        await reader.press("s")
        await reader.until(lambda: news.count(starred).total == 1)
        assert first.title == "Kabar 0"
        table = await opened_table(reader)
        form = await opened_form(reader)
        form.lines.search.box.value = '"kabar 0" or "kabar 1" or "kabar 2"'
        form.lines.does.chosen = frozenset({1})
        assert not form.lines.past.chosen
        form.set_focus(form.lines.past)
        await reader.press("space")
        await shown(reader, "[✓] 2 articles change")
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is table)
        await reader.until(lambda: news.count(starred).total == 3)
        await reader.press("u")
        await reader.until(lambda: news.count(starred).total == 1)


async def test_a_rule_is_begun_from_the_search_one_is_in(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        await reader.press("slash", *'"kabar 9"', "enter")
        await reader.until(lambda: len(reader.screen.list_pane.articles.window) == 1)
        form = await opened_form(reader, "B")
        assert form.lines.search.box.value == '"kabar 9"'
        await shown(reader, "1 article")
        await reader.press("escape")
        assert isinstance(reader.app.screen, RulesScreen)


async def test_tags_and_fields_are_completed(
    reading: Opens, news: Library, known: Organising
) -> None:
    first = news.rows(View(), limit=1)[0]
    news.mark([first.id], [Marking("tag", "mahakam/hulu")])
    async with reading(news) as reader:
        await opened_table(reader)
        form = await opened_form(reader)
        await reader.press(*"tit")
        await reader.until(lambda: form.lines.search.note.options == ("title:",))
        await reader.press("tab")
        assert form.lines.search.box.value == "title:"
        await reader.until(lambda: form.lines._known == ["mahakam", "mahakam/hulu"])
        form.set_focus(form.lines.tags)
        await reader.press(*"mahakam/")
        await reader.until(lambda: form.lines.tags._suggestion == "mahakam/hulu")
        await reader.press("tab")
        assert form.lines.tags.value == "mahakam/hulu"


async def test_the_numbers_follow_what_a_rule_has_hidden(
    reading: Opens, news: Library, known: Organising
) -> None:
    async with reading(news) as reader:
        table = await opened_table(reader)
        await reader.until(lambda: table.found.get("kabar") == 250)
        await reader.press("G", "p")
        await reader.until(lambda: news.count(View()).total == 0)
        await reader.until(lambda: table.found["kabar"] == 0)
        await reader.press("u")
        await reader.until(lambda: table.found["kabar"] == 250)
