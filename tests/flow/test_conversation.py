"""Conversations through the whole chain: pictures shown again, proposals, other people's pictures, and an LLM."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from langchain_core.messages import AIMessage

from bot import Wishes
from bot.actions import pressed
from bot.contracts import Earlier
from bot.testing import ScriptedModel, calls
from tests.helpers.conversing import PLACE, Chain, chain
from tests.support import message


def painted(talk: Chain) -> int:
    return len(talk.app.engine.painted)  # type: ignore[attr-defined]


async def one(talk: Chain, words: str, **more: Any) -> Earlier:
    """Say something that one picture comes of."""
    (picture,) = (await talk.tell(message(words, **more))).pictures
    return picture


def button(kind: str, picture: Earlier, **more: Any) -> Any:
    return pressed(f"{kind}:{picture.id}", **PLACE, event_id=message().event_id, **more)


async def test_undo_paints_nothing_and_stays_after_the_first_was_deleted(tmp_path: Path) -> None:
    """A picture that is shown again costs no painting; one whose content was deleted is painted again from its plan."""
    async with chain(tmp_path) as talk:
        first = await one(talk, "a red car")
        second = await one(talk, "make it blue")
        back = await one(talk, "undo")
        assert (back.sha256, painted(talk)) == (first.sha256, 2)
        for gone in (first, back):
            await talk.app.service.delete(gone.id)
        again = await one(talk, "back to the first")
        assert (again.sha256, again.plan.seed, painted(talk)) == (first.sha256, first.plan.seed, 3)
        undone = await one(talk, "undo", reply_to=second.id)
        assert (undone.sha256, painted(talk)) == (first.sha256, 4)


async def test_a_reply_means_that_picture_whoever_asked_for_it(tmp_path: Path) -> None:
    """Another person's reply finds its pictures by number and what they were made of, and changes nothing of mine."""
    async with chain(tmp_path) as talk:
        robots = (await talk.tell(message("three pictures of a robot"))).pictures
        bob = {"user": "bob", "reply_to": robots[2].id}
        blue = await one(talk, "make the second one blue", **bob)
        assert (blue.plan.parent, blue.plan.seed) == (robots[1].id, robots[1].plan.seed)
        assert (await one(talk, "undo", user="bob")).plan.same_as == robots[1].id
        red = await one(talk, "make it red")
        assert red.plan.parent == robots[2].id
        assert (await one(talk, "undo", user="bob", reply_to=red.id)).plan.same_as == robots[2].id


async def test_what_is_asked_first_is_painted_as_often_as_somebody_says_so(tmp_path: Path) -> None:
    """'Use' paints a proposal as it stands, a second time too; own words and a prompt by hand work on it."""
    async with chain(tmp_path) as talk:
        (held,) = (await talk.tell(message("a red car on a beach", wishes=Wishes(ask=True)))).pictures
        assert (held.sha256, painted(talk)) == (None, 0)
        first, second = [(await talk.tell(button("use", held))).pictures[0] for _ in range(2)]
        assert first.sha256 == second.sha256
        assert first.id != second.id
        assert replace(first.plan, held=True) == held.plan
        assert painted(talk) == 2
        own = (await talk.tell(button("own_words", held))).pictures[0]
        assert (own.plan.prompt, own.plan.parent) == ("a red car on a beach", None)
        by_hand = (await talk.tell(button("prompt", held, wishes=Wishes(prompt="car, red")))).pictures[0]
        assert (by_hand.plan.prompt, by_hand.plan.seed) == ("car, red", held.plan.seed)


async def test_a_proposal_is_changed_before_it_is_painted(tmp_path: Path) -> None:
    """A change to a proposal keeps its seed, and is a change of no picture: there is none to go back to."""
    async with chain(tmp_path) as talk:
        (held,) = (await talk.tell(message("a red car", wishes=Wishes(ask=True)))).pictures
        (blue,) = (await talk.tell(message("make it blue", wishes=Wishes(ask=True)))).pictures
        assert (blue.sha256, blue.plan.seed, blue.plan.parent) == (None, held.plan.seed, None)
        assert [subject.colour for subject in blue.plan.brief.subjects] == ["blue"]
        assert (await talk.tell(button("use", blue))).pictures[0].sha256
        assert "nothing to undo" in (await talk.tell(message("undo"))).text


async def test_an_llm_makes_the_same_calls_with_the_same_result(tmp_path: Path) -> None:
    """An LLM is told which pictures there are and what the one shows that is meant; a wrong number comes back to it."""
    car = {"subjects": [{"name": "car", "count": 1, "colour": "red"}]}
    blue = {"subjects": [{"name": "car", "count": 1, "colour": "blue"}], "follows_up": True, "keeps_seed": True}
    script = [
        calls("imagine", prompt="a red car", **car),
        calls("imagine", prompt="make it blue", **blue),
        calls("repaint", action="back", which="first"),
        calls("imagine", prompt="make the second one wider", aspect="16:9", which="second", **blue),
        calls("repaint", action="undo"),
        calls("repaint", action="back", which="fifth"),
        AIMessage("There are only three."),
    ]
    said = ("a red car", "make it blue", "back to the first", "make the second one wider", "undo", "back to the fifth")
    model = ScriptedModel(script=script)
    async with chain(tmp_path, llm=model) as talk:
        answers = [await talk.tell(message(words)) for words in said]
    first, second, back, wide, undone = [answer.pictures[0] for answer in answers[:5]]
    assert back.plan.same_as == first.id
    assert (wide.plan.parent, wide.plan.seed, wide.plan.brief.aspect) == (second.id, second.plan.seed, "16:9")
    assert undone.plan.same_as == second.id
    assert (answers[5].text, list(answers[5].pictures)) == ("There are only three.", [])
    rules = model.asked[3][0].text
    assert all(one.id in rules for one in (first, second, back))
    assert f"means {back.id}" in rules
    assert '"colour": "red"' in rules
    assert "There are only three pictures here" in model.asked[-1][-1].text
