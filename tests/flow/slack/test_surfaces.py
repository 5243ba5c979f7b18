"""What Slack has beside messages: shortcuts, the Home tab, the agent view, and channels that the bot is not in."""

import importlib
import io
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.address import Address
from adapters.slack.agent import MOST_REFRESHES, Agent
from adapters.slack.errands import Errands
from bot.testing import PaperEngine
from tests.flow.slack.test_commands import over
from tests.helpers.slack_bot import slack_bot
from tests.slack_server import Person, SlackServer
from tests.slack_server.state import Message, View

TOOL = """
from pydantic import BaseModel
from bot import ToolResult

class Nothing(BaseModel):
    pass

class Describe:
    name, description, arguments = "describe", "Say what a picture shows.", Nothing

    async def run(self, arguments, context):
        seen = context.message.attachments[0].width_px if context.message.attachments else context.previous.prompt
        return ToolResult(f"It shows {seen}.", ends_turn=True)
"""


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (96, 64), (20, 90, 160)).save(file, "PNG")
    return file.getvalue()


async def painted(server: SlackServer, person: Person, count: int = 1) -> Message:
    """The last of so many pictures in somebody's direct messages."""

    def there() -> list[Message]:
        return [one for one in person.sees(person.dm()) if one.pictures]

    await server.until(lambda: len(there()) == count)
    return there()[-1]


async def home(server: SlackServer, person: Person) -> View:
    await person.open_home()
    return await server.until(lambda: person.home)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("locale", "title", "again"), [("en-US", "Make", "the same, but at night"), ("zh-CN", "画", "夜晚")]
)
async def test_make_a_picture(server: SlackServer, tmp_path: Path, locale: str, title: str, again: str) -> None:
    """From anywhere a form; the picture comes as a direct message, and what is said there goes on from it."""
    ana = server.person(locale=locale)
    async with slack_bot(server, tmp_path):
        seen = await ana.shortcut("make")
        view = await seen.until(lambda one: one.modal)
        assert view.body["title"]["text"].startswith(title)
        await ana.submit(view, change="a green dragon")
        first = await painted(server, ana)
        assert "dragon" in first.text
        await ana.say(ana.dm(), again)
        assert "dragon" in (await painted(server, ana, 2)).text
    assert server.problems == []
    assert server.orphans() == []


async def test_illustrate_a_message(server: SlackServer, tmp_path: Path) -> None:
    """Its words, without markup, painted into its thread, for whoever asked; without words one line says so."""
    ana, li, channel = server.person(), server.person("li", locale="zh-CN"), server.channel()
    async with slack_bot(server, tmp_path):
        said = (await ana.say(channel, "a boat & two cows")).said
        assert said
        await li.shortcut("illustrate", said)
        [answer] = await server.until(lambda: [one for one in said.replies if one.pictures])
        assert "a boat & two cows" in answer.pictures[0].alt_txt.replace("and", "&")
        wordless = (await ana.say(channel, "", files=[("a.png", png())])).said
        seen = await li.shortcut("illustrate", wordless)
        assert "没有文字" in await seen.until(lambda one: one.messages and one.messages[0].text)
        assert seen.messages[0].only_for is li.user
    assert server.problems == []


