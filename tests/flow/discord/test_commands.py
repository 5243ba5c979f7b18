"""The commands beside the painting, in both languages: their texts, /style, /settings and /help."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.preferences import Preferences
from tests.discord_server import DiscordServer
from tests.discord_server.command_rules import MESSAGE_MENU
from tests.discord_server.person import Person
from tests.discord_server.state import MANAGE_MESSAGES, PEOPLE_MAY, Channel, Json
from tests.helpers.discord_bot import discord_bot

ALL = {"help", "history", "imagine", "queue", "settings", "style"}
MANAGE_GUILD = 1 << 5
HAN = re.compile(r"[\u3400-\u9fff]")
STYLE = 'title = {{ en = "{0}", zh = "{0}" }}\n[phrases]\nplain = "in the manner of {0}, * and _"\n'


def texts(part: Json) -> Iterator[tuple[str, str]]:
    """Every text that Discord shows of a command, with its Chinese."""
    for name in ("name", "description"):
        if part.get(name):
            yield part[name], (part.get(f"{name}_localizations") or {}).get("zh-CN", "")
    for inner in [*(part.get("options") or []), *(part.get("choices") or [])]:
        yield from texts(inner)


def options(server: DiscordServer, name: str) -> set[str]:
    [command] = [one for one in server.commands.listed() if one["name"] == name]
    return {one["name"] for one in command["options"]}


async def told(person: Person, channel: Channel, command: str, **given: Any) -> str:
    """What a person alone is answered at once."""
    seen = await person.slash(channel, command, **given)
    assert not seen.failed
    assert seen.message
    assert seen.message.only_for == person.id
    return seen.text


async def set_for(app: App, scope: str) -> dict[str, Any]:
    return (await app.service.preferences(scope)).said


async def test_commands_are_offered_in_chinese_and_only_what_there_is(server: DiscordServer, tmp_path: Path) -> None:
    """Each text has its Chinese; models and LoRAs are options only where there is a choice; synced on change alone."""
    ana, channel = server.person(guild=(guild := server.guild())), server.channel(guild)
    async with discord_bot(server, tmp_path):
        assert set(ana.commands(channel)) == set(ana.commands(ana.dm())) == ALL
        assert not options(server, "imagine") & {"model", "lora"}
        assert "model" not in options(server, "settings")
    rich: dict[str, Any] = {"models": {"other": {}}, "loras": {"mascot": {"file": "a/mascot"}}}
    async with discord_bot(server, tmp_path, **rich):
        shown = [pair for one in server.commands.listed() for pair in texts(one)]
        assert {"imagine", "of", "this server", "lora"} <= {english for english, _ in shown}
        assert [english for english, chinese in shown if not HAN.search(chinese) and english != "lora"] == []
        assert {"model", "lora"} <= options(server, "imagine")
        offered = [await ana.autocomplete(channel, name, "model", "") for name in ("imagine", "settings")]
        assert [[one["value"] for one in seen.choices][-1] for seen in offered] == ["other", "other"]
        assert [one["name"] for one in (await ana.autocomplete(channel, "imagine", "lora", "M")).choices] == ["mascot"]
        assert "There is no model 'secret/model' here" in await told(ana, channel, "settings", model="secret/model")
        assert "Model: other" in await told(ana, channel, "settings", model="other")
    async with discord_bot(server, tmp_path, **rich):
        assert [one.changed for one in server.commands.syncs] == [True, True]
    assert server.problems == []


async def test_a_default_style(server: DiscordServer, tmp_path: Path) -> None:
    """It is set by any name, painted in, listed and cleared, in both languages; a wrong name is one clear line."""
    guild = server.guild()
    ana, li, channel = (
        server.person(guild=guild),
        server.person("li", locale="zh-CN", guild=guild),
        server.channel(guild),
    )
    async with discord_bot(server, tmp_path) as app:
        listed, chinese = await told(ana, channel, "style"), await told(li, channel, "style")
        assert "\nink: ink wash painting\n" in listed
        assert "\nink (水墨): 水墨画\n" in chinese
        assert all(f"\n{name}" in text for name in app.service.offers().library.packs for text in (listed, chinese))
        offered = [(await one.autocomplete(channel, "style", "name", "")).choices for one in (ana, li)]
        assert [(len(one), one[0]["name"], one[0]["value"]) for one in offered] == [
            (25, "none", "none"),
            (25, "无", "none"),
        ]
        assert [one["value"] for one in (await li.autocomplete(channel, "style", "name", "水墨")).choices] == ["ink"]
        assert "in the style 'ink' from now on" in await told(ana, channel, "style", name="水墨")
        picture = await (await ana.slash(channel, "imagine", prompt="a red car")).picture()
        assert "ink wash painting" in (picture.attachments[0].description or "")
        assert "Your default style: ink" in await told(ana, channel, "style")
        assert "There is no style 'inkk'" in await told(ana, channel, "style", name="inkk")
        assert "没有“inkk”这个风格" in await told(li, channel, "style", name="inkk")
        assert "你还没有默认风格" in await told(li, channel, "style")
        assert "no default style any more" in await told(ana, channel, "style", name="none")
        assert "已清除" in await told(li, channel, "style", name="无")
        assert await set_for(app, f"user:discord/{ana.id}") == {}
    assert server.problems == []


@pytest.mark.parametrize("length", [5, 60])
async def test_many_styles_fit_into_one_message(server: DiscordServer, tmp_path: Path, length: int) -> None:
    """Fifty more styles leave no room for descriptions, and with long names not even for all names: that is told."""
    folder = tmp_path / "styles"
    folder.mkdir()
    for number in range(50):
        name = f"{number:02}".ljust(length, "x")
        (folder / f"{name}.toml").write_text(STYLE.format(name), encoding="utf-8")
    ana = server.person()
    async with discord_bot(server, tmp_path, style_folders=[folder]):
        text = await told(ana, ana.dm(), "style")
    assert "ink" in text
    assert ("more: begin to type a name" in text) == (length == 60)
    assert server.problems == []


async def test_settings_of_a_person(server: DiscordServer, tmp_path: Path) -> None:
    """Options set, 'default' clears, selects set the same, after a restart too; the language changes what is said."""
    ana, channel = server.person(guild=(guild := server.guild())), server.channel(guild)
    mine = f"user:discord/{ana.id}"
    policy = {"policy": {"pictures_per_day": 5}}
    async with discord_bot(server, tmp_path, **policy) as app:
        await app.service.prefer(mine, Preferences(best_of=2))
        text = await told(ana, channel, "settings", style="oil", size="5:4", rewriting="off", visibility="private")
        assert text.startswith("Saved.\n**Your settings**\nStyle: oil\nSize: 5:4\n")
        assert "Rewriting: Paint from my words as they are" in text
        assert "5 of 5 pictures left within 24 hours" in text
        assert (await ana.slash(channel, "imagine", prompt="a red car")).message.only_for == ana.id  # type: ignore[union-attr]
        await told(ana, channel, "settings", rewriting="default", visibility="default", style="默认")
        expected: dict[str, Any] = {"best_of": 2, "aspect": "5:4"}
        assert await set_for(app, mine) == expected
        assert "'9:1' is no shape" in await told(ana, channel, "settings", size="9:1")
        assert "for a channel or a server" in await told(ana, channel, "settings", answers="off")
        assert await set_for(app, mine) == expected
        panel = (await ana.slash(channel, "settings")).message
    assert panel
    assert [one["custom_id"] for one in panel.interactive] == [
        f"set:user:{name}" for name in ("rewriting", "language", "visibility", "aspect")
    ]
    assert [one["value"] for one in panel.button("Size")["options"] if one.get("default")] == ["5:4"]
    async with discord_bot(server, tmp_path, **policy) as app:
        presses = [("Size", "default"), ("Language", "zh"), ("Rewriting", "ask")]
        await asyncio.gather(*[ana.press(panel, name, values=[value]) for name, value in presses])
        await server.until(lambda: len(panel.history) == 1 + len(presses))
        assert await set_for(app, mine) == {"best_of": 2, "rewriting": "ask", "language": "zh"}
        chinese = await told(ana, channel, "settings")
        assert "语言: 中文" in chinese
        assert "24 小时内还可画" in chinese
        assert "没有“inkk”这个风格" in await told(ana, channel, "settings", style="inkk")
        assert "“9:1”不是可用的比例" in await told(ana, channel, "settings", size="9:1")
    assert server.problems == []


async def test_settings_of_a_place_are_its_moderators(server: DiscordServer, tmp_path: Path) -> None:
    """Who may manage messages sets the channel's, who may manage the server its; others see them, and are told why."""
    guild = server.guild()
    channel, thread = server.channel(guild), server.world.thread(server.channel(guild), "t", server.owner)
    ana, li = server.person(guild=guild), server.person("li", locale="zh-CN", guild=guild)
    mod = server.person("mod", guild=guild, permissions=PEOPLE_MAY | MANAGE_MESSAGES)
    chief = server.person("chief", guild=guild, permissions=PEOPLE_MAY | MANAGE_GUILD)
    async with discord_bot(server, tmp_path) as app:
        assert "set by its moderators" in await told(ana, channel, "settings", of="channel", style="ink")
        assert "只有管理员" in await told(li, channel, "settings", of="channel", style="ink")
        assert "by those who may manage it" in await told(mod, channel, "settings", of="team", style="ink")
        assert "set by its moderators" in await told(chief, channel, "settings", of="channel", style="ink")
        assert "leave out whose settings" in await told(ana, ana.dm(), "settings", of="channel", style="ink")
        assert await set_for(app, f"channel:discord/{channel.id}") == {}
        await told(chief, channel, "settings", of="team", style="oil")
        await told(mod, thread, "settings", of="channel", answers="off")
        assert thread.parent
        assert await set_for(app, f"channel:discord/{thread.parent.id}") == {"answers": "off"}
        assert "switched off in this channel" in await told(ana, thread, "imagine", prompt="a red car")
        seen = await ana.slash(channel, "settings", of="channel")
        assert "**Settings of this server**\nStyle: oil" in seen.text
        assert "set by its moderators" in seen.text
        assert seen.message
        assert not seen.message.interactive
        panel = (await server_panel(mod, channel)).message
    async with discord_bot(server, tmp_path) as app:
        await mod.press(panel, "Answers", values=["off"])
        await server.until(lambda: "Saved." in panel.content)
        assert await set_for(app, f"channel:discord/{channel.id}") == {"answers": "off"}
        guild.members[mod.id].permissions = PEOPLE_MAY
        seen = await mod.press(panel, "Answers", values=["default"])
        await seen.until(lambda one: any("set by its moderators" in message.content for message in one.messages))
        assert await set_for(app, f"channel:discord/{channel.id}") == {"answers": "off"}
        assert "switched off" in await told(ana, channel, "imagine", prompt="a red car")
        await told(
            server.person("boss", guild=guild, permissions=1 << 3), channel, "settings", of="channel", answers="on"
        )
        await (await ana.slash(channel, "imagine", prompt="a red car")).picture()
    assert server.problems == []


