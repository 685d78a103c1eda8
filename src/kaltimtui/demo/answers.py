"""What a server says back, as the bytes that go over the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from hashlib import blake2b
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

HTML: Final = "text/html; charset=utf-8"
XML: Final = "application/xml; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """A status, a body, and what is said of it."""

    body: bytes = b""
    type: str = HTML
    status: int = 200
    modified: datetime | None = None
    """In UTC. An answer with this time has validators."""
    headers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def etag(self) -> str | None:
        """The validator of the body."""
        return f'"{blake2b(self.body, digest_size=8).hexdigest()}"' if self.modified else None

    @cached_property
    def head(self) -> bytes:
        """The head with the length of the body, and the blank line."""
        length = {} if self.status == 304 else {"Content-Length": str(len(self.body))}
        type_ = {"Content-Type": self.type} if self.body else {}
        return head_of(self.status, {**type_, **length, **self._validators, **self.headers})

    @cached_property
    def unchanged(self) -> Answer:
        """What is said to who has the body already."""
        return Answer(status=304, headers=self._validators)

    @cached_property
    def _validators(self) -> dict[str, str]:
        if self.modified is None:
            return {}
        assert self.etag is not None, "it goes with the time"
        return {"ETag": self.etag, "Last-Modified": format_datetime(self.modified, usegmt=True)}

    def is_known(self, none_match: str | None, since: str | None) -> bool:
        """Whether the validators of a request are still good; the tag decides where it is given."""
        if self.modified is None:
            return False
        if none_match is not None:
            tags = [tag.strip().removeprefix("W/") for tag in none_match.split(",")]
            return "*" in tags or self.etag in tags
        if since is None:
            return False
        try:
            return self.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False


def head_of(status: int, headers: Mapping[str, str]) -> bytes:
    """The head of an answer and its blank line."""
    phrase = HTTPStatus(status).phrase if status in _KNOWN else ""
    lines = [f"HTTP/1.1 {status} {phrase}", "Server: contoh"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join((*lines, "", "")).encode("latin-1")


_KNOWN: Final = frozenset(HTTPStatus)
