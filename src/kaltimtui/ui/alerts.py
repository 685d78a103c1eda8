"""What the desktop is told of a refresh, and how it is told. Pure."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from kaltimtui import text
from kaltimtui.i18n import ngettext
from kaltimtui.ui.remote import is_remote
from kaltimtui.wording import SEPARATOR, noticed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kaltimtui.fetching import Refreshing

TITLE: Final = "kaltimtui"
_LONGEST: Final = 200
_RULES: Final = 3
_BY_777: Final = ("rxvt", "foot")
"""How terminals call themselves that know OSC 777 and not, or not well, OSC 9."""


def said_of(came: Refreshing, *, asked: bool) -> str:
    """One line for a whole refresh; empty where there is nothing to tell.

    Who asked for a refresh sees what came; what rules tell of is told all the same.
    """
    new = 0 if asked else sum(one.new for one in came.sources)
    said = [ngettext("{count} new article", "{count} new articles", new)] if new else []
    said += map(noticed, came.notices[:_RULES])
    return text.inline(SEPARATOR.join(said), _LONGEST)


def command(said: str, environment: Mapping[str, str]) -> list[str] | None:
    """The command that has the desktop one sits at tell of it, if there is one."""
    desktop = any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if (
        desktop
        and not is_remote(environment)
        and shutil.which("notify-send", path=environment.get("PATH"))
    ):
        # As the heading: in what stands below one, a desktop may obey markup.
        return ["notify-send", f"--app-name={TITLE}", "--", said]
    return None


def sequence(said: str, environment: Mapping[str, str]) -> str:
    """What has the terminal tell of it: those that cannot take no notice."""
    line = text.inline(said, _LONGEST).replace(";", ",")
    by_777 = environment.get("VTE_VERSION") or environment.get("TERM", "").startswith(_BY_777)
    told = f"\x1b]777;notify;{TITLE};{line}\a" if by_777 else f"\x1b]9;{TITLE}: {line}\a"
    if environment.get("TMUX"):  # which hands on only what is wrapped so, where it may
        return f"\x1bPtmux;{told.replace(chr(0x1B), chr(0x1B) * 2)}\x1b\\"
    return told
