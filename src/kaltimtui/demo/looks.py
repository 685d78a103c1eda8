"""What pages of the demo portal look like: the portal's old and new design, and two others.

Each look has templates of its own; ``DESIGNS`` tells which of them a whole portal is shown in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Protocol

from kaltimtui.almanac import WORDS
from kaltimtui.demo.markup import Markup, signed
from kaltimtui.demo.stories import NEW_DESIGN, Story, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SITE: Final = "Portal Contoh"
LISTING: Final = "/berita"
CLOSED: Final = "/arsip-tertutup/"
"""The folder that robots.txt asks to leave alone."""
_HEADINGS: Final = {
    "related": "Berita Terkait",
    "latest": "Berita Terbaru",
    "popular": "Berita Terpopuler",
}
_DASHES: Final = (" - ", " – ", "- ", " — ")
_TEASER: Final = 140

Around = dict[Literal["related", "latest", "popular"], tuple[Story, ...]]
"""The further articles that a page names, by the list they stand in."""
DesignName = Literal["kaltimprov", "old", "new", "wordpress", "inertia"]


class Place(Protocol):
    """Where things are on a site; every address is as a page may write it."""

    def link(self, story: Story) -> str:
        """The address of an article."""

    def canonical(self, story: Story) -> str:
        """The whole address that an article is kept by."""

    def whole(self, path: str) -> str:
        """The whole address of a path."""

    def picture(self, story: Story) -> str:
        """The path of an article's picture."""

    def sound(self, story: Story) -> str | None:
        """The path of the recording that goes with an article, if there is one."""

    def inner(self, address: str) -> str:
        """Where a link or a picture within a text of the sample edition is found here."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists articles."""

    path: str
    """With its query."""
    heading: str
    stories: Sequence[Story]
    highlights: Sequence[Story] = ()
    """One of each category."""
    pages: Sequence[tuple[str, str]] = ()
    """Words and path of each further page."""


class Look(Protocol):
    """One way to show pages."""

    @property
    def form(self) -> str:
        """The form of the addresses of its articles, as a site profile writes it."""

    def path(self, story: Story) -> str:
        """The path of an article."""

    def article(self, story: Story, around: Around, place: Place) -> str:
        """The page of an article."""

    def listing(self, listing: Listing, popular: Sequence[Story], place: Place) -> str:
        """A page that lists articles."""


@lru_cache(maxsize=32)
def _template(name: str) -> Template:
    folder = resources.files(__package__) / "templates"
    return Template((folder / f"{name}.html").read_text("utf-8").strip())


def filled(name: str, values: Mapping[str, object]) -> str:
    """A template with its places filled; the values are HTML already."""
    return _template(name).substitute(values)


def category_path(category: str) -> str:
    """The path of the page of a category."""
    return f"/kategori/{slug_of(category)}"


def stamp_of(story: Story) -> str:
    """When an article was published, as the portal's lists print it."""
    moment = story.moment
    month = WORDS["id"].months[moment.month - 1]
    return f"{moment.day:02} {month} {moment.year} Jam {moment:%H:%M:%S}"


def date_of(story: Story) -> str:
    """When an article was published, in full, and in Indonesian whatever the program speaks."""
    moment, words = story.moment, WORDS["id"]
    day = f"{moment.day} {words.months[moment.month - 1]} {moment.year}"
    said = f"{words.weekdays[moment.weekday()]}, {day}"
    return f"{said} {moment:%H.%M.%S} WITA" if story.published.precision == "time" else said


def teaser(story: Story) -> str:
    """The beginning of the text."""
    first = next(story.article.document.spans()).text
    return first if len(first) <= _TEASER else f"{first[:_TEASER].rpartition(' ')[0]} …"


def caption_of(story: Story) -> str:
    """What is said of the picture, with whose it is."""
    credit = f" ({story.article.photo_credit})" if story.article.photo_credit else ""
    return f"{story.article.caption or ''}{credit}".strip()


def body_of(story: Story, place: Place, full_stop: str = "") -> str:
    """The text of an article as HTML, from its dateline to its byline."""
    article = story.article
    dash = _DASHES[len(story.slug) % len(_DASHES)]
    whole = signed(
        article.document.blocks, f"{article.dateline}{dash}", f"({article.byline}){full_stop}"
    )
    return Markup(place.inner).blocks(whole)


def _filled_form(form: str, story: Story) -> str:
    moment = story.moment
    return form.format(
        slug=story.slug, year=moment.year, month=f"{moment.month:02}", day=f"{moment.day:02}"
    )


