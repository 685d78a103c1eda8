"""What the system refuses is said in our words, whatever it was asked for."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from kaltimtui import i18n
from kaltimtui.errors import refusal, unread, unstarted, unwritten

if TYPE_CHECKING:
    from collections.abc import Callable

MET = (errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.ECONNREFUSED, errno.ENOEXEC)


@pytest.fixture
def _english(_indonesian: None) -> None:
    i18n.set_language("en")


@pytest.mark.parametrize("number", MET)
@pytest.mark.parametrize("word", [refusal, unread, unwritten, unstarted])
def test_the_kinds_one_meets_are_in_our_words(word: Callable[[OSError], str], number: int) -> None:
    said = word(OSError(number, os.strerror(number)))
    assert said
    assert said != os.strerror(number)
    assert not said.endswith(".")


@pytest.mark.usefixtures("_english")
@pytest.mark.parametrize(
    ("word", "said"),
    [
        (unread, ("there is no such file", "you may not read it", "it is a folder")),
        (unwritten, ("there is no such folder", "you may not write there", "it is a folder")),
        (unstarted, ("there is no such program", "you may not run it", "it is a folder")),
        (refusal, ("there is no such file or folder", "that is not allowed", "it is a folder")),
    ],
)
def test_they_fit_what_was_to_be_done(
    word: Callable[[OSError], str], said: tuple[str, ...]
) -> None:
    numbers = (errno.ENOENT, errno.EACCES, errno.EISDIR)
    assert tuple(word(OSError(number, "x")) for number in numbers) == said


def test_any_other_is_said_as_the_system_says_it() -> None:
    assert refusal(OSError(errno.EDOM, "Numerical argument out of domain")) == (
        "Numerical argument out of domain"
    )
    assert refusal(OSError()) == "OSError"
