"""The generic webhook's adapter with a desk of somebody's own: the suite for desks, and each way of signing."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from adapters.desk.webhook import Webhook
from adapters.desk.webhook_settings import SCHEMES, WebhookSettings
from bot.desk.draft import Status
from bot.errors import SettingsError
from bot.testing.desk_contract import ASKED, PERSON, DeskContract, DeskPlay, DeskStage, Said
from tests.desk_servers.receiver import Receiver


class WebhookStage(DeskStage):
    """A desk that follows the guide."""

    def __init__(self, desk: Receiver, **settings: Any) -> None:
        self.desk, self._settings = desk, settings
        self.forgeries = tuple(one for one in DeskStage.forgeries if one != "stale" or desk.scheme != "github")

    def adapter(self) -> Webhook:
        table = {"secret": self.desk.secret, "scheme": self.desk.scheme, "port": 0}
        near = {"callback_url": f"{self.desk.url}/callback", "max_body_bytes": 4096}
        return Webhook(WebhookSettings.model_validate(table | near | self._settings))

    def listens(self, address: str) -> None:
        self.desk.hook = address

    async def ask(self, text: str, conversation: str = "") -> str:
        conversation = conversation or uuid4().hex
        assert await self.desk.event(conversation=conversation, customer="lin", text=text) == 200
        return conversation

    async def repeat(self) -> None:
        await self.desk.again()

    async def colleague(self, conversation: str, text: str) -> None:
        await self.desk.event(type="person", conversation=conversation, person="mia")

    async def forged(self, kind: str) -> int:
        body = json.dumps({"id": "1", "conversation": "c", "text": "x" * (5000 if kind == "oversize" else 1)}).encode()
        body = body[1:] if kind == "no JSON" else body
        self.desk.clock.ahead_s = -400 if kind == "stale" else 0
        headers = dict(self.desk.signed(b"another body" if kind == "wrongly signed" else body))
        self.desk.clock.ahead_s = 0
        return await self.desk.tell(body, {} if kind == "unsigned" else headers)

    async def said(self, conversation: str, *, private: bool = False) -> list[Said]:
        told = self.desk.of("note" if private else "answer", conversation)
        return [Said(one["text"], len(one["pictures"])) for one in told]

    async def happened(self) -> list[str]:
        names = {"hand_over": "handed over", "note": "note", "answer": "said"}
        return [names[one["type"]] for one in self.desk.got if one["type"] in names]

    async def with_people(self, conversation: str) -> bool:
        return bool(self.desk.of("hand_over", conversation))

    def lose_an_answer(self) -> None:
        self.desk.faults.cuts("POST /callback", after=True)

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        self.desk.is_away = True
        yield
        self.desk.is_away = False


@asynccontextmanager
async def stage(scheme: str = "hex", **settings: Any) -> AsyncIterator[WebhookStage]:
    async with Receiver(scheme).serving() as desk:
        yield WebhookStage(desk, **settings)
        assert not desk.problems


class TestWebhook(DeskContract):
    """A receiver that drops what it has already may be told everything again."""

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[DeskStage]:
        async with stage() as made:
            yield made


@pytest.mark.parametrize("scheme", sorted(set(SCHEMES) - {"hex"}))
async def test_each_way_of_signing_holds_both_ways(tmp_path: Path, scheme: str) -> None:
    """Webhooks that the desk signs are taken, others not; callbacks carry signatures that the desk believes."""
    async with stage(scheme) as made:
        playing = DeskPlay(made, tmp_path / "limner", 60.0)
        async with playing.open(approval="never"):
            for kind in made.forgeries:
                assert 400 <= await made.forged(kind) < 500, kind
            conversation = await made.ask("hello")
            await playing.over(1)
            await playing.answers(conversation, 1)


async def test_what_comes_and_goes_is_as_the_guide_says(tmp_path: Path) -> None:
    """An answer has text, HTML, its picture as base64 with alt text, and its source; decisions come as events."""
    async with stage() as made:
        playing = DeskPlay(made, tmp_path / "limner", 60.0)
        async with playing.open(knows=True):
            conversation = await made.ask(ASKED)
            draft = await playing.draft()
            about = {"conversation": conversation, "person": "mia", "draft": draft.id}
            assert await made.desk.event(type="approve", text="It is **at the back**.", **about) == 200
            await playing.over(1)
            [answer] = made.desk.of("answer", conversation)
            assert answer["text"].startswith("It is **at the back**.")
            assert answer["html"].startswith("<p>It is <b>at the back</b>.</p>")
            [picture] = answer["pictures"]
            assert base64.b64decode(picture["data"]).startswith(b"\x89PNG")
            assert (picture["alt_text"], picture["label"]) == ("The reset button on the back", "")
            assert [one["title"] for one in answer["citations"]] == ["Reset"]
            assert await made.desk.event(type="rating", helped=True, conversation=conversation) == 200
            assert await made.desk.event(type="sing", conversation=conversation) == 422
            assert await made.desk.event(text="without a conversation") == 422


async def test_a_conversation_can_be_given_back(tmp_path: Path) -> None:
    """After a hand-over nothing is answered until the desk releases the conversation."""
    async with stage() as made:
        playing = DeskPlay(made, tmp_path / "limner", 60.0)
        async with playing.open(approval="never"):
            conversation = await made.ask(PERSON)
            await playing.over(1)
            await made.ask("hello", conversation)
            await playing.over(2)
            await playing.answers(conversation, 1)
            await made.desk.event(type="released", conversation=conversation)
            await made.ask("hello", conversation)
            await playing.over(3)
            await playing.answers(conversation, 2)


async def test_a_receiver_may_refuse_an_answer(tmp_path: Path) -> None:
    """409 says that a person speaks there: the answer is dropped, and its draft withdrawn."""
    async with stage() as made:
        playing = DeskPlay(made, tmp_path / "limner", 60.0)
        async with playing.open(approval="never"):
            made.desk.taken = True
            await made.ask("hello")
            await playing.over(1)
            await playing.draft(Status.WITHDRAWN)


@pytest.mark.parametrize("lacking", ["secret", "callback_url"])
def test_what_is_needed_is_said(lacking: str) -> None:
    """Without a secret or a place for answers it does not start, and one line says which."""
    table = {"secret": "s", "callback_url": "http://127.0.0.1:9/"}
    with pytest.raises(SettingsError, match=f"adapters.webhook.{lacking}"):
        Webhook(WebhookSettings.model_validate(table | {lacking: ""}))
