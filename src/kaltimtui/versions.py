"""The texts that an article had: which there are, which the user knows, what each said."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kaltimtui.catalogue import no_article
from kaltimtui.store import keys
from kaltimtui.store import versions as store

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.library import Library
    from kaltimtui.models import ArticleData
    from kaltimtui.store.connection import Connection

_T = TypeVar("_T")
History = store.History
Version = store.Version


def of(library: Library) -> Versions:
    """The texts of the articles of a library."""
    return Versions(library)


def since_read(history: History) -> tuple[int, int]:
    """Places of the two texts that say what changed since an article was read.

    Where it never was, since its first text; to who knows the last one, what changed last.
    """
    last = len(history.versions) - 1
    old = 0 if history.read is None else history.read
    return (old if old < last else max(0, last - 1)), last


def knows_last(history: History) -> bool:
    """Whether nothing has changed since an article was read, or since one has looked at that."""
    return history.read == len(history.versions) - 1


class Versions:
    """The texts that articles had. It may be asked from many threads at once."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def history(self, id: str) -> History:  # noqa: A002 - the name other programs know it by
        """All texts of an article. Raises UsageError where there is none of this id."""
        return self._found(id, store.history)

    def text(self, id: str, version: Version) -> ArticleData:  # noqa: A002 - as above
        """What an article said then. Raises UsageError where that is not kept any more."""
        return self._found(id, lambda connection, uid: store.text_of(connection, uid, version.key))

    def set_seen(self, id: str, version: Version) -> bool:  # noqa: A002 - as above
        """The user has looked at what changed up to a text, and knows that; whether it is new.

        Where nothing can be kept, nothing is.
        """
        if self._library.trouble is not None:
            return False
        uid = self._library.uid(id)
        with self._library.database.writing() as connection:
            return store.set_seen(connection, uid, version.key)

    def _found(self, public: str, ask: Callable[[Connection, int], _T | None]) -> _T:
        uid = keys.uid_of(public)
        if uid is not None:
            with self._library.database.reading() as connection:
                found = ask(connection, uid)
            if found is not None:
                return found
        raise no_article(public)
