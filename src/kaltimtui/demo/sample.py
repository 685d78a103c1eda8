"""The sample edition: news written for this project, so that a first look has something to read.

It is a folder of saved pages, read as any other page is. Names and events in it are made up, and
every article says so in its kicker.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from kaltimtui.models import SourceData

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kaltimtui.library import Library

SOURCE: Final = SourceData(name="Edisi Contoh", kind="sample")
_ADDRESS: Final = "https://contoh.kaltimtui.example/berita/"
"""Where the edition's pages say they stand; the host is reserved and never answers."""


def load(library: Library) -> int:
    """Put the edition into a library without any article; returns how many articles went in.

    Nothing is done where articles are kept already, or where the edition was taken out.
    """
    if not library.sample_wanted():
        return 0
    return sum(page.new for page in library.import_all(pages(), source=SOURCE))


def pages() -> Iterator[tuple[str, str, bytes]]:
    """The file name, the address and the bytes of each page."""
    folder = resources.files(__package__) / "edition"
    for page in sorted(folder.iterdir(), key=lambda page: page.name):
        stem, _dot, suffix = page.name.rpartition(".")
        if suffix in ("html", "txt"):
            yield page.name, _ADDRESS + stem, page.read_bytes()
