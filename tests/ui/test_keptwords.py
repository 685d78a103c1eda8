"""How long articles are kept, as a person says it."""

from __future__ import annotations

import pytest

from kaltimtui import i18n
from kaltimtui.config import Config
from kaltimtui.errors import UsageError
from kaltimtui.models import Source
from kaltimtui.ui import keptwords
from kaltimtui.ui.keptwords import Kept

SOURCE = Source(1, "Kabar", "feed", None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", Kept()),
        ("  ", Kept()),
        ("0", Kept(days=0)),
        ("90", Kept(days=90)),
        ("90 hari", Kept(days=90)),
        ("90 Days", Kept(days=90)),
        ("2w", Kept(days=14)),
        ("2 tahun", Kept(days=730)),
        ("1.000 artikel", Kept(articles=1000)),
        ("1,000 articles", Kept(articles=1000)),
        ("1000 berita", Kept(articles=1000)),
        ("90 hari, 1000 artikel", Kept(90, 1000)),
        ("1000 articles 3 months", Kept(90, 1000)),
    ],
)
def test_it_is_read_in_either_language(typed: str, kept: Kept) -> None:
    assert keptwords.read(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["soon", "-3", "3 jam", "90 hari 2 tahun", "10 artikel 20 artikel", "9" * 12, "x" * 10_000],
)
def test_what_cannot_be_read_is_said(typed: str) -> None:
    with pytest.raises(UsageError, match="1000"):
        keptwords.read(typed)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kept", [Kept(), Kept(0), Kept(1200), Kept(None, 1500), Kept(30, 99)])
def test_what_is_written_reads_the_same(language: i18n.Language, kept: Kept) -> None:
    i18n.set_language(language)
    source = SOURCE._replace(keep_days=kept.days, keep_articles=kept.articles)
    assert keptwords.read(keptwords.written(source)) == kept


@pytest.mark.usefixtures("english")
def test_what_is_set_is_told_and_what_holds_without_it() -> None:
    assert keptwords.told(SOURCE) == ""
    assert keptwords.told(SOURCE._replace(keep_days=0)) == "kept for good"
    assert keptwords.told(SOURCE._replace(keep_days=0, keep_articles=5)) == "kept: 5 articles"
    both = SOURCE._replace(keep_days=1, keep_articles=1000)
    assert keptwords.told(both) == "kept: 1 day, 1,000 articles"
    assert "as everywhere (for good)" in keptwords.question(Config())
    assert "as everywhere (365 days)" in keptwords.question(Config(keep_days=365))