async def test_of_a_picture(server: SlackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's file or Limner's own picture is described and referred to in its thread; none, or off: one line."""
    (tmp_path / "seeing.py").write_text(TOOL)
    info = tmp_path / "seeing-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: seeing\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[limner.tools]\ndescribe = seeing:Describe\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path, tools={"describe": {}}):
        theirs = (await ana.say(channel, "look", files=[("a.png", png())])).said
        own = await (await ana.command("/imagine", "a red car", channel)).picture()
        assert theirs
        for said, words in ((theirs, "It shows 96."), (own, "It shows a red car")):
            await ana.shortcut("describe", said)
            await server.until(lambda said=said, words=words: [one for one in said.replies if words in one.text])
            seen = await ana.shortcut("reference", said)
            await ana.submit(await seen.until(lambda one: one.modal), change="at night")
            await server.until(lambda said=said: [one for one in said.replies if one.pictures])
        nothing = (await ana.say(channel, "no picture")).said
        for name in ("describe", "reference"):
            seen = await ana.shortcut(name, nothing)
            assert "no picture in that message" in await seen.until(lambda one: one.messages and one.messages[0].text)
        assert "Describe picture" in str((await home_help(ana)).blocks)
    async with slack_bot(server, tmp_path):
        seen = await ana.shortcut("describe", theirs)
        assert "switched off here by now" in await seen.until(lambda one: one.messages and one.messages[0].text)
    assert server.problems == []


async def home_help(person: Person) -> Message:
    seen = await person.command("/limner")
    return await seen.until(lambda one: one.message)  # type: ignore[no-any-return]


async def test_home(server: SlackServer, tmp_path: Path) -> None:
    """It says that it is an AI, shows one's own pictures, settings and what is left, and works after a restart."""
    ana, li, channel = server.person(), server.person("li", locale="zh-CN"), server.channel()
    more: dict[str, Any] = {"policy": {"pictures_per_day": 5}}
    async with slack_bot(server, tmp_path, **more) as app:
        empty = str((await home(server, li)).body)
        assert all(words in empty for words in ("li，你好", "由 AI", "你还没有图片", "5 张"))
        await (await li.command("/imagine", "secret", channel)).picture()
        await (await ana.command("/imagine", "a <red> car", channel)).picture()
        await over(app)
        view = await home(server, ana)
        shown = str(view.body)
        assert "secret" not in shown
        assert all(
            words in shown for words in ("Hello ana", "AI paints it", "a &lt;red&gt; car", "4 of 5 pictures left")
        )
        [picture] = [one["accessory"] for one in view.body["blocks"] if one.get("accessory", {}).get("type") == "image"]
        assert picture["alt_text"].startswith("Picture made by AI: a red car")
    async with slack_bot(server, tmp_path, **more) as app:
        await ana.press(view, "Language", "zh")
        await server.until(lambda: all(words in str(view.body) for words in ("ana，你好", "已保存")))
        await ana.press(view, "变化 1")
        assert "car" in (await painted(server, ana)).text
        seen = await ana.press(view, "画一张图")
        await ana.submit(await seen.until(lambda one: one.modal), change="一条龙")
        await painted(server, ana, 2)
        await over(app)
        server.world.files[picture["slack_file"]["id"]].deleted = True
        before = view.hash
        await ana.open_home()
        await server.until(lambda: view.hash != before)
        assert "一条龙" in str(view.body)
    [lost] = server.problems
    assert "slack_file" in lost


@pytest.mark.parametrize(
    ("locale", "says", "wish"), [("en-US", "is painting…", "a red car"), ("zh-CN", "正在画", "红色的车")]
)
async def test_the_agent_view(server: SlackServer, tmp_path: Path, locale: str, says: str, wish: str) -> None:
    """Suggestions at first; in a thread its title from the first wish, and a status that goes with the answer."""
    ana, engine = server.person(locale=locale), PaperEngine()
    async with slack_bot(server, tmp_path, engine=engine) as app:
        await ana.open_home("messages")
        offered = await server.until(lambda: ana.prompts)
        assert len(offered) <= 4
        assert offered[0]["message"].isascii() == (locale == "en-US")
        hello = await ana.say(ana.dm(), "hello")
        await hello.until(lambda one: "Limner" in one.text)
        await over(app)
        first = hello.said
        assert first
        engine.going.clear()
        await ana.say(ana.dm(), wish, thread=first)
        await server.until(lambda: says in server.world.status(ana.dm(), first.ts))
        engine.going.set()
        await painted(server, ana)
        await server.until(lambda: not server.world.status(ana.dm(), first.ts))
        assert server.world.titles == {(ana.dm().id, first.ts): wish}
        await ana.say(ana.dm(), wish, thread=first)
        await painted(server, ana, 2)
        await over(app)
        assert len(server.world.titles) == 1
    assert server.problems == []


async def test_a_status_is_set_again_while_there_is_news(server: SlackServer) -> None:
    """Before Slack lets it go; without news of the job not for ever; where Slack has no agents nothing happens."""
    ana = server.person()
    said = (await ana.say(ana.dm(), "hello")).said
    assert said

    def sent() -> list[str]:
        return [one.args["status"] for one in server.requests if one.method == "assistant.threads.setStatus"]

    async with aiohttp.ClientSession() as session, Errands() as errands:
        client = AsyncWebClient(server.token, server.api_url, session=session, retry_handlers=[])
        agent, thread = Agent(client, session, errands, server.bot.id, refresh_s=0.05), Address(ana.dm().id, said.ts)
        agent.begin(thread, "en")
        await server.until(lambda: len(sent()) == MOST_REFRESHES)
        agent.begin(thread, "en")
        await server.until(lambda: len(sent()) > MOST_REFRESHES)
        agent.end(thread)
        await server.until(lambda: sent()[-1] == "")
        assert set(sent()[:-1]) == {"is painting…"}
        server.faults.fails("assistant.threads.setStatus", 500)
        agent.end(thread)
        await server.until(lambda: server.requests[-1].status == 500)
    assert server.problems == []


async def test_a_channel_that_the_bot_is_not_in(server: SlackServer, tmp_path: Path) -> None:
    """The answer comes as a direct message, and the asker is told so there, once for each request."""
    ana, li = server.person(), server.person("li", locale="zh-CN")
    outside = server.channel("outside", bot=False)
    async with slack_bot(server, tmp_path) as app:
        for person, says in ((ana, "I am not in this channel"), (li, "我不在这个频道里")):
            seen = await person.command("/imagine", "a red car", outside)
            await painted(server, person)
            await seen.until(lambda one: any(message.channel is outside for message in one.messages))
            await over(app)
            [told] = [one for one in seen.messages if one.channel is outside]
            assert told.only_for is person.user
            assert says in told.text
            assert f"`/invite` {server.bot.mention}" in told.text
        server.invite(outside)
        seen = await ana.command("/imagine", "a red car", outside)
        assert (await seen.picture()).channel is outside
    assert server.problems == []
    assert server.orphans() == []
