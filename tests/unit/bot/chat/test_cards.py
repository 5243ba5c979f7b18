"""What a chat message shows while it is under way and at its end, in both languages."""

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import Outcome, Picture, Progress, Reply
from bot.actions import offered
from bot.chat import Card, cancelled, finished, refused, under_way
from bot.chat.cards import BAR_SQUARES, HEADING_CHARACTERS
from bot.contracts import Allowance
from bot.language import Language
from bot.messages import Proposal
from tests.support import PLAN, message

JOB = "c" * 32
TOOLS = frozenset({"imagine", "repaint", "upscale", "describe"})
PLAIN = replace(PLAN, prompt="a red car, photo")


def picture(number: int = 3, **plan: Any) -> Picture:
    return Picture(f"{number:x}" * 32, replace(PLAIN, **{"seed": number} | plan), Path("p.png"), "ab", 1.0, "alt")


def reply(*pictures: Picture, proposals: tuple[Proposal, ...] = (), language: Language = "en", **more: Any) -> Reply:
    said = message("a red car", language=language)
    given = {"outcome": Outcome.DONE, "text": "Here.", "actions": offered(pictures, language, proposals)} | more
    return Reply(JOB, JOB, said, pictures=pictures, proposals=proposals, **given)


def waiting(stage: str, language: Language = "en", **more: Any) -> Card:
    return under_way(Progress(JOB, message("a red car", language=language), stage, **more))


def kinds(card: Card) -> list[list[str]]:
    return [[button.key.partition(":")[0] for button in row] for row in card.rows]


@pytest.mark.parametrize(
    ("stage", "more", "english", "chinese"),
    [
        ("waiting", {}, "Got it", "收到"),
        ("waiting", {"position": 1}, "You are next in line", "下一个就是你"),
        ("waiting", {"position": 3, "estimate_s": 40.0}, "Number 3 in line, ready in 40 seconds", "排在第 3 位"),
        ("thinking", {}, "Reading your request…", "正在读你的要求……"),
        ("thinking", {"text": "Hm"}, "Hm", "Hm"),
        ("loading", {"estimate_s": 120.0}, "The model is being loaded…, ready in 2 minutes", "大约 2 分钟"),
        ("painting", {"step": 2, "steps": 4}, "Painting ▰▰▰▰▰▰▱▱▱▱▱▱ step 2 of 4", "第 2 步，共 4 步"),
        ("painting", {"candidate": 2, "candidates": 3}, "Painting candidate 2 of 3", "正在画第 2 张候选，共 3 张"),
        ("judging", {"estimate_s": 5.0}, "Choosing the best of them…", "正在挑选最好的一张……"),
        ("looking", {}, "Looking whether it shows what you asked for…", "正在检查画面是否符合要求……"),
    ],
)
def test_every_stage_is_told(stage: str, more: dict[str, Any], english: str, chinese: str) -> None:
    """Each stage is one line of words in the asker's language, with a button to stop it."""
    card = waiting(stage, **more)
    assert (card.heading, card.text, kinds(card)) == ("a red car", english, [["cancel"]])
    assert chinese in waiting(stage, "zh", **more).text


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_the_bar_is_always_as_long(step: int, steps: int) -> None:
    """Whatever an engine counts, the bar has its twelve squares, full ones first."""
    bar = waiting("painting", step=step, steps=steps).text.split()[1]
    assert len(bar) == BAR_SQUARES
    assert bar == bar.replace("▱", "").ljust(BAR_SQUARES, "▱")


@given(st.text(max_size=2 * HEADING_CHARACTERS))
def test_a_heading_is_the_words_on_one_line_and_cut(text: str) -> None:
    """It never has more than it may, nor a line break; what was cut ends with an ellipsis; a button has none."""
    heading, whole = cancelled(message(text)).heading, " ".join(text.split())
    assert len(heading) <= HEADING_CHARACTERS
    assert heading == whole or (heading[-1] == "…" and whole.startswith(heading[:-1]))
    assert cancelled(message(text, action="again", reply_to="p")).heading == ""


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_buttons_fit_on_every_platform(count: int) -> None:
    """At most five rows of at most five, each key once and at most 45 characters, each label once."""
    pictures = [picture(number, parent="f" * 32) for number in range(1, count + 1)]
    languages: tuple[Language, ...] = ("en", "zh")
    for tools, language in product((frozenset[str](), TOOLS), languages):
        card = finished(reply(*pictures, language=language), tools)
        buttons = [button for row in card.rows for button in row]
        assert len(card.rows) <= 5
        assert all(1 <= len(row) <= 5 for row in card.rows)
        assert len({button.key for button in buttons}) == len({button.label for button in buttons}) == len(buttons)
        assert all(len(button.key) <= 45 for button in buttons)
        undo = ["undo"] if count == 1 else []
        further = [["upscale"] * count, ["describe"] * count] if tools else []
        own = ["prompt", "own_words", "seed", *undo]
        assert kinds(card) == [["again", *["vary"] * count], own, *further, ["words", "delete"]]


