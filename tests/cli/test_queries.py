"""What queries find, asked through the library and through the commands, on one small store."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.cli import samplenews
from tests.cli.conftest import NOW

from kaltimtui import text
from kaltimtui.cli import parser
from kaltimtui.cli.commands import BY_NAME
from kaltimtui.library import Library
from kaltimtui.models import View, ViewKind
from kaltimtui.paths import Paths
from kaltimtui.query import parse
from kaltimtui.query.syntax import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.cli.conftest import Run

_FLOOD = "flood slide"
_ALL = [name for name in samplenews.ARTICLES if name != "advert"][:-4]

FOUND = [
    # words and phrases
    ("banjir", _FLOOD),
    ("BANJIR", _FLOOD),
    ("banjir mahakam", "flood"),
    ("banjir and mahakam", "flood"),
    ("mahakam", "flood dolphin"),
    ('"harga beras"', "market"),
    ('"beras harga"', "rice"),
    ("harga beras", "rice market"),
    ('"ibu kota"', "capital"),
    ('"kota ibu"', "mothers"),
    ("pem*", "undated rice team vote"),
    ('"harga ber"*', "market"),
    ("pem", ""),
    ("tiada", ""),
    # joined and denied
    ("banjir or inflasi", "flood slide inflation"),
    ("banjir OR inflasi", "flood slide inflation"),
    ("inflasi or gubernur samarinda", "market inflation meeting oath"),
    ("(inflasi or gubernur) samarinda", "market inflation meeting oath"),
    ("(inflasi or gubernur) balikpapan", "harbour"),
    ("banjir -samarinda", "slide"),
    ("banjir not samarinda", "slide"),
    ("banjir NOT (samarinda or balikpapan)", ""),
    ("-samarinda sejak:2020-06", "undated slide rice"),
    ("not not banjir", _FLOOD),
    ("gubernur -(rapat or pelabuhan)", "market oath"),
    ("((banjir))", _FLOOD),
    # accents, hyphens, other scripts, signs that are data
    ("cafe", "cafe"),
    ("CAFÉ naif", "cafe"),
    ("anti-korupsi", "meeting"),
    ('"anti korupsi"', "meeting"),
    ("anti korupsi", "meeting"),
    ("中国", "dance"),
    ("straße", "dance"),
    ("strasse", ""),
    ("festival 🎉 budaya", "dance"),
    ("🎉", ""),
    ('"and"', "signs"),
    ('"or" "not"', "signs"),
    ('"near"', "signs"),
    ("NEAR(a b)", "signs"),
    ("a*b^2", "signs"),
    ("{kolom}", "signs"),
    ('"judul:rahasia"', "signs"),
    ("judul:rahasia", ""),
    ("08:30", ""),
    ("09:15", "ship"),
    ("'; DROP TABLE article; --", ""),
    ("x'y\\z", ""),
    ("*", ""),
    (". , -", ""),
    # fields
    ("judul:banjir", "flood"),
    ("title:banjir", "flood"),
    ('judul:"hutan kota"', "forest"),
    ("judul:pem*", "vote"),
    ("isi:banjir", "slide"),
    ("body:banjir", "slide"),
    ("tempat:balikpapan", "slide team harbour"),
    ("place:BALIKPAPAN", "slide team harbour"),
    ("dateline:kutai", "dance dolphin"),
    ('tempat:"kutai barat"', "dance"),
    ("tempat:ber*", "forest"),
    ("penulis:ani", "flood inflation"),
    ("byline:hmsprov", "capital harbour oath"),
    ("author:eko-prasetyo", "forest"),
    ('penulis:"dewi lestari"', "team"),
    ("kategori:sosial", "flood slide mothers"),
    ('category:"sosial budaya"', "vote"),
    ("kategori:sos*", "flood slide vote mothers"),
    ("kategori:SOSIAL -is:read", "slide mothers"),
    ('sumber:"Portal Contoh"', "flood slide market meeting capital forest harbour oath"),
    ("sumber:portal", ""),
    ("source:radar* tempat:kutai", "dance dolphin"),
    ('sumber:"Edisi Contoh"', "example kept"),
    ('sumber:"Kabar Lama"', "starred"),
    ("tag:liputan", _FLOOD),
    ("tag:liputan/banjir", "flood"),
    ('label:"rapat kerja"', "meeting"),
    ("tag:rapat", ""),
    ("-tag:liputan sejak:2020-06-02", "undated"),
    ("catatan:anggaran", "meeting"),
    ('note:"angka anggaran"', "meeting"),
    ("anggaran", ""),
    # states
    ("is:unread gubernur", "meeting harbour oath"),
    ("is:belum-dibaca gubernur", "meeting harbour oath"),
    ("is:read", "flood market capital"),
    ("adalah:dibaca", "flood market capital"),
    ("is:starred", "market capital kept starred"),
    ("is:bintang -has:catatan", "market capital kept starred"),
    ("is:starred is:unread", "kept starred"),
    ("is:later", "slide forest"),
    ("is:nanti or is:bintang", "slide market capital kept forest starred"),
    ("is:clipped", "capital"),
    ("is:kliping -is:dibaca", ""),
    ("is:hidden", "advert"),
    ("is:hidden banjir", "advert"),
    ("obat", ""),
    ("is:edited", "ship"),
    ("has:image", "flood capital"),
    ("ada:gambar is:bintang", "capital"),
    ("has:note", "meeting"),
    ("has:tag", "flood slide meeting capital"),
    ("has:tag -has:note -has:image", "slide"),
    # times
    ("tanggal:hari-ini", "undated flood slide"),
    ("date:today", "undated flood slide"),
    ("tanggal:kemarin", "rice market"),
    ("date:this-week", "undated flood slide rice market"),
    ("tanggal:minggu-lalu", "inflation team cafe vote"),
    ("date:last-month kategori:pemerintahan", "meeting capital"),
    ("tanggal:bulan-ini", "undated flood slide rice market"),
    ("date:last-year", "forest dolphin"),
    ("sejak:2020-06-02", "undated flood slide"),
    ("since:2013-12 until:2014-01-01", "dawn fireworks"),
    ("sampai:2013-11", "harbour oath"),
    ("tanggal:2013-12..2014", "dawn fireworks"),
    ("tahun:2013", "fireworks harbour oath"),
    ("year:2014", "dawn"),
    ("tanggal:2019-08-12", "forest"),
    ("umur:<1hari", "undated flood slide rice"),
    ("age:<36h", "undated flood slide rice market"),
    ("umur:>5tahun", "dawn fireworks harbour oath"),
    ("age:>1w age:<3w", "vote meeting"),
    # orders
    ("banjir sort:oldest", "slide flood"),
    ("urut:terlama tahun:2013", "oath harbour fireworks"),
    ("tahun:2013 sort:title", "oath fireworks harbour"),
    ("urut:sumber penulis:jay", "capital harbour oath"),
    ("sort:source is:starred", "kept starred market capital"),
    ("banjir sort:relevance", _FLOOD),
    ("rapat or gubernur urut:relevansi", "meeting oath harbour market"),
    # as they are written in the pages of the project
    ("tempat:balikpapan is:belum umur:<7hari", "slide team"),
    ('(inflasi or "harga beras") kategori:ekonomi -judul:nasional', "market"),
    ('sumber:"Portal Contoh" gubernur tahun:2013 urut:terlama', "oath harbour"),
]
"""What is typed, and the names of what must be found, in their order."""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The home with the store, and the names of its articles by their ids."""
    home = tmp_path_factory.mktemp("newsroom")
    return home, samplenews.fill(home, lambda: NOW)


