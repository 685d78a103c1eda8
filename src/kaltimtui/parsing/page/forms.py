"""The forms that addresses of articles have on a site of which nothing is known.

Articles are many, of one form, and named by long slugs, by dates, or by numbers under long words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from kaltimtui.parsing.profile import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from urllib.parse import SplitResult

LEAST: Final = 3
"""Links of one form that make it one of articles."""
_MOST: Final = 5
_SITES_OWN: Final = 3
"""Folders of one form from which they are taken to be categories."""
_DOMINANT: Final = 0.6
_WORDS_LEAST: Final = 4
_SLUG_LEAST: Final = 20
"""Characters from which one word may be a slug."""
_HYPHENS: Final = 2
_ENDS = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
_DAY = re.compile(r"0?[1-9]|[12][0-9]|3[01]")
_NUMBERED = re.compile(r"([A-Za-z]{1,3}[-_]?)[0-9]{3,}")
_FIELDS: Final = frozenset(
    ("id", "p", "berita", "artikel", "slug", "read", "news", "nid", "idberita", "id_berita", "post")
)
_KEPT_FIELDS: Final = frozenset(
    ("page", "mod", "module", "option", "view", "act", "aksi", "content", "menu", "go", "r")
)
_NEWS: Final = frozenset(
    (
        *("berita", "artikel", "news", "read", "detail", "detailberita", "beritadetail", "post"),
        *("posts", "article", "articles", "blog", "baca", "kabar", "warta", "siaran-pers", "story"),
    )
)
_NO_NEWS: Final = frozenset(
    (
        *("profil", "profile", "tentang", "about", "layanan", "pelayanan", "service", "services"),
        *("halaman", "page", "pages", "kategori", "category", "categories", "tag", "tags", "topik"),
        *("author", "penulis", "ppid", "galeri", "gallery", "album", "foto", "download", "unduh"),
        *("unduhan", "dokumen", "document", "login", "register", "user", "users", "kontak"),
        *("contact", "search", "cari", "help", "faq", "privacy", "produk", "product", "products"),
        *(
            "shop",
            "cart",
            "peraturan",
            "regulasi",
            "pengumuman-lelang",
            "label",
            "archive",
            "arsip",
        ),
        *("wp-content", "wp-json", "storage", "upload", "uploads", "assets", "struktur", "opd"),
        *("agenda", "event", "events", "kalender", "calendar", "forum", "menu", "link", "domain"),
    )
)


def guess(links: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The likely forms of articles among links of one site (address, words), commonest first."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for url, words in links:
        if form := _form(url, words):
            found[form].add(url)
    written = _with_categories({form: len(urls) for form, urls in found.items()})
    addresses = [urlsplit(url) for url in {url for urls in found.values() for url in urls}]
    counts = {form: _fitting(form, addresses) for form in written}
    ranked = sorted(counts, key=lambda form: (-counts[form], form))
    return tuple(form for form in ranked if counts[form] >= LEAST)[:_MOST]


def _fitting(written: str, addresses: Iterable[SplitResult]) -> int:
    """How many addresses have a form."""
    form = form_of(written)
    return sum(form.fit(parts.path or "/", parts.query) is not None for parts in addresses)


def _form(url: str, words: str) -> str | None:
    """The form of an address, if it may be that of an article."""
    parts = urlsplit(url)
    segments = parts.path.strip("/").split("/")
    if any(segment.lower() in _NO_NEWS for segment in segments[:-1] or segments):
        return None
    long = len(words.split()) >= _WORDS_LEAST
    if parts.query and (form := _query_form(parts.path, parts.query, long=long)):
        return form
    kinds = _kinds(segments)
    if not _is_articles(kinds, long=long):
        return None
    return "/" + "/".join(kinds) + ("/" if parts.path.endswith("/") else "")


def _kinds(segments: Sequence[str]) -> list[str]:
    """Each part of a path as it stands in a form."""
    kinds: list[str] = []
    for number, segment in enumerate(segments):
        before = kinds[number - 1] if number else ""
        kinds.append(_kind(segment, before, last=number == len(segments) - 1))
    return kinds


def _kind(segment: str, before: str, *, last: bool) -> str:
    if _YEAR.fullmatch(segment):
        return "{year}"
    if before == "{year}" and _MONTH.fullmatch(segment):
        return "{month}"
    if before == "{month}" and _DAY.fullmatch(segment):
        return "{day}"
    if segment.isdigit() and segment.isascii():
        return "{id}"
    if numbered := _NUMBERED.fullmatch(segment):
        return numbered[1] + "{id}"
    end = _ENDS.search(segment)
    bare = segment[: end.start()] if end else segment
    slug = bare.strip("-_")
    hyphens = slug.count("-") + slug.count("_")
    # Above the last part stand categories, seldom in so many words.
    if hyphens >= (_HYPHENS if last else _HYPHENS + 2) or (hyphens and len(slug) >= _SLUG_LEAST):
        return "{slug}" + (end[0] if end else "")
    if last and bare.isdigit():
        return "{id}" + (end[0] if end else "")
    return segment.replace("{", "").replace("}", "")


def _is_articles(kinds: Sequence[str], *, long: bool) -> bool:
    joined = "/".join(kinds)
    if "{slug}" in joined:
        return True
    return long and ("{id}" in joined or "{day}" in joined)


def _query_form(path: str, query: str, *, long: bool) -> str | None:
    """The form of an address whose query names the article: ``/baca.php?id={id}``."""
    fields = parse_qsl(query[:2_000])
    named = [(key, value) for key, value in fields if key.lower() in _FIELDS]
    if len(named) != 1 or not path.isascii():
        return None
    key, value = named[0]
    kind = "{id}" if value.isdigit() else "{slug}" if value.count("-") >= _HYPHENS else None
    if kind is None or not (long or kind == "{slug}"):
        return None
    fixed = [(name, said) for name, said in fields if name.lower() in _KEPT_FIELDS]
    written = urlencode([*fixed, (key, kind)], safe="{}")
    return f"{path or '/'}?{written}"


def _with_categories(counts: dict[str, int]) -> list[str]:
    """Forms that differ in their first folder alone as one, where the folders are categories."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for form in counts:
        first, _slash, rest = form[1:].partition("/")
        if rest and "{" not in first:
            alike[rest].append(form)
    merged = dict(counts)
    for rest, group in alike.items():
        total = sum(counts[form] for form in group)
        if len(group) < _SITES_OWN or _one_leads(group, counts, total):
            continue
        for form in group:
            del merged[form]
        told = "{id}" in rest or "{year}" in rest
        merged["/{category}/" + (rest if told else rest.replace("{slug}", "{headline}"))] = total
    return list(map(_closed, merged))


def _one_leads(group: Iterable[str], counts: dict[str, int], total: int) -> bool:
    """Whether one folder is that of the news, beside others of something else."""
    return any(
        counts[form] >= LEAST
        and (form[1:].partition("/")[0].lower() in _NEWS or counts[form] > _DOMINANT * total)
        for form in group
    )


def _closed(form: str) -> str:
    """A form that leaves less open where nothing but a slug tells an article from other pages."""
    alone = form.startswith("/{slug}") and "/" not in form.strip("/")
    return form.replace("{slug}", "{headline}") if alone else form
