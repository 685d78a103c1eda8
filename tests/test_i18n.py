from __future__ import annotations

import pytest

from kaltimtui import i18n
from kaltimtui.errors import FetchError
from kaltimtui.i18n import _


def _refused() -> str:
    why = _("it has no such page")
    said = _("{host} answered {number}: {why}.").format(host="warta.example", number=404, why=why)
    return str(FetchError(said, reason="status", hint=_("Nothing of it was fetched.")))


def test_what_was_said_in_one_language_is_told_in_another() -> None:
    said = _refused()
    assert said.startswith("warta.example menjawab 404: ")
    kept = i18n.keepable(said)
    i18n.set_language("en")
    told = "warta.example answered 404: it has no such page. Nothing of it was fetched."
    assert (i18n.told(kept), _refused()) == (told, told)
    i18n.set_language("id")
    assert i18n.told(kept) == said


@pytest.mark.parametrize(
    "kept",
    [
        "warta.example menjawab 404.",
        "",
        '{"english": ',
        '{"english": "{host}", "with": {}}',
        '{"english": "{host}", "with": []}',
        '{"english": "{0}", "with": {"host": "a"}}',
        '{"english": "a"}',
        '{"english": "}", "with": {}}',
    ],
)
def test_what_is_no_message_is_told_as_it_is(kept: str) -> None:
    assert i18n.told(kept) == kept


def test_a_text_that_is_no_message_is_kept_as_it_is() -> None:
    assert i18n.keepable("Tidak ada.") == "Tidak ada."
