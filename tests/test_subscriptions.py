from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaltimtui import importing, subscriptions, text
from kaltimtui.errors import KaltimtuiError, ParseError, UsageError
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, Outcome, SourceData, View
from kaltimtui.parsing import sites
from kaltimtui.paths import Paths
from kaltimtui.refresh.discover import Discovered
from kaltimtui.store import journal
from kaltimtui.subscriptions import OpmlReport, Subscriptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kaltimtui.models import SourceKind

NOW = datetime(2026, 11, 24, 0, 15, tzinfo=UTC)
WARTA = SourceData("Warta", "feed", "https://warta.example/rss")
OTHER = SourceData("Warta Lain", "feed", "https://lain.example/rss", "Nasional")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(Paths.find(str(tmp_path / "home")), clock=lambda: NOW)
    yield library
    library.close()


@pytest.fixture
def subs(library: Library) -> Subscriptions:
    return subscriptions.of(library)


def _names(subs: Subscriptions) -> list[str]:
    return [source.name for source in subs.all()]


def _opml(*outlines: str) -> bytes:
    return f"<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode()


def _feed(name: str, url: str) -> str:
    return f"<outline type='rss' text='{name}' xmlUrl='{url}'/>"


# --- adding and leaving --------------------------------------------------------------------------


def test_a_source_is_added_once(subs: Subscriptions) -> None:
    source, is_new = subs.add(WARTA)
    assert (is_new, source.name, source.url, source.private) == (True, "Warta", WARTA.url, False)
    again, is_new = subs.add(SourceData("Lain", "feed", "http://www.warta.example/rss/", "X"))
    assert (is_new, again) == (False, source)
    assert _names(subs) == ["Portal Kaltim", "Warta"]


def test_what_the_user_typed_may_be_private(subs: Subscriptions) -> None:
    source, _new = subs.add(SourceData("", "feed", "http://192.168.1.4/rss"), private=True)
    assert (source.name, source.private) == ("192.168.1.4", True)


@pytest.mark.parametrize("url", [None, "", "javascript:x", "file:///etc/passwd", '"http://a.id/'])
def test_what_is_no_address_is_not_added(subs: Subscriptions, url: str | None) -> None:
    with pytest.raises(UsageError):
        subs.add(SourceData("A", "feed", url))
    assert _names(subs) == ["Portal Kaltim"]


def test_what_is_added_is_clean(subs: Subscriptions) -> None:
    source, _new = subs.add(SourceData("A\x1b[2J\nB", "feed", "https://a.id/", " X / \x07Y/ "))
    assert (source.name, source.folder) == ("A[2J B", "X/Y")


def test_a_source_that_was_left_comes_back_with_its_articles_and_marks(
    library: Library, subs: Subscriptions
) -> None:
    library.store_articles(WARTA, [ArticleData("Judul", guid="1")])
    (row,) = library.rows(View())
    library.mark([row.id], [Marking("starred", True)])
    change = subs.remove(subs.find("Warta").id)
    assert (change.count, library.rows(View())) == (1, [])
    library.undo()
    assert [found.id for found in library.rows(View())] == [row.id]
    subs.remove(subs.find("Warta").id)
    _source, is_new = subs.add(WARTA)
    assert is_new
    assert library.article(library.rows(View())[0].id).starred


def test_a_portal_that_was_left_stays_left(library: Library, subs: Subscriptions) -> None:
    subs.remove(subs.find("Portal Kaltim").id)
    importing.keep_fetched(library.database, [importing.Fetched(1, ())], NOW)
    library.close()
    again = Library.open(library.paths, clock=lambda: NOW)
    assert subscriptions.of(again).all() == ()
    again.close()


