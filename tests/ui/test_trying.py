"""What a rule looks for that is begun from a list, and what it would change of what is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n, organising
from kaltimtui.models import Marking, SourceData, View, ViewKind
from kaltimtui.query import QueryError
from kaltimtui.rule import RuleAction
from kaltimtui.ui.trying import search_of, search_of_rules, would_change

if TYPE_CHECKING:
    from kaltimtui.library import Library

pytestmark = pytest.mark.usefixtures("english")

NOTIFY, STAR = RuleAction("notify"), RuleAction("star")


def test_a_rule_of_a_list_looks_for_what_is_in_it(news: Library) -> None:
    (source,) = (s for s in news.navigation().sources if s.name == "Kabar Kaltim")
    assert search_of(news, View()) == ""
    assert search_of(news, View(ViewKind.UNREAD)) == ""
    assert search_of(news, View(ViewKind.SEARCH, query="banjir or rob")) == "banjir or rob"
    filtered = View(ViewKind.SOURCE, source=source.id, query="banjir or rob")
    assert search_of(news, filtered) == 'source:"Kabar Kaltim" (banjir or rob)'
    saved, _change = organising.of(news).add_search("Dua", "satu or dua")
    assert search_of(news, View(ViewKind.SAVED, saved=saved)) == "satu or dua"
    both = search_of(news, View(ViewKind.SAVED, saved=saved, query="tiga"))
    assert both == "(satu or dua) tiga"
    assert search_of(news, View(ViewKind.SAVED, saved=10_000)) == ""


def test_a_rule_of_a_folder_looks_in_its_sources(news: Library) -> None:
    for name, folder in (("Satu", "Daerah"), ("Dua", "Daerah/Kota"), ("Tiga", "Daerahan")):
        news.add_sources([SourceData(name, "feed", f"https://{name}.example/", folder)])
    assert search_of(news, View(ViewKind.FOLDER, folder="Daerah/Kota")) == "source:Dua"
    found = search_of(news, View(ViewKind.FOLDER, folder="Daerah"))
    assert set(found.split(" or ")) == {"source:Satu", "source:Dua"}


def test_rules_are_one_search_together(news: Library) -> None:
    known = organising.of(news)
    known.add_rule("Satu", "banjir rob", (NOTIFY,))
    known.add_rule("Dua", "panen", (NOTIFY,))
    known.add_rule("Tiga", "beras", (NOTIFY,))
    assert search_of_rules(news, {"Satu", "Dua", "Empat"}) == "banjir rob or panen"
    assert search_of_rules(news, {"Empat"}) == ""


@pytest.mark.parametrize("language", ["en", "id"])
def test_what_is_so_already_is_not_changed(news: Library, language: i18n.Language) -> None:
    i18n.set_language(language)
    known = organising.of(news)
    first, second, *_others = news.rows(View(), limit=3)
    news.mark([first.id], [Marking("starred", True), Marking("tag", "a b")])
    news.mark([second.id], [Marking("later", True), Marking("read", True)])
    three = '"kabar 0" or "kabar 1" or "kabar 2" sort:title'
    counts = {
        (NOTIFY,): 0,
        (STAR,): 2,
        (STAR, NOTIFY): 2,
        (RuleAction("later"),): 2,
        (RuleAction("read"),): 2,
        (RuleAction("tag", "a b"),): 2,
        (RuleAction("tag", 'b"c'),): 3,
        (STAR, RuleAction("later")): 3,
        (RuleAction("hide"),): 3,
        (RuleAction("full_text"), STAR): 3,
    }
    for actions, count in counts.items():
        assert would_change(known, three, actions) == count, actions
    with pytest.raises(QueryError):
        would_change(known, "(kabar", (STAR,))
