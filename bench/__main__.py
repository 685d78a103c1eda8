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
    "keys": keys.measure,
    "lists": lists.measure,
    "searches": lambda folder, names, _repeats: searches.measure(folder, names),
    "marking": lambda folder, names, _repeats: marking.measure(folder, names),
    "settling": lambda folder, names, _repeats: settling.measure(folder, names),
    "memory": lambda folder, names, _repeats: memory.measure(folder, names),
    "texts": lambda folder, _names, _repeats: texts.measure(folder),
    "operations": operations.measure,
    "newsboat": newsboat.measure,
    "refreshing": refreshing.measure,
    "walking": lambda _folder, _names, repeats: walking.measure(repeats),
}


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
    run = commands.add_parser("run", help="measure, and print the table")
    run.add_argument("--quick", action="store_true", help="not the biggest store, and fewer times")
    run.add_argument("--only", nargs="+", choices=_MEASURES, default=list(_MEASURES))
    return parser


def tell(message: str) -> None:
    """Say how far it has come; standard output has the table alone."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
