"""Asking on Slack: the command with every option, mentions, threads, messages; and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.testing import PaperEngine
from bot.testing.engine import blank_png
from tests.helpers.process import rows
from tests.helpers.slack_bot import slack_bot
from tests.slack_server import Sight, SlackServer
from tests.slack_server.state import Message

PNG = blank_png(96, 64, b"\x14\x5a\xa0")


async def plans_of(app: App, seen: Sight) -> list[Any]:
    """What was painted for the picture that somebody sees."""
    message = await seen.picture()
    exchange = await app.service.posted("slack", f"{message.channel.id}/{message.ts}")
    assert exchange is not None
    assert exchange.reply is not None
    return [one.plan for one in exchange.reply.pictures]


def shown(message: Message | None) -> str:
    """All that a message's blocks say."""
    return str(message.blocks) if message else ""


async def test_every_option_of_the_command_counts(server: SlackServer, tmp_path: Path) -> None:
    """Style, size, count, seed, model and exact words arrive; each picture has its words for who can't see it."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path) as app:
        text = "a red car --style ink --size=128x64 --count 4 --SEED 7 --model sketch"
        seen = await ana.command("/imagine", text, channel)
        plans = await plans_of(app, seen)
        exact = await plans_of(app, await ana.command("/imagine", "—exact a plain cup --size 3:2", channel))
    assert [(plan.style, plan.width_px, plan.height_px, plan.seed) for plan in plans] == [
        ("ink", 128, 64, seed) for seed in (7, 8, 9, 10)
    ]
    assert exact[0].prompt == "a plain cup"
    assert exact[0].width_px > exact[0].height_px
    message = await seen.picture()
    images = [block["alt_text"] for block in message.blocks if block["type"] == "image"]
    assert images == [f"Picture made by AI: {plan.prompt}" for plan in plans]
    assert "seed 7, 8, 9, 10" in shown(message)
    assert "made by AI" in shown(message)
    assert server.problems == []
    assert server.orphans() == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a car --colour red", "There is no option --colour. There are: --style,"),
        ("a car --count 9", "--count 9 is out of range. Choose 1 to 4."),
        ("a car --seed -1", "--seed says nothing. Put a value behind it, such as --seed 7."),
        ("a car --model <nothing>", "There is no model '&lt;nothing&gt;' here. There are: "),
        ("--style ink", "The message is empty"),
    ],
)
async def test_what_the_command_refuses(server: SlackServer, tmp_path: Path, text: str, line: str) -> None:
    """A wrong option is told to the asker alone, in one line, and nothing is painted."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path) as app:
        seen = await ana.command("/imagine", text, channel)
        assert await app.service.line() == []
    assert seen.text.startswith(line)
    assert seen.message
    assert seen.message.only_for is ana.user
    assert server.problems == []


async def test_a_command_without_words_opens_a_form(server: SlackServer, tmp_path: Path) -> None:
    """The form asks what to paint, and what is sent is painted where the command was used."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path):
        seen = await ana.command("/imagine", "", channel)
        form = await seen.until(lambda now: now.modal)
        await ana.submit(form, change="a red car & a <blue> boat")
        [message] = await server.until(lambda: [one for one in ana.sees(channel) if one.pictures])
    assert "a red car & a <blue> boat" in shown(message)
    assert server.problems == []


@pytest.mark.parametrize("mode", ["socket", pytest.param("http", marks=pytest.mark.proof)])
async def test_one_message_is_changed_until_it_is_done(server: SlackServer, tmp_path: Path, mode: str) -> None:
    """Taken, painted with steps, then the picture: one message all the time, unfurling nothing."""
    ana, channel = server.person(), server.channel()
    engine = PaperEngine(PaperEngine.Settings(step_s=1.1))
    async with slack_bot(server, tmp_path, engine=engine, own={"mode": mode}):
        seen = await ana.command("/imagine", "a red car", channel)
        await seen.until(lambda now: [one for one in now.edits if "step" in str(one.blocks)])
        message = await seen.picture()
        await seen.until(lambda now: "made by AI" in shown(now.message))
    assert seen.messages == [message]
    assert message.sent["unfurl_links"] is message.sent["unfurl_media"] is False
    assert message.now.metadata
    assert server.problems == []


async def test_mentions_are_answered_in_their_thread(server: SlackServer, tmp_path: Path) -> None:
    """A mention begins a thread, in which changes need none, and what is said to others is left alone."""
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    async with slack_bot(server, tmp_path) as app:
        asked = await ana.mention(channel, "a red car & a dog, <@" + ben.id + ">")
        first = await asked.picture()
        night = await ben.say(channel, "same, but at night", thread=asked.said)
        [plan] = await plans_of(app, night)
        await ana.say(channel, f"{ben.user.mention} a bit darker, or not?", thread=asked.said)
        await ana.say(channel, "nothing for anybody")
        await server.settled()
    assert first.thread_ts == (asked.said.ts if asked.said else "")
    assert ["car" in plan.prompt, "night" in plan.prompt] == [True] * 2
    assert len(rows(tmp_path)) == len(server.world.posts) == 2
    assert "<@" not in first.text
    assert server.problems == []
    assert server.duplicates() == []


async def test_a_thread_below_a_picture_is_about_it(server: SlackServer, tmp_path: Path) -> None:
    """The first words in the thread of a command's picture change that picture, later ones the newest there."""
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    async with slack_bot(server, tmp_path) as app:
        car = await (await ana.command("/imagine", "a red car on a beach", channel)).picture()
        await (await ben.command("/imagine", "a boat", channel)).picture()
        [night] = await plans_of(app, await ben.say(channel, "same, but at night", thread=car))
        [blue] = await plans_of(app, await ana.mention(channel, "make it blue", thread=car))
    assert ["car" in night.prompt, "night" in night.prompt] == [True] * 2
    assert ["blue car" in blue.prompt, "night" in blue.prompt] == [True] * 2
    assert server.problems == []


