from __future__ import annotations

import pytest

from kaltimtui.document import Block, Image, paragraph
from kaltimtui.parsing.news.pictures import beside, lifted_from, pictured

URL = "https://contoh.go.id/a.jpg"
OTHER = "https://contoh.go.id/b.jpg"
ALT = "Perahu penuh bibit"
CAPTION = "Warga menurunkan bibit dari perahu."
TEXT = paragraph("Dinas kehutanan bersama warga menanam seribu bibit di lahan bekas kebun.")


def lifted(*blocks: Block) -> tuple[Image, list[Block]]:
    return lifted_from(beside([pictured(block) for block in blocks]))


@pytest.mark.parametrize(
    "blocks",
    [
        (Image(URL, ALT, f"{CAPTION} (ist)"), TEXT),
        (TEXT, Image(URL, ALT, f"{CAPTION} (ist)")),
        (Image(URL, ALT), paragraph(f"Foto: {CAPTION} (ist)"), TEXT),
        (Image(URL, ALT), TEXT, paragraph(f"Foto: {CAPTION} (ist)")),
        (Image(URL, ALT, "(ist)"), TEXT, paragraph(f"Foto: {CAPTION}")),
        (Image(URL, ALT, CAPTION), TEXT, paragraph("Foto: (ist)")),
    ],
)
def test_the_articles_picture_keeps_all_that_is_said_of_it(blocks: tuple[Block, ...]) -> None:
    assert lifted(*blocks) == (Image(URL, ALT, CAPTION, "ist"), [TEXT])


def test_a_credit_of_another_picture_is_not_taken() -> None:
    own = Image(URL, ALT, CAPTION)
    other = Image(OTHER, "Bibit", credit="ist")
    assert lifted(own, TEXT, other) == (
        own,
        [TEXT, other],
    )
