from __future__ import annotations

import itertools
import random
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaltimtui import parsing, sketch
from kaltimtui.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Story = tuple[str, list[str]]

CASES = 200
WORDS = [
    f"{beginning}{middle}{end}"
    for beginning in ("ba", "ke", "di", "mem", "per", "se", "ter")
    for middle in ("la", "ngun", "rin", "su", "pa", "wi", "to")
    for end in ("", "kan", "an", "i", "nya")
]


def make_story(chance: random.Random, paragraphs: int = 8, words: int = 30) -> Story:
    """A headline, and paragraphs made of words drawn at random."""
    texts = [" ".join(chance.choices(WORDS, k=words)) for _ in range(paragraphs)]
    return " ".join(chance.choices(WORDS, k=8)), texts


def of(story: Story) -> bytes:
    made = sketch.sketch(story[0], "\n\n".join(story[1]))
    assert made is not None
    return made


def told_alike(one: Story, other: Story) -> bool:
    return sketch.alike(of(one), of(other)) and sketch.same_story(
        one[0], "\n\n".join(one[1]), other[0], "\n\n".join(other[1])
    )


def runs(story: Story) -> set[tuple[str, ...]]:
    words = f"{story[0]} {' '.join(story[1])}".split()
    return set(zip(words, words[1:], words[2:], strict=False))


def another_title(story: Story, chance: random.Random) -> Story:
    return make_story(chance)[0], story[1]