@pytest.fixture
def home(newsroom: tuple[Path, dict[str, str]]) -> Path:
    return newsroom[0]


@pytest.fixture
def names(newsroom: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return newsroom[1]


@pytest.fixture(scope="module")
def library(newsroom: tuple[Path, dict[str, str]]) -> Iterator[Library]:
    library = Library.open(Paths.find(str(newsroom[0])), clock=lambda: NOW)
    yield library
    library.close()


def _listed(run: Run, names: dict[str, str], *words: str) -> list[str]:
    said = run("list", "--json", "--offline", *words)
    assert said.status == 0, said.err
    return [names[found["id"]] for found in said.objects()]


@pytest.mark.parametrize(("query", "found"), FOUND, ids=[query for query, _found in FOUND])
def test_a_query_finds(
    library: Library, run: Run, names: dict[str, str], query: str, found: str
) -> None:
    view = View(ViewKind.SEARCH, query=query)
    assert [names[row.id] for row in library.rows(view)] == found.split()
    assert library.count(view).total == len(found.split())
    assert _listed(run, names, "--", query) == found.split()


# --- several words, and orders -------------------------------------------------------------------


def test_without_a_query_all_are_listed(run: Run, names: dict[str, str]) -> None:
    assert _listed(run, names) == _ALL
    assert _listed(run, names, "", " ") == _ALL
    assert run("search", "", " ").status == 2


def test_several_words_are_one_query(run: Run, names: dict[str, str]) -> None:
    assert _listed(run, names, "inflasi", "or", "is:edited") == ["ship", "inflation"][::-1]
    assert _listed(run, names, "(inflasi or", "gubernur) balikpapan") == ["harbour"]
    assert _listed(run, names, "harga beras") == _listed(run, names, "harga", "beras")
    assert _listed(run, names, '"harga beras"') == ["market"]


def test_a_word_that_denies_needs_no_two_dashes_before_it(run: Run, names: dict[str, str]) -> None:
    assert _listed(run, names, "banjir", "-samarinda") == ["slide"]
    assert _listed(run, names, "-is:unread", "--limit", "2", "-samarinda") == ["capital"]
    assert run("list", "-n").status == 2


ORDERS = {
    "oldest": _ALL[::-1],
    "newest": _ALL,
    "title": sorted(_ALL, key=lambda name: samplenews.ARTICLES[name].title.lower()),
    "source": sorted(_ALL, key=lambda name: samplenews.ARTICLES[name].source.name),
}


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("query", [(), ("sejak:2013", "sort:relevance")])
def test_an_order_goes_on_behind_any_article(
    run: Run, names: dict[str, str], order: str, query: tuple[str, ...]
) -> None:
    ids = {name: id_ for id_, name in names.items()}
    expected = ORDERS[order]
    assert _listed(run, names, *query, "--sort", order) == expected
    found: list[str] = []
    while page := _listed(run, names, *query, "--sort", order, "--limit", "5", *_after(ids, found)):
        found += page
    assert found == expected


def _after(ids: dict[str, str], found: Sequence[str]) -> tuple[str, ...]:
    return ("--after", ids[found[-1]]) if found else ()


def test_an_order_within_the_query_goes_on_as_well(run: Run, names: dict[str, str]) -> None:
    ids = {name: id_ for id_, name in names.items()}
    query = ("tahun:2013", "urut:judul")
    assert _listed(run, names, *query, "--after", ids["oath"][:8]) == ["fireworks", "harbour"]
    assert _listed(run, names, *query, "--after", ids["harbour"]) == []
    assert _listed(run, names, *query, "--sort", "terlama", "--limit", "1") == ["oath"]


def test_relevance_without_words_is_the_newest_first(run: Run, names: dict[str, str]) -> None:
    assert _listed(run, names, "--sort", "relevance") == _ALL
    assert _listed(run, names, "gubernur", "--sort", "relevansi")[0] == "oath"


def test_behind_what_is_not_found_there_is_no_place_but_in_time(
    run: Run, names: dict[str, str]
) -> None:
    ids = {name: id_ for id_, name in names.items()}
    assert _listed(run, names, "banjir", "--after", ids["flood"]) == ["slide"]
    assert _listed(run, names, "gubernur", "--after", ids["ship"]) == ["harbour", "oath"]
    said = run("list", "gubernur", "--sort", "title", "--after", ids["ship"])
    assert (said.status, said.out) == (2, "")
    assert said.err == (
        f"kaltimtui: “{ids['ship']}” is not among these articles."
        " In this order, give --after one that is listed.\n"
    )


# --- what cannot be read -------------------------------------------------------------------------

UNREADABLE = [
    (("(banjir",), 0, "("),
    (("banjir)",), 6, ")"),
    (("banjir", "(", "a"), 7, "("),
    (("()",), 1, ")"),
    (('a "harga beras',), 2, '"harga beras'),
    (("banjir", "or"), 9, " "),
    (("or banjir",), 0, "or"),
    (("banjir and and longsor",), 11, "and"),
    (("not",), 3, " "),
    (("judul:",), 0, "judul:"),
    (("judul: banjir",), 0, "judul:"),
    (("banjir", "jdul:beras"), 7, "jdul:"),
    (("kategory:ekonomi",), 0, "kategory:"),
    (("is:bagus",), 3, "bagus"),
    (("has:read", "is:baca"), 12, "baca"),
    (("sejak:besok",), 6, "besok"),
    (("tanggal:2020-13",), 8, "2020-13"),
    (("tanggal:2020..2021-02-30",), 14, "2021-02-30"),
    (("umur:7",), 5, "7"),
    (("umur:<7abad",), 5, "<7abad"),
    (("urut:acak",), 5, "acak"),
    (("中国 (é", "bo\u0301bot"), 3, "("),
    (("中国", "is:国"), 6, "国"),
    ((" (banjir", "  a "), 1, "("),
]


@pytest.mark.parametrize(
    ("words", "position", "wrong"), UNREADABLE, ids=[" ".join(words) for words, *_ in UNREADABLE]
)
def test_what_cannot_be_read_is_shown_with_its_place(
    run: Run, words: tuple[str, ...], position: int, wrong: str
) -> None:
    for command in (("list",), ("search",), ("mark", "--star", "--query")):
        given = words if command[0] != "mark" else (" ".join(words),)
        said = run(*command, *given)
        assert (said.status, said.out) == (2, "")
        message, shown, carets = said.err.splitlines()
        assert message.startswith("kaltimtui: ")
        query = " ".join(words)
        assert shown == f"  {query}"
        assert carets == "  " + " " * text.width(query[:position]) + "^" * text.width(wrong)
        assert f"{query} "[position:].startswith(wrong)
        (told,) = run(*command, *given, "--json").objects()
        assert set(told) == {"error", "position"}
        assert (told["error"], told["position"]) == (message.removeprefix("kaltimtui: "), position)


def test_what_is_wrong_comes_with_what_is_expected(run: Run) -> None:
    assert run("list", "jdul:beras").err == (
        "kaltimtui: There is no field “jdul”. Did you mean “judul:”?\n  jdul:beras\n  ^^^^^\n"
    )
    assert "Known are: newest, oldest, relevance, title, source." in run("list", "sort:x").err
    assert "Write 2023, 2023-06, 2023-06-30, or: today" in run("list", "date:x").err
    assert run("list", "(", "--quiet").err == run("list", "(").err
    assert "Write what to look for" in run("list", "(").err


def test_of_a_long_query_what_stands_round_the_place_is_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    _message, shown, carets = run("list", "satu " * 60 + "is:bagus " + "dua " * 60).err.splitlines()
    assert shown == "  …tu satu is:bagus dua dua dua dua du…"
    assert carets == "  " + " " * len("…tu satu is:") + "^" * len("bagus")
    monkeypatch.setenv("COLUMNS", "3")
    _message, shown, carets = run("list", "satu dua tiga empat lima (").err.splitlines()
    assert (shown, carets) == ("  …iga empat lima (", " " * 19 + "^")


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ("a" * LONGEST, None),
        (("banjir " * 400).strip(), None),
        ("-" * LONGEST, None),
        ("banjir " * 1_400, 3_500),
        ("(" * LONGEST, 50),
        ("not " * 2_400 + "a", 200),
        ("a " * (LONGEST // 2) + "a", LONGEST),
        ("x" * 100_000, LONGEST),
        ("中" * 100_000, LONGEST),
        ("\u0301" * 100_000, LONGEST),
        ("x" * 9_000 + ":", None),
    ],
    ids=range(11),
)
def test_a_long_query_is_answered_or_refused(run: Run, query: str, position: int | None) -> None:
    said = run("list", "--json", "--", query)
    assert "Traceback" not in said.err
    if position is None:
        assert said.status == 0
        return
    assert (said.status, said.objects()[0]["position"]) == (2, position)
    message, shown, carets = said.err.splitlines()
    assert max(map(text.width, (message, shown, carets))) <= 200
    assert text.width(shown) <= 80
    assert text.width(carets) <= 80


@pytest.mark.parametrize(
    ("query", "found", "shown"),
    [
        ("ban\tjir\x00 sura\x1b[31mt", [], None),
        ("banjir\n\tmahakam\r", ["flood"], None),
        ("banjir\u3000mahakam", ["flood"], None),
        ("\ud83d\udc00", [], None),
        ("\x07\x1b]0;judul\x07", [], None),
        ("(\x1b[31mbanjir\n\x9b", [], "(�[31mbanjir �"),
        ("\u202e(banjir\ud800", [], "�(banjir�"),
        ("(👩\u200d🌾\tbanjir", [], "(👩\u200d🌾 banjir"),
    ],
    ids=range(8),
)
def test_control_characters_reach_no_terminal(
    run: Run, names: dict[str, str], query: str, found: list[str], shown: str | None
) -> None:
    if shown is None:
        assert _listed(run, names, "--", query) == found
        return
    said = run("list", "--", query)
    message, line, carets = said.err.split("\n")[:3]
    assert said.status == 2
    assert line == f"  {shown}"
    assert carets.index("^") == line.index("(")
    assert (message + line + carets).replace("\u200d", "").isprintable()


# --- from a shell --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("list --json is:starred --offline", "market capital kept starred"),
        ("list --json '\"harga beras\" or is:edited'", "market ship"),
        ("search --json 'source:\"Portal Contoh\" year:2013' --sort oldest", "oath harbour"),
        ("search --json banjir -samarinda", "slide"),
        ("list --json 'tempat:\"kutai barat\"'", "dance"),
    ],
)
def test_a_shell_hands_the_query_over(
    home: Path, names: dict[str, str], line: str, found: str
) -> None:
    done = _shell(home, line)
    assert (done.returncode, done.stderr) == (0, "")
    listed = [names[json.loads(said)["id"]] for said in done.stdout.splitlines()]
    assert listed == found.split()


