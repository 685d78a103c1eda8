from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from readability.readability import text_length

from kaltimtui.parsing.html.tree import parse_html
from kaltimtui.parsing.html.walk import flow
from kaltimtui.parsing.page import extract

if TYPE_CHECKING:
    from pathlib import Path

    from kaltimtui.parsing.html.elements import Element

LINE = "Dinas kehutanan bersama warga, pelajar, dan pramuka menanam seribu bibit di lahan kosong."
FOOT = "<div id=footer><a href=/>Kaki</a></div>"
PAGE = "<ul><li><a href=/>Beranda</a></ul><div>" + f"<p>{LINE}</p>" * 5 + "</div>" + FOOT


def chosen(markup: str) -> list[bool]:
    root = parse_html(markup)
    return extract.main_blocks(root, flow(root))


def test_the_main_text_is_told_from_the_rest() -> None:
    assert chosen(PAGE) == [False, *[True] * 5, False]


@pytest.mark.parametrize("name", ["ELEMENTS_LIMIT", "LETTERS_LIMIT"])
@pytest.mark.parametrize("wrap", ["{}", "<div>{}</div>", "<section>{}</section>kata"])
def test_of_a_large_page_the_element_with_most_text_is_the_main_text(
    name: str, wrap: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, name, 10)
    monkeypatch.setattr(extract.QuickChooser, "summary", None)
    menu, *rest = chosen(wrap.format(PAGE))
    assert (menu, rest[:5], rest[5]) == (False, [True] * 5, False)


@pytest.mark.parametrize("part", ["<p>{}</p>", "<div><p>{}</p></div>", "{}<br><br>"])
def test_a_paragraph_that_is_nearly_all_does_not_stand_for_the_rest(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "ELEMENTS_LIMIT", 1)
    parts = (part.format(words) for words in (LINE, " ".join([LINE] * 50), LINE))
    found = chosen(f"<ul><li><a href=/>Beranda</a></ul><article>{''.join(parts)}</article>{FOOT}")
    assert found == [False, True, True, True, False]


def test_a_failure_of_the_extractor_is_silent(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_self: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(extract.QuickChooser, "remove_unlikely_candidates", fail)
    with caplog.at_level(logging.WARNING):
        assert not any(chosen(PAGE))
    assert caplog.records == []


def test_a_page_without_text_has_no_main_text() -> None:
    assert chosen("<html><body></body></html>") == []


def marked(markup: str) -> Element:
    root = parse_html(markup)
    for number, node in enumerate(root.iter()):
        node.set(extract.MARK, str(number))
    return root


def is_chosen_alike(markup: str) -> bool:
    """Whether the quick way was sure and chose the same; else it may choose whatever it does."""
    quick, whole = extract.QuickChooser(marked(markup)), extract.Chooser(marked(markup))
    quick.summary()
    whole.summary()
    return quick.sure and quick.chosen == whole.chosen


@pytest.mark.parametrize(
    "part",
    [
        "<p hidden>Rahasia.</p>",
        "<p style='color: red; display: none'>Rahasia.</p>",
        "<link rel=next href=/2>",
        "<base href=/dasar/>",
        "<image src=/a.jpg>",
        "<p onclick='x()'><a href=' javascript:x() '>Tekan</a></p>",
        "<script>x()</script><style>p{}</style><noscript>y</noscript>",
    ],
)
def test_the_quick_way_chooses_the_same(part: str) -> None:
    assert is_chosen_alike(PAGE.replace("<p>", f"{part}<p>", 1))
    assert is_chosen_alike(PAGE.replace("<ul>", f"{part}<ul>"))


def test_the_quick_way_chooses_the_same_on_real_pages(shared: Path) -> None:
    pages = sorted((shared / "corpus/readability").glob("*/source.html"))[::6]
    assert pages
    assert all(is_chosen_alike(page.read_text("utf-8")) for page in pages)


def test_a_short_text_is_chosen_the_whole_way() -> None:
    markup = f"<body><div><p class='{'x' * 300}'>{LINE}</p></div>{FOOT}"
    quick = extract.QuickChooser(marked(markup))
    quick.summary()
    assert not quick.sure
    assert chosen(markup) == [True, False]


@given(st.text(st.sampled_from("ab \n\t\r\xa0é"), max_size=40), st.sampled_from([1, 100]))
def test_a_text_is_as_long_as_the_library_has_it(words: str, times: int) -> None:
    node = html.Element("p")
    node.text = words.replace("\r", " " * times)
    assert extract.length(node) == text_length(node)
