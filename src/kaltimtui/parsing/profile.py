"""A site as a TOML file describes it; docs/profiles.md tells how to write one.

::

    name = "Portal Kaltim"              # {host} stands for the host
    hosts = ["www.kaltimprov.go.id"]    # the first is the one that is kept; "*.x.go.id": any below
    articles = ["/berita/{slug}"]       # forms of addresses; {slug} is one part of a path
    categories = ["Sosial"]             # those known so far; pages may name others
    starts = ["/"]                      # pages that name news
    feeds = ["/rss.xml"]                # feeds that name news
    delay = 1.0                         # seconds between two requests
    scheme = "https"                    # in which addresses are kept
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from kaltimtui import text
from kaltimtui.errors import ParseError
from kaltimtui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NAME_LIMIT: Final = 200
"""Characters of the name of a source."""
FORMS_LIMIT: Final = 50
DELAY: Final = 1.0
"""Seconds between two requests, where a profile says nothing else."""
DELAY_MOST: Final = 60.0
KEYS: Final = frozenset(
    ("name", "hosts", "articles", "categories", "starts", "feeds", "delay", "scheme")
)
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_FIELDS_LIMIT: Final = 100
_TRACKING: Final = frozenset(
    ("fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "igsh", "mc_cid", "mc_eid")
) | {"ref_src"}
_NO_CATEGORY: Final = (
    "kategori|category|categories|tags?|topik|label|author|penulis|page|halaman|hal|search|cari"
    "|arsip|archives?|indeks|index|login|admin|user|wp-[^/]*|assets?|storage|uploads?|files?"
)
PARTS: Final = {
    "slug": r"[^/]+",
    "headline": r"[-_]*[^/_-]+(?:[-_]+[^/_-]+){3,}[-_]*",
    "category": rf"(?!(?:{_NO_CATEGORY})(?:/|$))[^/]+",
    "id": r"[0-9]+",
    "year": r"(?:19|20)[0-9]{2}",
    "month": r"(?:0?[1-9]|1[0-2])",
    "day": r"(?:0?[1-9]|[12][0-9]|3[01])",
}
"""What may stand in braces in the form of an address, and what it takes."""
_BRACES = re.compile(r"\{(\w*)\}")
_HOST = re.compile(
    r"(?:\*\.(?=[^.]+\.))?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*"
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::[0-9]{1,5})?"
)
_NAMED = re.compile(r"\.[a-z][a-z0-9-]*(?::[0-9]+)?$")
"""The end of a name on the internet; that of a number or of one's own machine is none."""
_PATH = re.compile(r"/[^\s\\#]*")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the addresses of articles."""

    written: str
    path: re.Pattern[str]
    end: str
    """What such a path ends in: a slash or nothing."""
    query: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """The fields of a query that name the article."""

    def fit(self, path: str, query: str) -> tuple[str, str] | None:
        """Path and query as they are kept, if they have this form."""
        if not self.path.fullmatch(path):
            return None
        path = path.rstrip("/") + self.end if len(path) > 1 else path
        if not self.query:
            return path, ""
        said = dict(_fields(query) or ())
        named = [(key, said.get(key, "")) for key, _value in self.query]
        whole = all(value.fullmatch(said.get(key, "")) for key, value in self.query)
        return (path, urlencode(named)) if whole else None


@dataclass(frozen=True, slots=True)
class Profile:
    """One site."""

    name: str
    hosts: tuple[str, ...]
    """With a port where it is not that of the scheme."""
    articles: tuple[Form, ...]
    categories: tuple[str, ...] = ()
    starts: tuple[str, ...] = ("/",)
    """Pages that name news, as paths."""
    feeds: tuple[str, ...] = ()
    delay: float = DELAY
    scheme: str = "https"

    def knows(self, host: str) -> bool:
        """Whether a host is one of the site's."""
        return host in self.hosts or any(
            host.endswith(name[1:]) for name in self.hosts if name.startswith("*.")
        )

    def host(self, host: str) -> str:
        """The host under which addresses are kept."""
        return host if self.hosts[0].startswith("*.") else self.hosts[0]

    def canonical(self, url: str) -> str:
        """The form in which an address is kept, the same for all that lead to one article."""
        return self._kept(urlsplit(url))[0]

    def article(self, url: str) -> str | None:
        """The canonical form of an address, if it is that of an article of the site."""
        parts = urlsplit(url)
        if not self.knows(netloc_of(parts)):
            return None
        address, is_article = self._kept(parts)
        return address if is_article else None

    def has_form(self, url: str) -> bool:
        """Whether path and query are those of an article."""
        parts = urlsplit(url)
        return self._fit(parts) is not None

    def narrowed(self, url: str) -> Profile:
        """The profile of the one site that an address belongs to, under the host it is kept by."""
        parts = urlsplit(url)
        host = netloc_of(parts)
        if not self.knows(host):  # a port of its own
            return replace(self, hosts=(host,), scheme=parts.scheme)
        if self.hosts[0].startswith("*."):
            return replace(self, hosts=_both_forms(host))
        return self

    def home(self) -> str:
        """The address of the front page; of a profile of one site."""
        return f"{self.scheme}://{self.hosts[0]}/"

    def place(self) -> str | None:
        """The path under which a bare slug is looked for: the last one that takes nothing else."""
        forms = (form.written for form in reversed(self.articles))
        return next((form for form in forms if _BRACES.findall(form) == ["slug"]), None)

    def _kept(self, parts: SplitResult) -> tuple[str, bool]:
        host, scheme = netloc_of(parts), parts.scheme
        path, query = parts.path or "/", parts.query
        if not self.knows(host):
            return urlunsplit(SplitResult(scheme, host, path, bare_query(query), "")), False
        fit = self._fit(parts)
        path, query = fit or (path, bare_query(query))
        return urlunsplit(SplitResult(self.scheme, self.host(host), path, query, "")), bool(fit)

    def _fit(self, parts: SplitResult) -> tuple[str, str] | None:
        for form in self.articles:
            if fit := form.fit(parts.path or "/", parts.query):
                return fit
        return None


