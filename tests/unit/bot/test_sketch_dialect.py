"""The Sketch dialect asks for nothing that the model does not know, and says plainly what it asks for instead."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from bot.brief import Brief, Relation, Subject
from bot.dialects import Rendering, render
from bot.dialects.phrases import NUMBERS
from bot.dialects.vocabulary import Vocabulary, several
from bot.errors import ModelUnavailable, RequestError
from bot.style import Style
from bot.tasks import ModelCard
from tests.unit.bot.test_dialects import BRIEFS, asked

WORLD: dict[str, Any] = {
    "name": "Doodle",
    "most": 3,
    "subjects": {
        "fish": {
            "home": "pool", "takes_colour": True, "plural": "fish",
            "words": ["鱼", "fishy"], "near": [["shark", "鲨鱼"]],
        },
        "ant": {"home": "hall", "words": ["蚂蚁"], "near": [["bee", "蜜蜂"], ["fire engine", "消防车"]]},
        "kite": {"home": "pool", "words": ["风筝"], "near": [["engine", "引擎"], ["fish", "蚂蚁"]]},
    },
    "places": {
        "hall": {"phrase": "in a hall", "timeless": True, "words": ["大厅"], "near": [["sofa", "沙发"]]},
        "pool": {"phrase": "at the pool", "words": ["泳池", "lido"], "near": [["snow", "雪"], ["lake", "湖"]]},
    },
    "times": {
        "day": {"words": ["白天"]},
        "night": {"phrase": "at night", "words": ["夜晚"], "near": [["dusk", "黄昏"]]},
    },
    "colours": {"red": {"words": ["红色"], "near": [["brown", "棕色"]]}, "blue": {"words": ["蓝色"]}},
    "styles": {"flat": {"words": ["扁平"]}, "dots": {"phrase": "dotted picture of", "words": ["点画"]}},
    "relations": {"left of": "to the left of"},
}  # fmt: skip
CARD = ModelCard("doodle", "sketch", "sketch", 256, 256, 8, 2.5, True, 38, vocabulary=WORLD)
FISH, ANT = Subject("fish"), Subject("ant")


def painted(*subjects: Subject, words: str = "please", **more: object) -> Rendering:
    return render(asked(*subjects, words=words, **more), CARD)


@pytest.mark.parametrize(
    ("brief", "expected"),
    [
        (asked(FISH, place="pool"), "a fish at the pool"),
        (asked(ANT, place="lido"), "an ant at the pool"),
        (asked(Subject("Fishy", colour="red"), place="pool", time="night"), "a red fish at the pool at night"),
        (asked(Subject("ants", 2), place="hall"), "two ants in a hall"),
        (asked(Subject("鱼", 3, "红色"), place="泳池", time="夜晚"), "three red fish at the pool at night"),
        (asked(FISH, ANT, place="pool", time="day"), "a fish and an ant at the pool"),
        (
            asked(FISH, ANT, place="pool", relations=(Relation("fish", "left of", "fish"),)),
            "a fish and an ant at the pool",
        ),
        (asked(Subject("ant", -1), place="pool"), "an ant at the pool"),
        (
            asked(FISH, ANT, place="hall", relations=(Relation("ant", "left of", "fish"),)),
            "an ant to the left of a fish in a hall",
        ),
        (asked(FISH, place="pool", style="dots"), "dotted picture of a fish at the pool"),
        (asked(FISH, place="pool", style="flat", weather="sunny"), "a fish at the pool"),
        (
            asked(Subject("fish", colour="red"), Subject("fish", colour="blue"), place="pool"),
            "a red fish and a blue fish at the pool",
        ),
    ],
)
def test_what_it_knows_is_asked_for_as_it_is(brief: Brief, expected: str) -> None:
    """Known words, under any of their names, are put as the captions put them, and there is nothing to note."""
    assert render(brief, CARD) == Rendering(expected, "", ())


@pytest.mark.parametrize(
    ("brief", "expected", "note"),
    [
        (
            asked(Subject("shark"), place="pool"),
            "a fish at the pool",
            "Doodle knows no shark; it paints a fish instead. Plug in a real model for anything.",
        ),
        (
            asked(Subject("hammerhead shark"), place="pool"),
            "a fish at the pool",
            "Doodle knows no hammerhead shark; it paints a fish instead. Plug in a real model for anything.",
        ),
        (
            asked(Subject("shark", 2), Subject("bee"), place="pool", words="鲨鱼和蜜蜂"),
            "a fish and an ant at the pool",
            "Doodle 不认识鲨鱼、蜜蜂，改画鱼、蚂蚁。换成真正的模型，什么都能画。",
        ),
        (
            asked(Subject("shark", 2), Subject("hammerhead shark"), place="pool"),
            "three fish at the pool",
            "Doodle knows no shark and no hammerhead shark; it paints a fish instead. "
            "Plug in a real model for anything.",
        ),
        (
            asked(Subject("shark"), FISH, place="pool"),
            "a fish at the pool",
            "Doodle leaves out what it has no words for: shark.",
        ),
        (asked(ANT), "an ant in a hall", "You named no place and Doodle needs one: 'in a hall'."),
        (asked(ANT, words="蚂蚁"), "an ant in a hall", "你没有说地点，而 Doodle 需要一个，所以加上了“大厅”。"),
        (
            asked(ANT, time="night"),
            "an ant at the pool at night",
            "You named no place and Doodle needs one: 'at the pool'.",
        ),
        (asked(FISH, place="lake"), "a fish at the pool", "Doodle paints 'lake' as 'at the pool'."),
        (asked(FISH, place="lake", words="湖里的鱼"), "a fish at the pool", "Doodle 把“湖”画成“泳池”。"),
        (
            asked(FISH, place="moon"),
            "a fish at the pool",
            "Doodle knows no place like 'moon', so it paints 'at the pool' instead.",
        ),
        (asked(FISH, weather="lido"), "a fish at the pool", "Doodle paints 'lido' as 'at the pool'."),
        (asked(FISH, weather="snow"), "a fish at the pool", "Doodle paints 'snow' as 'at the pool'."),
        (asked(FISH, Subject("sofa")), "a fish in a hall", "Doodle paints 'sofa' as 'in a hall'."),
        (asked(Subject("sofa")), "in a hall", "Doodle paints 'sofa' as 'in a hall'."),
        (asked(Subject("sofa"), place="pool"), "at the pool", "Doodle leaves out what it has no words for: sofa."),
        (asked(FISH, place="lake landscape"), "a fish at the pool", "Doodle paints 'lake landscape' as 'at the pool'."),
        (
            asked(FISH, place="pool", time="dusk"),
            "a fish at the pool at night",
            "Doodle knows no dusk, so it paints night.",
        ),
        (
            asked(FISH, place="pool", time="teatime"),
            "a fish at the pool",
            "Doodle knows no 'teatime', so no time of day is painted.",
        ),
        (
            asked(ANT, place="hall", time="night"),
            "an ant in a hall",
            "Doodle paints no time of day in a hall, so 'night' is left out.",
        ),
        (
            asked(Subject("fish", colour="brown"), place="pool"),
            "a red fish at the pool",
            "The nearest to brown that Doodle knows is red.",
        ),
        (
            asked(Subject("fish", colour="mauve"), place="pool"),
            "a fish at the pool",
            "Doodle can't paint a mauve fish, so the colour is left out.",
        ),
        (
            asked(Subject("ant", colour="red"), place="pool", words="红色的蚂蚁"),
            "an ant at the pool",
            "Doodle 画不出红色的蚂蚁，所以没有写颜色。",
        ),
        (
            asked(Subject("ant", 5), place="hall"),
            "three ants in a hall",
            "Doodle counts to 3, so it paints 3 instead of 5.",
        ),
        (
            asked(Subject("ant", 2), FISH, place="hall"),
            "an ant and a fish in a hall",
            "Doodle counts only where there is one kind of thing, so it paints one of each.",
        ),
        (
            asked(ANT, FISH, Subject("kite"), place="hall"),
            "an ant and a fish in a hall",
            "Doodle paints two kinds of things at most, so it leaves out kite.",
        ),
        (
            asked(ANT, FISH, place="hall", relations=(Relation("ant", "inside", "fish"),)),
            "an ant and a fish in a hall",
            "Doodle has not learned 'inside', so the two stand side by side.",
        ),
        (
            asked(FISH, place="pool", style="oil painting"),
            "a fish at the pool",
            "Doodle has learned flat and dots pictures only, so 'oil painting' is left out.",
        ),
        (
            asked(
                Subject("fish", attributes=("tiny",)),
                Subject("hat"),
                place="pool",
                weather="rain",
                texts=("HI",),
                mood="sad",
            ),
            "a fish at the pool",
            "Doodle leaves out what it has no words for: hat, rain, tiny, 'HI', sad.",
        ),
        (
            asked(Subject("fish", attributes=("big",)), place="pool", weather="rain", words="下雨时很大的鱼"),
            "a fish at the pool",
            "Doodle 没学过这些，所以没有画：下雨、很大。",
        ),
    ],
)
def test_what_it_does_not_know_is_said(brief: Brief, expected: str, note: str) -> None:
    """The nearest that it knows is asked for, and one sentence in the asker's language says what became of it."""
    rendering = render(brief, CARD)
    assert rendering.prompt == expected
    assert note in rendering.notes


