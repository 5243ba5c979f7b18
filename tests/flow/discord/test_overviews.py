"""/queue and /history: what is under way, and one's own last pictures."""

import io
from pathlib import Path

import pytest
from PIL import Image

from bot.app import App
from bot.chat import Asker, Front, Gate, Place
from bot.errors import RequestError
from bot.provenance import AI_MADE
from bot.testing import PaperEngine
from tests.discord_server import DiscordServer
from tests.helpers.discord_bot import discord_bot
from tests.support import until

LONG = "一只*非常*漂亮的_红色_狐狸" * 60


async def test_the_line_and_calling_off(server: DiscordServer, tmp_path: Path) -> None:
    """One sees all requests' number and one's own words; the list's buttons stop them, now and after a restart."""
    guild = server.guild()
    ana, li, channel = (
        server.person(guild=guild),
        server.person("li", locale="zh-CN", guild=guild),
        server.channel(guild),
    )
    engine = PaperEngine()
    async with discord_bot(server, tmp_path, engine=engine):
        assert (await ana.slash(channel, "queue")).text == "Nothing is under way."
        engine.going.clear()
        asked = [await ana.slash(channel, "imagine", prompt=f"a {name} car") for name in ("red", "green", "blue")]
        await li.slash(channel, "imagine", prompt="秘密的城堡", private=True)
        seen = await ana.slash(channel, "queue")
        assert seen.message
        assert seen.message.only_for == ana.id
        assert seen.text.startswith("Requests under way in all: 4\nYours: 3\n1. a ")
        assert "秘密" not in seen.text
        assert [one["label"] for one in seen.message.interactive] == ["Cancel 1", "Cancel 2", "Cancel 3"]
        theirs = await li.slash(channel, "queue")
        assert theirs.text.startswith("正在进行的请求共 4 个\n其中你的：1 个\n1. 秘密的城堡: ")
        assert "car" not in theirs.text
        # Who was understood first is painted first, which need not be who asked first.
        [green] = [line[0] for line in seen.text.splitlines() if "a green car: " in line]
        await ana.press(seen.message, f"Cancel {green}")
        await seen.until(lambda one: "in all: 3\nYours: 2\n" in one.text)
        assert "green" not in seen.text
        await asked[1].until(lambda one: "Stopped." in one.text)
        assert len(seen.message.interactive) == 2
    async with discord_bot(server, tmp_path) as app:
        await over(app)
        late = await ana.press(seen.message, "Cancel 1")
        await late.until(lambda one: any("over already" in message.content for message in one.messages))
        await seen.until(lambda one: one.text == "Nothing is under way.")
        assert not seen.message.interactive
    assert server.problems == []


async def test_a_long_line_fits_and_a_restart_keeps_its_buttons(server: DiscordServer, tmp_path: Path) -> None:
    """Thirty long requests: as many as fit, a button for each of those, and the number of the others."""
    ana = server.person("ana", locale="zh-CN")
    engine = PaperEngine()
    engine.going.clear()
    policy = {"policy": {"waiting_per_person": 40}}
    async with discord_bot(server, tmp_path, engine=engine, **policy):
        for number in range(30):
            await ana.slash(ana.dm(), "imagine", prompt=f"{number}{LONG}")
        seen = await ana.slash(ana.dm(), "queue")
    assert seen.message
    buttons = seen.message.interactive
    assert seen.text.count("\n") == 1 + len(buttons) + 1
    assert f"还有 {30 - len(buttons)} 个" in seen.text
    engine = PaperEngine()
    engine.going.clear()
    async with discord_bot(server, tmp_path, engine=engine, **policy):
        await ana.press(seen.message, "取消 5")
        await seen.until(lambda one: "共 29 个" in one.text)
    assert server.problems == []


