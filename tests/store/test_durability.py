"""What was acknowledged is there, whatever happens to the program that said so."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kaltimtui.library import Library
from kaltimtui.models import ArticleData, SourceData, View, ViewKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.paths import Paths

    Make = Callable[..., ArticleData]

# Marks articles in an order of its own and says so each time; in between it does all else.
_BUSY = """
import random, sys
from kaltimtui.document import Document, paragraph
from kaltimtui.library import Library
from kaltimtui.models import ArticleData, Marking, SourceData, View
from kaltimtui.paths import Paths

home, seed = sys.argv[1:]
rng = random.Random(int(seed))
library = Library.open(Paths.find(home))
ids = [row.id for row in library.rows(View())]
rng.shuffle(ids)
number = 0
print("begun", flush=True)
for id_ in ids:
    change = library.mark([id_], [Marking("starred", True), Marking("tag", "a")])
    assert change.count == 1
    print(id_, flush=True)
    number += 1
    body = Document((paragraph("isi " * 500),))
    library.store_articles(
        SourceData("Lain", "feed"),
        [ArticleData(f"{seed} {number} {n}", guid=f"{seed} {number} {n}", document=body)
         for n in range(20)],
    )
    library.mark_view(View(), Marking("read", number % 2 == 0))
"""


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_program_loses_nothing_that_it_said_was_kept(
    paths: Paths, library: Library, portal: SourceData, make: Make, seed: int
) -> None:
    library.store_articles(portal, [make(number) for number in range(100)])
    library.close()
    acknowledged: list[str] = []
    enough = random.Random(seed).randint(1, 12)
    child = subprocess.Popen(
        [sys.executable, "-c", _BUSY, str(paths.data.parent), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        while len(acknowledged) < enough:
            acknowledged.append(child.stdout.readline().strip())
        child.kill()
        acknowledged += child.stdout.read().split()
    library = Library.open(paths)
    report = library.doctor()
    assert report.ok, report
    for id_ in acknowledged:
        article = library.article(id_)
        assert (article.starred, article.tags) == (True, ("a",))
    # One more may have been kept when the program was killed before it could say so.
    assert library.count(View(ViewKind.STARRED)).total - len(acknowledged) in (0, 1)
    library.close()


_MARKING = """
import sys
from kaltimtui.library import Library
from kaltimtui.models import Marking
from kaltimtui.paths import Paths

library = Library.open(Paths.find(sys.argv[1]))
field, *ids = sys.argv[2:]
print("begun", flush=True)
sys.stdin.readline()
for id_ in ids:
    library.mark([id_], [Marking(field, True), Marking("tag", field)])
library.close()
"""


def test_two_programs_that_mark_at_once_lose_nothing(
    paths: Paths, library: Library, portal: SourceData, make: Make
) -> None:
    library.store_articles(portal, [make(number) for number in range(80)])
    ids = [row.id for row in library.rows(View())]
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _MARKING, str(paths.data.parent), field, *order],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for field, order in (("starred", ids), ("later", ids), ("read", ids[::-1]))
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        child.communicate()
        assert child.returncode == 0
    for id_ in ids:
        article = library.article(id_)
        assert (article.starred, article.later, article.read) == (True, True, True)
        assert article.tags == ("later", "read", "starred")
    assert library.doctor().ok
    steps = 0
    while library.undo():
        steps += 1
    assert steps == 3 * len(ids)
    assert library.navigation().all.unread == len(ids)
