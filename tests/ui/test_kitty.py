"""What is sent to a terminal that holds pictures, and the letters that hold them."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from kaltimtui.ui.kitty import Kitty, held_line, is_spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

MESSAGE = re.compile("\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\\\")


@pytest.fixture
def sent() -> list[str]:
    return []


@pytest.fixture
def kitty(sent: list[str]) -> Kitty:
    return Kitty(sent.append)


@pytest.mark.parametrize(
    ("environ", "spoken"),
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-ghostty"}, True),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, True),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, False),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, False),
        ({}, False),
    ],
)
def test_a_terminal_is_known_by_its_environment(environ: Mapping[str, str], spoken: bool) -> None:
    assert is_spoken(environ) is spoken


def test_a_picture_is_sent_in_pieces_and_then_placed(kitty: Kitty, sent: list[str]) -> None:
    picture = bytes(range(256)) * 40
    number = kitty.put(picture, 30, 12)
    assert MESSAGE.sub("", "".join(sent)) == ""
    *pieces, place = MESSAGE.findall("".join(sent))
    assert b64decode("".join(payload for _control, payload in pieces)) == picture
    assert pieces[0][0] == f"a=t,f=100,i={number},q=2,m=1"
    assert [control for control, _payload in pieces[1:]] == ["q=2,m=1", "q=2,m=1", "q=2,m=0"]
    assert all(len(payload) <= 4096 for _control, payload in pieces)
    assert place == (f"a=p,U=1,i={number},c=30,r=12,q=2", "")


def test_a_small_picture_is_one_piece(kitty: Kitty, sent: list[str]) -> None:
    number = kitty.put(b"x", 1, 1)
    assert MESSAGE.findall("".join(sent))[0] == (f"a=t,f=100,i={number},q=2,m=0", "eA==")


def test_what_was_sent_first_is_given_up_first(kitty: Kitty, sent: list[str]) -> None:
    numbers = [kitty.put(b"x", 1, 1) for _ in range(25)]
    assert [kitty.holds(number) for number in numbers] == [False, *[True] * 24]
    assert sent[-1] == f"\x1b_Ga=d,d=I,i={numbers[0]},q=2\x1b\\"
    del sent[:]
    kitty.close()
    assert len(sent) == 24
    assert not kitty.holds(numbers[-1])


def test_each_letter_tells_its_picture_its_row_and_its_column() -> None:
    (segment,) = held_line(0x010203, 3, 1)
    assert segment.text == "".join(f"\U0010eeee\u030d{mark}" for mark in "\u0305\u030d\u030e")
    assert cell_len(segment.text) == 3
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.color.triplet == (1, 2, 3)


def test_a_line_can_be_as_long_as_the_widest_picture() -> None:
    (segment,) = held_line(1, 290, 200)
    assert cell_len(segment.text) == 290
