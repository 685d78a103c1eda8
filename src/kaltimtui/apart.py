"""A refresh, and what pictures an article has, in a process of its own, for the reader.

What fetches and reads then takes nothing from what answers keys, neither time nor memory. The two
speak in lines of JSON: one that says what to do, then one for each step of progress, then one with
the result or the failure. When its input ends, the process keeps what it has read and ends: so it
is stopped, and so it never outlives whoever asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import threading
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kaltimtui import i18n, text
from kaltimtui.errors import KaltimtuiError, StoreError
from kaltimtui.fetching import Fetching, Refreshing, garbage_left
from kaltimtui.i18n import _
from kaltimtui.models import Progress, Refreshed
from kaltimtui.paths import Paths
from kaltimtui.rule import Notice

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import TextIO

    from kaltimtui.document import Json

_COMMAND: Final = (sys.executable, "-P", "-m", "kaltimtui.apart")
_LINE: Final = 16 * 1024 * 1024
"""Bytes of the longest line: the result tells of every source."""
STOPPING: Final = 0.6
"""Seconds that a process has to keep what it has read when it is stopped; quitting waits for it."""
_POLITE: Final = 10
"""By so much the process stands back where the processor is wanted by others, and what it begins.

Not by the most there is: what it writes would keep who marks an article waiting.
"""
_KINDS: Final = {"store": StoreError, "other": KaltimtuiError}


class Apart(Fetching):
    """Fetches as ``Fetching`` does, but what it does by itself in a process of its own."""

    async def refresh(
        self,
        ids: Sequence[int] = (),
        *,
        everything: bool = False,
        backfill: int = 0,
        report: Callable[[Progress], None] = lambda _progress: None,
    ) -> Refreshing:
        """As ``Fetching.refresh``. A library that is in memory alone cannot be shared."""
        if self._library.database.path is None:
            return await super().refresh(
                ids, everything=everything, backfill=backfill, report=report
            )
        asked = {"ids": list(ids), "everything": everything, "backfill": backfill}
        found = await self._ask(asked, lambda told: report(_progress(told)))
        notices = (Notice(rule, count, tuple(said)) for rule, count, said in found["notices"])
        return Refreshing(list(map(_refreshed, found["done"])), found["lost"], tuple(notices))

    async def pictures_of(self, article: str, came: Callable[[], object] = lambda: None) -> int:
        """As ``Fetching.pictures_of``."""
        if not self._config.images_megabytes or self._library.database.path is None:
            return 0
        found = await self._ask({"pictures": article}, lambda _told: came())
        missing: int = found["missing"]
        return missing

    async def _ask(self, asked: Json, report: Callable[[Any], object]) -> dict[str, Any]:
        """What a process answers in the end; ``report`` is told how far it has come."""
        paths = [str(path) for path in _places(self._library.paths)]
        process = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_LINE
        )
        try:
            return await _follow(
                process, {"paths": paths, "language": i18n.language(), **asked}, report
            )
        finally:
            await _end(process)


async def _follow(
    process: asyncio.subprocess.Process, asked: Json, report: Callable[[Any], object]
) -> dict[str, Any]:
    """Tell the process what to do, and hear it out."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(_packed(asked))
    async for line in process.stdout:
        said: dict[str, Any] = json.loads(line)
        match said:
            case {"progress": told}:
                report(told)
            case {"failed": kind, "message": message, "hint": hint}:
                raise _KINDS[kind](message, hint=hint)
            case _:
                return said
    raise KaltimtuiError(_("Fetching broke off."), hint=_("Try again; what had come is kept."))


async def _end(process: asyncio.subprocess.Process) -> None:
    """Let a process keep what it has read; where that takes too long, end it as it is."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOPPING)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _progress(told: dict[str, Any]) -> Progress:
    last = told.pop("last")
    return Progress(**told, last=_refreshed(last) if last else None)


def _refreshed(told: dict[str, Any]) -> Refreshed:
    return Refreshed(**told | {"missed": tuple(told["missed"])})


def _packed(said: Json) -> bytes:
    return json.dumps(said).encode() + b"\n"


def _places(paths: Paths) -> tuple[Path, ...]:
    return paths.config, paths.data, paths.cache, paths.state


# --- in the other process ----------------------------------------------------------------------


def main(said: TextIO, out: TextIO) -> None:
    """Do what the first line says and tell of it, until the input ends; nothing is raised."""
    asked = json.loads(said.readline())
    i18n.set_language(asked["language"])

    def tell(message: Json) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    try:
        found = _carry_out(asked, said, lambda told: tell({"progress": told}))
    except asyncio.CancelledError:
        return
    except KaltimtuiError as error:
        kind = "store" if isinstance(error, StoreError) else "other"
        tell({"failed": kind, "message": error.message, "hint": error.hint})
    except Exception as error:  # noqa: BLE001 - the other side tells the user
        said_of_it = text.inline(f"{type(error).__name__}: {error}")
        tell({"failed": "other", "message": said_of_it, "hint": ""})
    else:
        tell(found)


def _told(progress: Progress) -> Json:
    last = progress.last
    return progress._asdict() | {"last": last._asdict() if last else None}


def _carry_out(asked: dict[str, Any], said: TextIO, report: Callable[[Any], None]) -> Json:
    from kaltimtui.library import Library

    library = Library.open(Paths(*map(Path, asked["paths"])))
    try:
        fetching = Fetching(library)
        work = (
            _pictures(fetching, asked["pictures"], report)
            if "pictures" in asked
            else _refresh(fetching, asked, report)
        )
        with garbage_left():
            return asyncio.run(_until_stopped(work, said))
    finally:
        library.close()


async def _refresh(fetching: Fetching, asked: Json, report: Callable[[Any], None]) -> Json:
    found = await fetching.refresh(
        asked["ids"],
        everything=asked["everything"],
        backfill=asked["backfill"],
        report=lambda progress: report(_told(progress)),
    )
    done = [one._asdict() for one in found.sources]
    notices = [(one.rule, one.count, one.titles) for one in found.notices]
    return {"done": done, "lost": found.lost, "notices": notices}


async def _pictures(fetching: Fetching, article: str, report: Callable[[Any], None]) -> Json:
    return {"missing": await fetching.pictures_of(article, lambda: report(None))}


async def _until_stopped(work_to_do: Coroutine[Any, Any, Json], said: TextIO) -> Json:
    """The result, unless the input ends before. Raises CancelledError then."""
    loop, work = asyncio.get_running_loop(), asyncio.create_task(work_to_do)

    def listen() -> None:
        said.read()
        with contextlib.suppress(RuntimeError):  # it had ended by itself
            loop.call_soon_threadsafe(work.cancel)

    threading.Thread(target=listen, daemon=True).start()
    return await work


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(_POLITE)
    with contextlib.suppress(BrokenPipeError):
        main(sys.stdin, sys.stdout)
        sys.stdout.flush()
    os._exit(0)  # a thread may still be reading what nobody wants any more
