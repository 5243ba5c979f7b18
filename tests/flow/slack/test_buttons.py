"""Buttons and forms on Slack: what they do, for whom, and after a restart."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

from bot.errors import EngineError
from bot.testing import PaperEngine, RefusingEngine
from tests.helpers.slack_bot import slack_bot
from tests.slack_server import Person, Sight, SlackServer
from tests.slack_server.state import Message


def painted(folder: Path, what: str = "json_extract(plan, '$.prompt')") -> list[Any]:
    """Something of all pictures so far, oldest first."""
    with sqlite3.connect(folder / "limner.db") as database:
        return [row[0] for row in database.execute(f"SELECT {what} FROM pictures ORDER BY seq")]


async def picture(person: Person, words: str, channel: Any) -> Message:
    """What comes of a command."""
    return await (await person.command("/imagine", words, channel)).picture()


async def another(seen: Sight) -> Message:
    """The new message with a picture that comes of a press."""
    found: list[Message] = await seen.until(lambda now: [one for one in now.messages if one.pictures])
    return found[0]


async def form(person: Person, message: Message, button: str) -> Any:
    """The form behind a button."""
    return await (await person.press(message, button)).until(lambda now: now.modal)


async def whispered(seen: Sight, to: Person) -> str:
    """What only one person reads."""
    [said] = await seen.until(lambda now: [one for one in now.messages if one.only_for])
    assert said.only_for is to.user
    return str(said.text)


async def test_every_button_of_a_picture_works_after_a_restart(server: SlackServer, tmp_path: Path) -> None:
    """Again, vary, use my words, same seed with a change, edit the prompt: each is a new message with a picture."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path):
        message = await picture(ana, "a red car --style ink --seed 7", channel)
    async with slack_bot(server, tmp_path, own={"mode": "http"}):
        for button in ("Again", "Vary", "Use my words"):
            await another(await ana.press(message, button))
        await ana.submit(await form(ana, message, "Same seed"), change="a blue car")
        await server.until(lambda: len([one for one in ana.sees(channel) if one.pictures]) == 5)
        fields = {"prompt": "a green car", "size": "128x64", "style": "watercolour", "seed": ""}
        await ana.submit(await form(ana, message, "Edit the prompt"), **fields)
        await server.until(lambda: len([one for one in ana.sees(channel) if one.pictures]) == 6)
    made, seeds = painted(tmp_path), painted(tmp_path, "json_extract(plan, '$.seed')")
    assert made[1] == made[0], "again"
    assert made[3] == "a red car"
    assert "blue car" in made[4]
    assert made[5].startswith("a green car, ")
    assert "watercolour" in made[5]
    assert seeds[0] == seeds[4] == 7
    assert seeds[5] != 7
    assert server.problems == []
    assert server.duplicates() == []
    assert server.orphans() == []


async def test_four_pictures_have_a_button_each_to_vary(server: SlackServer, tmp_path: Path) -> None:
    """'Vary 3' goes on from the third picture, in the thread that the picture stands in."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path):
        asked = await ana.mention(channel, "four pictures of a red car")
        message = await asked.picture()
        assert message.labels[:5] == ["Again", "Vary 1", "Vary 2", "Vary 3", "Vary 4"]
        pressed = await ana.press(message, "Vary 3")
        [varied] = await server.until(lambda: [one for one in server.world.posts[1:] if one.pictures])
    assert painted(tmp_path, "parent")[4] == painted(tmp_path, "id")[2]
    assert varied.thread_ts == message.thread_ts
    assert not pressed.failed
    assert server.problems == []


async def test_anybody_may_go_on_and_only_the_asker_or_an_admin_deletes(server: SlackServer, tmp_path: Path) -> None:
    """Ben varies Ana's picture, can't delete it, and is told why; Ana can: message, file and picture are gone."""
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    async with slack_bot(server, tmp_path) as app:
        first = await picture(ana, "a red car", channel)
        [file] = first.pictures
        await another(await ben.press(first, "Vary"))
        said = await whispered(await ben.press(first, "Delete"), ben)
        await ana.press(first, "Delete")
        await server.until(lambda: first.deleted_at and file.deleted)
        gone = await app.service.posted("slack", f"{channel.id}/{first.ts}")
    assert "moderator" in said
    assert gone
    assert gone.reply
    assert gone.reply.pictures == ()
    assert server.problems == []
    assert server.orphans() == []


async def test_a_picture_that_is_gone_is_said_to_be_gone(server: SlackServer, tmp_path: Path) -> None:
    """A button below a message whose picture was deleted elsewhere answers in a whisper."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path) as app:
        message = await picture(ana, "a red car", channel)
        exchange = await app.service.posted("slack", f"{channel.id}/{message.ts}")
        assert exchange
        assert exchange.reply
        await app.service.delete(exchange.reply.pictures[0].id)
        for button in ("Edit the prompt", "Vary", "Your words / My prompt"):
            assert "deleted" in await whispered(await ana.press(message, button), ana)
    assert server.problems == []


