from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from kaltimtui import importing, subscriptions
from kaltimtui.errors import FetchError
from kaltimtui.library import Library
from kaltimtui.models import Outcome, SourceData
from kaltimtui.paths import Paths
from kaltimtui.refresh.discover import Discovered

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

NOW = datetime(2020, 6, 2, 4, 0, tzinfo=UTC)
FEED = "https://kabar.example/feed"


class Fetching:
    """Stands for the real one: finds what it is told to."""

    found: ClassVar[Discovered | FetchError]
    asked: ClassVar[list[str]] = []

    def __init__(self, library: Library, config: Any) -> None:
        assert library.trouble is None
        assert config.proxy is None

    async def discover(self, url: str) -> Discovered:
        self.asked.append(url)
        if isinstance(self.found, FetchError):
            raise self.found
        return self.found


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[[Discovered | FetchError], list[str]]:
    """Let this be what every address leads to; the addresses that were asked."""

    def let(what: Discovered | FetchError) -> list[str]:
        module = ModuleType("kaltimtui.fetching")
        monkeypatch.setattr(Fetching, "found", what, raising=False)
        monkeypatch.setattr(Fetching, "asked", [])
        module.Fetching = Fetching  # type: ignore[attr-defined] # a module made here
        monkeypatch.setitem(sys.modules, "kaltimtui.fetching", module)
        return Fetching.asked

    return let


@pytest.fixture
def library(home: Path) -> Library:
    return Library.open(Paths.find(str(home)), clock=lambda: NOW)


def _one(run: Run, name: str) -> dict[str, Any]:
    return next(s for s in run("sources", "list", "--json").objects() if s["source"] == name)


# --- add -----------------------------------------------------------------------------------------


def test_what_is_found_at_an_address_is_added_and_told(
    run: Run, found: Callable[..., list[str]]
) -> None:
    asked = found(Discovered("feed", SourceData("Kabar", "feed", FEED), "It is a feed."))
    said = run("sources", "add", "kabar.example")
    assert (said.status, said.out, said.err) == (0, "", "It is a feed. Added: Kabar.\n")
    assert asked == ["kabar.example"], "as it was typed: a site may know http alone"
    again = run("sources", "add", "https://kabar.example/", "--json", "--folder", "X")
    (told,) = again.objects()
    assert (again.status, told["new"], told["found"]) == (0, False, "It is a feed.")
    assert "Kabar is a source already." in again.err
    assert (told["url"], told["folder"], told["private"]) == (FEED, None, False)


def test_what_is_added_is_set_at_once(run: Run, found: Callable[..., list[str]]) -> None:
    found(
        Discovered(
            "portal", SourceData("Kabar", "portal", "http://10.0.0.9/"), "A site.", private=True
        )
    )
    settings = ("--name", "Kantor", "--folder", "A/ B", "--interval", "45", "--full-text")
    (told,) = run("sources", "add", "http://10.0.0.9/", *settings, "--json").objects()
    assert told == {
        "source": "Kantor",
        "kind": "portal",
        "url": "http://10.0.0.9/",
        "folder": "A/B",
        "interval": 45,
        "full_text": True,
        "private": True,
        "keep_days": None,
        "keep_articles": None,
        "new": True,
        "found": "A site.",
    }


def test_an_address_that_gives_no_answer_is_told(run: Run, found: Callable[..., list[str]]) -> None:
    found(FetchError("kabar.example does not answer.", reason="timeout"))
    said = run("sources", "add", FEED)
    assert (said.status, said.err) == (1, "kaltimtui: kabar.example does not answer.\n")
    assert len(run("sources", "list").out.splitlines()) == 1


def test_broken_settings_are_told_and_do_no_harm(
    run: Run, home: Path, found: Callable[..., list[str]]
) -> None:
    found(Discovered("feed", SourceData("Kabar", "feed", FEED), "It is a feed."))
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("[network]\nproxy = 3\n")
    said = run("sources", "add", FEED)
    assert (said.status, "config.toml:2" in said.err) == (0, True)


@pytest.mark.parametrize("more", [(), ("--offline",)])
@pytest.mark.parametrize(
    "url",
    ["https://ani:rahasia@kabar.example/", "ani:rahasia@kabar.example", "http://a:rah/asia@k/"],
)
def test_an_address_with_a_password_is_never_repeated(
    run: Run, url: str, more: tuple[str, ...]
) -> None:
    said = run("sources", "add", url, *more)
    assert said.status == 2
    assert said.err == (
        "kaltimtui: An address with a user name or password in it is not taken."
        " Leave out what stands before the @.\n"
    )


