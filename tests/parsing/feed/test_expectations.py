"""What feedparser's own tests expect, of what we keep, read as a refresh reads it.

Each file of that corpus has a comment with an expression over feedparser's result. Its parts,
joined by ``and``, are one check each; that a feed is well-formed is one only where nothing else
is asked. Kept, and so compared:

    read        the file is accepted
    count       the number of entries
    title       of the feed and of an entry
    link        of an entry
    id          of an entry
    date        of an entry
    author      of an entry, by name
    category    of an entry, the first
    file        the address of an entry's first enclosure
    picture     the address of an entry's picture
    content     of an entry: its text, its links and its pictures

Not kept, and counted apart (``APART``):

    encodings   what feedparser calls the encoding of a file
    bozo        that it calls a file ill-formed
    formats     what it calls the format of a feed
    headers     what it hands on of the HTTP headers
    languages   of a feed and of each text
    bases       of each text (that links are resolved is compared)
    types       of each text (that markup is taken for markup is compared)
    people      addresses of authors, contributors, publishers
    source      the feed that an entry was taken from
    links       relation, title, length and number of links, and those beyond the first
    iTunes      flags and subtitles
    extensions  places on Earth, chapters, threads, comments, rights, elements of nobody's
    feed        what a feed says of itself beyond its title: description, copyright, date, picture
    sanitizing  which elements and attributes of HTML are let through: results that hold nothing
                to read and no address, titles that are a picture, and the ends of comments that
                feedparser leaves standing
    location    bodies relative to ``Content-Location``: that this header changes the base of
                addresses was taken back by RFC 7231, appendix B

Met, where the forms differ:

- An expected title or body is HTML, and its text is compared; but letter by letter where the
  element in the file holds no other and its ``type`` is text, or is left out in Atom. A title is
  one line and passes the cleaner, which joins spaces and drops signs that cannot be seen.
- The body has the letters of the HTML in their order, its links and its pictures, addresses
  joined to that of the file. What the HTML says is read by the parser of the standard library.
- A date is the same instant, and universal time where it names no zone.
- An author is the name, without an address behind it.

Few of these files have a link in their entries, and without one a feed is never plain enough for
the fast reader; so all is compared a second time with a link put into each entry.
"""

from __future__ import annotations

import ast
import html
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest

from kaltimtui import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kaltimtui.models import ArticleData, Parsed

ORIGIN: Final = "http://127.0.0.1:8097/"
"""Where feedparser's tests have their files served."""
SURE: Final = ("title", "link", "id", "date")
"""Fields of which every check is to be met."""
ENOUGH: Final = 0.97

Steps: TypeAlias = tuple[str | int, ...]
"""``("entries", 0, "title")`` for ``entries[0]['title']``."""


# --- the expressions ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a file's expression says."""

    steps: Steps
    wanted: tuple[Any, ...] = ()
    """Any of these will do; nothing, where it is only to be there."""
    form: str = "is"
    """``is``, ``len``, ``ord`` or ``absent``."""


def checks_of(expression: str) -> list[Check]:
    """The parts of an expression. Raises ValueError where it holds anything unforeseen."""
    return [*_checks(ast.parse(expression, mode="eval").body)]


def _checks(node: ast.expr) -> Iterator[Check]:
    match node:
        case ast.Constant(1) | ast.UnaryOp(ast.Not(), ast.Name("bozo")):
            yield Check(("read",))
        case ast.BoolOp(operator, values):
            parts = [check for value in values for check in _checks(value)]
            asked = [part for part in parts if part.steps != ("read",)] or parts[:1]
            yield from asked if isinstance(operator, ast.And) else [_either(asked)]
        case ast.UnaryOp(ast.Not(), ast.Call(ast.Attribute(owner, "has_key"), [name])):
            yield Check((*_steps(owner), ast.literal_eval(name)), form="absent")
        case ast.UnaryOp(ast.Not(), ast.Compare(name, [ast.In()], [ast.Call(ast.Name("locals"))])):
            yield Check((ast.literal_eval(name),), form="absent")
        case ast.Compare(name, [ast.NotIn()], [owner]):
            yield Check((*_steps(owner), ast.literal_eval(name)), form="absent")
        case ast.Compare(left, _operators, [*others, last]):
            wanted = _literal(last)
            yield from (_equal(asked, wanted) for asked in (left, *others))
        case _:
            yield Check(_steps(node))


