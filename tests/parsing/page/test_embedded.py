from __future__ import annotations

import json
from typing import Any

import pytest

from kaltimtui.document import Document
from kaltimtui.parsing import sites
from kaltimtui.parsing.html.tree import parse_html
from kaltimtui.parsing.page.embedded import Embedded, find_article

SITE = "https://www.kaltimprov.go.id"
PAGE = f"{SITE}/detailberita/tanam-bibit"
TITLE = "Warga Tanam Bibit"
TEXT = (
    "Dinas kehutanan bersama warga menanam bibit di lahan bekas kebun yang lama tidak digarap. " * 3
)


def find(value: Any, *names: str, form: str = "{}") -> Embedded | None:
    script = f'<script type="application/json">{form.format(json.dumps(value))}</script>'
    return find_article(parse_html(script), names, PAGE, sites.article_test(PAGE))


def found(value: Any, *names: str) -> Embedded:
    article = find(value, *names)
    assert article is not None
    return article


@pytest.mark.parametrize(
    ("title", "body"),
    [("judul", "isi"), ("title", "content"), ("headline", "konten"), ("post_title", "body_html")],
)
def test_keys_are_not_known_in_advance(title: str, body: str) -> None:
    article = found({"data": [{"x": {title: TITLE, body: f"<p>{TEXT}</p><p>Akhir.</p>"}}]})
    assert article.title == TITLE
    assert Document(article.blocks).plain() == f"{TEXT.strip()}\n\nAkhir."


def test_the_object_whose_title_the_page_repeats_wins_over_a_longer_one() -> None:
    other = {"judul": "Syarat Layanan", "isi": TEXT * 20}
    article = found([other, {"judul": TITLE, "isi": TEXT}, other], f"{TITLE} - Portal")
    assert article.title == TITLE


def test_what_an_article_says_of_itself() -> None:
    article = found(
        {
            "judul": "Warga &amp; <b>Bibit</b>",
            "isi": TEXT,
            "kategori_id": 4,
            "kategori": {"id": 4, "nama": "Lingkungan Hidup"},
            "penulis": {"name": "Humas"},
            "gambar": "/upload/a.jpg",
            "caption_foto": "Warga menanam. (nor/humasprov kaltim)",
            "updated_at": "2024-01-01 10:00:00",
            "tanggal_terbit": "2019-06-20 10:15:00",
        }
    )
    assert (article.title, article.category, article.author) == (
        "Warga & Bibit",
        "Lingkungan Hidup",
        "Humas",
    )
    assert article.image == f"{SITE}/upload/a.jpg"
    assert article.caption == "Warga menanam. (nor/humasprov kaltim)"
    assert article.published is not None
    assert article.published.json() == "2019-06-20T10:15:00+08:00"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2019-06-20T00:00:00.000000Z", "2019-06-20"),
        ("20 Juni 2019 Jam 00:00:00", "2019-06-20"),
        ("2019-06-20", "2019-06-20"),
        (1561000500, "2019-06-20T03:15:00+00:00"),
        ("1561000500000", "2019-06-20T03:15:00+00:00"),
        ({"date": "2019-06-20 10:15:00"}, None),
        (True, None),
        ("kemarin", None),
        (10**30, None),
    ],
)
def test_dates_as_applications_write_them(value: Any, said: str | None) -> None:
    published = found({"judul": TITLE, "isi": TEXT, "published_at": value}).published
    assert (published.json() if published else None) == said


@pytest.mark.parametrize(
    "body",
    [
        ["Satu kalimat pembuka. " * 10, "Dua."],
        [{"type": "p", "text": "Satu kalimat pembuka. " * 10}, {"type": "p", "text": "Dua kata."}],
        {"rendered": "<p>" + "Satu kalimat pembuka. " * 10 + "</p><p>Dua.</p>"},
        "&lt;p&gt;" + "Satu kalimat pembuka. " * 10 + "&lt;/p&gt;&lt;p&gt;Dua.&lt;/p&gt;",
        "Satu kalimat pembuka. " * 10 + "\r\n\r\nDua.",
    ],
)
def test_bodies_come_in_several_forms(body: Any) -> None:
    article = found({"judul": TITLE, "isi": body})
    assert len(article.blocks) == 2


def test_other_objects_are_its_items_by_the_key_of_their_list() -> None:
    def item(number: int, **more: Any) -> dict[str, Any]:
        return {"judul": f"Berita {number}", "slug": f"berita-{number}", **more}

    dated = {"tanggal": "2015-03-05 00:00:00", "kategori": {"nama": "Sosial"}}
    article = found(
        {
            "berita": {"judul": TITLE, "isi": TEXT, "slug": "tanam-bibit"},
            "beritaTerkait": [item(1, **dated)],
            "latest_news": [item(2)],
            "populer": [{**item(3, **dated), "slug": None}],
            "menu": [
                {"title": "Beranda", "url": "/"},
                {"title": "Profil", "url": "/profil/sejarah"},
            ],
            "user": {"name": "Admin", "created_at": "2015-03-05 00:00:00"},
        }
    )
    assert [(i.group, i.title, i.url, i.category) for i in article.related] == [
        ("related", "Berita 1", f"{SITE}/detailberita/berita-1", "Sosial"),
        ("latest", "Berita 2", f"{SITE}/detailberita/berita-2", None),
        ("popular", "Berita 3", None, "Sosial"),
    ]
    assert article.related[0].published is not None
    assert article.related[0].published.json() == "2015-03-05"


@pytest.mark.parametrize(
    "value",
    [
        {"judul": TITLE, "isi": "Terlalu pendek."},
        {"judul": TITLE, "gambar": "QUJD" * 500},
        {"isi": TEXT},
        [1, None, "x"],
        "teks",
    ],
)
def test_no_article_is_made_up(value: Any) -> None:
    assert find(value) is None


def test_a_text_without_a_title_has_that_of_the_page() -> None:
    assert found({"isi": TEXT}, TITLE).title == TITLE


@pytest.mark.parametrize(
    "form", ["{}", "window.__STATE__ = {};", "const data={}", " var a.b['c'] = {}; lain()"]
)
def test_json_may_be_assigned(form: str) -> None:
    assert find({"judul": TITLE, "isi": TEXT}, form=form) is not None


@pytest.mark.parametrize(
    "source",
    [
        "window.__NUXT__=(function(a,b){return {a:a}}(1,2));",
        "{" * 50_000,
        '{"judul": "x", ',
        '{"isi": "' + "kata " * 60 + '\\ud800", "judul": "\\u001b]0;x\\u0007"}',
    ],
)
def test_what_is_no_json_is_passed_over(source: str) -> None:
    article = find_article(parse_html(f"<script>{source}</script>x"), [], None, lambda _url: False)
    assert article is None or article.title == "]0;x"


def test_references_that_go_in_a_circle_end() -> None:
    circle = json.dumps([[1, 1, 2], [0, 1, 0], {"judul": 3, "isi": 4, "lain": 0}, TITLE, TEXT])
    markup = f'<script id="__NUXT_DATA__" type="application/json">{circle}</script>'
    article = find_article(parse_html(markup), [], None, lambda _url: False)
    assert article is not None
    assert article.title == TITLE
