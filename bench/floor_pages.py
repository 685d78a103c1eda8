"""The floor of a walk: every page by bare httpx, eight at once, nothing read of them.

``floor_pages.py FILE``: the file has one address a line.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import httpx

AT_ONCE = 8


async def main(addresses: list[str]) -> None:
    """Ask for all of them."""
    places = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(timeout=20) as client:

        async def one(address: str) -> None:
            async with places:
                (await client.get(address)).raise_for_status()

        await asyncio.gather(*map(one, addresses))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_text().split()))