def test_a_note_is_one_line() -> None:
    """Line breaks in what a note quotes do not break it."""
    assert "Doodle leaves out what it has no words for: 'A B'." in painted(FISH, place="pool", texts=("A\nB",)).notes


def test_what_nobody_asked_for_is_left_out_in_silence() -> None:
    """Free items that the director or LLM added of its own are no loss worth a sentence."""
    brief = asked(FISH, place="pool", light="soft", mood="calm", style="oil", added=("light", "mood", "style"))
    assert render(brief, CARD) == Rendering("a fish at the pool", "", ())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the idea of a Fire Engine, perhaps", "an ant in a hall"),
        ("some fishies of my dreams... a fish, at the lake after dusk", "a fish at the pool at night"),
        ("梦里的蚂蚁、鲨鱼和鲨鱼", "an ant and a fish in a hall"),
        ("the lake", "at the pool"),
        ("night", "at the pool at night"),
    ],
)
def test_words_that_nothing_was_read_from_are_listened_to(words: str, expected: str) -> None:
    """Known words in them are used, a place or time alone is painted empty, and a note says what was understood."""
    rendering = painted(words=words)
    assert rendering.prompt == expected
    assert any(expected in note for note in rendering.notes)


def test_what_is_to_be_left_out_is_not_listened_to() -> None:
    """A thing that is named only to be excluded is not painted."""
    assert painted(words="an ant without fish", exclusions=("fish",)).prompt == "an ant in a hall"
    assert painted(words="antfish, fishant, elephantine lake").prompt == "at the pool"


