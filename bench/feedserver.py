"""A hundred feeds on loopback, each answer 50 ms away, in a process of its own.

It prints its port, and serves until its standard input ends. ``/N`` is a feed, ``/N?new`` one
with five newer entries, ``/bad/N`` is never answered, ``/page/N`` is an article of a portal.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING, Final

from bench.news import SOURCES, News
from kaltimtui.document import block_text

if TYPE_CHECKING:
    from kaltimtui.models import ArticleData

LATENCY: Final = 0.05
ENTRIES: Final = 50
NEW: Final = 5
_HEAD: Final = (
    "HTTP/1.1 {status}\r\nETag: {tag}\r\nContent-Type: application/rss+xml\r\n"
    "Content-Length: {length}\r\n\r\n"
)


def rss(number: int, articles: list[ArticleData]) -> bytes:
    """A feed as any of WordPress's, with the whole text in its descriptions."""
    site = f"https://kabar-{number:03}.example"
    items = "".join(map(_item, articles))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>Kabar {number:03}</title><link>{site}/</link><description>Contoh</description>"
        f"{items}</channel></rss>"
    ).encode()


def _item(article: ArticleData) -> str:
    assert article.url is not None
    assert article.published is not None
    body = "".join(f"<p>{escape(block_text(block))}</p>" for block in article.document.blocks)
    return (
        f"<item><title>{escape(article.title)}</title><link>{escape(article.url)}</link>"
        f"<guid>{escape(article.guid or article.url)}</guid>"
        f"<pubDate>{format_datetime(article.published.moment)}</pubDate>"
        f"<category>{escape(article.category or '')}</category>"
        f"<description>{escape(body)}</description></item>"
    )


def feeds() -> dict[bytes, bytes]:
    """The bodies of all feeds, by the paths they are asked for at."""
    news = News()
    (first,) = news.rounds(SOURCES * ENTRIES, ENTRIES)
    found: dict[bytes, bytes] = {}
    for number, articles in enumerate(first):
        found[b"/%d" % number] = rss(number, articles[NEW:])
        found[b"/%d?new" % number] = rss(number, articles)
    return found


class Server:
    """Answers by the path alone; keeps connections."""

    def __init__(self, bodies: dict[bytes, bytes]) -> None:
        self._answers = {path: self._packed(body) for path, body in bodies.items()}

    @staticmethod
    def _packed(body: bytes) -> tuple[bytes, bytes, bytes]:
        """The tag, the whole answer, and the one for who has it already."""
        tag = f'"{len(body)}-{hash(body) & 0xFFFFFF:x}"'
        whole = _HEAD.format(status="200 OK", tag=tag, length=len(body)).encode() + body
        same = _HEAD.format(status="304 Not Modified", tag=tag, length=0).encode()
        return tag.encode(), whole, same

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                asked = await reader.readuntil(b"\r\n\r\n")
                path = asked.split(b" ", 2)[1]
                await asyncio.sleep(LATENCY)
                if path.startswith(b"/bad/"):
                    await asyncio.Event().wait()
                tag, whole, same = self._answers[path]
                writer.write(same if b"if-none-match: " + tag in asked.lower() else whole)
                await writer.drain()


async def main() -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(Server(feeds()).serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)  # whoever still waits gets no answer


if __name__ == "__main__":
    asyncio.run(main())