async def server_panel(person: Person, channel: Channel) -> Any:
    """The channel's settings with a select for each that has a short list."""
    seen = await person.slash(channel, "settings", of="channel")
    assert seen.message
    assert len(seen.message.interactive) == 5
    return seen


async def test_help_tells_what_there_is(server: DiscordServer, tmp_path: Path) -> None:
    """Each command and menu that is offered, by the name that the client shows, in the language that one set."""
    guild = server.guild()
    ana, li, channel = (
        server.person(guild=guild),
        server.person("li", locale="zh-TW", guild=guild),
        server.channel(guild),
    )
    ana.install()
    async with discord_bot(server, tmp_path):
        english, chinese = await told(ana, channel, "help"), await told(li, channel, "help")
        menus = ana.commands(channel, MESSAGE_MENU)
        assert all(f"**/{name}**" in english for name in ALL)
        assert all(name in english and one["name_localizations"]["zh-TW"] in chinese for name, one in menus.items())
        assert "Describe" not in english
        assert all(words in chinese for words in ("**/画图**: 把你的话画成图", "AI", "**/设置**", "“范围”"))
        assert all(server.bot.mention in text for text in (english, chinese))
        await told(ana, channel, "settings", language="zh")
        assert "**/imagine**: 把你的话画成图" in await told(ana, channel, "help")
        apart = server.world.private(ana.user, li.user)
        assert server.bot.mention not in await told(ana, apart, "help")
    assert server.problems == []
