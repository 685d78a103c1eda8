"""Whether the terminal is that of another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SET_BY_SSH: Final = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")


def is_remote(environment: Mapping[str, str]) -> bool:
    """Whether one came here over SSH, by what that leaves in the environment."""
    return any(environment.get(name) for name in _SET_BY_SSH)