@pytest.mark.parametrize(
    ("brief", "names"),
    [
        (asked(Subject("pizza"), Subject("hat")), "nothing like pizza or hat"),
        (asked(Subject("pizza"), place="pool"), "nothing like pizza"),
        (asked(Subject("sofa"), Subject("pizza")), "nothing like pizza"),
        (asked(words="freedom!"), "nothing in these words"),
        (asked(words=""), "nothing in these words"),
        (asked(words="", time="teatime"), "nothing in these words"),
    ],
)
def test_a_refusal_says_what_it_knows(brief: Brief, names: str) -> None:
    """Where nothing is near, one line says so and names all that it could paint instead."""
    with pytest.raises(RequestError) as refused:
        render(brief, CARD)
    line = str(refused.value)
    assert names in line
    assert "fish, ant and kite" in line
    assert "\n" not in line
    with pytest.raises(RequestError, match=r"不认识.*鱼、蚂蚁、风筝"):
        render(replace(brief, words="自由"), CARD)


def test_a_snail_is_no_kind_of_cow() -> None:
    """One last character of a Chinese word makes it nothing near; a whole word at its end does."""
    world = json.loads(json.dumps(WORLD))
    world["subjects"]["ant"]["near"] = [["cow", "牛"], ["bear", "狗熊"]]
    card = replace(CARD, vocabulary=world)
    with pytest.raises(RequestError):
        render(asked(Subject("蜗牛"), words="蜗牛"), card)
    assert render(asked(Subject("大狗熊"), place="hall", words="大狗熊"), card).prompt == "an ant in a hall"