def test_to_add_a_source_that_was_gone_tries_it_again(
    library: Library, subs: Subscriptions
) -> None:
    source, _new = subs.add(WARTA)
    outcome = Outcome(source.id, NOW, None, error="410", http_status=410, gone=True)
    importing.keep_fetched(library.database, [importing.Fetched(source.id, (), outcome)], NOW)
    assert subs.get(source.id).health.gone
    again, is_new = subs.add(WARTA)
    assert (is_new, again.health.gone) == (False, False)


@pytest.fixture
def _no_profiles() -> Iterator[None]:
    """Leave no profile of a user behind."""
    yield
    sites.use_profiles(Path("/nowhere"))


GUESSED = Discovered(
    "portal",
    SourceData("Kabar Kota", "portal", "http://kabar.example/"),
    "",
    articles=("/baca/{slug}",),
    hosts=("kabar.example",),
    scheme="http",
)


@pytest.mark.usefixtures("_no_profiles")
def test_what_was_guessed_of_a_site_is_kept_as_a_profile_once(
    library: Library, subs: Subscriptions
) -> None:
    source, is_new = subs.add_found(GUESSED, folder="Daerah")
    assert (source.name, source.folder, is_new) == ("Kabar Kota", "Daerah", True)
    assert sites.is_article("http://kabar.example/baca/judul-berita")
    assert subs.add_found(GUESSED, name="Lain") == (source, False)
    (profile,) = (library.paths.config / "sites").iterdir()
    sites.use_profiles(Path("/nowhere"))
    assert not sites.is_article("http://kabar.example/baca/judul-berita")
    assert sites.use_profiles(profile.parent) == ()
    assert sites.is_article("http://kabar.example/baca/judul-berita")


@pytest.mark.usefixtures("_no_profiles")
def test_a_site_whose_profile_cannot_be_written_is_not_added(
    library: Library, subs: Subscriptions
) -> None:
    library.paths.config.write_text("no folder")
    with pytest.raises(KaltimtuiError, match="sites"):
        subs.add_found(GUESSED)
    assert _names(subs) == ["Portal Kaltim"]


def test_a_feed_that_was_found_needs_no_profile(library: Library, subs: Subscriptions) -> None:
    found = Discovered("feed", SourceData("Warta", "feed", "http://10.0.0.9/rss"), "", private=True)
    source, _new = subs.add_found(found, name="Kantor")
    assert (source.name, source.private) == ("Kantor", True)
    assert not library.paths.config.exists()


# --- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "found"),
    [("Warta", "Warta"), ("WARTA", "Warta"), ("warta l", "Warta Lain"), ("p", "Portal Kaltim")],
)
def test_a_source_is_found_by_its_name(subs: Subscriptions, name: str, found: str) -> None:
    subs.add(WARTA)
    subs.add(OTHER)
    assert subs.find(name).name == found


@pytest.mark.parametrize("name", ["war", "", "x", "Warta\x1b[2JX"])
def test_a_name_that_fits_none_or_several_is_told(subs: Subscriptions, name: str) -> None:
    subs.add(WARTA)
    subs.add(OTHER)
    with pytest.raises(UsageError) as error:
        subs.find(name)
    assert str(error.value).isprintable()


def test_a_source_of_no_such_number_is_told(subs: Subscriptions) -> None:
    for ask in (
        lambda: subs.get(99),
        lambda: subs.rename(99, "A"),
        lambda: subs.move(99, None),
        lambda: subs.set_interval(99, 60),
        lambda: subs.set_full_text(99, True),
        lambda: subs.remove(99),
    ):
        with pytest.raises(UsageError, match="99"):
            ask()


# --- setting -------------------------------------------------------------------------------------


def test_a_source_is_renamed_and_stays_the_one_it_was(
    library: Library, subs: Subscriptions
) -> None:
    source, _new = subs.add(WARTA)
    subs.rename(source.id, " Kabar\x1b \n Baru ")
    assert subs.get(source.id).name == "Kabar Baru"
    subs.rename(source.id, "KABAR baru")
    library.store_articles(WARTA, [ArticleData("Judul", guid="1")])
    assert library.rows(View())[0].source == "KABAR baru"
    assert len(subs.all()) == 2