async def test_cancel_stops_the_painting(server: SlackServer, tmp_path: Path) -> None:
    """The asker's press stops it, and the message says so; somebody else's press does not, and nor does a late one."""
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    engine = PaperEngine()
    engine.going.clear()
    async with slack_bot(server, tmp_path, engine=engine) as app:
        seen = await ana.command("/imagine", "a red car", channel)
        await seen.until(lambda now: now.message and "Cancel" in now.message.labels)
        assert "Only the person who asked" in await whispered(await ben.press(seen.message, "Cancel"), ben)
        pressed = await asyncio.gather(ana.press(seen.message, "Cancel"), ana.press(seen.message, "Cancel"))
        await seen.until(lambda now: "Stopped" in now.text)
        await server.until(lambda: [one for twice in pressed for one in twice.messages if "over already" in one.text])
        assert await app.service.line() == []
    assert seen.message
    assert (seen.message.pictures, seen.message.labels) == ((), [])
    assert server.problems == []


async def test_a_proposal_waits_for_its_asker(server: SlackServer, tmp_path: Path) -> None:
    """With 'ask first' the prompt is shown with 'Use mine / Use this / Edit'; a restart later its asker says yes."""
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    async with slack_bot(server, tmp_path, rewriting="ask"):
        seen = await ana.command("/imagine", "a red car --style ink", channel)
        await seen.until(lambda now: "would paint" in now.text)
    assert seen.message
    assert seen.message.labels[:3] == ["Use mine", "Use this", "Edit"]
    async with slack_bot(server, tmp_path, rewriting="ask"):
        assert "Only the person who asked" in await whispered(await ben.press(seen.message, "Use this"), ben)
        made = await (await ana.press(seen.message, "Use this")).picture()
    assert "ink" in made.text
    assert server.problems == []


async def test_the_words_behind_a_picture(server: SlackServer, tmp_path: Path) -> None:
    """'Your words / My prompt' shows both to whoever asks, with what was added in bold, and mentions nobody."""
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    async with slack_bot(server, tmp_path):
        message = await picture(ana, "a red car with *stars* and <!channel> & `code`", channel)
        words = await whispered(await ben.press(message, "Your words / My prompt"), ben)
    assert words.startswith("*Your words*")
    assert "&lt;!channel&gt;" in words
    assert "*stars*" not in words
    assert "*" in words.partition("*My prompt*")[2]
    assert server.problems == []


async def test_a_bad_form_is_refused_in_one_line(server: SlackServer, tmp_path: Path) -> None:
    """A size or seed that is none is told in the form, which stays open, and nothing is painted."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path):
        message = await picture(ana, "a red car", channel)
        for field, value, line in (
            ("size", "huge", "'huge' is no size. Say it like 512x512."),
            ("seed", "-1", "'-1' is no seed. A seed is a whole number from 0 to 4294967295."),
        ):
            view = await form(ana, message, "Edit the prompt")
            sent = await ana.submit(view, **{field: value})
            assert sent.errors == {field: line}
            assert ana.modal is view
    assert len(painted(tmp_path)) == 1
    assert server.problems == []


async def test_a_failure_is_told_and_can_be_tried_again(server: SlackServer, tmp_path: Path) -> None:
    """What the painter can't do is said in words, without a path, with a button that asks once more."""
    ana, channel = server.person(), server.channel()
    broken = RefusingEngine(EngineError("There is no model in /srv/paper", "Put one there."))
    async with slack_bot(server, tmp_path, engine=broken):
        seen = await ana.command("/imagine", "a red car", channel)
        await seen.until(lambda now: "no model" in now.text)
    async with slack_bot(server, tmp_path):
        await (await ana.press(seen.message, "Try again")).picture()
    assert seen.text == "a red car – There is no model in paper. Put one there."
    assert server.problems == []
