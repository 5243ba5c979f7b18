"""Limner as an adapter sees it: history, changes from any process, uploads, and pictures of its own channel only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot import Exchange, LimnerError, Message, Outcome, Progress, RequestError
from bot.actions import UNDO
from bot.app import App, open_app, working
from bot.settings import Settings
from bot.testing import PaperPlatform, ScriptedModel, blank_png, calls
from tests.support import PATIENCE_S, message, until

CONVERSATION = "paper/studio/"


@dataclass
class Front:
    """An open app and how to ask it."""

    app: App

    async def ask(self, said: Message | None = None) -> Exchange:
        """Say something and wait for its end."""
        job_id = await self.app.service.accept(said or message())

        async def over() -> bool:
            found = await self.app.service.exchange(job_id)
            return found is not None and found.reply is not None

        await until(over)
        found = await self.app.service.exchange(job_id)
        assert found is not None
        return found


@asynccontextmanager
async def front(folder: Path, *, work: bool = True, step_s: float = 0.0) -> AsyncIterator[Front]:
    options = {"home": folder / "home", "engine": "paper", "engines": {"paper": {"step_s": step_s}}}
    platform = PaperPlatform(folder / "platform")
    async with open_app(Settings(**options), {"paper": platform}) as app:
        if not work:
            yield Front(app)
            return
        async with working(app):
            yield Front(app)


async def test_an_exchange_ends_with_a_reply_that_has_buttons(tmp_path: Path) -> None:
    """A finished exchange has its picture and the picture's buttons, and no progress any more."""
    async with front(tmp_path) as one:
        done = await one.ask()
        assert done.progress is None
        assert done.reply is not None
        [picture] = done.reply.pictures
        assert {action.key.split(":")[1] for action in done.reply.actions} == {picture.id}


async def test_a_button_paints_again_without_an_llm(tmp_path: Path) -> None:
    """Pressing 'again' gives another picture with the picture as its parent; the director would have read 'Again'."""
    async with front(tmp_path) as one:
        reply = (await one.ask()).reply
        assert reply is not None
        again = message("Again", action="again", reply_to=reply.pictures[0].id)
        second = (await one.ask(again)).reply
        assert second is not None
        [picture] = second.pictures
        assert (picture.plan.parent, picture.plan.prompt) == (reply.pictures[0].id, reply.pictures[0].plan.prompt)
        assert picture.plan.seed != reply.pictures[0].plan.seed


async def test_history_is_read_backwards_in_pages(tmp_path: Path) -> None:
    """The last exchanges come oldest first; `before` goes further back; other conversations stay out."""
    async with front(tmp_path, work=False) as one:
        service = one.app.service
        ids = [await service.accept(message(f"picture {number}")) for number in range(5)]
        await service.accept(message("elsewhere", channel="other"))
        page = await service.history(CONVERSATION, limit=2)
        assert [exchange.job_id for exchange in page] == ids[3:]
        page = await service.history(CONVERSATION, before=ids[3], limit=2)
        assert [exchange.job_id for exchange in page] == ids[1:3]
        assert page[0].message.text == "picture 1"
        assert page[0].progress is not None
        assert page[0].progress.stage == "waiting"


async def test_threads_are_told_by_their_first_words_latest_first(tmp_path: Path) -> None:
    """Each of a channel's conversations comes once, with its first message, ordered by its last."""
    async with front(tmp_path, work=False) as one:
        service = one.app.service
        for text, thread in (("first", "a"), ("second", "b"), ("first goes on", "a")):
            await service.accept(message(text, thread=thread))
        await service.accept(message("another channel", channel="studio2"))
        assert [exchange.message.text for exchange in await service.threads("paper", "studio")] == ["first", "second"]


async def test_what_another_process_publishes_is_seen(tmp_path: Path) -> None:
    """Progress, words and previews go through the database, so a page in another process shows them."""
    async with front(tmp_path) as worker, front(tmp_path, work=False) as page:
        watching = asyncio.create_task(page.app.watch.run())
        async with page.app.service.changes(CONVERSATION) as changes:
            await worker.app.inbox.accept(quiet := message("hello", adapter="nobody"))
            job_id = await page.app.service.accept(message("a red car", event_id="told"))
            job = await page.app.inbox.get(job_id)
            assert job is not None
            told = Progress(job_id, job.message, "painting", step=2, steps=4, preview=b"\x89PNG small")
            await worker.app.service.publish(told)
            seen = []
            async with asyncio.timeout(PATIENCE_S):
                async for exchange in changes:
                    assert exchange.message != quiet
                    seen.append(exchange)
                    if exchange.reply:
                        break
            assert seen[-1].job_id == job_id
            assert seen[-1].reply is not None
        watching.cancel()


async def test_a_preview_stays_until_a_newer_one_comes(tmp_path: Path) -> None:
    """Later steps without a preview keep the last one."""
    async with front(tmp_path, work=False) as one:
        service = one.app.service
        said = message()
        job_id = await service.accept(said)
        await service.publish(Progress(job_id, said, "painting", step=1, steps=4, preview=b"one"))
        await service.publish(Progress(job_id, said, "painting", step=2, steps=4))
        found = await service.exchange(job_id)
        assert found is not None
        assert found.progress is not None
        assert (found.progress.step, found.progress.preview) == (2, b"one")


