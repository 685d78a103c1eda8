from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kaltimtui.parsing.page import jsontext

if TYPE_CHECKING:
    from kaltimtui.parsing.page.jsontext import Value


@pytest.mark.parametrize(
    "source", [None, "", "x", "{", "[" * 100_000, '{"a": 1' + "0" * 5_000 + "}"]
)
def test_what_is_no_json_is_none(source: str | None) -> None:
    assert jsontext.load(source) is None


def test_what_follows_a_value_is_not_looked_at() -> None:
    assert jsontext.load(' {"a": "\t"}; x()') == {"a": "\t"}


def test_objects_come_in_order_with_the_key_above_them() -> None:
    value = {"a": [{"n": 1}, [{"n": 2}]], "b": {"n": 3}}
    assert [(key, found.get("n")) for key, found in jsontext.objects(value)] == [
        ("", None),
        ("a", 1),
        ("a", 2),
        ("b", 3),
    ]


def test_a_value_within_itself_comes_once() -> None:
    circle: dict[str, Value] = {}
    circle["a"] = [circle, circle]
    assert len(list(jsontext.objects(circle))) == 1


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (" a ", "a"),
        (["a", "b"], "a"),
        ({"id": 1, "nama": "a"}, "a"),
        ([{"title": {"rendered": "a"}}], "a"),
        ({"@id": "a"}, "a"),
        (3, None),
        ([], None),
        ({}, None),
        ([[[[["a"]]]]], None),
    ],
)
def test_names_stand_in_several_forms(value: Value, name: str | None) -> None:
    assert jsontext.name_in(value) == name
