"""An article as it is cited: for a list of references, for a reference manager, for a chat group.

Pure: what is said of an article, and the day on which one cites it, decide alone. Dates are those
of WITA. The names of months are those of the style, whatever language the reader speaks.
"""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kaltimtui import dates, text
from kaltimtui.almanac import WORDS
from kaltimtui.document import Paragraph, leaves, spans_text
from kaltimtui.i18n import N_, _
from kaltimtui.sentences import sentences
from kaltimtui.wording import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from kaltimtui.document import Json
    from kaltimtui.i18n import Language
    from kaltimtui.models import Article

PUSTAKA: Final = "pustaka"
STYLES: Final = {
    PUSTAKA: N_("Indonesian bibliography line"),
    "apa": "APA",
    "chicago": "Chicago",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "chat": N_("message for a chat group"),
}
"""The styles by the names they are chosen by, each as a person calls it (a message id)."""

_OF_LINES: Final = frozenset({"bibtex", "chat"})
"""Styles in which one article takes several lines."""
_SENTENCES: Final = 2
_LONGEST_LEAD: Final = 400
_LONGEST_CHAT_TITLE: Final = 200
_LOOKED_AT: Final = 2_000
"""Characters at the beginning of a text in which its lead and its language are found."""


def citations(articles: Iterable[Article], style: str, now: datetime) -> str:
    """Some articles in one style, ready to be pasted; ends without a line break."""
    return "\n".join(pieces(articles, style, now))


def pieces(articles: Iterable[Article], style: str, now: datetime) -> Iterator[str]:
    """The same piece by piece, each to be ended by a line break."""
    if style == "csl-json":
        yield from _array(csl_item(article, now) for article in articles)
        return
    for place, article in enumerate(articles):
        if place and style in _OF_LINES:
            yield ""
        yield _SET[style](_Cited(article, now))


def _array(items: Iterable[Json]) -> Iterator[str]:
    """A JSON array with an object on each line."""
    yield "["
    former = ""
    for item in items:
        if former:
            yield f"{former},"
        former = json.dumps(item, ensure_ascii=False)
    if former:
        yield former
    yield "]"


def csl_item(article: Article, now: datetime) -> Json:
    """An article as reference managers and citation processors take it (CSL-JSON)."""
    cited = _Cited(article, now)
    item: Json = {
        "id": cited.key,
        "type": "article-newspaper",
        "title": cited.title,
        "container-title": cited.medium,
    }
    if cited.authors:
        item["author"] = [author.csl() for author in cited.authors]
    if cited.day:
        item["issued"] = {"date-parts": [_parts(cited.day)]}
        if cited.estimated:
            item["issued"]["circa"] = True
    if category := text.optional(article.category):
        item["section"] = category
    if cited.url:
        item |= {"accessed": {"date-parts": [_parts(cited.accessed)]}, "URL": cited.url}
    item["language"] = "en" if cited.english else "id"
    if article.sample:
        item["note"] = "Sample article"
    return item


# --- what is said of an article ------------------------------------------------------------


class _Author(NamedTuple):
    """A person with a family name, or whatever else stands in a byline, as it stands there."""

    name: str
    family: str = ""
    given: str = ""

    def inverted(self) -> str:
        return f"{self.family}, {self.given}" if self.family else self.name

    def initials(self) -> str:
        """The family name first, the others by their letters: ``Lestari, D. A.``."""
        letters = (f"{part.lstrip(_NO_INITIAL)[:1].upper()}." for part in self.given.split())
        return f"{self.family}, {' '.join(letters)}" if self.family else self.name

    def csl(self) -> dict[str, str]:
        if self.family:
            return {"family": self.family, "given": self.given}
        return {"literal": self.name}


class _Cited:
    """An article as all styles need it: clean, in one line, its day that of WITA."""

    def __init__(self, article: Article, now: datetime) -> None:
        self.article = article
        self.title = text.inline(article.title)
        self.medium = text.inline(article.source)
        self.url = text.address(article.url)
        self.authors = _authors(text.optional(article.byline))
        stamp = article.published
        self.day = _day(stamp.moment, timed=stamp.precision == "time") if stamp else None
        self.estimated = stamp is not None and stamp.precision == "estimated"
        self.accessed = _day(now, timed=True)

    @property
    def key(self) -> str:
        """A key that stays the same whatever becomes of the title, the date and the source."""
        name = text.host(self.url).removeprefix("www.").partition(".")[0] if self.url else ""
        return f"{_plain(name) or 'berita'}-{_plain(self.article.id)}"

    @property
    def english(self) -> bool:
        """Whether the text is English; what is neither that nor Indonesian counts as Indonesian."""
        words = re.findall(r"[a-z]+", " ".join((self.title, *self.paragraphs())).lower())
        return sum(word in _ENGLISH for word in words) > sum(word in _INDONESIAN for word in words)

    def paragraphs(self) -> Iterator[str]:
        """The beginning of the running text."""
        left = _LOOKED_AT
        for block in leaves(self.article.document.blocks):
            if isinstance(block, Paragraph) and left > 0:
                said = text.inline(spans_text(block.spans), left)
                left -= len(said)
                yield said

    def lead(self) -> str:
        """The first two sentences."""
        said = (sentence for words in self.paragraphs() for sentence in sentences(words))
        return _shortened(" ".join(islice(said, _SENTENCES)), _LONGEST_LEAD)


