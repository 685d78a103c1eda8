"""``kaltimtui cite``: what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kaltimtui.citing import STYLES
from kaltimtui.cli.commands import BY_NAME

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

FLOOD = "Banjir Surut di Samarinda"
FLOOD_URL = "https://portal.example/berita/banjir-surut-di-samarinda"
NONE = "0" * 13


def test_the_styles_offered_are_those_there_are() -> None:
    (style,) = (a for a in BY_NAME["cite"].arguments if a.name == "--style")
    assert style.choices == tuple(STYLES)


def test_standard_output_is_the_citations_and_nothing_else(run: Run, news: dict[str, str]) -> None:
    said = run("cite", news[FLOOD][:8], news["Hutan Kota Ditanami"], "--style", "apa")
    assert (said.status, said.err) == (0, "")
    assert said.out == (
        f"ani/humas. (2020, June 2). Banjir Surut di Samarinda. Portal Kaltim. {FLOOD_URL}\n"
        "Portal Kaltim. (2015, March 5). Hutan Kota Ditanami. "
        "https://portal.example/berita/hutan-kota-ditanami\n"
    )


def test_unless_told_the_style_is_that_of_the_settings(
    run: Run, news: dict[str, str], home: Path
) -> None:
    assert run("cite", news[FLOOD]).out == (
        "ani/humas. (2020, 2 Juni). Banjir Surut di Samarinda. Portal Kaltim. "
        f"Diakses tanggal 2 Juni 2020, dari {FLOOD_URL}\n"
    )
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "config.toml").write_text('[citation]\nstyle = "chicago"\n')
    said = run("cite", news[FLOOD])
    assert said.out.startswith(
        "ani/humas. “Banjir Surut di Samarinda.” Portal Kaltim, June 2, 2020"
    )


def test_an_unknown_style_is_asked_about(run: Run, news: dict[str, str]) -> None:
    said = run("cite", news[FLOOD], "--style", "bibtexx")
    assert (said.status, said.out) == (2, "")
    assert "Did you mean bibtex?" in said.err


def test_json_is_an_object_of_csl_a_line(run: Run, news: dict[str, str]) -> None:
    said = run("cite", *news.values(), "--json", "--style", "apa")
    assert said.status == 0
    assert [item["title"] for item in said.objects()] == list(news)
    assert said.objects()[0]["accessed"] == {"date-parts": [[2020, 6, 2]]}


def test_the_style_of_that_name_is_one_array(run: Run, news: dict[str, str]) -> None:
    said = run("cite", *news.values(), "--style", "csl-json")
    assert json.loads(said.out) == run("cite", *news.values(), "--json").objects()


def test_an_id_given_twice_is_cited_once(run: Run, news: dict[str, str]) -> None:
    assert run("cite", news[FLOOD], news[FLOOD][:8]).out.count("\n") == 1


def test_an_unknown_id_is_told_and_the_others_are_cited(run: Run, news: dict[str, str]) -> None:
    said = run("cite", NONE, news[FLOOD])
    assert said.status == 1
    assert said.err.startswith(f"kaltimtui: {NONE}: ")
    assert said.out.startswith("ani/humas. ")
    objects = run("cite", NONE, news[FLOOD], "--json").objects()
    assert [set(one) == {"id", "error"} for one in objects] == [False, True]
    only = run("cite", NONE)
    assert (only.status, only.out) == (2, "")


@pytest.mark.usefixtures("news")
def test_all_that_a_search_finds_is_cited_in_its_order(run: Run) -> None:
    said = run("cite", "--query", "category:sosial", "--style", "apa")
    assert [line.partition("). ")[2][:6] for line in said.out.splitlines()] == ["Banjir", "Posko "]
    assert run("cite", "--query", "tidakada").out == ""
    assert run("cite", "--query", "(").status == 2
    assert run("cite", "--query", " ").status == 2


def test_ids_and_a_query_exclude_each_other_and_one_is_needed(
    run: Run, news: dict[str, str]
) -> None:
    assert "exclude each other" in run("cite", news[FLOOD], "--query", "a").err
    said = run("cite")
    assert (said.status, said.out) == (2, "")
    assert "Missing: ID | --query." in said.err


def test_as_a_process_of_its_own(home: Path, news: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kaltimtui", "--home", str(home), "cite", news[FLOOD],
         "--style", "bibtex"],
        capture_output=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("@online{portal-")
    assert done.stdout.endswith(b"}\n")
