"""What a picture is looked at for follows from what its brief locks and its prompt holds."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.brief import Brief, Relation, Subject
from bot.checker.finding import Kind
from bot.dialects import render
from bot.messages import Plan
from bot.questions import MOST, Check, checks_of
from bot.tasks import ModelCard
from bot.testing import CARD
from tests.support import PLAN

SKETCH = ModelCard(
    "sketch", "sketch", "sketch", 256, 256, 8, 2.5, negative_prompt=True, token_limit=38,
    vocabulary=json.loads(Path("tools/sketch/limner.json").read_text(encoding="utf-8"))["vocabulary"],
)  # fmt: skip


def planned(brief: Brief, card: ModelCard = CARD) -> Plan:
    rendering = render(brief, card)
    made = replace(PLAN, request=brief.words, brief=brief, notes=rendering.notes)
    return replace(made, prompt=rendering.prompt, negative_prompt=rendering.negative_prompt)


def checks(brief: Brief, card: ModelCard = CARD) -> dict[tuple[Kind, str], Check]:
    return {(one.kind, one.about): one for one in checks_of(planned(brief, card), card)}


FULL = Brief(
    'two small red cats left of a dog with the text "OPEN", no birds',
    (Subject("cat", 2, "red", ("small",)), Subject("dog", 1)),
    (Relation("cat", "left of", "dog"),),
    texts=("OPEN",),
    exclusions=("bird",),
)


def test_every_locked_item_is_asked_about() -> None:
    """Things with counts, colours, attributes, relations, texts and exclusions each become one question."""
    asked = checks(FULL)
    assert {key: (one.question, one.wanted) for key, one in asked.items()} == {
        (Kind.COUNT, "cat"): ("Are there exactly two cats in the picture?", True),
        (Kind.COLOUR, "cat"): ("Is the cat red?", True),
        (Kind.ATTRIBUTE, "cat"): ("Is the cat as described by 'small'?", True),
        (Kind.ENTITY, "dog"): ("Is there a dog in the picture?", True),
        (Kind.RELATION, "cat|dog"): ("Is the cat to the left of the dog?", True),
        (Kind.TEXT, "OPEN"): ('Is the text "OPEN" written in the picture, spelled exactly so?', True),
        (Kind.EXCLUSION, "bird"): ("Is there any bird in the picture?", False),
    }


def test_a_judge_compares_what_differs_in_one_thing() -> None:
    """Statements are the item alone; each contrast differs from it in that item, and none is the statement itself."""
    asked = checks(FULL)
    count = asked[Kind.COUNT, "cat"]
    assert count.statement == "two small red cats"
    assert count.contrasts == ("a small red cat", "three small red cats")
    colour = asked[Kind.COLOUR, "cat"]
    assert "two small blue cats" in colour.contrasts
    assert colour.statement not in colour.contrasts
    side = asked[Kind.RELATION, "cat|dog"]
    assert side.statement.replace("left", "right") == side.contrasts[0]
    assert asked[Kind.TEXT, "OPEN"].contrasts == ()


def test_a_small_world_is_asked_in_whole_scenes() -> None:
    """Of a model of few words every statement is a caption as it learned them, within its words."""
    brief = Brief("two cats on a beach", (Subject("cat", 2),), place="beach")
    check = checks(brief, SKETCH)[Kind.COUNT, "cat"]
    assert check.statement == "two cats on a beach"
    assert {"a cat on a beach", "three cats on a beach", "two dogs on a beach"} <= set(check.contrasts)


@pytest.mark.parametrize(
    "brief",
    [
        Brief("a red cat", (Subject("cat", 1, "red"),)),  # it can't colour cats, and says so
        Brief("a lion", (Subject("lion", 1),)),  # it paints a cat, and says so
        Brief("seven dogs", (Subject("dog", 7),)),  # it counts to three, and says so
    ],
    ids=["colour", "thing", "count"],
)
def test_what_a_small_world_cannot_hold_is_not_asked(brief: Brief) -> None:
    """What notes say already that the model can't paint is no fault of the picture."""
    kinds = {kind for kind, _ in checks(brief, SKETCH)}
    assert kinds <= {Kind.ENTITY}
    assert (Kind.ENTITY, "lion") not in checks(brief, SKETCH)


def test_a_prompt_by_hand_is_asked_about_what_it_says() -> None:
    """Of a brief whose thing a prompt by hand does not name nothing is asked."""
    plan = planned(Brief("two cats", (Subject("cat", 2),)))
    assert checks_of(plan, CARD)
    assert checks_of(replace(plan, prompt="an empty street at night"), CARD) == ()


def test_items_are_named_in_the_askers_language() -> None:
    """Whoever writes Chinese reads what is missing in their own words, measure words included."""
    brief = Brief(
        "三只猫和一辆红色的汽车，猫在汽车左边",
        (Subject("cat", 3), Subject("car", 1, "red")),
        (Relation("cat", "left of", "car"),),
    )
    items = {key: one.item for key, one in checks(brief).items()}
    assert items[Kind.COUNT, "cat"] == "三只猫"
    assert items[Kind.COLOUR, "car"] == "红色的汽车"
    assert items[Kind.RELATION, "cat|car"] == "猫在汽车的左边"


def test_several_and_deeds_are_asked_about() -> None:
    """'Cats' is more than one, and what one thing does with another is a question too."""
    brief = Brief(
        "cats and a man wearing a hat",
        (Subject("cat", plural=True), Subject("man", 1), Subject("hat", 1)),
        (Relation("man", "wearing", "hat"),),
    )
    asked = checks(brief)
    assert asked[Kind.ENTITY, "cat"].question == "Is there more than one cat in the picture?"
    assert asked[Kind.RELATION, "man|hat"].question == "Is the man wearing the hat?"


def test_there_are_never_too_many_questions() -> None:
    """A crowded brief is asked about only up to the limit."""
    names = "cat dog car house tree boat lamp chair table cup hat book".split()
    brief = Brief(" and ".join(names), tuple(Subject(name, 1, "red") for name in names))
    assert len(checks_of(planned(brief), CARD)) == MOST
