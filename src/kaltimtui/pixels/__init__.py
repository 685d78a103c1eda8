"""Pictures as pixels for a terminal: how large they are, how they fit, and what they look like.

Only ``worker`` loads Pillow, in a process of its own; nothing here knows of a screen.
"""

from __future__ import annotations

from importlib.util import find_spec


def can_draw() -> bool:
    """Whether what reads pictures is installed; looks for it and loads nothing."""
    return find_spec("PIL") is not None
