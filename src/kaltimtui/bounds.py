"""Bounds that a process which reads what others made sets for itself."""

from __future__ import annotations

import signal


def bound_memory(most: int) -> None:
    """Take so many bytes of address space at most, where the system can hold one to it."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, ValueError, OSError):
        return  # not every system can


def end_in(seconds: int) -> None:
    """End this process after so many seconds, unless it is told anew before; 0: never."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
