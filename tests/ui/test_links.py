"""The links of an article, and where they are said to lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.document import Document, Heading, Image, ListBlock, Paragraph, Quote, Span, Table
from kaltimtui.models import Article, Enclosure
from kaltimtui.ui.links import Link, links_of
from kaltimtui.ui.setting import addresses
from kaltimtui.ui.setting.lines import Role, span_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[..., Article]


@pytest.fixture(autouse=True)
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


def link(said: str, path: str) -> Span:
    return Span(said, href=f"https://kabar.example/{path}")


def numbered(article: Article) -> list[tuple[int, str, str]]:
    return [(one.number, one.said, one.url.rpartition("/")[2]) for one in links_of(article)]


def test_links_come_in_reading_order(article: Make) -> None:
    blocks = (
        Heading(2, (link("Judul", "a"),)),
        Paragraph((Span("Baca "), link("ini", "b"), Span(" dan "), link("itu", "c"))),
        Quote((ListBlock(((Paragraph((link("butir", "d"),)),),)),)),
        Table((((link("sel", "e"),),),)),
        Image("https://kabar.example/f", caption="Pasar pagi"),
    )
    made = article(
        document=Document(blocks),
        image="https://kabar.example/g",
        caption="Warga",
        enclosures=(Enclosure("https://kabar.example/h", "audio/mpeg"),),
        note="Lihat [catatan](https://kabar.example/i)",
        url="https://kabar.example/j",
    )
    assert [said for _number, said, _url in numbered(made)] == [
        *("Judul", "ini", "itu", "butir", "sel", "Pasar pagi"),
        *("Photo", "Attached", "catatan", "The article itself"),
    ]
    assert "".join(url for *_rest, url in numbered(made)) == "abcdefghij"


def test_each_address_has_one_number_however_often_it_is_named(article: Make) -> None:
    strong = Span("satu", strong=True, href="https://kabar.example/a")
    blocks = Paragraph((link("Nomor ", "a"), strong, link("dua", "b"), link("lagi", "a")))
    made = article(document=Document((blocks,)), url="https://kabar.example/b")
    assert numbered(made) == [(1, "Nomor satu", "a"), (2, "dua", "b")]


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a", "",
     "https://user@kabar.example/", "https://", "ftp://kabar.example/a"],
)  # fmt: skip
def test_what_cannot_be_followed_is_no_link(article: Make, href: str) -> None:
    document = Document((Paragraph((Span("tekan", href=href),)),))
    assert links_of(article(document=document, url=None)) == []


def test_a_link_without_a_text_is_called_by_its_address(article: Make) -> None:
    document = Document(
        (
            Paragraph(
                (link("", "berita/a"), link(" \u200b", "")),
            ),
        )
    )
    made = article(document=document, url=None)
    assert links_of(made) == [
        Link(1, "kabar.example/berita/a", "https://kabar.example/berita/a"),
        Link(2, "kabar.example", "https://kabar.example/"),
    ]


def test_a_mail_address_is_a_link_that_says_whom_one_writes_to(article: Make) -> None:
    href = "mailto:redaksi@kabar.example"
    spans = (Span("Hubungi ", href=href), Span("kami", strong=True, href=href), Span(".  "))
    made = article(document=Document((Paragraph(spans),)), url=None)
    (found,) = links_of(made)
    assert (found.said, found.url, found.host) == ("Hubungi kami", href, "redaksi@kabar.example")
    told = "\n".join(line.text for line in span_lines(spans, Role.BODY, 72))
    assert told == "Hubungi kami → redaksi@kabar.example."


def test_an_address_that_has_a_text_further_down_is_called_by_that(article: Make) -> None:
    document = Document((Paragraph((link("", "a"), Span(" dan "), link("Panen", "a"))),))
    assert links_of(article(document=document, url=None))[0].said == "Panen"


def test_ten_thousand_links_are_gathered(article: Make) -> None:
    spans = tuple(link(f"Kabar {n}", f"{n}") for n in range(10_000))
    made = article(document=Document((Paragraph(spans),)), url=None)
    assert len(links_of(made)) == 10_000


@pytest.mark.parametrize(
    ("said", "url", "host"),
    [
        ("kaltimprov.go.id", "https://evil.example/a", "evil.example"),
        ("https://kaltimprov.go.id/berita", "https://www.evil.example/a", "evil.example"),
        ("www.kaltimprov.go.id", "https://kaltimprov.go.id/", None),
        ("Kaltimprov.go.id", "https://ppid.kaltimprov.go.id/", None),
        ("ppid.kaltimprov.go.id", "https://kaltimprov.go.id/", "kaltimprov.go.id"),
        ("kaltim.id", "https://kaltim.id.evil.example/", "kaltim.id.evil.example"),
        ("kaltimprov.gо.id", "https://kaltimprov.go.id/", "kaltimprov.go.id"),
        ("Baca di kaltimprov.go.id", "https://evil.example/", None),
        ("Rp 1.500", "https://evil.example/", None),
        ("selengkapnya", "https://evil.example/", None),
        ("Tulis ke redaksi", "mailto:redaksi@kabar.example", "redaksi@kabar.example"),
        ("Tulis ke Redaksi@kabar.example.", "mailto:redaksi@kabar.example", None),
    ],
)  # fmt: skip
def test_a_text_that_does_not_say_where_it_leads_is_told(
    said: str, url: str, host: str | None
) -> None:
    assert addresses.elsewhere(said, url) == host


def test_a_host_beyond_ascii_is_shown_as_it_is_looked_up() -> None:
    assert addresses.shown("https://kaltimprov.gо.id/a") == "https://kaltimprov.xn--g-1tb.id/a"
    assert (
        addresses.shown("https://münchen.example:8080/a") == "https://xn--mnchen-3ya.example:8080/a"
    )
    assert addresses.shown("https://kabar.example/a") == "https://kabar.example/a"
