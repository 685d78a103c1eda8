from __future__ import annotations

import logging

import pytest

from kaltimtui.parsing.html.tree import parse_html
from kaltimtui.parsing.html.walk import flow
from kaltimtui.parsing.page import extract

LINE = "Dinas kehutanan bersama warga, pelajar, dan pramuka menanam seribu bibit di lahan kosong."
FOOT = "<div id=footer><a href=/>Kaki</a></div>"
PAGE = "<ul><li><a href=/>Beranda</a></ul><div>" + f"<p>{LINE}</p>" * 5 + "</div>" + FOOT


def chosen(markup: str) -> list[bool]:
    root = parse_html(markup)
    return extract.main_blocks(root, flow(root))


def test_the_main_text_is_told_from_the_rest() -> None:
    assert chosen(PAGE) == [False, *[True] * 5, False]


@pytest.mark.parametrize("name", ["ELEMENTS_LIMIT", "LETTERS_LIMIT"])
def test_a_large_page_is_not_looked_at(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, name, 10)
    assert not any(chosen(PAGE))


def test_a_failure_of_the_extractor_is_silent(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_self: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(extract.Chooser, "remove_unlikely_candidates", fail)
    with caplog.at_level(logging.WARNING):
        assert not any(chosen(PAGE))
    assert caplog.records == []


def test_a_page_without_text_has_no_main_text() -> None:
    assert chosen("<html><body></body></html>") == []
