"""Buttons and forms on Discord: what they do, for whom, and after a restart."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

from bot.errors import ModelUnavailable
from bot.tasks import PaintEvent, PaintTask
from bot.testing import PaperEngine
from tests.discord_server import DiscordServer
from tests.discord_server.state import MANAGE_MESSAGES, PEOPLE_MAY, Message
from tests.helpers.discord_bot import discord_bot


def prompts(folder: Path) -> list[str]:
    """What was painted from so far, oldest first."""
    with sqlite3.connect(folder / "limner.db") as database:
        return [row[0] for row in database.execute("SELECT json_extract(plan, '$.prompt') FROM pictures ORDER BY seq")]


def seeds(folder: Path) -> list[int]:
    """The seeds of all pictures so far, oldest first."""
    with sqlite3.connect(folder / "limner.db") as database:
        return [row[0] for row in database.execute("SELECT json_extract(plan, '$.seed') FROM pictures ORDER BY seq")]


def labels(message: Message) -> list[str]:
    return [part["label"] for part in message.interactive]


async def test_every_button_of_a_picture_works_after_a_restart(server: DiscordServer, tmp_path: Path) -> None:
    """Again, vary, use my words, same seed with a change, edit the prompt: each is a new message with a picture."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path):
        message = await (await ana.slash(channel, "imagine", prompt="a red car", style="ink", seed=7)).picture()
    async with discord_bot(server, tmp_path):
        for button in ("Again", "Vary", "Use my words"):
            assert (await (await ana.press(message, button)).picture()).id != message.id
        seeded = await ana.press(message, "Same seed")
        await (await ana.submit_modal(seeded, change="a blue car")).picture()
        edited = await ana.press(message, "Edit the prompt")
        fields = {"prompt": "a green car", "size": "128x64", "style": "watercolour", "seed": ""}
        await (await ana.submit_modal(edited, **fields)).picture()
    made = prompts(tmp_path)
    assert made[1] == made[0], "again"
    assert made[3] == "a red car"
    assert "blue car" in made[4]
    assert made[5].startswith("a green car, ")
    assert "watercolour" in made[5]
    assert seeds(tmp_path)[0] == seeds(tmp_path)[4] == 7
    assert seeds(tmp_path)[5] != 7
    assert server.problems == []
    assert server.duplicates() == []


async def test_four_pictures_have_a_button_each_to_vary(server: DiscordServer, tmp_path: Path) -> None:
    """'Vary 3' goes on from the third picture."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path):
        message = await (await ana.slash(channel, "imagine", prompt="a red car", count=4, seed=1)).picture()
        assert labels(message)[:5] == ["Again", "Vary 1", "Vary 2", "Vary 3", "Vary 4"]
        await (await ana.press(message, "Vary 3")).picture()
    with sqlite3.connect(tmp_path / "limner.db") as database:
        rows = list(database.execute("SELECT id, parent FROM pictures ORDER BY seq"))
    assert rows[4][1] == rows[2][0]
    assert server.problems == []


async def test_anybody_may_go_on_and_only_the_asker_or_a_moderator_deletes(
    server: DiscordServer, tmp_path: Path
) -> None:
    """Ben varies Ana's picture, can't delete it, and is told why; a moderator can, and the pictures are gone."""
    guild = server.guild()
    ana, ben = server.person(guild=guild), server.person("ben", guild=guild)
    mod = server.person("mod", guild=guild, permissions=PEOPLE_MAY | MANAGE_MESSAGES)
    channel = server.channel(guild)
    async with discord_bot(server, tmp_path) as app:
        first = await (await ana.slash(channel, "imagine", prompt="a red car")).picture()
        second = await (await ana.slash(channel, "imagine", prompt="a blue car")).picture()
        await (await ben.press(first, "Vary")).picture()
        refused = await ben.press(first, "Delete")
        await refused.until(lambda now: [one for one in ben.sees(channel) if one.ephemeral])
        await mod.press(first, "Delete")
        await server.until(lambda: first.deleted_at)
        await ana.press(second, "Delete")
        await server.until(lambda: second.deleted_at)
        third = await (await ana.slash(channel, "imagine", prompt="a green car")).picture()
        gone = await app.service.posted("discord", f"{channel.id}/{first.id}")
    [whisper] = [one for one in ben.sees(channel) if one.ephemeral]
    assert "moderator" in whisper.content
    assert gone is not None
    assert gone.reply is not None
    assert gone.reply.pictures == ()
    assert not third.deleted_at
    assert server.problems == []


async def test_a_picture_that_is_gone_is_said_to_be_gone(server: DiscordServer, tmp_path: Path) -> None:
    """A button below a message whose picture was deleted elsewhere answers in a whisper."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path) as app:
        message = await (await ana.slash(channel, "imagine", prompt="a red car")).picture()
        exchange = await app.service.posted("discord", f"{channel.id}/{message.id}")
        assert exchange is not None
        assert exchange.reply is not None
        await app.service.delete(exchange.reply.pictures[0].id)
        for button in ("Edit the prompt", "Your words / My prompt"):
            seen = await ana.press(message, button)
            await seen.until(lambda now: now.messages)
            assert "deleted" in seen.messages[0].content
            assert seen.messages[0].ephemeral
    assert server.problems == []


