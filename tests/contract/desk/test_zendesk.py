"""Zendesk's adapters on a local Zendesk: the suite for desks, and what only tickets and messaging have."""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.desk.api import DeskPicture, Post
from adapters.desk.zendesk_messaging import MAX_TEXT, Messaging, split
from adapters.desk.zendesk_support import SupportApi, Zendesk
from bot.desk.draft import Status
from bot.desk.events import CustomerSaid
from bot.errors import DeliveryError, SettingsError
from bot.testing import blank_png
from bot.testing.desk_contract import DeskContract, DeskPlay, DeskStage
from tests.contract.desk.stages import LocalStage, playing, staged
from tests.desk_servers import zendesk
from tests.desk_servers.sunshine import APP, FINAL, LIMNER, PEOPLE, Sunshine

DOCS = (Path(__file__).parents[3] / "docs" / "support-desk.md").read_text(encoding="utf-8")
TEMPLATES = {json.loads(one)["event"]: one for one in re.findall(r"```json\n(\{\n  \"event\".*?)```", DOCS, re.DOTALL)}
SUPPORT: dict[str, Any] = {"email": "limner@example.com", "api_token": "api-token", "secret": "whsec"}
SUPPORT |= {"agent": zendesk.LIMNER, "group": zendesk.LIMNER_GROUP, "hand_over_group": zendesk.PEOPLE}
MESSAGING = {"app": APP, "key_id": "key-id", "key_secret": "key-secret", "secret": "shared-secret"}


@asynccontextmanager
async def support(**more: Any) -> AsyncIterator[LocalStage]:
    async with staged(zendesk.Zendesk(TEMPLATES), Zendesk, **SUPPORT, **more) as stage:
        yield stage


@asynccontextmanager
async def messaging() -> AsyncIterator[LocalStage]:
    async with staged(Sunshine(), Messaging, **MESSAGING) as stage:
        stage.notes, stage.forgeries = False, ("unsigned", "wrongly signed", "oversize", "no JSON")
        yield stage


@pytest.mark.proof
class TestTickets(DeskContract):
    """Tickets, told by triggers whose templates are those of the documentation."""

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[DeskStage]:
        async with support() as stage:
            yield stage


@pytest.mark.proof
class TestMessaging(DeskContract):
    """Messaging, where there are no notes."""

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[DeskStage]:
        async with messaging() as stage:
            yield stage


@asynccontextmanager
async def api(stage: LocalStage) -> AsyncIterator[SupportApi]:
    made, _ = stage.adapter().connect(None)
    yield made
    await made.close()


async def events(play: DeskPlay, kind: str) -> list[dict[str, Any]]:
    return [one.data for one in await play.app.service.desk.archive.events() if one.kind == kind]


async def test_colleagues_decide_in_internal_notes_and_give_back(tmp_path: Path) -> None:
    """`/approve` with words sends those; a late one is explained in a note; a released ticket is answered again."""
    async with support() as stage, playing(stage, tmp_path) as play:
        ticket = await stage.ask("hello")
        await play.draft()
        await stage.desk.reply(ticket, "what does it say?", private=True)
        await stage.desk.reply(ticket, "/approve Hello from us.", private=True)
        await play.over(1)
        [answer] = await play.answers(ticket, 1)
        assert "Hello from us." in answer.text
        await stage.desk.reply(ticket, "/approve", private=True)
        await play.when("an explanation", lambda: stage.said(ticket, private=True), lambda notes: len(notes) == 2)
        await stage.desk.reply(ticket, "Let me.")
        assert await play.app.service.desk.is_silent("zendesk", ticket)
        await stage.desk.fire("released", ticket)
        await stage.ask("thanks", ticket)
        await play.draft(Status.OPEN)


async def test_words_and_a_rating_come_through_as_they_were_said(tmp_path: Path) -> None:
    """The templates carry quotes, lines and backslashes; a customer's satisfaction comes into the record."""
    async with support() as stage, playing(stage, tmp_path, approval="never") as play:
        words = 'My "router"\n\\ is 红色'
        ticket = await stage.ask(words)
        [job] = await play.over(1)
        assert job.message.text == words
        await stage.desk.fire("rated", ticket, **{"satisfaction.current_comment": "quick"})
        assert await events(play, "rated") == [{"helped": True, "reason": "quick"}]


async def test_what_came_while_nobody_listened_is_answered_once(tmp_path: Path) -> None:
    """A comment that no trigger told of is found at the start, and is the same one when the trigger tells it late."""
    async with support() as stage:
        ticket = await stage.desk.ask("hello", tell=False)
        async with playing(stage, tmp_path, approval="never") as play:
            await play.over(1)
            await stage.desk.fire("customer", ticket)
            await play.over(1)
            await play.answers(ticket, 1)


async def test_an_answer_that_a_colleague_has_overtaken_is_refused(tmp_path: Path) -> None:
    """A colleague who speaks between the look and the answer is noticed by Zendesk itself: nothing is posted."""
    async with support() as stage, api(stage) as desk:
        ticket = await stage.ask("hello")
        assert await desk.may_speak(ticket)
        stage.desk.clock.move(5)
        await stage.desk.reply(ticket, "I am on it.")
        with pytest.raises(DeliveryError, match="409"):
            await desk.say(ticket, Post("k", "Hello"))
        assert not await desk.may_speak(ticket)
        assert not stage.desk.told(ticket)