async def test_direct_messages_and_what_is_edited(server: SlackServer, tmp_path: Path) -> None:
    """A direct message is a wish, an edit of it and a deletion are none, and nor are the bot's own messages."""
    ana = server.person()
    async with slack_bot(server, tmp_path) as app:
        asked = await ana.say(ana.dm(), "a red car")
        await asked.picture()
        assert asked.said
        await ana.edit(asked.said, "a blue car")
        await ana.delete(asked.said)
        [plan] = await plans_of(app, await ana.say(ana.dm(), "same, but at night"))
        await server.settled()
    assert ["car" in plan.prompt, "night" in plan.prompt] == [True] * 2
    assert len(server.world.posts) == 2
    assert server.problems == []


@pytest.mark.parametrize("where", ["mention", "direct"])
async def test_a_file_is_what_is_painted_from(server: SlackServer, tmp_path: Path, where: str) -> None:
    """A picture that comes with the words is fetched with the token, though only signed-in people see it."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path) as app:
        files = [("ref.png", PNG)]
        if where == "mention":
            seen = await ana.mention(channel, "a watercolour of this", files=files)
        else:
            seen = await ana.say(ana.dm(), "a watercolour of this", files=files)
        message = await seen.picture()
        exchange = await app.service.posted("slack", f"{message.channel.id}/{message.ts}")
    assert exchange
    assert [(one.name, one.width_px) for one in exchange.message.attachments] == [("ref.png", 96)]
    assert len(server.told("app_mention")) == (where == "mention")
    assert server.problems == []


async def test_a_file_that_can_not_be_fetched(server: SlackServer, tmp_path: Path) -> None:
    """Without the scope Slack gives the page to sign in: the asker reads that the picture could not be fetched."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path):
        server.scopes.discard("files:read")
        seen = await ana.mention(channel, "a watercolour of this", files=[("ref.png", PNG)])
        await seen.until(lambda now: now.text)
        await server.settled()
    assert seen.text.startswith("The picture ref.png could not be fetched")
    assert [one.only_for for one in seen.messages] == [ana.user]


async def test_private_answers_come_by_direct_message(server: SlackServer, tmp_path: Path) -> None:
    """With --private nobody else sees the picture, and the asker reads where it is."""
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    async with slack_bot(server, tmp_path):
        seen = await ana.command("/imagine", "a red car --private in the rain", channel)
        message = await seen.picture()
    assert message.channel is ana.dm()
    assert "in the rain" in shown(message)
    assert ben.sees(channel) == []
    assert [one.text for one in seen.messages if one.only_for] == ["It comes to your direct messages."]
    assert server.problems == []


@pytest.mark.parametrize("private", [False, True])
async def test_a_channel_that_the_bot_is_not_in(server: SlackServer, tmp_path: Path, private: bool) -> None:
    """The picture comes by direct message, the asker reads how to invite; once invited it comes to the channel."""
    ana = server.person()
    channel = server.channel("elsewhere", bot=False, private=private)
    async with slack_bot(server, tmp_path):
        seen = await ana.command("/imagine", "a red car", channel)
        message = await seen.picture()
        await seen.until(lambda now: [one for one in now.messages if one.only_for])
        server.invite(channel)
        invited = await ana.command("/imagine", "a blue car", channel)
        [there] = await server.until(lambda: [one for one in ana.sees(channel) if one.pictures])
    assert message.channel is ana.dm()
    assert "invite" in next(one.text for one in seen.messages if one.only_for)
    assert there in invited.messages
    assert server.problems == []