def _either(parts: list[Check]) -> Check:
    (steps,) = {part.steps for part in parts}
    return Check(steps, tuple(wanted for part in parts for wanted in part.wanted))


def _equal(asked: ast.expr, wanted: Any) -> Check:
    match asked:
        case ast.Call(ast.Name("len" | "ord" as form), [inner]):
            return Check(_steps(inner), (wanted,), form)
        case _:
            return Check(_steps(asked), (wanted,))


def _literal(node: ast.expr) -> Any:
    """A constant, constants joined by ``+``, or another part of the result."""
    match node:
        case ast.BinOp(left, ast.Add(), right):
            return _literal(left) + _literal(right)
        case ast.Subscript():
            return _steps(node)
        case _:
            return ast.literal_eval(node)


def _steps(node: ast.expr) -> Steps:
    match node:
        case ast.Name(name):
            return (name,)
        case ast.Attribute(owner, name):
            return (*_steps(owner), name)
        case ast.Subscript(owner, index):
            return (*_steps(owner), ast.literal_eval(index))
        case _:
            raise ValueError(ast.unparse(node))


@pytest.mark.parametrize(
    ("expression", "checks"),
    [
        ("1", [Check(("read",))]),
        ("not bozo", [Check(("read",))]),
        ("bozo", [Check(("bozo",))]),
        ("not bozo and len(entries) == 2", [Check(("entries",), (2,), "len")]),
        ("feed.title == 'a' + 'b'", [Check(("feed", "title"), ("ab",))]),
        (
            "not bozo and entries[0]['id'] == entries[1]['id'] == 'x'",
            [Check(("entries", place, "id"), ("x",)) for place in range(2)],
        ),
        ("not bozo and feed['a'] == 'x' or feed['a'] == 'y'", [Check(("feed", "a"), ("x", "y"))]),
        ("not entries[0].has_key('link')", [Check(("entries", 0, "link"), (), "absent")]),
        ("not 'modified' in locals()", [Check(("modified",), (), "absent")]),
        ("'a' not in feed", [Check(("feed", "a"), (), "absent")]),
    ],
)
def test_what_an_expression_asks(expression: str, checks: list[Check]) -> None:
    assert checks_of(expression) == checks


@pytest.mark.parametrize("expression", ["open('x')", "entries[0]['a'] == open('x')", "lambda: 1"])
def test_nothing_else_is_evaluated(expression: str) -> None:
    with pytest.raises(ValueError, match=r"open|lambda|malformed"):
        checks_of(expression)


# --- what they are about ------------------------------------------------------------------

ENTRY: Final = {
    **dict.fromkeys(("title", "title_detail value"), "title"),
    **dict.fromkeys(("link", "links href"), "link"),
    **dict.fromkeys(("id", "guid"), "id"),
    **dict.fromkeys(("published", "published_parsed", "updated", "updated_parsed"), "date"),
    **dict.fromkeys(("author", "author_detail name", "authors name"), "author"),
    **dict.fromkeys(("category", "tags term", "tags label"), "category"),
    **dict.fromkeys(("enclosures url", "enclosures href"), "file"),
    "image href": "picture",
    **dict.fromkeys(("summary", "summary_detail value", "description", "content value"), "content"),
}
FEED: Final = {"title": "title", "title_detail value": "title"}
APART: Final = (
    (r"encoding", "encodings"),
    (r"bozo", "bozo"),
    (r"version", "formats"),
    (r"etag|modified|modified_parsed", "headers"),
    (r".* language", "languages"),
    (r".* base", "bases"),
    (r"entries source\b.*", "source"),
    (r".*(_detail|\bcontent) (type|src)", "types"),
    (r".* (author_detail|authors) (email|url|href)", "people"),
    (r".* (contributors|publisher_detail)\b.*", "people"),
    (r"(feed|entries) links\b.*|entries enclosures length", "links"),
    (r".* itunes_\w+|entries subtitle", "iTunes"),
    (r"entries (where|psc_chapters|thr_|wfw_comment|rights_detail|abcdefg)\b.*", "extensions"),
    (r"entries thr_in-reply-to\b.*", "extensions"),
    (r"feed\b.*", "feed"),
)


