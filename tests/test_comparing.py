"""What is said to have changed from one text to another."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.comparing import Change, Kind, compare, units
from kaltimtui.document import (
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
from kaltimtui.models import ArticleData

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kaltimtui.comparing import Passage
    from kaltimtui.document import Block, Spans

_ROW = Table((((Span("a", code=True),), (Span("b"),)),))
_SIGNS = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}


def text(*said: str, title: str = "Judul", **more: Any) -> ArticleData:
    return ArticleData(title=title, document=Document(tuple(map(paragraph, said))), **more)


def of_blocks(*blocks: Block) -> ArticleData:
    return ArticleData(title="Judul", document=Document(blocks))


def shown(passages: Sequence[Passage]) -> list[str]:
    return [
        "".join(_SIGNS[part.change].format(part.text) for part in passage.parts)
        for passage in passages
    ]


def body(old: ArticleData, new: ArticleData) -> list[str]:
    passages = compare(old, new)
    assert_whole(passages, old, new)
    return shown(passages)[1:]


def assert_whole(passages: Sequence[Passage], old: ArticleData, new: ArticleData) -> None:
    """What is told leads from the one text to the other, in either direction."""
    before = [(p.kind, p.old) for p in passages if p.old is not None]
    after = [(p.kind, p.new) for p in passages if p.new is not None]
    assert before == [(unit.kind, unit.text) for unit in units(old)]
    assert after == [(unit.kind, unit.text) for unit in units(new)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Satu dua tiga.", "Satu dua tiga.", "Satu dua tiga."),
        ("Ada 120 keluarga.", "Ada 150 keluarga.", "Ada [-120-]{+150+} keluarga."),
        ("Di sini, kata dia.", "Di sini kata dia.", "Di sini[-,-] kata dia."),
        ("Kata Isran.", "Kata Isran Noor.", "Kata Isran{+ Noor+}."),
        ("Satu  dua tiga.", "Satu dua tiga.", "Satu[-  -]{+ +}dua tiga."),
        (
            "Mulai hari Senin pagi, semua datang.",
            "Mulai pekan depan, semua datang.",
            "Mulai [-hari Senin pagi-]{+pekan depan+}, semua datang.",
        ),
    ],
)
def test_words_are_told_apart(old: str, new: str, said: str) -> None:
    assert body(text(old), text(new)) == [said]


def test_passages_that_have_little_in_common_are_two() -> None:
    old = text("Sungai meluap sejak Senin.", "Penutup tetap sama.")
    new = text("Bupati membuka pasar murah.", "Penutup tetap sama.")
    assert body(old, new) == [
        "[-Sungai meluap sejak Senin.-]",
        "{+Bupati membuka pasar murah.+}",
        "Penutup tetap sama.",
    ]


def test_a_passage_that_came_in_between_leaves_the_others_alone() -> None:
    old = text("Satu paragraf pertama.", "Dua paragraf kedua.")
    new = text("Satu paragraf pertama.", "Baru sekali ini ada.", "Dua paragraf yang kedua.")
    assert body(old, new) == [
        "Satu paragraf pertama.",
        "{+Baru sekali ini ada.+}",
        "Dua paragraf {+yang +}kedua.",
    ]


def test_head_and_caption_are_compared_as_such() -> None:
    old = text("Isi.", title="Banjir di Berau", byline="jay", caption="Warga", kicker="Kilas")
    new = text("Isi.", title="Pasar murah", byline="jay/hms", caption="Warga", photo_credit="Ros")
    passages = compare(old, new)
    assert_whole(passages, old, new)
    assert [
        (passage.kind, said) for passage, said in zip(passages, shown(passages), strict=True)
    ] == [
        (Kind.KICKER, "[-Kilas-]"),
        (Kind.TITLE, "[-Banjir di Berau-]{+Pasar murah+}"),
        (Kind.BYLINE, "jay{+/hms+}"),
        (Kind.PARAGRAPH, "Isi."),
        (Kind.CAPTION, "Warga{+. Ros+}"),
    ]


def test_every_kind_of_block_is_a_passage() -> None:
    said = of_blocks(
        Heading(2, (Span("Kepala"),)),
        Quote((paragraph("Kutipan"),)),
        ListBlock(((paragraph("Butir"), ListBlock(((paragraph("Dalam"),),))),)),
        Table((((Span("a"),), (Span("b"),)),)),
        Code("x = 1"),
        Image("https://a.example/a.jpg", caption="Foto"),
        Image("https://a.example/b.jpg"),
        Rule(),
    )
    assert [(unit.kind, unit.text) for unit in units(said)][1:] == [
        (Kind.HEADING, "Kepala"),
        (Kind.QUOTE, "Kutipan"),
        (Kind.ITEM, "Butir"),
        (Kind.ITEM, "Dalam"),
        (Kind.ROW, "a · b"),
        (Kind.CODE, "x = 1"),
        (Kind.IMAGE, "Foto"),
        (Kind.RULE, ""),
    ]
    assert not any(passage.changed for passage in compare(said, said))
    assert body(said, text())[0] == "[-Kepala-]"


def test_what_stays_keeps_its_styles() -> None:
    styled = Paragraph((Span("Kata "), Span("tebal", strong=True)))
    passages = compare(of_blocks(styled, paragraph("a")), of_blocks(styled, paragraph("b")))
    assert passages[1].parts[0].spans == styled.spans
    assert not any(part.spans for part in passages[2].parts)


def test_what_changed_keeps_the_styles_of_its_words() -> None:
    (_title, passage) = compare(
        of_blocks(
            Paragraph((Span("Ada "), Span("120 orang", strong=True), Span(" di sana sini.")))
        ),
        of_blocks(
            Paragraph(
                (
                    Span("Ada "),
                    Span("150 orang", strong=True),
                    Span(" di "),
                    Span("sana sini", emphasis=True),
                    Span("."),
                )
            )
        ),
    )
    assert [(part.text, part.change, part.spans) for part in passage.parts] == [
        ("Ada ", Change.SAME, ()),
        ("120", Change.REMOVED, (Span("120", strong=True),)),
        ("150", Change.ADDED, (Span("150", strong=True),)),
        (
            *(" orang di sana sini.", Change.SAME),
            (
                *(Span(" orang", strong=True), Span(" di ")),
                *(Span("sana sini", emphasis=True), Span(".")),
            ),
        ),
    ]


def test_what_came_or_went_whole_keeps_its_styles() -> None:
    bold = Paragraph((Span("Semua tebal.", strong=True),))
    (_title, removed, added) = compare(of_blocks(bold), of_blocks(_ROW))
    assert removed.parts == (("Semua tebal.", Change.REMOVED, bold.spans),)
    assert added.parts == (("a · b", Change.ADDED, (*_ROW.rows[0][0], Span(" · "), Span("b"))),)


def test_another_style_is_no_change() -> None:
    old = of_blocks(Paragraph((Span("Kata tebal"),)))
    new = of_blocks(Paragraph((Span("Kata "), Span("tebal", strong=True))))
    assert not any(passage.changed for passage in compare(old, new))


_WORDS = st.sampled_from(["banjir", "air", "di", "dan", "1", ".", ",", " ", "  ", "\n", "é", "😀"])
_TEXTS = st.lists(st.lists(_WORDS, max_size=8).map("".join), max_size=8)
_HEADS = st.sampled_from(["Judul", "Judul lain", "Banjir"])


@given(_TEXTS, _TEXTS, _HEADS, _HEADS)
def test_the_change_leads_from_the_old_text_to_the_new(
    old: list[str], new: list[str], title: str, new_title: str
) -> None:
    before, after = text(*old, title=title), text(*new, title=new_title, byline="jay")
    assert_whole(compare(before, after), before, after)


_SPANS = st.lists(st.builds(Span, _WORDS, st.booleans()), max_size=12).map(tuple)


def letters(spans: Iterable[Span]) -> list[tuple[str, bool]]:
    return [(letter, span.strong) for span in spans for letter in span.text]


@given(_SPANS, _SPANS)
def test_every_letter_keeps_its_style(old: Spans, new: Spans) -> None:
    passages = compare(of_blocks(Paragraph(old)), of_blocks(Paragraph(new)))
    parts = [part for passage in passages[1:] for part in passage.parts]
    styled = [(part.change, part.spans or (Span(part.text),)) for part in parts]
    after = [span for change, spans in styled if change is not Change.REMOVED for span in spans]
    assert letters(after) == letters(new)
    # What stayed has the style of the new text: of the old one what went is to be seen.
    before = [spans for _change, spans in styled if _change is not Change.ADDED]
    assert [letter for spans in before for letter, _strong in letters(spans)] == [
        letter for letter, _strong in letters(old)
    ]
    gone = [pair for change, spans in styled if change is Change.REMOVED for pair in letters(spans)]
    assert not set(gone) - set(letters(old))


@given(_TEXTS)
def test_equal_texts_have_no_change(said: list[str]) -> None:
    passages = compare(text(*said), text(*said))
    assert not any(passage.changed for passage in passages)
    assert [passage.new for passage in passages[1:]] == [one for one in said if one]


def test_nothing_is_left_of_an_empty_text() -> None:
    assert body(text(), text()) == []
    assert body(text(), text("Isi.")) == ["{+Isi.+}"]
    assert body(text("Isi."), text()) == ["[-Isi.-]"]
    assert compare(ArticleData(title=""), ArticleData(title="")) == []


# --- within bounds -------------------------------------------------------------------------------

_SECONDS = 60.0
"""Of computing, with room for a slow machine; without bounds these take hours."""
_PARAGRAPHS = [
    " ".join(f"kata{(place * 31 + at * at * 7) % 5_003}" for at in range(30))
    for place in range(10_000)
]


def timed(old: ArticleData, new: ArticleData) -> list[Passage]:
    started = time.process_time()
    passages = compare(old, new)
    assert time.process_time() - started < _SECONDS
    assert_whole(passages, old, new)
    return passages


def test_ten_thousand_paragraphs_that_all_changed_are_compared_word_by_word() -> None:
    new = [f"{said} tambahan" for said in _PARAGRAPHS[1:]]
    passages = timed(text(*_PARAGRAPHS), text(*new))
    assert shown(passages)[-1].endswith("{+ tambahan+}")
    assert sum(len(passage.parts) == 2 for passage in passages) > 9_000


def test_ten_thousand_equal_paragraphs_are_no_trouble() -> None:
    passages = timed(text(*["a a a"] * 10_000), text(*["a a a"] * 9_000, *["b"] * 1_000))
    assert sum(passage.changed for passage in passages) == 2_000


def test_two_megabytes_in_one_paragraph_are_compared() -> None:
    words = " ".join(_PARAGRAPHS).split()
    new = [*words]
    new[::5_000] = ["lain"] * len(new[::5_000])
    old_text, new_text = text(" ".join(words)), text(" ".join(new))
    assert len(" ".join(words)) > 2_000_000
    (passage,) = timed(old_text, new_text)[1:]
    assert sum(part.change is Change.ADDED for part in passage.parts) == len(new[::5_000])


def test_two_megabytes_without_anything_to_hold_on_to_are_told_whole() -> None:
    old = "ab" * 10 + " " + " ".join("ab"[at * at % 7 % 2] for at in range(1_000_000))
    new = "ab" * 10 + " " + " ".join("ba"[at * at % 11 % 2] for at in range(1_000_000))
    assert any(passage.changed for passage in timed(text(old), text(new)))


def test_a_comparison_can_be_given_up() -> None:
    class CalledOffError(Exception):
        """It was called off."""

    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise CalledOffError

    new = [f"{said} tambahan" for said in _PARAGRAPHS]
    with pytest.raises(CalledOffError):
        compare(text(*_PARAGRAPHS), text(*new), check)
    assert calls == 3
