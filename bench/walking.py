"""A walk through a whole portal as a process, from network to index, beside the bare fetching."""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bench import process
from bench.process import PROGRAM, PYTHON, ratio
from bench.table import Row, ms, times
from kaltimtui import subscriptions
from kaltimtui.library import Library
from kaltimtui.models import SourceData
from kaltimtui.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES: Final = 500
_NAME: Final = "Portal Contoh"
_FLOOR: Final = str(Path(__file__).with_name("floor_pages.py"))
_WANTED: Final = 1.5


def measure(repeats: int) -> Iterator[Row]:
    """Both in turns, each walk into a home of its own."""
    with served() as portal, tempfile.TemporaryDirectory(prefix="kaltimtui-bench-") as made:
        root = Path(made)
        pages = root / "pages"
        pages.write_text("\n".join(portal["articles"]))
        homes = iter(_home(root / str(number), portal) for number in range(repeats + 1))
        walk = (PROGRAM, "--quiet", "refresh", _NAME, "--backfill", str(ARTICLES))
        found = process.rounds(
            {
                "gather": lambda: process.run((PYTHON, _FLOOR, str(pages)), {}),
                "ours": lambda: process.run(walk, process.environment(next(homes))),
            },
            repeats,
        )
        _check(root / str(repeats))
    walls = {name: [cost.wall for cost in costs] for name, costs in found.items()}
    slower = ratio(walls["ours"], walls["gather"])
    yield Row(
        "",
        f"portal walk of {ARTICLES} pages",
        ms(statistics.median(walls["ours"])),
        f"gather: {ms(statistics.median(walls['gather']))}",
        times(slower),
        f"at most {_WANTED:g} x",
        slower <= _WANTED,
    )


@contextlib.contextmanager
def served() -> Iterator[dict[str, Any]]:
    """The portal: its profile and the addresses of its articles."""
    command = (PYTHON, "-m", "bench.portalserver", str(ARTICLES))
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield json.loads(server.stdout.readline())
        finally:
            server.communicate()


def _home(folder: Path, portal: dict[str, Any]) -> Path:
    """A home whose only source is the portal, with nothing of it yet."""
    paths = Paths.find(str(folder))
    (paths.config / "sites").mkdir(parents=True)
    (paths.config / "sites" / "contoh.toml").write_text(portal["profile"])
    library = Library.open(paths)
    kept = subscriptions.of(library)
    for source in kept.all():
        kept.remove(source.id)
    kept.add(SourceData(_NAME, "portal", portal["home"]), private=True)
    library.close()
    return folder


def _check(folder: Path) -> None:
    """A walk that was quick because it left pages out is none."""
    library = Library.open(Paths.find(str(folder)))
    count = library.navigation().all.total
    library.close()
    assert count >= ARTICLES, f"{count} of {ARTICLES} articles were kept"
