"""What a walk may still do, and which articles are news to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kaltimtui.refresh.pool import Rank

if TYPE_CHECKING:
    from kaltimtui.dates import Stamp
    from kaltimtui.models import ArticleData
    from kaltimtui.refresh.pool import Job

_DAY: Final = 86_400


@dataclass(slots=True)
class Room:
    """So many pages of each kind are left to a walk. Times are in seconds since 1970."""

    now: int
    older: int | None
    """Articles to be kept that are no newer than ``newest``; None: it does not matter."""
    newest: int | None = None
    """When the newest article was published that was kept before."""
    articles: int = 0
    lists: int = 0
    sitemaps: int = 0
    spare: int = 0
    """Pages without an article that may be come upon and others read for."""
    follow_all: bool = False
    """Whether what is undated, or older than what is kept, is read too."""

    def take(self, job: Job) -> bool:
        """Whether there is room for a job; it is taken."""
        match job.kind:
            case "article":
                if self.articles and (self.older != 0 or self._is_dated_news(job)):
                    self.articles -= 1
                    return True
            case "list":
                if self.lists and self.articles:
                    self.lists -= 1
                    return True
            case "sitemap":
                self.sitemaps -= 1
                return self.sitemaps >= 0
            case "feed":
                return True
        return False

    def make_up(self) -> None:
        """Give back the room of a page that brought no article."""
        if self.spare:
            self.spare -= 1
            self.articles += 1

    def keep(self, job: Job, article: ArticleData) -> bool:
        """Whether an article that was read may be kept; its room is taken.

        Not where others that were under way took the last there was for what is no news.
        """
        stamp = article.published
        if self.older is None or self._is_dated_news(job):
            return True
        if not self.is_newer(stamp, self.seconds(stamp)):
            if self.older == 0:
                return False
            self.older -= 1
        return True

    def seconds(self, stamp: Stamp | None) -> int | None:
        """When news was published; not known where it is from the future."""
        seconds = int(stamp.moment.timestamp()) if stamp else None
        return seconds if seconds is not None and seconds <= self.now + _DAY else None

    def is_newer(self, stamp: Stamp | None, seconds: int | None) -> bool:
        """Whether news may be newer than all that is kept."""
        if stamp is None or seconds is None or self.newest is None:
            return False
        return seconds + (0 if stamp.precision == "time" else _DAY) > self.newest

    def _is_dated_news(self, job: Job) -> bool:
        """Whether an article was named with a date that is newer than all that was kept before."""
        return job.rank == Rank.DATED and not self.follow_all
