"""The commands for what the user made, as data: tags, and all of it as one file."""

from __future__ import annotations

from typing import Final

from kaltimtui.cli.command import Argument, Command, Example, Group
from kaltimtui.i18n import N_

_TAG: Final = Argument("NAME", N_("The name of the tag, with all that it is below: A/B"))

MADE: Final = (
    Command(
        "tags list",
        N_("List the tags"),
        "tags:run_list",
        details=N_(
            "The articles of a tag include those of the tags below it. Into a pipe, one tag a "
            "line, parted by tabs: name, colour, articles, unread."
        ),
    ),
    Command(
        "tags rename",
        N_("Give a tag, with those below it, another name"),
        "tags:run_rename",
        (
            Argument("OLD", N_("The name it has")),
            Argument("NEW", N_("The name it gets; where there is such a tag, they become one")),
        ),
        "",
        (Example("kaltimtui tags rename rapat dprd/rapat", N_("put a tag below another")),),
    ),
    Command(
        "tags remove",
        N_("Take a tag, with those below it, from all articles"),
        "tags:run_remove",
        (_TAG,),
        N_("The articles stay, and “kaltimtui undo” brings the tag back."),
    ),
    Command(
        "tags colour",
        N_("Give a tag a colour"),
        "tags:run_colour",
        (
            _TAG,
            Argument("COLOUR", N_("A name, #rrggbb, or none")),
        ),
        N_("Names: red, orange, yellow, green, cyan, blue, purple, pink."),
        (Example("kaltimtui tags colour penting red", N_("in red")),),
    ),
    Command(
        "userdata export",
        N_("Write everything you made into one file"),
        "userdata:run_export",
        (
            Argument(
                "FILE",
                N_("Where to write it; standard output unless told"),
                repeat="maybe",
                completes="files",
            ),
            Argument("--force", N_("Replace the file where there is one already")),
        ),
        N_(
            "Sources, tags, marks and notes, saved searches and rules, as JSON that can be read. "
            "The articles themselves are not in it: marks hold once the articles come in."
        ),
        (Example("kaltimtui userdata export saya.json", N_("to keep, or for another computer")),),
    ),
    Command(
        "userdata import",
        N_("Take in everything from such a file"),
        "userdata:run_import",
        (
            Argument("FILE", N_("The file, or - for standard input"), completes="files"),
            Argument("--dry-run", N_("Only tell what the file holds; keep nothing")),
        ),
        N_(
            "What is there already stays; what cannot be taken is told one by one. All of it is "
            "one step, which “kaltimtui undo” takes back."
        ),
        (Example("kaltimtui userdata import saya.json", N_("from another computer")),),
    ),
)

GROUPS: Final = (
    Group("tags", N_("Look after the tags")),
    Group("userdata", N_("Carry over what you made: marks, notes, tags, searches, rules, sources")),
)
