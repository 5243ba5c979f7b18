"""What must hold of the director for any text at all: it answers, invents nothing and keeps quoted words."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.brief import Brief
from bot.brief_arguments import ImagineArguments
from bot.director import lexicon, lexicon_zh, scenes
from bot.director.tokens import corrected
from bot.director.traditional import simplified
from bot.director.understand import understand
from bot.grammar import plural, singular
from tests.craft.score import score

ENGLISH_WORDS = """
    a the two three red blue small old cat dogs car tree robot zorilla on in under behind left right of to next and , .
    without no
    beach night rain watercolour sign says picture pictures make it draw please wide that is are with holding my
""".split()
CHINESE_WORDS = """
    画 一只 两 三个 张 猫 狗 车 树 机器人 皮皮 的 在 上 左边 里 和 ， 。 不要 没有 海边 晚上 下雨
    水彩 红色 小 写着 请 换成 它
""".split()
ANY_WORDS = st.lists(st.sampled_from(ENGLISH_WORDS + CHINESE_WORDS), max_size=14).map(" ".join)
ENGLISH = st.lists(st.sampled_from(ENGLISH_WORDS), max_size=14).map(" ".join)
CHINESE = st.lists(st.sampled_from(CHINESE_WORDS), max_size=12).map("".join)
LETTERING = st.text(
    st.characters(categories=("L", "N"), include_characters=" !&.,-", max_codepoint=0x9FFF), min_size=1, max_size=20
).filter(lambda text: text.strip() == text)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "seven": 7}
NUMBERS_ZH = {"一": 1, "两": 2, "三": 3, "四": 4, "七": 7}
NOUNS = (
    "cat dog penguin elephant car robot rocket castle laptop router parcel lighthouse bicycle umbrella chair".split()
)
NOUNS_ZH = {"猫": "cat", "狗": "dog", "企鹅": "penguin", "大象": "elephant", "兔子": "rabbit", "鸟": "bird"}
COLOURS_ZH = {"红色": "red", "蓝色": "blue", "绿色": "green", "黄色": "yellow", "黑色": "black", "白色": "white"}
COLOURS = tuple(COLOURS_ZH.values())
PLACES = {"on a beach": "beach", "in the desert": "desert", "in a forest": "forest", "in a kitchen": "kitchen"}
PLACES_ZH = {"沙滩上": "beach", "沙漠里": "desert", "森林里": "forest", "厨房里": "kitchen"}
TIMES = {"": "", " at night": "night", " at dawn": "dawn", " at sunset": "sunset"}
TIMES_ZH = {"": "", "夜晚，": "night", "黎明时分，": "dawn", "日落时，": "sunset"}


def items_of(numbers: list[str], colours: list[str], nouns: list[str]) -> st.SearchStrategy[list[tuple[str, str, str]]]:
    """One to three different things, each with a number and a colour."""
    one = st.tuples(st.sampled_from(numbers), st.sampled_from(colours), st.sampled_from(nouns))
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda item: item[2])


def brief_of(text: str, earlier: ImagineArguments | None = None) -> Brief:
    """What a text that wishes for a picture is taken to mean."""
    understood = understand(text, earlier)
    assert isinstance(understood, ImagineArguments)
    return understood.to_brief()


def stems(text: str) -> set[str]:
    """The words of an English text in every form in which the director may know them."""
    words = "".join(character if character.isalnum() or character in "-'" else " " for character in text.casefold())
    found = {form for word in words.split() for form in (word, corrected(word), *word.split("-"))}
    found |= {singular(word) for word in found} | {plural(word) for word in found}
    return found | {part for word in found for part in lexicon.SYNONYMS.get(word, "").split()}


def known_in(text: str) -> set[str]:
    """English words for the Chinese words that stand in a text, and its own characters."""
    tables: tuple[dict[str, str], ...] = (lexicon_zh.NOUNS, lexicon_zh.PLACES, lexicon_zh.BODY, lexicon_zh.MEASURES)
    plain = simplified(text)
    return {part for table in tables for word, english in table.items() if word in plain for part in english.split()}


@given(st.one_of(st.text(max_size=80), ANY_WORDS))
@example("")
@example(" \n\t")
@example("\ue0001\ue000")
@example("'" * 40)
@example("画" * 400)
@example("a " * 3000)
@example("İstanbul’da ‮ bir kedi \x00")
def test_any_text_is_answered(text: str) -> None:
    """Whatever is said, the director replies in words, or calls for a picture with the words as they are."""
    understood = understand(text, None)
    if isinstance(understood, str):
        assert understood.strip()
    else:
        assert understood.prompt == text
        assert ImagineArguments.model_validate(understood.model_dump()).to_brief() == understood.to_brief()


@given(st.one_of(ENGLISH, CHINESE, ANY_WORDS), st.one_of(ENGLISH, CHINESE, st.text(max_size=30)))
def test_any_follow_up_is_answered(first: str, second: str) -> None:
    """After any brief any words are answered, and the words of both stand in what comes of it or the new ones alone."""
    earlier = understand(first, None)
    understood = understand(second, earlier if isinstance(earlier, ImagineArguments) else None)
    assert understood if isinstance(understood, str) else second in understood.prompt


@given(ENGLISH)
def test_nothing_is_invented_in_english(text: str) -> None:
    """Every word of a subject's name stands in the request, in some form."""
    understood = understand(text, None)
    if not isinstance(understood, str):
        said = stems(text)
        for subject in understood.subjects:
            assert set(subject.name.split()) - {"of"} <= said, subject


