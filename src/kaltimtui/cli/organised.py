"""The commands for saved searches and rules, as data: see ``commands``."""

from __future__ import annotations

from typing import Final

from kaltimtui.cli.command import QUERY, Argument, Command, Example, Group
from kaltimtui.i18n import N_

_SEARCH: Final = Argument("SEARCH", N_("The name of the saved search, or how it begins"))
_RULE: Final = Argument("RULE", N_("The name of the rule, or how it begins"))
_NAME: Final = Argument("NAME", N_("What to call it"))
_NEW_NAME: Final = Argument("--name", N_("Call it so"), value="NAME")
_NEW_QUERY: Final = Argument("--query", N_("Look for this instead"), value=QUERY)
_FOLDER: Final = Argument(
    "--folder", N_("Put it into this folder: A/B is B within A"), value="FOLDER"
)
_WAY: Final = (
    Argument("--up", N_("So many places up"), value="N", at_least=1, rivals="way"),
    Argument("--down", N_("So many places down"), value="N", at_least=1, rivals="way"),
)
_DAYS: Final = Argument(
    "--days", N_("Look at the last so many days"), value="N", default=30, at_least=1
)
_ACTIONS: Final = (
    Argument("--read", N_("Mark as read")),
    Argument("--star", N_("Put a star on it")),
    Argument("--later", N_("Keep it to read later")),
    Argument("--tag", N_("Add a tag"), value="TAG", repeat="any"),
    Argument("--hide", N_("Take it out of all lists")),
    Argument("--notify", N_("Tell of it when it comes in")),
    Argument("--full-text", N_("Fetch the page of each new article, too")),
)
"""What a rule may do with what it finds."""

ORGANISED: Final = (
    Command(
        "searches list",
        N_("List the saved searches and what is unread in them"),
        "searches:run_list",
    ),
    Command(
        "searches add",
        N_("Save a search"),
        "searches:run_add",
        (_NAME, Argument(QUERY, N_("What an article holds, is and has"), repeat="some"), _FOLDER),
        "",
        (
            Example(
                "kaltimtui searches add 'Banjir' 'banjir or rob' --folder Cuaca",
                N_("a search of its own in the tree, with what is unread in it"),
            ),
        ),
    ),
    Command(
        "searches edit",
        N_("Change the name, the query or the folder of a saved search"),
        "searches:run_edit",
        (_SEARCH, _NEW_NAME, _NEW_QUERY, _FOLDER),
        N_("An empty folder takes it out of its folder."),
    ),
    Command(
        "searches move",
        N_("Move a saved search up or down in its folder"),
        "searches:run_move",
        (_SEARCH, *_WAY),
    ),
    Command("searches remove", N_("Forget a saved search"), "searches:run_remove", (_SEARCH,)),
    Command("rules list", N_("List the rules in the order they are run in"), "rules:run_list"),
    Command(
        "rules add",
        N_("Have something done with each new article that a query finds"),
        "rules:run_add",
        (
            _NAME,
            Argument(QUERY, N_("What an article holds, is and has"), repeat="some"),
            *_ACTIONS,
        ),
        N_(
            "It tells what the rule would have found in the last 30 days. The rule is for what "
            "comes in from now on; “rules apply” does the same with what is there. A rule removes "
            "nothing, and “kaltimtui undo” takes back what it did."
        ),
        (
            Example(
                "kaltimtui rules add Bola 'kategori:olahraga' --read --tag olahraga",
                N_("sports come in as read, with a tag"),
            ),
        ),
    ),
    Command(
        "rules edit",
        N_("Change the name, the query or the actions of a rule"),
        "rules:run_edit",
        (_RULE, _NEW_NAME, _NEW_QUERY, *_ACTIONS),
        N_("Actions that are given take the place of all that it had."),
    ),
    Command("rules move", N_("Have a rule run earlier or later"), "rules:run_move", (_RULE, *_WAY)),
    Command("rules enable", N_("Let a rule work again"), "rules:run_enable", (_RULE,)),
    Command("rules disable", N_("Let a rule rest"), "rules:run_disable", (_RULE,)),
    Command("rules remove", N_("Forget a rule; what it did stays"), "rules:run_remove", (_RULE,)),
    Command(
        "rules try",
        N_("Tell what a rule with a query would have found"),
        "rules:run_try",
        (Argument(QUERY, N_("What an article holds, is and has"), repeat="some"), _DAYS),
    ),
    Command(
        "rules apply",
        N_("Do what a rule does with all that is there, in one step"),
        "rules:run_apply",
        (_RULE,),
    ),
)

GROUPS: Final = (
    Group("searches", N_("Look after the saved searches")),
    Group("rules", N_("Look after the rules")),
)