async def test_who_has_to_wait_is_told(server: SlackServer, tmp_path: Path) -> None:
    """After some time of waiting a reply mentions the asker, since an edit notifies nobody; once."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path, own={"mention_after_s": 0}):
        seen = await ana.command("/imagine", "a red car", channel)
        message = await seen.picture()
        await server.until(lambda: message.replies)
        spoken = await ana.mention(channel, "a blue car")
        await spoken.until(lambda now: len(now.messages) == 2)
    assert [one.text for one in message.replies] == [f"<@{ana.id}> Your picture is ready."]
    assert [one.text for one in spoken.messages[1:]] == [f"<@{ana.id}> Your picture is ready."]
    assert server.problems == []
    assert server.duplicates() == []


async def test_rules_and_limits_are_told_in_a_whisper(server: SlackServer, tmp_path: Path) -> None:
    """A rule is named, a spoiler veiled, what is left told, and a used-up day refused; each once, though told twice."""
    rules = {"no rivals": {"words": ["acme"]}, "spiders": {"words": ["spider*"], "action": "spoiler"}}
    ana, ben, channel = server.person(), server.person("ben"), server.channel()
    async with slack_bot(server, tmp_path, policy={"pictures_per_day": 2, "rules": rules}):
        refused = await ana.command("/imagine", "the acme logo", channel)
        spoken = await ana.mention(channel, "the acme logo")
        await spoken.until(lambda now: now.text)
        veiled = await ana.command("/imagine", "a spider", channel)
        await veiled.until(lambda now: "Show the picture" in (now.message.labels if now.message else ()))
        assert veiled.message
        looking = await ben.press(veiled.message, "Show the picture")
        await server.until(lambda: ben.modal and ben.modal.body["blocks"][0]["type"] == "image")
        last = await (await ana.mention(channel, "a cat and a dog")).picture()
        over = await ana.mention(channel, "a horse")
        await over.until(lambda now: now.text)
        await server.settled()
    assert refused.text.startswith("A rule of this team does not allow that: no rivals")
    told = [(one.text, one.only_for) for one in spoken.messages if one.thread_ts is None]
    assert told.count((refused.text, ana.user)) == 1
    assert veiled.message.pictures == ()
    assert "1 of 2 pictures left" in shown(veiled.message)
    assert looking.modal
    assert "spider" in looking.modal.body["blocks"][0]["alt_text"]
    assert "0 of 2 pictures left" in shown(last)
    assert over.text.startswith("You have had your 2 pictures of the last 24 hours")
    assert [one.only_for for one in over.messages] == [ana.user]
    assert server.problems == []


async def test_channels_decide_where_one_may_ask(server: SlackServer, tmp_path: Path) -> None:
    """In a channel that is off the asker reads so; direct messages are answered all the same."""
    ana, channel = server.person(locale="zh-CN"), server.channel()
    async with slack_bot(server, tmp_path, own={"channels_off": [channel.id]}):
        refused = await ana.command("/imagine", "a red car", channel)
        message = await (await ana.say(ana.dm(), "a red car")).picture()
    assert "这个频道关闭了 Limner" in refused.text
    assert "种子" in shown(message)
    assert {"再来一张", "变化", "删除"} <= set(message.labels)
    assert server.problems == []


async def test_an_event_that_is_told_again_counts_once(server: SlackServer, tmp_path: Path) -> None:
    """Acknowledgements that are lost, repeats while it is painted and after a restart: one job and one answer."""
    ana, channel, engine = server.person(), server.channel(), PaperEngine()
    async with slack_bot(server, tmp_path, engine=engine):
        engine.going.clear()
        server.deliveries.lost_acks = 2
        seen = await ana.mention(channel, "a red car")
        await seen.until(lambda now: now.text)
        told = server.told("app_mention")[0]
        server.again(told)
        engine.going.set()
        await seen.picture()
        await server.settled()
    async with slack_bot(server, tmp_path):
        server.again(told)
        await server.settled()
        await (await ana.mention(channel, "a blue car")).picture()
    assert len(server.told("app_mention")[0].results) + len(server.told("message")[0].results) > 2
    assert len(server.world.posts) == 2
    assert server.problems == []


async def test_only_slack_is_believed(server: SlackServer, tmp_path: Path) -> None:
    """A request that is signed by somebody else, or six minutes old, is refused; Slack's challenge is answered."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path, own={"mode": "http"}):
        seen = await ana.mention(channel, "a red car")
        await seen.picture()
        endpoint: Any = server.deliveries.transport
        payload = server.told("app_mention")[0].payload
        assert await endpoint.forged(payload, secret="another") == 401
        assert await endpoint.forged(payload, age_s=360) == 401
        assert await endpoint.verified()
    assert server.problems == []
