from __future__ import annotations

from itertools import permutations

import pytest

from kaltimtui.ui.hints import LETTERS, Chosen, Hints, Target, labels


@pytest.mark.parametrize("count", [0, 1, 8, 9, 10, 17, 18, 60, 81, 82, 400])
def test_no_label_begins_another_and_the_nearest_are_the_shortest(count: int) -> None:
    made = labels(count)
    assert len(set(made)) == count
    assert not [pair for pair in permutations(made, 2) if pair[1].startswith(pair[0])]
    assert list(map(len, made)) == sorted(map(len, made))
    assert set("".join(made)) <= set(LETTERS)


def test_no_more_letters_are_asked_for_than_are_needed() -> None:
    assert labels(9) == list(LETTERS)
    assert labels(10) == [*"asdfghjk", "la", "ls"]
    assert max(map(len, labels(81))) == 2


def test_what_is_typed_out_is_chosen() -> None:
    targets = [Target(line, 0, url=f"https://a.example/{line}") for line in range(12)]
    hints = Hints(targets)
    assert hints.type("S") == Chosen(targets[1], forced=True)
    hints = Hints(targets)
    assert hints.type("l") is True
    assert [hints.on(line) for line in (0, 8, 9)] == [[], [(0, "la")], [(0, "ls")]]
    assert hints.type("s") == Chosen(targets[9], forced=False)


def test_a_key_of_no_label_is_told() -> None:
    assert Hints([Target(0, 0)]).type("s") is False
    assert Hints([Target(0, 0)]).type("1") is False
    assert Hints([Target(0, 0)]).type("") is False, "a key that is no letter"
