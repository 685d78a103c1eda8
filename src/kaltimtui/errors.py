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

import errno
from typing import Final, Literal, TypeAlias

from kaltimtui import i18n
from kaltimtui.i18n import N_, _

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


NOT_THERE: Final = frozenset({404, 410, 451})
"""Statuses of a page that is not there, and will not be."""
_FINAL: Final[frozenset[FetchReason]] = frozenset(
    ("gone", "robots", "redirects", "private", "address", "size", "coding", "content")
)


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

    @property
    def final(self) -> bool:
        """Whether one page or picture will fail in the same way the next time."""
        return self.reason in _FINAL or self.status in NOT_THERE


class StoreError(KaltimtuiError):
    """The store cannot be opened, read or written."""


class StoreNewerError(StoreError):
    """The store was made by a later version of the program."""


class StoreDamagedError(StoreError):
    """The file is not a store of ours, or it is broken."""


class StoreReadOnlyError(StoreError):
    """The place of the store cannot be written to."""


# --- why the system refuses something ------------------------------------------------------------

_REFUSALS: Final = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.ENOTDIR: N_("its path leads through what is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it is there already"),
    errno.ELOOP: N_("it is a link that leads in a circle"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.EACCES: N_("that is not allowed"),
    errno.EPERM: N_("that is not allowed"),
    errno.EROFS: N_("nothing can be written to its disk"),
    errno.ENOSPC: N_("there is no room left"),
    errno.EDQUOT: N_("there is no room left"),
    errno.EIO: N_("the disk failed"),
    errno.EBUSY: N_("it is in use"),
    errno.ETXTBSY: N_("it is in use"),
    errno.EADDRINUSE: N_("another program is using it"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.ENOMEM: N_("there is not enough memory"),
    errno.ENOEXEC: N_("it is no program"),
    errno.E2BIG: N_("it would be given more than a program takes"),
    errno.EPIPE: N_("nobody reads it"),
    errno.ECONNREFUSED: N_("nobody takes connections there"),
    errno.ECONNRESET: N_("the other side broke off"),
    errno.ETIMEDOUT: N_("there was no answer in time"),
    errno.ENETUNREACH: N_("no way leads there"),
    errno.EHOSTUNREACH: N_("no way leads there"),
}
"""What the system says in English, as message ids; the kinds that a user meets."""


def refusal(error: OSError) -> str:
    """Why the system refuses something, as the end of a sentence without its full stop."""
    said = _REFUSALS.get(error.errno or 0)
    return _(said) if said else error.strerror or str(error) or type(error).__name__


def unread(error: OSError) -> str:
    """Why a file cannot be read, likewise."""
    match error:
        case FileNotFoundError():
            return _("there is no such file")
        case PermissionError():
            return _("you may not read it")
        case _:
            return refusal(error)


def unwritten(error: OSError) -> str:
    """Why a file cannot be written, likewise."""
    match error:
        case FileNotFoundError():
            return _("there is no such folder")
        case PermissionError():
            return _("you may not write there")
        case _:
            return refusal(error)


def unstarted(error: OSError) -> str:
    """Why a program cannot be started, likewise."""
    match error:
        case FileNotFoundError():
            return _("there is no such program")
        case PermissionError():
            return _("you may not run it")
        case OSError(errno=errno.EAGAIN):  # BlockingIOError, which says something else of a pipe
            return _("too many programs are running")
        case _:
            return refusal(error)
