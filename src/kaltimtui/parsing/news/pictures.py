"""Pictures with their captions and credits, and the one that is the article's.

A caption on a line of its own becomes a picture without address, or that of the picture it stands
beside; the first of them is the article's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kaltimtui.document import Block, Image, Paragraph
from kaltimtui.parsing.news import bylines
from kaltimtui.parsing.news.parts import cut, line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kaltimtui.parsing.news.bylines import Caption


def picture_of(caption: Caption) -> Image:
    """A caption as a picture whose address is not known."""
    return Image(None, caption=caption.words or "", credit=caption.credit or "")


def pictured(part: Block) -> Block:
    """A caption on a line of its own as a picture; a picture with its credit parted off."""
    if isinstance(part, Image):
        said = bylines.top_caption_of(part.caption) if part.caption else None
        if said is None:
            return part
        return replace(part, caption=said.words or "", credit=said.credit or part.credit)
    line = line_of(part)
    caption = bylines.caption_of(line) if line else None
    return picture_of(caption) if caption else part


def beside(parts: Sequence[Block]) -> list[Block]:
    """Captions given to the pictures they stand beside; credits within the text taken out."""
    done: list[Block] = []
    for part in parts:
        last = done[-1] if done else None
        if isinstance(part, Image) and isinstance(last, Image) and _belong(last, part):
            done[-1] = _as_one(last, part)
            continue
        inner, kept = _inner_credit(part)
        done += [kept, *inner]
    return done


def _as_one(one: Image, other: Image) -> Image:
    return Image(
        one.url or other.url,
        one.alt or other.alt,
        one.caption or other.caption,
        one.credit or other.credit,
    )


def _belong(one: Image, other: Image) -> bool:
    """Whether a picture and words below it, or words in two parts, are one."""
    if one.url and other.url:
        return False
    return not (one.caption and other.caption) and not (one.credit and other.credit)


def _inner_credit(part: Block) -> tuple[list[Block], Block]:
    found = bylines.inner_credits(line_of(part)) if isinstance(part, Paragraph) else []
    if not found or not isinstance(part, Paragraph):
        return [], part
    begin, end, name = found[0]
    before = cut(part.spans, 0, begin)
    after = cut(part.spans, end, len(line_of(part)))
    if before and after and after[0].text[0].isalnum():
        after = (replace(after[0], text=" " + after[0].text), *after[1:])
    return [Image(None, credit=name)], Paragraph((*before, *after))


def lifted_from(parts: Sequence[Block]) -> tuple[Image, list[Block]]:
    """The article's picture with its caption and credit, and the blocks without it.

    A picture above all text is the article's, also where its caption stands below the text.
    """
    said = [part for part in parts if isinstance(part, Image) and (part.caption or part.credit)]
    captioned = next((part for part in said if part.caption), None)
    credited = next((part for part in said if not part.caption), None)
    if captioned is None:
        lifted = credited or Image(None)
    elif credited is not None and _belong(captioned, credited):
        lifted = _as_one(captioned, credited)
    else:
        lifted = captioned
    taken = [captioned, credited if lifted is not captioned else None]
    rest = [part for part in parts if not any(part is one for one in taken)]
    if lifted.url is None and rest and isinstance(rest[0], Image) and not rest[0].caption:
        lifted = replace(lifted, url=rest[0].url, alt=rest[0].alt)
        rest = rest[1:]
    return lifted, rest
