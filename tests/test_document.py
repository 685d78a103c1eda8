from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.document import (
    DEPTH_LIMIT,
    Block,
    Code,
    Cut,
    Document,
    ListBlock,
    Quote,
    Rule,
    Span,
    Table,
    block_from,
    block_json,
    document_json,
    leaves,
    paragraph,
)


def test_leaves_are_in_reading_order() -> None:
    a, b, c = paragraph("a"), Rule(), Code("c")
    nested = Quote((ListBlock(((a,), (Quote((b,)),))), c))
    assert list(leaves((nested, a))) == [a, b, c, a]


def within(block: Block, kinds: str) -> Block:
    """A block in quotes (q) and lists (l), with a word beside it in each."""
    for at, kind in enumerate(kinds):
        said = paragraph(f"kata {at}")
        block = Quote((said, block)) if kind == "q" else ListBlock(((said,), (block,)))
    return block


def depth(blocks: tuple[Block, ...]) -> int:
    """How deep quotes and lists stand within each other, found by calling itself."""
    inner = [
        blocks
        for block in blocks
        if isinstance(block, Quote | ListBlock)
        for blocks in ((block.blocks,) if isinstance(block, Quote) else block.items)
    ]
    return 1 + max(map(depth, inner)) if inner else 0


@given(st.text("ql", min_size=0, max_size=3 * DEPTH_LIMIT))
def test_a_body_is_of_bounded_depth_and_loses_no_word(kinds: str) -> None:
    block = within(paragraph("dalam"), kinds)
    document = Document((paragraph("awal"), block, paragraph("akhir")))
    assert depth(document.blocks) == min(len(kinds), DEPTH_LIMIT)
    assert list(leaves(document.blocks)) == [
        paragraph("awal"),
        *leaves((block,)),
        paragraph("akhir"),
    ]
    if len(kinds) <= DEPTH_LIMIT:
        assert document.blocks[1] is block


@pytest.mark.parametrize("kind", ["q", "l"])
def test_ten_thousand_levels_are_no_trouble(kind: str) -> None:
    document = Document((within(paragraph("dalam"), kind * 10_000),))
    assert {"dalam", "kata 0", "kata 9999"} <= set(document.plain().splitlines())
    assert json.loads(json.dumps(document_json(document)))
    assert sum(1 for _span in document.spans()) == 10_001


def test_what_was_cut_has_no_text_and_comes_back_from_json() -> None:
    table = Table((((Span("a"),), (Span("b"),)),), left_out=7)
    document = Document((paragraph("satu"), table, Cut()))
    assert document.plain() == "satu\n\na\tb"
    assert tuple(map(block_from, document_json(document))) == document.blocks
    assert block_json(Cut()) == {"kind": "cut"}


def test_a_table_that_was_kept_before_has_all_its_rows() -> None:
    kept = {"kind": "table", "header": False, "rows": [[[{"text": "a"}]]]}
    assert block_from(kept) == Table((((Span("a"),),),))
