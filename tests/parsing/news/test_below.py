from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.parsing import sites
from kaltimtui.parsing.news.lines import Line
from kaltimtui.parsing.news.tail import Reader, tail_start

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kaltimtui.parsing.news.lines import Item

PROSE = ("Paragraf terakhir dari sebuah berita yang panjang sekali. " * 5).strip()
READER = Reader(sites.is_article, sites.categories())
UNKNOWN = "Rubrik Baru"


def read(lines: Sequence[str]) -> list[Item]:
    return READER.items([Line(line) for line in lines])


def told(items: Sequence[Item]) -> list[tuple[str | None, str | None]]:
    return [(item.title, item.category) for item in items]


def stamp(day: int) -> str:
    return f"{day:02} Agustus 2019 Jam 10:20:30"


def title(number: int) -> str:
    return f"Warga Desa Nomor {number} Tanam Bibit di Tepi Sungai"


ABOVE: dict[str, Sequence[str]] = {
    "prose": [PROSE],
    "a short last sentence": ["Acara ditutup dengan doa bersama."],
    "a byline": [PROSE, "(jay/hmsprov)"],
    "a caption": [PROSE, "//// Foto : Warga menanam bibit di hulu sungai"],
    "a heading": [PROSE, "Berita Terkait"],
    "nothing": [],
}
BELOW: dict[str, Callable[[int, str], Sequence[str]]] = {
    "stamp, category, title": lambda n, category: (stamp(n), category, title(n)),
    "stamp, title, category": lambda n, category: (stamp(n), title(n), category),
    "stamp, category, title twice": lambda n, category: (stamp(n), category, title(n), title(n)),
    "one line, title": lambda n, category: (f"{stamp(n)} | {category}", title(n)),
}


@pytest.mark.parametrize("category", ["Sosial", UNKNOWN])
@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("order", BELOW)
def test_plain_titles_below_their_stamps(order: str, above: str, category: str) -> None:
    lines = [line for n in (1, 2, 3) for line in BELOW[order](n, category)]
    items = read([*ABOVE[above], *lines, "Government Public Relation"])
    assert told(items) == [(title(n), category) for n in (1, 2, 3)]


def test_a_known_category_before_each_stamp_with_the_title_below() -> None:
    lines = [line for n in (1, 2, 3) for line in ("Sosial", stamp(n), title(n))]
    assert told(read([PROSE, *lines])) == [(title(n), "Sosial") for n in (1, 2, 3)]


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("category", ["Sosial", UNKNOWN])
def test_plain_titles_above_their_stamps(above: str, category: str) -> None:
    lines = [line for n in (1, 2, 3) for line in (title(n), stamp(n), category)]
    items = read([*ABOVE[above], *lines, "Government Public Relation"])
    assert told(items)[1:] == [(title(n), category) for n in (2, 3)]


@pytest.mark.parametrize("category", ["Sosial", UNKNOWN])
def test_stamps_and_categories_alone_have_no_titles(category: str) -> None:
    lines = [line for n in (1, 2, 3) for line in (stamp(n), category)]
    assert told(read([PROSE, *lines, "Jalan Contoh Nomor 2"])) == [(None, category)] * 3


def test_each_list_below_its_heading_says_where_titles_stand() -> None:
    first = [line for n in (1, 2) for line in (stamp(n), "Sosial", title(n))]
    second = [line for n in (3, 4) for line in (stamp(n), "Agama", title(n))]
    items = read([PROSE, "Berita Terkait", *first, "Berita Terbaru", *second, "Hubungi Kami"])
    assert [item.title for item in items] == [title(n) for n in (1, 2, 3, 4)]
    assert [item.heading for item in items] == ["related", None, "latest", None]


def test_what_stands_behind_the_last_title_is_none() -> None:
    lines = [line for n in (1, 2, 3) for line in (stamp(n), "Sosial", title(n))]
    address = (
        "Jalan Contoh Nomor 2 Samarinda Kalimantan Timur 75121 Telepon 733333 Faksimile 737762"
    )
    assert read([PROSE, *lines, address])[-1].title == title(3)


def test_the_tail_begins_with_the_first_stamp() -> None:
    lines = [PROSE, *(line for n in (1, 2, 3) for line in (stamp(n), "Sosial", title(n)))]
    items = read(lines)
    assert (tail_start([Line(line) for line in lines], items), items[0].first) == (0, 1)


def test_the_stamp_of_the_article_itself_does_not_turn_the_order() -> None:
    above = [
        "Judul",
        stamp(9),
        "Sosial",
        "Acara dibuka kepala desa di balai pada pagi hari tadi.",
        PROSE,
    ]
    lines = [line for n in (1, 2, 3) for line in (title(n), stamp(n), "Sosial")]
    assert [item.title for item in read([*above, *lines])[2:]] == [title(2), title(3)]
