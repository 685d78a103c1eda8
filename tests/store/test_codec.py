from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.dates import WITA, Stamp
from kaltimtui.document import (
    Code,
    Cut,
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
from kaltimtui.models import ArticleData, Enclosure, RelatedData
from kaltimtui.store import codec

if TYPE_CHECKING:
    from kaltimtui.document import Block

SPANS = st.lists(
    st.builds(
        Span,
        st.text(max_size=20),
        strong=st.booleans(),
        emphasis=st.booleans(),
        code=st.booleans(),
        href=st.none() | st.just("https://a.example/"),
    ),
    max_size=3,
).map(tuple)
LEAVES: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, SPANS),
    st.builds(Heading, st.integers(1, 6), SPANS),
    st.builds(Code, st.text(max_size=20)),
    st.builds(Image, st.none() | st.text(max_size=9), st.text(max_size=9)),
    st.builds(Table, st.lists(st.lists(SPANS, max_size=2).map(tuple), max_size=2).map(tuple)),
    st.just(Rule()),
    st.just(Cut()),
)
BLOCKS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Quote, st.lists(inner, max_size=2).map(tuple)),
        st.builds(
            ListBlock,
            st.lists(st.lists(inner, max_size=2).map(tuple), max_size=2).map(tuple),
            ordered=st.booleans(),
        ),
    ),
    max_leaves=6,
)

# Some look like what is around them, some are longer than what is unpacked at first.
TRICKY = st.none() | st.sampled_from(
    ['"image":', '"blocks":', '\\"image', "kata " * 130, "k" * 495]
)


@given(st.lists(BLOCKS, max_size=4))
def test_a_body_comes_back_as_it_was(blocks: list[Block]) -> None:
    data = ArticleData("Judul", document=Document(tuple(blocks)))
    packed = codec.pack(codec.encode(codec.body_json(data)))
    assert codec.body_fields(codec.unpack(packed))["document"] == data.document


def test_all_that_goes_with_a_body_comes_back() -> None:
    stamp = Stamp(datetime(2019, 8, 12, 23, 30, 45, tzinfo=WITA), "time")
    data = ArticleData(
        "Judul",
        kicker="Kilas",
        byline="jay/hmsprov",
        caption="Gubernur",
        photo_credit="norjaya",
        image="https://a.example/a.jpg",
        document=Document((paragraph("Isi"),)),
        related=(
            RelatedData("related", "Lain", "https://a.example/b", "Sosial", stamp),
            RelatedData("popular"),
        ),
        enclosures=(Enclosure("https://a.example/a.mp3", "audio/mpeg"),),
    )
    said = codec.unpack(codec.pack(codec.encode(codec.body_json(data))))
    assert ArticleData("Judul", **codec.body_fields(said)) == data


@given(
    st.builds(
        ArticleData,
        st.just("Judul"),
        kicker=TRICKY,
        byline=TRICKY,
        caption=TRICKY,
        image=TRICKY,
        document=st.lists(BLOCKS, max_size=2).map(lambda blocks: Document(tuple(blocks))),
    )
)
def test_a_body_tells_whether_it_names_a_lead_picture(data: ArticleData) -> None:
    packed = codec.pack(codec.encode(codec.body_json(data)))
    assert codec.is_pictured(packed) == (data.image is not None)


@pytest.mark.parametrize("data", [b"", b"\x01rubbish", None])
def test_what_is_no_body_names_no_picture(data: bytes) -> None:
    assert codec.is_pictured(data) is False


def test_what_is_unknown_takes_no_room() -> None:
    assert codec.body_json(ArticleData("Judul")) == {}


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01rubbish", b"\x02{}", b"\x00"])
def test_what_was_not_packed_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        codec.unpack(data)


def test_the_index_holds_every_word_of_an_article() -> None:
    data = ArticleData(
        "Judul",
        kicker="Kilas",
        dateline="SAMARINDA",
        byline="jay",
        caption="Gubernur",
        photo_credit="norjaya",
        document=Document((paragraph("Isi"),)),
    )
    body, *others = codec.index_texts(data)
    assert body.split() == ["Kilas", "Isi", "Gubernur", "norjaya"]
    assert others == ["Judul", "SAMARINDA", "jay"]
    assert codec.index_texts(replace(data, document=Document()), plain="Isi")[0] == body
