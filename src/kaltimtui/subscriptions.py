"""What a user does with sources: subscribe, set, leave, carry them over from another program."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from kaltimtui import importing, text
from kaltimtui.errors import KaltimtuiError, ParseError, UsageError, unread, unwritten
from kaltimtui.i18n import _, ngettext
from kaltimtui.models import SourceData
from kaltimtui.paths import write_atomically
from kaltimtui.store import fetching, keys, sources, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kaltimtui.library import Library
    from kaltimtui.models import Change, Source
    from kaltimtui.store.connection import Connection

NAME_LIMIT: Final = 200
SHORTEST_INTERVAL: Final = fetching.SHORTEST_INTERVAL
LONGEST_INTERVAL: Final = fetching.LONGEST_INTERVAL
MOST_KEPT: Final = fetching.MOST_KEPT
"""Days or articles that may be asked for."""
_FEED_SCHEME: Final = re.compile(r"^feed:(?://)?", re.IGNORECASE)
_NAMED: Final = 5
"""So many sources are named where a name fits several."""


class Found(Protocol):
    """What an address that a user typed turned out to be."""

    @property
    def data(self) -> SourceData:
        """What to subscribe to."""

    @property
    def said(self) -> str:
        """Which it was taken for, in words."""

    @property
    def private(self) -> bool:
        """Whether its host is in a private network."""

    @property
    def articles(self) -> tuple[str, ...]:
        """The forms of articles' addresses, where they had to be guessed."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that these hold for."""

    @property
    def scheme(self) -> str:
        """``http`` or ``https``: that of the addresses as they are kept."""


