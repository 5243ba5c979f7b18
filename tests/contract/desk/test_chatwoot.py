"""Chatwoot's adapter on a local Chatwoot: the suite for desks, and what only Chatwoot has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from adapters.desk.api import DeskApi, DeskHook
from adapters.desk.chatwoot import Chatwoot as Adapter
from adapters.desk.chatwoot import ChatwootApi
from adapters.desk.chatwoot_hook import ChatwootHook
from adapters.desk.chatwoot_settings import ChatwootSettings
from bot import DeliveryError, Limner, Reply
from bot.desk.draft import Status
from bot.errors import SettingsError
from bot.jobs import State
from bot.tables import desk_events
from bot.testing import blank_png
from bot.testing.desk_contract import PERSON, DeskContract, DeskPlay, DeskStage, Said
from tests.contract.desk.stages import LocalStage
from tests.desk_servers.chatwoot import AT, Chatwoot

MESSAGES = f"POST {AT}/{{id}}/messages"
STATUS = f"POST {AT}/{{id}}/toggle_status"


class ChatwootStage(LocalStage):
    """An account with its people; further settings are the adapter's."""

    def __init__(self, desk: Chatwoot, kind: type[Adapter] = Adapter, **settings: Any) -> None:
        super().__init__(desk, kind, {"token": desk.token, "secret": desk.secret} | settings)
        self.looks = settings.get("user_token", "") != ""


@asynccontextmanager
async def stage(**settings: Any) -> AsyncIterator[ChatwootStage]:
    async with Chatwoot().serving() as desk:
        yield ChatwootStage(desk, **settings)
        await desk.quiet()
        assert not desk.problems
        assert not desk.duplicates()


@asynccontextmanager
async def play(folder: Path, *, user_token: str = "user-token", **desk: Any) -> AsyncIterator[DeskPlay]:
    async with stage(user_token=user_token) as made:
        playing = DeskPlay(made, folder / "limner", 60.0)
        async with playing.open(**desk):
            yield playing


async def recorded(playing: DeskPlay, kind: str) -> list[Any]:
    """What is known of events of a kind."""
    query = sa.select(desk_events.c.data).where(desk_events.c.kind == kind)
    async with playing.app.store.read() as connection:
        return list((await connection.execute(query)).scalars())


class TestChatwoot(DeskContract):
    """With an agent's token beside the bot's, everything can be looked up."""

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[DeskStage]:
        async with stage(user_token="user-token") as made:
            yield made


async def test_with_the_bots_token_alone_a_lost_answer_is_told_to_colleagues(tmp_path: Path) -> None:
    """A bot can't look: the answer is not sent again, its draft stands as unknown, and a note says so."""
    async with play(tmp_path, user_token="", approval="never") as playing:
        made: Any = playing.stage
        made.lose_an_answer()
        conversation = await made.ask("hello")
        [job] = await playing.over(1)
        assert job.state is State.FAILED
        await playing.draft(Status.UNKNOWN)
        [note] = await playing.when("a note", lambda: made.said(conversation, private=True), bool)
        assert "not certain whether this reached the customer" in note.text
        await playing.answers(conversation, 1)


async def test_an_older_chatwoot_that_does_not_sign(tmp_path: Path) -> None:
    """Unsigned webhooks are taken only where a setting says so; a user's token looks where the bot may not."""
    async with stage(user_token="user-token", secret="", allow_unsigned=True) as made:
        made.desk.is_new = False
        playing = DeskPlay(made, tmp_path / "limner", 60.0)
        async with playing.open(approval="never"):
            conversation = await made.ask("hello")
            await playing.over(1)
            await playing.answers(conversation, 1)
        made.desk.problems.clear()  # it lets no bot show that it types either
    with pytest.raises(SettingsError, match=r"needs adapters\.chatwoot\.secret"):
        Adapter(ChatwootSettings.model_validate({"token": "t"}))


