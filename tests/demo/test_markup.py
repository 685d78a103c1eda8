from __future__ import annotations

import pytest

from kaltimtui.demo.markup import Markup, signed
from kaltimtui.document import (
    Block,
    Code,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    paragraph,
)
from kaltimtui.parsing.html.tree import fragment

SITE = "https://contoh.example"
BLOCKS: dict[str, Block] = {
    "paragraph": paragraph("Air < 2 meter & surut"),
    "lines": paragraph("satu\ndua"),
    "styles": Paragraph(
        (
            Span("biasa "),
            Span("tebal ", strong=True),
            Span("miring ", emphasis=True),
            Span("kode ", code=True),
            Span("ke sana", href=f"{SITE}/berita/a?b=1&c=2"),
        )
    ),
    "heading": Heading(3, (Span("Jadwal"),)),
    "quote": Quote((paragraph("Kata seorang warga."), paragraph("Lagi."))),
    "list": ListBlock(((paragraph("satu"),), (paragraph("dua"),))),
    "numbers": ListBlock(((paragraph("tiga"),), (paragraph("empat"),)), ordered=True, start=3),
    "blocks in a list": ListBlock(((paragraph("satu"), paragraph("lagi")), (paragraph("dua"),))),
    "table": Table(
        (((Span("Hari"),), (Span("Tempat"),)), ((Span("Rabu"),), (Span("Loa Kulu"),))), header=True
    ),
    "bare table": Table((((Span("a"),), (Span("b"),)), ((Span("c"),), (Span("d"),)))),
    "picture": Image(f"{SITE}/a.png", "alat", "Keterangan"),
    "code": Code("x = 1\n  y"),
    "rule": Rule(),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_what_is_written_is_read_as_it_was(name: str) -> None:
    blocks = (paragraph("Sebelum."), BLOCKS[name], paragraph("Sesudah."))
    written = Markup(lambda address: address).blocks(blocks)
    assert fragment(written, f"{SITE}/") == Document(blocks)


def test_a_credit_stands_with_its_caption() -> None:
    picture = Image(f"{SITE}/a.png", "", "Kapal merapat.", "gus/humasprov contoh")
    assert "<figcaption>Kapal merapat. (gus/humasprov contoh)<" in Markup(str).picture(picture)
    assert "figcaption" not in Markup(str).picture(Image(f"{SITE}/a.png"))


def test_addresses_are_those_of_the_site() -> None:
    written = Markup(lambda address: f"/di/{address}")
    link = Paragraph((Span("ke sana", href='a"b'),))
    assert written.block(link) == '<p><a href="/di/a&quot;b">ke sana</a></p>'
    assert 'src="/di/c"' in written.picture(Image("c"))


def test_place_and_byline_go_with_the_text() -> None:
    text = (paragraph("Air surut."), paragraph("Warga pulang."))
    assert Document(signed(text, "BERAU - ", "(ab)")).plain() == (
        "BERAU - Air surut.\n\nWarga pulang. (ab)"
    )
    assert Document(signed(text[:1], "BERAU - ", "(ab)")).plain() == "BERAU - Air surut. (ab)"
    ends_in_list = (text[0], ListBlock(((paragraph("satu"),),)))
    assert Document(signed(ends_in_list, "", "(ab)")).plain() == "Air surut.\n\nsatu\n\n(ab)"
