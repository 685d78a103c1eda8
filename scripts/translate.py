"""Keep the catalogues in step with the code.

``python scripts/translate.py`` extracts the messages, merges them into each language's ``.po``
and compiles it; ``--check`` only tells whether that would change anything.
"""

from __future__ import annotations

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "src" / "kaltimtui"
LANGUAGES: Final = ("id", "en")
_NOISE: Final = re.compile(rb'"(POT-C|PO-R|Generated|Last-Tr|Language-Team|Report)')
KEYWORDS: Final = {"_": None, "N_": None, "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Every message of the code."""
    catalogue = Catalog(project="kaltimtui", charset="utf-8", fuzzy=False)
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, _line, message, _comments, context in sorted(found, key=lambda f: (f[0], f[1])):
        catalogue.add(message, locations=[(file, 0)], context=context)
    return catalogue


def po_file(language: str) -> Path:
    """Where a language's messages are."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "kaltimtui.po"


def merged(language: str, template: Catalog) -> Catalog:
    """A language's catalogue with the messages of the template, old ones dropped."""
    path = po_file(language)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(locale=language, project="kaltimtui", charset="utf-8", fuzzy=False)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = "# The words of kaltimtui."
    if language == "en":
        for message in catalogue:
            if message.id and not isinstance(message.id, str):
                message.string = message.id
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as a ``.po`` file without dates, so that it changes only with the words."""
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=False, include_lineno=False, sort_by_file=True, width=100)
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By')
    lines = [
        line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(dated)
    ]
    return b"".join(lines)


def as_mo(po: bytes, language: str) -> bytes:
    """A ``.po`` file compiled."""
    catalogue = read_po(io.BytesIO(po), locale=language)
    # Babel dates a catalogue that is not dated with the time it is read.
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def untranslated(language: str) -> list[str]:
    """Messages of the code that a language has no words for; English has them all."""
    if language == "en":
        return []
    return [str(m.id) for m in merged(language, extracted()) if m.id and not _said(m.string)]


def _said(words: str | Sequence[str] | None) -> bool:
    return bool(words) if isinstance(words, str) else bool(words and all(words))


def main() -> int:
    """Write the catalogues, or with ``--check`` say which are stale."""
    check = "--check" in sys.argv[1:]
    template = extracted()
    stale = []
    for language in LANGUAGES:
        po = as_po(merged(language, template))
        for path, content in (
            (po_file(language), po),
            (po_file(language).with_suffix(".mo"), as_mo(po, language)),
        ):
            if path.exists() and path.read_bytes() == content:
                continue
            stale.append(path)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    missing = untranslated("id")
    for path in stale:
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
    for message in missing:
        print(f"untranslated: {message}")
    return 1 if check and (stale or missing) else 0


if __name__ == "__main__":
    raise SystemExit(main())