def field_of(check: Check) -> str | None:
    """The field a check is about, or None where it is about something that is not kept."""
    names = [step for step in check.steps if isinstance(step, str)]
    further = any(isinstance(step, int) and step for step in check.steps[2:])
    match names:
        case ["read"]:
            return "read"
        case ["entries"]:
            return "count"
        case ["entries", *inner] if check.form != "len" and not further:
            return ENTRY.get(" ".join(inner))
        case ["feed", *inner]:
            return FEED.get(" ".join(inner))
        case _:
            return None


def kind_of(check: Check) -> str:
    """The kind of a check that is counted apart. Raises LookupError where it is of none."""
    names = " ".join(step for step in check.steps if isinstance(step, str))
    for form, kind in APART:
        if re.fullmatch(form, names):
            return kind
    raise LookupError(names)


# --- the files ----------------------------------------------------------------------------

_EXPECT = re.compile(r"Expect:\s*(.+?)\s*(?:-->|$)", re.DOTALL)
_HEADER = re.compile(r"Header:\s*([\w-]+):[ \t]*(.*)")


@dataclass(frozen=True, slots=True)
class Case:
    """A file of the corpus, named by its path in it."""

    path: str
    data: bytes

    @property
    def markup(self) -> str:
        """The file as far as it is ASCII, whatever its encoding."""
        return self.data.replace(b"\0", b"").decode("utf-8", "replace")

    @property
    def checks(self) -> list[Check]:
        is_json = self.path.endswith(".json")
        said = json.loads(self.data)["__TEST__"] if is_json else self.markup.partition("-->")[0]
        expect = _EXPECT.search(said)
        assert expect, self.path
        return checks_of(expect[1])

    def header(self, name: str) -> str:
        """A header that its server sends."""
        sent: dict[str, str] = {name.lower(): value for name, value in _HEADER.findall(self.markup)}
        return sent.get(name, "")

    @property
    def url(self) -> str:
        return ORIGIN + self.path


# --- comparing ----------------------------------------------------------------------------


@dataclass(slots=True)
class Tally:
    """The checks that are met, by field, those that are not, and those apart by kind."""

    met: Counter[str] = field(default_factory=Counter)
    unmet: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    apart: Counter[str] = field(default_factory=Counter)

    def share(self) -> float:
        missed = sum(map(len, self.unmet.values()))
        return self.met.total() / (self.met.total() + missed)

    def __str__(self) -> str:
        names = sorted(self.met.keys() | self.unmet.keys())
        rows = [f"{name:12}{self.met[name]:4} met{len(self.unmet[name]):4} not" for name in names]
        apart = [f"{kind:12}{count:4} apart" for kind, count in sorted(self.apart.items())]
        return "\n".join(
            [*rows, *apart, *(line for lines in self.unmet.values() for line in lines)]
        )


Meant: TypeAlias = tuple[str, frozenset[str], frozenset[str]]
"""Text, links and pictures."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares what a file is expected to say with what it said."""

    meant: Callable[[str, str], Meant]
    states_text: Callable[[str, str], bool]
    case: Case
    said: Parsed

    def enter(self, check: Check, tally: Tally) -> None:
        name = field_of(check)
        if name is None:
            tally.apart[kind_of(check)] += 1
        elif check.form == "is" and (kind := self._apart(name, check.wanted)):
            tally.apart[kind] += 1
        elif self._is_met(name, check):
            tally.met[name] += 1
        else:
            found = self._found(name, check)
            tally.unmet[name].append(f"{self.case.path}: {check.wanted} is {found}")

    def _apart(self, name: str, wanted: tuple[Any, ...]) -> str | None:
        if name == "content" and self.case.header("content-location"):
            return "location"
        if name not in ("title", "content"):
            return None
        said, links, pictures = self.meant(wanted[0], "")
        readable = said.strip() or (name == "content" and (links or pictures))
        return None if readable and "-->" not in wanted[0] else "sanitizing"

    def _is_met(self, name: str, check: Check) -> bool:
        found = self._found(name, check)
        match check.form:
            case "absent":
                return found is None
            case "ord":
                return check.wanted == (ord(found[0]),)
            case "len" | "is" if name != "read":
                return any(found == self._expected(name, wanted) for wanted in check.wanted)
            case _:
                return True  # it was read, or we would not be here

    def _found(self, name: str, check: Check) -> Any:
        """What we keep of the field that is asked about."""
        match name, check.steps:
            case "read", _:
                return None
            case "count", _:
                return len(self.said.articles)
            case "title", ("feed", *_inner):
                return self.said.source and self.said.source.name
            case _, (_entries, int(place), *_inner):
                return self._kept(name, self.said.articles[place])
            case _:
                raise LookupError(check)

    def _kept(self, name: str, article: ArticleData) -> Any:
        match name:
            case "date":
                return article.published and article.published.moment
            case "file":
                return article.enclosures[0].url if article.enclosures else None
            case "content":
                return self._body(article)
            case _:
                names = {"link": "url", "id": "guid", "author": "byline", "picture": "image"}
                return getattr(article, names.get(name, name))

    def _body(self, article: ArticleData) -> Any:
        links = frozenset(span.href for span in article.document.spans() if span.href)
        pictures = frozenset(image.url for image in article.document.images() if image.url)
        return "".join(article.document.plain().split()), links, pictures

    def _expected(self, name: str, wanted: Any) -> Any:
        """A wanted value in the form that we keep."""
        match name:
            case "title":
                return text.inline(self._meant(name, wanted)[0])
            case "content":
                said, links, pictures = self._meant(name, wanted)
                return "".join(said.split()), links, pictures
            case "date":
                return _moment(wanted)
            case "author":
                return str(wanted).partition(" (")[0]
            case _:
                return wanted

    def _meant(self, name: str, wanted: str) -> Meant:
        is_text = self.states_text(self.case.markup, name)
        return self.meant(html.escape(wanted) if is_text else wanted, self.case.url)


