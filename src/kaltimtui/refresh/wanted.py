"""What waits to be fetched for single articles: their whole text, their pictures."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kaltimtui import importing, text
from kaltimtui.errors import FetchError, ParseError, UsageError
from kaltimtui.i18n import _
from kaltimtui.net.backoff import pause
from kaltimtui.net.client import Request
from kaltimtui.paths import write_atomically
from kaltimtui.refresh.feeds import read_in
from kaltimtui.refresh.reading import no_article, wanted
from kaltimtui.refresh.visit import PAGE, unwanted
from kaltimtui.store import keys, pictures, reading, sources, wishes
from kaltimtui.store.schema import ASIDE_REMOVED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from kaltimtui.models import Article, ArticleData, SourceData
    from kaltimtui.refresh.feeds import Means
    from kaltimtui.refresh.ports import Rules
    from kaltimtui.store.connection import Connection, Database
    from kaltimtui.store.wishes import Wish, WishKind

GAP: Final = 1.0
"""Seconds between two pages of one host."""
AT_ONCE: Final = 8
SOME: Final = 500
"""Wishes that are granted in one go; the others wait for the next."""
PICTURE: Final = "image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.5"
_GAP_WHILE_READING: Final = 0.1
"""Seconds between two pictures of one host, for who waits for them."""
PICTURE_LIMIT: Final = 8 * 1024 * 1024
_PICTURES: Final = 30
"""Of one article."""
_TRIES: Final = 6
_FIRST_PAUSE: Final = 15 * 60.0
_LONGEST_PAUSE: Final = 24 * 3600.0
_KINDS: Final = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
}


@dataclass(frozen=True, slots=True)
class Wants:
    """What granting wishes works with."""

    means: Means
    rules: Rules
    database: Database
    private: Mapping[int, frozenset[str]]
    """By source: the hosts with their ports that its user typed, which may be anywhere."""

    def places(self, source: int) -> frozenset[str]:
        """What may be in a private network for an article of this source."""
        return self.private.get(source, frozenset())


async def fetch_texts(wants: Wants) -> int:
    """Fetch the pages of articles whose whole text is wished for; how many texts were taken."""

    async def grant(wish: Wish) -> int:
        page = await page_of(wants, wish.url, wants.places(wish.source), asked=False)
        now = wants.means.clock()
        return await asyncio.to_thread(importing.keep_text, wants.database, wish.uid, page, now)

    return await _grant_all(wants, "text", grant)


async def fetch_text(wants: Wants, uid: int) -> bool:
    """Fetch the page of one article, as its reader asks; whether it says more than the feed.

    Where that cannot be done now, the wish for it waits. Raises FetchError, and UsageError where
    the article tells no address.
    """
    wish = await asyncio.to_thread(wish_text, wants.database, uid, wants.means.clock())
    try:
        page = await page_of(wants, wish.url, wants.places(wish.source), asked=True)
    except FetchError as error:
        await asyncio.to_thread(_put_off, wants, wish, "text", error)
        raise
    now = wants.means.clock()
    return await asyncio.to_thread(importing.keep_text, wants.database, uid, page, now)


def wish_text(database: Database, uid: int, now: datetime) -> Wish:
    """Wish for the whole text of an article. Raises UsageError where it tells no address."""
    with database.writing() as connection:
        wishes.want(connection, [uid], "text", keys.seconds_of(now))
        wish = wishes.of_article(connection, uid, "text")
    if wish is None:
        raise UsageError(_("This article tells no address to fetch its text from."))
    return wish


async def fetch_article(wants: Wants, url: str, named_by: str | None = None) -> str:
    """Fetch an article that its reader asks for by its address, and keep it; its id.

    It goes to its portal, if that is a source; else to the source of the article that names it,
    where both are of one site; else to the pages that one saved: who follows a link asks for an
    article, not for its site. Raises FetchError.
    """
    private = frozenset[str]().union(*wants.private.values())
    page = await page_of(wants, url, private, asked=True)
    return await asyncio.to_thread(_keep_article, wants, url, page, named_by)


def _keep_article(wants: Wants, url: str, page: ArticleData, named_by: str | None) -> str:
    from kaltimtui.parsing.sites import SAVED_PAGES, canonical

    address = page.url or canonical(url)
    with wants.database.reading() as connection:
        source = _portal(connection, address) or _neighbours_source(connection, address, named_by)
    page, now = replace(page, url=address), wants.means.clock()
    return keys.public_id(importing.keep_page(wants.database, source or SAVED_PAGES, page, now))


def _portal(connection: Connection, url: str) -> SourceData | None:
    """The portal that an address is of, if there is a profile of it and it is a source."""
    from kaltimtui.parsing.sites import source_of

    site = source_of(url)
    known = sources.find(connection, site) if site else None
    return site if known and not known.aside & ASIDE_REMOVED else None


def _neighbours_source(connection: Connection, url: str, named_by: str | None) -> SourceData | None:
    """The source of the article that names an address, if this is of the same site.

    The site is that of the source's address, or of the article's: a feed may lie elsewhere.
    """
    from kaltimtui.parsing.sites import of_one_site

    uid = keys.uid_of(named_by) if named_by else None
    source = sources.of_article(connection, uid) if uid is not None else None
    if uid is None or source is None or source.aside & ASIDE_REMOVED:
        return None
    data = sources.data(connection, source)
    known = filter(None, (data.url, reading.address(connection, uid)))
    ours = data.kind != "sample" and any(of_one_site(url, address) for address in known)
    return data if ours else None


def is_neighbour(database: Database, url: str, named_by: str) -> bool:
    """Whether an address is of the same site as the article that names it, or its source."""
    with database.reading() as connection:
        return _neighbours_source(connection, url, named_by) is not None


async def page_of(wants: Wants, url: str, private: frozenset[str], *, asked: bool) -> ArticleData:
    """The article that an address shows. Raises FetchError, also where it shows none.

    ``asked``: the user asks for this very page, as with a browser, so no rules for robots apply.
    """
    if not asked and not await wants.rules.allowed(url, private):
        raise unwanted(url)
    answer = await wants.means.client.fetch(Request(url, accept=PAGE, private=private, gap=GAP))
    try:
        return await read_in(wants.means, wanted, answer.body, answer.url)
    except ParseError as error:
        raise no_article(answer.url) from error


async def fetch_pictures(wants: Wants, folder: Path) -> int:
    """Fetch the pictures of starred articles into files; how many are new."""

    async def grant(wish: Wish) -> int:
        source, urls = await asyncio.to_thread(_lacking, wants.database, wish.uid)
        new = 0
        for url in urls:
            new += await _fetch_picture(wants, wish.uid, source, url, folder)
        await asyncio.to_thread(_strike_off, wants.database, wish.uid)
        return new

    return await _grant_all(wants, "pictures", grant)


async def fetch_for_reader(wants: Wants, uid: int, folder: Path, came: Callable[[], object]) -> int:
    """Fetch the pictures of an article that is being read; how many of them are not here then.

    ``came`` is told of each. Nothing is tried again by itself.
    """
    source, urls = await asyncio.to_thread(_lacking, wants.database, uid)
    missing = len(urls)
    for url in urls:
        try:
            here = await _fetch_picture(wants, uid, source, url, folder, gap=_GAP_WHILE_READING)
        except FetchError as error:
            if error.unreached:
                break
        except OSError:  # no room for it, or no place
            break
        else:
            if here:
                missing -= 1
                came()
    return missing


def addresses(article: Article) -> list[str]:
    """Where an article's pictures are, the lead picture first."""
    named = [article.image, *(image.url for image in article.document.images())]
    found = dict.fromkeys(url for url in map(text.address, named) if url)
    return list(found)[:_PICTURES]