async def test_the_last_pictures(server: DiscordServer, tmp_path: Path) -> None:
    """Thumbnails with alt text and links to where each stands; none to what was private; gone on from anywhere."""
    guild = server.guild()
    ana, li, channel = (
        server.person(guild=guild),
        server.person("li", locale="zh-CN", guild=guild),
        server.channel(guild),
    )
    thread, other = server.world.thread(channel, "t", ana.user), server.channel(guild, "other")
    policy = {"policy": {"rules": {"gore": {"words": ["blood"], "action": "spoiler"}}}}
    async with discord_bot(server, tmp_path, **policy) as app:
        empty = await li.slash(channel, "history")
        await empty.until(lambda one: "你还没有图片" in one.text)
        stands = [
            await (
                await ana.slash(channel, "imagine", prompt="a red car", style="ink", seed=7, size="1024x640")
            ).picture(),
            await (await ana.slash(thread, "imagine", prompt="blood on snow")).picture(),
            await (await ana.say(ana.dm(), "a blue car")).picture(),
            await (await ana.slash(channel, "imagine", prompt="a hidden car", private=True)).picture(),
        ]
        gone = await (await ana.slash(channel, "imagine", prompt="a bad car")).picture()
        await ana.press(gone, "Delete")
        await (await li.slash(channel, "imagine", prompt="a foreign car")).picture()
        await over(app)
        shown = await (await ana.slash(other, "history")).picture()
    lines = shown.content.splitlines()
    links = [
        f"https://discord.com/channels/{guild.id if at.guild else '@me'}/{at.id}/{one.id}"
        for one in stands[:3]
        if (at := one.channel)
    ]
    assert shown.only_for == ana.id
    assert lines[1].startswith("1. a hidden car · seed ")
    assert "https" not in lines[1]
    assert lines[2:] == [
        f"2. a blue car · seed {seed_of(lines[2])} · [show]({links[2]})",
        f"3. blood on snow · seed {seed_of(lines[3])} · [show]({links[1]})",
        f"4. a red car · style ink · seed 7 · [show]({links[0]})",
    ]
    with Image.open(io.BytesIO(shown.attachments[3].data)) as small:
        assert (small.format, small.size) == ("WEBP", (256, 160))
        assert AI_MADE in small.info["xmp"].decode()
    assert "a red car" in (shown.attachments[3].description or "")
    assert [one.spoiler for one in shown.attachments] == [False, False, True, False]
    async with discord_bot(server, tmp_path) as app:
        varied = await (await ana.press(shown, "Vary 2")).picture()
        assert varied.only_for == ana.id
        assert "blue car" in (varied.attachments[0].description or "")
        front, place = Front(app.service, "discord", Gate()), Place(other.id, team=guild.id)
        [key] = [one["custom_id"] for one in shown.interactive if one["label"] == "Vary 2"]
        with pytest.raises(RequestError, match="这张图已经不在了"):
            await front.form(f"prompt:{key.partition(':')[2]}", Asker(li.id, language="zh"), place)
    assert server.problems == []


async def test_long_words_leave_room_for_nine_pictures(server: DiscordServer, tmp_path: Path) -> None:
    """Of more than nine pictures the newest nine are shown, each with its line, button and thumbnail."""
    ana, channel = server.person("ana", locale="zh-CN", guild=(guild := server.guild())), server.channel(guild)
    async with discord_bot(server, tmp_path) as app:
        for _ in range(3):
            await (
                await ana.slash(channel, "imagine", prompt=LONG, exact=True, count=4, style="black-and-white")
            ).picture()
        await over(app)
        shown = await (await ana.slash(channel, "history")).picture()
    assert len(shown.content.splitlines()) == 1 + 9
    assert shown.content.endswith(")")
    assert len(shown.attachments) == len(shown.interactive) == 9
    assert server.problems == []


async def over(app: App) -> None:
    """Wait until nothing is under way: a picture is seen a moment before that."""

    async def is_over() -> bool:
        return not await app.service.line()

    await until(is_over)


def seed_of(line: str) -> str:
    return line.partition("seed ")[2].partition(" ")[0]
