"""A brief becomes a prompt that keeps what was asked, and notes say what it adds, leaves out or can't do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brief import ASPECTS, RELATIONS, Brief, Relation, Subject
from bot.dialects import Rendering, render
from bot.errors import RequestError
from bot.grammar import plural
from bot.style import Style
from bot.tasks import ModelCard

HEEDS = ModelCard("a-model", "sd15", "plain", 512, 512, 30, 7.5, True, 75)
IGNORES = replace(HEEDS, family="flux1", negative_prompt=False)
PIXEL = Style(
    name="pixel", title={"en": "pixel art", "zh": "像素"}, phrases={"plain": "big square pixels"}, avoid="smooth edges"
)
CAT, DOG = Subject("cat"), Subject("dog")


def asked(*subjects: Subject, words: str = "please", **more: object) -> Brief:
    return Brief(**{"words": words, "subjects": subjects} | more)  # type: ignore[arg-type]


def prompt(*subjects: Subject, **more: object) -> str:
    return render(asked(*subjects, **more), HEEDS).prompt


@pytest.mark.parametrize(
    ("brief", "expected"),
    [
        (asked(CAT), "a cat"),
        (asked(Subject("owl", 1, "white", ("old",))), "an old white owl"),
        (asked(Subject("cactus", 3, "green", ("tall", "old"))), "three tall old green cacti"),
        (asked(Subject("parcel", 12)), "12 parcels"),
        (asked(Subject("cats", 2)), "two cats"),
        (asked(Subject("cat", -1)), "a cat"),
        (asked(Subject("Eiffel Tower")), "Eiffel Tower"),
        (asked(Subject("TV")), "a TV"),
        (asked(CAT, DOG, Subject("tree")), "a cat, a dog and a tree"),
        (asked(CAT, DOG, relations=(Relation("cat", "left of", "dog"),)), "a cat to the left of a dog"),
        (asked(CAT, DOG, relations=(Relation("cat", "behind", "sofa"),)), "a dog, a cat behind the sofa"),
        (
            asked(
                CAT, DOG, Subject("tree"), relations=(Relation("cat", "on", "dog"), Relation("dog", "behind", "tree"))
            ),
            "a cat on a dog, the dog behind a tree",
        ),
        (asked(CAT, place="beach", time="night", weather="rain"), "a cat on a beach at night in the rain"),
        (asked(CAT, place="kitchen", time="morning"), "a cat in a kitchen in the morning"),
        (asked(CAT, weather="humid"), "a cat in humid weather"),
        (asked(CAT, place="Paris", time="golden hour"), "a cat in Paris at golden hour"),
        (asked(CAT, place="mountains"), "a cat in the mountains"),
        (asked(CAT, place="mountain"), "a cat in the mountains"),
        (asked(CAT, place="under a bridge", time="in the evening"), "a cat under a bridge in the evening"),
        (asked(CAT, place="busy airport"), "a cat at a busy airport"),
        (asked(CAT, style="watercolour"), "a cat, in watercolour style"),
        (asked(CAT, light="soft light", mood="calm", camera="wide angle"), "a cat, soft light, calm, wide angle"),
        (asked(CAT, names=("Minka",), texts=("OPEN",)), 'a cat, with the text "OPEN", Minka'),
        (asked(words="the taste of tuesday"), "the taste of tuesday"),
        (asked(words="", place="beach", time="sunset"), "on a beach at sunset"),
        (asked(words="海边日落", place="beach", time="sunset"), "海边日落, on a beach, at sunset"),
    ],
)
def test_the_plain_sentence(brief: Brief, expected: str) -> None:
    """Subjects with all that is bound to them, relations, scene, style, texts, then the free items: in one sentence."""
    assert render(brief, HEEDS).prompt == expected


def test_two_subjects_of_one_name_are_both_kept() -> None:
    """A red car and a blue car are two cars, in the relation that was asked for."""
    cars = (Subject("car", colour="red"), Subject("car", colour="blue"))
    assert prompt(*cars) == "a red car and a blue car"
    assert prompt(*cars, relations=(Relation("car", "left of", "car"),)) == "a red car to the left of a blue car"


def test_a_text_is_drawn_even_when_the_scene_names_the_same_word() -> None:
    """The word on the sign is quoted although the sentence has the word already; one that is quoted is not repeated."""
    assert prompt(Subject("car"), texts=("car",)) == 'a car, with the text "car"'
    assert prompt(words="a sign that says “欢迎”", texts=("欢迎",)) == "a sign that says “欢迎”"


@pytest.mark.parametrize("words", ["", "  "])
def test_nothing_at_all_is_refused(words: str) -> None:
    """Without a word to paint from there is no prompt; a nameless subject is none."""
    with pytest.raises(RequestError, match="nothing in this request to paint"):
        render(asked(Subject(" "), words=words), HEEDS)


def test_exclusions_go_where_they_are_heeded() -> None:
    """They go into the negative prompt, and where there is none a note says that they can't be promised."""
    brief = asked(CAT, exclusions=("dog", "rain"))
    assert render(brief, HEEDS) == Rendering("a cat", "dog, rain", ())
    ignored = render(brief, IGNORES)
    assert (ignored.prompt, ignored.negative_prompt) == ("a cat", "")
    assert ignored.notes == ("a-model heeds no negative prompt, so a picture without dog or rain can't be promised.",)


def test_a_note_uses_the_words_of_the_asker() -> None:
    """To someone who writes Chinese the English of the brief is said back in the words that they used."""
    [note] = render(asked(CAT, words="一只小猫，不要下雨", exclusions=("rain", "gluon")), IGNORES).notes
    assert note == "a-model 不支持反向提示词，无法保证画面里没有下雨、gluon。"


