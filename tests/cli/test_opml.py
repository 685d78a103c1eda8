from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

LIST = """\
<opml version="2.0"><body><outline text="Daerah">
<outline type="rss" text="Kabar" xmlUrl="https://kabar.example/feed"/></outline>
<outline type="rss" text="Kantor" xmlUrl="http://10.0.0.9/rss"/>
<outline type="rss" text="Portal" xmlUrl="javascript:x"/></body></opml>
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "langganan.opml"
    path.write_text(LIST)
    return str(path)


def test_a_list_is_imported_and_each_bad_entry_told(run: Run, file: str) -> None:
    said = run("opml", "import", file)
    assert (said.status, said.out) == (1, "")
    assert said.err.splitlines() == [
        "kaltimtui: “Portal” has no web address.",
        "kaltimtui: “Kantor” is in a private network: 10.0.0.9.",
        "1 source added, 0 known already, 2 entries not taken.",
    ]
    again = run("opml", "import", file, "--allow-private", "--json")
    assert again.objects() == [
        {
            "added": ["Kantor"],
            "known": ["Kabar"],
            "refused": ["“Portal” has no web address."],
            "repeated": [],
        }
    ]


def test_an_address_that_stands_twice_is_told_and_no_failure(run: Run, tmp_path: Path) -> None:
    feeds = (
        "https://kabar.example/feed",
        "https://kabar.example/feed",
        "http://kabar.example/feed",
    )
    entries = (f"<outline type='rss' text='K{n}' xmlUrl='{url}'/>" for n, url in enumerate(feeds))
    path = tmp_path / "langganan.opml"
    path.write_text(f"<opml><body>{''.join(entries)}</body></opml>")
    said = run("opml", "import", str(path))
    assert said.status == 0
    assert said.err.splitlines() == [
        "“K1” has the same address as “K0” before it.",
        "“K2” has the same address as “K0” before it.",
        "1 source added, 0 known already.",
    ]


def test_a_list_comes_from_another_program(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert "1 source added" in run("opml", "import", "-").err
    assert "Daerah" in run("sources", "list").out


def test_what_is_no_list_is_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "berita.xml"
    path.write_text("<rss/>")
    for name, said in (
        (path, "not a subscription list"),
        (tmp_path, "it is a folder"),
        (tmp_path / "tiada", "there is no such file"),
    ):
        told = run("opml", "import", str(name))
        assert told.status == 1
        assert said in told.err


def test_what_is_exported_can_be_imported(run: Run, file: str, tmp_path: Path) -> None:
    run("opml", "import", file, "--allow-private")
    whole = run("opml", "export")
    assert (whole.status, whole.err) == (0, "")
    assert 'xmlUrl="https://kabar.example/feed"' in whole.out
    target = tmp_path / "keluar.opml"
    said = run("opml", "export", str(target))
    assert (said.status, said.out, said.err) == (0, "", f"{target}: 3 sources written.\n")
    assert target.read_text() == whole.out
    run("sources", "remove", "Kabar")
    (told,) = run("opml", "import", str(target), "--json").objects()
    assert told["added"] == ["Kabar"]
    assert "Daerah" in run("sources", "list").out


def test_an_export_as_json(run: Run, tmp_path: Path) -> None:
    (told,) = run("opml", "export", "--json").objects()
    assert (told["path"], told["sources"]) == (None, 1)
    assert "<opml" in told["opml"]
    target = str(tmp_path / "keluar.opml")
    assert run("opml", "export", target, "--json").objects() == [
        {"path": target, "sources": 1, "opml": None}
    ]


def test_a_file_is_replaced_only_where_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "keluar.opml"
    target.write_text("punya saya")
    said = run("opml", "export", str(target))
    assert said.status == 2
    assert said.err == (
        f"kaltimtui: {target} is there already. Give another name, or --force to replace it.\n"
    )
    assert target.read_text() == "punya saya"
    assert run("opml", "export", str(target), "--force").status == 0
    assert "<opml" in target.read_text()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["keluar.opml"]


def test_no_folder_is_made_for_an_export(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "baru" / "keluar.opml"
    said = run("opml", "export", str(target))
    assert said.status == 1
    assert said.err == f"kaltimtui: {target} cannot be written: there is no such folder.\n"
    assert not target.parent.exists()


def test_an_export_into_a_folder_is_told(run: Run, tmp_path: Path) -> None:
    said = run("opml", "export", str(tmp_path))
    assert (said.status, "it is a folder" in said.err) == (1, True)


def test_an_export_into_a_device_or_nowhere(run: Run, tmp_path: Path) -> None:
    assert run("opml", "export", os.devnull).status == 0
    (tmp_path / "berkas").write_text("x")
    said = run("opml", "export", str(tmp_path / "berkas" / "keluar.opml"))
    assert said.status == 1
    assert "cannot be written" in said.err
    assert (tmp_path / "berkas").read_text() == "x"
