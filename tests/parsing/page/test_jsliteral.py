from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaltimtui.parsing.page import jsliteral

if TYPE_CHECKING:
    from kaltimtui.parsing.page.jsontext import Value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('{a:1,"b":-2.5,\'c\':"x",3:[],$d:{},}', {"a": 1, "b": -2.5, "c": "x", "3": [], "$d": {}}),
        ("[true,false,null,undefined,void 0,!0,!1]", [True, False, None, None, None, True, False]),
        ("[.5,1.,1e3,-0]", [0.5, 1.0, 1000.0, 0]),
        ("{a : lain , b}", {"a": None, "b": None}),
        ("[new Date(1561000500000),new Date('2019-06-20')]", [1561000500000, "2019-06-20"]),
        ("[ ] ; lain()", []),
        ("`dua\nbaris`", "dua\nbaris"),
    ],
)
def test_literals(source: str, value: Value) -> None:
    assert jsliteral.read(source) == value


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (r'"\u003Cp\u003E"', "<p>"),
        (r'"\ud83c\udf31 \u{1f331} \x41"', "\U0001f331 \U0001f331 A"),
        (r'"\"\\\/\n\t"', '"\\/\n\t'),
        ("'kata \\'dia\\''", "kata 'dia'"),
        (r'"\ud800\u{ffffff}"', "\ufffd\ufffd"),
        ("lain", None),
        ('"tidak ditutup', None),
        ("`${lain()}`", None),
    ],
)
def test_strings(source: str, said: str | None) -> None:
    assert jsliteral.string(source) == said


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ('(function(a,b){return {x:a,y:[b,a],c:c}}("q",1));', {"x": "q", "y": [1, "q"], "c": None}),
        ("(function(a){return [a,a]})({n:1})", [{"n": 1}, {"n": 1}]),
        ("function ( a , b ) { return {a:b} ; } ( 1 , 2 )", {"a": 2}),
        ("(function(){return {x:1}}())", {"x": 1}),
        ("(function(a,b){return [a,b]}(1))", [1, None]),
    ],
)
def test_a_literal_with_its_arguments(source: str, value: Value) -> None:
    assert jsliteral.read(source) == value


@pytest.mark.parametrize(
    "source",
    [
        *("", "{", "[1", "[1 2]", "{a:}", "{a:f()}", "[1+1]", "{a:()=>1}", "{get a(){return 1}}"),
        *(
            "(function(a){a.x=1;return a}(1))",
            "(function(a){return a}",
            "(function(a){return a}(f()))",
        ),
        *("[" * 50_000, "{a:" * 50_000, "[" + "1," * 300_000 + "]", "[" + "9" * 5_000 + "]"),
    ],
)
def test_what_is_no_literal_is_none(source: str) -> None:
    assert jsliteral.read(source) is None


@given(st.text(alphabet="[]{}(),:;\"'\\\\`$!ab01.-ue \n", max_size=60))
def test_reading_never_raises(source: str) -> None:
    jsliteral.read(source)
    jsliteral.read(f"(function(a){{return {source}}}(1))")
    jsliteral.string(source)