def _figure(story: Story, place: Place, kind: str) -> str:
    words = escape(caption_of(story), quote=False)
    shown = f'<img src="{place.picture(story)}" alt="" width="640" height="360">'
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure class="{kind}">{shown}{caption}</figure>'


class Templated:
    """A look made of four templates: the frame, an article, an item of a list, a card.

    ``family`` is what their names begin with.
    """

    family: ClassVar[str]
    form: ClassVar[str]
    menu: ClassVar = '<a href="{}">{}</a>'
    heading: ClassVar = "<h3>{}</h3>"
    full_stop: ClassVar = ""
    """What stands behind the byline's brackets."""

    def path(self, story: Story) -> str:
        """The path of an article."""
        return _filled_form(self.form, story)

    def article(self, story: Story, around: Around, place: Place) -> str:
        """The page of an article."""
        values = self._values(story, place)
        values["picture"] = self.picture(story, place) if story.pictured else ""
        values["body"] = self.body(story, place)
        return self._framed(
            f"{values['title']} - {SITE}",
            filled(f"{self.family}_article", values),
            self._lists(around.items(), place),
            url=place.canonical(story),
            headline=values["title"],
            description=values["teaser"],
            meta=self.head(story, place),
        )

    def listing(self, listing: Listing, popular: Sequence[Story], place: Place) -> str:
        """A page that lists articles."""
        heading = escape(listing.heading)
        cards = [filled(f"{self.family}_card", self._values(s, place)) for s in listing.stories]
        pages = " ".join(f'<a href="{path}">{words}</a>' for words, path in listing.pages)
        content = [f"<h1>{heading}</h1>", *cards, f'<div class="halaman">{pages}</div>']
        if listing.highlights:
            content.append(f"<h3>Sorotan</h3><ul>{self._items(listing.highlights, place)}</ul>")
        content.append(f'<p><a href="{CLOSED}">Arsip tertutup</a></p>')
        return self._framed(
            f"{heading} - {SITE}",
            "\n".join(content),
            self._lists([("popular", popular)], place),
            url=place.whole(listing.path),
            headline=heading,
            description="Berita contoh dari Kalimantan Timur",
            meta="",
        )

    def picture(self, story: Story, place: Place) -> str:
        """The picture of an article."""
        return _figure(story, place, "gambar")

    def body(self, story: Story, place: Place) -> str:
        """The text of an article."""
        return body_of(story, place, self.full_stop)

    def head(self, story: Story, place: Place) -> str:
        """What the head of an article's page says of it."""
        if not story.pictured:
            return ""
        return f'<meta property="og:image" content="{place.whole(place.picture(story))}">'

    def headed(self, words: str) -> str:
        """The heading of a list."""
        return self.heading.format(words)

    def _framed(self, title: str, content: str, aside: str, **values: str) -> str:
        entries = (("/", "Beranda"), (LISTING, "Berita"), ("/kategori", "Kategori"))
        menu = "".join(self.menu.format(path, words) for path, words in entries)
        said = {"title": title, "content": content, "aside": aside, "menu": menu, "site": SITE}
        return filled(self.family, {**values, **said})

    def _values(self, story: Story, place: Place) -> dict[str, str]:
        return {
            "title": escape(story.article.title),
            "headline": escape(story.article.title),
            "kicker": escape(story.article.kicker or ""),
            "category": escape(story.category),
            "category_href": category_path(story.category),
            "stamp": stamp_of(story),
            "date": date_of(story),
            "iso": story.published.json(),
            "href": place.link(story),
            "thumbnail": place.picture(story),
            "teaser": escape(teaser(story)),
            "number": str(100 + len(story.slug)),
            "views": str(100 + 7 * len(story.slug)),
        }

    def _lists(self, lists: Iterable[tuple[str, Sequence[Story]]], place: Place) -> str:
        return "\n".join(
            f"{self.headed(_HEADINGS[group])}\n<ul>{self._items(stories, place)}</ul>"
            for group, stories in lists
            if stories
        )

    def _items(self, stories: Iterable[Story], place: Place) -> str:
        named = f"{self.family}_item"
        return "\n".join(filled(named, self._values(story, place)) for story in stories)


