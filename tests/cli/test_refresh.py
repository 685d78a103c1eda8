"""The command that fetches what is due, against a server on one's own machine."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from kaltimtui import i18n, subscriptions
from kaltimtui.cli.refresh import _progress
from kaltimtui.library import Library
from kaltimtui.models import Progress, SourceData, View
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Run

    from kaltimtui.cli.output import Output
    from kaltimtui.demo.portal import Portal
    from kaltimtui.models import Refreshed

NOW = datetime(2020, 6, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def add(home: Path) -> Callable[..., None]:
    """Adds feeds to the home: names and addresses. The portal goes."""

    def feeds(**urls: str) -> None:
        library = Library.open(Paths.find(str(home)), clock=lambda: NOW)
        kept = subscriptions.of(library)
        for source in kept.all():
            kept.remove(source.id)
        for name, url in urls.items():
            kept.add(SourceData(name, "feed", url), private=True)
        library.close()

    return feeds


def test_what_is_new_is_told_and_kept(
    run: Run, add: Callable[..., None], demo_portal: Callable[..., Portal], home: Path
) -> None:
    portal = demo_portal()
    add(Kabar=portal.at("/rss.xml"))
    said = run("refresh")
    assert said.status == 0
    count = len(portal.articles)
    library = Library.open(Paths.find(str(home)))
    kept = len(library.rows(View(), limit=200))
    library.close()
    assert 0 < kept <= count
    assert f"Kabar: {kept} new" in said.err
    assert f"1 source asked, {kept} new." in said.err
    assert said.out == ""


def test_rules_tell_of_what_came_in(
    run: Run, add: Callable[..., None], demo_portal: Callable[..., Portal]
) -> None:
    add(Kabar=demo_portal().at("/rss.xml"))
    run("rules", "add", "Semua", "source:kabar", "--notify", "--later")
    said = run("refresh")
    later = run("list", "is:later").out.splitlines()
    assert len(later) > 1
    assert f"{len(later)} new articles: Semua" in said.err
    assert said.out == ""


def test_json_gives_a_line_a_source_and_the_second_time_nothing_is_new(
    run: Run, add: Callable[..., None], demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    add(Kabar=portal.at("/rss.xml"), Warta=portal.at("/atom.xml"), Rusak=portal.at("/rusak/x"))
    portal.fault("/rusak/x", "error")
    first = {one["source"]: one for one in run("refresh", "--json").objects()}
    assert set(first["Kabar"]) == {
        *("source", "status", "new", "changed", "http_status", "bytes", "seconds", "error"),
        "missed",
    }
    assert (first["Kabar"]["status"], first["Warta"]["status"]) == ("ok", "ok")
    assert (first["Rusak"]["status"], first["Rusak"]["http_status"]) == ("failed", 500)
    portal.forget()
    said = run("refresh", "--all", "--json")
    assert said.status == 1
    second = {one["source"]: one for one in said.objects()}
    assert second["Kabar"]["status"] == second["Warta"]["status"] == "not-modified"
    assert [request.status for request in portal.requests].count(304) == 2


def test_a_source_that_fails_is_named_and_the_status_says_so(
    run: Run, add: Callable[..., None], demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    portal.fault("/rss.xml", "missing")
    add(Kabar=portal.at("/rss.xml"), Warta=portal.at("/atom.xml"))
    said = run("refresh", "--quiet")
    assert said.status == 1
    (line,) = said.err.splitlines()
    assert line.startswith("kaltimtui: Kabar: 127.0.0.1")


def test_pages_of_a_portal_that_failed_are_told_one_by_one(
    run: Run, add: Callable[..., None], demo_portal: Callable[..., Portal], home: Path
) -> None:
    portal = demo_portal()
    add()
    profiles = home / "config" / "sites"
    profiles.mkdir(parents=True)
    (profiles / "demo.toml").write_text(portal.profile)
    library = Library.open(Paths.find(str(home)), clock=lambda: NOW)
    subscriptions.of(library).add(SourceData("Contoh", "portal", portal.at("/")), private=True)
    library.close()
    failing = [urlsplit(article.url or "").path for article in portal.articles[:2]]
    for path in failing:
        portal.fault(path, "error")
    said = run("refresh", "--json")
    (one,) = said.objects()
    assert one["status"] == "ok"
    assert sorted(page.partition(": ")[0] for page in one["missed"]) == sorted(failing)
    told = [line for line in said.err.splitlines() if "berita/" in line]
    assert told == [f"kaltimtui: Contoh: {page}" for page in one["missed"]]


def test_nothing_due_is_no_failure(run: Run, add: Callable[..., None]) -> None:
    add()
    said = run("refresh")
    assert said.status == 0
    assert "Nothing is due" in said.err


def test_a_source_is_asked_by_its_name(
    run: Run, add: Callable[..., None], demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    add(Kabar=portal.at("/rss.xml"), Warta=portal.at("/atom.xml"))
    run("refresh")
    portal.forget()
    assert [one["source"] for one in run("refresh", "warta", "--json").objects()] == ["Warta"]
    assert [request.path for request in portal.requests] == ["/atom.xml"]
    assert run("refresh", "nobody").status == 2


def test_offline_asks_nobody(
    run: Run, add: Callable[..., None], demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    add(Kabar=portal.at("/rss.xml"))
    said = run("refresh", "--offline", "--json")
    assert said.status == 0
    assert [one["status"] for one in said.objects()] == ["skipped"]
    assert portal.count() == 0


def test_a_lost_network_is_said_once(run: Run, add: Callable[..., None]) -> None:
    add(Kabar="http://127.0.0.1:1/", Warta="http://127.0.0.1:2/")
    said = run("refresh")
    assert said.status == 1
    assert said.err.count("no network") == 1


def test_why_a_source_failed_is_told_in_the_language_of_who_asks(
    run: Run, add: Callable[..., None], demo_portal: Callable[..., Portal]
) -> None:
    portal = demo_portal()
    portal.fault("/rss.xml", "error")
    add(Kabar=portal.at("/rss.xml"))
    run("refresh")
    health = {lang: run("sources", "health", "--json", "--lang", lang) for lang in ("en", "id")}
    errors = {lang: said.objects()[0]["error"] for lang, said in health.items()}
    assert errors == {
        "en": "127.0.0.1 answered 500: something broke on its side.",
        "id": "127.0.0.1 menjawab 500: ada yang rusak di pihaknya.",
    }


def test_broken_settings_are_told_and_the_rest_goes_on(
    run: Run, add: Callable[..., None], home: Path
) -> None:
    add()
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("[refresh]\nminutes = 'often'\n")
    said = run("refresh")
    assert said.status == 0
    assert "config.toml:2" in said.err


def test_what_was_kept_is_told_where_it_is_stopped(
    run: Run,
    add: Callable[..., None],
    demo_portal: Callable[..., Portal],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    portal = demo_portal()
    add(Kabar=portal.at("/rss.xml"))

    def stop(_out: Output, _last: Refreshed) -> None:
        signal.raise_signal(signal.SIGINT)  # as Ctrl+C does

    monkeypatch.setattr("kaltimtui.cli.refresh._tell", stop)
    # Who starts the tests in the background may have them ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        said = run("refresh")
    finally:
        signal.signal(signal.SIGINT, before)
    kept = len(run("list", "--limit", "1000").out.splitlines())
    assert said.status == 130
    assert kept > 0
    assert said.err.splitlines() == [
        f"Stopped: {kept} new articles were kept. The next refresh goes on from there.",
        "kaltimtui: Interrupted.",
    ]


def test_a_terminal_gets_a_bar(
    add: Callable[..., None], demo_portal: Callable[..., Portal], home: Path
) -> None:
    portal = demo_portal()
    add(Kabar=portal.at("/rss.xml"))
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "kaltimtui", "--home", str(home), "refresh"],
            stderr=theirs,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=60,
        )
        shown = os.read(ours, 65_536).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "━" * 24 + " 1/1" in shown


def test_the_bar_tells_what_has_come_in_and_who_is_waited_for() -> None:
    i18n.set_language("en")
    shown = _progress(Progress(1, 2, 340, pages=350, under_way="Portal Kaltim"))
    assert shown.split("  ")[1:] == ["350 pages", "340 new", "Portal Kaltim"]
