from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from kaltimtui import cli
from kaltimtui.cli.commands import COMMANDS, COMMON


def _complete(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """What bash offers for the last word of a command line."""
    assert cli.main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    line = " ".join(f"'{word}'" for word in ("kaltimtui", *words))
    probe = (
        f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words)}; _kaltimtui;"
        ' printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", probe], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes(capsys: pytest.CaptureFixture[str]) -> None:
    assert _complete(capsys, "sh") == ["show"]
    assert _complete(capsys, "--home", "x", "mark", "a", "--un") == [
        "--unread",
        "--unstar",
        "--unlater",
        "--unhide",
        "--untag",
    ]
    assert _complete(capsys, "list", "--sort", "") == [
        "newest",
        "oldest",
        "relevance",
        "title",
        "source",
    ]
    assert _complete(capsys, "completion", "") == [
        "bash",
        "zsh",
        "fish",
        *(argument.name for argument in COMMON),
    ]
    assert "import" in _complete(capsys, "")
    assert _complete(capsys, "so") == ["sources"]
    assert _complete(capsys, "sources", "e") == ["edit"]
    assert _complete(capsys, "sources", "--home", "x", "edit", "a", "--no") == ["--no-full-text"]
    assert "--limit" not in _complete(capsys, "sources", "list", "--")
    assert "pyproject.toml" in _complete(capsys, "opml", "import", "pyproj")
    assert _complete(capsys, "list", "--limit", "") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_and_option_is_completed(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for command in COMMANDS:
        for word in command.name.split():
            assert re.search(rf"\b{word}\b", script)
        for argument in (*command.arguments, *COMMON):
            if argument.is_option:
                assert (f"-l {argument.name[2:]} " if shell == "fish" else argument.name) in script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_scripts_are_sound(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    assert cli.main(["completion", shell, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["shell"] == shell
    done = subprocess.run(
        [shell, "-n"], input=said["script"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
