from __future__ import annotations

import gettext
import re
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaltimtui import i18n
from kaltimtui.citing import STYLES
from kaltimtui.config import CITATION_STYLES, Config, default, load
from kaltimtui.settings import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.set_language("en")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


WHOLE = """\
[network]
proxy = "http://proxy.example:3128"
[refresh]
minutes = 0
on_start = false
[offline]
images_megabytes = 5
[open]
audio = ["mpv", "--", "{url}"]
video = ["vlc", "{url}"]
"""


def test_there_need_be_no_file(file: Path) -> None:
    assert load(file) == (Config(), ())


def test_everything_can_be_set(file: Path) -> None:
    file.write_text(WHOLE)
    assert load(file) == (
        Config(
            proxy="http://proxy.example:3128",
            refresh_minutes=0,
            refresh_on_start=False,
            images_megabytes=5,
            open_audio=("mpv", "--", "{url}"),
            open_video=("vlc", "{url}"),
        ),
        (),
    )


def test_each_setting_is_a_field_and_each_example_is_taken() -> None:
    assert [setting.field for setting in SETTINGS] == [field.name for field in fields(Config)]
    for setting in SETTINGS:
        setting.read(tomllib.loads(f"x = {setting.example}")["x"])
        assert default(setting) == getattr(Config(), setting.field)


@pytest.mark.parametrize(
    "written",
    [
        "\ufeff[refresh]\nminutes = 5",
        "refresh.minutes = 5",
        "refresh = {minutes = 5}",
        "[refresh]\r\nminutes = 5\r\n",
    ],
)
def test_it_may_be_written_in_any_way_of_toml(file: Path, written: str) -> None:
    file.write_bytes(written.encode())
    assert load(file) == (Config(refresh_minutes=5), ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("minutes = -1", "takes a whole number from 0 to 10080."),
        ("minutes = 10081", "takes a whole number"),
        ("minutes = true", "takes a whole number"),
        ('minutes = "5"', "takes a whole number"),
        ("minutes = 5.5", "takes a whole number"),
        ("minutes = 9999999999999999999999", "takes a whole number"),
        ("minutes = []", "takes a whole number"),
        ("minutes = 1979-05-27", "takes a whole number"),
        ("on_start = 1", "takes true or false."),
        ("minute = 5", "There is no setting “refresh.minute”."),
        ('"a\\u001b[2J" = 5', "There is no setting “refresh.a[2J”."),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(file: Path, line: str, said: str) -> None:
    file.write_text(f"# ini pengaturan\n[offline]\nimages_megabytes = 7\n[refresh]\n\n{line}\n")
    config, wrong = load(file)
    assert config == Config(images_megabytes=7)
    assert len(wrong) == 1
    assert wrong[0].startswith(f"config.toml:{4 if chr(92) in line else 6}: ")
    assert said in wrong[0]
    assert "\x1b" not in wrong[0]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("\nrefresh.minutes = -1", 2),
        ("\n\nrefresh = 5", 3),
        ("\n[[refresh]]\nminutes = 1", 2),
        ("[lain]\na = 1", 1),
        ("a = 1\n", 1),
        ('"\\u0061" = 1', None),
        ('["refresh"]\n"minutes" = -1', 2),
    ],
)
def test_the_line_is_found_in_other_ways_of_writing(
    file: Path, written: str, line: int | None
) -> None:
    file.write_text(written)
    config, wrong = load(file)
    assert config == Config()
    assert len(wrong) == 1
    assert wrong[0].startswith(f"config.toml:{line}: " if line else "config.toml: ")


@pytest.mark.parametrize(
    "proxy",
    ['"proxy.example:3128"', '"ftp://proxy.example"', '"http://"', '"http://a:99999"', "5",
     '"http://[::1"', '"http://a\\u001b.example"'],
)  # fmt: skip
def test_a_proxy_has_to_be_an_address(file: Path, proxy: str) -> None:
    file.write_text(f"[network]\nproxy = {proxy}")
    config, wrong = load(file)
    assert config.proxy is None
    assert wrong[0].startswith("config.toml:2: “network.proxy” takes an address")


def test_no_proxy_at_all_can_be_asked_for(file: Path) -> None:
    file.write_text('[network]\nproxy = ""')
    assert load(file) == (Config(proxy=""), ())


@pytest.mark.parametrize(
    "command",
    ['"mpv {url}"', '["mpv"]', '["{url}"]', '["mpv", 5]', '["", "{url}"]', '["mpv", "--x={url}"]',
     '["m\\u0000pv", "{url}"]', "{}"],
)  # fmt: skip
def test_a_command_is_a_list_of_words_with_the_address_as_one(file: Path, command: str) -> None:
    file.write_text(f"[open]\naudio = {command}")
    config, wrong = load(file)
    assert config.open_audio == ()
    assert wrong[0].startswith("config.toml:2: “open.audio” takes a list of words")


def test_an_empty_command_is_none(file: Path) -> None:
    file.write_text("[open]\naudio = []")
    assert load(file) == (Config(), ())


def test_a_broken_line_harms_no_other(file: Path) -> None:
    file.write_text("[refresh]\nminutes = 5\non_start = tru\n[offline]\nimages_megabytes = 7\n=\n")
    config, wrong = load(file)
    assert config == Config(refresh_minutes=5, images_megabytes=7)
    told = "This line cannot be read and is left out. Mend it, text within quotes, or delete it."
    assert wrong == (f"config.toml:3: {told}", f"config.toml:6: {told}")