_ENGLISH: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "is",
        "was",
        "for",
        "that",
        "with",
        "by",
        "from",
        "has",
        "have",
        "its",
        "were",
    ]
)
_INDONESIAN: Final = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "dengan",
        "pada",
        "ini",
        "itu",
        "akan",
        "dalam",
        "oleh",
    ]
)
_NO_INITIAL: Final = "'’`(“\""
_ROLE: Final = re.compile(
    r"^(?:oleh|by|penulis|pewarta|reporter|wartawan|laporan)(?:\s*:\s*|\s+)", re.IGNORECASE
)
_OTHER_ROLE: Final = re.compile(
    r"[\s,;|/-]*\b(?:editor|redaktur|penyunting|fotografer|foto)\s*:.*$", re.IGNORECASE
)
_PARTED: Final = re.compile(r"\s*(?:[,;&]|\s(?:dan|and)\s)\s*")
_DEGREE: Final = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.)+[A-Za-z]{0,4}|[SM][A-Z]|MPd|PhD")
_PARTICLES: Final = frozenset({"bin", "binti", "van", "de", "al"})
_MOST_WORDS: Final = 5
_OFFICES: Final = frozenset(
    {
        *("tim", "redaksi", "redaktur", "humas", "dinas", "diskominfo", "kominfo", "biro", "badan"),
        *("kantor", "antara", "admin", "administrator", "media", "news", "kabar", "portal", "tv"),
        *("radio", "pemprov", "pemkab", "pemkot", "polda", "polres", "kementerian", "universitas"),
        *("ppid", "adpim", "sekretariat", "editor", "berita", "kaltim", "warta", "harian", "koran"),
        *("tribun", "kompas", "detik", "staff", "staf", "desk", "team", "pusat", "provinsi"),
    }
)
"""Words that no name of a person has, in small letters."""


def _authors(byline: str | None) -> tuple[_Author, ...]:
    """Who wrote it: persons where all of the byline reads as names, else the byline as it is.

    ``jay/hmsprov`` are initials and an office, which cannot be turned round.
    """
    if byline is None:
        return ()
    said = _OTHER_ROLE.sub("", _ROLE.sub("", byline)).strip(" ,;|-") or byline
    parts = [part for part in _PARTED.split(said) if part]
    names = [part for part in parts if not _DEGREE.fullmatch(part)]
    if names and all(map(_is_person, names)):
        return tuple(map(_person, names))
    return (_Author(said),)


def _is_person(name: str) -> bool:
    words = name.split()
    return 1 < len(words) <= _MOST_WORDS and all(
        (word[0].isupper() or word in _PARTICLES)
        and word.translate(_IN_NAMES).isalpha()
        and word.lower() not in _OFFICES
        for word in words
    )


_IN_NAMES: Final = str.maketrans("", "", ".'’`-")


def _person(name: str) -> _Author:
    given, _space, family = name.rpartition(" ")
    return _Author(name, family, given)


