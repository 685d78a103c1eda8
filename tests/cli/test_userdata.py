"""The commands for everything the user made."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

HEAD: dict[str, Any] = {"format": "kaltimtui-userdata", "version": 1}
ID = "0123456789abc"


@pytest.fixture
def made(run: Run, news: dict[str, str], tmp_path: Path) -> Path:
    """A file with marks of three of the articles, that came out of the home."""
    run("mark", news["Posko Dibuka"], "--tag", "rapat", "--read", "--note", "Catatan")
    run("mark", news["Jembatan Selesai"], news["Hutan Kota Ditanami"], "--read")
    run("tags", "colour", "rapat", "red")
    path = tmp_path / "saya.json"
    said = run("userdata", "export", str(path))
    assert (said.status, said.out) == (0, "")
    assert said.err == (
        f"{path}: 1 source, 10 saved searches, 0 rules, 1 marked article, 3 read written.\n"
    )
    return path


@pytest.fixture
def elsewhere(run: Run, home: Path, made: Path) -> Run:
    """Runs commands in another home."""
    assert made.exists()
    return lambda *words: run("--home", str(home.parent / "elsewhere"), *words)


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_it_goes_into_another_home_and_back(elsewhere: Run, made: Path) -> None:
    said = elsewhere("userdata", "import", str(made))
    assert (said.status, said.out, said.err) == (0, "", "1 tag coloured, 3 articles marked.\n")
    assert elsewhere("userdata", "import", str(made), "--json").objects() == [
        {
            "sources": [],
            "tags": 0,
            "searches": 0,
            "rules": 0,
            "articles": 0,
            "refused": [],
            "ignored": [],
        }
    ]
    back = json.loads(elsewhere("userdata", "export").out)
    there = json.loads(made.read_text())
    for mark in there["marks"]:
        del mark["title"], mark["url"], mark["source"]
    assert back == there
    assert "Undone: user data with marks of 3 articles taken in" in elsewhere("undo").err
    assert json.loads(elsewhere("userdata", "export").out)["marks"] == []


def test_it_can_be_read_by_people(made: Path) -> None:
    written = made.read_text()
    for line in (
        '      "title": "Posko Dibuka",',
        '      "source": "Portal Kaltim",',
        '      "note": "Catatan"',
        '      "day": "2020-06-02",',
    ):
        assert line in written.splitlines()
    assert oct(made.stat().st_mode)[-3:] == "600"


def test_standard_streams(elsewhere: Run, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, made.read_bytes())
    assert "3 articles marked" in elsewhere("userdata", "import", "-").err
    assert json.loads(elsewhere("userdata", "export", "-").out)["version"] == 1


def test_a_file_is_not_replaced_unasked(run: Run, made: Path, tmp_path: Path) -> None:
    before = made.read_bytes()
    said = run("userdata", "export", str(made))
    assert said.status == 2
    assert "--force" in said.err
    assert made.read_bytes() == before
    said = run("userdata", "export", str(made), "--force", "--json")
    assert said.objects() == [
        {"path": str(made), "sources": 1, "tags": 1, "searches": 10, "marks": 1, "read": 3}
    ]
    for path in (tmp_path, tmp_path / "tiada" / "x.json"):
        said = run("userdata", "export", str(path), "--force")
        assert said.status == 1
        assert str(path) in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "saya.json"]


def test_a_dry_run_keeps_nothing(elsewhere: Run, made: Path) -> None:
    said = elsewhere("userdata", "import", str(made), "--dry-run")
    assert said.err == "1 tag coloured, 3 articles marked; nothing was kept.\n"
    assert json.loads(elsewhere("userdata", "export").out)["read"] == []


def test_what_is_not_taken_is_told_one_by_one(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    entries = [{"article": "x"}, {"article": ID, "mood": 1, "starred": True}, 7]
    path.write_text(json.dumps(HEAD | {"marks": entries}))
    said = run("userdata", "import", str(path))
    assert said.status == 1
    assert said.err.splitlines() == [
        "kaltimtui: marks 1: “x” is no id of an article.",
        "kaltimtui: marks 3: it is no object.",
        "“marks.mood” is not known, and was passed over.",
        "1 article marked.",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "line 1"),
        (b'{"a":\n!}', "line 2"),
        (b"{}", "userdata export"),
        (json.dumps(HEAD | {"version": 9}).encode(), "version 9"),
    ],
)
def test_another_file_is_told(run: Run, tmp_path: Path, data: bytes, told: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    for name in (path, tmp_path / "tiada", tmp_path):
        said = run("userdata", "import", str(name))
        assert said.status == 1
        assert (told if name == path else str(name)) in said.err


# --- import --------------------------------------------------------------------------------------


def test_import_knows_it_by_its_content(
    elsewhere: Run, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "tanpa-akhiran"
    made.rename(other)
    said = elsewhere("import", str(other), "--dry-run")
    assert said.err == f"{other}: 1 tag coloured, 3 articles marked; nothing was kept.\n"
    said = elsewhere("import", str(other), "--json")
    assert said.status == 0
    (line,) = said.objects()
    assert (line["path"], line["kind"], line["error"]) == (str(other), "userdata", None)
    assert said.err == f"{other}: 1 tag coloured, 3 articles marked.\n"
    stdin(monkeypatch, other.read_bytes())
    assert elsewhere("import", "-").err == "-: nothing new.\n"


def test_beside_other_files_each_is_told_of(elsewhere: Run, made: Path, tmp_path: Path) -> None:
    page = tmp_path / "warta.xml"
    page.write_text(
        '<rss version="2.0"><channel><title>Warta</title><item><title>Banjir Surut</title>'
        "<link>https://warta.example/1</link></item></channel></rss>"
    )
    broken = tmp_path / "rusak.json"
    broken.write_text(made.read_text()[:-5])
    said = elsewhere("import", str(made), str(broken), str(page))
    assert said.status == 1
    first, second, third = said.err.splitlines()
    assert first.startswith(f"{made}: 1 tag")
    assert second.startswith(f"kaltimtui: {broken}: This JSON is broken")
    assert third == "1 article found, 1 new, 1 source added."


def test_in_a_folder_it_is_told_how_to_take_it_in(elsewhere: Run, made: Path) -> None:
    said = elsewhere("import", str(made.parent / "saya.json" / ".."))
    assert said.status == 1
    said = elsewhere("import", str(made.parent))
    assert "kaltimtui userdata import" in said.err
    assert json.loads(elsewhere("userdata", "export").out)["marks"] == []


def test_what_is_not_taken_fails_the_import(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(HEAD | {"marks": [{"article": "x"}]}))
    said = run("import", str(path), "--json")
    assert said.status == 1
    assert said.objects()[0]["refused"] == ["marks 1: “x” is no id of an article."]
    assert said.err.splitlines() == [
        f"kaltimtui: {path}: marks 1: “x” is no id of an article.",
        f"{path}: nothing new.",
    ]


def test_a_pipe_closed_early_is_no_error(home: Path, made: Path) -> None:
    command = [sys.executable, "-m", "kaltimtui", "--home", str(home), "userdata", "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        told = process.stderr.read()
    assert (process.returncode, told) == (0, b"")
