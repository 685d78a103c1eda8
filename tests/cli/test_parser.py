from __future__ import annotations

import pytest

from kaltimtui import i18n
from kaltimtui.cli import parser
from kaltimtui.cli.commands import BY_NAME, COMMANDS, COMMON
from kaltimtui.errors import UsageError
from kaltimtui.query.tree import SORTS


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.set_language("en")


@pytest.mark.parametrize(
    ("words", "name", "rest"),
    [
        ([], "", []),
        (["list"], "list", []),
        (["list", "banjir", "--limit", "3"], "list", ["banjir", "--limit", "3"]),
        (["--home", "/h", "list", "x"], "list", ["--home", "/h", "x"]),
        (["--home=/h", "--json", "list"], "list", ["--home=/h", "--json"]),
        (["--lang", "en", "--quiet", "show", "a"], "show", ["--lang", "en", "--quiet", "a"]),
        (["--lang", "en"], "", ["--lang", "en"]),
        (["--home", "--json"], "", ["--home", "--json"]),
        (["import", "-"], "import", ["-"]),
        (["sources", "list"], "sources list", []),
        (
            ["--json", "sources", "--home", "/h", "add", "u", "x"],
            "sources add",
            ["--json", "--home", "/h", "u", "x"],
        ),
        (["sources", "--json"], "sources", ["--json"]),
        (["list", "sources", "list"], "list", ["sources", "list"]),
    ],
)
def test_the_command_is_the_first_word_that_is_no_option(
    words: list[str], name: str, rest: list[str]
) -> None:
    assert parser.split(words) == (name, rest)


def test_common_options_count_on_both_sides_of_the_command() -> None:
    for words in (["--home", "/h", "list", "--json"], ["list", "--json", "--home", "/h"]):
        name, rest = parser.split(words)
        values = parser.parse(parser.find(name), rest)
        assert (values.home, values.json, values.quiet) == ("/h", True, False)


def test_operands_and_options_may_stand_mixed() -> None:
    values = parser.parse(BY_NAME["mark"], ["a", "--star", "b", "--tag", "x", "c", "--tag", "y"])
    assert values.id == ["a", "b", "c"]
    assert values.tag == ["x", "y"]
    assert (values.star, values.read, values.note) == (True, False, None)


def test_repeated_options_start_empty_each_time() -> None:
    first = parser.parse(BY_NAME["mark"], ["a", "--tag", "x"])
    second = parser.parse(BY_NAME["mark"], ["a"])
    assert (first.tag, second.tag) == (["x"], [])


def test_defaults_and_missing_operands() -> None:
    values = parser.parse(BY_NAME["list"], [])
    assert (values.query, values.limit, values.after, values.sort) == ([], 50, None, None)


def test_an_operand_behind_two_dashes_may_begin_with_one() -> None:
    assert parser.parse(BY_NAME["import"], ["--", "-odd.html"]).path == ["-odd.html"]


def test_what_denies_in_a_search_is_no_option() -> None:
    values = parser.parse(BY_NAME["list"], ["banjir", "-samarinda", "--json", '-"harga beras"'])
    assert (values.query, values.json) == (["banjir", "-samarinda", '-"harga beras"'], True)
    assert parser.parse(BY_NAME["mark"], ["--query", "-is:read", "--read"]).query == "-is:read"
    assert parser.parse(BY_NAME["mark"], ["--query=-a b", "--read"]).query == "-a b"


