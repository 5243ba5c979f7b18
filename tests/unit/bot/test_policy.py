"""How much people may have: within a rolling day, in the line, and as much of a wish as is left."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import Plan, RequestError, ToolResult
from bot.actions import DESCRIBE, UNDO
from bot.contracts import Allowance
from bot.jobs import State
from bot.policy import DAY_S, Policy, duration
from bot.policy_settings import PolicySettings
from bot.tables import jobs, pictures
from bot.testing import calls
from tests.support import DONE, PLAN, Rig, message, rig

HOUR_S = 3600.0
HELD, SHOWN = replace(PLAN, held=True), replace(PLAN, same_as="f" * 32)


def policy(one: Rig, **settings: Any) -> Policy:
    return Policy(one.store, PolicySettings.model_validate(settings))


async def had(one: Rig, *plans: Plan, ago_s: float = 0.0, state: State = State.POSTED) -> None:
    """Pictures that Ana asked for that long ago, each painted in 40 seconds, and what has come of it."""
    job = await one.taken(message())
    async with one.store.write() as connection:
        await one.gallery.plan(connection, job, "0-0", plans or (PLAN,))
        its = pictures.c.job_id == job.id
        created_at = one.store.clock() - ago_s
        await connection.execute(pictures.update().where(its).values(created_at=created_at, seconds=40.0))
        await connection.execute(jobs.update().where(jobs.c.id == job.id).values(state=state))


@pytest.mark.usefixtures("database_url")
async def test_pictures_of_the_last_day_are_counted(tmp_path: Path) -> None:
    """Those that a person got or waits for; what failed, was stopped, proposed or shown again does not count."""
    async with rig(tmp_path) as one:
        limits = policy(one, pictures_per_day=9)
        assert await limits.allowance("paper", "ana") == Allowance(9, 0)
        await had(one, PLAN, PLAN)
        await had(one, PLAN, ago_s=DAY_S - 60)
        await had(one, PLAN, state=State.PAINTING)
        for state in (State.FAILED, State.CANCELLED):
            await had(one, state=state)
        await had(one, HELD, SHOWN)
        await had(one, ago_s=DAY_S + 60)
        found = await limits.allowance("paper", "ana")
        assert (found, found.left) == (Allowance(9, 4), 5)
        for adapter, user in (("paper", "bo"), ("web", "ana")):
            assert (await limits.allowance(adapter, user)).left == 9
        assert (await policy(one).allowance("paper", "ana")).left is None


@pytest.mark.usefixtures("database_url")
async def test_a_limit_that_is_reached_is_told_with_a_time(tmp_path: Path) -> None:
    """The next picture is free when the oldest that counts is a day old, also where more were had than are allowed."""
    async with rig(tmp_path) as one:
        for hours in (23, 20, 10):
            await had(one, ago_s=hours * HOUR_S)
        for limit, hours in ((3, 1), (2, 4)):
            limits = policy(one, pictures_per_day=limit)
            found = await limits.allowance("paper", "ana")
            assert (found.left, round(found.next_s / HOUR_S, 1)) == (0, hours)
            with pytest.raises(RequestError) as refused:
                await limits.check(message())
            said = f"You have had your {limit} pictures of the last 24 hours. The next one is free in "
            assert str(refused.value) == said + ("60 minutes." if hours == 1 else "4 hours.")
        with pytest.raises(RequestError, match="过去 24 小时的 2 张图已经用完了"):
            await limits.check(message("一只猫"))
        await policy(one, pictures_per_day=4).check(message())


async def test_what_paints_nothing_is_free(tmp_path: Path) -> None:
    """Without any picture left one may still go back to an earlier one, and have one described."""
    async with rig(tmp_path) as one:
        await had(one)
        limits = policy(one, pictures_per_day=1)
        for action in (UNDO, DESCRIBE):
            await limits.check(message("Undo", action=action, reply_to="p"))
        with pytest.raises(RequestError, match="You have had your 1 picture of"):
            await limits.check(message("Again", action="again", reply_to="p"))
        for free in (ToolResult("Hello."), ToolResult("Shown again.", (SHOWN, HELD, HELD))):
            assert await limits.admitted(message(), free) == free


async def test_as_many_are_painted_as_are_left(tmp_path: Path) -> None:
    """The first plans are kept, each with a note that the LLM reads too; without any left they are refused."""
    async with rig(tmp_path) as one:
        await had(one)
        wish = ToolResult("3 pictures.", tuple(replace(PLAN, seed=seed, notes=("Hm.",)) for seed in range(3)), True)
        assert await policy(one, pictures_per_day=4).admitted(message(), wish) == wish
        for left in (2, 1):
            result = await policy(one, pictures_per_day=left + 1).admitted(message(), wish)
            note = f"{left} of 3 pictures: that is what is left of your {left + 1} within 24 hours."
            assert [plan.seed for plan in result.plans] == list(range(left))
            assert {plan.notes for plan in result.plans} == {("Hm.", note)}
            assert (result.text, result.ends_turn) == (f"3 pictures. {note}", True)
        with pytest.raises(RequestError, match="The next one is free in 24 hours"):
            await policy(one, pictures_per_day=1).admitted(message(), wish)


@pytest.mark.usefixtures("database_url")
async def test_the_line_has_its_limits(tmp_path: Path) -> None:
    """One's own requests first, then everybody's; who refuses says for how long, by what pictures took lately."""
    async with rig(tmp_path) as one:
        limits = policy(one, waiting_per_person=2, waiting=3)
        await had(one)
        await one.inbox.accept(message())
        await limits.check(message())
        await one.inbox.accept(message())
        with pytest.raises(RequestError) as refused:
            await limits.check(message())
        assert str(refused.value) == "You have 2 requests under way already. One more can come in 40 seconds."
        await limits.check(message(user="bo"))
        await limits.check(message(adapter="web"))
        other = await one.inbox.accept(message(user="bo", adapter="web"))
        with pytest.raises(RequestError, match=r"The line is full, with 3 requests under way\. Try again in 40 s"):
            await limits.check(message(user="cy"))
        await one.inbox.cancel(other)
        await limits.check(message(user="cy"))


async def test_an_llms_prompt_against_a_rule_is_not_planned(tmp_path: Path) -> None:
    """Nothing is kept of it, and the LLM reads why; a rule that hides goes by the prompt too, and paints."""
    words = {"no rivals": {"words": ["acme"]}, "veiled": {"words": ["car"], "action": "spoiler"}}
    rules = PolicySettings.model_validate({"rules": words})
    script = [calls("draw", what="an acme car", ends=True), calls("draw", what="a car"), "Done."]
    async with rig(tmp_path, script, policy=rules) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message("one of our rivals")))
        assert (job.state, job.outcome) == DONE
        reply = await one.outbox.reply(job)
        assert ([picture.plan.prompt for picture in reply.pictures], reply.veiled) == (["a car"], True)
        told = "\n".join(said.text for said in one.llm.asked[1])
        assert "A rule of this team does not allow that: no rivals." in told
        assert one.engine.painted == ["a car"]


async def test_a_turn_may_plan_no_more_than_is_left(tmp_path: Path) -> None:
    """Of three pictures with two left two are painted; a second call of the same turn gets none, and is told so."""
    script = [calls("draw", what="a car", count=3, ends=False), calls("draw", what="a cup"), "Two for now."]
    limits = PolicySettings(pictures_per_day=2)
    async with rig(tmp_path, script, policy=limits) as one, one.working():
        [job] = await one.over(await one.inbox.accept(message()))
        reply = await one.outbox.reply(job)
        assert [picture.plan.prompt for picture in reply.pictures] == ["a car", "a car"]
        assert reply.notes == ("2 of 3 pictures: that is what is left of your 2 within 24 hours.",)
        assert "You have had your 2 pictures" in one.llm.asked[2][-1].text


@given(st.floats(0, 30 * HOUR_S))
def test_a_duration_is_near_what_it_says(seconds: float) -> None:
    """A number and its unit, at most as far off as half of a unit and a bit; few seconds have no number."""
    words = duration(seconds, "en").split()
    if seconds < 10:
        assert words == ["a", "few", "seconds"]
        return
    unit_s = {"second": 1, "minute": 60, "hour": 3600}[words[1].removesuffix("s")]
    assert abs(int(words[0]) * unit_s - seconds) <= unit_s / 2 + 0.01
    assert (words[0] == "1") is not words[1].endswith("s")
    assert duration(seconds, "zh").split()[0] == words[0]
