"""What people say on a chat platform becomes a message, if they may say it there."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from bot import Attachment, RequestError, Wishes
from bot.actions import DESCRIBE
from bot.chat import Ask, Asker, Front, Gate, Place
from bot.language import Language
from bot.preferences import UNSET, Preferences
from tests.helpers.chat_front import ANA, BO, MODERATOR, STUDIO, desk

OFF, ON, DM = Preferences(answers="off"), Preferences(answers="on"), Place("dm", direct=True)


async def test_a_wish_is_kept_with_all_that_belongs_to_it(tmp_path: Path) -> None:
    """Who, where, what, and where the answer goes; the same event twice is the same job."""
    async with desk(tmp_path) as one:
        _, [about] = await one.made()
        wishes, brought = Wishes(seed=5), (Attachment("cat.png", "ab" * 32, 8, 8),)
        place = Place("studio", "thread", "acme")
        made = Ask("e1", ANA, place, "a red car", wishes, brought, True, about, answer_at="secret")
        job_id = await one.front.ask(made)
        said = await one.said(job_id)
        assert (said.adapter, said.event_id, said.user, said.text) == ("paper", "e1", "ana", "a red car")
        assert (said.channel, said.thread, said.team, said.answer_at) == ("studio", "thread", "acme", "secret")
        assert (said.wishes, said.attachments, said.wants_picture, said.reply_to) == (wishes, brought, True, about)
        assert await one.front.ask(made) == job_id
        # Words about a picture are no wish for one: an LLM must not be told to paint.
        for reply_to in (about, None):
            said = await one.said(await one.ask("Describe", action=DESCRIBE, command=True, reply_to=reply_to))
            assert (said.action, said.reply_to, said.wants_picture) == (DESCRIBE, reply_to, False)


HEARD: list[tuple[str, Language | Literal[""], str, str]] = [
    ("zh", "en", "a red car", "zh"),
    ("en", "zh", "一辆红色的车", "en"),
    ("", "zh", "a red car", "zh"),
    ("", "en", "一辆红色的车", "en"),
    ("", "", "一辆红色的车", "zh"),
    ("", "", "a red car", "en"),
]


async def test_the_language_of_an_answer(tmp_path: Path) -> None:
    """As somebody set it, else as their client says, else as they write."""
    async with desk(tmp_path) as one:
        for wanted, client, text, heard in HEARD:
            await one.app.service.prefer("user:paper/ana", Preferences(language=wanted))
            asker = Asker("ana", language=client)
            assert (await one.said(await one.ask(text, asker))).tongue == heard
            if wanted or client:
                assert await one.front.language(asker) == heard


async def test_the_nearest_visibility_holds(tmp_path: Path) -> None:
    """A person's own goes before the channel's, that before the team's; public where nobody said anything."""
    async with desk(tmp_path) as one:
        hidden, shown = Preferences(visibility="private"), Preferences(visibility="public")
        assert not await one.front.is_private(ANA, STUDIO)
        for scope, wanted in (("team:paper/acme", hidden), ("channel:paper/studio", shown), ("user:paper/ana", hidden)):
            await one.app.service.prefer(scope, wanted)
            assert await one.front.is_private(ANA, STUDIO) is (wanted is hidden)
        assert not await one.front.is_private(BO, STUDIO)
        assert await one.front.is_private(BO, Place("other", team="acme"))
        assert not await one.front.is_private(BO, DM)


ROLES, ONLY = Gate(roles=["painters", "9"]), Gate(channels=["lounge"])
GATES = [
    (Gate(), ANA, STUDIO, ""),
    (ROLES, ANA, STUDIO, "Pictures are for members with one of these roles here: 9, painters."),
    (ROLES, replace(ANA, roles=frozenset({"7", "painters"})), STUDIO, ""),
    (ROLES, MODERATOR, STUDIO, ""),
    (ROLES, ANA, DM, ""),
    (ONLY, ANA, Place("lounge"), ""),
    (ONLY, MODERATOR, STUDIO, "Limner is switched off in this channel."),
    (ONLY, ANA, DM, ""),
    (Gate(channels=["studio"], channels_off=["studio"]), ANA, STUDIO, "switched off"),
]


async def test_the_gate(tmp_path: Path) -> None:
    """Roles hold in teams, and moderators need none; channels hold for everybody but in direct messages."""
    async with desk(tmp_path) as one:
        for gate, asker, place, refused in GATES:
            at = replace(one, front=Front(one.app.service, "paper", gate))
            if not refused:
                await at.ask(asker=asker, place=place)
                continue
            before = len(await one.app.service.line())
            with pytest.raises(RequestError) as told:
                await at.ask(asker=asker, place=place)
            assert refused in str(told.value)
            assert len(await one.app.service.line()) == before


SWITCHES = [(OFF, UNSET, False), (OFF, ON, True), (UNSET, OFF, False), (ON, OFF, False), (UNSET, UNSET, True)]


async def test_a_channels_switch_wins_over_its_teams(tmp_path: Path) -> None:
    """Moderators switch Limner off for a team or a channel; elsewhere it goes on answering."""
    async with desk(tmp_path) as one:
        for team, channel, is_on in SWITCHES:
            await one.app.service.prefer("team:paper/acme", team)
            await one.app.service.prefer("channel:paper/studio", channel)
            await one.ask(place=Place("studio", team="other") if channel is UNSET else DM)
            if is_on:
                await one.ask()
                continue
            with pytest.raises(RequestError, match="这个频道关闭了 Limner"):
                await one.ask(asker=replace(MODERATOR, language="zh"))


async def test_what_was_taken_is_never_refused(tmp_path: Path) -> None:
    """A platform repeats an event when a limit is reached by then: it is the job that it was. New ones are refused."""
    async with desk(tmp_path, policy={"pictures_per_day": 1, "waiting_per_person": 2}) as one:
        first = Ask("e1", ANA, STUDIO, "a red car")
        ids = [await one.front.ask(first), await one.ask()]
        assert await one.front.ask(first) == ids[0]
        with pytest.raises(RequestError, match="You have 2 requests under way already"):
            await one.ask()
        for job_id in ids:
            await one.app.service.cancel(job_id)
        await one.made()
        assert await one.front.ask(first) == ids[0]
        with pytest.raises(RequestError, match="The next one is free in 24 hours"):
            await one.ask()


async def test_the_line_is_told_in_the_order_it_is_served(tmp_path: Path) -> None:
    """All requests that are not over, with the place of each; what is worked on has none."""
    async with desk(tmp_path) as one:
        ids = [await one.ask(place=Place(name)) for name in ("a", "b", "c")]
        job = await one.app.inbox.take(turns=1, paintings=1)
        assert job is not None
        line = await one.app.service.line()
        places = [(exchange.job_id, exchange.progress.position) for exchange in line if exchange.progress]
        assert places == [(ids[0], 0), (ids[1], 1), (ids[2], 2)]
        await one.app.service.cancel(ids[1])
        assert [exchange.job_id for exchange in await one.app.service.line()] == [ids[0], ids[2]]
