"""Literals of JavaScript as pages carry their data: JSON with bare names as keys and other quotes.

Nothing is run. Besides literals one form of call is read, in which frameworks write values that
stand in several places once: ``(function(a,b){return {…}}("x",1))``, a literal with its arguments.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from kaltimtui.parsing.page.jsontext import Value

VALUES_LIMIT: Final = 200_000
"""Values of one literal past which it is not read."""
DEPTH_LIMIT: Final = 100

_STRING: Final = (
    r"\"(?:[^\"\\\n]|\\[\s\S])*+\"|'(?:[^'\\\n]|\\[\s\S])*+'|`(?:[^`\\$]|\$(?!\{)|\\[\s\S])*+`"
)
_QUOTED = re.compile(rf"\s*({_STRING})")
_SCALAR = re.compile(
    rf"(?P<string>{_STRING})"
    r"|(?P<number>-?(?:[0-9]{1,400}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)"
    r"|(?P<truth>![01])|(?P<void>void 0)|new Date\((?P<date>[^()]{1,60})\)"
    r"|(?P<name>[A-Za-z_$][\w$]*)"
)
_KEY = re.compile(rf"(?P<string>{_STRING})|(?P<name>[A-Za-z_$][\w$]*|[0-9]{{1,20}})")
_SPACE = re.compile(r"\s*")
_CALL = re.compile(r"\s*\(?\s*function\s*\(([\w$,\s]{0,100000})\)\s*\{\s*return\s*")
_ARGUMENTS = re.compile(r"\s*;?\s*\}\s*\)?\s*\(")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))")
_ESCAPED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_WORDS: Final[dict[str, Value]] = {"true": True, "false": False}


def read(source: str, at: int = 0) -> Value | None:
    """The literal, or call with literals, that stands there, whatever follows; else None."""
    try:
        call = _CALL.match(source, at)
        return _called(source, call) if call else _Reader(source, at, {}).value()
    except ValueError:
        return None


def string(source: str, at: int = 0) -> str | None:
    """The string that stands there in quotes; else None."""
    found = _QUOTED.match(source, at)
    return _unquoted(found[1]) if found else None


def _called(source: str, call: re.Match[str]) -> Value:
    """The literal that a function returns; its arguments stand behind it, so it is read twice."""
    start = call.end()
    body = _Reader(source, start, {})
    body.value()
    behind = _ARGUMENTS.match(source, body.at)
    if behind is None:
        raise ValueError(source[start : start + 20])
    names = [name.strip() for name in call[1].split(",")]
    values = _Reader(source, behind.end(), {}).values(")")
    return _Reader(source, start, dict(zip(names, values, strict=False))).value()


class _Reader:
    """Reads one literal; raises ValueError on anything else."""

    def __init__(self, source: str, at: int, names: dict[str, Value]) -> None:
        self.source = source
        self.at = at
        self.names = names
        self.left = VALUES_LIMIT
        self.depth = 0

    def value(self) -> Value:
        self.left -= 1
        if self.left < 0 or self.depth > DEPTH_LIMIT:
            raise ValueError(self.at)
        if self._passes("["):
            return self._deeper(lambda: self.values("]"))
        if self._passes("{"):
            return self._deeper(self._members)
        return self._scalar()

    def values(self, end: str) -> list[Value]:
        """Values up to a closing bracket."""
        found: list[Value] = []
        while not self._passes(end):
            found.append(self.value())
            self._go_on(end)
        return found

    def _members(self) -> dict[str, Value]:
        found: dict[str, Value] = {}
        while not self._passes("}"):
            key = self._key()
            found[key] = self.value() if self._passes(":") else self.names.get(key)
            self._go_on("}")
        return found

    def _deeper(self, read: Callable[[], Value]) -> Value:
        self.depth += 1
        value = read()
        self.depth -= 1
        return value

    def _key(self) -> str:
        found = self._match(_KEY)
        return _unquoted(found["string"]) if found["string"] else found["name"]

    def _scalar(self) -> Value:
        found = self._match(_SCALAR)
        match found.lastgroup:
            case "string":
                return _unquoted(found[0])
            case "number":
                return int(found[0]) if found[0].lstrip("-").isdigit() else float(found[0])
            case "truth":
                return found[0] == "!0"
            case "date":
                said = found["date"].strip("\"'")
                return int(said) if said.isdigit() else said
            case "name":
                return _WORDS.get(found[0], self.names.get(found[0]))
            case _:
                return None

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        self._skip_space()
        found = pattern.match(self.source, self.at)
        if found is None:
            raise ValueError(self.at)
        self.at = found.end()
        return found

    def _passes(self, sign: str) -> bool:
        self._skip_space()
        passes = self.source.startswith(sign, self.at)
        self.at += passes
        return passes

    def _go_on(self, end: str) -> None:
        """Past a comma, which may stand before the end too."""
        if not self._passes(",") and not self.source.startswith(end, self.at):
            raise ValueError(self.at)

    def _skip_space(self) -> None:
        space = _SPACE.match(self.source, self.at)
        self.at = space.end() if space else self.at


def _unquoted(quoted: str) -> str:
    if "\\" not in quoted:
        return quoted[1:-1]
    said = _ESCAPE.sub(_unescaped, quoted[1:-1])
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(found: re.Match[str]) -> str:
    point = found[1] or found[2] or found[3]
    if point is None:
        return _ESCAPED.get(found[4], found[4])
    number = int(point, 16)
    return chr(number) if number <= sys.maxunicode else "\ufffd"
