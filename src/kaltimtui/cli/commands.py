"""The commands there are, as data: the parser, the help, the completions and the docs read it.

Texts are message ids. Whatever runs is named, not imported, so that the help loads none of it.
"""

from __future__ import annotations

from typing import Final

from kaltimtui.cli.changed import CHANGED
from kaltimtui.cli.command import QUERY, Argument, Command, Example, Group
from kaltimtui.cli.made import GROUPS as MAKING
from kaltimtui.cli.made import MADE
from kaltimtui.cli.organised import GROUPS as ORGANISING
from kaltimtui.cli.organised import ORGANISED
from kaltimtui.i18n import LANGUAGES, N_

COMMON: Final = (
    Argument(
        "--home",
        N_("Keep configuration, data, cache and state below this folder (KALTIMTUI_HOME)"),
        value="DIR",
        completes="folders",
    ),
    Argument("--json", N_("Print JSON: one object, or one a line where there are many")),
    Argument("--quiet", N_("Tell only of failures")),
    Argument("--lang", N_("Speak Indonesian or English"), value="LANG", choices=LANGUAGES),
    Argument("--offline", N_("Never use the network")),
    Argument("--help", N_("Show this help")),
    Argument("--version", N_("Show the version")),
)

_WHICH: Final = (
    Argument("--limit", N_("At most so many articles"), value="N", default=50, at_least=1),
    Argument("--after", N_("Go on behind this article"), value="ID"),
    Argument(
        "--sort",
        N_("Which come first, whatever the query says; newest unless told"),
        value="ORDER",
        choices=("newest", "oldest", "relevance", "title", "source"),
        also=("terbaru", "terlama", "relevansi", "judul", "sumber"),
    ),
)
"""Which of the articles that were found are listed."""
_LIST_DETAILS: Final = N_(
    "Several words are one query; what is within it in quotes needs quotes of the shell round it. "
    "docs/search.md tells of all that a query may say. On a terminal, a table; the short ids in it "
    "do for every command. Into a pipe, one article a line, parted by tabs: id, time, marks (● "
    "unread, ★ starred, ◷ later), source, category, title."
)

_SOURCE: Final = Argument("SOURCE", N_("The name of the source, or how it begins"))
_SET: Final = (
    Argument("--name", N_("Call it so"), value="NAME"),
    Argument("--folder", N_("Put it into this folder: A/B is B within A"), value="FOLDER"),
    Argument(
        "--interval",
        N_("Fetch it every so many minutes; auto: as the source itself says"),
        value="MINUTES",
    ),
    Argument("--full-text", N_("Fetch the page of each new article, too"), rivals="full-text"),
)
"""What can be set of a source."""

READER: Final = Command(
    "",
    N_("Open the reader"),
    "read:run",
    examples=(Example("kaltimtui", N_("read the news; nothing needs the network")),),
)