def _day(moment: datetime, *, timed: bool) -> date:
    if not timed:
        return moment.date()
    try:
        return moment.astimezone(dates.WITA).date()
    except (OverflowError, ValueError):
        return moment.date()


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _plain(name: str) -> str:
    """The small letters and figures of a name, as keys of BibTeX may have them."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", name.lower()))


def _shortened(words: str, most: int) -> str:
    """A line cut between two words, with an ellipsis, where it is longer."""
    if len(words) <= most:
        return words
    cut = words[:most]
    return f"{cut.rpartition(' ')[0] or cut}".rstrip(" ,;:.–-") + "…"


# --- the lines of lists of references ------------------------------------------------------

_STOPS: Final = (".", "?", "!", "…")
_CLOSING: Final = "”’\"')]"


def _stopped(said: str) -> str:
    """With a full stop, unless something ends it already."""
    return said if said.rstrip(_CLOSING).endswith(_STOPS) else f"{said}."


def _month(day: date, language: Language) -> str:
    return WORDS[language].months[day.month - 1]


def _english_day(day: date) -> str:
    return f"{_month(day, 'en')} {day.day}, {day.year}"


def _indonesian_day(day: date) -> str:
    return f"{day.day} {_month(day, 'id')} {day.year}"


def _listed(names: Sequence[str], last: str) -> str:
    """``A``; ``A, & B``; ``A, B, & C``, with what stands before the last name."""
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])}, {last} {names[-1]}"


def _credited(cited: _Cited, names: Sequence[str], last: str) -> str:
    """Who is named first: those of the byline, else the medium."""
    return _stopped(_listed(names, last) if names else cited.medium)


def _apa(cited: _Cited) -> str:
    """APA, 7th edition: news on a website."""
    day = cited.day
    circa = "ca. " if cited.estimated else ""
    said = f"{circa}{day.year}, {_month(day, 'en')} {day.day}" if day else "n.d."
    sample = " [Sample article]" if cited.article.sample else ""
    parts = [
        _credited(cited, [author.initials() for author in cited.authors], "&"),
        f"({said}).",
        _stopped(cited.title + sample),
        _stopped(cited.medium) if cited.authors else "",
        _apa_address(cited),
    ]
    return " ".join(filter(None, parts))


def _apa_address(cited: _Cited) -> str:
    if not cited.url or cited.day:
        return cited.url or ""
    return f"Retrieved {_english_day(cited.accessed)}, from {cited.url}"


def _chicago(cited: _Cited) -> str:
    """Chicago, notes and bibliography: the bibliography's entry for news on the web."""
    first, *others = cited.authors or (_Author(cited.medium),)
    names = [first.inverted(), *(author.name for author in others)]
    circa = "ca. " if cited.estimated else ""
    said = f"{circa}{_english_day(cited.day)}" if cited.day else "n.d."
    sample = "Sample article." if cited.article.sample else ""
    accessed = f"Accessed {_english_day(cited.accessed)}." if cited.url and not cited.day else ""
    parts = [
        _credited(cited, names, "and"),
        f"“{_stopped(_quoted_within(cited.title))}”",
        _stopped(f"{cited.medium}, {said}" if cited.authors else said),
        sample,
        accessed,
        f"{cited.url}." if cited.url else "",
    ]
    return " ".join(filter(None, parts))


def _quoted_within(title: str) -> str:
    """A title for within double quotation marks: its own become single ones."""
    single = title.replace("“", "‘").replace("”", "’")
    return re.sub(r'(^|[\s(\[‘-])"(?=\S)', r"\1‘", single).replace('"', "’")


def _pustaka(cited: _Cited) -> str:
    """A line of a daftar pustaka, as it is taught in Indonesia."""
    day = cited.day
    said = f"{day.year}, {day.day} {_month(day, 'id')}" if day else "t.t."
    if cited.estimated:
        said += ", perkiraan"
    sample = " [berita contoh]" if cited.article.sample else ""
    accessed = f"Diakses tanggal {_indonesian_day(cited.accessed)}, dari {cited.url}"
    parts = [
        _credited(cited, [author.inverted() for author in cited.authors], "&"),
        f"({said}).",
        _stopped(cited.title + sample),
        _stopped(cited.medium) if cited.authors else "",
        accessed if cited.url else "",
    ]
    return " ".join(filter(None, parts))


# --- BibTeX and the chat group -------------------------------------------------------------

_LATEX: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # A brace counts for BibTeX even behind a backslash, so none may stand alone.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
_IN_ADDRESS: Final = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def _bibtex(cited: _Cited) -> str:
    """An entry for BibLaTeX; ``@misc`` where there is no address."""
    day = cited.day
    notes = ["Sample article" if cited.article.sample else "", "Date estimated"]
    fields = {
        "author": " and ".join(map(_bibtex_author, cited.authors)),
        "title": f"{{{_latex(cited.title)}}}",
        "organization" if cited.url else "howpublished": _latex(cited.medium),
        "date": day.isoformat() if day else "",
        "url": (cited.url or "").translate(_IN_ADDRESS),
        "urldate": cited.accessed.isoformat() if cited.url else "",
        "langid": "english" if cited.english else "indonesian",
        "note": "; ".join(filter(None, notes if cited.estimated else notes[:1])),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    kind = "online" if cited.url else "misc"
    return f"@{kind}{{{cited.key},\n" + ",\n".join(lines) + "\n}"


def _bibtex_author(author: _Author) -> str:
    if author.family:
        return f"{_latex(author.family)}, {_latex(author.given)}"
    return f"{{{_latex(author.name)}}}"


def _latex(words: str) -> str:
    return words.translate(_LATEX)


def _chat(cited: _Cited) -> str:
    """Title, medium and time, how it begins, and the address, for a message."""
    article = cited.article
    title = _shortened(cited.title, _LONGEST_CHAT_TITLE)
    if article.sample:
        title = f"[{_('Sample')}] {title}"
    when = dates.long(article.published) if article.published else ""
    head = f"{title}\n{SEPARATOR.join(filter(None, (cited.medium, when)))}"
    return "\n\n".join(filter(None, (head, cited.lead(), cited.url)))


_SET: Final[dict[str, Callable[[_Cited], str]]] = {
    PUSTAKA: _pustaka,
    "apa": _apa,
    "chicago": _chicago,
    "bibtex": _bibtex,
    "chat": _chat,
}
