from __future__ import annotations

from kaltimtui.document import Code, ListBlock, Quote, Rule, leaves, paragraph


def test_leaves_are_in_reading_order() -> None:
    a, b, c = paragraph("a"), Rule(), Code("c")
    nested = Quote((ListBlock(((a,), (Quote((b,)),))), c))
    assert list(leaves((nested, a))) == [a, b, c, a]
