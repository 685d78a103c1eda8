"""How the allocator of the C library deals with big buffers."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
"""Names of settings in ``malloc.h`` of glibc."""
BIG: Final = 256 * 1024


@lru_cache(maxsize=1)
def free_at_once() -> None:
    """Have big buffers go back to the system when they are freed, where the C library can do that.

    SQLite merges the hits of a beginning in buffers of up to 20 MB. Left alone, glibc takes the
    first of them as the measure of what to keep, in each thread: 50 MB on a million articles.
    """
    if sys.platform != "linux":
        return
    import ctypes  # takes as long to load as a picture of the screen: not before it is needed

    try:
        set_option = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library than glibc
        return
    set_option(_MMAP_THRESHOLD, BIG)
    set_option(_TRIM_THRESHOLD, BIG)