def test_without_the_network_an_address_is_taken_unseen(run: Run) -> None:
    said = run("sources", "add", "http://localhost:8000/rss", "--offline")
    assert said.status == 0
    assert "unseen" in said.err
    source = _one(run, "localhost")
    assert (source["kind"], source["private"]) == ("feed", True)


@pytest.mark.parametrize(
    "words",
    [
        ("javascript:alert(1)",),
        ('"http://kabar.example/',),
        ("",),
        (FEED, "--interval", "4"),
        (FEED, "--interval", "soon"),
        (FEED, "--interval", "-5"),
        (FEED, "--interval", "٣٠"),
    ],
)
def test_wrong_words_add_nothing(run: Run, words: tuple[str, ...]) -> None:
    said = run("sources", "add", "--offline", *words)
    assert (said.status, said.err.count("kaltimtui: ")) == (2, 1)
    assert len(run("sources", "list").out.splitlines()) == 1


# --- edit, remove --------------------------------------------------------------------------------


@pytest.fixture
def kabar(run: Run) -> str:
    run("sources", "add", FEED, "--offline", "--name", "Kabar Kaltim")
    return "Kabar Kaltim"


def test_a_source_is_set_anew(run: Run, kabar: str) -> None:
    words = ("--name", "Kabar", "--folder", "Daerah", "--interval", "90", "--full-text")
    said = run("sources", "edit", kabar.lower(), *words)
    assert (said.status, said.out, said.err) == (0, "", "Kabar is set.\n")
    source = _one(run, "Kabar")
    assert (source["folder"], source["interval"], source["full_text"]) == ("Daerah", 90, True)
    back = ("--folder", "", "--interval", "auto", "--no-full-text", "--json")
    (source,) = run("sources", "edit", "kab", *back).objects()
    assert (source["folder"], source["interval"], source["full_text"]) == (None, None, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["kab"], "Nothing was asked for."),
        (["kab", "--name", "portal KALTIM", "--folder", "X"], "a source “Portal Kaltim” already"),
        (["kab", "--name", " ", "--folder", "X"], "The name of the source is empty."),
        (["kab", "--interval", "1", "--folder", "X"], "1 is no interval. Give 5 to 10080 minutes."),
        (["none", "--folder", "X"], "There is no source “none”."),
        (["kab", "--full-text", "--no-full-text"], "exclude each other"),
    ],
)
def test_what_cannot_be_set_changes_nothing(
    run: Run, kabar: str, words: list[str], said: str
) -> None:
    before = _one(run, kabar)
    told = run("sources", "edit", *words)
    assert told.status == 2
    assert said in told.err
    assert _one(run, kabar) == before


@pytest.mark.usefixtures("news")
def test_a_source_is_left_and_comes_back_with_undo(run: Run) -> None:
    said = run("sources", "remove", "portal", "--json")
    (told,) = said.objects()
    assert (told["source"], told["changed"]) == ("Portal Kaltim", 5)
    assert said.err == "Portal Kaltim: source with 5 articles removed\n"
    assert (run("list").out, run("sources", "list").out) == ("", "")
    run("undo")
    assert len(run("list").out.splitlines()) == 5
    assert run("sources", "remove", "none").status == 2


# --- list, health, suggest -----------------------------------------------------------------------


@pytest.mark.usefixtures("news", "kabar")
def test_the_list_of_sources(run: Run) -> None:
    assert run("sources", "list").out.splitlines() == [
        "Portal Kaltim\tportal\t\thttps://www.kaltimprov.go.id/\t5\t5",
        f"Kabar Kaltim\tfeed\t\t{FEED}\t0\t0",
    ]
    (portal, _feed) = run("sources", "list", "--json").objects()
    assert (portal["articles"], portal["unread"], portal["interval"]) == (5, 5, None)


@pytest.mark.usefixtures("news", "kabar", "terminal")
def test_the_list_of_sources_for_a_person(run: Run) -> None:
    out = run("sources", "list").out
    assert "5 articles · 5 unread" in out
    assert "\t" not in out


def test_where_there_are_no_sources_it_is_said(run: Run) -> None:
    run("sources", "remove", "portal")
    for what in ("list", "health"):
        said = run("sources", what)
        assert (said.status, said.out, said.err) == (0, "", "No sources.\n")


@pytest.fixture
def troubled(library: Library, kabar: str) -> None:
    """One source that answers, one that fails, one that is gone."""
    subs = subscriptions.of(library)
    gone, _new = subs.add(SourceData("Hilang", "feed", "https://hilang.example/rss"))
    hour = timedelta(hours=1)
    outcomes = [
        Outcome(subs.find("Portal").id, NOW - 3 * hour, NOW + 2 * hour, http_status=200),
        Outcome(subs.find(kabar).id, NOW - 9 * hour, None, http_status=200),
        Outcome(subs.find(kabar).id, NOW - hour, None, "No answer in 20 seconds."),
        Outcome(gone.id, NOW, None, "410 Gone.", http_status=410, gone=True),
    ]
    batch = [importing.Fetched(outcome.source, (), outcome) for outcome in outcomes]
    importing.keep_fetched(library.database, batch, NOW)
    library.close()