def test_the_lines_of_the_pages_are_taken(root: Path) -> None:
    said = (root / "docs" / "search.md").read_text(encoding="utf-8")
    block = re.findall(r"(?ms)^```sh\n(.*?)^```$", said)[0]
    lines = [shlex.split(line) for line in block.splitlines()]
    assert len(lines) == 5
    examples = [
        shlex.split(one.line)
        for name in ("list", "search", "mark")
        for one in BY_NAME[name].examples
    ]
    for program, command, *words in lines + [line[: [*line, "|"].index("|")] for line in examples]:
        values = parser.parse(BY_NAME[command], words)
        assert program == "kaltimtui"
        query = values.query or ""
        parse(query if isinstance(query, str) else " ".join(query))


def test_a_shell_hears_what_cannot_be_read(home: Path) -> None:
    done = _shell(home, "list 'banjir (\"harga' beras --lang en")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "kaltimtui: The quotes that begin here do not end.\n"
        '  banjir ("harga beras\n'
        "          ^^^^^^^^^^^^\n"
    )
    done = _shell(home, f"list --json {'x' * 100_000}")
    assert done.returncode == 2
    assert json.loads(done.stdout)["position"] == LONGEST


def _shell(home: Path, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", f'"$0" -m kaltimtui --home "$1" {line}', sys.executable, str(home)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
