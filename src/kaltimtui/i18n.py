"""The words and numbers of the interface, in Indonesian or English.

Strings in the code are English; the catalogues under ``locale/`` hold the Indonesian.
"""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import os

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
_LOCALE_DIR: Final = Path(__file__).with_name("locale")

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


def _(message: str) -> str:
    """The message in the language spoken now."""
    return _translations().gettext(message)


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
