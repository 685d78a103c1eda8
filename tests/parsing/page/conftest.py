"""One article in many templates: what ``pages/*.html`` are filled with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import pytest

from kaltimtui import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

PAGES = Path(__file__).parent / "pages"
SITE = "https://www.kaltimprov.go.id"
GROUPS = ("terkait", "terbaru", "terpopuler")
HEADINGS = ("Berita Terkait", "Berita Terbaru", "Terpopuler")


@dataclass(frozen=True)
class Item:
    """A further item of the sample: what its two lines say, and a title and slug of our own."""

    stamp: str
    category: str
    title: str
    slug: str

    @property
    def url(self) -> str:
        return f"{SITE}/berita/{self.slug}"

    @property
    def moment(self) -> datetime:
        stamp = dates.portal_stamp(self.stamp)
        assert stamp is not None
        return stamp.moment


@dataclass(frozen=True)
class Sample:
    """An article as the lines of plain text that the portal's pages come down to."""

    title: str
    paragraphs: tuple[str, ...]
    caption: str
    items: tuple[Item, ...]

    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "-")

    @property
    def lists(self) -> tuple[tuple[Item, ...], ...]:
        """The items of the three lists: six, as many as are left, ten."""
        return self.items[:6], self.items[6:-10], self.items[-10:]


def read_sample(source: str) -> Sample:
    """Take the lines of a page of the portal apart: headline, text, caption, pairs of items."""
    title, *lines = source.strip().splitlines()
    first = next(number for number, line in enumerate(lines) if " Jam " in line)
    pairs = list(zip(lines[first::2], lines[first + 1 :: 2], strict=True))
    items = tuple(
        Item(stamp, category, f"Judul Berita Nomor {number} Tentang {category}", f"berita-{number}")
        for number, (stamp, category) in enumerate(pairs, 1)
    )
    return Sample(title, tuple(lines[: first - 1]), lines[first - 1], items)


def _wrap(lines: Sequence[str], before: str, after: str) -> str:
    return "\n".join(f"{before}{escape(line, quote=False)}{after}" for line in lines)


def _link(item: Item, inner: str = "") -> str:
    return f'<a href="/berita/{item.slug}">{inner or item.title}</a>'


def _each(sample: Sample, form: Callable[[Item], str]) -> str:
    return "\n".join(map(form, sample.items))


def _items_html(sample: Sample) -> dict[str, str]:
    def media(item: Item) -> str:
        picture = f'<img src="/upload/{item.slug}.jpg" alt="{item.title}">'
        return (
            f'<div class="media">{_link(item, picture)}<div class="media-body">'
            f"<h5>{_link(item)}</h5><p><i class='fa fa-clock-o'></i> {item.stamp}</p>"
            f'<p><a href="/kategori/1">{item.category}</a></p></div></div>'
        )

    def headed(heading: str, items: Sequence[Item]) -> str:
        rows = "".join(
            f"<li><span>{item.category}</span>{_link(item)}<time>{item.stamp}</time></li>"
            for item in items
        )
        return f"<h3>{heading}</h3><ul>{rows}</ul>"

    lists = list(zip(HEADINGS, sample.lists, strict=True))
    return {
        "items_media": _each(sample, media),
        "items_headed": "".join(headed(heading, items) for heading, items in lists),
        "items_titled": _each(
            sample, lambda i: f"<p>{i.title}</p><p>{i.title}</p><p>{i.stamp}<br>{i.category}</p>"
        ),
        "items_rows": _each(
            sample, lambda i: f"<TR><TD>{i.stamp}</TD></TR><TR><TD><B>{i.category}</B></TD></TR>"
        ),
        "items_divs": _each(sample, lambda i: f"<div>{i.stamp}</div><div>{i.category}</div>"),
        "items_inline": _each(sample, lambda i: f"<p>{_link(i)}<p>{i.stamp} | {i.category}"),
        "items_list": "<ul>"
        + _each(
            sample, lambda i: f"<li>{_link(i)} <small>{i.stamp}</small> <b>{i.category}</b></li>"
        )
        + "</ul>",
        "items_terms": _each(sample, lambda i: f"<dt>{i.stamp}</dt><dd>{i.category}</dd>"),
    }


def _article_json(sample: Sample, text_key: str, title_key: str) -> dict[str, Any]:
    body = _wrap((*sample.paragraphs, sample.caption), "<p>", "</p>")
    return {
        "id": 1204,
        title_key: sample.title,
        "slug": sample.slug,
        text_key: body,
        "dilihat": 221,
        "updated_at": "2024-01-02T03:04:05.000000Z",
    }


