from __future__ import annotations

from typing import TYPE_CHECKING

from kaltimtui.parsing import sites
from kaltimtui.parsing.news.lines import Line
from kaltimtui.parsing.news.lists import related
from kaltimtui.parsing.news.tail import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.models import RelatedData

READER = Reader(sites.is_article, sites.categories())


def read(lines: Sequence[str]) -> list[RelatedData]:
    return related(READER.items(list(map(Line, lines))))


def stamp(day: int, month: str = "Agustus", year: int = 2019) -> str:
    return f"{day:02} {month} {year} Jam 10:20:30"


def pairs(*categories: str, year: int = 2019) -> list[str]:
    return [
        line for day, name in enumerate(categories, 1) for line in (stamp(day, year=year), name)
    ]


def falling(count: int) -> list[str]:
    lines = (("Sosial", "Agama", "Politik", "DWP", "Kesehatan")[n % 5] for n in range(count))
    return [part for n, name in enumerate(lines) for part in (stamp(28 - n, year=2023), name)]


def groups(items: Sequence[RelatedData]) -> str:
    return "".join(item.group[0] for item in items)


def test_six_of_one_category_then_four_latest_then_ten_popular() -> None:
    lines = pairs(*["Sosial"] * 6) + falling(4) + pairs(*["Agama"] * 10)
    assert groups(read(lines)) == "r" * 6 + "l" * 4 + "p" * 10


def test_five_latest_where_that_leaves_ten() -> None:
    lines = pairs(*["Sosial"] * 6) + falling(5) + pairs(*["Agama"] * 10)
    assert groups(read(lines)) == "r" * 6 + "l" * 5 + "p" * 10


def test_the_popular_one_that_goes_on_falling_is_not_latest() -> None:
    lines = [*pairs(*["Sosial"] * 6), *falling(4), stamp(1, year=2022), "Agama"]
    assert groups(read([*lines, *pairs(*["Agama"] * 9, year=2020)])) == "r" * 6 + "l" * 4 + "p" * 10


def test_a_small_related_block_ends_where_its_category_does() -> None:
    lines = pairs("DWP", "DWP") + falling(4) + pairs(*["Agama"] * 10)
    assert groups(read(lines)) == "r" * 2 + "l" * 4 + "p" * 10


def test_without_related_items_the_other_lists_are_whole() -> None:
    assert groups(read(falling(4) + pairs(*["Agama"] * 10))) == "l" * 4 + "p" * 10


def test_headings_name_their_lists() -> None:
    lines = ["Terpopuler", *pairs("Sosial", "Agama"), "Berita Terbaru", *pairs("DWP"), "Lain"]
    assert groups(read(lines)) == "ppl"
