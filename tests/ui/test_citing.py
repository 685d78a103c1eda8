"""Copying citations: of one article, of a selection, in any style; and how it is copied."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.citing import STYLES, citations
from kaltimtui.config import Config
from kaltimtui.models import View
from kaltimtui.ui import clipboard
from kaltimtui.ui.commands import ReaderCommands
from kaltimtui.ui.controllers import citing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Opens, Reader

    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")


def copied(reader: Reader) -> str:
    return reader.app.clipboard


async def test_the_citation_of_the_article_is_copied_and_told(
    reading: Opens, news: Library
) -> None:
    async with reading(news) as reader:
        await reader.press("j", "Y")
        said = "Copied as Indonesian bibliography line: Kabar 1"
        await reader.until(lambda: reader.screen.bottom.said == said)
        assert copied(reader) == "Kabar Kaltim. (2026, 24 November). Kabar 1."


async def test_in_the_text_it_is_the_article_one_reads(reading: Opens, news: Library) -> None:
    async with reading(news) as reader:
        await reader.press("enter", "Y")
        await reader.until(lambda: "Kabar 0" in copied(reader))


async def test_the_style_is_that_of_the_settings(reading: Opens, news: Library) -> None:
    async with reading(news, config=Config(citation_style="bibtex")) as reader:
        await reader.press("Y")
        await reader.until(lambda: reader.screen.bottom.said == "Copied as BibTeX: Kabar 0")
        assert copied(reader).startswith("@misc{berita-")


async def test_what_is_selected_is_copied_whole_the_newest_first(
    reading: Opens, news: Library
) -> None:
    async with reading(news, config=Config(citation_style="csl-json")) as reader:
        await reader.press("j", "j", "space", "g", "space", "Y")
        await reader.until(lambda: reader.screen.bottom.said == "Copied as CSL-JSON: 2 articles")
        assert [one["title"] for one in json.loads(copied(reader))] == ["Kabar 0", "Kabar 2"]


async def test_too_many_are_refused(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(citing, "MOST", 2)
    async with reading(news) as reader:
        await reader.press("v", "j", "j", "v", "Y")
        await reader.until(lambda: "at most 2 articles" in reader.screen.bottom.said)
        assert copied(reader) == ""


async def test_the_palette_offers_every_style(reading: Opens, news: Library) -> None:
    async with reading(news, config=Config(share=(("grup", ("true", "{title}")),))) as reader:
        entries = {one.name: one.call for one in ReaderCommands(reader.screen)._entries()}
        for style, name in (("apa", "APA"), ("chat", "message for a chat group")):
            entries[f"Copy citation: {name}"]()
            await reader.until(
                lambda name=name: f"Copied as {name}" in reader.screen.bottom.said  # type: ignore[misc]
            )
            article = news.article(news.rows(View())[0].id)
            assert copied(reader) == citations([article], style, reader.screen.clock())
        assert sum(name.startswith("Copy citation: ") for name in entries) == len(STYLES)
        assert sum(name.startswith("Hand to a command as ") for name in entries) == 3
        entries["Share by grup"]()
        await reader.until(lambda: "Shared by grup" in reader.screen.bottom.said)


_ALL = {"copy_address", "cite", *STYLES}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((word, {"cite", *STYLES}) for word in ("sitasi", "kutip", "citation", "cite", "Quote")),
        *((word, _ALL) for word in ("salin", "copy")),
        *((word, {"share", "grup", "surat"}) for word in ("bagikan", "share")),
        *((words, {"apa"}) for words in ("kutip apa", "cite APA", "apa sitasi")),
        *((words, {"surat"}) for words in ("bagikan surat", "share surat")),
        *((word, {"pipe", "markdown", "text", "json"}) for word in ("serahkan", "pipe")),
        ("kirim", {"share", "grup", "surat", "pipe", "markdown", "text", "json"}),
    ],
)
async def test_the_palette_finds_what_is_meant_by_words_of_either_language(
    reading: Opens, news: Library, language: i18n.Language, typed: str, meant: set[str]
) -> None:
    i18n.set_language(language)
    ways = (("grup", ("true", "{title}")), ("surat", ("true", "{url}")))
    async with reading(news, config=Config(share=ways)) as reader:
        named = {place: name for place, (name, _words) in enumerate(ways)}
        found = [hit async for hit in ReaderCommands(reader.screen).search(typed)]
        best = sorted(found, key=lambda hit: -hit.score)[: len(meant)]
        given = [call.args[0] for hit in best if isinstance(call := hit.command, partial)]
        assert {named.get(one, one) for one in given} == meant


async def test_what_is_too_long_for_the_terminal_is_not_sent_in_part(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "MOST", 20)
    async with reading(news) as reader:
        await reader.press("Y")
        await reader.until(lambda: "more than a terminal takes" in reader.screen.bottom.said)
        assert copied(reader) == ""


@pytest.mark.parametrize("most", [clipboard.MOST, 20])
async def test_the_desktop_gets_it_too_where_one_sits_at_it(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, most: int
) -> None:
    file, heard = tmp_path / "xclip", tmp_path / "heard"
    file.write_text(f"#!/bin/sh\nexec cat > '{heard}'\n")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("SSH_TTY")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.setattr(clipboard, "MOST", most)
    async with reading(news) as reader:
        await reader.press("Y")
        await reader.until(lambda: heard.exists() and "Kabar 0." in heard.read_text())
        await reader.until(lambda: "Copied as Indonesian" in reader.screen.bottom.said)
        assert bool(copied(reader)) is (most > 20)


async def test_a_clipboard_program_that_fails_is_no_failure(
    reading: Opens, news: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def missing(environment: object) -> list[str]:
        asked.append(environment)
        return ["/none/xclip"]

    monkeypatch.setattr(clipboard, "command", missing)
    async with reading(news) as reader:
        await reader.press("Y")
        await reader.until(lambda: bool(asked))
        await reader.until(lambda: "Copied as" in reader.screen.bottom.said)
        assert not reader.app._notifications
