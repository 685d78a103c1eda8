"""The commands for the earlier texts of articles, as data."""

from __future__ import annotations

from typing import Final

from kaltimtui.cli.command import Argument, Command, Example
from kaltimtui.i18n import N_

_ID: Final = Argument("ID", N_("The id of the article, or its first characters"))

CHANGED: Final = (
    Command(
        "versions",
        N_("List the texts that an article had, and since when"),
        "versions:run_versions",
        (_ID,),
        N_(
            "The first one first, the one it has now last. Into a pipe, one a line, parted by "
            "tabs: number, time, “known” where it is the one you read or looked at last, title."
        ),
        (Example("kaltimtui versions 3f9k2m7q", N_("how often the article was changed")),),
    ),
    Command(
        "diff",
        N_("Print what changed in an article, word by word"),
        "versions:run_diff",
        (
            _ID,
            Argument(
                "--from",
                N_("From this version on; the one you read, unless told"),
                value="N",
                at_least=1,
            ),
            Argument(
                "--to", N_("Up to this version; the last, unless told"), value="N", at_least=1
            ),
            Argument("--whole", N_("Print what is the same, too, however long")),
        ),
        N_(
            "What was removed stands between [- and -], what was added between {+ and +}. An "
            "article that was never read is compared with its first text; of one whose last text "
            "you know, what changed last is printed."
        ),
        (
            Example("kaltimtui diff 3f9k2m7q", N_("what changed since you read it")),
            Example("kaltimtui diff 3f9k2m7q --from 1 --to 2", N_("the first change of all")),
        ),
    ),
)