@pytest.mark.parametrize("name", ["warta lain", "Portal Kaltim", "", " \x1b "])
def test_a_name_in_use_and_an_empty_one_are_refused(subs: Subscriptions, name: str) -> None:
    source, _new = subs.add(WARTA)
    subs.add(OTHER)
    with pytest.raises(UsageError):
        subs.rename(source.id, name)
    assert subs.get(source.id) == source


def test_a_source_that_was_left_gives_its_name_up(library: Library, subs: Subscriptions) -> None:
    source, _new = subs.add(WARTA)
    other, _new = subs.add(OTHER)
    subs.remove(other.id)
    subs.rename(source.id, "warta lain")
    again, new = subs.add(OTHER)
    assert (subs.get(source.id).name, new) == ("warta lain", True)
    assert (again.id, again.name) == (other.id, "Warta Lain (2)")
    for _step in ("added", "renamed", "removed"):
        assert library.undo() is not None
    assert [one.name for one in subs.all()][1:] == ["Warta", "Warta Lain"]


def test_what_is_done_to_sources_is_taken_back_and_done_again(
    library: Library, subs: Subscriptions
) -> None:
    before = [subs.all()]
    source, _new = subs.add(WARTA)
    before.append(subs.all())
    changes: tuple[Callable[[], object], ...] = (
        lambda: subs.rename(source.id, "Warta Kita"),
        lambda: subs.move(source.id, "Lokal/Kutai"),
        lambda: subs.set_interval(source.id, 45),
        lambda: subs.set_full_text(source.id, True),
        lambda: subs.remove(source.id),
        lambda: subs.import_opml(_opml(_feed("Kabar", "https://kabar.example/rss"))),
    )
    for change in changes:
        change()
        before.append(subs.all())
        assert before[-1] != before[-2]
    for wanted in reversed(before[:-1]):
        assert library.undo() is not None
        assert subs.all() == wanted
    assert library.undo() is None
    for wanted in before[1:]:
        assert library.redo() is not None
        assert subs.all() == wanted
    assert library.redo() is None


def test_what_is_set_as_it_is_is_no_step(library: Library, subs: Subscriptions) -> None:
    source, _new = subs.add(WARTA)
    subs.rename(source.id, source.name)
    subs.move(source.id, None)
    subs.set_interval(source.id, None)
    subs.set_full_text(source.id, False)
    assert subs.add(WARTA)[1] is False
    step = library.undo()
    assert step is not None
    assert step.description == journal.describe("source-added", 1)
    assert library.undo() is None


def test_what_fetching_writes_stays_when_a_setting_is_taken_back(
    library: Library, subs: Subscriptions
) -> None:
    source, _new = subs.add(WARTA)
    subs.set_interval(source.id, 45)
    with library.database.writing() as connection:
        connection.execute("UPDATE fetching SET etag = 'x' WHERE source_id = ?", (source.id,))
    library.undo()
    kept = subs.get(source.id)
    assert (kept.interval, kept.validators.etag) == (None, "x")


def test_a_source_is_moved_to_a_folder_and_out_of_it(subs: Subscriptions) -> None:
    source, _new = subs.add(OTHER)
    subs.move(source.id, "Daerah / Kaltim")
    assert subs.get(source.id).folder == "Daerah/Kaltim"
    for nowhere in ("", " / ", None):
        subs.move(source.id, nowhere)
        assert subs.get(source.id).folder is None


@pytest.mark.parametrize("minutes", [5, 60, 7 * 24 * 60, None])
def test_an_interval_is_set(subs: Subscriptions, minutes: int | None) -> None:
    source, _new = subs.add(WARTA)
    subs.set_interval(source.id, 30)
    subs.set_interval(source.id, minutes)
    assert subs.get(source.id).interval == minutes


