"""Our small adapters pass the suite for adapters, and each of its tests is failed by one that lacks the behaviour."""

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from bot import Adapter, DeliveryError, Outcome, Reply
from bot.chat import Ask, Asker, Card, Place
from bot.chat.front import Press
from bot.testing import PaperEngine, PaperPlatform
from bot.testing.contract import AdapterContract, Post, Stage
from bot.testing.stage import Play

HERE = Place("studio")
EXAMPLE = Path(__file__).parents[2] / "examples" / "limner_mailbox"

with pytest.MonkeyPatch.context() as patch:  # as its author's pytest finds it
    patch.syspath_prepend(EXAMPLE)
    test_mailbox = importlib.import_module("test_mailbox")


class PaperStage(Stage):
    """People around a PaperPlatform, or around one that is broken."""

    def __init__(self, folder: Path, kind: type[PaperPlatform] = PaperPlatform) -> None:
        self._folder, self._kind = folder, kind
        self._paper = kind(folder)
        self._last: Ask | Press | None = None

    def adapter(self) -> Adapter:
        self._paper = self._kind(self._folder)
        return self._paper

    async def say(self, text: str, person: str = "ana") -> None:
        self._last = Ask(uuid4().hex, Asker(person), HERE, text)
        await self._paper.hear(self._last)

    async def press(self, post: Post, kind: str, person: str = "ana") -> None:
        [key] = [key for key in post.buttons if key.startswith(f"{kind}:")]
        self._last = Press(uuid4().hex, Asker(person), HERE, key)
        await self._paper.hear(self._last)

    async def repeat(self) -> None:
        assert self._last is not None
        await self._paper.hear(self._last)

    async def posts(self) -> list[Post]:
        return self._paper.shown()

    @asynccontextmanager
    async def down(self) -> AsyncIterator[None]:
        self._paper.down.touch()
        yield
        self._paper.down.unlink()


class TestPaperPlatform(AdapterContract):
    """The platform that ships does all that is asked of one."""

    @asynccontextmanager
    async def stage(self, folder: Path) -> AsyncIterator[Stage]:
        yield PaperStage(folder)


class TestMailbox(test_mailbox.TestMailbox):
    """So does the example in docs/plugins.md, as far as it applies to what shows no progress and has no buttons."""


class PostsTwice(PaperPlatform):
    async def deliver(self, reply: Reply) -> str:
        await super().deliver(replace(reply, job_id=uuid4().hex))
        return await super().deliver(reply)


class PostsAnewAndNeverLooks(PaperPlatform):
    async def deliver(self, reply: Reply) -> str:
        self._write(reply.job_id, Card(text="See below."), Outcome.DONE, to=reply.message.user)
        return await super().deliver(replace(reply, job_id=uuid4().hex))

    async def find(self, reply: Reply) -> str | None:
        return None


class HasNoButtons(PaperPlatform):
    def _write(self, post: str, card: Card, outcome: str = "", **more: str) -> None:
        super()._write(post, replace(card, rows=()), outcome, **more)


class TakesEveryEventForNew(PaperPlatform):
    async def hear(self, event: Ask | Press) -> None:
        await super().hear(replace(event, event_id=uuid4().hex))


class KnowsTheButtonsOfOneAnswer(PaperPlatform):
    known = ""

    async def deliver(self, reply: Reply) -> str:
        self.known = self.known or reply.pictures[0].id
        return await super().deliver(reply)

    async def hear(self, event: Ask | Press) -> None:
        if isinstance(event, Ask) or event.key.endswith(f":{self.known}"):
            await super().hear(event)


class IgnoresCancel(PaperPlatform):
    async def hear(self, event: Ask | Press) -> None:
        if isinstance(event, Ask) or event.asker.id != "ana":
            await super().hear(event)


class TakesAllForOne(PaperPlatform):
    async def hear(self, event: Ask | Press) -> None:
        await super().hear(replace(event, asker=Asker("ana")))


class GivesUp(PaperPlatform):
    async def deliver(self, reply: Reply) -> str:
        if self.down.exists():
            self._write(reply.job_id, Card(text="Sorry."), Outcome.FAILED)
            raise DeliveryError("The platform is down", lasting=True)
        return await super().deliver(reply)


class ShowsTracebacks(PaperPlatform):
    async def deliver(self, reply: Reply) -> str:
        return await super().deliver(replace(reply, text=f"Traceback (most recent call last): {reply.text}"))


