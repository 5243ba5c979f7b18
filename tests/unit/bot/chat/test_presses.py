"""Buttons on a chat platform: who may press them, what they lead to, and what is told where they lead nowhere."""

import importlib
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from bot import Outcome, RequestError, Wishes
from bot.actions import LABELS, OF_TOOLS
from bot.app import working
from bot.chat import Asker, Front, Gate
from bot.chat.front import is_deed
from tests.helpers.chat_front import ANA, BO, MODERATOR, STUDIO, Desk, desk
from tests.support import PLAN

HELD = replace(PLAN, prompt="a red car, photo", held=True)
FORM = {"prompt": "a blue car", "negative": "rain", "size": "128x64", "style": "ink", "seed": "9"}
GONE, NOT_YOURS = "That picture is not there any more", "Only the person who asked for it can do that here"
OR_MODERATOR = "Only the person who asked for it, or a moderator, can do that"
KINDS = sorted(set(LABELS) - set(OF_TOOLS) | {"seed"})
TOOL = """
from dataclasses import replace
from pydantic import BaseModel
from bot import ToolResult

class Nothing(BaseModel):
    pass

class Upscale:
    name, description, arguments = "upscale", "Make a picture larger.", Nothing

    async def run(self, arguments, context):
        plan = replace(context.previous, width_px=128, height_px=128, parent=context.previous_id)
        return ToolResult("Enlarged.", (plan,), ends_turn=True)
"""


async def refused(one: Desk, said: str, key: str, asker: Asker = ANA, **values: str) -> None:
    with pytest.raises(RequestError, match=said):
        await one.press(key, asker, values=FORM | values)


async def test_who_may_ask_may_go_on_from_any_picture(tmp_path: Path) -> None:
    """Each button of a picture is a message of who pressed it, about that picture, answered where they are."""
    async with desk(tmp_path) as one:
        _, [picture_id] = await one.made()
        for asker, kind in product((ANA, BO), KINDS):
            words, action = ("at night", "") if kind == "seed" else (LABELS[kind]["en"], kind)
            said = await one.said(await one.press(f"{kind}:{picture_id}", asker, values=FORM | {"change": "at night"}))
            assert (said.user, said.reply_to, said.answer_at) == (asker.id, picture_id, one.answer_at)
            assert (said.channel, said.team, said.text, said.action) == ("studio", "acme", words, action)
            assert said.wants_picture


async def test_a_proposal_is_its_askers_alone(tmp_path: Path) -> None:
    """Nobody else decides on it, moderators neither."""
    async with desk(tmp_path) as one:
        _, [proposal] = await one.made(HELD)
        for kind in ("use", "own_words", "prompt"):
            await refused(one, NOT_YOURS, f"{kind}:{proposal}", BO)
            await refused(one, NOT_YOURS, f"{kind}:{proposal}", MODERATOR)
            await one.press(f"{kind}:{proposal}", values=FORM)
        with pytest.raises(RequestError, match="这里只有提出要求的人可以这样做"):
            await one.front.form(f"prompt:{proposal}", replace(BO, language="zh"), STUDIO)


async def test_what_is_not_there_or_not_for_them(tmp_path: Path) -> None:
    """Pictures of somebody's elsewhere, of another adapter and deleted ones are gone, and nothing is taken."""
    async with desk(tmp_path) as one:
        _, [elsewhere] = await one.made(channel="lounge")
        foreign, [other] = await one.made(adapter="other", user="bo")
        job_id, [deleted] = await one.made(user="bo")
        await one.front.delete(job_id, BO)
        for picture_id, kind in product((elsewhere, other, deleted, "f" * 32, ""), KINDS):
            await refused(one, GONE, f"{kind}:{picture_id}", BO)
        for picture_id in (elsewhere, deleted):
            with pytest.raises(RequestError, match="这张图已经不在了"):
                await one.front.form(f"prompt:{picture_id}", replace(BO, language="zh"), STUDIO)
        for deed in (one.front.cancel, one.front.delete, one.front.explain):
            with pytest.raises(RequestError, match=GONE):
                await deed(foreign, BO)
        with pytest.raises(RequestError, match=GONE):
            await one.front.explain(job_id, BO)
        assert await one.app.service.line() == []


async def test_what_is_refused_at_once(tmp_path: Path) -> None:
    """A button that there is not, a tool that is off, a form with what can't be, who may not ask: nothing is taken."""
    async with desk(tmp_path) as one:
        _, [picture_id] = await one.made()
        failed, _ = await one.made(outcome=Outcome.FAILED)
        for kind in ("dance", "delete"):
            await refused(one, f"There is no button '{kind}", f"{kind}:{picture_id}")
        for key in ("", "again", f"retry:{'f' * 32}"):
            await refused(one, GONE, key)
        for kind in OF_TOOLS:
            await refused(one, "That is switched off here by now", f"{kind}:{picture_id}")
        await refused(one, "is no size", f"prompt:{picture_id}", size="huge")
        await refused(one, "is no seed", f"prompt:{picture_id}", seed="-1")
        gated = replace(one, front=Front(one.app.service, "paper", Gate(roles=["painters"])))
        for key in (f"again:{picture_id}", f"retry:{failed}"):
            await refused(gated, "one of these roles", key)
        with pytest.raises(RequestError, match="one of these roles"):
            await gated.front.form(f"seed:{picture_id}", ANA, STUDIO)
        assert await one.app.service.line() == []
    assert [is_deed(key) for key in ("cancel:a", "delete:a", "retry:a", "again:a")] == [True, True, False, False]


