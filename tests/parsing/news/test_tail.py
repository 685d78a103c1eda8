from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.parsing import sites
from kaltimtui.parsing.news.lines import Line
from kaltimtui.parsing.news.lists import related
from kaltimtui.parsing.news.tail import Reader, tail_start

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kaltimtui.models import RelatedData

SITE = "https://www.kaltimprov.go.id/berita/"
PROSE = ("Paragraf terakhir dari sebuah berita yang panjang sekali. " * 5).strip()
READER = Reader(sites.is_article, sites.categories())


def read(lines: Sequence[str | Line]) -> list[RelatedData]:
    return related(READER.items([line if isinstance(line, Line) else Line(line) for line in lines]))


def stamp(day: int, month: str = "Agustus", year: int = 2019) -> str:
    return f"{day:02} {month} {year} Jam 10:20:30"


def pairs(*categories: str, year: int = 2019) -> list[str]:
    return [
        line for day, name in enumerate(categories, 1) for line in (stamp(day, year=year), name)
    ]


def test_pairs_of_stamp_and_category() -> None:
    (item,) = read(["Teks.", "12 Agustus 2019 Jam 23:30:45", "Sosial"])
    assert (item.title, item.url, item.category) == (None, None, "Sosial")
    assert item.published is not None
    assert item.published.json() == "2019-08-12T23:30:45+08:00"


def test_midnight_is_an_unknown_time() -> None:
    (item,) = read(["05 Maret 2015 Jam 00:00:00", "Sosial"])
    assert item.published is not None
    assert item.published.json() == "2015-03-05"


def test_other_hours_and_impossible_days_are_no_items() -> None:
    assert read(["Jam Operasional : 08:00:00", "31 Februari 2019 Jam 10:00:00", "Sosial"]) == []


def test_a_stamp_within_prose_is_no_item() -> None:
    assert read([f"{PROSE} {stamp(1)} {PROSE}"]) == []


def test_titles_said_twice_stand_above_their_stamps() -> None:
    lines = [PROSE, "Judul satu", "Judul satu", stamp(1), "Sosial"]
    lines += ["Judul dua", "Judul dua", stamp(2), "Sosial"]
    items = READER.items(list(map(Line, lines)))
    assert [item.title for item in items] == ["Judul satu", "Judul dua"]
    assert [item.first for item in items] == [1, 5]


def test_titles_said_once_stand_where_the_next_item_has_its_own() -> None:
    lines = [PROSE, "Judul satu", stamp(1), "Sosial", "Judul dua", stamp(2), "Sosial"]
    assert [item.title for item in read(lines)] == ["Judul satu", "Judul dua"]


def test_a_long_line_in_the_place_of_a_title_is_none() -> None:
    lines = [PROSE.rstrip("."), stamp(1), "Sosial", "Judul dua", stamp(2), "Sosial"]
    assert [item.title for item in read(lines)] == [None, "Judul dua"]


def test_stamps_without_categories() -> None:
    lines = [*map(Line, ("Teks.", stamp(1), stamp(2))), Line("Judul", SITE + "a"), Line(stamp(3))]
    assert [(item.category, item.title) for item in read(lines)] == [
        (None, None),
        (None, None),
        (None, "Judul"),
    ]


def test_the_last_sentence_of_the_text_is_no_title() -> None:
    assert [item.title for item in read(["Kami menanam.", *pairs("Sosial", "Sosial")])] == [
        None
    ] * 2


def test_links_give_titles_and_addresses() -> None:
    lines = [
        Line("Judul satu", SITE + "satu"),
        Line(stamp(1)),
        Line("Sosial", f"{SITE}../kategori"),
    ]
    (item,) = read(lines)
    assert (item.title, item.url, item.category) == ("Judul satu", f"{SITE}satu", "Sosial")


def test_the_category_may_stand_before_title_and_stamp() -> None:
    lines = [
        part
        for n in (1, 2, 3)
        for part in (Line("Sosial"), Line(f"Judul {n}", f"{SITE}{n}"), Line(stamp(n)))
    ]
    assert [(item.category, item.title) for item in read(lines)] == [
        ("Sosial", "Judul 1"),
        ("Sosial", "Judul 2"),
        ("Sosial", "Judul 3"),
    ]


def test_an_unknown_category_before_a_title_is_not_guessed() -> None:
    lines = [Line("Sosial"), Line("Judul 1", SITE + "1"), Line(stamp(1))]
    lines += [Line("Sosial"), Line("Judul 2", SITE + "2"), Line(stamp(2))]
    lines += [Line("Rubrik Baru"), Line("Judul 3", SITE + "3"), Line(stamp(3))]
    assert [item.category for item in read(lines)] == ["Sosial", "Sosial", None]