async def test_progress_is_forgotten_when_a_job_is_over(tmp_path: Path) -> None:
    """The next heartbeat takes away what nobody can ask for any more."""
    async with front(tmp_path, work=False) as one:
        service = one.app.service
        said = message()
        job_id = await service.accept(said)
        await service.publish(Progress(job_id, said, "thinking"))
        assert await service.cancel(job_id)
        await one.app.inbox.beat()
        async with one.app.store.read() as connection:
            rows = await connection.exec_driver_sql("SELECT count(*) FROM progress")
            assert rows.scalar_one() == 0


async def test_a_cancelled_exchange_is_over(tmp_path: Path) -> None:
    """A cancelled message ends as such, for whoever watches too; cancelling twice changes nothing."""
    async with front(tmp_path, work=False) as one:
        service = one.app.service
        job_id = await service.accept(message())
        assert await service.cancel(job_id)
        assert not await service.cancel(job_id)
        found = await service.exchange(job_id)
        assert found is not None
        assert found.reply is not None
        assert found.reply.outcome is Outcome.CANCELLED


async def test_a_picture_of_another_channel_can_not_be_replied_to(tmp_path: Path) -> None:
    """Who knows a picture's id from elsewhere learns nothing about it and makes nothing of it."""
    async with front(tmp_path) as one:
        reply = (await one.ask()).reply
        assert reply is not None
        for reply_to in (reply.pictures[0].id, "f" * 32):
            said = message("make it blue", user="bo", channel="elsewhere", reply_to=reply_to)
            with pytest.raises(RequestError, match="There is no such picture here"):
                await one.app.service.accept(said)


async def test_ones_own_picture_can_be_gone_on_from_anywhere(tmp_path: Path) -> None:
    """Its asker goes on from it in another channel; who goes on from there gets no hold of what it was made of."""
    async with front(tmp_path) as one:
        first = (await one.ask()).reply
        assert first is not None
        private = first.pictures[0].id
        moved = (await one.ask(message("make it blue", channel="elsewhere", reply_to=private))).reply
        assert moved is not None
        assert moved.pictures[0].plan.parent == private
        undo = {"user": "bo", "channel": "elsewhere", "action": UNDO, "reply_to": moved.pictures[0].id}
        refused = (await one.ask(message("Undo", **undo))).reply
        assert refused is not None
        assert refused.pictures == ()
        undone = (await one.ask(message("Undo", **(undo | {"user": "ana"})))).reply
        assert undone is not None
        assert undone.pictures[0].plan.same_as == private


async def test_a_deleted_picture_is_gone(tmp_path: Path) -> None:
    """After deleting, neither the reply nor its id shows the picture, and its file is gone."""
    async with front(tmp_path) as one:
        done = await one.ask()
        assert done.reply is not None
        [picture] = done.reply.pictures
        await one.app.service.delete(picture.id)
        assert not picture.path.exists()
        with pytest.raises(LimnerError, match="There is no such picture"):
            await one.app.service.picture(picture.id)
        after = await one.app.service.exchange(done.job_id)
        assert after is not None
        assert after.reply is not None
        assert after.reply.pictures == ()


async def test_who_watches_sees_a_picture_go(tmp_path: Path) -> None:
    """Deleting a picture tells whoever watches its conversation, though its job is long over."""
    async with front(tmp_path) as one:
        done = await one.ask()
        assert done.reply is not None
        async with one.app.service.changes(CONVERSATION) as changes, asyncio.timeout(PATIENCE_S):
            await one.app.service.delete(done.reply.pictures[0].id)
            after = await anext(changes)
        assert after.job_id == done.job_id
        assert after.reply is not None
        assert after.reply.pictures == ()


async def test_an_upload_is_started_from(tmp_path: Path) -> None:
    """A picture that somebody brings is kept, and the painter gets its bytes."""
    async with front(tmp_path) as one:
        png = BytesIO()
        Image.new("RGB", (60, 40), "red").save(png, "PNG")
        attached = await one.app.service.upload(png.getvalue(), "cat.png")
        assert (attached.name, attached.width_px, attached.height_px) == ("cat.png", 60, 40)
        done = await one.ask(message("a red car", attachments=(attached,)))
        assert done.reply is not None
        [picture] = done.reply.pictures
        assert picture.plan.source == attached.sha256
        assert (await one.app.gallery.source(attached.sha256)).startswith(b"\x89PNG")


async def test_what_is_no_picture_is_not_kept(tmp_path: Path) -> None:
    """Bytes that are no picture are refused in one line."""
    async with front(tmp_path, work=False) as one:
        with pytest.raises(RequestError):
            await one.app.service.upload(b"#!/bin/sh", "cat.png")
        assert not list((tmp_path / "home" / "gallery").rglob("*.png"))


async def test_a_source_that_is_gone_fails_with_words(tmp_path: Path) -> None:
    """When the file that a plan starts from was lost, the asker is told to send it again."""
    llm = ScriptedModel(script=[calls("imagine", prompt="a cat", subjects=[{"name": "cat", "count": 1}])])
    options = {"home": tmp_path / "home", "engine": "paper"}
    platform = PaperPlatform(tmp_path / "platform")
    async with open_app(Settings(**options), {"paper": platform}, llm=llm) as app, working(app):
        attached = await app.service.upload(blank_png(8, 8, b"abc"), "cat.png")
        for file in (tmp_path / "home" / "gallery").rglob(f"{attached.sha256}*"):
            file.unlink()
        done = await Front(app).ask(message("a cat", attachments=(attached,)))
        assert done.reply is not None
        assert done.reply.outcome is Outcome.FAILED
        assert "Send it again" in done.reply.text
