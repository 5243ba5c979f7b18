"""Intercom's adapter on a local Intercom: the suite for desks, and what only Intercom has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.desk.api import DeskPicture, Post
from adapters.desk.intercom import Intercom as Adapter
from adapters.desk.intercom_hook import text_of
from bot.desk.draft import Status
from bot.desk.events import CustomerSaid
from bot.errors import DeliveryError
from bot.testing import blank_png
from bot.testing.desk_contract import PERSON, DeskContract, DeskStage
from tests.contract.desk.stages import LocalStage, playing, staged
from tests.desk_servers.intercom import AGENT, LIMNER, MAX_FILES, TEAM, Intercom

TABLE = {"access_token": "access-token", "secret": "client-secret", "admin": LIMNER, "hand_over_team": str(TEAM)}


@asynccontextmanager
async def intercom(**more: Any) -> AsyncIterator[LocalStage]:
    async with staged(Intercom(), Adapter, **TABLE, **more) as stage:
        stage.forgeries = ("unsigned", "wrongly signed", "oversize", "no JSON")  # its signature has no moment
        yield stage


@pytest.mark.proof
class TestIntercom(DeskContract):
    """Conversations that are assigned to Limner's admin."""

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[DeskStage]:
        async with intercom() as stage:
            yield stage


async def test_colleagues_decide_in_notes_take_over_and_give_back(tmp_path: Path) -> None:
    """`/reject` drops a draft with its reason; what is assigned to a person is theirs until it is given back."""
    async with intercom() as stage, playing(stage, tmp_path) as play:
        conversation = await stage.ask("hello")
        await play.draft()
        await stage.desk.reply(conversation, "/reject not our tone", private=True)
        assert (await play.draft(Status.REJECTED)).why == "not our tone"
        await stage.desk.assign(conversation, AGENT)
        assert await play.app.service.desk.is_silent("intercom", conversation)
        await stage.desk.assign(conversation, LIMNER)
        await stage.ask("hello again", conversation)
        draft = await play.draft()
        await stage.desk.reply(conversation, f"/approve Hello {draft.customer}!", private=True)
        await play.over(2)
        [answer] = await play.answers(conversation, 1)
        assert "<p>Hello 6a!</p>" in answer.text


@pytest.mark.parametrize(("rating", "helped"), [(5, True), (3, False)])
async def test_a_rating_is_kept(tmp_path: Path, rating: int, helped: bool) -> None:
    """Four and five of five are content; the remark comes along, and the same notification twice is one rating."""
    async with intercom() as stage, playing(stage, tmp_path, approval="never") as play:
        conversation = await stage.ask("hello")
        await play.over(1)
        await stage.desk.rate(conversation, rating, "quick")
        await stage.repeat()
        found = [one.data for one in await play.app.service.desk.archive.events() if one.kind == "rated"]
        assert found == [{"helped": helped, "reason": "quick"}]


async def test_what_people_have_stays_theirs(tmp_path: Path) -> None:
    """Intercom assigns an unassigned conversation to whoever replies: after a hand-over, that is undone."""
    async with intercom() as stage, playing(stage, tmp_path) as play:
        conversation = await stage.ask(PERSON)
        await play.over(1)
        assert stage.desk.conversations[conversation]["admin_assignee_id"] is None
        assert stage.desk.conversations[conversation]["team_assignee_id"] == TEAM


async def test_what_came_while_nobody_listened_is_answered_once(tmp_path: Path) -> None:
    """Messages since the last answer are found at the start, as the same ones that notifications tell late."""
    async with intercom() as stage:
        conversation = await stage.desk.ask("hello", tell=False)
        async with playing(stage, tmp_path, approval="never") as play:
            await play.over(1)
            await stage.desk.notify("conversation.user.created", conversation, [])
            await play.over(1)
            await play.answers(conversation, 1)
        made, _ = stage.adapter().connect(None)
        assert [one async for one in made.open_conversations()] == [], "what is answered counts as missed"
        await stage.desk.ask("and now?", conversation)
        [missed] = [one async for one in made.open_conversations()]
        assert isinstance(missed, CustomerSaid)
        assert missed.text == "and now?"
        await made.close()


async def test_files_errors_and_regions(tmp_path: Path) -> None:
    """Ten pictures at most; what Intercom limits is sent later, what it refuses for good is not tried again."""
    picture = tmp_path / "a.png"
    picture.write_bytes(blank_png(8, 8, b"red"))
    pictures = tuple(DeskPicture(f"{number}.png", picture, "A <b>button</b>") for number in range(MAX_FILES + 2))
    async with intercom() as stage:
        made, _ = stage.adapter().connect(None)
        conversation = await stage.ask("hello")
        stage.desk.faults.limits(stage.desk.posting, 0, count=2)
        posted = await made.say(conversation, Post("k", "Press\n\n1. One\n2. Two", pictures))
        [(text, count)] = stage.desk.told(conversation)
        assert (count, "<ol><li>One</li>" in text, "<b>button" in text) == (MAX_FILES, True, False)
        assert await made.find(conversation, "k", private=False) == posted
        assert await made.find(conversation, "k", private=True) is None
        stage.desk.faults.fails(stage.desk.posting, 422)
        with pytest.raises(DeliveryError) as refused:
            await made.say(conversation, Post("l", "x"))
        assert refused.value.lasting
        await made.close()


def test_html_becomes_words() -> None:
    """What a customer typed is read from Intercom's HTML, a paragraph a line, and nothing of it is markup."""
    html = "<p>It&#39;s <b>1 &lt; 2</b><br>really</p>\n<ul><li>one</li><li>two</li></ul><p>&nbsp;</p>"
    assert text_of(html) == "It's 1 < 2\nreally\none\ntwo"
