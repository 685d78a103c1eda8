"""What is known of sites: their names, their hosts, and which of their addresses are articles.

The profiles of the package (``profiles/*.toml``) and those of the user, from a folder that
``use_profiles`` names; ``profile.py`` says what is in one.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kaltimtui import text
from kaltimtui.errors import ParseError, unread
from kaltimtui.i18n import _
from kaltimtui.models import SourceData
from kaltimtui.parsing.profile import KEYS, Profile, guessed, netloc_of, profile_from
from kaltimtui.parsing.profile import NAME_LIMIT as NAME_LIMIT
from kaltimtui.paths import make_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

SAVED_PAGES: Final = SourceData("Halaman Tersimpan", "portal")
"""Where pages belong that tell no address and do not look like the portal's."""
FILES_LIMIT: Final = 500
FILE_LIMIT: Final = 64 * 1024
"""Bytes of a user's profile."""
_REMEMBERED: Final = 2_048
"""Addresses of which it is remembered what they are: the pages of a site name the same ones."""
_SLUG_HYPHENS: Final = 3
"""Hyphens by which a path of one part is told to be an article's."""
_NO_SITE: Final = Profile("", ("",), ())
_LINE = re.compile(r"at line (\d+)")
_users: tuple[Profile, ...] = ()


@lru_cache(maxsize=1)
def profiles() -> tuple[Profile, ...]:
    """The profiles of the user and the package.

    Those with hosts of their own come before those of whole domains, then the user's first.
    """
    known = (*_users, *_packaged())
    return tuple(sorted(known, key=lambda profile: profile.hosts[0].startswith("*")))


@lru_cache(maxsize=1)
def _packaged() -> tuple[Profile, ...]:
    folder = resources.files(__package__) / "profiles"
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    read = [profile_from(tomllib.loads(file.read_text("utf-8"))) for file in files]
    return tuple(sorted(read, key=lambda profile: profile.name))


# --- The user's profiles ----------------------------------------------------------------------


def use_profiles(folder: Path) -> tuple[str, ...]:
    """Take the user's profiles from a folder, in place of those taken before.

    What is broken is left out and said, one line each with the name of its file. A process that
    reads pages has to be told for itself.
    """
    global _users
    complaints: list[str] = []
    found = tuple(_read_profiles(folder, complaints))
    if found != _users:
        _users = found
        for cached in (profiles, categories, _profile_at, canonical, is_article):
            cached.cache_clear()
    return tuple(complaints)


def _read_profiles(folder: Path, complaints: list[str]) -> Iterator[Profile]:
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".toml")
    except FileNotFoundError:
        return
    except OSError as error:
        complaints.append(f"{text.inline(folder.name)}: {unread(error)}")
        return
    for file in files[:FILES_LIMIT]:
        try:
            said = _load(file)
            yield profile_from(said)
        except ParseError as error:
            complaints.append(f"{text.inline(file.name)}: {error}")
        else:
            idle = _("“{key}” means nothing here")
            complaints += [
                f"{text.inline(file.name)}: {idle.format(key=text.inline(key, 80))}"
                for key in said
                if key not in KEYS
            ]


def _load(file: Path) -> dict[str, object]:
    """What a file says. Raises ParseError."""
    try:
        if not file.is_file():
            raise ParseError(_("it is no file"))
        with file.open("rb") as opened:
            data = opened.read(FILE_LIMIT + 1)
    except OSError as error:
        raise ParseError(_("it cannot be read")) from error
    if len(data) > FILE_LIMIT:
        raise ParseError(_("it is too large"))
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ParseError(_("it is not in UTF-8")) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _LINE.search(str(error))
        said = _("line {line} is no TOML").format(line=line[1]) if line else _("it is no TOML")
        raise ParseError(said) from error


def write_profile(
    folder: Path,
    name: str,
    hosts: Sequence[str],
    articles: Sequence[str],
    *,
    scheme: str = "https",
) -> Path:
    """Write a profile into a new file of the folder, for the user alone.

    The file is named after the first host and no other is touched. Raises ParseError where the
    profile would be broken, OSError where it cannot be written.
    """
    said = {
        "name": text.inline(name, NAME_LIMIT),
        "hosts": list(hosts),
        "articles": list(articles),
        "scheme": scheme,
    }
    known = profile_from(said)
    lines = [_("# Guessed from the links of the site; docs/profiles.md tells how to mend it.")]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
    make_private(folder)
    target = _new_file(folder, _slug(known.hosts[0]) or _slug(known.name) or "site")
    with os.fdopen(target[1], "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join((*lines, "")))
    return target[0]


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-")


def _new_file(folder: Path, slug: str) -> tuple[Path, int]:
    """A file that was not there before, and its descriptor. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    for number in range(1, FILES_LIMIT):
        target = folder / (f"{slug}.toml" if number == 1 else f"{slug}-{number}.toml")
        try:
            return target, os.open(target, flags, 0o600)
        except FileExistsError:
            continue
    raise FileExistsError(_("There are too many profiles of {name}.").format(name=slug))


# --- Addresses --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def categories() -> frozenset[str]:
    """The categories that any profile names, in lower case."""
    return frozenset(name.lower() for profile in profiles() for name in profile.categories)


def profile_of(url: str) -> Profile | None:
    """The profile of the site that an address belongs to, at whatever port."""
    parts = urlsplit(url)
    return _profile_at(netloc_of(parts)) or (_profile_at(text.host(url)) if parts.port else None)


@lru_cache(maxsize=1024)
def _profile_at(host: str) -> Profile | None:
    return next((profile for profile in profiles() if profile.knows(host)), None)


def site_of(url: str) -> Profile | None:
    """The profile of the one site, of the several that a profile may be of."""
    profile = profile_of(url)
    return profile.narrowed(url) if profile else None


@lru_cache(maxsize=_REMEMBERED)
def canonical(url: str) -> str:
    """The form in which a safe address is kept, the same for all that lead to one article.

    Without fragment, tracking and default port. On a site with a profile: its scheme, its main
    host, and of an article only what its form names, with the slash at its end as the site has it.
    """
    return (_profile_at(netloc_of(urlsplit(url))) or _NO_SITE).canonical(url)


@lru_cache(maxsize=_REMEMBERED)
def is_article(url: str) -> bool:
    """Whether an address is that of an article of a site with a profile."""
    profile = profile_of(url)
    return profile is not None and profile.has_form(url)


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


def of_one_site(url: str, other: str) -> bool:
    """Whether one address is of the same site as another.

    That is what its profile says; without one, the same host and port, with ``www.`` or without.
    """
    site = site_of(other) or guessed(other, ())
    return site.knows(netloc_of(urlsplit(url)))


def source_of(url: str) -> SourceData | None:
    """The site that an address belongs to, if there is a profile of it."""
    site = site_of(url)
    if site is None:
        return None
    home = site.home()
    return SourceData(site.name.format(host=text.host(home)), "portal", home)