def test_orders_have_names_in_both_languages() -> None:
    for order, (own, english, *_others) in SORTS.items():
        for name in (own, english):
            assert parser.parse(BY_NAME["list"], ["--sort", name]).sort == order


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("show", [], "Missing: ID."),
        ("search", ["--limit", "3"], "Missing: QUERY."),
        ("show", ["a", "b"], "Too much: b."),
        ("list", ["--limit"], "--limit needs a value."),
        ("list", ["--limit", "many"], "--limit: many is no whole number from 1."),
        ("list", ["--limit", "0"], "--limit: 0 is no whole number from 1."),
        ("list", ["--limit", "9" * 5000], f"--limit: {'9' * 5000} is no whole number from 1."),
        ("list", ["--limit", "٣"], "--limit: ٣ is no whole number from 1."),
        (
            "list",
            ["--sort", "newst"],
            "newst is none of newest, oldest, relevance, title, source. Did you mean newest?",
        ),
        ("list", ["--limt", "3"], "Unknown option: --limt. Did you mean --limit?"),
        ("list", ["--jsn"], "Unknown option: --jsn. Did you mean --json?"),
        ("list", ["--lim", "3"], "Unknown option: --lim. Did you mean --limit?"),
        ("list", ["-x"], "Unknown option: -x."),
        ("mark", ["a", "--read", "--unread"], "--unread and --read exclude each other."),
        ("mark", ["a", "--hide", "--unhide"], "--unhide and --hide exclude each other."),
        ("mark", ["--query"], "--query needs a value."),
        ("mark", ["-samarinda", "--star"], "Unknown option: -samarinda."),
        ("mark", ["a", "--star=yes"], "--star takes no value."),
        ("completion", ["tcsh"], "SHELL: tcsh is none of bash, zsh, fish."),
        ("", ["--lang", "de"], "--lang: de is none of id, en."),
    ],
)
def test_wrong_use_is_told_in_our_words(name: str, words: list[str], said: str) -> None:
    with pytest.raises(UsageError) as error:
        parser.parse(BY_NAME[name], words)
    assert said in error.value.message
    assert "--help" in error.value.hint


def test_an_unknown_command_is_told_with_the_nearest_one() -> None:
    with pytest.raises(UsageError) as error:
        parser.find("serach")
    assert error.value.message == "Unknown command: serach. Did you mean search?"
    with pytest.raises(UsageError) as error:
        parser.find("xyzzy")
    assert error.value.message == "Unknown command: xyzzy."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("sources lst", "Unknown command: sources lst. Did you mean sources list?"),
        ("sources xyzzy", "Unknown command: sources xyzzy."),
        ("opml", "Missing: import | export."),
        ("suorces", "Unknown command: suorces. Did you mean sources?"),
    ],
)
def test_a_command_of_a_group_is_told_with_the_nearest_one(name: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        parser.find(name)
    assert error.value.message == said


def test_an_operand_that_may_be_left_out() -> None:
    assert parser.parse(BY_NAME["opml export"], []).file is None
    assert parser.parse(BY_NAME["opml export"], ["a"]).file == "a"
    with pytest.raises(UsageError):
        parser.parse(BY_NAME["opml export"], ["a", "b"])


def test_the_language_is_found_wherever_it_stands() -> None:
    assert parser.language(["list", "--lang", "en"], "id") == "en"
    assert parser.language(["--lang=en"], "id") == "en"
    assert parser.language(["--lang", "id", "--lang", "en"], "id") == "en"
    assert parser.language(["--lang", "xx"], "en") == "en"
    assert parser.language(["--lang"], "id") == "id"


def test_what_follows_two_dashes_asks_for_nothing() -> None:
    assert parser.asks_for(["list", "--help"], "--help", "-h")
    assert parser.asks_for(["-h"], "--help", "-h")
    assert not parser.asks_for(["import", "--", "--help"], "--help", "-h")


def test_the_table_of_commands_is_sound() -> None:
    for command in COMMANDS:
        fields = [argument.name.strip("-").lower() for argument in command.arguments]
        assert len(fields) == len(set(fields)), command.name
        names = [argument.name for argument in (*command.arguments, *COMMON)]
        assert len(names) == len(set(names)), command.name
        assert command.summary[-1] != "."
        for example in command.examples:
            assert f"kaltimtui {command.name}" in example.line