def test_the_small_print_says_what_it_was_made_with() -> None:
    """Seeds, model, size and style, and that an AI made it; alt text says it too; a veil goes along."""
    card = finished(reply(picture(3, style="ink"), picture(4, style="ink"), veiled=True))
    assert card.small == ("seed 3, 4 · paper · 64×64 · style ink · made by AI",)
    assert [shown.alt_text for shown in card.pictures] == ["Picture made by AI: a red car, photo"] * 2
    assert card.veiled
    assert finished(reply(picture(), language="zh")).small == ("种子 3 · paper · 64×64 · 由 AI 生成",)


def test_notes_beyond_three_stand_behind_a_button() -> None:
    """Three are shown and the rest counted, but only where a button leads to them."""
    notes = tuple("12345")
    shown = finished(reply(picture(), notes=notes)).small
    assert shown[1:] == (*notes[:3], "2 more notes behind 'Your words / My prompt'")
    assert finished(reply(picture(), notes=notes[:3])).small[1:] == notes[:3]
    for other in (reply(notes=notes), reply(notes=notes, outcome=Outcome.FAILED)):
        assert finished(other).small == notes


def test_what_is_left_is_told_below_pictures() -> None:
    """Who got pictures reads how many are left, if there is a limit; below talk there is no such line."""
    some = Allowance(limit=5, used=3)
    assert finished(reply(picture()), TOOLS, some).small[-1] == "2 of 5 pictures left within 24 hours"
    assert "还可画 0 张" in finished(reply(picture(), language="zh"), TOOLS, Allowance(5, 6)).small[-1]
    assert finished(reply(), TOOLS, some).small == ()
    assert len(finished(reply(picture()), TOOLS, Allowance()).small) == 1


def test_each_of_some_proposals_can_be_used() -> None:
    """They are numbered, each with 'Use mine', 'Use this' and 'Edit', and 'mine' only where the words differ."""
    card = finished(reply(proposals=(Proposal("a" * 32, PLAIN),)))
    assert card.text == "This is what I would paint from:\na red car, photo"
    assert [button.label for button in card.rows[0]] == ["Use mine", "Use this", "Edit"]
    prompts = ("one", PLAN.request, "three", "four")
    found = tuple(Proposal(f"{at}" * 32, replace(PLAN, prompt=prompt)) for at, prompt in enumerate(prompts))
    card = finished(reply(proposals=found))
    assert card.text.splitlines()[1:] == ["1. one", f"2. {PLAN.request}", "3. three", "4. four"]
    every = ["own_words", "use", "prompt"]
    assert kinds(card) == [every, every[1:], every, every, ["words", "delete"]]
    assert (card.rows[3][1].key, card.rows[3][1].label) == (f"use:{found[3].id}", "Use this 4")


def test_other_ends_are_told_in_words() -> None:
    """A failure can be tried again; what was called off says so, and by whom; talk and refusals are words alone."""
    failed = finished(reply(outcome=Outcome.FAILED, text="The painter is away."))
    assert (failed.text, [row[0].key for row in failed.rows]) == ("The painter is away.", [f"retry:{JOB}"])
    ended = reply(outcome=Outcome.CANCELLED, text="", language="zh")
    assert finished(ended) == cancelled(ended.message) == Card(heading="a red car", text="已停止，不再画了。")
    assert cancelled(ended.message, "Bo").text == "已被 Bo 停止。"
    assert finished(reply(text="Hello!")) == Card(heading="a red car", text="Hello!")
    assert refused("No.") == Card(text="No.")
