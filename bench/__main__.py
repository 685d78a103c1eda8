"""``python -m bench stores 1000 100000 1000000``, then ``python -m bench run``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench import keys, starts, stores
from bench.table import markdown


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--folder", type=Path, default=stores.FOLDER, help="where the stores are")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("stores", help="make stores of so many articles")
    make.add_argument("counts", type=int, nargs="+")
    measure = commands.add_parser("run", help="measure, and print the table")
    measure.add_argument("--quick", action="store_true", help="without the biggest store")
    said = parser.parse_args()
    folder = said.folder.absolute()
    rows = list(keys.measure(folder, ["100000"], 5))
    print(markdown(rows))


if __name__ == "__main__":
    sys.exit(main())
