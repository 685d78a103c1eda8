"""``python -m bench stores 1000 100000 1000000``, then ``python -m bench run``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bench import (
    keys,
    lists,
    marking,
    memory,
    newsboat,
    operations,
    refreshing,
    searches,
    settling,
    starts,
    stores,
    texts,
    walking,
)
from bench.table import Row, markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Measure = Callable[[Path, Sequence[str], int], Iterable[Row]]

_NAMES: Final = ("1000", "10000", "1000000")
_REPEATS: Final = 11
_QUICK: Final = 5
_MEASURES: Final[dict[str, Measure]] = {
    "starts": starts.measure,
    "searches": lambda folder, names, _repeats: searches.measure(folder, names[-2:]),
    "keys": keys.measure,
    "memory": lambda folder, names, _repeats: memory.measure(folder, (names[0], names[-1])),
    "lists": lists.measure,
    "marking": lambda folder, names, _repeats: marking.measure(folder, names),
    "settling": lambda folder, names, _repeats: settling.measure(folder, names),
    "operations": operations.measure,
    "newsboat": newsboat.measure,
    "texts": lambda folder, _names, _repeats: texts.measure(folder),
    "refreshing": lambda folder, names, _repeats: refreshing.measure(folder, names, _QUICK),
    "walking": lambda _folder, _names, _repeats: walking.measure(_QUICK),
}
"""In the order of the goals; what is fetched, at each of few sizes, fewer times."""


def main() -> None:
    """Do what the command line says."""
    said = _parser().parse_args()
    folder = said.folder.absolute()
    if said.command == "stores":
        for count in said.counts:
            tell(str(stores.build(folder, count, tell)))
            newsboat.build(folder, str(count))
        stores.build_long(folder)
        return
    if said.command == "dress":
        for name in said.names:
            tell(str(stores.dress(folder, name, tell)))
        return
    names = _NAMES[:2] if said.quick else _NAMES
    rows: list[Row] = []
    for name in said.only:
        tell(f"measuring: {name}")
        rows += _MEASURES[name](folder, names, _QUICK if said.quick else _REPEATS)
    print(markdown(rows))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--folder", type=Path, default=stores.FOLDER, help="where the stores are")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("stores", help="make stores of so many articles")
    make.add_argument("counts", type=int, nargs="+")
    dress = commands.add_parser("dress", help="give stores that are there what a reader makes")
    dress.add_argument("names", nargs="+", metavar="store")
    run = commands.add_parser("run", help="measure, and print the table")
    run.add_argument("--quick", action="store_true", help="not the biggest store, and fewer times")
    run.add_argument("--only", nargs="+", choices=_MEASURES, default=list(_MEASURES))
    return parser


def tell(message: str) -> None:
    """Say how far it has come; standard output has the table alone."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