class AnswersTheLastToAsk(PaperPlatform):
    async def hear(self, event: Ask | Press) -> None:
        self.last = event.asker.id
        await super().hear(event)

    async def deliver(self, reply: Reply) -> str:
        return await super().deliver(replace(reply, message=replace(reply.message, user=self.last)))


class SpeaksAsciiOnly(PaperPlatform):
    async def hear(self, event: Ask | Press) -> None:
        assert isinstance(event, Ask)
        await super().hear(replace(event, text=event.text.encode("ascii", "replace").decode()))


class RefusesInSilence(PaperPlatform):
    def _write(self, post: str, card: Card, outcome: str = "", **more: str) -> None:
        if outcome != Outcome.FAILED:
            super()._write(post, card, outcome, **more)


BROKEN = [
    (PostsTwice, "a_wish_is_answered_once_with_its_picture", "2 posts with pictures and not 1"),
    (PostsAnewAndNeverLooks, "progress_is_shown_in_the_post_that_becomes_the_answer", "the progress is one post"),
    (PostsAnewAndNeverLooks, "what_was_posted_before_a_crash_is_not_posted_again", "2 posts with pictures"),
    (PostsAnewAndNeverLooks, "a_restart_amid_painting_leaves_one_post", "2 posts for one wish"),
    (HasNoButtons, "an_answer_has_buttons_that_name_its_picture", "no button"),
    (TakesEveryEventForNew, "an_event_that_comes_twice_is_one_wish", "2 jobs and not 1"),
    (TakesEveryEventForNew, "a_button_of_a_buttons_answer_works", "3 jobs and not 2"),
    (KnowsTheButtonsOfOneAnswer, "a_button_works_after_a_restart", "never came"),
    (KnowsTheButtonsOfOneAnswer, "a_button_of_a_buttons_answer_works", "never came"),
    (IgnoresCancel, "cancel_stops_what_is_painted", "never came"),
    (TakesAllForOne, "cancel_stops_what_is_painted", "never came"),
    (GivesUp, "an_answer_waits_while_the_platform_is_down", "0 posts with pictures"),
    (ShowsTracebacks, "a_failure_is_told_in_words", "people are shown"),
    (AnswersTheLastToAsk, "two_people_at_once_get_their_own_answers", "answers went to others"),
    (SpeaksAsciiOnly, "chinese_words_are_answered", "what arrived is"),
    (RefusesInSilence, "what_cannot_be_taken_is_refused_in_words", "never came"),
]


@pytest.mark.parametrize(("kind", "behaviour", "told"), BROKEN)
async def test_what_an_adapter_lacks_is_found(
    tmp_path: Path, kind: type[PaperPlatform], behaviour: str, told: str
) -> None:
    """A platform that breaks one behaviour fails the test of it, which says what was wrong."""

    class Suite(AdapterContract):
        # Of what never comes nobody can say more after a minute than at once.
        patience_s = 0.3 if told == "never came" else 60.0

        @asynccontextmanager
        async def stage(self, folder: Path) -> AsyncIterator[Stage]:
            yield PaperStage(folder, kind)

    with pytest.raises(AssertionError, match=told):
        await getattr(Suite(), f"test_{behaviour}")(tmp_path)


def test_no_behaviour_goes_unproved() -> None:
    """Each of the suite's tests is failed by a broken platform above."""
    behaviours = {name.removeprefix("test_") for name in vars(AdapterContract) if name.startswith("test_")}
    assert behaviours == {behaviour for _, behaviour, _ in BROKEN}


async def test_what_a_button_explains_deletes_or_refuses_is_shown(tmp_path: Path) -> None:
    """On PaperPlatform a person reads what a picture was painted from, deletes it, and is told when it is gone."""
    paper = PaperStage(tmp_path / "platform")
    play = Play(paper, tmp_path / "limner", PaperEngine(), 60.0)
    async with play.open():
        answer = await play.answer()
        await paper.press(answer, "words")
        await paper.press(answer, "delete")
        await paper.press(answer, "again")
    [deleted, explained, refused] = await paper.posts()
    assert deleted.text == "Deleted."
    assert explained.text.startswith("a red car -> ")
    assert "it was deleted" in refused.text
    assert not any(post.pictures or post.buttons for post in (deleted, explained, refused))
