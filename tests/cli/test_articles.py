from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

_HEADER_KEYS = {
    "id", "url", "title", "source", "kicker", "category", "dateline", "published",
    "published_precision", "byline", "caption", "photo_credit", "enclosures", "read", "starred",
    "later", "tags", "note", "first_seen", "updated", "versions", "other_sources",
}  # fmt: skip
_ALL_KEYS = _HEADER_KEYS | {"text", "blocks", "related", "links", "images"}


def test_a_list_for_a_pipe_is_cells_parted_by_tabs(run: Run, news: dict[str, str]) -> None:
    said = run("list")
    assert (said.status, said.err) == (0, "")
    rows = [line.split("\t") for line in said.out.splitlines()]
    assert [row[5] for row in rows] == list(news)
    first = news["Banjir Surut di Samarinda"]
    assert rows[0] == [
        first, "2020-06-02T10:30:00+08:00", "●", "Portal Kaltim", "Sosial",
        "Banjir Surut di Samarinda",
    ]  # fmt: skip
    assert rows[2][1] == "2020-05-20"
    assert rows[4][4] == ""


@pytest.mark.usefixtures("terminal")
def test_a_list_for_a_person_fits_the_terminal(
    run: Run, news: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    run("mark", news["Pasar Murah Dibuka"], "--star", "--read", "--later")
    lines = run("list").out.splitlines()
    assert [line.split("  ")[0] for line in lines] == [id_[:8] for id_ in news.values()]
    assert re.fullmatch(r"\w{8}  1 hour ago +●   Banjir Surut di Samarinda", lines[0])
    assert re.fullmatch(r"\w{8}  yesterday +★◷ Pasar Murah Dibuka", lines[1])
    monkeypatch.setenv("COLUMNS", "40")
    lines = run("list").out.splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[0].endswith("…")


@pytest.mark.usefixtures("terminal", "news")
def test_colours_are_for_terminals_that_want_them(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[1m" in run("list").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("list").out
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in run("list").out


def test_a_list_as_json_gives_all_but_the_text(run: Run, news: dict[str, str]) -> None:
    said = run("list", "--json", "--limit", "2")
    objects = said.objects()
    assert [found["id"] for found in objects] == list(news.values())[:2]
    assert set(objects[0]) == _HEADER_KEYS
    assert objects[0]["published_precision"] == "time"
    assert objects[1]["byline"] is None
    assert "\\u" not in run("list", "--json").out


def test_pages_go_on_behind_an_article(run: Run, news: dict[str, str]) -> None:
    ids = list(news.values())
    first = [row.split("\t")[0] for row in run("list", "--limit", "2").out.splitlines()]
    rest = [row.split("\t")[0] for row in run("list", "--after", first[-1]).out.splitlines()]
    assert first + rest == ids


def test_the_oldest_can_come_first(run: Run, news: dict[str, str]) -> None:
    ids = list(news.values())[::-1]
    said = run("list", "--sort", "oldest", "--limit", "2", "--json")
    assert [found["id"] for found in said.objects()] == ids[:2]
    said = run("list", "--sort", "oldest", "--after", ids[1], "--json")
    assert [found["id"] for found in said.objects()] == ids[2:]


def test_many_articles_come_in_pages(
    run: Run, news: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kaltimtui.cli.articles._PAGE", 2)
    for order, ids in (("newest", list(news.values())), ("oldest", list(news.values())[::-1])):
        for limit in (1, 3, 4, 5, 9):
            said = run("list", "--sort", order, "--limit", str(limit))
            assert [row.split("\t")[0] for row in said.out.splitlines()] == ids[:limit]


def test_search_finds_words_and_phrases(run: Run, news: dict[str, str]) -> None:
    flood = news["Banjir Surut di Samarinda"]
    assert [found["id"] for found in run("search", "sungai", "surut", "--json").objects()] == [
        flood
    ]
    assert [found["id"] for found in run("list", "BANJIR", "--json").objects()] == [flood]
    assert [f["id"] for f in run("search", '"sungai surut"', "--json").objects()] == [flood]
    missed = run("search", '"surut sungai"')
    assert (missed.status, missed.out, missed.err) == (0, "", "No articles.\n")
    assert run("search", "tiada", "--quiet").err == ""


@pytest.mark.parametrize(
    "query", ['"NEAR(a b)"', "a*b^2", "'; DROP", "*", "{title} : x", "a AND b"]
)
@pytest.mark.usefixtures("news")
def test_the_words_of_a_search_are_data(run: Run, query: str) -> None:
    assert run("search", "--", query).status == 0


@pytest.mark.parametrize("query", ['"', "AND", "title:", "a*b NOT", "NEAR(", "(", "jdul:x"])
@pytest.mark.usefixtures("news")
def test_a_search_that_cannot_be_read_is_wrong_use(run: Run, query: str) -> None:
    said = run("search", "--", query)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("kaltimtui: ")


def test_an_empty_search_is_wrong_use(run: Run) -> None:
    assert run("search", " ").status == 2


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("id_", ["0000000000000", "zzzzzzzz", "a", "", "ilou!!", "\x1b[31m"])
def test_an_id_of_nothing_is_wrong_use(run: Run, id_: str) -> None:
    for words in (("show", id_), ("list", "--after", id_)):
        said = run(*words)
        assert said.status == 2
        assert said.err.startswith("kaltimtui: ")
        assert "\x1b" not in said.err
        assert said.out == ""


def test_show_gives_everything_as_json(run: Run, news: dict[str, str]) -> None:
    said = run("show", news["Banjir Surut di Samarinda"][:8], "--json")
    (found,) = said.objects()
    assert set(found) == _ALL_KEYS
    assert found["text"] == (
        "Air sungai surut sejak pagi di tiga kelurahan.\n\nWarga tetap waspada."
    )
    assert [block["kind"] for block in found["blocks"]] == ["paragraph", "paragraph"]
    known, other = found["related"]
    assert set(known) == {
        "title", "url", "category", "published", "published_precision", "group", "article",
    }  # fmt: skip
    assert (known["group"], known["published"]) == ("related", "2019-08-12T23:30:45+08:00")
    assert (other["title"], other["published"], other["published_precision"]) == (
        None,
        "2015-03-05",
        "day",
    )


def test_show_for_a_person(run: Run, news: dict[str, str]) -> None:
    said = run("show", news["Banjir Surut di Samarinda"])
    assert said.out == (
        "Kabar Sungai\n"
        "Banjir Surut di Samarinda\n"
        "Tuesday, 2 June 2020 10:30 WITA · 1 hour ago · Samarinda\n"
        "ani/humas · 1 minute read\n"
        "Portal Kaltim › Sosial\n"
        "https://portal.example/berita/banjir-surut-di-samarinda\n"
        "\n"
        "Air sungai surut sejak pagi di tiga kelurahan.\n"
        "\n"
        "Warga tetap waspada.\n"
        "\n"
        "▎ Photo: Warga membersihkan rumah. budi/humas\n"
        "\n"
        "RELATED NEWS\n"
        f"12 Aug 2019 23:30  9 months ago  Sosial · Posko Dibuka  {news['Posko Dibuka'][:8]}\n"
        "\n"
        "LATEST\n"
        "05 Mar 2015  5 years ago  Kesehatan\n"
    )


def test_show_tells_the_marks(run: Run, news: dict[str, str]) -> None:
    flood = news["Banjir Surut di Samarinda"]
    run("mark", flood, "--star", "--later", "--tag", "rapat", "--note", "baca lagi")
    out = run("show", flood).out
    assert "Portal Kaltim › Sosial · #rapat\n" in out
    assert "★ starred · ◷ later\n" in out
    assert "baca lagi" in out


def test_show_as_markdown(run: Run, news: dict[str, str]) -> None:
    out = run("show", news["Banjir Surut di Samarinda"], "--markdown").out
    assert out.startswith("*Kabar Sungai*\n\n# Banjir Surut di Samarinda\n\n")
    assert "Warga **tetap waspada**." in out
    assert "> Photo: Warga membersihkan rumah. budi/humas" in out
    assert "## Related news\n\n- " in out


@pytest.mark.usefixtures("news", "terminal")
def test_commands_that_find_nothing_are_no_failure(run: Run) -> None:
    said = run("list", "tiada", "--json")
    assert (said.status, said.out) == (0, "")


def test_an_empty_store_is_told(run: Run) -> None:
    said = run("list")
    assert (said.status, said.out, said.err) == (0, "", "No articles.\n")
    assert run("list", "--json").out == ""
    assert json.loads(run("undo", "--json").out)["changed"] == 0