async def test_cancel_stops_the_painting(server: DiscordServer, tmp_path: Path) -> None:
    """The asker's press stops it, and the message says so; somebody else's press does not."""
    guild = server.guild()
    ana, ben = server.person(guild=guild), server.person("ben", guild=guild)
    channel = server.channel(guild)
    engine = PaperEngine(PaperEngine.Settings(step_s=5))
    async with discord_bot(server, tmp_path, engine=engine) as app:
        seen = await ana.slash(channel, "imagine", prompt="a red car")
        await seen.until(lambda now: "Painting" in now.text)
        refused = await ben.press(seen.message, "Cancel")
        await refused.until(lambda now: [one for one in ben.sees(channel) if one.ephemeral])
        await ana.press(seen.message, "Cancel")
        await seen.until(lambda now: "Stopped" in now.text)
        assert await app.service.line() == []
    assert seen.message
    assert (seen.message.attachments, seen.message.interactive) == ((), [])
    assert len(engine.cancelled) == 1
    assert server.problems == []


async def test_what_is_stopped_elsewhere_is_told_too(server: DiscordServer, tmp_path: Path) -> None:
    """`limner queue` stops a job, and its message on Discord says so."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path, engine=PaperEngine(PaperEngine.Settings(step_s=30))) as app:
        seen = await ana.slash(channel, "imagine", prompt="a red car")
        await seen.until(lambda now: "Painting" in now.text)
        [exchange] = await app.service.line()
        assert await app.service.cancel(exchange.job_id)
        await seen.until(lambda now: "Stopped" in now.text)
    assert server.problems == []


async def test_a_proposal_waits_for_its_asker(server: DiscordServer, tmp_path: Path) -> None:
    """With 'ask first' the prompt is shown with 'Use mine / Use this / Edit'; a restart later its asker says yes."""
    guild = server.guild()
    ana, ben = server.person(guild=guild), server.person("ben", guild=guild)
    channel = server.channel(guild)
    async with discord_bot(server, tmp_path, rewriting="ask"):
        seen = await ana.slash(channel, "imagine", prompt="a red car", style="ink")
        await seen.until(lambda now: "would paint" in now.text)
        assert seen.message
        assert labels(seen.message)[:3] == ["Use mine", "Use this", "Edit"]
    async with discord_bot(server, tmp_path, rewriting="ask"):
        refused = await ben.press(seen.message, "Use this")
        await refused.until(lambda now: now.messages)
        painted = await (await ana.press(seen.message, "Use this")).picture()
    assert "Only the person who asked" in refused.messages[0].content
    assert refused.messages[0].ephemeral
    assert "ink" in (painted.attachments[0].description or "")
    assert server.problems == []


async def test_the_words_behind_a_picture(server: DiscordServer, tmp_path: Path) -> None:
    """'Your words / My prompt' shows both to whoever asks, with what was added in bold, and mentions nobody."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path):
        wish = "a red car with *stars* and @everyone"
        message = await (await ana.slash(channel, "imagine", prompt=wish)).picture()
        seen = await ana.press(message, "Your words / My prompt")
        await seen.until(lambda now: now.messages)
    words = seen.messages[0]
    assert words.ephemeral
    assert "Your words" in words.content
    assert r"\*stars\*" in words.content
    assert "**" in words.content.partition("My prompt")[2]
    assert not words.pinged_everyone
    assert server.problems == []


async def test_a_bad_form_is_refused_in_one_line(server: DiscordServer, tmp_path: Path) -> None:
    """A size or seed that is none is told to whoever sent it, and nothing is painted."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    async with discord_bot(server, tmp_path):
        message = await (await ana.slash(channel, "imagine", prompt="a red car")).picture()
        for field, value, line in (
            ("size", "huge", "'huge' is no size. Say it like 512x512."),
            ("seed", "-1", "'-1' is no seed. A seed is a whole number from 0 to 4294967295."),
        ):
            opened = await ana.press(message, "Edit the prompt")
            sent = await ana.submit_modal(opened, **{field: value})
            await sent.until(lambda now: now.messages)
            assert sent.messages[0].content.replace("\\", "") == line
            assert sent.messages[0].ephemeral
    assert len(prompts(tmp_path)) == 1
    assert server.problems == []


class Broken(PaperEngine):
    """Can't paint before it is mended."""

    mended = False

    async def paint(self, task: PaintTask) -> AsyncIterator[PaintEvent]:
        """Says where its model should be, as an engine does."""
        if not self.mended:
            raise ModelUnavailable("There is no model in /srv/models/paper", "Put one there.")
        async for event in super().paint(task):
            yield event


async def test_a_failure_is_told_and_can_be_tried_again(server: DiscordServer, tmp_path: Path) -> None:
    """What the painter can't do is said in words, without a path, with a button that asks once more."""
    guild = server.guild()
    ana, channel = server.person(guild=guild), server.channel(guild)
    engine = Broken()
    async with discord_bot(server, tmp_path, engine=engine):
        seen = await ana.slash(channel, "imagine", prompt="a red car")
        await seen.until(lambda now: "no model" in now.text)
        engine.mended = True
        again = await ana.press(seen.message, "Try again")
        await again.picture()
    assert seen.text == "**a red car**\nThere is no model in paper. Put one there."
    assert server.problems == []


async def test_a_private_picture_stays_private(server: DiscordServer, tmp_path: Path) -> None:
    """What was painted for one person alone is not shown by another's 'undo' of what they made of it in public."""
    guild = server.guild()
    ana, ben = server.person(guild=guild), server.person("ben", guild=guild)
    channel = server.channel(guild)
    async with discord_bot(server, tmp_path):
        secret = await (await ana.slash(channel, "imagine", prompt="a red car", private=True)).picture()
        shown = await (await ana.say(channel, f"{server.bot.mention} make it blue")).picture()
        undone = await ben.say(channel, "undo", reference=shown)
        await undone.until(lambda now: now.text and "Reading" not in now.text)
        own = await (await ana.press(shown, "Undo")).picture()
    assert secret.ephemeral
    assert [one for one in undone.messages if one.attachments] == []
    assert "nothing to undo" in undone.text
    assert own.attachments[0].data == secret.attachments[0].data
    assert server.problems == []
