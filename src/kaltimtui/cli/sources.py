"""Looking after the sources: ``sources list``, ``add``, ``remove``, ``edit`` and the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kaltimtui import wording
from kaltimtui.cli.table import GAP, table, troubles
from kaltimtui.errors import UsageError
from kaltimtui.i18n import N_, _, ngettext
from kaltimtui.models import Count, SourceData
from kaltimtui.styled import Styled
from kaltimtui.wording import SEPARATOR

if TYPE_CHECKING:
    from datetime import datetime

    from kaltimtui.cli.context import Context
    from kaltimtui.document import Json
    from kaltimtui.library import Library
    from kaltimtui.models import Source
    from kaltimtui.subscriptions import Subscriptions

State: TypeAlias = Literal["ok", "failed", "gone", "new"]
AUTOMATIC: Final = "auto"
KINDS: Final = {"feed": N_("feed"), "portal": N_("portal"), "sample": N_("sample")}


# --- looking -----------------------------------------------------------------------------------


def run_list(context: Context) -> int:
    """Print every source with what is set for it and how many articles it has."""
    from kaltimtui import subscriptions

    out = context.out
    with context.library() as library:
        known = subscriptions.of(library).all()
        counts = {node.id: node.count for node in library.navigation().sources}
    rows = [(source, counts.get(source.id, Count())) for source in known]
    if out.json:
        for source, count in rows:
            out.data(source_json(source) | {"articles": count.total, "unread": count.unread})
    elif out.terminal:
        cells = [
            (source.name, _(KINDS[source.kind]), _count(count), source.folder or "")
            for source, count in rows
        ]
        table(out, cells)
    else:
        for source, count in rows:
            said = (source.name, source.kind, source.folder or "", source.url or "")
            out.row(*said, str(count.total), str(count.unread))
    if not known:
        out.tell(_("No sources."))
    return 0


def run_health(context: Context) -> int:
    """Print how fetching each source has gone."""
    from kaltimtui import subscriptions

    out, now = context.out, context.clock()
    with context.library() as library:
        known = subscriptions.of(library).all()
    for source in known:
        if out.json:
            out.data(health_json(source))
        elif not out.terminal:
            health = health_json(source)
            said = (health["last_success"], health["next_try"], health["per_week"], health["error"])
            out.row(source.name, state(source), *("" if one is None else str(one) for one in said))
    if out.terminal and not out.json:
        table(out, [_health_cells(source, now) for source in known])
        troubles(out, ((source.name, wording.trouble(source)) for source in known))
    if not known:
        out.tell(_("No sources."))
    return 0


def run_suggest(context: Context) -> int:
    """Print the sources that the program knows of."""
    from kaltimtui import subscriptions

    out = context.out
    with context.library() as library:
        found = subscriptions.of(library).suggested()
    folder = None
    for data, subscribed in ((one.data, one.subscribed) for one in found):
        if out.json:
            said = {"source": data.name, "kind": data.kind, "url": data.url, "folder": data.folder}
            out.data(said | {"subscribed": subscribed})
        elif out.terminal:
            if data.folder != folder:
                folder = data.folder
                out.line(Styled(folder or "", "accent"))
            mark = "✓ " if subscribed else GAP
            out.line(GAP, Styled(mark, "warm"), data.name, GAP, Styled(data.url or "", "dim"))
        else:
            out.row("✓" if subscribed else "", data.folder or "", data.name, data.url or "")
    out.tell(_("“kaltimtui sources add” with an address subscribes to it."))
    return 0


# --- changing ----------------------------------------------------------------------------------


def run_add(context: Context) -> int:
    """Subscribe to what is found at an address, and say what was taken."""
    from kaltimtui import subscriptions

    values = context.values
    minutes = _minutes(values.interval)
    subscriptions.check_interval(minutes)
    url = subscriptions.typed_address(values.url)
    with context.library(to_change=True) as library:
        sources = subscriptions.of(library)
        source, is_new, said = (
            _add_unseen(context, sources, url)
            if values.offline
            else _add_found(context, library, sources, values.url)
        )
        if is_new:
            _set(sources, source, context, minutes)
        source = sources.get(source.id)
    told = _("Added: {name}.") if is_new else _("{name} is a source already.")
    parts = [said, told.format(name=source.name)]
    if not is_new and (values.name or values.folder or values.interval or values.full_text):
        parts.append(_("It was left as it is; “kaltimtui sources edit” changes it."))
    context.out.tell(" ".join(filter(None, parts)))
    if context.out.json:
        context.out.data(source_json(source) | {"new": is_new, "found": said})
    return 0


def run_edit(context: Context) -> int:
    """Set what is asked for, one after the other up to what cannot be set."""
    from kaltimtui import subscriptions

    values = context.values
    asked = (values.name, values.folder, values.interval, values.keep_days, values.keep_articles)
    if set(asked) == {None} and not (values.full_text or values.no_full_text):
        raise UsageError(
            _("Nothing was asked for."),
            hint=_("Such as --name NAME, --folder FOLDER or --interval MINUTES."),
        )
    minutes = _minutes(values.interval)
    subscriptions.check_interval(minutes)
    with context.library(to_change=True) as library:
        sources = subscriptions.of(library)
        source = sources.find(values.source)
        if values.name is not None:
            sources.rename(source.id, values.name)
        if values.folder is not None:
            sources.move(source.id, values.folder)
        _set(sources, source, context, minutes)
        if values.keep_days is not None:
            sources.keep_days(source.id, _kept(values.keep_days))
        if values.keep_articles is not None:
            sources.keep_articles(source.id, _kept(values.keep_articles))
        source = sources.get(source.id)
    context.out.tell(_("{name} is set.").format(name=source.name))
    if context.out.json:
        context.out.data(source_json(source))
    return 0


def run_remove(context: Context) -> int:
    """Leave a source."""
    from kaltimtui import subscriptions

    with context.library(to_change=True) as library:
        sources = subscriptions.of(library)
        source = sources.find(context.values.source)
        change = sources.remove(source.id)
    context.out.changed(source.name, change, {"source": source.name})
    return 0


def _set(sources: Subscriptions, source: Source, context: Context, minutes: int | None) -> None:
    values = context.values
    if values.interval is not None:
        sources.set_interval(source.id, minutes)
    if values.full_text or getattr(values, "no_full_text", False):
        sources.set_full_text(source.id, values.full_text)


def _minutes(said: str | None) -> int | None:
    """The minutes that were asked for; None for none and for ``auto``."""
    if said is None or said == AUTOMATIC:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < len("100000")):
        raise UsageError(
            _("{minutes} is no interval.").format(minutes=said),
            hint=_("Give a number of minutes, or auto."),
        )
    return int(said)


def _kept(said: str) -> int | None:
    """The number of days or articles that was asked for; None for ``auto``."""
    if said == AUTOMATIC:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) < len("1000000000")):
        raise UsageError(
            _("{number} is no number of days or articles.").format(number=said),
            hint=_("Give a whole number, 0 for no limit, or auto."),
        )
    return int(said)


def _add_unseen(context: Context, sources: Subscriptions, url: str) -> tuple[Source, bool, str]:
    """The source at an address, whether it is new, and what it was taken for."""
    data = SourceData(context.values.name or "", "feed", url, context.values.folder)
    return *sources.add(data, private=True), _("Taken unseen as the address of a feed.")


def _add_found(
    context: Context, library: Library, sources: Subscriptions, url: str
) -> tuple[Source, bool, str]:
    """The same, once it was looked at. Raises FetchError where there is nothing to subscribe to."""
    import asyncio

    from kaltimtui.fetching import Fetching

    found = asyncio.run(Fetching(library, context.settings[0]).discover(url))
    values = context.values
    return *sources.add_found(found, name=values.name, folder=values.folder), found.said


# --- in words ----------------------------------------------------------------------------------


def source_json(source: Source) -> Json:
    """A source as other programs get it."""
    return {
        "source": source.name,
        "kind": source.kind,
        "url": source.url,
        "folder": source.folder,
        "interval": source.interval,
        "full_text": source.full_text,
        "private": source.private,
        "keep_days": source.keep_days,
        "keep_articles": source.keep_articles,
    }


def health_json(source: Source) -> Json:
    """How fetching a source has gone, as other programs get it."""
    health = source.health
    return {
        "source": source.name,
        "kind": source.kind,
        "url": source.url,
        "state": state(source),
        "last_try": _time(health.tried),
        "last_success": _time(health.succeeded),
        "next_try": _time(health.next_try),
        "failures": health.failures,
        "error": health.error,
        "http_status": health.http_status,
        "per_week": health.per_week,
    }


def state(source: Source) -> State:
    """In one word, how fetching a source has gone."""
    health = source.health
    if health.gone:
        return "gone"
    if health.error is not None:
        return "failed"
    return "new" if health.tried is None else "ok"


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _count(count: Count) -> str:
    articles = ngettext("{count} article", "{count} articles", count.total)
    return articles + SEPARATOR + ngettext("{count} unread", "{count} unread", count.unread)


def _health_cells(source: Source, now: datetime) -> tuple[str, ...]:
    following = wording.next_try(source, now)
    if not source.health.gone:
        following = _("next: {time}").format(time=following)
    fetched = wording.last_success(source, now)
    return source.name, fetched, wording.weekly(source.health.per_week), following