COMMANDS: Final = (
    Command(
        "import",
        N_("Take in saved pages, feed files and subscription lists"),
        "importing:run",
        (
            Argument(
                "PATH",
                N_("A file, a folder of files, or - for standard input"),
                repeat="any",
                completes="files",
            ),
            Argument(
                "--newsboat",
                N_("Take over what newsboat keeps in the folder PATH, or where it usually does"),
            ),
            Argument("--source", N_("File the articles under this source"), value="NAME"),
            Argument("--url", N_("The address a saved page was taken from"), value="URL"),
            Argument("--dry-run", N_("Only tell what the files hold; keep nothing")),
        ),
        N_(
            "Files are told apart by what is in them, not by their names; what “kaltimtui userdata "
            "export” wrote is taken, too. From a folder, files ending in .html, .htm, .txt, .xml, "
            ".rss, .atom, .rdf, .json and .opml are taken. Of newsboat, nothing is changed: its "
            "feeds, articles and read marks come over, and its flags as tags."
        ),
        (
            Example("kaltimtui import halaman.html", N_("a page saved from the portal")),
            Example("kaltimtui import --dry-run --json arsip/", N_("what a folder holds, as JSON")),
            Example(
                "kaltimtui import - --url https://kaltimprov.go.id/berita/contoh < halaman.html",
                N_("a page from another program, with its address"),
            ),
            Example("kaltimtui import --newsboat", N_("feeds, articles and marks of newsboat")),
        ),
    ),
    Command(
        "list",
        N_("List articles, newest first"),
        "articles:run_list",
        (
            Argument(QUERY, N_("Only what this query finds, such as is:starred"), repeat="any"),
            Argument("--saved", N_("Only what this saved search finds"), value="NAME"),
            *_WHICH,
        ),
        _LIST_DETAILS,
        (
            Example("kaltimtui list --limit 10", N_("the ten newest")),
            Example("kaltimtui list is:starred -has:note", N_("starred, without a note")),
            Example(
                "kaltimtui list 'source:\"Portal Kaltim\" year:2013' --sort oldest",
                N_("a year of one source, from its beginning"),
            ),
            Example("kaltimtui list --json | jq -r .title", N_("the titles alone")),
        ),
    ),
    Command(
        "search",
        N_('Search articles by words, "phrases" and what is known of them'),
        "articles:run_search",
        (
            Argument(QUERY, N_("What an article holds, is and has"), repeat="some"),
            *_WHICH,
        ),
        _LIST_DETAILS,
        (
            Example("kaltimtui search banjir mahakam", N_("both words, wherever they stand")),
            Example("kaltimtui search '\"ibu kota nusantara\"'", N_("the words in this order")),
            Example(
                "kaltimtui search 'place:balikpapan (banjir or longsor) age:<30d'",
                N_("either word, from Balikpapan, of the last thirty days"),
            ),
        ),
    ),
    Command(
        "show",
        N_("Print one article"),
        "articles:run_show",
        (
            Argument("ID", N_("The id of the article, or its first characters")),
            Argument("--markdown", N_("Print Markdown")),
        ),
        "",
        (
            Example("kaltimtui show 3f9k2m7q", N_("to read in the terminal")),
            Example("kaltimtui show 3f9k2m7q --markdown > berita.md", N_("into a file")),
        ),
    ),
    *CHANGED,
    Command(
        "mark",
        N_("Mark articles: read, starred, later, hidden, tags, a note"),
        "marking:run_mark",
        (
            Argument("ID", N_("Ids of articles, or their first characters"), repeat="any"),
            Argument("--query", N_("Mark all that this query finds, no ids"), value=QUERY),
            Argument("--read", N_("Mark as read"), rivals="read"),
            Argument("--unread", N_("Mark as unread"), rivals="read"),
            Argument("--star", N_("Put a star on it"), rivals="star"),
            Argument("--unstar", N_("Take the star away"), rivals="star"),
            Argument("--later", N_("Keep it to read later"), rivals="later"),
            Argument("--unlater", N_("No longer to be read later"), rivals="later"),
            Argument("--hide", N_("Take it out of all lists"), rivals="hide"),
            Argument("--unhide", N_("Bring it back into the lists"), rivals="hide"),
            Argument("--tag", N_("Add a tag"), value="TAG", repeat="any"),
            Argument("--untag", N_("Remove a tag"), value="TAG", repeat="any"),
            Argument("--note", N_("Write a note; an empty one removes it"), value="TEXT"),
            Argument("--dry-run", N_("Only tell how many it would be; mark nothing")),
        ),
        N_("However many there are, it is one step that “kaltimtui undo” takes back."),
        (
            Example("kaltimtui mark 3f9k2m7q --star --tag rapat", N_("several marks at once")),
            Example("kaltimtui mark 3f9k2m7q --note ''", N_("remove the note")),
            Example(
                "kaltimtui mark --query 'is:unread age:>30d' --read",
                N_("all that is unread and older than a month"),
            ),
            Example(
                "kaltimtui mark --query 'category:olahraga' --hide --dry-run",
                N_("how many would be hidden"),
            ),
        ),
    ),
    Command(
        "cite",
        N_("Print articles as citations"),
        "citing:run",
        (
            Argument("ID", N_("Ids of articles, or their first characters"), repeat="any"),
            Argument("--query", N_("Cite all that this query finds, no ids"), value=QUERY),
            Argument(
                "--style",
                N_("The style; unless told, that of the settings: [citation] style"),
                value="STYLE",
                choices=("pustaka", "apa", "chicago", "bibtex", "csl-json", "chat"),
            ),
        ),
        N_(
            "pustaka is a line of an Indonesian daftar pustaka, chat a message for a group: title, "
            "medium, time, two sentences, address. --json prints the objects of CSL-JSON, one a "
            "line, whatever the style. docs/citing.md tells of each."
        ),
        (
            Example("kaltimtui cite 3f9k2m7q --style apa", N_("one article")),
            Example(
                "kaltimtui cite --query is:starred --style bibtex > berita.bib",
                N_("all that is starred, for BibTeX"),
            ),
        ),
    ),
    *MADE,
    *ORGANISED,
    Command("undo", N_("Take back the last change of marks"), "marking:run_undo"),
    Command("redo", N_("Make again what was taken back"), "marking:run_redo"),
    Command(
        "refresh",
        N_("Fetch what is due"),
        "refresh:run",
        (
            Argument("SOURCE", N_("Only this one, due or not"), repeat="any"),
            Argument("--all", N_("Every source, due or not")),
            Argument(
                "--backfill",
                N_("Fetch at most N older articles, too, out of the archive of each portal"),
                value="N",
                default=0,
                at_least=0,
            ),
        ),
        N_(
            "Sources are asked side by side; one that fails is named and harms no other. A "
            "backfill may be stopped with Ctrl+C and goes on where it was."
        ),
        (
            Example("kaltimtui refresh", N_("in a cron job: what is due")),
            Example("kaltimtui refresh 'Portal Kaltim' --backfill 500", N_("older articles")),
        ),
    ),
    Command(
        "sources list",
        N_("List the sources"),
        "sources:run_list",
        details=N_(
            "On a terminal, a table. Into a pipe, one source a line, parted by tabs: name, kind, "
            "folder, address, articles, unread."
        ),
    ),
    Command(
        "sources add",
        N_("Subscribe to a site or feed"),
        "sources:run_add",
        (Argument("URL", N_("The address of a feed, or of a site whose news is wanted")), *_SET),
        N_(
            "The feed of a site is looked for; where it has none, the links of its pages are "
            "followed. What was taken is told. An address in a private network is taken because "
            "it is typed here. With --offline the address is added unseen, as that of a feed."
        ),
        (
            Example("kaltimtui sources add https://kaltim.tribunnews.com/", N_("a site")),
            Example(
                "kaltimtui sources add https://kabar.example/feed --folder Daerah --full-text",
                N_("a feed that only begins its articles"),
            ),
        ),
    ),
    Command(
        "sources remove",
        N_("Leave a source"),
        "sources:run_remove",
        (_SOURCE,),
        N_(
            "Its articles go out of sight with it. Marks stay, and “kaltimtui undo” brings all of "
            "it back."
        ),
    ),
    Command(
        "sources edit",
        N_("Rename a source, move it, or set how it is fetched"),
        "sources:run_edit",
        (
            _SOURCE,
            *_SET,
            Argument("--no-full-text", N_("Be content with the feed"), rivals="full-text"),
            Argument(
                "--keep-days",
                N_("Remove its articles at this age; 0: never; auto: as the settings say"),
                value="DAYS",
            ),
            Argument(
                "--keep-articles",
                N_("Keep its newest so many articles; 0 or auto: any number"),
                value="NUMBER",
            ),
        ),
        "",
        (
            Example("kaltimtui sources edit tribun --name 'Tribun Kaltim'", N_("another name")),
            Example("kaltimtui sources edit tribun --folder ''", N_("out of its folder")),
        ),
    ),
    Command(
        "sources health",
        N_("Tell how fetching each source has gone"),
        "sources:run_health",
        details=N_(
            "Last success, last error, next try, and articles a week over the last four weeks. "
            "Into a pipe, one source a line, parted by tabs: name, state (ok, failed, gone, new), "
            "last success, next try, articles a week, error."
        ),
    ),
    Command(
        "sources suggest",
        N_("List sources of the region that could be added"),
        "sources:run_suggest",
        details=N_("None of them is sure to answer. Those with a ✓ are sources already."),
    ),
    Command(
        "opml import",
        N_("Subscribe to what a list of another program names"),
        "opml:run_import",
        (
            Argument("FILE", N_("The list, or - for standard input"), completes="files"),
            Argument("--allow-private", N_("Take addresses in private networks as well")),
        ),
        N_("Folders come along. What cannot be taken is told, entry by entry."),
        (Example("kaltimtui opml import langganan.opml", N_("from another reader")),),
    ),
    Command(
        "opml export",
        N_("Write the sources as a list that other programs read"),
        "opml:run_export",
        (
            Argument(
                "FILE",
                N_("Where to write it; standard output unless told"),
                repeat="maybe",
                completes="files",
            ),
            Argument("--force", N_("Replace the file where there is one already")),
        ),
        "",
        (Example("kaltimtui opml export langganan.opml", N_("for another reader")),),
    ),
    Command(
        "stats",
        N_("Tell how much news there is, when and from where"),
        "statistics:run",
        (
            Argument("--source", N_("Only of this source"), value="NAME"),
            Argument(
                "--days",
                N_("Of so many days, today the last"),
                value="N",
                default=30,
                at_least=1,
                rivals="days",
            ),
            Argument("--all", N_("Since the oldest article"), rivals="days"),
        ),
        N_(
            "Articles a day, what was marked read, the age of what is unread, hours and weekdays, "
            "places and offices; days are those of WITA. Into a pipe, one number a line, parted by "
            "tabs: day, read, unread, hour, weekday, source, category, place or office; which one; "
            "the number."
        ),
        (
            Example("kaltimtui stats --days 365", N_("the last year")),
            Example("kaltimtui stats --source 'Portal Kaltim' --all --json", N_("all of a source")),
        ),
    ),
    Command(
        "demo",
        N_("Show the reader on a made-up news portal of its own"),
        "demo:run",
        (
            Argument("--serve", N_("Only serve the portal, and tell its address")),
            Argument(
                "--port",
                N_("Serve it at this port; 0: any that is free"),
                value="PORT",
                default=0,
                at_least=0,
            ),
            Argument(
                "--articles",
                N_("Begin with so many articles"),
                value="N",
                default=120,
                at_least=1,
            ),
        ),
        N_(
            "A news server runs on this computer alone, with an article more every few seconds, a "
            "slow feed and a broken one. The reader is opened in a home that is gone afterwards; "
            "your own is not touched, and nothing is asked of the internet."
        ),
        (
            Example("kaltimtui demo", N_("look around")),
            Example("kaltimtui demo --serve --port 8000", N_("a portal to try feeds and pages on")),
        ),
    ),
    Command(
        "doctor",
        N_("Tell what is installed, where files are and whether all is sound"),
        "health:run_doctor",
        (
            Argument("--repair", N_("Mend what can be mended")),
            Argument(
                "--compact",
                N_("Give the disk back what the store and its copies hold unused"),
            ),
        ),
        N_(
            "Before the store is brought to a newer format it is copied. The copy stays for a week "
            "whatever happens, then until --compact is asked for, and for a month at most; it goes "
            "after a refresh then, if the store is sound."
        ),
    ),
    Command("paths", N_("Tell where files are kept"), "health:run_paths"),
    Command("keys", N_("List the keys of the reader"), "keys:run"),
    Command(
        "completion",
        N_("Print a script by which a shell completes commands and options"),
        "completion:run",
        (Argument("SHELL", N_("The shell"), choices=("bash", "zsh", "fish")),),
        "",
        (
            Example('eval "$(kaltimtui completion bash)"', N_("in ~/.bashrc")),
            Example('eval "$(kaltimtui completion zsh)"', N_("in ~/.zshrc, after compinit")),
            Example("kaltimtui completion fish | source", N_("in ~/.config/fish/config.fish")),
        ),
    ),
)

GROUPS: Final = (
    Group("sources", N_("Look after the sources of news")),
    *MAKING,
    *ORGANISING,
    Group("opml", N_("Carry subscriptions over from and to other programs")),
)

BY_NAME: Final = {command.name: command for command in (READER, *COMMANDS)}
GROUP_BY_NAME: Final = {group.name: group for group in GROUPS}


def inside(group: Group) -> dict[str, Command]:
    """The commands of a group, by their second word."""
    parted = ((command, *command.name.partition(" ")) for command in COMMANDS)
    return {second: command for command, first, _space, second in parted if first == group.name}


def top_level() -> tuple[Command | Group, ...]:
    """The commands of one word and the groups, in their order."""
    firsts = dict.fromkeys(command.name.partition(" ")[0] for command in COMMANDS)
    return tuple(GROUP_BY_NAME.get(first) or BY_NAME[first] for first in firsts)
