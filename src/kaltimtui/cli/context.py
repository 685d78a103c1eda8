"""What a command is given to work with."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kaltimtui import i18n
from kaltimtui.errors import UsageError
from kaltimtui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from kaltimtui.cli.output import Output
    from kaltimtui.config import Config
    from kaltimtui.library import Library
    from kaltimtui.paths import Paths


LONG_UPGRADE: Final = 20_000
"""Articles of which a store is not brought to a newer format in a blink."""


class Context:
    """The values of the command line, where to print, the folders and the library."""

    def __init__(
        self, values: argparse.Namespace, out: Output, clock: Callable[[], datetime]
    ) -> None:
        self.values = values
        self.out = out
        self.clock = clock

    @cached_property
    def paths(self) -> Paths:
        """The folders that ``--home`` or the platform names. Raises UsageError."""
        return find_paths(self.values.home)

    @property
    def settings_file(self) -> Path:
        """The file of the settings, which need not be there."""
        return self.paths.config / "config.toml"

    @cached_property
    def settings(self) -> tuple[Config, tuple[str, ...]]:
        """What the user set, and what of that cannot be taken."""
        from kaltimtui.config import load

        return load(self.settings_file)

    def tell_of_settings(self) -> None:
        """Say in one line what of the settings cannot be taken, if anything."""
        if not os.path.lexists(
            self.settings_file
        ):  # most have none; loading costs what a list does
            return
        wrong = self.settings[1]
        if len(wrong) > 1:
            others = len(wrong) - 1
            more = ngettext(
                "({count} more: “kaltimtui doctor” tells all.)",
                "({count} more: “kaltimtui doctor” tells all.)",
                others,
            )
            self.out.fail(f"{wrong[0]} {more}")
        elif wrong:
            self.out.fail(wrong[0])

    def tell_of_upgrade(self, articles: int) -> None:
        """Say why it takes so long that a store of an older format is opened; of few, nothing."""
        if articles >= LONG_UPGRADE:
            said = _(
                "Bringing the store of {count} articles to a newer format; a copy of it as it is "
                "stays for a month. This may take a minute …"
            )
            self.out.tell(said.format(count=i18n.number(articles)))

    @contextmanager
    def library(self, *, to_change: bool = False) -> Iterator[Library]:
        """The library, open for a while.

        Where the store cannot be written, a command that changes it fails at once and one that
        reads it goes on, once that was said. Raises KaltimtuiError.
        """
        from kaltimtui.library import Library

        library = Library.open(self.paths, clock=self.clock, upgrading=self.tell_of_upgrade)
        try:
            told = library.trouble
            if told is not None:
                if to_change:
                    raise told
                self.out.fail(str(told))
            yield library
            if library.trouble is not None and library.trouble is not told:
                self.out.fail(str(library.trouble))  # what came to light in reading
        finally:
            library.close()


def find_paths(home: str | None) -> Paths:
    """The folders below ``home``, or the platform's. Raises UsageError."""
    from kaltimtui.paths import HOME_VARIABLE, Paths

    try:
        return Paths.find(home)
    except RuntimeError:  # "~name" without such a user
        raise UsageError(
            _("{path} names the home of nobody.").format(path=home or os.environ[HOME_VARIABLE]),
            hint=_("Give --home as a folder."),
        ) from None
