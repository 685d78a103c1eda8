from __future__ import annotations

import gettext
import io
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import cli, i18n
from kaltimtui.cli import context, health
from kaltimtui.cli.commands import BY_NAME, COMMANDS, GROUPS, inside, top_level
from kaltimtui.config import CITATION_STYLES
from kaltimtui.query.tree import SORTS
from kaltimtui.store import schema
from kaltimtui.ui.actions import ACTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

    from kaltimtui.cli.command import Group
    from kaltimtui.cli.context import Context

_HEAVY = ("textual", "rich", "httpx", "sqlite3", "lxml", "feedparser", "readability", "argparse")


def _run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kaltimtui", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize("words", [["--help"], ["list", "--help"], ["--version"]])
def test_the_help_loads_nothing_heavy(words: list[str]) -> None:
    script = (
        "import sys; from kaltimtui import cli; status = cli.main(sys.argv[1:]);"
        f" print([name for name in {_HEAVY!r} if name in sys.modules], file=sys.stderr);"
        " sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "[]")
    assert "kaltimtui" in done.stdout


def test_a_list_loads_no_screen_and_no_parser(tmp_path: Path) -> None:
    heavy = ("textual", "rich", "httpx", "lxml", "feedparser", "readability", "shutil")
    script = (
        "import sys; from kaltimtui import cli; cli.main(sys.argv[1:]);"
        f" print([name for name in {heavy!r} if name in sys.modules])"
    )
    words = ["list", "--home", str(tmp_path), "--quiet"]
    done = subprocess.run(
        [sys.executable, "-c", script, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Usage: kaltimtui [COMMAND] [OPTIONS]" in out
    for entry in top_level():
        assert re.search(rf"^  {entry.name}\b", out, re.MULTILINE), entry.name


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_the_help_of_a_group_names_its_commands(
    group: Group, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([group.name, "--help", "--lang", "en"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert f"Usage: kaltimtui {group.name} COMMAND [OPTIONS]" in out
    for command in inside(group).values():
        assert re.search(rf"^  {command.name}\b", out, re.MULTILINE), command.name
    assert cli.main([group.name, "--lang", "en"]) == 2
    assert f"kaltimtui {group.name} --help" in capsys.readouterr().err


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
@pytest.mark.parametrize("width", ["20", "80", "200"])
def test_each_command_has_a_help_that_fits(
    command: str, width: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert cli.main([command, "-h", "--lang=en"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Usage: kaltimtui {command}")
    if width == "80":
        assert max(len(line) for line in out.split("Examples:")[0].splitlines()) <= 80


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert re.fullmatch(r"kaltimtui \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_the_language_comes_from_the_option_else_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    cli.main(["--help"])
    assert i18n.language() == "en"
    cli.main(["--help", "--lang", "id"])
    assert i18n.language() == "id"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    cli.main(["--help"])
    assert i18n.language() == "id"


def test_wrong_use_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lsit", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "kaltimtui: Unknown command: lsit. Did you mean list?"
        " kaltimtui --help lists the commands.\n"
    )


def test_wrong_use_with_json_is_told_there_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "--json", "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["error"].startswith("Missing: ID.")
    assert "Missing: ID." in err


def test_hostile_words_come_out_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["\x1b]0;x\x07li\u202est\x9b31m\nx", "--lang", "en", "--json"]) == 2
    out, err = capsys.readouterr()
    assert "Unknown command: ]0;xlist31m x." in err
    for stream in (out, err):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", stream)
        assert stream.count("\n") == 1


def test_the_reader_wants_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert cli.main(["--lang", "en"]) == 2
    assert "needs a terminal" in capsys.readouterr().err


def test_paths_are_those_of_the_home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["paths", "--home", str(tmp_path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["store"] == str(tmp_path / "data" / "kaltimtui.db")
    assert cli.main(["--home", str(tmp_path), "paths"]) == 0
    assert str(tmp_path / "state") in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_a_home_of_nobody_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["paths", "--home", "~nobody-of-this-name/x"]) == 2
    assert "~nobody-of-this-name" in capsys.readouterr().err


class TestUnforeseen:
    @pytest.fixture(autouse=True)
    def _broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(context: Context) -> int:
            raise ZeroDivisionError("\x1b[31mno number\x9b in\ntwo lines")

        monkeypatch.setattr(health, "run_paths", broken)

    def test_it_is_one_line_and_the_details_are_kept(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for _again in range(2):
            assert cli.main(["paths", "--home", str(tmp_path), "--lang", "en"]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert "Traceback" not in err
        assert err.count("\n") == 2
        log = tmp_path / "state" / "errors.log"
        assert str(log) in err
        assert "ZeroDivisionError: [31mno number in two lines" in err
        kept = log.read_text()
        assert kept.count("Traceback") == 2
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", kept)
        assert log.stat().st_mode & 0o077 == 0

    def test_the_details_never_grow_without_end(self, tmp_path: Path) -> None:
        log = tmp_path / "state" / "errors.log"
        log.parent.mkdir()
        log.write_bytes(b"x" * 200_000)
        assert cli.main(["paths", "--home", str(tmp_path)]) == 1
        assert log.stat().st_size == 64 * 1024
        assert b"Traceback" in log.read_bytes()

    def test_a_home_that_cannot_be_written_is_told(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "state").write_text("a file where the folder should be")
        assert cli.main(["paths", "--home", str(tmp_path), "--lang", "en", "--json"]) == 1
        out, err = capsys.readouterr()
        assert "The details could not be kept" in err
        assert "ZeroDivisionError" in json.loads(out)["error"]


def test_an_interruption_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(context: Context) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(health, "run_paths", interrupted)
    assert cli.main(["paths", "--lang", "en"]) == 130
    assert capsys.readouterr().err == "kaltimtui: Interrupted.\n"


def test_a_pipe_closed_early_is_no_error() -> None:
    command = [sys.executable, "-m", "kaltimtui", "completion", "zsh"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(), said) == (0, b"")


def test_what_an_encoding_cannot_say_is_replaced() -> None:
    done = _run("list", "--help", "--lang", "en", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "? unread" in done.stdout


class _Bracketed(gettext.NullTranslations):
    """A language that puts every message in brackets: what is outside was not looked up."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


class TestLanguages:
    @pytest.fixture(autouse=True)
    def _bracketed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kaltimtui.i18n._translations", _Bracketed)

    @pytest.mark.parametrize(
        "words",
        [
            ["lsit"],
            ["show"],
            ["show", "a", "b"],
            ["list", "--limit"],
            ["list", "--limit", "x"],
            ["list", "--limt=3"],
            ["list", "--sort", "up"],
            ["mark", "a", "--read", "--unread"],
            ["mark", "a", "--read=1"],
            ["completion", "tcsh"],
        ],
    )
    def test_wrong_use_is_told_in_the_users_language(
        self, words: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert cli.main(words) == 2
        err = capsys.readouterr().err
        outside = re.sub("⟦[^⟦⟧]*⟧", "", re.sub("⟦[^⟦⟧]*⟧", "", err))
        assert re.fullmatch(r"kaltimtui: (--?[a-z]+: |[A-Z]+: )?\s*", outside)

    @pytest.mark.parametrize("command", [entry.name for entry in (*COMMANDS, *GROUPS)])
    def test_the_help_is_in_the_users_language(
        self, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "100")
        assert cli.main([*command.split(), "--help"]) == 0
        told = capsys.readouterr().out.split("⟦Examples:⟧")[0].replace("\n", " ")
        outside = re.sub("⟦[^⟦⟧]*⟧", "", told)
        words = set(re.findall(r"(?<![-\w])[a-z]{4,}", outside))
        own = {*command.split(), *(name.split()[-1] for name in BY_NAME if name)}
        orders = {name for names in SORTS.values() for name in names}
        assert words <= {"kaltimtui", "bash", "fish", *orders, *CITATION_STYLES, *own}


@pytest.mark.parametrize("crash", [None, ValueError("no such pane")])
def test_the_reader_opens_over_the_library_of_the_home(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    crash: Exception | None,
) -> None:
    opened: list[Any] = []

    class Reader:
        return_code = 0

        def __init__(self, library: Any, clock: Any, *, state_file: Path, **_given: Any) -> None:
            opened.extend((library.paths.store, state_file))

        def run(self) -> None:
            opened.append("ran")

        @property
        def crash(self) -> Exception | None:
            return crash

    monkeypatch.setattr("kaltimtui.ui.app.ReaderApp", Reader)
    terminal = _Terminal()
    for stream in ("stdin", "stderr"):
        monkeypatch.setattr(f"sys.{stream}", terminal)
    assert cli.main(["--home", str(tmp_path)]) == (0 if crash is None else 1)
    assert "Traceback" not in terminal.getvalue()
    assert ("no such pane" in terminal.getvalue()) is (crash is not None)
    assert opened == [
        tmp_path / "data" / "kaltimtui.db",
        tmp_path / "state" / "screen.json",
        "ran",
    ]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_keys_are_those_of_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["keys", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [key["action"] for key in found] == [action.name for action in ACTIONS]
    assert {"action", "keys", "title", "group", "where"} == set(found[0])
    assert cli.main(["keys", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^  s +Star or unstar$", out, re.MULTILINE)
    for action in ACTIONS:
        assert action.title in out


def test_the_keys_load_no_screen() -> None:
    script = (
        "import sys; from kaltimtui import cli; cli.main(['keys', '--quiet']);"
        " sys.exit('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize(
    ("streams", "status"),
    [(">&-", 0), ("> /dev/full", 1), ("2> /dev/full", 0), ("2>&-", 0), ("> /dev/full 2>&-", 1)],
)
def test_streams_that_take_nothing_show_no_traceback(
    tmp_path: Path, streams: str, status: int
) -> None:
    line = f'"$0" -m kaltimtui --home "$1" --lang en paths {streams}'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert "Traceback" not in done.stderr
    assert "not foreseen" not in done.stderr
    if streams == "> /dev/full":
        assert "there is no room left" in done.stderr


@pytest.mark.parametrize(("long", "told"), [(5, True), (6, False)])
def test_why_a_large_store_takes_long_to_open_is_said_once(
    run: Run, news: dict[str, str], monkeypatch: pytest.MonkeyPatch, *, long: int, told: bool
) -> None:
    assert len(news) == 5
    monkeypatch.setattr(context, "LONG_UPGRADE", long)
    for format_, command in enumerate(("list", "doctor")):
        script = f"CREATE TABLE made{format_}(id INTEGER PRIMARY KEY);"
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, script))
        said = run(command)
        assert said.status == 0
        wanted = (
            "Bringing the store of 5 articles to a newer format; a copy of it as it is stays for"
            " a month. This may take a minute …\n"
        )
        assert said.err == (wanted if told else "")
        assert run(command).err == ""