async def _fetch_picture(
    wants: Wants, uid: int, source: int, url: str, folder: Path, *, gap: float = GAP
) -> bool:
    """One picture into its file; whether it is there. Raises FetchError where it may come later."""
    private = wants.places(source)
    request = Request(url, accept=PICTURE, private=private, gap=gap, limit=PICTURE_LIMIT)
    try:
        answer = await wants.means.client.fetch(request)
    except FetchError as error:
        if error.final:
            return False
        raise
    now = wants.means.clock()
    return await asyncio.to_thread(_put_picture, wants.database, uid, url, answer.body, folder, now)


def _put_picture(
    database: Database, uid: int, url: str, data: bytes, folder: Path, now: datetime
) -> bool:
    kind = kind_of(data)
    if kind is None:
        return False
    name = f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.{kind}"
    # Both or neither, and not while another process looks for files that nothing is known of.
    with database.writing() as connection:
        picture = pictures.Picture(url, name, len(data))
        pictures.keep(connection, uid, picture, keys.seconds_of(now))
        write_atomically(folder / name, data)
    return True


def kind_of(data: bytes) -> str | None:
    """What kind of picture some bytes are, as the end of a file's name; None where they are none.

    Told by how they begin, never by what a server calls them.
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in _KINDS.items() if data.startswith(start)), None)


def any_due(database: Database, kinds: Iterable[WishKind], now: datetime) -> bool:
    """Whether anything of these kinds waits to be fetched by now."""
    seconds = keys.seconds_of(now)
    with database.reading() as connection:
        return any(wishes.due(connection, kind, seconds, 1) for kind in kinds)


# --- wishes ------------------------------------------------------------------------------------


async def _grant_all(wants: Wants, kind: WishKind, grant: Callable[[Wish], Awaitable[int]]) -> int:
    """Try every wish that is due, several at once; the sum of what granting them gave."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(wish: Wish) -> int:
        async with places:
            try:
                return await grant(wish)
            except FetchError as error:
                await asyncio.to_thread(_put_off, wants, wish, kind, error)
            except OSError:  # no room for a picture, or no place
                await asyncio.to_thread(_put_off, wants, wish, kind)
            return 0

    due = await asyncio.to_thread(_due, wants, kind)
    async with asyncio.TaskGroup() as tasks:
        granted = [tasks.create_task(one(wish)) for wish in due]
    return sum(task.result() for task in granted)