def _items_json(sample: Sample) -> dict[str, Any]:
    return {
        name: [
            {
                "id": number,
                "judul": item.title,
                "slug": item.slug,
                "tanggal": item.moment.strftime("%Y-%m-%d %H:%M:%S"),
                "kategori": {"id": 3, "nama": item.category},
            }
            for number, item in enumerate(items)
        ]
        for name, items in zip(GROUPS, sample.lists, strict=True)
    }


def _references(value: Any) -> list[Any]:
    """A value as Nuxt 3 writes it: an array in which each part stands once."""
    made: list[Any] = []

    def place(part: Any) -> int:
        at = len(made)
        made.append(None)
        if isinstance(part, dict):
            made[at] = {key: place(inner) for key, inner in part.items()}
        elif isinstance(part, list):
            made[at] = [place(inner) for inner in part]
        else:
            made[at] = part
        return at

    place(value)
    return made


def _literal(value: Any) -> str:
    """A value as a literal of JavaScript, with bare names as keys."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{key}:{_literal(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_literal, value)) + "]"
    return json.dumps(value).replace("<", "\\u003C")


def _json_parts(sample: Sample) -> dict[str, str]:
    items = _items_json(sample)
    berita = _article_json(sample, "isi", "judul")
    post = _article_json(sample, "content", "title")
    inertia = {"component": "Berita/Detail", "props": {"berita": berita, **items}, "url": "/"}
    following = {"props": {"pageProps": {"post": post, **items}}, "page": "/detailberita/[slug]"}
    nuxt = {"data": {"berita": _article_json(sample, "konten", "judul"), "sisi": items}}
    text = post["content"].encode()
    props = ["$", "div", None, {"post": {**post, "content": "$1a"}, **items}]
    stream = f"1a:T{len(text):x},{text.decode()}5:{json.dumps(props)}\n"
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": sample.title,
        "articleBody": "\n".join((*sample.paragraphs, sample.caption)),
        "publisher": {"@type": "Organization", "name": "Portal Kaltim"},
    }
    kit = {"type": "data", "data": {"berita": berita, **items}, "uses": {}}
    answer = {"status": 200, "body": json.dumps({"data": berita, **items})}
    nuxt_2 = _literal({"layout": "default", "data": [{"berita": berita, **items}]})
    shared_words = (_literal(berita["isi"]), _literal(sample.title))
    for name, words in zip("ab", shared_words, strict=True):
        nuxt_2 = nuxt_2.replace(words, name)
    half = len(stream) // 2
    return {
        "inertia_attribute": escape(json.dumps(inertia)),
        "next_json": json.dumps(following),
        "kit_literal": _literal(kit),
        "kit_answer": json.dumps(answer).replace("<", "\\u003C"),
        "nuxt_literal": nuxt_2,
        "nuxt_arguments": ",".join(shared_words),
        "state_string": json.dumps(json.dumps({"berita": berita, **items})).replace("<", "\\u003C"),
        "nuxt_json": json.dumps(_references(nuxt)),
        "stream_first": json.dumps(stream[:half]),
        "stream_second": json.dumps(stream[half:]),
        "jsonld": json.dumps(linked),
    }


def fill(page: str, sample: Sample) -> str:
    """A template of ``pages/`` with the sample in it."""
    caption = escape(sample.caption, quote=False)
    figure = f'<figure><img src="/foto.jpg"><figcaption>{caption}</figcaption></figure>'
    parts = {
        "title": sample.title,
        "slug": sample.slug,
        "paragraphs_p": _wrap(sample.paragraphs, "<p>", "</p>"),
        "paragraphs_div": _wrap(sample.paragraphs, "<div>", "</div>"),
        "paragraphs_open": _wrap(sample.paragraphs, "<p>", "").replace("\n", ""),
        "paragraphs_br": "<BR><BR>".join(_wrap([line], "", "") for line in sample.paragraphs),
        "paragraphs_single_br": "<br>\n".join(_wrap([line], "", "") for line in sample.paragraphs),
        "caption_p": f"<p><em>{caption}</em></p>",
        "caption_div": f"<div>{caption}</div>",
        "caption_open": f"<p>{caption}",
        "caption_plain": caption,
        "caption_figure": figure,
    }
    template = Template((PAGES / page).read_text("utf-8"))
    return template.substitute(parts, **_items_html(sample), **_json_parts(sample))


@pytest.fixture
def sample() -> str:
    """The sample article as plain text."""
    return (PAGES / "sample.txt").read_text("utf-8")


@pytest.fixture
def render() -> Callable[[str, str], str]:
    """Put the lines of a page of plain text into a template."""
    return lambda page, source: fill(page, read_sample(source))
