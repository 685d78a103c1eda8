"""How long a source's articles are kept, and giving room back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import subscriptions
from kaltimtui.library import Library, Limits
from kaltimtui.models import View
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

SOURCE = "Portal Kaltim"


@pytest.mark.usefixtures("news")
def test_a_source_is_told_how_much_of_it_to_keep(run: Run) -> None:
    said = run("sources", "edit", SOURCE, "--keep-days", "30", "--keep-articles", "0", "--json")
    (source,) = said.objects()
    assert (source["keep_days"], source["keep_articles"]) == (30, 0)
    (source,) = run("sources", "edit", SOURCE, "--keep-days", "auto", "--json").objects()
    assert (source["keep_days"], source["keep_articles"]) == (None, 0)
    assert run("undo").status == 0
    (source,) = run("sources", "list", "--json").objects()
    assert source["keep_days"] == 30


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize("number", ["-1", "x", "1.5", "²", "9999999999"])
def test_what_is_no_number(run: Run, number: str) -> None:
    said = run("sources", "edit", SOURCE, f"--keep-days={number}")
    assert (said.status, said.out) == (2, "")
    assert number in said.err


@pytest.mark.usefixtures("news")
def test_the_doctor_compacts_and_tells_the_room(run: Run, home: Path) -> None:
    said = run("doctor", "--compact", "--json")
    (report,) = said.objects()
    assert (said.status, report["store"]["free"]) == (0, 0)
    (room,) = report["room"]
    assert (room["source"], room["articles"], room["removed"]) == (SOURCE, 5, False)
    assert 0 < room["bytes"] < report["store"]["bytes"]
    assert len(report["repairs"]) == 1
    with_titles = run("doctor")
    assert "5 articles" in with_titles.out
    library = Library.open(Paths.find(str(home)))
    subscriptions.of(library).keep_articles(subscriptions.of(library).find(SOURCE).id, 1)
    assert sum(library.tidy(Limits())) == 4
    assert len(library.rows(View())) == 1
    library.close()