@dataclass(frozen=True, slots=True)
class OpmlReport:
    """What became of the entries of a subscription list."""

    added: tuple[str, ...]
    """Names."""
    known: tuple[str, ...]
    """Names of those that were sources before, and were left as they are."""
    refused: tuple[str, ...]
    """Each with its reason, fit for a user."""
    repeated: tuple[str, ...] = ()
    """What is said of entries whose address stands in the list before."""

    def told(self) -> str:
        """The sum in words."""
        parts = [
            ngettext("{count} source added", "{count} sources added", len(self.added)),
            ngettext("{count} known already", "{count} known already", len(self.known)),
        ]
        if self.refused:
            count = len(self.refused)
            parts.append(ngettext("{count} entry not taken", "{count} entries not taken", count))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A source that a reader of this region may want."""

    data: SourceData
    subscribed: bool


def of(library: Library) -> Subscriptions:
    """The sources of a library."""
    return Subscriptions(library)


class Subscriptions:
    """The sources of one library. What changes them returns when it is on disk."""

    def __init__(self, library: Library) -> None:
        self._library = library

    # --- looking ---------------------------------------------------------------------------

    def all(self) -> tuple[Source, ...]:
        """Every source in the order of the tree; not those removed, nor the sample edition."""
        with self._library.database.reading() as connection:
            return fetching.all_sources(connection, self._now())

    def get(self, source: int) -> Source:
        """The source of this id. Raises UsageError where there is none."""
        with self._library.database.reading() as connection:
            return self._one(connection, source)

    def find(self, name: str) -> Source:
        """The source of this name, whatever its case, or the one whose name begins so.

        Raises UsageError where there is none, or several.
        """
        wanted, known = text.inline(name), self.all()
        tests: tuple[Callable[[str], bool], ...] = (
            lambda found: found == wanted,
            lambda found: found.casefold() == wanted.casefold(),
            lambda found: bool(wanted) and found.casefold().startswith(wanted.casefold()),
        )
        for test in tests:
            fitting = [source for source in known if test(source.name)]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                raise _several(wanted, [source.name for source in fitting])
        raise UsageError(
            _("There is no source “{name}”.").format(name=wanted),
            hint=_("“kaltimtui sources list” shows their names."),
        )

    def suggested(self) -> tuple[Suggestion, ...]:
        """The sources that the program knows of, and whether each is subscribed to."""
        kept = {_place(source.url) for source in self.all() if source.url}
        return tuple(
            Suggestion(data, subscribed=data.url is not None and _place(data.url) in kept)
            for data in _suggestions()
        )

    # --- changing: each is a step that undo takes back ----------------------------------------

    def add(self, data: SourceData, *, private: bool = False) -> tuple[Source, bool]:
        """Subscribe to a source; it, and whether it was none before.

        One that is known stays as it is, but for one that was given up as gone: it is tried
        again. ``private``: its host may be in a private network, because the user typed it.
        Raises UsageError where it has no web address.
        """
        url = text.address(data.url)
        if url is None:
            raise not_an_address(data.url or "")
        name = text.inline(data.name, NAME_LIMIT) or text.host(url)
        said, folder = replace(data, url=url, name=name, folder=None), folder_of(data.folder)
        with self._library.database.writing() as connection:
            source, is_new = sources.add(connection, said, self._now())
            if is_new:
                sources.settle_sample(connection)
            if is_new and folder is not None:
                sources.move(connection, source.id, folder)
            if private:
                fetching.set_private(connection, source.id, True)
            fetching.revive(connection, source.id)
            if is_new:
                steps.sources_added(connection, [source.id], self._now())
            return self._one(connection, source.id), is_new

    def add_found(
        self, found: Found, *, name: str | None = None, folder: str | None = None
    ) -> tuple[Source, bool]:
        """Subscribe to what was found at an address that the user typed, as ``add`` does.

        Where it had to be guessed which pages of a site are articles, the guess is kept as a
        profile that the user can mend. Raises KaltimtuiError where that cannot be written.
        """
        data = replace(found.data, name=name or found.data.name, folder=folder)
        if found.articles:
            self._keep_profile(found)
        return self.add(data, private=found.private)

    def _keep_profile(self, found: Found) -> None:
        from kaltimtui.parsing import sites  # brings tomllib

        profiles = self._library.paths.config / "sites"
        sites.use_profiles(profiles)
        if found.data.url is None or sites.profile_of(found.data.url) is not None:
            return
        try:
            sites.write_profile(
                profiles, found.data.name, found.hosts, found.articles, scheme=found.scheme
            )
        except OSError as error:
            raise KaltimtuiError(
                _("{path} cannot be written: {reason}.").format(
                    path=text.inline(str(profiles)), reason=text.inline(unwritten(error))
                )
            ) from error
        sites.use_profiles(profiles)

    def rename(self, source: int, name: str) -> None:
        """Give a source another name. Raises UsageError for a name in use, and for none."""
        wanted = text.inline(name, NAME_LIMIT)
        if not wanted:
            raise UsageError(_("The name of the source is empty."))
        with self._library.database.writing() as connection:
            self._one(connection, source)
            steps.rename_source(connection, source, wanted, self._now())

    def move(self, source: int, folder: str | None) -> None:
        """Put a source into a folder, ``A/B`` being B within A, or with None into none."""
        self._set(source, folder=folder_of(folder))

    def set_interval(self, source: int, minutes: int | None) -> None:
        """How many minutes to wait between two tries; None: as the source itself says.

        Raises UsageError for too few or too many.
        """
        check_interval(minutes)
        self._set(source, minutes=minutes)

    def set_full_text(self, source: int, wanted: bool) -> None:
        """Whether the page of each entry that comes in from now on is fetched."""
        self._set(source, full_text=int(wanted))

    def keep_days(self, source: int, days: int | None) -> None:
        """At what age the articles of a source are removed; 0: never; None: as is set for all.

        Raises UsageError for a number that cannot be.
        """
        self.keep(source, days, self.get(source).keep_articles)

    def keep_articles(self, source: int, articles: int | None) -> None:
        """How many articles of a source are kept; 0 or None: any number.

        Raises UsageError for a number that cannot be.
        """
        self.keep(source, self.get(source).keep_days, articles)

    def keep(self, source: int, days: int | None, articles: int | None) -> None:
        """As ``keep_days`` and ``keep_articles``, in one step."""
        for number in (days, articles):
            if number is not None and not 0 <= number <= MOST_KEPT:
                raise UsageError(
                    _("{number} is no number of days or articles.").format(number=number),
                    hint=_("Give a whole number; 0: no limit."),
                )
        before = self.get(source)
        if (before.keep_days, before.keep_articles) != (days, articles):
            self._set(source, days=days, articles=articles)

    def _set(self, source: int, **values: str | int | None) -> None:
        with self._library.database.writing() as connection:
            self._one(connection, source)
            steps.set_source(connection, source, values, self._now())

    def remove(self, source: int) -> Change:
        """Leave a source, as one step that undo takes back; the marks stay."""
        return self._library.remove_source(source)

    # --- lists of other programs -----------------------------------------------------------

    def import_opml(self, data: bytes, *, allow_private: bool = False) -> OpmlReport:
        """Subscribe to what a list names, in one step. Raises ParseError where it is none."""
        from kaltimtui.parsing.opml import read_opml  # brings lxml

        importing.check_size(len(data))
        said = importing.sifted(read_opml(data), allow_private=allow_private)
        with self._library.database.writing() as connection:
            return OpmlReport(*importing.add_listed(connection, said, self._now()))

    def export_opml(self) -> bytes:
        """Every source that has an address, in its folder, as a list other programs read."""
        from kaltimtui.parsing.opml import write_opml  # brings lxml

        known = [SourceData(one.name, one.kind, one.url, one.folder) for one in self.all()]
        return write_opml(known, "kaltimtui")

    # --- helpers ---------------------------------------------------------------------------

    def _now(self) -> int:
        return keys.seconds_of(self._library.now())

    def _one(self, connection: Connection, source: int) -> Source:
        found = fetching.one_source(connection, source, self._now())
        if found is None:
            raise UsageError(_("There is no source {name}.").format(name=source))
        return found


def read_list(path: Path) -> bytes:
    """The bytes of a list in a file. Raises ParseError where it cannot be read."""
    try:
        return importing.read_file(path)
    except OSError as error:
        raise ParseError(text.inline(f"{path}: {unread(error)}.")) from None


def write_list(path: Path, data: bytes | Iterable[bytes], *, replace: bool = False) -> None:
    """Put a list, or what comes in pieces, into a file, whole or not at all.

    Raises UsageError where there is one already that may not be replaced, KaltimtuiError where it
    cannot be written.
    """
    try:
        if path.exists() and not path.is_file():  # a device or a pipe
            with path.open("wb") as file:
                file.writelines([data] if isinstance(data, bytes) else data)
        elif path.exists() and not replace:
            raise UsageError(
                _("{path} is there already.").format(path=text.inline(str(path))),
                hint=_("Give another name."),
            )
        elif not path.parent.is_dir():
            raise FileNotFoundError
        else:
            write_atomically(path, data)
    except OSError as error:
        said = _("{path} cannot be written: {reason}.")
        reason = text.inline(unwritten(error))
        raise KaltimtuiError(said.format(path=text.inline(str(path)), reason=reason)) from None


def typed_path(said: str) -> Path:
    """A path as a user types it, with ``~`` for a home. Raises UsageError for that of nobody."""
    try:
        return Path(said).expanduser()
    except RuntimeError:
        raise UsageError(
            _("{path} names the home of nobody.").format(path=text.inline(said))
        ) from None


def typed_address(said: str) -> str:
    """An address as a user types it, with https:// where it names no scheme.

    Raises UsageError, which never repeats what may be a password.
    """
    said = _FEED_SCHEME.sub("", said.strip())
    url = text.address(said if "://" in said else f"https://{said}")
    if url is None:
        raise not_an_address(said)
    return url


def check_interval(minutes: int | None) -> None:
    """Raise UsageError where a user may not set so many minutes."""
    if minutes is not None and not SHORTEST_INTERVAL <= minutes <= LONGEST_INTERVAL:
        raise UsageError(
            _("{minutes} is no interval.").format(minutes=minutes),
            hint=_("Give {least} to {most} minutes.").format(
                least=SHORTEST_INTERVAL, most=LONGEST_INTERVAL
            ),
        )


def not_an_address(typed: str) -> UsageError:
    """What is said of something that is no web address; never what may be a password."""
    if "@" in typed:
        return UsageError(
            _("An address with a user name or password in it is not taken."),
            hint=_("Leave out what stands before the @."),
        )
    return UsageError(
        _("{url} is no web address.").format(url=text.inline(typed)),
        hint=_("It begins with https:// or http://."),
    )


def _several(wanted: str, names: list[str]) -> UsageError:
    shown = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return UsageError(
        _("“{name}” fits more than one source: {names}.").format(name=wanted, names=shown),
        hint=_("Give more of the name."),
    )


def folder_of(said: str | None) -> str | None:
    """A folder as it is kept, ``A/B`` being B within A; None for none."""
    if not said:
        return None
    from kaltimtui.parsing.opml import folder_name  # brings lxml

    return folder_name(said) or None


def _place(url: str) -> str:
    """An address as sources are told apart by it."""
    return keys.bare_url(url).lower()


def _suggestions() -> list[SourceData]:
    import tomllib  # nobody who does not ask for suggestions should pay for it

    said = resources.files(__package__) / "suggested.toml"
    return [
        SourceData(entry["name"], entry.get("kind", "feed"), entry["url"], group["name"])
        for group in tomllib.loads(said.read_text("utf-8"))["group"]
        for entry in group["source"]
    ]
