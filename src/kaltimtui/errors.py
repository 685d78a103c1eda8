"""What can go wrong, as one tree.

::

    KaltimtuiError
    ├── UsageError      the user asked for something that does not exist
    ├── ParseError      bytes that are no article, feed or subscription list
    └── StoreError      the store cannot be opened, read or written
        ├── StoreNewerError    made by a later version of the program
        ├── StoreDamagedError  not a store, or broken
        └── StoreReadOnlyError the place of the store cannot be written to

A message says what happened and to what, in the user's language; ``hint`` says what to do.
"""

from __future__ import annotations


class KaltimtuiError(Exception):
    """Any failure the program foresees; its text is fit for a user."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else self.message


class UsageError(KaltimtuiError):
    """A request that names something which does not exist or makes no sense."""


class ParseError(KaltimtuiError):
    """Bytes that hold no article, feed or subscription list."""


class StoreError(KaltimtuiError):
    """The store cannot be opened, read or written."""


class StoreNewerError(StoreError):
    """The store was made by a later version of the program."""


class StoreDamagedError(StoreError):
    """The file is not a store of ours, or it is broken."""


class StoreReadOnlyError(StoreError):
    """The place of the store cannot be written to."""
