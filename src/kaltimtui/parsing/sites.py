"""What is known of a site: its name, its hosts, and which of its addresses are articles.

A profile is a TOML file, so that a site is described without touching code::

    name = "Portal Kaltim"              # {host} stands for the host
    hosts = ["www.kaltimprov.go.id"]    # the first is the one that is kept; "*.x.go.id": any below
    articles = ["/berita/{slug}"]       # {slug}: one part of a path, {year}, {month}, {day}: digits
    categories = ["Sosial"]             # those known so far; pages may name others
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from kaltimtui import text
from kaltimtui.models import SourceData

if TYPE_CHECKING:
    from collections.abc import Callable

SAVED_PAGES: Final = SourceData("Halaman Tersimpan", "portal")
"""Where pages belong that tell no address and do not look like the portal's."""
NAME_LIMIT: Final = 200
"""Characters of the name of a source."""
_TRACKING: Final = frozenset(
    {
        "fbclid",
        "gclid",
        "dclid",
        "msclkid",
        "yclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "ref_src",
    }
)
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_SLUG_HYPHENS: Final = 3
"""Hyphens by which a path of one part is told to be an article's."""
_PARTS: Final = {
    "slug": r"[^/]+",
    "year": r"(?:19|20)[0-9]{2}",
    "month": r"(?:0[1-9]|1[0-2])",
    "day": r"(?:0[1-9]|[12][0-9]|3[01])",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """One site."""

    name: str
    hosts: tuple[str, ...]
    articles: tuple[tuple[re.Pattern[str], str], ...]
    """Paths of articles, each with what such a path ends in: a slash or nothing."""
    categories: tuple[str, ...] = ()

    def knows(self, host: str) -> bool:
        """Whether a host is one of the site's."""
        return host in self.hosts or any(
            host.endswith(name[1:]) for name in self.hosts if name.startswith("*.")
        )

    def host(self, host: str) -> str:
        """The host under which addresses are kept."""
        return host if self.hosts[0].startswith("*.") else self.hosts[0]

    def article_path(self, path: str) -> str | None:
        """The form in which the path of an article is kept; None where it is none."""
        for pattern, end in self.articles:
            if pattern.fullmatch(path):
                return path.rstrip("/") + end
        return None


@lru_cache(maxsize=1)
def profiles() -> tuple[Profile, ...]:
    """The profiles of the package; those with hosts of their own before those of whole domains."""
    folder = resources.files(__package__) / "profiles"
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    read = [_profile(tomllib.loads(file.read_text("utf-8"))) for file in files]
    return tuple(sorted(read, key=lambda profile: (profile.hosts[0].startswith("*"), profile.name)))


def _profile(said: dict[str, Any]) -> Profile:
    return Profile(
        name=said["name"],
        hosts=tuple(said["hosts"]),
        articles=tuple(map(_pattern, said["articles"])),
        categories=tuple(said.get("categories", ())),
    )


def _pattern(path: str) -> tuple[re.Pattern[str], str]:
    """A path with parts in braces as a pattern that takes it with and without a slash."""
    parts = re.split(r"\{(\w+)\}", path.rstrip("/"))
    fixed = [re.escape(part) for part in parts[::2]]
    named = [_PARTS[part] for part in parts[1::2]]
    pattern = "".join(a + b for a, b in zip(fixed, (*named, ""), strict=True))
    return re.compile(f"{pattern}/?"), "/" if path.endswith("/") else ""


@lru_cache(maxsize=1)
def categories() -> frozenset[str]:
    """The categories that any profile names, in lower case."""
    return frozenset(name.lower() for profile in profiles() for name in profile.categories)


def profile_of(url: str) -> Profile | None:
    """The profile of the site that an address belongs to."""
    host = text.host(url)
    return next((profile for profile in profiles() if profile.knows(host)), None)


def canonical(url: str) -> str:
    """The form in which a safe address is kept, the same for all that lead to one article.

    Without fragment, tracking and default port. On a site with a profile: https, its main host,
    and the slash at the end of an article as the site has it.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(scheme, ":"))
    path = parts.path or "/"
    profile = profile_of(url)
    if profile is not None and profile.knows(host):
        scheme, host = "https", profile.host(host)
        path = profile.article_path(path) or path
    return urlunsplit(SplitResult(scheme, host, path, _query(parts.query), ""))


def _query(query: str) -> str:
    """A query without what only tells where a reader came from."""
    if not query:
        return ""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return query
    kept = [pair for pair in pairs if not _is_tracking(pair[0])]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _is_tracking(name: str) -> bool:
    return name.lower().startswith("utm_") or name.lower() in _TRACKING


def is_article(url: str) -> bool:
    """Whether an address is that of an article of a site with a profile."""
    profile = profile_of(url)
    return profile is not None and profile.article_path(urlsplit(url).path) is not None


def article_test(page: str | None) -> Callable[[str], bool]:
    """A test for addresses of other articles, also by their likeness to that of one page.

    Likeness counts on sites without a profile, where the page's path has a form of its own.
    """
    form = _form(page) if page and profile_of(page) is None else None

    def test(url: str) -> bool:
        if not is_article(url) and (form is None or _form(url) != form):
            return False
        return canonical(url) != page

    return test


def _form(url: str) -> tuple[str, ...] | None:
    """Host and path with the last part left open and digits alike; None for a short path."""
    parts = urlsplit(url)
    *folders, slug = parts.path.strip("/").split("/")
    if not slug or (not folders and slug.count("-") < _SLUG_HYPHENS):
        return None
    return (parts.netloc.lower(), *(re.sub(r"[0-9]", "0", folder) for folder in folders))


def source_of(url: str) -> SourceData | None:
    """The site that an address belongs to, if there is a profile of it."""
    profile = profile_of(url)
    if profile is None:
        return None
    host = profile.host(text.host(url))
    return SourceData(profile.name.format(host=host), "portal", f"https://{host}/")
