from __future__ import annotations

import errno
import io
import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run, Said

_PAGE = """\
Posko Kesehatan Dibuka di Tepi Sungai
SAMARINDA - Dinas Kesehatan membuka posko bagi warga tepi sungai, Selasa (2/6/2020).
“Kami siap melayani setiap hari,” kata kepala posko.
Warga berharap layanan itu tetap ada sampai akhir tahun. (ani/humasprov kaltim)
12 Agustus 2019 Jam 23:30:45
Kesehatan
05 Maret 2015 Jam 00:00:00
Kesehatan
"""
_FEED = """\
<?xml version="1.0"?><rss version="2.0"><channel><title>Kabar Contoh</title>
<link>https://kabar.example/</link>
<item><title>Satu [red]merah[/]</title><guid>a</guid><link>https://kabar.example/1</link>
<pubDate>Tue, 02 Jun 2020 08:00:00 +0800</pubDate>
<description>Isi &lt;b&gt;pertama&lt;/b&gt;.</description></item>
<item><title>Dua&#x202e;\x1b[31m [@click=app.quit]x[/]</title><guid>b</guid>
<description>Isi kedua.</description></item>
</channel></rss>
"""
_OPML = """\
<opml version="2.0"><body><outline text="Daerah"><outline type="rss" text="Kabar Contoh"
 xmlUrl="https://kabar.example/feed"/></outline></body></opml>
"""
_LINE_KEYS = {"path", "kind", "articles", "new", "sources", "refused", "repeated", "tags", "error"}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page of the portal saved as text."""
    path = tmp_path / "posko.txt"
    path.write_text(_PAGE, encoding="utf-8")
    return path


def _one(said: Said) -> dict[str, Any]:
    (found,) = said.objects()
    return found


def test_a_page_is_kept_and_shown(run: Run, page: Path) -> None:
    said = run("import", str(page), "--json")
    line = _one(said)
    assert said.status == 0
    assert set(line) == _LINE_KEYS
    assert (line["path"], line["kind"], line["new"], line["error"]) == (str(page), "page", 1, None)
    shown = _one(run("show", line["articles"][0], "--json"))
    assert shown["title"] == "Posko Kesehatan Dibuka di Tepi Sungai"
    assert (shown["dateline"], shown["byline"]) == ("SAMARINDA", "ani/humasprov kaltim")
    assert (shown["category"], len(shown["related"])) == ("Kesehatan", 2)


def test_the_same_page_again_changes_nothing(run: Run, page: Path) -> None:
    first = _one(run("import", str(page), "--json"))
    shown = run("show", first["articles"][0], "--json").out
    again = _one(run("import", str(page), "--json"))
    assert (again["articles"], again["new"], again["sources"]) == (first["articles"], 0, [])
    assert run("show", first["articles"][0], "--json").out == shown


def test_a_feed_and_a_subscription_list(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kabar.xml").write_text(_FEED)
    (tmp_path / "langganan.opml").write_text(_OPML)
    said = run("import", str(tmp_path / "kabar.xml"), str(tmp_path / "langganan.opml"), "--json")
    feed, opml = said.objects()
    assert (feed["kind"], feed["new"], feed["sources"]) == ("feed", 2, ["Kabar Contoh"])
    assert (opml["kind"], opml["articles"]) == ("opml", [])
    titles = {found["title"] for found in run("list", "--json").objects()}
    assert titles == {"Satu [red]merah[/]", "Dua[31m [@click=app.quit]x[/]"}


def test_markup_and_controls_come_out_letter_for_letter_or_not_at_all(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "kabar.xml").write_text(_FEED)
    ids = _one(run("import", str(tmp_path / "kabar.xml"), "--json"))["articles"]
    for words in (
        ("list",),
        ("list", "--json"),
        *(("show", id_, *more) for id_ in ids for more in ((), ("--markdown",), ("--json",))),
    ):
        said = run(*words)
        assert said.status == 0
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said.out + said.err)
    assert "Satu [red]merah[/]" in run("list").out


def test_a_folder_with_its_folders(run: Run, page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "arsip"
    (folder / "dalam").mkdir(parents=True)
    page.rename(folder / "dalam" / "posko.txt")
    (folder / "kabar.xml").write_text(_FEED)
    (folder / "gambar.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    said = run("import", str(folder))
    assert (said.status, said.out) == (0, "")
    assert "3 articles found, 3 new, 1 source added." in said.err
    assert run("import", str(folder), "--quiet").err == ""


def test_a_dry_run_tells_the_sources_of_a_list(run: Run, tmp_path: Path) -> None:
    (tmp_path / "langganan.opml").write_text(_OPML)
    path = str(tmp_path / "langganan.opml")
    assert run("import", path, "--dry-run").out == (
        f"{path}\thttps://kabar.example/feed\tDaerah\tKabar Contoh\n"
    )
    assert _one(run("import", path, "--dry-run", "--json"))["sources"] == ["Kabar Contoh"]


def test_a_changed_text_is_told(run: Run, page: Path) -> None:
    url = ("--url", "https://kaltimprov.go.id/berita/posko")
    run("import", str(page), *url)
    page.write_text(_PAGE.replace("kepala posko", "kepala dinas"))
    assert "1 article found, 0 new, 1 changed." in run("import", str(page), *url).err


def test_each_bad_entry_of_a_list_is_told(run: Run, tmp_path: Path) -> None:
    bad = "".join(f"<outline type='rss' text='E{n}' xmlUrl='x:'/>" for n in range(60))
    twice = "<outline type='rss' text='Satu' xmlUrl='https://kabar.example/a'/>" * 2
    path = tmp_path / "langganan.opml"
    path.write_text(f"<opml><body>{twice}{bad}</body></opml>")
    said = run("import", str(path))
    assert said.status == 1
    lines = said.err.splitlines()
    assert lines[:50] == [f"kaltimtui: {path}: “E{n}” has no web address." for n in range(50)]
    assert lines[50:52] == [
        f"kaltimtui: {path}: 10 more entries like these; --json tells all.",
        f"{path}: “Satu” has the same address as “Satu” before it.",
    ]
    for words in (("--dry-run",), ()):
        line = _one(run("import", str(path), "--json", *words))
        assert (len(line["refused"]), len(line["repeated"])) == (60, 1)


def test_a_list_of_sources_is_said_to_have_sources(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "langganan.opml"
    path.write_text(_OPML)
    assert (
        "\n1 source found; nothing was kept.\n" in "\n" + run("import", str(path), "--dry-run").err
    )
    assert run("import", str(path)).err == "1 source added.\n"


def test_an_address_with_a_password_is_never_repeated(run: Run, page: Path) -> None:
    said = run("import", str(page), "--url", "https://ani:rahasia@kabar.example/berita/x")
    assert said.status == 2
    assert "user name or password" in said.err
    assert "rahasia" not in said.err


def test_an_empty_folder_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    said = run("import", str(tmp_path / "kosong"))
    assert (said.status, said.out) == (1, "")
    assert f"{tmp_path / 'kosong'}: No file of a known kind is there.\n" in said.err
    line = _one(run("import", str(tmp_path / "kosong"), "--json"))
    assert set(line) == _LINE_KEYS
    assert line["error"] == "No file of a known kind is there."


def test_the_error_in_json_leaves_out_the_path_beside_it(run: Run, tmp_path: Path) -> None:
    missing = str(tmp_path / "hilang.html")
    said = run("import", missing, "--json")
    assert _one(said)["error"] == "there is no such file."
    assert f"{missing}: there is no such file." in said.err


def test_a_link_in_a_circle_is_told_in_our_words(run: Run, tmp_path: Path) -> None:
    loop = tmp_path / "lingkaran.txt"
    loop.symlink_to(loop)
    said = run("import", str(loop), "--json")
    assert (said.status, _one(said)["error"]) == (1, "it is a link that leads in a circle.")


def test_a_dry_run_keeps_nothing(run: Run, page: Path, home: Path) -> None:
    line = _one(run("import", str(page), "--dry-run", "--json"))
    (article,) = line["articles"]
    assert (article["title"], article["id"]) == ("Posko Kesehatan Dibuka di Tepi Sungai", None)
    assert article["source"] == "Portal Kaltim"
    assert article["text"].startswith("Dinas Kesehatan membuka posko")
    assert (line["new"], line["error"]) == (0, None)
    said = run("import", str(page), "--dry-run")
    assert said.out.split("\t")[-1] == "Posko Kesehatan Dibuka di Tepi Sungai\n"
    assert "nothing was kept" in said.err
    assert run("list").out == ""


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://kaltimprov.go.id/berita/posko-kesehatan"
    for more in (("--dry-run",), ()):
        stream = io.TextIOWrapper(io.BytesIO(_PAGE.encode()))
        monkeypatch.setattr("sys.stdin", stream)
        said = run("import", "-", "--url", url, "--source", "Posko", "--json", *more)
        line = _one(said)
        assert (said.status, line["path"], line["kind"]) == (0, "-", "page")
        stream.detach()
    assert line["sources"] == ["Posko"]
    shown = _one(run("show", line["articles"][0], "--json"))
    assert shown["source"] == "Posko"
    assert shown["url"].endswith("kaltimprov.go.id/berita/posko-kesehatan")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--url", "javascript:alert(1)"), "is no web address"),
        (("--url", "https://a.example/x", "another.txt"), "An address is that of one file."),
        (("--source", " "), "The name of the source is empty."),
    ],
)
def test_options_that_make_no_sense(
    run: Run, page: Path, options: tuple[str, ...], said: str
) -> None:
    done = run("import", str(page), *options)
    assert done.status == 2
    assert said in done.err


class TestBadInput:
    @pytest.mark.parametrize(
        "content",
        [b"", b"   \n", b"\x89PNG\r\n\x1a\n" + bytes(200), b"<a><b/></a>", bytes(range(256)) * 8],
    )
    def test_what_is_no_article_is_told_and_the_rest_goes_on(
        self, run: Run, page: Path, tmp_path: Path, content: bytes
    ) -> None:
        bad = tmp_path / "bukan.html"
        bad.write_bytes(content)
        said = run("import", str(bad), str(page), "--json")
        failed, kept = said.objects()
        assert said.status == 1
        assert failed["kind"] is None
        assert failed["error"]
        assert (kept["new"], kept["error"]) == (1, None)
        assert said.err.splitlines()[0].startswith(f"kaltimtui: {bad}: ")
        assert said.err.count(str(bad)) == 1

    def test_a_big_file_is_refused_with_its_size(self, run: Run, tmp_path: Path) -> None:
        big = tmp_path / "besar.html"
        with big.open("wb") as file:
            file.truncate(50 * 1024 * 1024)
        said = run("import", str(big))
        assert said.status == 1
        assert "50 MiB" in said.err
        assert str(big) in said.err

    def test_bytes_of_no_encoding_are_replaced(self, run: Run, tmp_path: Path) -> None:
        odd = tmp_path / "aneh.txt"
        odd.write_bytes(_PAGE.encode().replace(b"Warga", b"W\xff\xfe\x81rga"))
        line = _one(run("import", str(odd), "--json"))
        assert (line["new"], line["error"]) == (1, None)

    def test_files_that_are_not_there_or_may_not_be_read(
        self, run: Run, page: Path, tmp_path: Path
    ) -> None:
        said = run("import", str(tmp_path / "tiada.html"), str(page))
        assert said.status == 1
        assert f"kaltimtui: {tmp_path / 'tiada.html'}: there is no such file." in said.err
        assert "1 article found, 1 new" in said.err

    def test_a_folder_that_may_not_be_read(
        self, run: Run, page: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        locked = page.parent / "kunci"
        locked.mkdir()
        scandir = os.scandir

        def refuse(path: str) -> Any:
            if path == str(locked):
                raise PermissionError(errno.EACCES, "Permission denied", path)
            return scandir(path)

        monkeypatch.setattr("os.scandir", refuse)
        said = run("import", str(page.parent), "--json")
        assert said.status == 1
        assert f"kaltimtui: {locked}: you may not read it." in said.err
        assert sorted(line["path"] for line in said.objects()) == [str(locked), str(page)]

    def test_a_hostile_name_comes_out_clean(self, run: Run, tmp_path: Path) -> None:
        bad = os.fsencode(tmp_path) + b"/\x1b]0;x\x07\xff.html"
        with open(bad, "wb") as file:  # noqa: PTH123 - a name that is no text
            file.write(b"")
        said = run("import", os.fsdecode(bad), "--json")
        assert said.status == 1
        assert not re.search("[\x00-\x09\x0b-\x1f]", said.out + said.err)
        assert json.loads(said.out)["path"].endswith("]0;x\ufffd.html")


def test_the_real_page_reads_as_it_was_meant(run: Run, shared: Path) -> None:
    seed = shared / "seed" / "rakor-teknis.txt"
    line = _one(run("import", str(seed), "--json"))
    assert (line["kind"], line["new"], line["error"]) == ("page", 1, None)
    shown = _one(run("show", line["articles"][0], "--json"))
    assert shown["title"] == "Rakor Teknis Pembangunan Kesejahteraan Sosial"
    assert shown["dateline"] == "BALIKPAPAN"
    paragraphs = [block for block in shown["blocks"] if block["kind"] == "paragraph"]
    assert len(paragraphs) == len(shown["blocks"]) == len(shown["text"].split("\n\n")) == 9
    assert shown["byline"] == "jay/hmsprov"
    assert shown["caption"].startswith(
        "Gubernur Kaltim Dr H Awang Faroek Ishak saat menyampaikan arahan"
    )
    assert shown["photo_credit"] == "norjaya/humasprov kaltim"
    assert shown["category"] == "Sosial"
    assert (shown["published"], shown["published_precision"]) == ("2013-02-26", "estimated")
    groups = [item["group"] for item in shown["related"]]
    assert groups == ["related"] * 6 + ["latest"] * 4 + ["popular"] * 10
    assert {item["category"] for item in shown["related"][:6]} == {"Sosial"}
    first, _second, third = shown["related"][:3]
    assert (first["published"], first["published_precision"]) == (
        "2019-08-12T23:30:45+08:00",
        "time",
    )
    assert (third["published"], third["published_precision"]) == ("2015-03-05", "day")
    assert "Rakor Teknis" in run("show", shown["id"]).out