@pytest.mark.parametrize("minutes", [-1, 0, 4, 7 * 24 * 60 + 1, 1 << 70])
def test_an_interval_out_of_bounds_is_refused(subs: Subscriptions, minutes: int) -> None:
    source, _new = subs.add(WARTA)
    with pytest.raises(UsageError):
        subs.set_interval(source.id, minutes)
    assert subs.get(source.id).interval is None


def test_full_text_is_turned_on_and_off(subs: Subscriptions) -> None:
    source, _new = subs.add(WARTA)
    for wanted in (True, False):
        subs.set_full_text(source.id, wanted)
        assert subs.get(source.id).full_text is wanted


# --- lists ---------------------------------------------------------------------------------------


def test_a_list_is_imported_and_what_cannot_be_is_told(subs: Subscriptions) -> None:
    subs.add(WARTA)
    data = _opml(
        "<outline text='Daerah'><outline text='Kaltim'>",
        _feed("Kabar", "https://kabar.example/feed"),
        "</outline>",
        _feed("Nama lain", "http://www.warta.example/rss"),
        "</outline>",
        _feed("Dalam", "http://10.1.2.3/rss"),
        _feed("Sendiri", "http://LOCALHOST:8080/rss"),
        _feed("Skrip", "javascript:alert(1)"),
    )
    report = subs.import_opml(data)
    assert (report.added, report.known) == (("Kabar",), ("Warta",))
    assert len(report.refused) == 3
    for name, reason in zip(("Skrip", "Dalam", "Sendiri"), report.refused, strict=True):
        assert f"“{name}”" in reason
    assert subs.find("Kabar").folder == "Daerah/Kaltim"
    assert subs.find("Warta").folder is None
    again = subs.import_opml(data, allow_private=True)
    assert again.added == ("Dalam", "Sendiri")
    assert [subs.find(name).private for name in ("Dalam", "Sendiri", "Kabar")] == [
        *(True, True, False)
    ]


def test_nothing_subscribed_before_is_touched(subs: Subscriptions) -> None:
    source, _new = subs.add(WARTA)
    subs.set_interval(source.id, 60)
    before = subs.all()
    subs.import_opml(
        _opml("<outline text='Folder'>", _feed("Lain", WARTA.url or ""), "</outline>"),
        allow_private=True,
    )
    assert subs.all() == before


def test_a_source_that_had_no_address_gets_the_one_of_the_list(
    library: Library, subs: Subscriptions
) -> None:
    library.store_articles(SourceData("Warta", "feed"), [ArticleData("Judul", guid="1")])
    assert subs.import_opml(_opml(_feed("Warta", WARTA.url or ""))).added == ("Warta",)
    assert subs.find("Warta").url == WARTA.url
    assert len(subs.all()) == 2


def test_a_list_that_is_none_changes_nothing(subs: Subscriptions) -> None:
    for data in (b"", b"<rss/>", b"\x00" * 100, b" " * (16 * 1024 * 1024 + 1)):
        with pytest.raises(ParseError):
            subs.import_opml(data)
    assert _names(subs) == ["Portal Kaltim"]


def test_a_list_is_imported_whole_or_not_at_all(
    subs: Subscriptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_url: str) -> bool:
        raise RuntimeError

    monkeypatch.setattr(importing, "is_private", fail)
    with pytest.raises(RuntimeError):
        subs.import_opml(_opml(_feed("A", "https://a.id/1")), allow_private=True)
    assert _names(subs) == ["Portal Kaltim"]


def test_fifty_thousand_feeds_are_a_matter_of_seconds(subs: Subscriptions) -> None:
    entries = (_feed(f"A{n % 20}", f"https://contoh{n % 700}.id/{n}") for n in range(50_000))
    start = monotonic()
    report = subs.import_opml(_opml(*entries))
    assert (len(report.added), report.refused) == (50_000, ())
    assert len(set(report.added)) == 50_000
    assert len(subs.all()) == 50_001
    assert monotonic() - start < 60  # 6 s where this was written; hours if each looked at all


