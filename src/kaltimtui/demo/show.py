"""A home in which the reader is shown: the demo portal is all there is, and it has news."""

from __future__ import annotations

from itertools import cycle
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, Self

from kaltimtui import subscriptions
from kaltimtui.demo.site import COAST, SLOW, VILLAGE
from kaltimtui.library import Library
from kaltimtui.paths import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from kaltimtui.demo.portal import Portal
    from kaltimtui.paths import Paths

_PROFILE: Final = "sites/contoh.toml"
_STATE: Final = b'{"offered": true}'
"""What the screen remembers: that it has suggested sources, which it does not do here."""
_YET_TO_COME: Final = 15
"""Of the portal's articles, the newest: those that the home does not have yet."""
_TURNS: Final = (None, VILLAGE, None, COAST, None, SLOW)
"""Where one article after the other appears; None: on the portal itself."""


def settle(paths: Paths, portal: Portal, clock: Callable[[], datetime]) -> None:
    """Make a home whose only sources are those of the portal; it has all but the last news."""
    write_atomically(paths.config / _PROFILE, portal.profile.encode())
    write_atomically(paths.screen_state, _STATE)
    library = Library.open(paths, clock=clock)
    try:
        known = subscriptions.of(library)
        for source in known.all():  # the portal of the province is not asked here
            known.remove(source.id)
        for data in portal.sources:
            known.add(data, private=True)
        library.store_articles(portal.sources[0], portal.articles[_YET_TO_COME:])
    finally:
        library.close()


class Press:
    """Publishes an article every so many seconds, as long as the context lasts."""

    def __init__(self, portal: Portal, seconds: float) -> None:
        self._portal = portal
        self._seconds = seconds
        self._over = Event()
        self._thread = Thread(target=self._run, name="press", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        turns = cycle(_TURNS)
        while not self._over.wait(self._seconds):
            self._portal.publish(feed=next(turns))
