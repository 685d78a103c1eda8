"""The reader on a news portal of its own, or the portal alone: ``demo``."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from tempfile import TemporaryDirectory
from threading import Event
from typing import TYPE_CHECKING, Final

from kaltimtui.cli import read
from kaltimtui.cli.context import Context
from kaltimtui.errors import UsageError, refusal
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from kaltimtui.demo.portal import Portal

PUBLISHED_EVERY: Final = 6.0
REFRESHED_EVERY: Final = 10.0
"""Seconds."""


def run(context: Context) -> int:
    """Show the reader in a home that is gone afterwards, or serve the portal until interrupted."""
    from kaltimtui.demo.portal import Portal
    from kaltimtui.demo.show import Press

    values = context.values
    if not values.serve:
        read.require_terminal()
    try:
        portal = Portal(clock=context.clock, articles=values.articles, port=values.port)
    except (OSError, OverflowError) as error:
        reason = refusal(error) if isinstance(error, OSError) else _("there is no such port")
        raise UsageError(
            _("Nothing can be served at port {port}: {reason}.").format(
                port=values.port, reason=reason
            )
        ) from None
    with portal, Press(portal, PUBLISHED_EVERY):
        status = _serve(context, portal) if values.serve else _show(context, portal)
    read.leave_readers(status)
    return status


def _serve(context: Context, portal: Portal) -> int:
    """Tell where the portal is, and stay; Ctrl+C ends it."""
    out = context.out
    with suppress(KeyboardInterrupt):
        if out.json:
            out.data({"url": portal.at("/")})
        else:
            out.line(portal.at("/"))
        out.flush()
        out.tell(_("Ctrl+C ends it."))
        Event().wait()
    return 0


def _show(context: Context, portal: Portal) -> int:
    from kaltimtui.demo.show import settle

    with TemporaryDirectory(prefix="kaltimtui-demo-", ignore_cleanup_errors=True) as home:
        shown = Context(
            Namespace(**(vars(context.values) | {"home": home})), context.out, context.clock
        )
        settle(shown.paths, portal, context.clock)
        return read.show(shown, every=REFRESHED_EVERY)
