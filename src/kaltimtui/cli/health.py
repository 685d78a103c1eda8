"""Whether all is well, and where things are: ``doctor`` and ``paths``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaltimtui.cli.context import Context
    from kaltimtui.paths import Paths


def run_paths(context: Context) -> int:
    """Print the folders and the files of the home, whether they exist or not."""
    places = _places(context.paths)
    if context.out.json:
        context.out.data(places)
        return 0
    column = max(map(len, places)) + 2
    for name, path in places.items():
        if context.out.terminal:
            context.out.line(name.ljust(column), path)
        else:
            context.out.row(name, path)
    return 0


def _places(paths: Paths) -> dict[str, str]:
    return {
        "config": str(paths.config),
        "data": str(paths.data),
        "cache": str(paths.cache),
        "state": str(paths.state),
        "store": str(paths.store),
    }