def test_a_style_adds_its_words() -> None:
    """Its phrase replaces the style that was named, and what it avoids is said only to models that heed it."""
    brief = asked(CAT, exclusions=("dog",), style="pixel art")
    styled = render(brief, HEEDS, PIXEL)
    assert (styled.prompt, styled.negative_prompt) == ("a cat, big square pixels", "dog, smooth edges")
    assert styled.notes == ("The style 'pixel' adds its own words.",)
    assert render(brief, IGNORES, PIXEL).negative_prompt == ""


def test_a_chosen_style_that_outdoes_the_named_one_says_so() -> None:
    """What was set by hand wins over the words, and the note names what is left out."""
    styled = render(asked(CAT, style="watercolour"), HEEDS, PIXEL)
    assert styled.prompt == "a cat, big square pixels"
    assert styled.notes == ("The style 'pixel' was chosen, so 'watercolour' is left out.",)


def test_what_was_added_unasked_is_said() -> None:
    """Free items that the director or LLM filled in are named; those that the prompt does not hold are not."""
    brief = asked(CAT, light="soft light", time="night", added=("light", "time", "mood"))
    assert render(brief, HEEDS).notes == ("Added, since you left it open: soft light and night.",)
    bare = asked(words="the taste of tuesday", time="night", light="soft light", added=("light", "time"))
    assert render(bare, HEEDS).notes == ("Added, since you left it open: soft light.",)


def test_chinese_that_stays_chinese_is_named() -> None:
    """Words without English are named in the asker's language; texts and names stay as they are by right."""
    brief = asked(Subject("貔貅", 2), CAT, words="两只貔貅和猫", texts=("开业",), names=("小明",))
    done = render(brief, HEEDS)
    assert done.prompt == '2 貔貅 and a cat, with the text "开业", 小明'
    assert done.notes == ("“貔貅”没有译成英文，a-model 可能只懂英文。",)
    english = render(replace(brief, words="two of them", subjects=(Subject("貔貅", 2),)), HEEDS)
    assert english.notes == ("I have no English for 貔貅, and a-model may read English only.",)
    assert render(asked(CAT, words="一只猫", texts=("开业",)), HEEDS).notes == ()


def test_what_a_plain_wish_says_is_no_news() -> None:
    """Where the prompt is what was asked for, there are no notes."""
    brief = asked(Subject("cat", 2, "red"), place="beach", time="night", weather="rain", texts=("HI",), names=("Mo",))
    assert render(brief, HEEDS).notes == ()


def test_a_dialect_that_nobody_wrote_is_asked_plainly() -> None:
    """A card may name any dialect; one without a renderer gets the plain sentence."""
    assert render(asked(CAT), replace(HEEDS, dialect="klingon")).prompt == "a cat"


NOUNS = st.sampled_from("cat dog owl red_panda sheep cactus box 貔貅 car cars Eiffel_Tower TV".split()).map(
    lambda noun: noun.replace("_", " ")
)
SOME = st.sampled_from(["", "beach", "night", "snow", "soft light", "watercolour", "雾", "Paris", "in a box", "dawn"])
WRITTEN = st.text(min_size=1, max_size=12).filter(str.strip)
SUBJECTS = st.builds(
    Subject,
    st.one_of(NOUNS, st.text(max_size=5)),
    st.one_of(st.none(), st.integers(-2, 99)),
    st.sampled_from([None, "red", "white", "teal", "棕色"]),
    st.lists(st.sampled_from(["small", "very old", "毛茸茸"]), max_size=2).map(tuple),
)
BRIEFS = st.builds(
    Brief,
    words=st.one_of(st.text(max_size=40), st.sampled_from(["a robot in space, maybe", "森林里的小狐狸", "no cat"])),
    subjects=st.lists(SUBJECTS, max_size=4).map(tuple),
    relations=st.lists(st.builds(Relation, NOUNS, st.sampled_from([*RELATIONS, "riding"]), NOUNS), max_size=3).map(
        tuple
    ),
    texts=st.lists(WRITTEN, max_size=2).map(tuple),
    names=st.lists(WRITTEN, max_size=2).map(tuple),
    exclusions=st.lists(NOUNS, max_size=2).map(tuple),
    aspect=st.sampled_from(["", *ASPECTS]),
    added=st.lists(st.sampled_from(["light", "mood", "place", "weather", "subjects", "nonsense"]), max_size=3).map(
        tuple
    ),
    **dict.fromkeys(["place", "time", "weather", "style", "light", "composition", "mood", "camera"], SOME),
)


@given(BRIEFS, st.sampled_from([HEEDS, IGNORES]), st.sampled_from([None, PIXEL]))
def test_nothing_locked_is_lost(brief: Brief, card: ModelCard, style: Style | None) -> None:
    """Whatever the brief: each subject with its colour and attributes, each text in quotes, each name is in it."""
    try:
        done = render(brief, card, style)
    except RequestError:
        assert not brief.words.strip()
        assert not any(subject.name.strip() for subject in brief.subjects)
        return
    assert done.prompt.strip()
    for subject in (one for one in brief.subjects if one.name.strip()):
        assert subject.name in done.prompt or plural(subject.name) in done.prompt
        for word in (*subject.attributes, *filter(None, [subject.colour])):
            assert word in done.prompt
    for text in brief.texts:
        assert any(quoted in done.prompt for quoted in (f'"{text}"', f"“{text}”", f"「{text}」", f"『{text}』"))
    for name in (*brief.names, brief.light, brief.mood, brief.camera, brief.composition):
        assert name in done.prompt
    assert done.negative_prompt == "" or card.negative_prompt
    assert all(note and "\n" not in note for note in done.notes)