async def test_uploads_that_were_too_old_are_made_anew(tmp_path: Path) -> None:
    """A token is good for an hour and once: the next try uploads again, and a key is found on a later page."""
    picture = tmp_path / "a.png"
    picture.write_bytes(blank_png(8, 8, b"red"))
    post = Post("k", "Hello", (DeskPicture("a.png", picture, "A button"),))
    async with support() as stage, api(stage) as desk:
        ticket = await stage.ask("hello")
        stage.desk.faults.fails(stage.desk.posting, 503)
        with pytest.raises(DeliveryError, match="503"):
            await desk.say(ticket, post)
        stage.desk.clock.move(zendesk.UPLOAD_S + 1)
        stage.desk.faults.limits(stage.desk.posting, 0)
        posted = await desk.say(ticket, post)
        [(text, pictures)] = stage.desk.told(ticket)
        assert pictures == 1
        assert "A button" in text, "the picture's words are missing"
        assert len(stage.desk.uploads) == 1, "an old token was used again"
        stage.desk.audits[int(ticket)][:0] = [{"metadata": {}, "events": []}] * 150
        assert await desk.find(ticket, "k", private=False) == posted
        assert await desk.find(ticket, "k", private=True) is None


@pytest.mark.parametrize(
    "changes", [{"status": "solved"}, {"assignee_id": zendesk.AGENT}, {"group_id": zendesk.PEOPLE}, {"group_id": 99}]
)
async def test_tickets_of_others_are_left_alone(changes: dict[str, Any]) -> None:
    """A solved ticket, somebody's, or another group's is not Limner's, and is not looked through for questions."""
    async with support() as stage, api(stage) as desk:
        mine = await stage.desk.ask("mine")
        ticket = await stage.desk.ask("hello")
        stage.desk.tickets[int(ticket)] |= changes
        assert not await desk.may_speak(ticket)
        found = [one async for one in desk.open_conversations()]
        assert [one.conversation for one in found if isinstance(one, CustomerSaid)] == [mine]


async def test_a_long_answer_is_sent_in_parts_and_goes_on_where_it_was_cut(tmp_path: Path) -> None:
    """Over 4,096 characters it is several messages; after a cut connection only those that are missing are sent."""
    picture = tmp_path / "a.png"
    picture.write_bytes(blank_png(8, 8, b"red"))
    text = "\n\n".join(f"{number}. {'word ' * 300}".strip() for number in range(6))
    post = Post("k", text, (DeskPicture("a.png", picture, "A button", "made by AI"),))
    assert "".join(split(text)).replace("\n", "") == text.replace("\n", "")
    assert max(map(len, split("x" * 10_000))) == MAX_TEXT
    async with messaging() as stage:
        made, _ = stage.adapter().connect(None)
        conversation = await stage.ask("hello")
        stage.desk.faults.cuts(stage.desk.posting, after=True)
        with pytest.raises(DeliveryError):
            await made.say(conversation, post)
        assert await made.find(conversation, "k", private=False) is None, "a part counts as the whole"
        posted = await made.say(conversation, post)
        assert await made.find(conversation, "k", private=False) == posted
        *parts, image = [one["content"] for one in stage.desk.messages[conversation][1:]]
        assert [one["text"] for one in parts] == split(text)
        assert image["altText"] == "A button"
        await made.typing(conversation)
        assert stage.desk.activities[0]["type"] == "typing:start"
        await made.close()


async def test_control_that_comes_back_lets_limner_speak(tmp_path: Path) -> None:
    """Passed to people, Limner is silent; passed back, it answers; what it refuses is not sent again."""
    async with messaging() as stage, playing(stage, tmp_path, approval="never") as play:
        conversation = await stage.ask("hello")
        await play.over(1)
        await stage.desk.pass_control(conversation, PEOPLE)
        assert await play.app.service.desk.is_silent("zendesk_messaging", conversation)
        await stage.desk.pass_control(conversation, LIMNER)
        await stage.ask("thanks", conversation)
        await play.over(2)
        await play.answers(conversation, 2)
        assert await stage.forged("wrongly signed") in FINAL
        assert await stage.forged("no JSON") in FINAL


async def test_a_picture_that_a_customer_brings_comes_along(tmp_path: Path) -> None:
    """Pictures are fetched from the desk's host and kept with the message, at tickets and in messaging."""
    for number, making in enumerate((support, messaging)):
        async with making() as stage, playing(stage, tmp_path / str(number)) as play:
            await stage.desk.ask("what is this?", pictures=(blank_png(32, 16, b"red"),))
            [job] = await play.jobs()
            [attachment] = job.message.attachments
            assert (attachment.width_px, attachment.height_px) == (32, 16)


@pytest.mark.parametrize(
    ("adapter", "table"), [(Zendesk, SUPPORT | {"base_url": "x"}), (Messaging, MESSAGING | {"base_url": "x"})]
)
def test_what_is_not_set_is_named(adapter: Any, table: dict[str, Any]) -> None:
    """Without a secret no webhook could be believed: the setting is named."""
    with pytest.raises(SettingsError, match=rf"adapters\.{adapter.name}\.secret"):
        adapter(adapter.Settings.model_validate(table | {"secret": ""}))
    adapter(adapter.Settings.model_validate(table))