@given(CHINESE)
def test_nothing_is_invented_in_chinese(text: str) -> None:
    """Every subject is the English word for something in the request, or its own characters."""
    understood = understand(text, None)
    if not isinstance(understood, str):
        known = known_in(text)
        for subject in understood.subjects:
            assert subject.name in text or set(subject.name.split()) - {"of"} <= known, subject


@pytest.mark.parametrize(
    "wish",
    [
        'a sign that says "{}"',
        "a red sign that says “{}” on a beach",
        "画一个写着“{}”的牌子",
        "一张海报，上面写着「{}」",
    ],
)
@given(lettering=LETTERING)
def test_quoted_words_survive(wish: str, lettering: str) -> None:
    """What stands in quotes is drawn letter by letter, whatever it says."""
    assert brief_of(wish.format(lettering)).texts == (lettering,)


@given(
    items_of(list(NUMBERS), list(COLOURS), NOUNS),
    st.sampled_from(list(PLACES)),
    st.sampled_from(list(TIMES)),
)
def test_counts_and_colours_stay_with_their_subjects(items: list[tuple[str, str, str]], place: str, time: str) -> None:
    """Up to three subjects, each with a number and a colour, in a place at a time: nothing is lost or swapped."""
    said = [f"{number} {colour} {noun if number == 'one' else plural(noun)}" for number, colour, noun in items]
    wanted: dict[str, Any] = {
        "subjects": [{"name": noun, "count": NUMBERS[number], "colour": colour} for number, colour, noun in items],
        "place": PLACES[place],
        "time": TIMES[time],
    }
    verdict = score(brief_of(f"please draw {' and '.join(said)} {place}{time}"), 1, wanted)
    assert verdict.right, verdict


@given(
    items_of(list(NUMBERS_ZH), list(COLOURS_ZH), list(NOUNS_ZH)),
    st.sampled_from(list(PLACES_ZH)),
    st.sampled_from(list(TIMES_ZH)),
)
def test_chinese_counts_and_colours_stay_too(items: list[tuple[str, str, str]], place: str, time: str) -> None:
    """The same in Chinese."""
    said = [f"{number}只{colour}的{noun}" for number, colour, noun in items]
    wanted: dict[str, Any] = {
        "subjects": [
            {"name": NOUNS_ZH[noun], "count": NUMBERS_ZH[number], "colour": COLOURS_ZH[colour]}
            for number, colour, noun in items
        ],
        "place": PLACES_ZH[place],
        "time": TIMES_ZH[time],
    }
    verdict = score(brief_of(f"画{time}{place}有{'和'.join(said)}"), 1, wanted)
    assert verdict.right, verdict


def test_the_tables_hold_together() -> None:
    """Every Chinese place, time, weather, style and colour stands for a word that English requests give too."""
    english: dict[str, set[str]] = {
        "TIMES": set(scenes.TIMES.values()),
        "WEATHER": set(scenes.WEATHER.values()),
        "COLOURS": {*lexicon.COLOURS.values(), *lexicon.SHADES},
    }
    for name, values in english.items():
        assert set(getattr(lexicon_zh, name).values()) <= values, name
