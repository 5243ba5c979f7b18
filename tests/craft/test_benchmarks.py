"""The benchmarks' own judgement: what they read in prompts, pictures and conversations must be what is there."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from benchmarks.conversations import CLOSED, echoed, wrong
from benchmarks.craft_known import within
from benchmarks.craft_prompt import Shown, passed_through, read_back
from benchmarks.enhanced_arms import known_words, read, sketch_card
from benchmarks.enhanced_judge import asked, scene_of, style_of
from benchmarks.tables import printed, share
from bot import Picture
from bot.brief import Brief, Subject
from bot.dialects.vocabulary import Vocabulary
from bot.jobs import Job
from tests.craft.faults import planted
from tests.craft.prompts import Case, faithful
from tests.support import PLAN
from training.world import STARTER
from training.world.styles import FILTERS

# What a prompt says too much can't be seen by looking for what it should say; nor can a word that was moved only.
NOT_LOOKED_FOR = {
    "attribute moved",
    "entity invented",
    "text invented",
    "wrong language",
    "too long",
    "exclusion named",
}
ENHANCED = Path(__file__).parent / "enhanced.jsonl"
KITES: dict[str, Any] = {
    "subjects": [{"name": "kite", "count": 2, "colour": "red"}, {"name": "hill", "colour": "green"}]
}


def shown(prompt: str, **more: Any) -> Shown:
    values: dict[str, Any] = {"negative": "", "notes": (), "width_px": 1024, "height_px": 1024, "chinese": False}
    return Shown(prompt, **values | more)


def kept(case: Case) -> list[tuple[str, bool]]:
    expected = {key: value for key, value in case.expect.items() if key != "aspect"}
    return read_back(shown(case.prompt, negative=case.negative), expected)


def test_faithful_prompts_keep_everything() -> None:
    """Of the prompts by another hand every constraint is read back."""
    assert [
        (case.id, lost) for case in faithful() if (lost := [kind for kind, is_kept in kept(case) if not is_kept])
    ] == []


def test_damaged_prompts_keep_less() -> None:
    """Of the planted faults that take something away, at least 95 % are seen."""
    whole = {(case.id, case.form): kept(case) for case in faithful()}
    faults = [case for case in planted() if case.fault not in NOT_LOOKED_FOR]
    unseen = Counter(case.fault for case in faults if kept(case) == whole[case.id, case.form])
    assert unseen.total() <= 0.05 * len(faults), unseen


@pytest.mark.parametrize(
    ("prompt", "lost"),
    [
        ("two red kites over a green hill", []),
        ("a pair of red kites, a green hill", []),
        ("two green kites over a red hill", ["colour", "colour"]),
        ("red kites over a green hill", ["count"]),
        ("两只红色的风筝在绿色的山坡上", ["subject", "count", "colour", "subject", "colour"]),
    ],
)
def test_what_stands_before_a_noun_is_its_own(prompt: str, lost: list[str]) -> None:
    """Counts and colours belong to the noun that they stand before; Chinese says nothing to a model that reads none."""
    assert [kind for kind, is_kept in read_back(shown(prompt), KITES) if not is_kept] == lost


def test_chinese_is_read_where_the_model_reads_it() -> None:
    """A Chinese prompt keeps counts, colours and relations of its own."""
    expected = {"subjects": [{"name": "cat", "count": 2, "colour": "white"}, {"name": "car", "colour": "red"}]}
    expected |= {"relations": [["cat", "above", "car"]]}
    right, swapped = "两只白色的猫在红色的汽车上", "两只红色的猫在白色的汽车旁边"
    assert all(is_kept for _, is_kept in read_back(shown(right, chinese=True), expected))
    lost = [kind for kind, is_kept in read_back(shown(swapped, chinese=True), expected) if not is_kept]
    assert lost == ["colour", "colour", "relation"]


def test_chinese_that_is_to_be_drawn_passes() -> None:
    """Chinese is passed through unless it is a text or a name."""
    expected = {"texts": ["今日特价"]}
    assert not passed_through(shown('a sign with the text "今日特价"'), expected)
    assert passed_through(shown('木牌 with the text "今日特价"'), expected)
    assert not passed_through(shown("木牌", chinese=True), expected)


@pytest.mark.parametrize(
    ("negative", "notes", "is_kept"),
    [("people", (), True), ("", (), False), (None, ("A picture without people can't be promised.",), True)],
)
def test_exclusions_are_kept_out_or_told(negative: str | None, notes: tuple[str, ...], is_kept: bool) -> None:
    """Where a model heeds a negative prompt an exclusion must be in it, elsewhere the asker must be told."""
    prompt = shown("a hill", negative=negative, notes=notes)
    assert read_back(prompt, {"exclusions": ["people|person"]}) == [("exclusion", is_kept)]


def test_a_small_model_is_judged_by_what_it_knows() -> None:
    """Of a truth only known things stay, with colours where they take one and counts where nothing else is there."""
    vocabulary = Vocabulary.of(sketch_card())
    known = within(vocabulary, {"subjects": [{"name": "cat|kitten", "count": 2, "colour": "red"}], "texts": ["HI"]})
    assert known == {"subjects": [{"name": "cat|kitten|cat", "count": 2}], "relations": []}
    assert within(vocabulary, {"subjects": [{"name": "trumpet"}], "place": "kitchen"}) == {
        "subjects": [],
        "relations": [],
    }


@pytest.mark.parametrize(
    ("words", "raw"),
    [
        ("a kitty at the seaside", "a kitty at the seaside"),
        ("three cacti by a cottage", "three cactuses by a house"),
        ("沙滩上的一只红色小汽车", "beach 上的一只 red car"),
        ("白天的雪地", "day 的 snow"),
    ],
)
def test_synonyms_become_known_words(words: str, raw: str) -> None:
    """The raw arm has the person's words with synonyms replaced, and keeps what captions used themselves."""
    assert known_words(words, sketch_card()) == raw