def _moment(wanted: str | tuple[int, ...]) -> datetime:
    if isinstance(wanted, tuple):
        year, month, day, hour, minute, second, *_days = wanted
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    try:
        moment = datetime.fromisoformat(wanted)
    except ValueError:
        moment = parsedate_to_datetime(wanted)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


# --- the corpus ---------------------------------------------------------------------------


@pytest.fixture
def cases(shared: Path) -> list[Case]:
    folder = shared / "corpus/feedparser"
    paths = sorted(path for path in folder.glob("tests/**/*") if path.is_file())
    if not paths:
        pytest.skip("needs feedparser's files")
    return [Case(path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths]


def _linked(case: Case) -> Case:
    """The file with a link in each entry: without any, the fast reader takes no feed."""
    if "<link" in case.markup:
        return case
    data = case.data.replace(b"<item>", f"<item><link>{ORIGIN}</link>".encode())
    if b"2005/Atom" in data:
        data = data.replace(b"<entry>", f"<entry><link href='{ORIGIN}'/>".encode())
    return Case(case.path, data)


def _told(cases: list[Case], read_all: Any, judge: Callable[[Case, Parsed], Judge]) -> Any:
    """How the files were read, and how what they say compares."""
    run = read_all([(case.data, case.url, case.header("content-type")) for case in cases])
    refused = [case.path for case, said in zip(cases, run.said, strict=True) if said is None]
    assert refused == []
    tally = Tally()
    for case, said in zip(cases, run.said, strict=True):
        for check in case.checks:
            judge(case, said).enter(check, tally)
    print(f"{run.fast} read by the fast reader, {run.lenient} by the worker, {run.json} as JSON")
    print(tally)
    return run, tally


@pytest.fixture
def judge(
    meant: Callable[[str, str], Meant], states_text: Callable[[str, str], bool]
) -> Callable[[Case, Parsed], Judge]:
    return partial(Judge, meant, states_text)


def test_what_feedparser_expects(
    cases: list[Case], read_all: Any, judge: Callable[[Case, Parsed], Judge]
) -> None:
    _run, tally = _told(cases, read_all, judge)
    assert [line for name in SURE for line in tally.unmet[name]] == []
    assert all(tally.met[name] for name in SURE)
    assert tally.share() >= ENOUGH, str(tally)


def test_the_fast_reader_meets_it_too(
    cases: list[Case], read_all: Any, judge: Callable[[Case, Parsed], Judge]
) -> None:
    plain, _tally = _told(cases, read_all, judge)
    run, tally = _told([*map(_linked, cases)], read_all, judge)
    assert run.fast > 10 * plain.fast
    # One file expects that its entry has no link; it has been given one.
    (line,) = tally.unmet.pop("link")
    assert "guid_not_permalink" in line
    assert [line for name in SURE for line in tally.unmet[name]] == []
    assert tally.share() >= ENOUGH, str(tally)