def test_every_list_of_the_corpus_is_imported_or_refused_with_a_reason(
    subs: Subscriptions, shared: Path
) -> None:
    corpus = shared / "corpus"
    files = json.loads((corpus / "manifest.json").read_bytes())["files"]
    lists = [corpus / file["path"] for file in files if file["kind"] == "opml"]
    assert len(lists) > 40
    reasons: list[str] = []
    for path in lists:
        try:
            reasons += subs.import_opml(path.read_bytes()).refused
        except ParseError as error:
            reasons.append(str(error))
    assert all(reasons)
    assert len(subs.all()) > 15


names = st.text(min_size=1, max_size=30).map(text.inline).filter(bool)
folder_names = st.none() | st.lists(names, min_size=1, max_size=3).map("/".join)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(names, st.sampled_from(("feed", "portal")), folder_names),
        max_size=6,
    )
)
def test_what_is_exported_comes_back_in_its_folders(
    tmp_path_factory: pytest.TempPathFactory,
    said: list[tuple[str, SourceKind, str | None]],
) -> None:
    homes = [Paths.find(str(tmp_path_factory.mktemp("home"))) for _ in range(2)]
    first, second = (Library.open(home, clock=lambda: NOW) for home in homes)
    try:
        one, two = subscriptions.of(first), subscriptions.of(second)
        two.remove(two.find("Portal Kaltim").id)
        for number, (name, kind, folder) in enumerate(said):
            one.add(SourceData(name, kind, f"https://contoh.id/{number}", folder))
        report = two.import_opml(one.export_opml())
        assert report == OpmlReport(report.added, (), ())

        def kept(subs: Subscriptions) -> list[tuple[str, str | None, str | None]]:
            return sorted((s.name, s.url, s.folder) for s in subs.all())

        assert kept(one) == kept(two)
    finally:
        first.close()
        second.close()


# --- what is offered -----------------------------------------------------------------------------


def test_the_suggestions_are_sound(subs: Subscriptions) -> None:
    found = [suggestion.data for suggestion in subs.suggested()]
    assert len(found) > 25
    assert len({data.name for data in found}) == len({data.url for data in found}) == len(found)
    for data in found:
        assert data.url == text.address(data.url)
        assert (data.url or "").startswith("https://")
        assert data.name == text.inline(data.name)
        assert data.folder in ("Kalimantan Timur", "Kalimantan", "Nasional")
    assert found[0] == SourceData(
        importing.PORTAL.name, "portal", importing.PORTAL.url, "Kalimantan Timur"
    )


def test_it_is_told_which_suggestions_are_taken(subs: Subscriptions) -> None:
    def taken() -> list[str]:
        return [one.data.name for one in subs.suggested() if one.subscribed]

    assert taken() == ["Portal Kaltim"]
    subs.add(next(one.data for one in subs.suggested() if one.data.name == "Suara"))
    assert taken() == ["Portal Kaltim", "Suara"]
    subs.remove(subs.find("Portal").id)
    assert taken() == ["Suara"]


# --- what a user types ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("kabar.example", "https://kabar.example"),
        (" http://kabar.example/rss ", "http://kabar.example/rss"),
        ("feed:https://kabar.example/rss", "https://kabar.example/rss"),
        ("feed://kabar.example/rss", "https://kabar.example/rss"),
        ("https://kabar.example/feed:x", "https://kabar.example/feed:x"),
        ("https://kabar.example/@ani", "https://kabar.example/@ani"),
    ],
)
def test_an_address_as_it_is_typed(typed: str, url: str) -> None:
    assert subscriptions.typed_address(typed) == url


def test_the_home_of_nobody_is_no_path() -> None:
    with pytest.raises(UsageError, match="nobody-of-this-name/x"):
        subscriptions.typed_path("~nobody-of-this-name/x")
    assert subscriptions.typed_path("~/x") == Path.home() / "x"