async def test_colleagues_decide_in_private_notes(tmp_path: Path) -> None:
    """`/reject REASON` drops a draft, `/approve` sends one, and a late one is told so; other notes are nothing."""
    async with play(tmp_path) as playing:
        made: Any = playing.stage
        conversation = await made.ask("hello")
        await playing.draft()
        await made.desk.reply(conversation, "what does it say?", private=True)
        await made.desk.reply(conversation, "/reject not our tone", private=True)
        dropped = await playing.draft(Status.REJECTED)
        assert (dropped.decided_by, dropped.why) == ("Mia", "not our tone")
        await made.ask("hello", conversation)
        await playing.draft()
        await made.desk.reply(conversation, "/approve", private=True)
        await made.desk.reply(conversation, "/approve ", private=True)
        await playing.over(2)
        await playing.answers(conversation, 1)

        async def notes() -> list[Said]:
            found: list[Said] = await made.said(conversation, private=True)
            return found

        await playing.when(
            "a note about the late one", notes, lambda all_: any("No draft waits" in one.text for one in all_)
        )


@pytest.mark.parametrize("how", ["assigned", "opened"])
async def test_it_speaks_only_while_a_conversation_is_its_own(tmp_path: Path, how: str) -> None:
    """Somebody takes a conversation without a webhook: what was approved is not sent, and the draft is withdrawn."""
    async with play(tmp_path) as playing:
        made: Any = playing.stage
        conversation = await made.ask("hello")
        draft = await playing.draft()
        change = {"assignee": {"id": 11}} if how == "assigned" else {"status": "open"}
        made.desk.conversations[conversation] |= change
        await playing.approve(draft)
        await playing.over(1)
        await playing.draft(Status.WITHDRAWN)
        await playing.answers(conversation, 0)


async def test_a_resolved_conversation_is_limners_again(tmp_path: Path) -> None:
    """After a hand-over customers talk to people; once those have resolved it, the next question is answered."""
    async with play(tmp_path, approval="never") as playing:
        made: Any = playing.stage
        conversation = await made.ask(PERSON)
        await playing.over(1)
        await made.desk.quiet()
        await made.ask("are you there?", conversation)
        await made.desk.turn(conversation, "resolved")
        await made.desk.rate(conversation, 2, "slow")
        await made.desk.again()
        await made.ask("hello", conversation)
        await playing.over(2)
        await playing.answers(conversation, 2)
        assert await recorded(playing, "rated") == [{"helped": False, "reason": "slow"}]


async def test_what_was_missed_is_found_when_it_listens_again(tmp_path: Path) -> None:
    """What customers wrote while nobody listened is answered at the next start, and what was answered is not again."""
    async with stage(user_token="user-token") as made:
        playing = DeskPlay(made, tmp_path / "limner", 60.0)
        async with playing.open(approval="never"):
            first = await made.ask("hello")
            await playing.over(1)
        made.desk.hook = ""
        second = await made.ask("hello")
        async with playing.open(approval="never"):
            await playing.over(2)
            await playing.answers(first, 1)
            await playing.answers(second, 1)


async def test_an_older_message_that_comes_after_a_persons_reply_is_not_answered(tmp_path: Path) -> None:
    """Webhooks may come in another order than people wrote: the person still has the conversation."""
    async with play(tmp_path, approval="never") as playing:
        made: Any = playing.stage
        conversation = await made.desk.ask("hello", tell=False)
        late = made.desk.messages[conversation][0]
        await made.colleague(conversation, "I am on it.")
        assert await made.desk.fire("message_created", conversation, late) == 200
        [job] = await playing.over(1)
        assert job.state is State.CANCELLED
        await playing.answers(conversation, 0)


@pytest.mark.parametrize("there", [True, False])
async def test_pictures_that_customers_bring(tmp_path: Path, there: bool) -> None:
    """A picture comes along with the question, which is taken without one that can't be had; that is written down."""
    async with play(tmp_path) as playing:
        made: Any = playing.stage
        png = blank_png(64, 64, b"red") if there else b"no picture at all"
        await made.desk.ask("hello", pictures=(png,))
        [job] = await playing.jobs()
        assert len(job.message.attachments) == there
        assert bool(await recorded(playing, "picture missed")) is not there


@pytest.mark.parametrize(
    ("article", "question", "alt", "label"),
    [
        ("# Place\n\nPut the router on a shelf.\n", "Where do I put the router?", "Picture made by AI", "made by AI"),
        ("# 摆放位置\n\n把路由器放在架子上。\n", "路由器应该放在哪里？", "由 AI 生成的图片", "由 AI 生成"),
    ],
)
async def test_a_painted_picture_is_labelled_in_the_customers_language(
    tmp_path: Path, article: str, question: str, alt: str, label: str
) -> None:
    """Chatwoot keeps no alt text with files: what a picture shows, and that AI made it, stands in the message."""
    async with play(tmp_path, approval="never") as playing:
        made: Any = playing.stage
        (tmp_path / "place.md").write_text(article, encoding="utf-8")
        await playing.app.service.knowledge.add(tmp_path / "place.md")
        conversation = await made.ask(question)
        await playing.over(1)
        [answer] = await playing.answers(conversation, 1)
        assert answer.pictures == 1
        assert alt in answer.text, answer
        assert label in answer.text


