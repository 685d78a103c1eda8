"""The words and numbers of the interface, in Indonesian or English.

Strings in the code are English; the catalogues under ``locale/`` hold the Indonesian.
"""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
_LOCALE_DIR: Final = Path(__file__).with_name("locale")
_KEPT: Final = '{"english": '
"""How a message begins that is kept; nothing that is said begins so."""

_language: Language = "id"
_catalogue: _gettext.NullTranslations | None = None


def language_from(environment: dict[str, str] | os._Environ[str]) -> Language:
    """The language that the locale asks for: English where it says so, else Indonesian."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "id"
    return "id"


def set_language(language: Language) -> None:
    """Speak this language from now on."""
    global _language, _catalogue
    _language = language
    _catalogue = None


def language() -> Language:
    """The language spoken now."""
    return _language


def _translations() -> _gettext.NullTranslations:
    global _catalogue
    if _catalogue is None:
        try:
            # gettext.translation would load the locale module, which costs as much again.
            with (_LOCALE_DIR / _language / "LC_MESSAGES" / "kaltimtui.mo").open("rb") as file:
                _catalogue = _gettext.GNUTranslations(file)
        except OSError:
            _catalogue = _gettext.NullTranslations()
    return _catalogue


class Message(str):
    """A text in the language spoken when it was made, which can be said in another one later."""

    __slots__ = ("english", "values")
    english: str
    """As it stands in the code."""
    values: Mapping[str, object]
    """What its placeholders are filled with."""

    def format(self, *unnamed: object, **values: object) -> Message:
        """The text with its placeholders filled in."""
        return _message(str.format(self, *unnamed, **values), self.english, values)


def _message(said: str, english: str, values: Mapping[str, object]) -> Message:
    made = Message(said)
    made.english, made.values = english, values
    return made


def _(message: str) -> str:
    """The message in the language spoken now, as a ``Message``."""
    return _message(_translations().gettext(message), message, {})


def joined(first: str, second: str) -> str:
    """Two sentences, one after the other."""
    beside = "{first} {second}"
    return _message(beside, beside, {}).format(first=first, second=second)


def keepable(said: str) -> str:
    """A text as it is kept for readers of any language; what is no message stays as it is."""
    import json  # the help does without it

    return json.dumps(_form(said), ensure_ascii=False) if isinstance(said, Message) else said


def told(kept: str) -> str:
    """What was kept, in the language spoken now; any other text as it is."""
    if not kept.startswith(_KEPT):
        return kept
    import json

    try:
        return str(_filled(json.loads(kept)))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return kept


def _form(value: object) -> object:
    if isinstance(value, Message):
        return {"english": value.english, "with": {n: _form(v) for n, v in value.values.items()}}
    return value if isinstance(value, int | float) else str(value)


def _filled(form: Any) -> Any:
    if not isinstance(form, dict):
        return form
    english, values = form["english"], form["with"]
    return _(english).format(**{name: _filled(value) for name, value in values.items()})


def N_(message: str) -> str:  # noqa: N802 - the customary name for a string that is translated later
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for a count, with ``{count}`` filled in."""
    return _translations().ngettext(singular, plural, count).format(count=number(count))


def number(value: int) -> str:
    """A whole number with the thousands mark of the language: 1.204 or 1,204."""
    text = f"{value:,}"
    return text.replace(",", ".") if _language == "id" else text