async def test_askers_and_moderators_stop_and_delete(tmp_path: Path) -> None:
    """Others are told so; the card names the moderator; what is deleted goes for good, and twice is once."""
    async with desk(tmp_path) as one:
        job_id, _ = await one.made(PLAN, replace(PLAN, seed=8))
        mine, other = await one.ask(), await one.ask()
        for deed in (one.front.cancel(mine, BO), one.front.delete(job_id, BO)):
            with pytest.raises(RequestError, match=OR_MODERATOR):
                await deed
        assert (await one.front.cancel(mine, ANA)).text == "Stopped. Nothing more is painted."
        card = await one.front.cancel(other, MODERATOR)
        assert (card.heading, card.text) == ("a red car", "Stopped by Mo.")
        with pytest.raises(RequestError, match="That is over already"):
            await one.front.cancel(mine, ANA)
        paths = [picture.path for picture in (await one.reply(job_id)).pictures]
        assert [path.exists() for path in paths] == [True, True]
        assert (await one.front.delete(job_id, MODERATOR)).text == "Deleted by Mo."
        assert [path.exists() for path in paths] == [False, False]
        assert (await one.front.delete(job_id, ANA)).text == "Deleted."


async def test_trying_again_is_the_same_message_as_a_new_event(tmp_path: Path) -> None:
    """With all that it had, answered where the button was; for its asker alone, and as often as it is pressed."""
    async with desk(tmp_path) as one:
        failed, _ = await one.made(outcome=Outcome.FAILED, wishes=Wishes(seed=5, style="ink"), answer_at="old")
        await refused(one, NOT_YOURS, f"retry:{failed}", MODERATOR)
        first, second = [await one.press(f"retry:{failed}") for _ in range(2)]
        before, after = await one.said(failed), await one.said(first)
        assert len({failed, first, second}) == 3
        assert after == replace(before, event_id=after.event_id, answer_at=one.answer_at)


async def test_a_form_is_painted_from_and_read_back(tmp_path: Path) -> None:
    """What was sent is what the next picture is made from, and stands in its form; a style can be taken off again."""
    async with desk(tmp_path) as one:
        _, [picture_id] = await one.made()
        async with working(one.app):
            [painted] = (await one.reply(await one.press(f"prompt:{picture_id}", BO, values=FORM))).pictures
            assert painted.plan.prompt.startswith("a blue car, ")
            form = await one.front.form(f"prompt:{painted.id}", ANA, STUDIO)
            assert {field.name: field.value for field in form.fields} == FORM | {"prompt": painted.plan.prompt}
            bare = await one.press(f"prompt:{painted.id}", values=FORM | {"prompt": "a cup", "style": ""})
            [after] = (await one.reply(bare)).pictures
            assert (after.plan.prompt, after.plan.style) == ("a cup", "")


async def test_the_same_seed_paints_the_change_with_that_seed(tmp_path: Path) -> None:
    """The words of the form are a change of that picture, at its own seed, whatever was asked for since."""
    async with desk(tmp_path) as one, working(one.app):
        [picture] = (await one.reply(await one.ask("a red car on a beach", wishes=Wishes(seed=1234)))).pictures
        await one.reply(await one.ask("a cup", wishes=Wishes(seed=99)))
        changed = await one.press(f"seed:{picture.id}", values={"change": "make it blue"})
        [painted] = (await one.reply(changed)).pictures
        assert (painted.plan.seed, painted.plan.parent) == (1234, picture.id)
        assert {"blue", "car"} <= set(painted.plan.prompt.replace(",", "").split())


async def test_a_button_of_a_tool_that_is_on_leads_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool, of somebody's own package, gets the picture that the button is below, and no LLM is asked."""
    (tmp_path / "larger.py").write_text(TOOL)
    info = tmp_path / "larger-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: larger\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[limner.tools]\nupscale = larger:Upscale\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    async with desk(tmp_path, tools={"upscale": {}}, policy={"pictures_per_day": 5}) as one:
        job_id, pictures = await one.made(PLAN, replace(PLAN, prompt="a cup"))
        card = await one.front.card(await one.reply(job_id))
        assert [button.key for button in card.rows[2]] == [f"upscale:{picture_id}" for picture_id in pictures]
        assert card.small[-1] == "3 of 5 pictures left within 24 hours"
        async with working(one.app):
            [painted] = (await one.reply(await one.press(f"upscale:{pictures[1]}", BO))).pictures
        assert (painted.plan.prompt, painted.plan.width_px, painted.plan.parent) == ("a cup", 128, pictures[1])


async def test_what_a_picture_was_painted_from(tmp_path: Path) -> None:
    """Words, prompt, their difference and all notes, for whoever asks; alike ones once; nothing of what is not over."""
    async with desk(tmp_path) as one:
        plan = replace(PLAN, prompt="a red car, photo", negative_prompt="blur", notes=tuple("1234"))
        job_id, _ = await one.made(plan, replace(plan, seed=8), replace(plan, prompt="a red car"))
        [first, second], notes = await one.front.explain(job_id, BO)
        assert (first.words, first.prompt, first.negative_prompt) == ("a red car", "a red car, photo", "blur")
        assert "".join(part.text for part in first.parts if part.kind != "left_out") == first.prompt
        assert (second.prompt, notes) == ("a red car", plan.notes)
        with pytest.raises(RequestError, match=GONE):
            await one.front.explain(await one.ask(), ANA)
