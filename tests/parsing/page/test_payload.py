from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kaltimtui.parsing.html.tree import parse_html
from kaltimtui.parsing.page.payload import LITERALS_LIMIT, values_of

if TYPE_CHECKING:
    from kaltimtui.parsing.page.jsontext import Value


def values(markup: str) -> list[Value]:
    return [value for value in values_of(parse_html(markup)) if value is not None]


def test_attributes_hold_json() -> None:
    page = json.dumps({"props": {"judul": "a" * 200}})
    assert values(f"<div id=app data-page='{page}'></div>") == [{"props": {"judul": "a" * 200}}]
    assert values("<div data-x='{\"a\": 1}' title='{tanpa arti" + " x" * 200 + "'></div>") == []


def test_scripts_hold_json() -> None:
    assert values('<script type="application/json">{"a": 1}</script>') == [{"a": 1}]
    assert values("<script>window.__A__ = [1]; lain()</script>") == [[1]]
    assert values("<script>lain({a: 1})</script>") == []


def test_a_string_that_a_script_parses_is_json() -> None:
    inner = json.dumps({"judul": "“Kita” tanam"})
    assert values(f"<script>window.__A__ = JSON.parse({json.dumps(inner)})</script>") == [
        {"judul": "“Kita” tanam"}
    ]
    single = '<script>mulai(JSON.parse(\'{"a":"kata \\\\u0022dia\\\\u0022"}\'))</script>'
    assert values(single) == [{"a": 'kata "dia"'}]
    assert values("<script>mulai(JSON.parse(lain), JSON.parse('x'))</script>") == []


def test_scripts_hold_literals() -> None:
    assert values("<script>window.__A__ = {a: 'x', b: !0}; lain()</script>") == [
        {"a": "x", "b": True}
    ]
    nuxt = "<script>window.__NUXT__=(function(a){return {data:[{judul:a}]}}('x'));</script>"
    assert values(nuxt) == [{"data": [{"judul": "x"}]}]
    assert values("<script>var a = {a: function(){ return 1 }};</script>") == []


def test_the_data_that_a_kit_starts_with() -> None:
    kit = '<script>{const data = [null,{judul:"x"}]; kit.start(app, e, {data})}</script>'
    assert values(kit) == [[None, {"judul": "x"}]]
    inline = '<script>mulai(); kit.start(app, e, {data: [{judul:"x"}], form: null})</script>'
    assert values(inline) == [[{"judul": "x"}]]
    assert values("<script>mulai({data: [{a:1}]})</script>") == []


def test_the_answers_that_a_kit_fetched_hold_json_in_a_string() -> None:
    inner = {"judul": "a" * 200}
    answer = json.dumps({"status": 200, "body": json.dumps(inner)})
    assert values(f'<script type="application/json">{answer}</script>')[1:] == [inner]


def test_only_so_much_of_a_page_is_read_as_literals() -> None:
    filler = "<script>" + " " * LITERALS_LIMIT + "</script>"
    assert values(f"{filler}<script>a = {{a: 1}}</script><script>b = [1]</script>") == [[1]]


def test_an_array_of_references_is_put_together() -> None:
    source = [
        {"berita": 1, "waktu": 5, "kosong": -1},
        ["Reactive", 2],
        {"judul": 3, "sama": 3, "benar": 4},
        "Warga Tanam Bibit",
        True,
        ["Date", "2019-06-20T00:00:00.000Z"],
    ]
    markup = f'<script id="__NUXT_DATA__">{json.dumps(source)}</script>'
    title = "Warga Tanam Bibit"
    assert values(markup) == [
        {
            "berita": [{"judul": title, "sama": title, "benar": True}],
            "waktu": "2019-06-20T00:00:00.000Z",
            "kosong": None,
        }
    ]


def test_a_stream_of_pieces_is_put_together() -> None:
    body = "<p>“Kita” tanam.</p>"
    stream = f'0:I["x"]\n1a:T{len(body.encode()):x},{body}2:{{"isi":"$1a","lain":"$1b"}}\n3:null\n'
    cut = stream.index("tanam")
    pushes = (json.dumps([1, part]) for part in (stream[:cut], stream[cut:]))
    scripts = "".join(f"<script>self.__next_f.push({pushed})</script>" for pushed in pushes)
    assert values(scripts) == [{"isi": body, "lain": "$1b"}]


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NUXT_DATA__">[]</script>',
        '<script id="__NUXT_DATA__">{"a": 1}</script>',
        "<script>self.__next_f.push([0])</script>",
        '<script>self.__next_f.push([1,"1a:Tffffffff,x"])</script>',
        "<script>self.__next_f.push(x)</script>",
    ],
)
def test_broken_forms_give_nothing(script: str) -> None:
    assert values(script) == []
