"""The words of a search marked in laid out lines."""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING

from kaltimtui.query import parse
from kaltimtui.query.marking import marker
from kaltimtui.ui.setting.article import article_lines
from kaltimtui.ui.setting.hits import marked
from kaltimtui.ui.setting.lines import BLANK, Line, Look, Role, Run, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from kaltimtui.models import Article

BODY = Look((Role.BODY,))


def hits(lines: Iterable[Line], query: str) -> list[str]:
    found = marked(lines, marker(parse(query)))
    return [run.text for line in found for run in line.runs if Role.HIT in run.look.roles]


def test_words_are_marked_in_the_look_they_have() -> None:
    link = Look((Role.BODY, Role.LINK), "https://a.example/")
    (line,) = marked(
        [Line((Run("Harga be", BODY), Run("ras naik", link)), 14)], marker(parse("beras"))
    )
    assert line == Line(
        (
            Run("Harga ", BODY),
            Run("be", Look((Role.BODY, Role.HIT))),
            Run("ras", Look((Role.BODY, Role.LINK, Role.HIT), "https://a.example/")),
            Run(" naik", link),
        ),
        14,
    )


def test_a_phrase_is_marked_across_the_end_of_a_line_but_not_of_a_paragraph() -> None:
    lines = list(wrap("Harga beras di pasar", BODY, 10))
    assert [line.text for line in lines][:2] == ["Harga", "beras di"]
    assert hits(lines, '"harga beras"') == ["Harga", "beras"]
    assert hits([lines[0], BLANK, lines[1]], '"harga beras"') == []


def test_the_words_of_a_field_are_marked_there_alone(
    article: Callable[..., Article], now: datetime
) -> None:
    lines = list(article_lines(article(title="Hujan di Paser"), 60, now))
    assert hits(lines, "judul:hujan isi:posyandu") == ["Hujan", "Posyandu"]
    assert hits(lines, "isi:hujan") == []


def test_other_articles_and_addresses_are_left_alone() -> None:
    lines = [
        Line((Run("beras", BODY),), 5, item=0),
        Line((Run("https://a.example/beras", Look((Role.ADDRESS,))),), 5),
    ]
    assert hits(lines, "beras") == []
    assert list(marked(lines, marker(parse("beras")))) == lines


def test_nothing_but_looks_changes(article: Callable[..., Article], now: datetime) -> None:
    lines = list(article_lines(article(), 30, now))
    changed = list(marked(lines, marker(parse("posyandu sampai ma*"))))
    assert changed != lines
    assert [(x.text, x.ink, x.item) for x in changed] == [(x.text, x.ink, x.item) for x in lines]


def test_no_more_than_a_piece_of_an_endless_paragraph_is_laid_out_at_once() -> None:
    lines = (Line((Run(f"kata {number}", BODY),)) for number in count())
    assert len(list(islice(marked(lines, marker(parse("kata"))), 3))) == 3
    assert next(lines).text == "kata 200"