def guessed(url: str, articles: Sequence[str]) -> Profile:
    """The profile of a site of which only the forms of its articles' addresses are known."""
    parts = urlsplit(url)
    host = netloc_of(parts)
    name = text.host(url).removeprefix("www.")
    forms = tuple(map(form_of, articles))
    return Profile(name, _both_forms(host), forms, scheme=parts.scheme)


def _both_forms(host: str) -> tuple[str, ...]:
    """A host, and the one with or without ``www.`` that is the same site."""
    if host.startswith("www."):
        return host, host.removeprefix("www.")
    named = _NAMED.search(host) is not None
    return (host, f"www.{host}") if named else (host,)


def netloc_of(parts: SplitResult) -> str:
    """Host and port of a safe address in their plainest form."""
    netloc = parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))
    if netloc.isascii():
        return netloc
    return text.host(f"//{netloc}") + (f":{parts.port}" if parts.port else "")


def bare_query(query: str) -> str:
    """A query without what only tells where a reader came from."""
    pairs = _fields(query)
    if pairs is None:
        return query
    kept = [pair for pair in pairs if not _is_tracking(pair[0])]
    return query if len(kept) == len(pairs) else urlencode(kept)


def _fields(query: str) -> list[tuple[str, str]] | None:
    """The fields of a query; None where there are too many to look at."""
    if not query:
        return []
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=_FIELDS_LIMIT)
    except ValueError:
        return None


def _is_tracking(name: str) -> bool:
    return name.lower().startswith("utm_") or name.lower() in _TRACKING


# --- Reading a description --------------------------------------------------------------------


def profile_from(said: dict[str, Any]) -> Profile:
    """The profile that a TOML file says. Raises ParseError with what is wrong in it."""
    name = text.optional(_said(said, "name", str), NAME_LIMIT)
    if not name:
        raise ParseError(_("it has no “{key}”").format(key="name"))
    profile = Profile(
        name=name,
        hosts=_listed(said, "hosts", _host),
        articles=_listed(said, "articles", form_of),
        categories=_listed(said, "categories", lambda word: text.inline(word, NAME_LIMIT), ()),
        starts=_listed(said, "starts", _start, ("/",)),
        feeds=_listed(said, "feeds", _feed, ()),
        delay=_delay(said.get("delay", DELAY)),
        scheme=_said(said, "scheme", str) or "https",
    )
    if profile.scheme not in ("http", "https"):
        raise ParseError(_("“{key}” is neither http nor https").format(key="scheme"))
    return profile


def _said(said: dict[str, Any], key: str, kind: type[_T]) -> _T | None:
    value = said.get(key)
    if value is not None and not isinstance(value, kind):
        raise ParseError(_("“{key}” is of the wrong type").format(key=key))
    return value


def _listed(
    said: dict[str, Any],
    key: str,
    read: Callable[[str], _T],
    default: tuple[_T, ...] | None = None,
) -> tuple[_T, ...]:
    """The values of a list of texts; one without a default must have at least one."""
    values = _said(said, key, list)
    if values is None and default is not None:
        return default
    if not values and default is None:
        raise ParseError(_("it has no “{key}”").format(key=key))
    if not all(isinstance(value, str) for value in values or ()):
        raise ParseError(_("“{key}” is of the wrong type").format(key=key))
    return tuple(map(read, (values or [])[:FORMS_LIMIT]))


def _delay(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise ParseError(_("“{key}” is no number of seconds").format(key="delay"))
    return min(float(value), DELAY_MOST)


def _host(said: str) -> str:
    host = said.strip().lower()
    if not host.isascii():
        host = text.host(f"//{host}")
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise ParseError(_("“{value}” is no host").format(value=text.inline(said, 80)))
    return host


def _start(said: str) -> str:
    if not _PATH.fullmatch(said) or said.startswith("//"):
        raise ParseError(_("“{value}” is no path").format(value=text.inline(said, 80)))
    return said


def _feed(said: str) -> str:
    return said if text.address(said) == said else _start(said)


def form_of(written: str) -> Form:
    """The form that a path with parts in braces describes. Raises ParseError."""
    path, _mark, query = _start(written).partition("?")
    fields = _fields(query) or []
    if not _BRACES.search(written):
        said = _("“{value}” has nothing in braces")
        raise ParseError(said.format(value=text.inline(written, 80)))
    return Form(
        written,
        re.compile(_pattern(path.rstrip("/")) + ("/?" if len(path) > 1 else "/")),
        "/" if path.endswith("/") and len(path) > 1 else "",
        tuple((key, re.compile(_pattern(value))) for key, value in fields),
    )


def _pattern(written: str) -> str:
    parts = _BRACES.split(written)
    unknown = next((part for part in parts[1::2] if part not in PARTS), None)
    if unknown is not None:
        raise ParseError(_("nothing is known of “{part}”").format(part=f"{{{unknown}}}"))
    named = [PARTS[part] for part in parts[1::2]]
    fixed = [re.escape(part) for part in parts[::2]]
    return "".join(a + b for a, b in zip(fixed, (*named, ""), strict=True))


def addresses(paths: Sequence[str], home: str) -> tuple[str, ...]:
    """The addresses of a profile's starts or feeds on a site."""
    found = (text.address(urljoin(home, path)) for path in paths)
    return tuple(dict.fromkeys(filter(None, found)))