def test_what_is_said_is_asked_of_the_catalogue(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Loud(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return re.sub(r"[a-z]+(?![a-z}])", lambda word: word[0].upper(), message)

    monkeypatch.setattr(i18n, "_translations", Loud)
    file.write_text("[refresh]\nminutes = lima\n[refesh]\nx = 1\n[offline]\nx = 1\n[lain\n")
    wrong = load(file)[1]
    assert len(wrong) == 4
    for said in wrong:
        sentence = re.sub(r"“.*?”|\b(refresh|offline)[.a-z_]*", "", said.partition(": ")[2])
        assert sentence == sentence.upper()


@pytest.mark.parametrize(
    ("written", "line", "held"),
    [
        ("[refresh\nminutes = 5\non_start = false\n[offline]\nimages_megabytes = 7", 1, 7),
        ("[offline]\nimages_megabytes = 7\n[refresh\nimages_megabytes = 8", 3, 7),
        ('[open]\naudio = [\n  "mpv"\n  "{url}",\n]\n[offline]\nimages_megabytes = 7', 2, 7),
        ("[offline]\nimages_megabytes = 7\nimages_megabytes = 8", 3, 7),
        ("[offline]\nimages_megabytes = 7\n\n# catatan\nhalo\ndunia\n", 5, 7),
        ("[refresh]\nminutes = lima\n[refresh]\n[offline]\nimages_megabytes = 7", 2, 7),
    ],
)
def test_what_is_broken_is_told_of_once_and_nothing_that_only_follows_from_it(
    file: Path, written: str, line: int, held: int
) -> None:
    file.write_text(written)
    config, wrong = load(file)
    assert config == Config(images_megabytes=held)
    assert [said.partition(": ")[0] for said in wrong] == [f"config.toml:{line}"]


def test_a_word_that_was_likely_meant_is_named(file: Path) -> None:
    file.write_text("[refresh]\nminute = 5\n[refesh]\n[x]\n")
    assert [said.partition("”. ")[2] for said in load(file)[1]] == [
        "Did you mean refresh.minutes?",
        "Did you mean refresh?",
        "Delete it.",
    ]


@pytest.mark.parametrize("written", ["[open]\naudio = [", 'a = """', "x" * 30, "=\n" * 30])
def test_a_file_that_is_broken_all_over_is_told_of(file: Path, written: str) -> None:
    file.write_text(written)
    config, wrong = load(file)
    assert config == Config()
    assert 1 <= len(wrong) <= 2
    assert wrong[0].startswith("config.toml:")


def test_a_file_that_is_none_is_told_of(tmp_path: Path, file: Path) -> None:
    assert load(tmp_path)[0] == Config()
    assert len(load(tmp_path)[1]) == 1
    file.write_bytes(b"#" * (1 << 20) + b"#")
    assert load(file) == (Config(), ("config.toml is too large to be read.",))
    file.write_text("a = " + "[" * 100_000)
    assert load(file)[0] == Config()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200) | st.text("[]=\"'\n{}.#ab1 refshminuto", max_size=80).map(str.encode)
)
def test_whatever_stands_there_something_holds(file: Path, written: bytes) -> None:
    file.write_bytes(written)
    config, wrong = load(file)
    assert isinstance(config, Config)
    assert all(line.isprintable() for line in wrong)


def test_any_number_of_commands_share_under_names_of_the_users(file: Path) -> None:
    file.write_text(
        '[share]\n"Surel\\u001b  kantor" = ["xdg-email", "--body={url} {title}"]\n'
        'grup = ["kirim", "{url}"]\n'
    )
    shared = (("Surel kantor", ("xdg-email", "--body={url} {title}")), ("grup", ("kirim", "{url}")))
    assert load(file) == (Config(share=shared), ())


@pytest.mark.parametrize(
    "command",
    ['"kirim {url}"', '["kirim"]', '["{url}"]', '["kirim-{title}", "{url}"]', '["kirim", 5]', "[]",
     '["", "{url}"]', '["ki\\u0000rim", "{url}"]', "{}"],
)  # fmt: skip
def test_what_shares_is_a_list_of_words_with_address_or_title(file: Path, command: str) -> None:
    file.write_text(f'[share]\nsatu = ["kirim", "{{url}}"]\ndua = {command}')
    config, wrong = load(file)
    assert config.share == (("satu", ("kirim", "{url}")),)
    assert wrong[0].startswith("config.toml:3: “share.dua” takes a list of words")


@pytest.mark.parametrize("style", ['"mla"', "5", "[]"])
def test_a_style_is_one_of_those_there_are(file: Path, style: str) -> None:
    file.write_text(f"[citation]\nstyle = {style}")
    config, wrong = load(file)
    assert config.citation_style == "pustaka"
    assert wrong[0].startswith("config.toml:2: “citation.style” takes “pustaka”, “apa”")


def test_the_styles_are_those_that_citations_have() -> None:
    assert tuple(STYLES) == CITATION_STYLES


@pytest.mark.parametrize(
    ("said", "show", "complaints"),
    [('"blocks"', "blocks", 0), ('"off"', "off", 0), ('"sixel"', "auto", 1), ("true", "auto", 1)],
)
def test_one_of_some_words_is_taken(tmp_path: Path, said: str, show: str, complaints: int) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"[images]\nshow = {said}\nover_ssh = true\nfetch = false\n")
    config, wrong = load(file)
    assert (config.images_show, len(wrong)) == (show, complaints)
    assert config.images_over_ssh
    assert not config.images_fetch
