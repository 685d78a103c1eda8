from __future__ import annotations

import pytest

from kaltimtui.parsing.page.notices import is_failure, is_notice

TEXT = "Warga tiga desa menanam seribu bibit di lahan bekas kebun."


@pytest.mark.parametrize(
    "name", ["404", "Error 502: Bad Gateway", "Halaman tidak ada", "Just a moment…", "Forbidden"]
)
def test_titles_of_failures(name: str) -> None:
    assert is_failure(name)


@pytest.mark.parametrize("name", ["404 Bibit Ditanam", "Halaman Tidak Ada Isi", "Forbidden City"])
def test_headlines_that_resemble_failures(name: str) -> None:
    assert not is_failure(name)


@pytest.mark.parametrize("name", ["Masuk", "Portal - Log in", "Maintenance mode!", "a.id for sale"])
def test_a_title_tells_where_it_or_a_part_of_it_is_nothing_else(name: str) -> None:
    assert is_notice([name], [TEXT], stated=True)
    assert not is_notice([f"{name} Bibit"], [TEXT], stated=True)


def test_the_first_lines_tell_unless_the_page_states_an_article() -> None:
    lines = [TEXT, "Silakan masuk untuk membaca selengkapnya."]
    assert is_notice(["Portal"], lines, stated=False)
    assert not is_notice(["Portal"], lines, stated=True)
    assert not is_notice(["Portal"], [*[TEXT] * 6, lines[1]], stated=False)


def test_a_page_with_more_text_is_no_notice() -> None:
    assert not is_notice(["Masuk"], [TEXT] * 20, stated=False)
