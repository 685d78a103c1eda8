from __future__ import annotations

from datetime import datetime

from kaltimtui.article_json import article_json, data_json
from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import Cut, Document, Image, Paragraph, Span, Table, paragraph
from kaltimtui.models import Article, ArticleData, Enclosure, Related, RelatedData

STAMP = Stamp(datetime(2019, 8, 12, 23, 30, 45, tzinfo=WITA), "time")
DAY = Stamp(datetime(2015, 3, 5, tzinfo=WITA), "day")
SEEN = datetime(2026, 11, 24, 8, 15, tzinfo=WITA)
BODY = Document(
    (
        Paragraph((Span("Baca "), Span("di sini", href="https://a.example/b"))),
        Image("https://a.example/c.jpg", alt="Sungai"),
        Image("https://a.example/a.jpg"),
        Image(None, alt="Hilang"),
        paragraph("Akhir."),
    )
)
ARTICLE = Article(
    key=1,
    id="0123456789abc",
    title="Judul",
    url="https://a.example/a",
    source="Portal Kaltim",
    sample=False,
    kicker="Kilas",
    category="Sosial",
    dateline="BERAU",
    published=STAMP,
    byline="jay/hmsprov",
    caption="Gubernur",
    photo_credit="norjaya",
    image="https://a.example/a.jpg",
    document=BODY,
    related=(Related("related", None, None, "Sosial", DAY, "abcdefghjkmnp", read=True),),
    enclosures=(Enclosure("https://a.example/a.mp3", "audio/mpeg"),),
    read=True,
    starred=False,
    later=True,
    tags=("kaji",),
    note="Cek",
    first_seen=SEEN,
    updated=SEEN,
    versions=2,
)
SAID = {
    "url": "https://a.example/a",
    "title": "Judul",
    "kicker": "Kilas",
    "category": "Sosial",
    "dateline": "BERAU",
    "published": "2019-08-12T23:30:45+08:00",
    "published_precision": "time",
    "byline": "jay/hmsprov",
    "caption": "Gubernur",
    "photo_credit": "norjaya",
    "source": "Portal Kaltim",
    "enclosures": [{"url": "https://a.example/a.mp3", "type": "audio/mpeg"}],
    "text": "Baca di sini\n\nAkhir.",
    "links": [{"url": "https://a.example/b", "text": "di sini"}],
    "images": [
        {"url": "https://a.example/a.jpg", "alt": None},
        {"url": "https://a.example/c.jpg", "alt": "Sungai"},
    ],
}
ITEM = {
    "title": None,
    "url": None,
    "category": "Sosial",
    "published": "2015-03-05",
    "published_precision": "day",
    "group": "related",
}


def test_an_article_is_written_as_agreed() -> None:
    said = article_json(ARTICLE)
    blocks = said.pop("blocks")
    assert [block["kind"] for block in blocks] == [
        *("paragraph", "image", "image", "image", "paragraph")
    ]
    assert said == SAID | {
        "id": "0123456789abc",
        "related": [{**ITEM, "article": "abcdefghjkmnp"}],
        "read": True,
        "starred": False,
        "later": True,
        "tags": ["kaji"],
        "note": "Cek",
        "first_seen": "2026-11-24T08:15:00+08:00",
        "updated": "2026-11-24T08:15:00+08:00",
        "versions": 2,
        "other_sources": 0,
    }


def test_the_lead_picture_has_the_words_that_stand_for_it_in_the_text() -> None:
    lead = Document((Image("https://a.example/a.jpg", alt="Perahu"),))
    said = article_json(ARTICLE._replace(document=lead))
    assert said["images"] == [{"url": "https://a.example/a.jpg", "alt": "Perahu"}]


def test_what_was_cut_is_told_beside_the_text() -> None:
    table = Table((((Span("a"),), (Span("b"),)),), left_out=2)
    said = article_json(ARTICLE._replace(document=Document((table, Cut()))))
    assert said["text"] == "a\tb"
    (kept, cut) = said["blocks"]
    assert (kept["left_out"], cut) == (2, {"kind": "cut"})


def test_an_article_that_is_not_kept_has_the_same_keys() -> None:
    data = ArticleData(
        "Judul",
        url="https://a.example/a",
        kicker="Kilas",
        category="Sosial",
        dateline="BERAU",
        published=STAMP,
        byline="jay/hmsprov",
        caption="Gubernur",
        photo_credit="norjaya",
        image="https://a.example/a.jpg",
        document=BODY,
        related=(RelatedData("related", category="Sosial", published=DAY),),
        enclosures=ARTICLE.enclosures,
    )
    said = data_json(data, "Portal Kaltim")
    assert list(said) == list(data_json(ArticleData("Judul"), None))
    assert set(said) == set(article_json(ARTICLE))
    assert {name: said[name] for name in SAID} == SAID
    assert said["related"] == [{**ITEM, "article": None}]
    assert (said["id"], said["read"], said["first_seen"]) == (None, False, None)