def half_of_it(story: Story, chance: random.Random) -> Story:
    title, texts = another_title(story, chance)
    return title, [texts[0], *sorted(chance.sample(texts[1:], len(texts) // 2), key=texts.index)]


def half_and_its_own(story: Story, chance: random.Random) -> Story:
    title, texts = half_of_it(story, chance)
    return title, texts + make_story(chance, len(story[1]) - len(texts))[1]


def words_exchanged(story: Story, chance: random.Random) -> Story:
    return story[0], [
        " ".join(chance.choice(WORDS) if chance.random() < 0.1 else word for word in text.split())
        for text in story[1]
    ]


def added_to(story: Story, chance: random.Random) -> Story:
    return story[0], story[1] + make_story(chance, len(story[1]) // 3)[1]


def unlike(_story: Story, chance: random.Random) -> Story:
    return make_story(chance)


def same_foot(story: Story, chance: random.Random) -> Story:
    title, texts = make_story(chance)
    return title, texts[:-3] + story[1][-3:]


def same_head(story: Story, chance: random.Random) -> Story:
    title, texts = make_story(chance)
    return title, story[1][:1] + texts[1:]


def other_day(story: Story, chance: random.Random) -> Story:
    texts = [text.replace("kan", str(chance.randrange(9))) for text in story[1]]
    return story[0].replace("12", "13"), texts


@pytest.mark.parametrize(
    ("vary", "least"),
    [
        (another_title, 1.0),
        (half_of_it, 0.93),
        (half_and_its_own, 0.6),
        (words_exchanged, 0.93),
        (added_to, 0.99),
    ],
)
def test_a_story_told_otherwise_is_known(
    vary: Callable[[Story, random.Random], Story], least: float
) -> None:
    chance = random.Random(7)
    stories = [make_story(chance) for _ in range(CASES)]
    assert sum(told_alike(story, vary(story, chance)) for story in stories) >= least * CASES


@pytest.mark.parametrize("vary", [unlike, same_foot])
def test_another_story_is_never_taken_for_it(vary: Callable[[Story, random.Random], Story]) -> None:
    chance = random.Random(7)
    stories = [make_story(chance) for _ in range(CASES)]
    assert not any(told_alike(story, vary(story, chance)) for story in stories)


def test_what_stands_above_every_article_hardly_makes_them_one() -> None:
    chance = random.Random(7)
    stories = [make_story(chance) for _ in range(CASES)]
    assert sum(told_alike(story, same_head(story, chance)) for story in stories) <= 0.05 * CASES


def test_the_prices_of_two_days_are_two_stories() -> None:
    chance = random.Random(7)
    title, texts = make_story(chance)
    yesterday = (f"{title} 12", texts)
    assert sketch.alike(of(yesterday), of(other_day(yesterday, chance)))
    assert not told_alike(yesterday, other_day(yesterday, chance))
    assert told_alike(yesterday, (f"{title} 12 dan 13", texts))
    assert told_alike(yesterday, (title, texts))


def test_the_estimate_is_near_to_what_two_texts_share() -> None:
    chance = random.Random(7)
    errors = []
    for _ in range(CASES):
        one = make_story(chance)
        other = half_and_its_own(one, chance)
        exact = len(runs(one) & runs(other)) / len(runs(one) | runs(other))
        errors.append(sketch.resemblance(of(one), of(other)) - exact)
    assert abs(sum(errors) / CASES) < 0.02
    assert max(map(abs, errors)) < 0.35


def test_hashes_are_in_order_and_many() -> None:
    numbers = sketch.hashes(of(make_story(random.Random(7))))
    assert len(set(numbers)) == sketch.SIZE
    assert list(numbers) == sorted(numbers)


@pytest.mark.parametrize("text", ["", "satu dua", "kata " * 500, "—" * 500])
def test_a_text_with_little_in_it_has_no_sketch(text: str) -> None:
    assert sketch.sketch(text) is None


def test_a_short_text_has_none_and_one_a_little_longer_has_one() -> None:
    words = [f"kata{number}" for number in range(sketch.LEAST + 2)]
    assert sketch.sketch(" ".join(words[:-1])) is None
    assert sketch.sketch(" ".join(words)) is not None


def test_of_an_endless_text_the_beginning_is_read() -> None:
    title, texts = make_story(random.Random(7), 800)
    endless = "\n".join(texts)
    assert len(endless) > 2 * sketch.TEXT_LIMIT
    assert sketch.sketch(title, endless) == sketch.sketch(title, endless[: sketch.TEXT_LIMIT])


def test_case_accents_and_punctuation_do_not_matter() -> None:
    title, texts = make_story(random.Random(7))
    plain = sketch.sketch(title, " ".join(texts))
    loud = " ".join(texts).upper().replace("A", "\u00c1").replace(" ", " \u201c\u2014, ")
    assert sketch.sketch(title.title(), loud) == plain
    assert sketch.sketch(title, unicodedata.normalize("NFD", loud)) == plain


def test_other_letters_than_latin_ones_are_read_too() -> None:
    chance = random.Random(7)
    letters = "абвгдежзиклмнопрст"
    words = ["".join(chance.choices(letters, k=6)) for _ in range(200)]
    one, same = sketch.sketch(" ".join(words)), sketch.sketch(" ".join(words).title())
    other = sketch.sketch(" ".join(reversed(words)))
    assert one is not None
    assert other is not None
    assert one == same
    assert sketch.resemblance(one, other) == 0


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=300), max_size=5))
def test_any_text_has_a_sketch_or_none(texts: list[str]) -> None:
    made = sketch.sketch(*texts)
    assert made is None or sketch.resemblance(made, made) == 1.0


@pytest.mark.parametrize("folder", ["readability", "indonesia", "miniflux", "feedvalidator"])
def test_no_two_articles_of_one_source_are_one_story(shared: Path, folder: str) -> None:
    """The pages of ``readability`` are of many sites: they count as one."""
    articles: list[tuple[str, str]] = []
    for path in sorted((shared / "corpus" / folder).rglob("*")):
        if path.is_file() and path.name not in ("expected.html", "README.md"):
            articles += _articles(path)
    assert len(articles) > 20
    made = [(article, sketch.sketch(*article)) for article in dict.fromkeys(articles)]
    known = [(article, data) for article, data in made if data is not None]
    for (one, first), (other, second) in itertools.combinations(known, 2):
        alike = sketch.alike(first, second) and sketch.same_story(*one, *other)
        assert not alike, (one[0], other[0])


def _articles(path: Path) -> set[tuple[str, str]]:
    try:
        parsed = parsing.read(path.read_bytes(), now=datetime(2026, 11, 24, tzinfo=UTC))
    except ParseError:
        return set()
    found = {(article.title, article.document.plain()) for article in parsed.articles}
    return {article for article in found if "Lorem ipsum" not in article[1]}