def test_an_item_on_one_line_is_taken_apart() -> None:
    text = f"Judul satu{stamp(1)}Sosial"
    parts = (("Judul satu", f"{SITE}satu"), (f"{stamp(1)} | Sosial", None))
    (item,) = read([Line(text, f"{SITE}satu", parts)])
    assert (item.title, item.url, item.category) == ("Judul satu", f"{SITE}satu", "Sosial")


def test_unknown_categories_are_learnt() -> None:
    assert [item.category for item in read(pairs("Rubrik Baru", "Rubrik Baru"))] == [
        "Rubrik Baru"
    ] * 2


def test_the_tail_begins_behind_the_last_text() -> None:
    lines = [Line("Judul"), Line(stamp(1)), Line("Sosial"), Line(PROSE)]
    lines += [*map(Line, pairs("Agama", "Agama")), Line("Government Public Relation")]
    items = READER.items(lines)
    assert len(items) == 3
    assert tail_start(lines, items) == 1


def test_links_below_a_heading_are_items_where_there_are_no_stamps() -> None:
    lines = [
        Line("Menu", SITE + "menu"),
        Line("Berita Populer"),
        Line("Baca", SITE + "satu"),
        Line("Judul satu", SITE + "satu"),
        Line("2 Januari 2020"),
        Line("Judul dua", SITE + "dua"),
        Line("Judul luar", "https://contoh.go.id/"),
    ]
    items = READER.linked(lines)
    assert [(item.group, item.title, item.url) for item in items] == [
        ("popular", "Judul satu", f"{SITE}satu"),
        ("popular", "Judul dua", f"{SITE}dua"),
    ]
    assert items[0].published is not None
    assert items[0].published.json() == "2020-01-02"


def link(number: int) -> Line:
    return Line(f"Judul {number}", f"{SITE}{number}")


BELOW: dict[str, Callable[[int], tuple[Line, ...]]] = {
    "stamp, title, category": lambda n: (Line(stamp(n)), link(n), Line("Sosial")),
    "stamp, category, title": lambda n: (Line(stamp(n)), Line("Sosial"), link(n)),
    "category, stamp, title": lambda n: (Line("Sosial"), Line(stamp(n)), link(n)),
    "category and stamp, title": lambda n: (Line(f"Sosial • {stamp(n)}"), link(n)),
    "one link": lambda n: tuple(Line(w, f"{SITE}{n}") for w in (stamp(n), f"Judul {n}", "Sosial")),
    "title said twice": lambda n: (Line(stamp(n)), link(n), link(n), Line("Sosial")),
}


@pytest.mark.parametrize("headings", [("Berita Terkait", "Berita Populer"), ()])
@pytest.mark.parametrize("order", BELOW)
def test_titles_may_stand_below_their_stamps(order: str, headings: Sequence[str]) -> None:
    lines = [Line(PROSE), Line("//// Foto : Warga menanam bibit di hulu sungai.")]
    for number in (1, 2, 3, 4):
        if headings and number in (1, 3):
            lines.append(Line(headings[number // 2]))
        lines += BELOW[order](number)
    lines.append(Line("Government Public Relation"))
    found = READER.items(lines)
    assert [(item.category, item.title, item.url) for item in found] == [
        ("Sosial", f"Judul {number}", f"{SITE}{number}") for number in (1, 2, 3, 4)
    ]
    assert found[0].first >= 2
    assert tail_start(lines, found) == 0


def test_the_stamp_of_the_article_itself_does_not_turn_the_order() -> None:
    lines = [Line("Judul"), Line(stamp(9)), Line(PROSE)]
    for number in (1, 2):
        lines += [link(number), Line(stamp(number)), Line("Sosial")]
    items = READER.items(lines)
    assert [item.title for item in items] == [None, "Judul 1", "Judul 2"]


def test_a_stamp_below_which_no_title_stands_has_none() -> None:
    lines = [Line(stamp(1)), link(1), Line("Sosial"), Line(stamp(2)), Line("Berita Populer")]
    lines += [Line(stamp(3)), link(3), Line("Agama")]
    assert [(item.title, item.category) for item in READER.items(lines)] == [
        ("Judul 1", "Sosial"),
        (None, None),
        ("Judul 3", "Agama"),
    ]


def test_a_caption_or_byline_above_a_stamp_is_no_title() -> None:
    for line in ("//// Foto : Warga menanam bibit", "(jay/hmsprov)"):
        lines = [PROSE, line, stamp(1), "Sosial", "Judul dua", stamp(2), "Sosial"]
        assert [item.title for item in read(lines)] == [None, "Judul dua"]