class Old(Templated):
    """The portal up to 2024: a page tells neither the date nor the category of its article."""

    family = "old"
    form = "/berita/{slug}"
    menu = '<li><a href="{}">{}</a></li>'
    heading = '<h3 class="kotak">{}</h3>'
    full_stop = "."

    def picture(self, story: Story, place: Place) -> str:
        """The picture alone; its caption stands below the text."""
        source = place.picture(story)
        return f'<div class="gambar"><img src="{source}" alt="" width="640" height="360" /></div>'

    def body(self, story: Story, place: Place) -> str:
        """The text, and below it the caption by its mark."""
        caption = caption_of(story)
        below = f"\n<p>//// Foto : {escape(caption, quote=False)}</p>" if caption else ""
        return super().body(story, place) + below

    def headed(self, words: str) -> str:
        """The heading of a list, in capitals."""
        return super().headed(words.upper())


class New(Templated):
    """The portal since 2025: date and category stand with the headline."""

    family = "new"
    form = "/detailberita/{slug}"


class WordPress(Templated):
    """A site of an office as WordPress makes it, with an article in JSON-LD."""

    family = "wordpress"
    form = "/{year}/{month}/{day}/{slug}/"
    menu = '<li class="menu-item"><a href="{}">{}</a></li>'
    heading = '<h2 class="widget-title">{}</h2>'

    def picture(self, story: Story, place: Place) -> str:
        """The picture as a block of its editor."""
        return _figure(story, place, "wp-block-image size-large")

    def head(self, story: Story, place: Place) -> str:
        """The article as JSON-LD."""
        said = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.article.title,
            "datePublished": story.published.json(),
            "articleSection": story.category,
            "mainEntityOfPage": place.canonical(story),
        }
        if story.pictured:
            said["image"] = place.whole(place.picture(story))
        words = json.dumps(said, ensure_ascii=False).replace("</", "<\\/")
        return f'<script type="application/ld+json">{words}</script>'


class Inertia:
    """An application whose pages hold JSON and no text at all."""

    form = New.form

    def path(self, story: Story) -> str:
        """The path of an article."""
        return _filled_form(self.form, story)

    def article(self, story: Story, around: Around, place: Place) -> str:
        """The page of an article."""
        article = story.article
        shown: dict[str, Any] = {
            **self._item(story, place),
            "label": article.kicker,
            "isi": body_of(story, place),
            "gambar": place.picture(story) if story.pictured else None,
            "keterangan_gambar": caption_of(story) or None,
        }
        lists = {
            "berita_terkait": around["related"],
            "berita_terbaru": around["latest"],
            "berita_terpopuler": around["popular"],
        }
        props = {
            "berita": shown,
            **{name: self._items(stories, place) for name, stories in lists.items()},
        }
        return self._page(article.title, "Berita/Detail", self.path(story), props)

    def listing(self, listing: Listing, popular: Sequence[Story], place: Place) -> str:
        """A page that lists articles, in the form that Laravel gives a list in pages."""
        props = {
            "daftar": {
                "data": self._items(listing.stories, place),
                "links": [{"label": words, "url": path} for words, path in listing.pages],
            },
            "sorotan": self._items(listing.highlights, place),
            "berita_terpopuler": self._items(popular, place),
        }
        return self._page(listing.heading, "Berita/Daftar", listing.path, props)

    def _page(self, title: str, component: str, path: str, props: dict[str, Any]) -> str:
        page = {"component": component, "props": props, "url": path, "version": "8ba1f2d0"}
        values = {"title": f"{escape(title, quote=False)} - {SITE}", "site": SITE}
        return filled("inertia", {**values, "page": escape(json.dumps(page))})

    def _items(self, stories: Iterable[Story], place: Place) -> list[dict[str, Any]]:
        return [self._item(story, place) for story in stories]

    def _item(self, story: Story, place: Place) -> dict[str, Any]:
        return {
            "id": len(story.slug),
            "judul": story.article.title,
            "slug": story.slug,
            "url": place.link(story),
            "kategori": {"nama": story.category, "slug": slug_of(story.category)},
            "tanggal_terbit": story.moment.isoformat(),
        }


# --- Which of them a portal is shown in -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Design:
    """The looks of a portal: that of its lists and newer articles, and that of older ones."""

    now: Look
    before: Look | None = None

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the addresses of articles."""
        looks = filter(None, (self.before, self.now))
        return tuple(look.form for look in looks)

    def look(self, story: Story) -> Look:
        """How an article is shown."""
        if self.before is not None and story.moment < NEW_DESIGN:
            return self.before
        return self.now


DESIGNS: Final[dict[DesignName, Design]] = {
    "kaltimprov": Design(New(), Old()),
    "old": Design(Old()),
    "new": Design(New()),
    "wordpress": Design(WordPress()),
    "inertia": Design(Inertia()),
}
