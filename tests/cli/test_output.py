from __future__ import annotations

import io
import os

import pytest

from kaltimtui import cli
from kaltimtui.cli.output import Output
from kaltimtui.styled import Styled


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _terminals(monkeypatch: pytest.MonkeyPatch) -> tuple[io.StringIO, io.StringIO]:
    """Both streams, as terminals; set within the test, for pytest sets its own before."""
    out, err = _Terminal(), _Terminal()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.stderr", err)
    monkeypatch.setenv("TERM", "xterm")
    return out, err


def test_only_our_own_styles_reach_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    out, _err = _terminals(monkeypatch)
    Output().line(Styled("a\x1b[5mb\n", "bold"), "c\x9b\td\u202e", Styled("", "dim"))
    assert out.getvalue() == "\x1b[1ma[5mb \x1b[0mc d\n"


def test_progress_is_one_line_that_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    _out, err = _terminals(monkeypatch)
    monkeypatch.setenv("COLUMNS", "12")
    output = Output()
    output.progress("1 file read")
    output.progress("a line that is far too long")
    output.tell("Done.")
    output.tell("Bye.")
    assert err.getvalue() == "\r1 file read\x1b[K\ra line tha…\x1b[K\r\x1b[KDone.\nBye.\n"


def test_quiet_tells_only_of_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    _out, err = _terminals(monkeypatch)
    output = Output(quiet=True)
    output.progress("1 file read")
    output.tell("Done.")
    output.fail("Broken.")
    assert err.getvalue() == "kaltimtui: Broken.\n"


def test_json_is_clean_at_any_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    out, _err = _terminals(monkeypatch)
    Output(json=True).data(
        {"a": ["\x1b[1m", {"b": ("\x9b", None, 1, True)}], "c": "satu\ndua\u2028tiga \ud800é"}
    )
    assert out.getvalue() == (
        '{"a": ["[1m", {"b": ["", null, 1, true]}], "c": "satu\\ndua\\ntiga \ufffdé"}\n'
    )


@pytest.mark.parametrize("words", [["--version"], ["completion", "zsh"]])
@pytest.mark.parametrize("buffering", [1, -1])
def test_nothing_is_said_of_a_pipe_closed_early(
    words: list[str],
    buffering: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", buffering) as stream:
        monkeypatch.setattr("sys.stdout", stream)
        assert cli.main(words) == 0
    assert capsys.readouterr().err == ""


def test_a_width_that_nobody_knows_is_that_of_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    _terminals(monkeypatch)
    monkeypatch.delenv("COLUMNS", raising=False)
    assert Output().width == 80