def test_enhanced_requests_are_as_promised() -> None:
    """A hundred different requests, in both languages and mixed, within the starter's world, in every category."""
    records = read(ENHANCED)
    assert len({record["id"] for record in records}) == len({record["words"] for record in records}) == 100
    assert Counter(record["lang"] for record in records) == {"en": 52, "zh": 35, "mx": 13}
    for scene in map(scene_of, records):
        assert {thing.subject for thing in scene.things} <= set(STARTER.subjects)
        assert scene.place in STARTER.places
        assert scene.style in STARTER.styles
        assert len(scene.things) <= STARTER.most
    assert min(Counter(name for record in records for name in asked(record)).values()) >= 9


@pytest.mark.parametrize("style", ["flat", "pencil", "pixel"])
def test_styles_are_told_apart(style: str) -> None:
    """A coloured gradient with shapes is taken for the style that it is drawn in."""
    y_px, x_px = np.mgrid[0:256, 0:256]
    pixels = np.stack([x_px, 255 - y_px, 128 + 100 * np.sin(x_px / 9) * np.cos(y_px / 7)], 2).astype(np.uint8)
    assert style_of(FILTERS[style](Image.fromarray(pixels))) == style


def picture(brief: Brief, number: int = 0, **plan: Any) -> Picture:
    made = replace(PLAN, brief=brief, **plan)
    return Picture(f"p{number}", made, Path("p.png"), f"sha{number}", 0.1, "")


JOB: Any = None
CAT, NIGHT = Brief("a cat", (Subject("cat", 1),)), Brief("a cat, at night", (Subject("cat", 1),), time="night")
AT_NIGHT = {"say": "at night", "expect": {"subjects": [{"name": "cat"}], "time": "night"}, "seed_of": 0, "follows": 0}


@pytest.mark.parametrize(
    ("answer", "faults"),
    [
        (picture(NIGHT, 1, parent="p0"), []),
        (picture(NIGHT, 1, parent="p0", seed=8), ["has not the seed of 0"]),
        (picture(NIGHT, 1), ["does not follow 0"]),
        (picture(CAT, 1, parent="p0"), ["missed time: night"]),
    ],
)
def test_a_turn_is_right_where_all_holds(answer: Picture, faults: list[str]) -> None:
    """The brief, the seed and the picture that is followed are all looked at."""
    before: tuple[Job, list[Picture]] = (JOB, [picture(CAT)])
    assert wrong(AT_NIGHT, [before, (JOB, [answer])]) == faults


def test_the_same_picture_and_a_wider_one() -> None:
    """'Undo' must show that very picture, and 'wider' must be wider."""
    before = [(JOB, [picture(CAT)]), (JOB, [picture(NIGHT, 1)])]
    undo = {"expect": {"subjects": [{"name": "cat"}]}, "shows": 0}
    assert wrong(undo, [*before, (JOB, [picture(CAT, 2)])]) == ["is not the picture of 0"]
    assert wrong(undo, [*before, (JOB, [picture(CAT)])]) == []
    wider = {"expect": {"subjects": [{"name": "cat"}]}, "wider_than": 0}
    assert wrong(wider, [*before, (JOB, [picture(CAT, 2, width_px=96)])]) == []
    assert wrong(wider, [*before, (JOB, [picture(CAT, 2)])]) == ["is not wider"]


def test_held_out_conversations_are_whole() -> None:
    """Twenty conversations of two to four turns in three languages; what they refer to comes before them."""
    lines = [json.loads(line) for line in CLOSED.read_text(encoding="utf-8").splitlines()]
    assert len({one["id"] for one in lines}) == 20
    assert {one["lang"] for one in lines} == {"en", "zh", "mx"}
    for one in lines:
        assert 2 <= len(one["turns"]) <= 4
        for at, turn in enumerate(one["turns"]):
            referred = [turn.get(key, 0) for key in ("follows", "seed_of", "shows", "wider_than")]
            assert all((which[0] if isinstance(which, list) else which) < max(at, 1) for which in referred)
    assert not echoed({"say": "a cat", "expect": {"subjects": [{"name": "cat"}]}, "shows": 0})


def test_tables() -> None:
    """A table is aligned for a terminal and piped in Markdown; a share of nothing is a dash."""
    rows = [("what", "share"), ("cats", share(1, 2)), ("dogs", share(0, 0))]
    assert printed(rows, markdown=False).splitlines() == ["what  share", "cats  50.0 % (1 of 2)", "dogs  -"]
    assert printed(rows, markdown=True).splitlines()[:2] == ["| what | share |", "|---|---|"]
