"""The floor of a refresh: a hundred requests by bare httpx, 16 at once, nothing read of them.

``floor_gather.py PORT [ETAGS]``: with a file of entity tags it asks whether anything is new, and
else it writes them there.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import httpx

SOURCES = 100
AT_ONCE = 16


async def main(paths: list[str], tags: dict[str, str]) -> dict[str, str]:
    """Ask for all of them; the tags they have now."""
    places = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(timeout=20, limits=httpx.Limits(max_connections=None)) as client:

        async def one(path: str) -> tuple[str, str]:
            headers = {"If-None-Match": tags[path]} if path in tags else {}
            async with places:
                answer = await client.get(path, headers=headers)
            return path, answer.headers.get("etag", "")

        return dict(await asyncio.gather(*map(one, paths)))


if __name__ == "__main__":
    port, kept = sys.argv[1], Path(sys.argv[2])
    known = json.loads(kept.read_text()) if kept.exists() else {}
    asked = [f"http://127.0.0.1:{port}/{number}" for number in range(SOURCES)]
    kept.write_text(json.dumps(asyncio.run(main(asked, known))))
