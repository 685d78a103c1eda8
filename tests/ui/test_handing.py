"""Handing articles over: to commands that share, and to those that are typed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaltimtui.config import Config
from kaltimtui.errors import UsageError
from kaltimtui.markdown import article_markdown
from kaltimtui.models import ArticleData, SourceData
from kaltimtui.ui.handing import command_line, formed, share_words
from kaltimtui.ui.screens.choosing import ChoosingScreen
from kaltimtui.ui.screens.output import OutputScreen
from kaltimtui.ui.state import ScreenState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library
    from kaltimtui.models import Article

pytestmark = pytest.mark.usefixtures("english")
SPECIAL = "Beras; $(rm -rf /) \"naik\" `x` {url} 'dua' --help"


# --- pure ----------------------------------------------------------------------------------


def test_each_word_stays_one_word_whatever_the_title(article: Callable[..., Article]) -> None:
    words = ("kirim", "--body={url} {title}", "{title}", "{lain}", "{url}{url}")
    one = article(title=SPECIAL, url="https://a.example/?q={title}")
    assert share_words(words, one) == [
        "kirim",
        f"--body=https://a.example/?q={{title}} {SPECIAL}",
        SPECIAL,
        "{lain}",
        "https://a.example/?q={title}" * 2,
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(max_size=40), st.lists(st.sampled_from(["{title}", "a{title}b", "{url}", "-c", "x"]))
)
def test_whatever_the_title_the_words_stay_as_many_and_can_be_given_to_a_program(
    article: Callable[..., Article], title: str, words: list[str]
) -> None:
    said = share_words(["kirim", *words], article(title=title, url="https://a.example/"))
    assert len(said) == len(words) + 1
    for word, given_ in zip(words, said[1:], strict=True):
        assert "\0" not in given_
        given_.encode()
        assert word.startswith("-") or not given_.startswith("-")


def test_no_title_becomes_an_option(article: Callable[..., Article]) -> None:
    one = article(title="--exec=jahat")
    assert share_words(("kirim", "{title}", "-s{title}"), one)[1:] == [
        " --exec=jahat",
        "-s--exec=jahat",
    ]


def test_control_characters_and_line_breaks_reach_no_command(
    article: Callable[..., Article],
) -> None:
    (_program, title) = share_words(("kirim", "{title}"), article(title="a\x1b[2J\nb\0c"))
    assert title == "a[2J bc"


def test_without_an_address_only_a_title_is_shared(article: Callable[..., Article]) -> None:
    assert share_words(("kirim", "{title}"), article(url=None, title="Satu")) == ["kirim", "Satu"]
    with pytest.raises(UsageError, match="has no address"):
        share_words(("kirim", "{url}"), article(url=None))


@pytest.mark.parametrize(
    ("typed", "form", "words"),
    [
        ("pandoc -o 'dua kata.docx'", "markdown", ["pandoc", "-o", "dua kata.docx"]),
        ("json: jq .title", "json", ["jq", ".title"]),
        (" TEXT:wc -w ", "text", ["wc", "-w"]),
        ("markdown:cat", "markdown", ["cat"]),
        ("host:cat", "markdown", ["host:cat"]),
        ("a | b > $HOME", "markdown", ["a", "|", "b", ">", "$HOME"]),
    ],
)
def test_a_command_line_is_words_and_perhaps_a_form(
    typed: str, form: str, words: list[str]
) -> None:
    assert command_line(typed, "markdown") == (form, words)


@pytest.mark.parametrize("typed", ["", " ", "json:", "'", "a 'b", "''", "a\0b"])
def test_what_is_no_command_line_is_told(typed: str) -> None:
    with pytest.raises(UsageError):
        command_line(typed, "markdown")


def test_the_forms_are_those_of_the_commands(
    article: Callable[..., Article], now: datetime
) -> None:
    pair = [article(), article(id="b2", title="Dua\x1b")]
    assert formed(pair[:1], "markdown", now).decode() == article_markdown(pair[0])
    objects = [json.loads(line) for line in formed(pair, "json", now).splitlines()]
    assert [(one["id"], one["title"]) for one in objects] == [("a1", pair[0].title), ("b2", "Dua")]
    text = formed(pair, "text", now).decode()
    assert text.startswith(f"{pair[0].title}\n")
    assert "─" * 72 in text
    assert "\x1b" not in text
    assert formed(pair, "markdown", now).decode().count("\n---\n\n# ") == 1


# --- in the reader -------------------------------------------------------------------------


@pytest.fixture
def library(news: Library, now: datetime) -> Library:
    """With an article on top that has an address and a title to be wary of."""
    data = ArticleData(title=SPECIAL, guid="x", url="https://kabar.example/x")
    news.store_articles(SourceData("Kabar Kaltim", "feed"), [data])
    return news


def writing(file: Path) -> tuple[str, ...]:
    code = f"import sys, pathlib; pathlib.Path({str(file)!r}).write_text('|'.join(sys.argv[1:]))"
    return sys.executable, "-c", code, "{url}", "{title}"


async def at_special(reader: Reader) -> None:
    await reader.press("g")
    while reader.current().title != SPECIAL:
        await reader.press("j")
        await reader.pilot.pause()


async def test_one_command_is_run_at_once(reading: Opens, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "shared"
    async with reading(library, config=Config(share=(("grup", writing(file)),))) as reader:
        await at_special(reader)
        await reader.press("w")
        await reader.until(lambda: "Shared by grup: Beras" in reader.screen.bottom.said)
        await reader.until(lambda: file.exists() and bool(file.read_text()))
    assert file.read_text() == f"https://kabar.example/x|{SPECIAL}"


async def test_of_several_one_is_chosen(reading: Opens, library: Library, tmp_path: Path) -> None:
    first, second = tmp_path / "satu", tmp_path / "dua"
    share = (("[b]satu", writing(first)), ("dua", writing(second)))
    async with reading(library, config=Config(share=share)) as reader:
        await at_special(reader)
        await reader.press("w")
        await reader.until(lambda: isinstance(reader.app.screen, ChoosingScreen))
        await reader.pilot.pause()
        assert any("1 [b]satu" in line for line in reader.lines())
        await reader.press("9", "2")
        await reader.until(lambda: "Shared by dua" in reader.screen.bottom.said)
        await reader.until(lambda: second.exists() and bool(second.read_text()))
    assert not first.exists()


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ((), "Set a command under [share] in config.toml"),
        ((("a", ("/none/kirim", "{title}")),), "kirim cannot be started: there is no such program"),
        (
            (("a", (sys.executable, "-c", "import sys; sys.exit('putus')", "{title}")),),
            "ended with 1: putus",
        ),
        ((("a", ("true", "{url}")),), "This article has no address."),
    ],
)
async def test_what_keeps_an_article_from_being_shared_is_one_line(
    reading: Opens, news: Library, share: tuple[tuple[str, tuple[str, ...]], ...], said: str
) -> None:
    async with reading(news, config=Config(share=share)) as reader:
        await reader.press("w")
        await reader.until(lambda: said in reader.screen.bottom.said)
        assert not reader.app._notifications


async def piped(reader: Reader, line: str) -> None:
    await reader.press("vertical_line")
    assert reader.screen.prompt.display
    reader.screen.prompt.line.value = line
    await reader.press("enter")


def cat(code: str) -> str:
    return f'{sys.executable} -c "import sys; {code}"'


async def test_a_command_reads_the_article_and_one_line_is_told(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await piped(reader, cat("print(sys.stdin.readline().strip())"))
        await reader.until(lambda: "is done: # Kabar 0" in reader.screen.bottom.said)
        assert not reader.screen.prompt.display
        await piped(
            reader, f"json: {cat('import json; print(json.load(sys.stdin)[chr(105)+chr(100)])')}"
        )
        await reader.until(lambda: f"is done: {reader.current().id}" in reader.screen.bottom.said)
        await piped(reader, cat("sys.stdin.read()"))
        await reader.until(lambda: reader.screen.bottom.said.endswith("is done."))


async def test_what_is_selected_is_read_as_one(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("space", "space", "j", "space")
        await piped(reader, f"json:{cat('print(len(sys.stdin.readlines()))')}")
        await reader.until(lambda: "is done: 3" in reader.screen.bottom.said)


async def test_more_than_a_line_is_shown_on_a_sheet(reading: Opens, news: Library) -> None:
    code = "print('satu \\x1b[31mdua\\n[b]tiga[/b]'); print(chr(10).join(map(str, range(400))))"
    async with reading(news) as reader:
        await piped(reader, cat(code))
        await reader.until(lambda: isinstance(reader.app.screen, OutputScreen))
        await reader.pilot.pause()
        shown = "\n".join(reader.lines())
        assert "is done" in shown
        assert "satu dua" in shown
        assert "[b]tiga[/b]" in shown
        await reader.press("G")
        await reader.pilot.pause()
        assert any("…" in line for line in reader.lines())
        await reader.press("escape")
        await reader.until(lambda: reader.app.screen is reader.screen)


async def test_how_a_command_failed_is_told(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await piped(reader, cat("print('x'); sys.stderr.write('bingung'); sys.exit(2)"))
        await reader.until(lambda: "ended with 2: bingung" in reader.screen.bottom.said)
        await piped(reader, "/none/pandoc -t docx")
        await reader.until(
            lambda: "pandoc cannot be started: there is no" in reader.screen.bottom.said
        )
        assert reader.app.screen is reader.screen


async def test_a_command_line_that_cannot_be_read_stays_to_be_put_right(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await piped(reader, "cat 'a")
        assert "is not closed" in reader.screen.bottom.said
        await reader.press("v")
        assert reader.screen.prompt.line.value == "cat 'av"
        await reader.press("escape")
        assert not reader.screen.prompt.display
        assert reader.screen.state.commands == []


async def test_earlier_command_lines_come_back(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        for line in ("true 1", "true 2", "true 1"):
            await piped(reader, line)
            await reader.until(lambda: reader.screen.bottom.said == "true is done.")
            reader.screen.say("")
        assert reader.screen.state.commands == ["true 2", "true 1"]
        await reader.press("vertical_line", "up")
        assert reader.screen.prompt.line.value == "true 1"
        await reader.press("up", "up")
        assert reader.screen.prompt.line.value == "true 2"
        await reader.press("down", "down")
        assert reader.screen.prompt.line.value == ""


async def test_the_form_is_that_of_the_settings_unless_told(reading: Opens, news: Library) -> None:
    async with reading(news, config=Config(pipe_form="text")) as reader:
        await piped(reader, cat("print(sys.stdin.readline().strip())"))
        await reader.until(lambda: "is done: Kabar 0" in reader.screen.bottom.said)
        reader.screen.handing.pipe_as("json")
        assert "Hand it as JSON" in reader.screen.prompt._question.said


def test_only_so_many_command_lines_are_kept_and_none_that_is_too_long() -> None:
    state = ScreenState()
    for number in range(60):
        state.remember_command(f"cat {number}")
    state.remember_command("x" * 2_000)
    assert (len(state.commands), state.commands[-1]) == (50, "cat 59")


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_the_choice_fits_any_screen(
    reading: Opens, library: Library, size: tuple[int, int]
) -> None:
    share = tuple((f"Kirim ke grup warga {number} " * 3, ("true", "{url}")) for number in range(30))
    async with reading(library, size=size, config=Config(share=share)) as reader:
        await at_special(reader)
        await reader.press("w")
        await reader.until(lambda: isinstance(reader.app.screen, ChoosingScreen))
        await reader.pilot.pause()
        assert any("1 Kirim ke grup" in line for line in reader.lines())
        await reader.press("G", "enter")
        said = "Shared by Kirim ke grup warga 29"
        await reader.until(lambda: said in reader.screen.bottom.said)


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("satu dua tiga", ["satu ", "dua ", "tiga"]),
        ("panjangsekali", ["panjan", "gsekal", "i"]),
        ("  a b", ["  a b"]),
        ("      x", ["      ", "x"]),
        ("中中中中", ["中中中", "中"]),
        ("", [""]),
    ],
)
def test_a_line_that_is_too_long_goes_on_in_the_next(line: str, pieces: list[str]) -> None:
    (row,) = OutputScreen("", [line]).rows(6)
    assert [said for ((said, _look),) in row.lines] == pieces