def _due(wants: Wants, kind: WishKind) -> Iterable[Wish]:
    now = keys.seconds_of(wants.means.clock())
    with wants.database.reading() as connection:
        return wishes.due(connection, kind, now, SOME)


def _put_off(wants: Wants, wish: Wish, kind: WishKind, error: FetchError | None = None) -> None:
    """Try again later, ever more rarely; never again where that is of no use.

    ``error``: what kept it from being fetched; None where it could not be put away.
    """
    silence = (error.retry_after if error else None) or 0.0
    seconds = pause(wish.tries + 1, _FIRST_PAUSE, _LONGEST_PAUSE, wants.means.random)
    again = wants.means.clock() + timedelta(seconds=max(seconds, silence))
    with wants.database.writing() as connection:
        if (error and error.final) or wish.tries + 1 >= _TRIES:
            wishes.done(connection, [wish.uid], kind)
        else:
            wishes.failed(connection, wish.uid, kind, keys.seconds_of(again))


# --- the store ---------------------------------------------------------------------------------


def _lacking(database: Database, uid: int) -> tuple[int, list[str]]:
    """The source of an article, and where its pictures are that lie in no file yet.

    Those that do, as another article has them, belong to this one too from then on.
    """
    with database.reading() as connection:
        article = reading.article(connection, uid, related=False)
        source = sources.of_article(connection, uid)
    if article is None or source is None:
        return 0, []
    with database.writing() as connection:
        urls = addresses(article)
        return source.id, [url for url in urls if pictures.use(connection, uid, url) is None]


def _strike_off(database: Database, uid: int) -> None:
    with database.writing() as connection:
        wishes.done(connection, [uid], "pictures")


def sweep_pictures(database: Database, folder: Path, budget: int, now: datetime) -> None:
    """Give up the pictures that are too many, and the files that nothing is known of.

    ``budget``: what all of them may take up, in bytes; the ones that matter least go first. With
    none at all they are wished for anew, for when there is one. Only for a store that is in a
    file: one in memory knows nothing of the pictures of that.
    """
    with database.reading() as connection:
        over = pictures.total(connection) > budget
        known = pictures.files(connection)
    if not over and not _strays(folder, known):
        return
    with database.writing() as connection:
        surplus = pictures.surplus(connection, budget)
        if not budget:
            starred = pictures.starred(connection)
            wishes.want(connection, starred, "pictures", keys.seconds_of(now))
        pictures.forget(connection, surplus)
        # Known by now: what another process fetched meanwhile is.
        for stray in _strays(folder, pictures.files(connection)):
            with contextlib.suppress(OSError):
                stray.unlink()


def _strays(folder: Path, known: set[str]) -> list[Path]:
    """The files of a folder that are not among those known."""
    try:
        return [file for file in folder.iterdir() if file.name not in known and file.is_file()]
    except OSError:  # no folder, where there are no pictures
        return []