async def test_a_rate_limit_and_a_broken_status_are_waited_out(tmp_path: Path) -> None:
    """429 and 5xx cost time and nothing else: one hand-over, one note, one line, in their order."""
    async with play(tmp_path, approval="never") as playing:
        made: Any = playing.stage
        made.desk.faults.limits(MESSAGES, 0.01, 2)
        made.desk.faults.fails(STATUS, 502, after=True)
        conversation = await made.ask(PERSON)
        await playing.over(1)
        await playing.answers(conversation, 1)
        assert [one for one in await made.happened() if one != "handed over"] == ["note", "said"]


class Twice(Adapter):
    async def deliver(self, reply: Reply) -> str:
        await super().deliver(reply)
        return await super().deliver(replace(reply, key=f"{reply.key}-again"))


class TakesAllForNew(Adapter):
    async def _keep(self, event: Any) -> None:
        await super()._keep(replace(event, event_id=uuid4().hex))


class BelievesAll(Adapter):
    def __init__(self, settings: ChatwootSettings) -> None:
        super().__init__(settings.model_copy(update={"secret": SecretStr(""), "allow_unsigned": True}))


class HearsOnlyTheFirst(Adapter):
    heard = False

    async def _keep(self, event: Any) -> None:
        if not self.heard:
            await super()._keep(event)
        self.heard = True


class Claims(Adapter):
    def connect(self, limner: Limner) -> tuple[DeskApi, DeskHook]:
        class Api(ChatwootApi):
            async def hand_over(self, conversation: str) -> None:
                self.claimed = True

            async def is_handed_over(self, conversation: str) -> bool:
                return True

        return Api(self._settings), ChatwootHook(self._settings)


class NeverLooks(Adapter):
    async def find(self, reply: Reply) -> str | None:
        return None

    async def deliver(self, reply: Reply) -> str:
        return await super().deliver(replace(reply, posted_as=""))


class GivesUp(Adapter):
    async def deliver(self, reply: Reply) -> str:
        try:
            return await super().deliver(reply)
        except DeliveryError as error:
            raise DeliveryError(str(error), lasting=True) from error


BROKEN = [
    (Twice, "an_approved_answer_is_sent_once", "2 answers and not 1"),
    (TakesAllForNew, "a_message_that_is_told_twice_is_answered_once", "never came"),
    (BelievesAll, "what_nobody_signed_is_not_taken", "answered with 200"),
    (HearsOnlyTheFirst, "a_person_who_speaks_silences_the_desk", "never came"),
    (HearsOnlyTheFirst, "a_draft_is_withdrawn_when_the_customer_says_more", "never came"),
    (Claims, "a_hand_over_is_seen_before_it_is_told", "people do not have it"),
    (NeverLooks, "a_lost_answer_is_not_sent_twice", "2 answers and not 1"),
    (NeverLooks, "what_was_sent_before_a_crash_is_not_sent_again", "2 answers and not 1"),
    (GivesUp, "an_answer_waits_while_the_desk_is_down", "never came|the job is failed"),
]


@pytest.mark.proof
@pytest.mark.parametrize(("kind", "behaviour", "told"), BROKEN)
async def test_what_a_desks_adapter_lacks_is_found(
    tmp_path: Path, kind: type[Adapter], behaviour: str, told: str
) -> None:
    """An adapter that breaks one behaviour fails the test of it, which says what was wrong."""

    class Suite(DeskContract):
        patience_s = 5.0

        @asynccontextmanager
        async def stage(self, folder: Path) -> AsyncIterator[DeskStage]:
            async with Chatwoot().serving() as desk:
                yield ChatwootStage(desk, kind, user_token="user-token")

    with pytest.raises(AssertionError, match=told):
        await getattr(Suite(), f"test_{behaviour}")(tmp_path)
    assert {name for name in vars(DeskContract) if name.startswith("test_")} == {f"test_{one}" for _, one, _ in BROKEN}