@pytest.mark.usefixtures("news", "troubled")
def test_the_health_of_each_source(run: Run) -> None:
    portal, gone, kabar = run("sources", "health", "--json").objects()
    assert portal == {
        "source": "Portal Kaltim",
        "kind": "portal",
        "url": "https://www.kaltimprov.go.id/",
        "state": "ok",
        "last_try": "2020-06-02T09:00:00+08:00",
        "last_success": "2020-06-02T09:00:00+08:00",
        "next_try": "2020-06-02T14:00:00+08:00",
        "failures": 0,
        "error": None,
        "http_status": 200,
        "per_week": 0.75,
    }
    assert (gone["state"], gone["http_status"], gone["last_success"]) == ("gone", 410, None)
    assert (kabar["state"], kabar["failures"]) == ("failed", 1)
    assert kabar["error"] == "No answer in 20 seconds."
    lines = [line.split("\t") for line in run("sources", "health").out.splitlines()]
    assert [line[:2] for line in lines] == [
        ["Portal Kaltim", "ok"],
        ["Hilang", "gone"],
        ["Kabar Kaltim", "failed"],
    ]
    assert lines[0][2:] == [portal["last_success"], portal["next_try"], "0.75", ""]


@pytest.mark.usefixtures("troubled", "terminal")
def test_the_health_of_each_source_for_a_person(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NO_COLOR", "1")
    out = run("sources", "health").out.splitlines()
    assert out[0].split("  ")[1:] == ["3 hours ago", "0 a week", "next: in 2 hours"]
    assert "never yet" in out[1]
    assert "asked no more" in out[1]
    assert "next: at the next refresh" in out[2]
    assert out[3].startswith("! Hilang: 410 Gone.")
    assert out[4] == "! Kabar Kaltim: No answer in 20 seconds. (1 failure in a row)"


@pytest.mark.usefixtures("terminal")
def test_a_long_name_leaves_room_for_what_is_said_of_it(run: Run) -> None:
    run("sources", "add", FEED, "--offline", "--name", "漢" * 90)
    out = run("sources", "list").out.splitlines()
    assert "…" in out[1]
    assert "0 articles" in out[1]


@pytest.mark.usefixtures("terminal")
def test_on_a_narrow_terminal_what_is_said_of_a_name_stands_below_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "30")
    run("sources", "add", FEED, "--offline", "--name", "Kabar dari Tepi Sungai Mahakam")
    assert run("sources", "list").out.splitlines() == [
        "Portal Kaltim",
        "  portal  0 articles · 0 unread",
        "Kabar dari Tepi Sungai Mahakam",
        "  feed  0 articles · 0 unread",
    ]


def test_a_source_that_is_known_is_left_as_it_is_and_that_is_told(
    run: Run, found: Callable[..., list[str]]
) -> None:
    found(Discovered("feed", SourceData("Kabar", "feed", FEED), "It is a feed."))
    run("sources", "add", FEED)
    said = run("sources", "add", FEED, "--name", "Lain")
    assert said.err == (
        "It is a feed. Kabar is a source already."
        " It was left as it is; “kaltimtui sources edit” changes it.\n"
    )


@pytest.mark.usefixtures("troubled")
def test_the_doctor_names_the_sources_that_fail(run: Run) -> None:
    said = run("doctor")
    assert said.status == 0
    assert "! Kabar Kaltim" in said.out
    assert "! Hilang" in said.out
    assert "! Portal Kaltim" not in said.out
    (report,) = run("doctor", "--json").objects()
    assert report["ok"]
    assert [source["state"] for source in report["sources"]] == ["ok", "gone", "failed"]


def test_the_sources_that_could_be_added(run: Run) -> None:
    said = run("sources", "suggest", "--json")
    found = said.objects()
    assert {"source", "kind", "url", "folder", "subscribed"} == set(found[0])
    assert [one["source"] for one in found if one["subscribed"]] == ["Portal Kaltim"]
    assert len(run("sources", "suggest").out.splitlines()) == len(found)


@pytest.mark.usefixtures("terminal")
def test_the_sources_that_could_be_added_for_a_person(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    out = run("sources", "suggest").out.splitlines()
    assert out[0] == "Kalimantan Timur"
    assert out[1].startswith("  ✓ Portal Kaltim  https://")
    assert "Nasional" in out