def test_exclusions_are_asked_for_but_not_promised() -> None:
    """Known things go into the negative prompt, unless they are painted; a note says how little that helps."""
    brief = asked(FISH, place="pool", exclusions=("ants", "shark", "fish", "hat"))
    rendering = render(brief, CARD)
    assert rendering.negative_prompt == "ant"
    assert rendering.notes == (
        "Doodle hardly heeds what is to be left out, "
        "so a picture without ants, shark, fish or hat can't be promised.",
    )  # fmt: skip
    assert render(brief, replace(CARD, negative_prompt=False)).negative_prompt == ""


def test_a_style_by_hand_is_known_by_any_of_its_names() -> None:
    """A style file's names are compared with the model's styles; the file's own phrase would be words it can't read."""
    known = Style(name="stipple", title={"en": "dots"}, phrases={"plain": "stippling"}, avoid="lines")
    assert render(asked(FISH, place="pool"), CARD, known) == Rendering("dotted picture of a fish at the pool", "", ())
    other = Style(name="oil", title={"en": "oil painting", "zh": "油画"}, phrases={"plain": "oil on canvas"})
    assert render(asked(FISH, place="pool", words="鱼"), CARD, other) == Rendering(
        "a fish at the pool", "", ("Doodle 只学过扁平、点画风格，所以没有用“油画”。",)
    )


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"subjects": {}}, "vocabulary.subjects"),
        ({"places": "hall"}, "vocabulary.places"),
        ({"most": 0}, "vocabulary.most"),
    ],
)
def test_a_vocabulary_that_makes_no_sense_is_named(change: dict[str, Any], where: str) -> None:
    """A model folder that does not say what it knows is the folder's fault: one line names the place in its file."""
    with pytest.raises(ModelUnavailable, match=re.escape(where)):
        render(asked(FISH), replace(CARD, vocabulary=WORLD | change))
    with pytest.raises(ModelUnavailable, match="which words it knows"):
        render(asked(FISH), replace(CARD, vocabulary={}))


def test_a_home_must_be_a_place() -> None:
    """A subject whose home is nowhere is found when the vocabulary is read, not when it is painted."""
    lost = {"fish": {"home": "river"}}
    with pytest.raises(ModelUnavailable, match="the home of 'fish' is 'river'"):
        render(asked(ANT), replace(CARD, vocabulary=WORLD | {"subjects": lost}))


def words_of(vocabulary: Vocabulary) -> set[str]:
    """Every word that a prompt may hold."""
    phrases = [*NUMBERS[2 : vocabulary.most + 1], "a an and", *vocabulary.relations.values(), *vocabulary.colours]
    for table in (vocabulary.places, vocabulary.times, vocabulary.styles):
        phrases += [entry.phrase for entry in table.values()]
    phrases += [form for name, it in vocabulary.subjects.items() for form in (name, several(name, it))]
    return {word for phrase in phrases for word in phrase.split()}


KNOWN_WORDS = words_of(Vocabulary.of(CARD))


@given(BRIEFS)
def test_a_prompt_holds_known_words_only(brief: Brief) -> None:
    """Whatever the brief: a prompt of the model's own words, or a plain refusal."""
    try:
        rendering = render(brief, CARD)
    except RequestError:
        return
    assert set(rendering.prompt.split()) <= KNOWN_WORDS
    assert rendering.prompt
    assert set(rendering.negative_prompt.replace(",", " ").split()) <= set(WORLD["subjects"])
    assert all(note and "\n" not in note for note in rendering.notes)
