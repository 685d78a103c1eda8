"""Looking after the rules: ``rules list``, ``add``, ``try``, ``apply`` and the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kaltimtui import organising, wording
from kaltimtui.cli.articles import print_rows
from kaltimtui.cli.searches import way
from kaltimtui.cli.table import table, troubles
from kaltimtui.i18n import _, ngettext
from kaltimtui.rule import RuleAction

if TYPE_CHECKING:
    import argparse

    from kaltimtui.cli.context import Context
    from kaltimtui.document import Json
    from kaltimtui.library import Library
    from kaltimtui.models import Change
    from kaltimtui.rule import Rule, RuleKind, Trial

_SWITCHES: Final[tuple[RuleKind, ...]] = ("read", "star", "later", "hide", "notify", "full_text")


# --- looking -----------------------------------------------------------------------------------


def run_list(context: Context) -> int:
    """Print every rule with what it does."""
    out = context.out
    with context.library() as library:
        rules = organising.of(library).rules()
    if out.json:
        for one in rules:
            out.data(rule_json(one))
    elif out.terminal:
        table(out, [(one.name, _state(one), wording.done(one.actions), one.query) for one in rules])
        troubles(out, ((one.name, one.trouble) for one in rules))
    else:
        for one in rules:
            out.row(one.name, "on" if one.enabled else "off", ",".join(_actions(one)), one.query)
    if not rules:
        out.tell(_("No rules."))
    return 0


def run_try(context: Context) -> int:
    """Print what a rule would have found."""
    values = context.values
    with context.library() as library:
        trial = organising.of(library).trial(" ".join(values.query), values.days)
        if context.out.json:
            context.out.data(trial_json(library, trial))
        else:
            _show(context, library, trial)
    return 0


# --- changing ----------------------------------------------------------------------------------


def run_add(context: Context) -> int:
    """Make a rule, and print what it would have found in the last days."""
    values, out = context.values, context.out
    query = " ".join(values.query)
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        number, change = organised.add_rule(values.name, query, _wanted(values))
        made, trial = organised.rule(number), organised.trial(query)
        if made is not None:
            tried = {"trial": trial_json(library, trial)}
            out.changed(made.name, change, rule_json(made) | tried)
            if not out.json:
                _show(context, library, trial)
    return 0


def run_edit(context: Context) -> int:
    """Change what is given of a rule."""
    values = context.values
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        number = organised.find_rule(values.rule).id
        change = organised.change_rule(
            number, name=values.name, query=values.query, actions=_wanted(values) or None
        )
        return _told(context, organised.rule(number), change)


def run_move(context: Context) -> int:
    """Have a rule run earlier or later."""
    by = way(context.values)
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        number = organised.find_rule(context.values.rule).id
        return _told(context, organised.rule(number), organised.move_rule(number, by))


def run_enable(context: Context) -> int:
    """Let a rule work again."""
    return _enable(context, True)


def run_disable(context: Context) -> int:
    """Let a rule rest."""
    return _enable(context, False)


def _enable(context: Context, enabled: bool) -> int:
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        number = organised.find_rule(context.values.rule).id
        change = organised.change_rule(number, enabled=enabled)
        return _told(context, organised.rule(number), change)


def run_remove(context: Context) -> int:
    """Forget a rule."""
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        found = organised.find_rule(context.values.rule)
        return _told(context, found, organised.remove_rule(found.id))


def run_apply(context: Context) -> int:
    """Do what a rule does with all that is there."""
    with context.library(to_change=True) as library:
        organised = organising.of(library)
        found = organised.find_rule(context.values.rule)
        return _told(context, found, organised.apply_to_past(found.id))


def _wanted(values: argparse.Namespace) -> list[RuleAction]:
    """The actions that were asked for."""
    wanted = [RuleAction(kind) for kind in _SWITCHES if getattr(values, kind)]
    return wanted + [RuleAction("tag", tag) for tag in values.tag]


# --- in words ----------------------------------------------------------------------------------


def rule_json(rule: Rule) -> Json:
    """A rule as other programs get it."""
    return {
        "name": rule.name,
        "query": rule.query,
        "actions": _actions(rule),
        "enabled": rule.enabled,
        "error": rule.trouble,
    }


def trial_json(library: Library, trial: Trial) -> Json:
    """What a rule would have found, as other programs get it."""
    samples = [library.json(row) for row in trial.samples]
    return {"count": trial.count, "days": trial.days, "samples": samples}


def _actions(rule: Rule) -> list[str]:
    return [f"tag:{one.value}" if one.kind == "tag" else one.kind for one in rule.actions]


def _state(rule: Rule) -> str:
    return _("in use") if rule.enabled else _("off")


def _show(context: Context, library: Library, trial: Trial) -> None:
    """Print the newest of what a rule would have found, and tell how many these are."""
    print_rows(context, library, trial.samples)
    found = ngettext("{count} article", "{count} articles", trial.count)
    days = ngettext("{count} day", "{count} days", trial.days)
    context.out.tell(_("In the last {days}: {articles}.").format(days=days, articles=found))


def _told(context: Context, rule: Rule | None, change: Change) -> int:
    if rule is not None:
        context.out.changed(rule.name, change, rule_json(rule))
    return 0
