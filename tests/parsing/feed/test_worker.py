from __future__ import annotations

import io
import json
import signal
from typing import TYPE_CHECKING

import pytest

from kaltimtui.parsing.feed import worker
from kaltimtui.parsing.feed.raw import RawText, feed_from_json
from kaltimtui.parsing.feed.worker import FAST, HEADER, LENGTH, LENIENT, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED = b"""<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>F</title>
<language>id</language><link>https://contoh.id/</link><item><title>A &lt;b&gt;B&lt;/b&gt;</title>
<link>https://contoh.id/a</link><guid>1</guid><pubDate>Fri, 28 Apr 2017 10:05:00 +0700</pubDate>
<author>Siti</author><category>Sosial</category><description>Isi.</description>
<enclosure url="https://contoh.id/f.jpg" type="image/jpeg" length="1"/></item></channel></rss>"""


@pytest.fixture(autouse=True)
def _no_alarm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test process must not end itself."""
    monkeypatch.setattr(worker, "end_in", lambda seconds: seconds)
    yield
    if hasattr(signal, "alarm"):
        signal.alarm(0)


def ask(*questions: tuple[bytes, bytes]) -> list[bytes]:
    asked = b"".join(HEADER.pack(reader, len(feed)) + feed for reader, feed in questions)
    answers = io.BytesIO()
    serve(io.BytesIO(asked), answers)
    answers.seek(0)
    read = []
    while header := answers.read(LENGTH.size):
        (length,) = LENGTH.unpack(header)
        read.append(answers.read(length))
    return read


@pytest.mark.parametrize("reader", [LENIENT, FAST])
def test_an_answer(reader: bytes) -> None:
    (answer,) = ask((reader, FEED))
    feed = feed_from_json(json.loads(answer))
    assert feed.title
    assert (feed.title.value, feed.home, feed.total) == ("F", "https://contoh.id/", 1)
    (entry,) = feed.entries
    assert entry.title
    assert entry.title.value == "A <b>B</b>"
    assert (entry.link, entry.id) == ("https://contoh.id/a", "1")
    assert (entry.author, entry.category) == ("Siti", "Sosial")
    assert entry.bodies[0].value == "Isi."
    assert entry.enclosures == (("https://contoh.id/f.jpg", "image/jpeg"),)
    assert entry.image == "https://contoh.id/f.jpg"
    assert entry.dates


def test_many_are_answered_in_turn_and_a_cut_question_ends_it() -> None:
    first, second = ask((LENIENT, FEED), (FAST, b"no feed"))
    assert first
    assert second == b""
    answers = io.BytesIO()
    serve(io.BytesIO(b"L\x00"), answers)
    assert answers.getvalue() == b""


def test_whatever_the_lenient_reader_raises_the_fast_one_takes_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(document: bytes) -> None:
        raise KeyError(document[:4])

    monkeypatch.setattr(worker, "read_lenient", fail)
    (answer,) = ask((LENIENT, FEED))
    assert feed_from_json(json.loads(answer)).entries[0].id == "1"


def test_what_feedparser_understood_stands_beside_what_was_written() -> None:
    feed = worker.read_lenient(FEED.replace(b"28 Apr 2017", b"28 Apr 17"))
    assert feed.entries[0].dates == ("Fri, 28 Apr 17 10:05:00 +0700", "2017-04-28T03:05:00Z")


def test_a_title_of_an_odd_type_is_kept() -> None:
    entry = b"<entry><title type='x/y'>A</title></entry>"
    feed = worker.read_lenient(b"<feed xmlns='http://www.w3.org/2005/Atom'>%b</feed>" % entry)
    assert feed.entries[0].title == RawText("A", "guess")


def atom(inner: str) -> bytes:
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inner}</entry></feed>".encode()


@pytest.mark.parametrize(
    ("links", "page"),
    [
        (
            "<link rel='alternate'>https://contoh.id/a</link>"  # noqa: ISC004 - one entry
            "<link rel='enclosure'>https://contoh.id/a.mp3</link>",
            "https://contoh.id/a",
        ),
        ("<link rel='alternate' href='https://contoh.id/a'/>", "https://contoh.id/a"),
        ("<link rel='enclosure'>https://contoh.id/a.mp3</link>", "https://contoh.id/a.mp3"),
        ("", None),
    ],
)
def test_a_file_is_not_taken_for_the_page(links: str, page: str | None) -> None:
    (entry,) = worker.read_lenient(atom(f"<title>A</title>{links}")).entries
    assert entry.link == page


@pytest.mark.parametrize(
    ("encoded", "bodies"),
    [
        ("PHA+SXNpICZsdDsgYmVyaXRhLjwvcD4=", (RawText("<p>Isi &lt; berita.</p>", "guess"),)),
        ("iVBORw0KGgo=", ()),
    ],
)
def test_of_what_is_in_base64_only_markup_is_text(
    encoded: str, bodies: tuple[RawText, ...]
) -> None:
    content = f"<content type='application/octet-stream'>{encoded}</content>"
    (entry,) = worker.read_lenient(atom(content)).entries
    assert entry.bodies == bodies
