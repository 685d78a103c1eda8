"""Which proxy a host is asked through: the one that was set, else the environment's."""

from __future__ import annotations

from urllib.request import getproxies, proxy_bypass

from kaltimtui.net import guard


class Proxies:
    """``proxy``: the address to go through; None: as the environment says; "": none ever.

    ``NO_PROXY`` holds for both, and one's own machine is always asked directly.
    """

    def __init__(self, proxy: str | None) -> None:
        if proxy is None:
            self._by_scheme = getproxies()
        else:
            self._by_scheme = {"all": proxy} if proxy else {}

    def of(self, scheme: str, host: str) -> str | None:
        """The proxy for a host, with its scheme, or None."""
        found = self._by_scheme.get(scheme) or self._by_scheme.get("all")
        if not found or guard.own_machine(host) or proxy_bypass(host):
            return None
        return found if "://" in found else f"http://{found}"
