"""What can go wrong, as one tree.

::

    KaltimtuiError
    ├── UsageError      the user asked for something that does not exist
    │   └── QueryError     a search that cannot be read
    ├── ParseError      bytes that are no article, feed or subscription list
    ├── FetchError      an address that gave no answer, or none that can be taken
    └── StoreError      the store cannot be opened, read or written
        ├── StoreNewerError    made by a later version of the program
        ├── StoreDamagedError  not a store, or broken
        └── StoreReadOnlyError the place of the store cannot be written to

A message says what happened and to what, in the user's language; ``hint`` says what to do.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from kaltimtui import i18n

FetchReason: TypeAlias = Literal[
    "address",  # no address that may be opened
    "private",  # an address of a private network that nobody typed
    "resolve",  # no such host, or no network
    "connect",  # nobody there
    "tls",
    "proxy",
    "timeout",
    "redirects",
    "size",
    "coding",  # packed in a way that is not taken
    "protocol",  # no HTTP, or cut off
    "status",
    "gone",  # 410
    "robots",  # the site does not want it fetched
    "content",  # an answer, but no feed or no article
]


class KaltimtuiError(Exception):
    """Any failure the program foresees; its text is fit for a user."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """As of any exception, for the way between processes, but without ``__init__``."""
        return _remade, (type(self), self.args), vars(self)

    def __str__(self) -> str:
        return i18n.joined(self.message, self.hint) if self.hint else self.message


def _remade(kind: type[KaltimtuiError], args: tuple[object, ...]) -> KaltimtuiError:
    return kind.__new__(kind, *args)


class UsageError(KaltimtuiError):
    """A request that names something which does not exist or makes no sense."""


class QueryError(UsageError):
    """A search that cannot be read: where, and what was expected there."""

    def __init__(
        self, message: str, start: int, end: int, *, hint: str = "", typed: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.start = start
        """The first character that makes no sense."""
        self.end = end
        """Behind the last one."""
        self.typed = typed
        """The search itself."""


class ParseError(KaltimtuiError):
    """Bytes that hold no article, feed or subscription list."""


class FetchError(KaltimtuiError):
    """An address that gave no answer, or none that can be taken.

    ``retry_after``: seconds of silence that the server asked for.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: FetchReason,
        hint: str = "",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.reason = reason
        self.status = status
        self.retry_after = retry_after

    @property
    def unreached(self) -> bool:
        """Whether nobody was reached, which may as well be the network's fault as the server's."""
        return self.reason in ("resolve", "connect")


class StoreError(KaltimtuiError):
    """The store cannot be opened, read or written."""


class StoreNewerError(StoreError):
    """The store was made by a later version of the program."""


class StoreDamagedError(StoreError):
    """The file is not a store of ours, or it is broken."""


class StoreReadOnlyError(StoreError):
    """The place of the store cannot be written to."""
