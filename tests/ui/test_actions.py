"""The registry of actions: whole, without clashes, and free of keys that terminals mix up."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

from kaltimtui.ui.actions import ACTIONS, BY_NAME, groups, key_label

MIXED_UP = {"ctrl+j", "ctrl+m", "ctrl+h", "ctrl+i"}
"""Terminals send these as Enter, Enter, Backspace and Tab."""


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(ACTIONS)


def test_no_key_has_two_actions_in_one_pane() -> None:
    for one, other in combinations(ACTIONS, 2):
        if one.where & other.where:
            assert not set(one.keys) & set(other.keys), (one.name, other.name)


def test_no_key_needs_alt_or_is_mixed_up_with_another() -> None:
    for action in ACTIONS:
        assert not MIXED_UP & set(action.keys)
        assert not any(key.startswith("alt+") for key in action.keys)


def test_what_has_no_key_is_said_to_be_in_the_palette_alone() -> None:
    unbound = [action.name for action in ACTIONS if not action.keys]
    assert unbound == ["star_all", "later_all", "tag_all", "hide_all", "show_hidden"]
    assert not any(action.footer for action in ACTIONS if not action.keys)


def test_every_action_stands_under_one_heading() -> None:
    assert [a for actions in groups().values() for a in actions] == sorted(
        ACTIONS, key=lambda a: list(groups()).index(a.group)
    )


def test_keys_read_as_a_person_says_them() -> None:
    assert key_label("ctrl+d") == "Ctrl+D"
    assert key_label("slash") == "/"
    assert key_label("G") == "G"


def test_the_registry_needs_no_textual() -> None:
    code = "import sys, kaltimtui.ui.actions; print(sorted({'textual', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
