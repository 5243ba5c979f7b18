"""A question finds what says the same in other words; the words that everybody uses count little."""

import pytest

from bot.knowledge.lexicon_meanings import MEANINGS
from bot.knowledge.library import Library
from bot.knowledge.meanings import meanings_of, other_words
from bot.knowledge.parsed import Block, Parsed, Section
from bot.knowledge.tokens import terms_of, tokens_of
from tests.unit.bot.knowledge.corpus import ON_SQLITE

PAGES = {
    "Warranty": "We repair faults of material for three years.",
    "Placing it": "Stand it in the hallway. Walls take away coverage.",
    "Factory settings": "Hold the reset key to erase all that was set.",
    "Cleaning": "Wipe dust from the slots with a dry cloth.",
    "搬家": "到了新家再把线插回去。",
    "退货": "签收后三十天内可以退回。",
}


async def titles(library: Library, asked: str, language: str = "") -> list[str]:
    for title, text in PAGES.items():
        code = "en" if title.isascii() else "zh"
        await library.put(Parsed(title, (Section((), (Block(text),)),), code), f"https://x.example/{title}")
    return [hit.passage.title for hit in await library.search(asked, language=language)]


@ON_SQLITE
@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("is it under guarantee?", "Warranty"),
        ("dead spots in the upper rooms", "Placing it"),
        ("bought second hand, how do I start over", "Factory settings"),
        ("how do I get the fluff out", "Cleaning"),
        ("下周换房子住，要注意什么", "搬家"),
        ("买了不喜欢怎么办", "退货"),
    ],
)
async def test_other_words_find_it(library: Library, asked: str, title: str) -> None:
    """No word of the question stands in the page that is first, but words that mean the same."""
    found = await titles(library, asked)
    assert found[0] == title
    there = {*tokens_of(f"{title} {PAGES[title]}")}
    assert not any(there.issuperset(option) for term in terms_of(asked) for option in term.options)


@ON_SQLITE
async def test_the_other_language_is_found_behind_the_own(library: Library) -> None:
    """A Chinese question finds an English page by what it means, and a Chinese one that says it before that."""
    assert (await titles(library, "恢复出厂", "zh"))[0] == "Factory settings"
    page = Parsed("重置", (Section((), (Block("恢复出厂要按住重置键。"),)),), "zh")
    await library.put(page, "https://x.example/own")
    assert [hit.passage.title for hit in await library.search("恢复出厂", 2, "zh")] == ["重置", "Factory settings"]


@ON_SQLITE
async def test_own_words_count_more_and_only_they_are_covered(library: Library) -> None:
    """What says the very word is before what says another for it, and that covers nothing of the question."""
    for text in ("The indicator is red.", "The lamp is red."):
        page = Parsed(text, (Section((), (Block(text),)),), "en")
        await library.put(page, f"https://x.example/{text}")
    one, other = await library.search("which lamp")
    assert (one.passage.title, one.covered) == ("The lamp is red.", 1.0)
    assert other.covered == 0


@ON_SQLITE
async def test_a_document_of_which_more_fits_goes_first(library: Library) -> None:
    """Of two passages that fit alike, the one beside others that fit is first."""
    filler = "nothing else " * 60
    for title, count in (("One", 1), ("Two", 2)):
        sections = tuple(Section((f"Part {at}",), (Block(f"valve {filler}"),)) for at in range(count))
        await library.put(Parsed(title, sections, "en"), f"https://x.example/{title}")
    assert [hit.passage.title for hit in await library.search("valve")] == ["Two", "Two", "One"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("take it out", "remove"), ("it drops out", "disconnected"), ("moving house", "搬家"), ("按装", "install")],
)
def test_phrases_and_both_languages_mean_the_same(one: str, other: str) -> None:
    """Two words together name a meaning, with a pronoun between them, too."""
    assert meanings_of(one) & meanings_of(other)


@pytest.mark.parametrize("text", ["", "simple naturally", "它们", "zebra"])
def test_most_words_name_nothing(text: str) -> None:
    """What is no word of the table means nothing, also where one of the table stands inside it."""
    assert meanings_of(text) == frozenset()


def test_other_words_leave_out_the_questions_own() -> None:
    """A term of other words never repeats what is asked for anyway, and doesn't count in what is covered."""
    own = terms_of("the lamp blinks")
    more = other_words("the lamp blinks", own)
    assert more
    assert not any(term.counts for term in more)
    assert not {option for term in own for option in term.options} & {
        option for term in more for option in term.options
    }


def test_the_table_is_well_kept() -> None:
    """Each line has words of both languages, or one that is the same in both, and none twice."""
    for line in MEANINGS.split("\n"):
        english, chinese = line.split("|")
        words = [*english.split(), *chinese.split()]
        assert len(words) == len(set(words)), line
        assert english.isascii(), line
        assert not any(word.isascii() for word in chinese.split()), line
